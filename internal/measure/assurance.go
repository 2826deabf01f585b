package measure

import (
	"rogatory/internal/mla"
)

const (
	privilegeClaim  = "Critics say that nobody has to filter what passes between a person and a lawyer, doctor or priest."
	downstreamClaim = "Critics say that no text makes a State refuse where evidence may lead to execution or torture."
)

var (
	privilegeArticles = []string{"uncc 24", "uncc 28", "uncc 30"}
	capitalArticles   = []string{"uncc 40(21)"}
)

// privilege is G44.
var privilege = []Measure{
	{
		ID: "G44.PrivilegeHit", Claim: privilegeClaim, Articles: privilegeArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "productions stipulated to hold privileged items, over productions",
		About:   productionsMade, Needs: productionsMade, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			hit, known := c.stipulated(answer(st.Truth.Privileged), "whether privileged items are among the data")
			for p := range produced.on(&r.anywhere) {
				if known {
					c.count(hit, p.Sighting)
				}
			}
		},
	},
	{
		ID: "G44.Filtered", Claim: privilegeClaim, Articles: privilegeArticles, Unit: Share, Kind: Structural, Span: Card,
		Formula: "such productions from which privileged items were taken out before anything left, over such productions",
		About:   productionsMade, Needs: []mla.Kind{mla.Produced, mla.PrivilegeFiltered, mla.Transmitted}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if hit, known := c.stipulated(answer(st.Truth.Privileged), "whether privileged items are among the data"); !known || !hit {
				if known {
					c.none("no privileged item is stipulated to be among the data")
				}
				return
			}
			for p := range produced.on(&r.anywhere) {
				var filtered *Sighting
				for f := range privilegeFiltered.on(&r.anywhere) {
					if f.Body.Evidence == p.Body.Evidence.ID && !r.left(p.Body.Evidence.ID, f.Sighting) {
						filtered = f.Sighting
					}
				}
				c.count(filtered != nil, p.Sighting, filtered)
			}
		},
	},
}

// left reports whether evidence had been transmitted before an event.
func (r *record) left(evidence string, s *Sighting) bool {
	for t := range transmitted.on(&r.anywhere) {
		if t.Body.Evidence.ID == evidence && t.Cover.At.Before(s.Cover.At) {
			return true
		}
	}
	return false
}

// downstream is G45.
var downstream = []Measure{
	{
		ID: "G45.CapitalNoAssurance", Claim: downstreamClaim, Articles: capitalArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests about conduct stipulated as open to the death penalty for which no assurance was given, over such grants",
		About:   decisions, Needs: []mla.Kind{mla.Decided, mla.AssuranceGiven}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := c.grant(r)
			if !ok {
				return
			}
			capital, known := c.stipulated(st.capital(), "whether the conduct may be punished by death")
			if known && !capital {
				c.none("the conduct is not stipulated as open to the death penalty")
			}
			if !capital {
				return
			}
			var given *Sighting
			for a := range assuranceGiven.on(&r.anywhere) {
				if a.Body.Given {
					given = a.Sighting
				}
			}
			c.count(given == nil, d.Sighting, given)
		},
	},
	{
		ID: "G45.AssuranceBreach", Claim: downstreamClaim, Articles: capitalArticles, Unit: PerCent, Kind: Image, Span: Card, Statistic: PerHundred,
		Formula: "assurances that came to light as broken, over a hundred assurances given",
		About:   []mla.Kind{mla.AssuranceGiven}, Needs: []mla.Kind{mla.AssuranceGiven, mla.AssuranceBreached},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for a := range assuranceGiven.on(&r.anywhere) {
				if a.Body.Given {
					c.add(0, 1, a.Sighting)
				}
			}
			for b := range assuranceBreached.on(&r.anywhere) {
				c.add(1, 0, b.Sighting)
			}
		},
	},
}
