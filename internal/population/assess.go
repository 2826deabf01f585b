package population

import (
	"slices"

	"rogatory/internal/mla"
)

// remembered bounds the answers of the law that a world keeps.
const remembered = 1 << 13

// Assess lets the law between the two States speak, as policies.Law.Assess does. Cases of a population ask it the same
// things over and over, so an answer is kept and shared; nobody may change it.
func (w *World) Assess(c *Case, stage mla.Stage, r mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	k := append(w.key[:0], stage...)
	k = append(k, c.Request.Requesting...)
	k = append(k, c.Request.Requested...)
	k = append(k, byte(c.instrument), flag(r.Urgent), flag(r.Confidential), byte(r.Offence.MaxPenaltyYears))
	k = append(append(append(k, r.Offence.Label...), r.Measure...), method...)
	for _, category := range r.Scope.Categories {
		k = append(append(k, 0), category...)
	}
	for i := range c.pair.uses {
		v := known[c.pair.uses[i].Path]
		if n, ok := v.AsInt(); ok {
			k = append(k, 1, byte(n), byte(n>>8))
		} else if s, ok := v.AsWord(); ok {
			k = append(append(k, 2), s...)
		} else if b, ok := v.AsBool(); ok {
			k = append(k, 3, flag(b))
		} else {
			k = append(k, 4)
		}
	}
	w.key = k
	if a, ok := w.answers[string(k)]; ok {
		return *a
	}
	a := c.pair.law.Assess(stage, r, known, method)
	a.Findings = slices.Clip(a.Findings)
	if len(w.answers) == remembered {
		clear(w.answers)
	}
	w.answers[string(k)] = &a
	return a
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}
