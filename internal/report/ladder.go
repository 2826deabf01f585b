package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Rung is one rule of a ladder: what it answers, why, and what would change the answer.
type Rung struct {
	policies.Rung
	Standard mla.Standard `json:"standard"`
	Silence  *Silence     `json:"silence,omitempty"`
	// OnStipulated is the answer on what the author of the case stipulates.
	OnStipulated mla.Answer `json:"on_stipulated,omitempty"`
}

// quiet reports that there is nothing to see in a rule on either set of facts: a gate that lets through, or a ground or a
// reason that is not in play.
func (r Rung) quiet() bool {
	return Ground{Effect: r.Effect, Holds: r.Answer, OnStipulated: r.OnStipulated}.silent()
}

// ladders tells rule by rule why it answers as it does: first the rules that speak, then those that are unknown, then
// those that are closed. Silenced rules were named before. Of rules in which there is nothing to see it gives the names,
// unless they were asked for.
func (p *page) ladders(all []Rung, asked bool) {
	if len(all) == 0 {
		return
	}
	p.heading("Why, rule by rule")
	p.text(tableIndent, "On what the letter states and the authority knows. ✓ holds, ✗ does not hold, ? unknown. What would flip it: the smallest "+
		"sets of facts that, given otherwise or learnt, change the answer.", faint)
	order := func(r Rung) int {
		switch {
		case r.Answer == mla.Unknown:
			return 1
		case (r.Effect == mla.Gate) == (r.Answer == mla.No):
			return 0
		}
		return 2
	}
	var told []Rung
	var folded []string
	for _, r := range all {
		switch {
		case asked:
			told = append(told, r)
		case r.Silence != nil:
		case r.quiet():
			folded = append(folded, ruleName(r.Rule, r.Article))
		default:
			told = append(told, r)
		}
	}
	slices.SortStableFunc(told, func(a, b Rung) int { return cmp.Compare(order(a), order(b)) })
	t := telling{page: p, told: map[string]string{}}
	for _, r := range told {
		t.rung(r)
	}
	if len(folded) > 0 {
		p.blank()
		p.text(tableIndent, "Not told: "+count(len(folded), "rule", "rules")+" in which there is nothing to see on either set of facts ("+
			strings.Join(shared(folded), "; ")+"). To be told one: --only \""+folded[0]+"\".", faint)
	}
}

// telling is a ladder being written. What follows from the law alike under several rules is told once.
type telling struct {
	*page
	rule string            // being told
	told map[string]string // a reason and where it was told; a standing, likewise
}

func (p *telling) rung(r Rung) {
	p.rule = ruleName(r.Rule, r.Article)
	p.heading(p.rule + " · " + effectName(r.Effect) + " · " + answerName(r.Effect, r.Standard, r.Answer))
	p.text(tableIndent, r.Says, ordinary)
	if r.Silence != nil {
		p.text(tableIndent, r.Silence.Says, notable)
	}
	var marks []string
	if p.told[r.Status] == "" {
		marks, p.told[r.Status] = append(marks, r.Status), p.rule
	}
	marks = append(marks, "Text checked: "+confidenceName(r.Trust)+".")
	if r.Reading == mla.Contested {
		marks = append(marks, "Its reading is contested.")
	}
	p.text(tableIndent, strings.Join(marks, " "), faint)
	for _, part := range r.Reason.Children {
		p.reason(tableIndent, part)
	}
	if r.Answer == mla.Unknown {
		p.text(tableIndent, "Unknown for want of: "+list(r.Missing)+".", notable)
	}
	if lines := flips(r); len(lines) > 0 {
		what := "What would flip it:"
		if r.Answer == mla.Unknown {
			what = "What would decide it:"
		}
		p.text(tableIndent, what, ordinary)
		for _, line := range lines {
			p.item(2*tableIndent, "→", line, ordinary)
		}
		return
	}
	p.text(tableIndent, "No one fact, and no two, would flip it.", faint)
}

// sign marks a step by its answer.
func sign(a mla.Answer) string {
	switch a {
	case mla.Yes:
		return "✓"
	case mla.No:
		return "✗"
	case mla.Unknown:
		return "?"
	}
	return "·"
}

// deepest bounds the indent of a reason.
const deepest = 24

