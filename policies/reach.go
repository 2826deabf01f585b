package policies

import (
	"fmt"
	"slices"

	"rogatory/internal/mla"
)

// idle reports, over every pair of States under every instrument alone, what a rule's words promise and its condition
// never does: rules that no facts can make hold, conditions that no facts can make fail, and grounds that hold only where
// the same instrument forbids their reason.
func (b *Bundle) idle() (faults Faults) {
	seen := map[*Rule]*reach{}
	for _, r := range b.rules() {
		seen[r] = &reach{}
	}
	states := b.StateIDs()
	for _, requesting := range states {
		for _, requested := range states {
			if requesting == requested {
				continue
			}
			var build *builder
			for _, id := range b.InstrumentIDs() {
				l, err := b.resolve(Pair{Instruments: []string{id}, Requesting: requesting, Requested: requested})
				if err != nil {
					return nil
				}
				if build == nil {
					build = newBuilder(l)
				}
				build.law = l
				build.reach(l, seen)
				if build.full {
					return nil
				}
			}
		}
	}
	for _, r := range b.rules() {
		faults = append(faults, seen[r].faults(r)...)
	}
	return faults
}

// reach is what some pair of States and some facts can make of a rule.
type reach struct {
	asked, holds, fails bool
	open                bool    // as a ground: it holds somewhere without its reason being forbidden
	forbidden           []*Rule // the rules that forbid it somewhere
}

// reach asks the rules of a law of one instrument, those of the requested State, and those of every safeguard.
func (b *builder) reach(l *Law, seen map[*Rule]*reach) {
	r := l.regimes[0]
	rules := slices.Concat(r.Rules, l.requested.Overlay)
	for _, id := range l.bundle.SafeguardIDs() {
		rules = append(rules, l.bundle.safeguards[id].Rules...)
	}
	for _, rule := range rules {
		at, holds := seen[rule], b.rule(rule, r)
		at.asked = true
		at.holds = at.holds || holds != never
		at.fails = at.fails || b.condition(rule.when, r) != always
		if holds == never || !rule.Effect.Ground() || rule.Instrument != r.ID {
			continue
		}
		open := holds
		for _, f := range r.Rules {
			if f.Effect != mla.MustNotRefuse || f.Reading != mla.Settled || f.Stage != rule.Stage {
				continue
			}
			forbids := b.rule(f, r)
			if b.join(both, holds, forbids) != never && !slices.Contains(at.forbidden, f) {
				at.forbidden = append(at.forbidden, f)
			}
			open = b.join(both, open, b.not(forbids))
		}
		at.open = at.open || open != never
	}
}

func (at *reach) faults(r *Rule) Faults {
	line, column := r.when.at.start()
	fault := func(fix, format string, args ...any) Faults {
		return Faults{r.when.at.doc.faultAt(line, column, fmt.Sprintf(format, args...), fix)}
	}
	switch {
	case !at.asked:
	case !at.holds:
		return fault("change the condition, or remove the rule", "no facts make the rule %s hold between any two States", r.ID)
	case !at.fails && r.When != "true":
		return fault(`write "true"`, "no facts make the condition of the rule %s fail", r.ID)
	case r.Effect.Ground() && !at.open && len(at.forbidden) > 0:
		return fault("narrow one of the two", "the rule %s is a ground only where %s forbids that reason", r.ID, at.forbidden[0].ID)
	}
	return nil
}
