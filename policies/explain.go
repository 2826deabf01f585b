package policies

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/mla"
)

// Listed is one line of a list: an instrument, a State or a safeguard, with its standing and its counts.
type Listed struct {
	Sort   string `json:"sort"` // instrument, state or safeguard
	ID     string `json:"id"`
	Name   string `json:"name"`
	Kind   Kind   `json:"kind,omitempty"`
	Status string `json:"status,omitempty"`
	// InForce is false for whatever is no law in force; a State's law is in force in the cast.
	InForce bool     `json:"in_force"`
	Rules   int      `json:"rules"`
	Grounds int      `json:"grounds"`
	Timers  int      `json:"timers,omitempty"`
	Closes  []string `json:"closes,omitempty"`
	// Confidence counts rules by how their text was checked.
	Confidence map[mla.Confidence]int `json:"confidence,omitempty"`
}

// List lists the instruments, the States and the safeguards.
func (b *Bundle) List() (out []Listed) {
	count := func(l Listed, rules []*Rule) Listed {
		l.Rules, l.Confidence = len(rules), map[mla.Confidence]int{}
		for _, r := range rules {
			l.Confidence[r.Confidence]++
			if r.Effect.Ground() {
				l.Grounds++
			}
		}
		return l
	}
	for _, id := range b.InstrumentIDs() {
		r := b.regimes[id]
		out = append(out, count(Listed{Sort: "instrument", ID: id, Name: r.Name, Kind: r.Kind, Status: r.Standing.Says, InForce: r.InForce,
			Timers: len(r.Timers)}, r.Rules))
	}
	for _, id := range b.StateIDs() {
		out = append(out, count(Listed{Sort: "state", ID: string(id), Name: b.states[id].Name, Status: "Fictional.", InForce: true}, b.states[id].Overlay))
	}
	for _, id := range b.SafeguardIDs() {
		s := b.safeguards[id]
		out = append(out, count(Listed{Sort: "safeguard", ID: id, Name: s.Name, Status: "Asked for by critics; no law in force.", Closes: s.Closes}, s.Rules))
	}
	return out
}

// Page explains an instrument, or one article of it, provision by provision; or a State, or a safeguard.
type Page struct {
	Instrument Instrument  `json:"instrument"`
	State      *Portrait   `json:"state,omitempty"`   // of a State, and no article asked for
	Article    string      `json:"article,omitempty"` // empty: all
	Provisions []Provision `json:"provisions"`
	Timers     []Timer     `json:"timers,omitempty"`
	Parameters []Parameter `json:"parameters,omitempty"`
}

// Provision is one rule for a reader of law.
type Provision struct {
	Rule       string         `json:"rule"`
	Article    string         `json:"article"`
	Stage      mla.Stage      `json:"stage"`
	Effect     mla.Effect     `json:"effect"`
	Standard   mla.Standard   `json:"standard"`
	Modality   string         `json:"modality"` // the effect in words
	Says       string         `json:"says"`
	Reading    mla.Reading    `json:"reading"`
	Confidence mla.Confidence `json:"confidence"`
	Source     string         `json:"source,omitempty"`
	Condition  string         `json:"condition"` // CEL, as in the file
	Unless     string         `json:"unless,omitempty"`
	InWords    string         `json:"in_words"`
	GivesWay   string         `json:"gives_way,omitempty"`
	Acts       []mla.Kind     `json:"acts,omitempty"` // what is done under the article
	Cases      []PageCase     `json:"cases,omitempty"`
	Address    string         `json:"address"` // file:line
}

// PageCase is one of the law's own tests, beside the provision it tests.
type PageCase struct {
	Name    string     `json:"name"`
	Trap    int        `json:"trap,omitempty"`
	Holds   mla.Answer `json:"holds"`
	Missing []mla.Path `json:"missing,omitempty"`
}

// Modality says an effect in words, and by whose lights its condition is met.
func Modality(e mla.Effect, s mla.Standard) string {
	var out string
	switch e {
	case mla.Gate:
		out = "outside this the instrument does not apply"
	case mla.MustRefuse:
		out = "the requested State must refuse"
	case mla.MayRefuse:
		out = "the requested State may refuse"
	case mla.NoDuty:
		out = "nothing obliges the State to help; it may help all the same"
	case mla.MustNotRefuse:
		out = "must not be the reason for a refusal"
	case mla.Must:
		out = "a duty"
	case mla.May:
		out = "a power; it may be left unused"
	case mla.Endeavour:
		out = "a duty of effort only"
	}
	switch s {
	case mla.Belief:
		out += ", on grounds to believe that it is so: the most that can be said is that it is open to the State"
	case mla.SelfJudging:
		out += ", where the State so considers: the most that can be said is that it is open to the State"
	case mla.Objective:
	}
	return out
}