// reason tells one step and, under it, those that it rests on.
func (p *telling) reason(indent int, r policies.Reason) {
	indent = min(indent, deepest)
	next := indent + tableIndent
	said := ""
	switch r.Op {
	case policies.ReasonAll:
		said = "all of:"
	case policies.ReasonAny:
		said = "any of:"
	case policies.ReasonNot:
		said = "not:"
	case policies.ReasonIf:
		said = "if the first, then the second, else the third:"
	case policies.ReasonUnless:
		said = strings.TrimSpace("set aside where this is met. " + r.Says)
	case policies.ReasonDefence:
		said = "defence: " + r.Says
	case policies.ReasonOffence:
		said = r.Says
		if r.Answer == mla.No {
			p.item(indent, sign(r.Answer), said+fails(r), ordinary)
			return
		}
	case policies.ReasonFact:
		said = fact(r)
	case policies.ReasonLaw:
		said = fact(r)
		key := fmt.Sprintf("%+v", r)
		if where := p.told[key]; where != "" && len(r.Children) > 0 {
			p.item(indent, sign(r.Answer), said+"; as told under "+where, ordinary)
			return
		}
		p.told[key] = p.rule
	case policies.ReasonTest:
		said = sentenceCase(r.Says)
		if len(r.Children) == 1 && len(r.Children[0].Children) == 0 {
			p.item(indent, sign(r.Answer), said+" ("+given(r.Children[0])+")", ordinary)
			return
		}
	case policies.ReasonConstant:
		said = "so in every case, by the law as it stands"
		if r.Answer == mla.No {
			said = "so in no case, by the law as it stands"
		}
	default:
		said = r.Text
	}
	p.item(indent, sign(r.Answer), said, ordinary)
	for _, child := range r.Children {
		p.reason(next, child)
	}
}

// fact writes what a fact means, and its value.
func fact(r policies.Reason) string {
	if r.Says == "" {
		return given(r)
	}
	return strings.TrimRight(r.Says, ". ") + " (" + given(r) + ")"
}

// given writes a fact with its value, as a case file gives it.
func given(r policies.Reason) string {
	if r.Value.IsZero() {
		return r.Text + " is unknown"
	}
	return r.Text + " = " + r.Value.String()
}

// fails says on what conduct fails to be an offence: the elements that are not met, and the defences that are.
func fails(offence policies.Reason) string {
	var lacking, defended []string
	for _, part := range offence.Children {
		switch {
		case part.Op == policies.ReasonDefence && part.Answer == mla.Yes:
			defended = append(defended, strings.TrimRight(part.Says, "."))
		case part.Op == policies.ReasonDefence || part.Answer != mla.No:
		case part.Op == policies.ReasonAll:
			for _, x := range part.Children {
				if x.Answer == mla.No {
					lacking = append(lacking, element(x))
				}
			}
		default:
			lacking = append(lacking, element(part))
		}
	}
	out := ""
	if len(lacking) > 0 {
		out += "; not met: " + strings.Join(lacking, ", ")
	}
	if len(defended) > 0 {
		out += "; defence: " + strings.Join(defended, ", ")
	}
	return out
}

// element names what is not met: a fact by its path, a test as it is written.
func element(r policies.Reason) string {
	if path, negated := strings.CutPrefix(r.Text, "!"); negated {
		return "not " + path
	}
	return r.Text
}

// sentenceCase begins with a capital, unless a quotation comes first.
func sentenceCase(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// mostFlips bounds how many lines of flips a reader is given.
const mostFlips = 12

// flips writes what would flip a rule, values of the last fact side by side: "conduct.deceived true or x instead of y:
// applies".
func flips(r Rung) (out []string) {
	type group struct{ before, fact, from, answer string }
	var order []group
	values := map[group][]policies.Change{}
	for _, f := range r.Flips {
		last := f.Changes[len(f.Changes)-1]
		g := group{fact: string(last.Fact), from: was(last), answer: answerName(r.Effect, r.Standard, f.Answer)}
		for _, c := range f.Changes[:len(f.Changes)-1] {
			g.before += string(c.Fact) + " " + becomes([]policies.Change{c}) + " instead of " + was(c) + ", and "
		}
		if values[g] == nil {
			order = append(order, g)
		}
		values[g] = append(values[g], last)
	}
	for i, g := range order {
		if i == mostFlips {
			return append(out, strconv.Itoa(len(order)-mostFlips)+" more; --json has them all.")
		}
		out = append(out, g.before+g.fact+" "+becomes(values[g])+" instead of "+g.from+": "+g.answer+".")
	}
	return out
}

// becomes writes the values of one fact that change an answer alike, numbers that follow each other as one run: "0 to 3".
func becomes(all []policies.Change) string {
	var parts []string
	for i := 0; i < len(all); i++ {
		from := all[i].To.String()
		last, isNumber := highest(all[i])
		for isNumber && i+1 < len(all) {
			if next, _ := all[i+1].To.AsInt(); next != last+1 {
				break
			}
			i++
			last, _ = highest(all[i])
		}
		if to := strconv.FormatInt(last, 10); isNumber && to != from {
			from += " to " + to
		}
		parts = append(parts, from)
	}
	return strings.Join(parts, " or ")
}

// highest is the last number of a change.
func highest(c policies.Change) (int64, bool) {
	if n, ok := c.Through.AsInt(); ok {
		return n, true
	}
	return c.To.AsInt()
}

func was(c policies.Change) string {
	from := "unknown"
	if !c.From.IsZero() {
		from = c.From.String()
	}
	if c.Letter {
		from += " in the letter"
	}
	return from
}
