package invariant

import (
	"slices"

	"rogatory/internal/mla"
)

// Duties are what the monitors must be told of the law between the two States. Whoever runs them fills it from the
// terms of the case; the zero value owes neither reasons nor consultation.
type Duties struct {
	// Reasons lists the outcomes for which reasons are owed to the requesting State (UNCC 40(25), Budapest 27(7)).
	Reasons      []mla.Outcome
	Consultation Consultation
}

// Consultation is when the requested State consults before it refuses or postpones.
type Consultation struct {
	// Must is true where consulting is a duty (UNCC 40(28)), false where it is left open (Budapest 27(6)).
	Must bool
	// Grounds lists the rules whose raising touches it; All is true where any ground does.
	Grounds []string
	All     bool
	// Postponement is true where postponing touches it.
	Postponement bool
}

// touches reports whether an outcome on these grounds is one to consult about.
func (c Consultation) touches(o mla.Outcome, grounds []mla.Ground) bool {
	switch o {
	case mla.Postponed:
		return c.Postponement
	case mla.Refused:
		return c.All || len(c.touching(grounds)) > 0
	default:
		return false
	}
}

// touching lists the grounds that touch the duty.
func (c Consultation) touching(grounds []mla.Ground) []mla.Ground {
	var out []mla.Ground
	for _, g := range grounds {
		if c.All || slices.Contains(c.Grounds, g.Rule) {
			out = append(out, g)
		}
	}
	return out
}