// Explain writes the page of an instrument, a State's own law or a safeguard; with an article, of that article and its
// paragraphs only. An article that no rule has is an error that names those there are.
func (b *Bundle) Explain(id, article string) (Page, error) {
	var rules []*Rule
	var p Page
	var acts map[mla.Kind][]string
	switch {
	case b.regimes[id] != nil:
		r := b.regimes[id]
		rules, acts = r.Rules, r.acts
		p.Instrument = Instrument{ID: r.ID, Name: r.Name, Short: r.Short, Status: r.Standing.Says, InForce: r.InForce, Standing: r.Standing}
		for _, t := range r.Timers {
			if covers(article, t.Article) {
				p.Timers = append(p.Timers, t)
			}
		}
		for _, v := range r.Parameters {
			if article == "" || mentions(v.Article, article) {
				p.Parameters = append(p.Parameters, v)
			}
		}
	case b.states[mla.State(id)] != nil:
		s := b.states[mla.State(id)]
		rules, p.Instrument = s.Overlay, Instrument{ID: id, Name: s.Name, Short: s.Name, Status: "Fictional.", InForce: true}
		if article == "" {
			p.State = b.portrait(s)
		}
	case b.safeguards[id] != nil:
		s := b.safeguards[id]
		rules = s.Rules
		p.Instrument = Instrument{ID: id, Name: s.Name, Short: id, Status: "Asked for by critics; no law in force. " + s.Asks}
	default:
		ids := append(b.InstrumentIDs(), b.SafeguardIDs()...)
		for _, s := range b.StateIDs() {
			ids = append(ids, string(s))
		}
		return p, fmt.Errorf("nothing to explain is called %q: %s", id, suggest(id, ids))
	}
	p.Article = article
	cases, _ := b.Cases()
	var articles []string
	for _, r := range rules {
		if !slices.Contains(articles, r.Article) {
			articles = append(articles, r.Article)
		}
		if !covers(article, r.Article) {
			continue
		}
		v := Provision{Rule: r.ID, Article: r.Article, Stage: r.Stage, Effect: r.Effect, Standard: r.Standard, Modality: Modality(r.Effect, r.Standard),
			Says: r.Says, Reading: r.Reading, Confidence: r.Confidence, Source: r.Source, Condition: r.When, Unless: r.Unless, InWords: r.InWords(b),
			GivesWay: r.GivesWay, Address: fmt.Sprintf("%s:%d", r.File, r.Line)}
		for _, k := range mla.Kinds {
			for _, a := range acts[k] {
				if a == r.Article {
					v.Acts = append(v.Acts, k)
				}
			}
		}
		for _, c := range cases {
			if c.Rule == r.ID {
				v.Cases = append(v.Cases, PageCase{Name: c.Name, Trap: c.Trap, Holds: c.Holds, Missing: c.Missing})
			}
		}
		p.Provisions = append(p.Provisions, v)
	}
	slices.SortStableFunc(p.Provisions, func(x, y Provision) int { return inOrder(x.Article, y.Article) })
	if article != "" && len(p.Provisions)+len(p.Timers)+len(p.Parameters) == 0 {
		return p, fmt.Errorf("%s has no rule on article %q: %s", id, article, suggest(article, articles))
	}
	return p, nil
}

// inOrder compares two articles as a reader counts them: 9 before 40(1), 40(2) before 40(12).
func inOrder(x, y string) int {
	for x != "" && y != "" {
		a, b := digits(x), digits(y)
		if a > 0 && b > 0 {
			m, _ := strconv.Atoi(x[:a])
			n, _ := strconv.Atoi(y[:b])
			if m != n {
				return cmp.Compare(m, n)
			}
			x, y = x[a:], y[b:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Compare(len(x), len(y))
}

// digits counts those that a text begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// covers reports whether an article is the one asked for, or a part of it. An empty wish covers all.
func covers(wish, article string) bool {
	return wish == "" || article == wish || strings.HasPrefix(article, wish+"(")
}

// mentions reports whether a list of articles, as "40(8), 42(4)-(5)", has one of the article asked for.
func mentions(list, wish string) bool {
	for a := range strings.SplitSeq(list, ", ") {
		if covers(wish, a) {
			return true
		}
	}
	return false
}
