package policies

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"rogatory/internal/mla"
)

// The parts of a reason.
const (
	ReasonRule     = "rule"     // the rule; its children are its condition and what sets it aside
	ReasonUnless   = "unless"   // sets the rule aside where it is met
	ReasonAll      = "all"      // met where all children are
	ReasonAny      = "any"      // met where any child is
	ReasonNot      = "not"      // met where its child is not
	ReasonIf       = "if"       // the second child where the first is met, else the third
	ReasonTest     = "test"     // compares the facts below it
	ReasonFact     = "fact"     // a fact of the case or the letter
	ReasonLaw      = "law"      // a fact of the law, with what it follows from
	ReasonOffence  = "offence"  // an offence of a State, with its elements and defences
	ReasonDefence  = "defence"  // takes conduct out of the offence where it is met
	ReasonConstant = "constant" // true or false as written
)

// Reason is one step of why a rule answers as it does.
type Reason struct {
	Op       string     `json:"op"`
	Text     string     `json:"text"`             // as written in the law
	Answer   mla.Answer `json:"answer,omitempty"` // empty for a known fact that is no truth value
	Fact     mla.Path   `json:"fact,omitempty"`
	Value    mla.Value  `json:"value,omitzero"` // of a fact, where known or decided
	Says     string     `json:"says,omitempty"` // in plain words
	Children []Reason   `json:"children,omitempty"`
}

// Why gives the reason tree of one of the law's rules on the facts known: every sub-expression as written, its
// three-valued answer, and the facts' values. It is built anew each time; the hot path is Assess.
func (l *Law) Why(rule string, req mla.Request, known mla.Facts) (Reason, error) {
	found, regime := l.rule(rule)
	if found == nil {
		return Reason{}, fmt.Errorf("no rule %q between %s and %s: %s", rule, l.pair.Requesting, l.pair.Requested, suggest(rule, l.ruleIDs()))
	}
	t := &teller{law: l, build: newBuilder(l), values: map[int]mla.Value{}}
	for path, v := range known {
		if f := l.bundle.byPath[path]; f != nil && f.KnownBy != LawSays {
			t.know(f, v)
		}
	}
	eachOfLetter(req, func(path mla.Path, v mla.Value) { t.know(l.bundle.byPath[path], v) })
	whole := t.build.rule(found, regime)
	if by := l.stack.replaced(regime, found); by != nil {
		return Reason{Op: ReasonRule, Text: found.ID, Says: found.Says + " " + by.Says, Answer: mla.No}, nil
	}
	out := Reason{Op: ReasonRule, Text: found.ID, Says: found.Says, Answer: t.answer(whole)}
	when := t.tell(found.when, found.when.ast.Expr(), regime)
	when.Text = found.When
	out.Children = append(out.Children, when)
	if found.unless != nil {
		out.Children = append(out.Children, Reason{Op: ReasonUnless, Text: found.Unless, Answer: t.answer(t.build.condition(found.unless, regime)),
			Children: []Reason{t.tell(found.unless, found.unless.ast.Expr(), regime)}})
	}
	if found.givesWay != nil {
		out.Children = append(out.Children, Reason{Op: ReasonUnless, Text: found.givesWay.text, Says: "Gives way by " + found.GivesWay + ".",
			Answer:   t.answer(t.build.condition(found.givesWay, regime)),
			Children: []Reason{t.tell(found.givesWay, found.givesWay.ast.Expr(), regime)}})
	}
	return out, nil
}

// rule finds one of the law's rules, with the instrument from which its facts of the law are seen.
func (l *Law) rule(id string) (*Rule, *Regime) {
	for _, r := range l.regimes {
		for _, rule := range r.Rules {
			if rule.ID == id {
				return rule, r
			}
		}
	}
	own := l.requested.Overlay
	for _, s := range l.safeguards {
		own = slices.Concat(own, s.Rules)
	}
	for _, rule := range own {
		if rule.ID == id {
			return rule, l.regimes[0]
		}
	}
	return nil, nil
}

func (l *Law) ruleIDs() (out []string) {
	for _, r := range l.regimes {
		for _, rule := range r.Rules {
			out = append(out, rule.ID)
		}
	}
	for _, rule := range l.requested.Overlay {
		out = append(out, rule.ID)
	}
	for _, s := range l.safeguards {
		for _, rule := range s.Rules {
			out = append(out, rule.ID)
		}
	}
	return out
}

