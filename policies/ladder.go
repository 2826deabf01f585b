package policies

import (
	"fmt"
	"maps"
	"strings"

	"rogatory/internal/mla"
)

// Rung is one rule of a ladder: what it answers, why, why it is silent, and what would change the answer.
type Rung struct {
	Rule     string         `json:"rule"`
	Article  string         `json:"article"` // "uncc 40(22)"
	Status   string         `json:"status"`  // of the instrument; says so when not in force
	Effect   mla.Effect     `json:"effect"`
	Modality string         `json:"modality"`
	Reading  mla.Reading    `json:"reading"`
	Says     string         `json:"says"`
	Answer   mla.Answer     `json:"answer"`
	Missing  []mla.Path     `json:"missing,omitempty"`
	Silence  *Silence       `json:"silence,omitempty"`
	Reason   Reason         `json:"reason"`
	Flips    []Flip         `json:"flips,omitempty"`
	Trust    mla.Confidence `json:"confidence"`
}

// Flip is a smallest set of facts that, given otherwise or learnt, changes the answer.
type Flip struct {
	Changes []Change   `json:"changes"`
	Answer  mla.Answer `json:"answer"`
}

// Change is one fact with another value.
type Change struct {
	Fact mla.Path  `json:"fact"`
	From mla.Value `json:"from,omitzero"` // zero: unknown
	To   mla.Value `json:"to"`
	// Through is, of a number, the highest of those from To on that change the answer alike; zero where there is one.
	Through mla.Value `json:"through,omitzero"`
	// Letter is true for what the letter says, which other words could change without anything having happened otherwise.
	Letter bool `json:"letter,omitempty"`
}

// String writes a flip as a line: "conduct.deceived true instead of false: yes".
func (f Flip) String() string {
	parts := make([]string, len(f.Changes))
	for i, c := range f.Changes {
		from := "unknown"
		if !c.From.IsZero() {
			from = c.From.String()
		}
		parts[i] = fmt.Sprintf("%s %s instead of %s", c.Fact, c.To, from)
	}
	return strings.Join(parts, " and ") + ": " + string(f.Answer)
}

// mostFlips bounds how many pairs of facts are listed.
const mostFlips = 64

// Ladder says of rules what each answers and why, from the instrument's standing down to the facts, and what would flip
// it: single facts, and where none alone does, pairs.
func (l *Law) Ladder(req mla.Request, known mla.Facts, rules ...string) ([]Rung, error) {
	k := l.Knowledge()
	k.Read(req, known)
	given := mla.Facts{}
	maps.Copy(given, known)
	eachOfLetter(req, func(p mla.Path, v mla.Value) { given[p] = v })
	out := make([]Rung, 0, len(rules))
	for _, id := range rules {
		reason, err := l.Why(id, req, known)
		if err != nil {
			return nil, err
		}
		rule, regime := l.rule(id)
		plan, holds := l.planned(id)
		rung := Rung{Rule: id, Article: rule.Address(), Effect: rule.Effect, Modality: Modality(rule.Effect, rule.Standard), Reading: plan.Reading,
			Says: rule.Says, Answer: k.answer(holds), Silence: l.Silence(id, known), Reason: reason, Trust: rule.Confidence}
		switch {
		case rule.Instrument == regime.ID:
			rung.Status = regime.Standing.Says
		case rule.Instrument == ownLaw:
			rung.Status = "Law of " + l.requested.Name + "."
		default:
			rung.Status = "Safeguard asked for by critics; no law in force."
		}
		if rung.Answer == mla.Unknown {
			_, rung.Missing, _ = l.ask(id, given)
		}
		rung.Flips = l.flips(k, holds, given)
		out = append(out, rung)
	}
	return out, nil
}

// RulesOn finds rules by their id, "uncc/40(8) trivial" or as it is cited, "uncc 40(8) trivial"; or by an article with its
// paragraphs, "uncc 40" or, of every instrument that has one, "40".
func (l *Law) RulesOn(wish string) (ids []string, err error) {
	var cited []string
	for _, id := range l.ruleIDs() {
		rule, _ := l.rule(id)
		of, name, _ := strings.Cut(id, "/")
		cited = append(cited, of+" "+name)
		article, qualified := strings.CutPrefix(wish, of+" ")
		if id == wish || qualified && article == name || (wish != "" && covers(wish, rule.Article)) || qualified && article != "" && covers(article, rule.Article) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		hint := "name one as assess does without --only, as " + cited[0]
		if n := nearest(wish, cited); n != "" {
			hint = "did you mean " + n + "?"
		}
		return nil, fmt.Errorf("no rule and no article is called %q: %s", wish, hint)
	}
	return ids, nil
}

// planned returns a rule's finding without its answer, and its condition.
func (l *Law) planned(id string) (mla.Finding, int32) {
	for _, stage := range mla.Stages {
		for _, p := range l.stages[stage].rules {
			if p.rule.ID == id {
				return p.finding, p.holds
			}
		}
	}
	return mla.Finding{}, never
}

// support lists the facts that a condition asks, by index.
func (l *Law) support(id int32) (out []int) {
	seen, asked := map[int32]bool{}, make([]bool, len(l.bundle.facts))
	var visit func(int32)
	visit = func(id int32) {
		if id < inner || seen[id] {
			return
		}
		seen[id] = true
		n := l.diagram.nodes[id-inner]
		asked[n.fact] = true
		for i := range l.bundle.classes[n.fact].first {
			visit(l.diagram.kids[n.first+int32(i)])
		}
	}
	visit(id)
	for i, a := range asked {
		if a {
			out = append(out, i)
		}
	}
	return out
}

// through is the highest number up to which a run of numbers is of one class with its first; zero where it is alone.
func (b *Bundle) through(f *Fact, first int) mla.Value {
	of, last := b.classes[f.index].of, first
	for f.Type == IntFact && last+1 < len(of) && of[last+1] == of[first] {
		last++
	}
	if last == first {
		return mla.Value{}
	}
	return f.at(last)
}

// flips finds the smallest changes of the answer: to its opposite, or from unknown to either.
func (l *Law) flips(k *Knowledge, holds int32, given mla.Facts) (out []Flip) {
	support, now := l.support(holds), k.answer(holds)
	try := func(at int, then func(Change) bool) bool {
		f, was := l.bundle.facts[at], k.known[at]
		defer func() { k.known[at] = was; k.stale() }()
		for class, first := range l.bundle.classes[at].first {
			if int16(class) == was {
				continue
			}
			k.known[at] = int16(class)
			k.stale()
			if !then(Change{Fact: f.Path, From: given[f.Path], To: f.at(first), Through: l.bundle.through(f, first), Letter: f.KnownBy == LetterSays}) {
				return false
			}
		}
		return true
	}
	for _, at := range support {
		try(at, func(c Change) bool {
			if a := k.answer(holds); a != now && a != mla.Unknown {
				out = append(out, Flip{Changes: []Change{c}, Answer: a})
			}
			return true
		})
	}
	if len(out) > 0 {
		return out
	}
	for i, one := range support {
		try(one, func(first Change) bool {
			for _, two := range support[i+1:] {
				if !try(two, func(second Change) bool {
					if a := k.answer(holds); a != now && a != mla.Unknown {
						out = append(out, Flip{Changes: []Change{first, second}, Answer: a})
					}
					return len(out) < mostFlips
				}) {
					return false
				}
			}
			return len(out) < mostFlips
		})
	}
	return out
}
