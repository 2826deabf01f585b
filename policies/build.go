package policies

import (
	"cmp"
	"slices"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// condition builds the diagram of an expression, for one instrument of the pair.
func (b *builder) condition(x *expression, r *Regime) int32 { return b.expr(x, x.ast.Expr(), r) }

func (b *builder) expr(x *expression, e ast.Expr, r *Regime) int32 {
	op, parts := operands(e)
	switch op {
	case operators.LogicalNot:
		return b.not(b.expr(x, parts[0], r))
	case operators.LogicalAnd:
		all := always
		for _, p := range parts {
			all = b.join(both, all, b.expr(x, p, r))
		}
		return all
	case operators.LogicalOr:
		some := never
		for _, p := range parts {
			some = b.join(either, some, b.expr(x, p, r))
		}
		return some
	case operators.Conditional:
		if0, then, otherwise := b.expr(x, parts[0], r), b.expr(x, parts[1], r), b.expr(x, parts[2], r)
		return b.join(either, b.join(both, if0, then), b.join(both, b.not(if0), otherwise))
	}
	return b.test(x.tests[e.ID()], r)
}

// test builds the diagram of a test from the answers CEL gave.
func (b *builder) test(a *atom, r *Regime) int32 {
	if !slices.ContainsFunc(a.facts, seenFromInstrument) {
		r = nil
	}
	key := atomKey{a, r}
	if id, ok := b.atoms[key]; ok {
		return id
	}
	id := b.rows(a, r, 0, 0)
	b.atoms[key] = id
	return id
}

// rows joins the answers of the table from a row on, with the facts before depth fixed.
func (b *builder) rows(a *atom, r *Regime, depth, row int) int32 {
	if depth == len(a.facts) {
		if a.table[row] {
			return always
		}
		return never
	}
	f := a.facts[depth]
	out := never
	for _, p := range b.parts(f, r) {
		if p.when != never {
			out = b.join(either, out, b.join(both, p.when, b.rows(a, r, depth+1, row*f.size()+p.value)))
		}
	}
	return out
}

// define builds a fact of the law.
func (b *builder) define(f *Fact, r *Regime) []part {
	d := b.law.define(f.Path, r)
	switch {
	case d.penalty:
		return b.penalty(f, d.state)
	case d.state != nil:
		some := never
		for _, o := range d.state.Offences {
			some = b.join(either, some, b.offence(o))
		}
		return []part{{0, b.not(some)}, {1, some}}
	}
	holds := b.condition(d.condition, r)
	return []part{{0, b.not(holds)}, {1, holds}}
}

// offence builds the condition that conduct is the offence: its elements met, and no defence.
func (b *builder) offence(o *StateOffence) int32 {
	id := b.condition(o.elements, nil)
	for _, d := range o.defences {
		id = b.join(both, id, b.not(b.condition(d, nil)))
	}
	return id
}

// penalty builds the highest maximum among the offences that the conduct is, 0 where it is none.
func (b *builder) penalty(f *Fact, s *StateLaw) []part {
	byPenalty := slices.SortedStableFunc(slices.Values(s.Offences), func(a, b *StateOffence) int {
		return cmp.Compare(b.MaxPenaltyYears, a.MaxPenaltyYears)
	})
	years := map[int]int32{}
	none := always
	for _, o := range byPenalty {
		holds := b.offence(o)
		n := int(max(f.Min, min(f.Max, int64(o.MaxPenaltyYears))) - f.Min)
		years[n] = b.join(either, years[n], b.join(both, none, holds))
		none = b.join(both, none, b.not(holds))
	}
	zero := int(max(f.Min, min(f.Max, 0)) - f.Min)
	years[zero] = b.join(either, years[zero], none)
	out := make([]part, 0, len(years))
	for n, when := range years {
		out = append(out, part{n, when})
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Compare(a.value, b.value) })
	return out
}
