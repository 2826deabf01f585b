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
	// Gated: nothing leaves without a request before the central authority has agreed (safeguard L13).
	Gated bool
	// Fresh: a secret is renewed on facts that its authority did not have before (safeguard L02).
	Fresh bool
	// Unseals: whoever lifts a secret opens to the person what was sealed (safeguard L02).
	Unseals bool
	// Again are the duties on a request made again after a refusal, of another State or under another instrument, by its
	// reference. A reference that is not here has these.
	Again map[string]Duties
}

// of returns the duties on the request with a reference.
func (d Duties) of(reference string) Duties {
	if again, ok := d.Again[reference]; ok {
		return again
	}
	return d
}

// letters follows the requests that reach a log: one made again for the same conduct is judged by itself.
type letters struct{ reference string }

// another reports whether an event is the first letter of another request than the one before.
func (l *letters) another(e mla.Event) bool {
	b, ok := e.Body.(mla.RequestSubmittedBody)
	if !ok || b.Request.Reference == l.reference {
		return false
	}
	first := l.reference == ""
	l.reference = b.Request.Reference
	return !first
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
