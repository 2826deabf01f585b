package report

import "rogatory/internal/mla"

// Rules are what the instruments say, each rule where a reader looks for its effect.
type Rules struct {
	Grounds   []Ground `json:"grounds"`
	Scope     []Ground `json:"scope"`     // gates
	Forbidden []Ground `json:"forbidden"` // reasons for which help must not be refused
	Duties    []Ground `json:"duties"`    // duties, powers and efforts
}

// NoRules is empty, and written as empty lists.
func NoRules() Rules {
	return Rules{Grounds: []Ground{}, Scope: []Ground{}, Forbidden: []Ground{}, Duties: []Ground{}}
}

// File puts a rule in its place.
func (r *Rules) File(g Ground) {
	switch {
	case g.Effect.Ground():
		r.Grounds = append(r.Grounds, g)
	case g.Effect == mla.Gate:
		r.Scope = append(r.Scope, g)
	case g.Effect == mla.MustNotRefuse:
		r.Forbidden = append(r.Forbidden, g)
	default:
		r.Duties = append(r.Duties, g)
	}
}
