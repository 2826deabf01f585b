package scenario

import (
	"fmt"
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// Flip is a safeguard that is expected to change what comes of a case, or that fails to.
type Flip struct {
	With    []string `yaml:"with"`    // safeguards
	Under   string   `yaml:"under"`   // instrument; the case's own unless given
	Follows Follows  `yaml:"follows"` // what the change follows from
	Says    string   `yaml:"says"`    // what changes, and what it costs
}

// Follows says what a change follows from. Only what follows from the law alone is held to in tests.
type Follows string

// The two: the rule settles it whatever anybody does, or somebody has to act on it.
const (
	FromLaw       Follows = "law"
	FromBehaviour Follows = "behaviour"
)

// Training is what a trainee is put before, and how an answer is judged.
type Training struct {
	Desk       mla.Role     `yaml:"desk"`
	Question   mla.Question `yaml:"question"`
	Time       int          `yaml:"time"`       // the how manieth time the question is put is the trainee's; 0: the first
	Difficulty int          `yaml:"difficulty"` // 1 to 3
	Rubric     []Judged     `yaml:"rubric"`     // the first that fits an answer judges it
}

// Judged is a kind of answer and what to say of it. Several can be defensible, and a mistaken refusal is a mistake too.
type Judged struct {
	Answer     string   `yaml:"answer"` // an outcome, a ruling, or a word of the question's own; "any" fits all
	On         []string `yaml:"on"`     // one of these rules or articles is named; empty: whatever is named
	Defensible bool     `yaml:"defensible"`
	Why        string   `yaml:"why"`
}

// LawOf reads the key of an expectation: "uncc", or "uncc+L05+L10" with safeguards.
func LawOf(key string) (regime string, safeguards []string) {
	parts := strings.Split(key, "+")
	return parts[0], parts[1:]
}

// checkTeaching looks at flips and training.
func (b *binder) checkTeaching(c *Case) {
	for i, f := range c.Flips {
		path := fmt.Sprintf("flips[%d]", i)
		if len(f.With) == 0 {
			b.faultOn(path, "a flip without a safeguard", "name what is switched on under with:")
		}
		b.vouched(b.places[path], b.v.CheckSafeguards(f.With))
		if f.Under != "" && !slices.Contains(c.Regimes, f.Under) {
			b.faultOn(path+".under", "the case is not told for "+f.Under, "add it to regimes, or choose another")
		}
		if f.Follows == FromLaw {
			key := strings.Join(append([]string{c.under(f)}, f.With...), "+")
			if _, ok := c.Expect[key]; !ok {
				b.faultOn(path+".follows", "what follows from the law is expected", "add "+key+": under expect, or say follows: behaviour")
			}
		}
	}
	t := c.Train
	if t.Desk == "" {
		return
	}
	if d := mla.Desks[t.Question]; d.Role != t.Desk {
		b.faultOn("train.question", fmt.Sprintf("%s is not asked %s", t.Desk, quoted(string(t.Question))), "it is asked one of: "+strings.Join(askedOf(t.Desk), ", "))
		return
	}
	if t.Time < 0 || t.Time > maxItems {
		b.faultOn("train.time", fmt.Sprintf("time: %d is not from 1 to %d", t.Time, maxItems), "1 is the first time the question is put")
	}
	if t.Difficulty < 1 || t.Difficulty > 3 {
		b.faultOn("train.difficulty", fmt.Sprintf("difficulty: %d is not from 1 to 3", t.Difficulty), "1 is for a first session")
	}
	b.checkRubric(t)
	if !slices.ContainsFunc(t.Rubric, func(j Judged) bool { return j.Defensible }) {
		b.faultOn("train.rubric", "no answer is defensible", "say which are")
	}
}

// checkRubric looks for answers that no line judges, and for lines that judge none because those before them do.
func (b *binder) checkRubric(t Training) {
	left := slices.Clone(mla.ReplyWords[t.Question])
	if len(left) == 0 {
		b.faultOn("train.question", fmt.Sprintf("nobody at a desk can be put the question %s", t.Question), "it is put to a script only; choose another")
		return
	}
	for i, j := range t.Rubric {
		path := fmt.Sprintf("train.rubric[%d]", i)
		switch known := slices.Contains(mla.ReplyWords[t.Question], j.Answer); {
		case j.Answer != AnyAnswer && !known:
			b.faultOn(path+".answer", fmt.Sprintf("%s does not answer the question %s", quoted(j.Answer), t.Question), "one of: "+strings.Join(mla.ReplyWords[t.Question], ", ")+", any")
		case len(left) == 0 || known && !slices.Contains(left, j.Answer):
			b.faultOn(path, "no answer comes to this line: those before it judge them all", "remove it, or move it up")
		case len(j.On) > 0:
		case j.Answer == AnyAnswer:
			left = nil
		default:
			left = slices.DeleteFunc(left, func(w string) bool { return w == j.Answer })
		}
	}
	if len(left) > 0 {
		b.faultOn("train.rubric", "some answers have no judgement: "+strings.Join(left, ", "), "end with answer: any")
	}
}

// AnyAnswer fits every answer.
const AnyAnswer = "any"

// under is the instrument of a flip.
func (c *Case) under(f Flip) string {
	if f.Under != "" {
		return f.Under
	}
	return c.Regimes[0]
}

// askedOf lists the questions that a person in a role can be put.
func askedOf(r mla.Role) []string {
	var out []string
	for _, q := range mla.Questions {
		if mla.Desks[q].Role == r && len(mla.ReplyWords[q]) > 0 {
			out = append(out, string(q))
		}
	}
	return out
}

// checkLawOf checks the key of an expectation.
func checkLawOf(v Vocabulary, key string) error {
	regime, safeguards := LawOf(key)
	if err := v.CheckInstrument(regime); err != nil {
		return err
	}
	return v.CheckSafeguards(safeguards)
}