// teller writes reasons on one set of facts.
type teller struct {
	law    *Law
	build  *builder
	values map[int]mla.Value
}

func (t *teller) know(f *Fact, v mla.Value) {
	if _, ok := f.number(v); ok {
		t.values[f.index] = v
	}
}

// answer restricts a condition of the diagrams built so far.
func (t *teller) answer(id int32) mla.Answer {
	r := newRestriction(&t.build.diagram, t.law.bundle.classes)
	for i, v := range t.values {
		f := t.law.bundle.facts[i]
		n, _ := f.number(v)
		r.known[i] = t.law.bundle.classes[i].of[n]
	}
	return r.answer(id)
}

func (t *teller) tell(x *expression, e ast.Expr, r *Regime) Reason {
	text, err := cel.ExprToString(e, x.ast.SourceInfo())
	if err != nil {
		text = x.text
	}
	out := Reason{Text: text, Answer: t.answer(t.build.expr(x, e, r))}
	op, parts := operands(e)
	switch op {
	case operators.LogicalAnd:
		out.Op, parts = ReasonAll, chain(op, e)
	case operators.LogicalOr:
		out.Op, parts = ReasonAny, chain(op, e)
	case operators.LogicalNot:
		out.Op = ReasonNot
	case operators.Conditional:
		out.Op = ReasonIf
	default:
		return t.test(out, e, r)
	}
	for _, p := range parts {
		out.Children = append(out.Children, t.tell(x, p, r))
	}
	return out
}

// chain flattens a && b && c, which CEL reads as pairs.
func chain(op string, e ast.Expr) (out []ast.Expr) {
	if o, parts := operands(e); o == op {
		for _, p := range parts {
			out = append(out, chain(op, p)...)
		}
		return out
	}
	return []ast.Expr{e}
}

func (t *teller) test(out Reason, e ast.Expr, r *Regime) Reason {
	var facts []*Fact
	for _, id := range identifiers(e) {
		if f := t.law.bundle.byPath[mla.Path(id.AsIdent())]; f != nil && !slices.Contains(facts, f) {
			facts = append(facts, f)
		}
	}
	if e.Kind() == ast.IdentKind && len(facts) == 1 {
		return t.fact(facts[0], r)
	}
	out.Op, out.Says = ReasonTest, t.law.bundle.words(e)
	if len(facts) == 0 {
		out.Op = ReasonConstant
	}
	for _, f := range facts {
		out.Children = append(out.Children, t.fact(f, r))
	}
	return out
}

func (t *teller) fact(f *Fact, r *Regime) Reason {
	out := Reason{Op: ReasonFact, Text: string(f.Path), Fact: f.Path, Says: f.Means, Value: t.values[f.index], Answer: mla.Unknown}
	if bound := t.law.stack.bound[r]; f.Path == otherTreaty && bound != nil {
		out.Op, out.Value = ReasonLaw, mla.Bool(true)
		out.Says = "Another treaty on mutual legal assistance binds the two States: " + bound.Short + "."
	} else if f.KnownBy == LawSays {
		out.Op = ReasonLaw
		for _, p := range t.build.parts(f, r) {
			if t.answer(p.when) == mla.Yes {
				out.Value = f.at(p.value)
			}
		}
		out.Children = t.definition(f, r)
	}
	if b, ok := out.Value.AsBool(); ok {
		out.Answer = mla.AnswerOf(b)
	} else if !out.Value.IsZero() {
		out.Answer = ""
	}
	return out
}

// definition tells what a fact of the law follows from.
func (t *teller) definition(f *Fact, r *Regime) (out []Reason) {
	d := t.law.define(f.Path, r)
	if d.state == nil {
		return []Reason{t.tell(d.condition, d.condition.ast.Expr(), r)}
	}
	for _, o := range d.state.Offences {
		offence := Reason{Op: ReasonOffence, Text: o.Label, Answer: t.answer(t.build.offence(o)),
			Says:     fmt.Sprintf("%s: %s, up to %d years", d.state.Name, o.ID, o.MaxPenaltyYears),
			Children: []Reason{t.tell(o.elements, o.elements.ast.Expr(), r)}}
		for i, x := range o.defences {
			offence.Children = append(offence.Children, Reason{Op: ReasonDefence, Text: x.text, Says: o.Defences[i].Says,
				Answer: t.answer(t.build.condition(x, r)), Children: []Reason{t.tell(x, x.ast.Expr(), r)}})
		}
		out = append(out, offence)
	}
	return out
}
