package policies

import (
	"fmt"
	"slices"
	"strings"
)

// Subject is what can be held against something else: an instrument, with or without safeguards.
type Subject struct {
	Instrument string
	Safeguards []string
}

// String names the subject: "uncc with L01, L02".
func (s Subject) String() string {
	if len(s.Safeguards) == 0 {
		return s.Instrument
	}
	return s.Instrument + " with " + strings.Join(s.Safeguards, ", ")
}

// ParameterDiff is one point on which two subjects differ: a row of the comparison, a rule, a timer or a term.
type ParameterDiff struct {
	Sort string `json:"sort"` // parameter, rule, timer, term, duty
	Key  string `json:"key"`
	A    string `json:"a"` // empty: it has none
	B    string `json:"b"`
}

// Diff compares two subjects, parameter by parameter and rule by rule. What they say is compared, and not the number of
// the article in which they say it. Rules of two instruments are the same law where both bear on the same stage with the
// same effect, standard and condition or, without a condition, on the same subject; the rest stands on one side. Whether
// a rule gives way to another treaty is told by the parameters.
func (b *Bundle) Diff(x, y Subject) ([]ParameterDiff, error) {
	left, err := b.profile(x)
	if err != nil {
		return nil, err
	}
	right, err := b.profile(y)
	if err != nil {
		return nil, err
	}
	var out []ParameterDiff
	for i, key := range ParameterKeys {
		if l, r := left.parameters[i], right.parameters[i]; l.Is != r.Is || l.Says != r.Says {
			out = append(out, ParameterDiff{"parameter", string(key), l.String(), r.String()})
		}
	}
	out = append(out, between("rule", left.rules, right.rules)...)
	out = append(out, between("timer", left.timers, right.timers)...)
	out = append(out, between("term", left.terms, right.terms)...)
	return append(out, between("duty", left.duties, right.duties)...), nil
}

// profile is a subject as lines to compare.
type profile struct {
	parameters                   []Parameter
	rules, timers, terms, duties []line
}

// line is one thing a subject has: what it is found by, what is compared of it, and what is told of it.
type line struct{ key, same, text string }

func (b *Bundle) profile(s Subject) (p profile, err error) {
	r, err := b.Instrument(s.Instrument)
	if err != nil {
		return p, err
	}
	safeguards, err := b.safeguardsOf(s.Safeguards)
	if err != nil {
		return p, err
	}
	for _, key := range ParameterKeys {
		p.parameters = append(p.parameters, r.Parameter(key))
	}
	add := func(rules []*Rule) {
		for _, rule := range rules {
			key := fmt.Sprintf("%s: %s, %s %s", rule.Stage, rule.Effect, rule.Standard, rule.conditionInWords(b))
			switch {
			case rule.Subject != "":
				key = fmt.Sprintf("%s: %s, on %s", rule.Stage, rule.Effect, rule.Subject)
			case rule.When == "true":
				key = fmt.Sprintf("%s: %s, always: %s", rule.Stage, rule.Effect, rule.Says) // its words are all there is to compare
			}
			p.rules = append(p.rules, line{key, key, rule.Article + ": " + rule.Says})
		}
	}
	add(r.Rules)
	for _, t := range r.Timers {
		p.timers = append(p.timers, line{t.ID, string(t.Kind) + t.Span(), fmt.Sprintf("%s, %s (%s)", t.Kind, t.Span(), t.Article)})
	}
	for _, s := range safeguards {
		add(s.Rules)
		for _, set := range s.Settings() {
			p.terms = append(p.terms, line{set.Term, set.Value, set.Value + " (" + s.ID + ")"})
		}
		for _, d := range s.Duties {
			p.duties = append(p.duties, line{d.ID, d.Says, d.Says + acted(d)})
		}
	}
	return p, nil
}

// acted says of a duty that a run shows nothing of it, where that is so.
func acted(d Duty) string {
	if d.Acts {
		return ""
	}
	return " Nothing in the procedure acts on it yet."
}

// between lists the lines that are on one side only, or differ; in the order of the first, then of the second.
func between(sort string, left, right []line) (out []ParameterDiff) {
	find := func(in []line, key string) (line, bool) {
		i := slices.IndexFunc(in, func(l line) bool { return l.key == key })
		if i < 0 {
			return line{}, false
		}
		return in[i], true
	}
	for _, l := range left {
		if r, ok := find(right, l.key); !ok || r.same != l.same {
			out = append(out, ParameterDiff{sort, l.key, l.text, r.text})
		}
	}
	for _, r := range right {
		if _, ok := find(left, r.key); !ok {
			out = append(out, ParameterDiff{sort, r.key, "", r.text})
		}
	}
	return out
}
