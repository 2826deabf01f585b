package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const secrecyClaim = "Critics say that once a request is marked confidential nothing in the text ever ends the secret."

var (
	secrecyArticles = []string{"uncc 25(3)", "uncc 29", "uncc 30", "uncc 40(20)", "uncc 42", "budapest 16(3)", "budapest 20(3)", "budapest 21(3)", "budapest 27(8)"}
	secrets         = []mla.Kind{mla.ConfidentialityImposed}
	standingNeeds   = []mla.Kind{mla.ConfidentialityImposed, mla.ConfidentialityLifted, mla.ObservationEnded}
)

// perpetualSecrecy is G01.
var perpetualSecrecy = []Measure{
	{
		ID: "G01.IndefiniteShare", Claim: secrecyClaim, Articles: secrecyArticles, Unit: Share, Kind: Structural,
		Formula: "secrets imposed on a provider without an end, over all secrets imposed",
		About:   secrets, Needs: secrets, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for s := range confidentialityImposed.on(r.requested) {
				c.count(s.Body.ExpiresAt == nil, s.Sighting)
			}
		},
	},
	{
		ID: "G01.StandingDays", Claim: secrecyClaim, Articles: secrecyArticles, Unit: Days, Kind: Emergent,
		Formula: "whole days that secrets stood after the requesting State's need ended (or, where it recorded no end of need, after it closed the case), up to their lifting or the last legal instant on record, summed over secrets",
		About:   secrets, Needs: standingNeeds, Sides: bothSides,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			secretSpells(r, c, func(s Spell, _ int) { c.add(s.Days, 1) })
		},
	},
	{
		ID: "G01.SecretPersonDays", Claim: secrecyClaim, Articles: secrecyArticles, Unit: PersonDays, Kind: Emergent,
		Formula: "the same days, each counted for every person whose data the secret is about",
		About:   secrets, Needs: standingNeeds, Sides: bothSides,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			secretSpells(r, c, func(s Spell, persons int) { c.add(s.Days*persons, 1) })
		},
	},
	stale("G01.Stale.1y", "a year", 365),
	stale("G01.Stale.5y", "five years", 1825),
}

func stale(id, time string, days int) Measure {
	return Measure{
		ID: id, Claim: secrecyClaim, Articles: secrecyArticles, Unit: Share, Kind: Emergent, Statistic: StandingAfter(days),
		Formula: "secrets still standing " + time + " after the need ended or the request was closed, over secrets whose need ended, by the Kaplan-Meier estimate: what was not watched so long counts for as long as it was",
		About:   secrets, Needs: standingNeeds, Sides: bothSides,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			secretSpells(r, c, func(s Spell, _ int) { c.spell(s) })
		},
	}
}

// secretSpells gives, for each secret, how long it stood past the need, and how many persons it is about.
func secretSpells(r *record, c *Contribution, each func(s Spell, persons int)) {
	need := needEnd(r.requesting)
	if need == nil {
		c.none("the requesting State recorded neither the end of its need nor the closing of its case")
		return
	}
	c.rest(need)
	ended, _ := observationEnded.last(r.requested)
	for s := range confidentialityImposed.on(r.requested) {
		c.rest(s.Sighting)
		lifted, until := (*Sighting)(nil), r.last()
		for l := range confidentialityLifted.on(r.requested) {
			if l.Body.Order == s.Body.Order && l.Cover.Sequence > s.Cover.Sequence {
				lifted, until = l.Sighting, l.Cover.At
			}
		}
		if lifted == nil && !slices.Contains(ended.Body.Standing, s.Body.Order) {
			c.cannot("secret %s is neither lifted on record nor among those standing at the end", s.Body.Order)
			return
		}
		c.rest(lifted)
		each(Spell{Days: wholeDays(later(need.Cover.At, s.Cover.At), until), Weight: 1, Ended: lifted != nil}, s.Body.Persons)
	}
}

// needEnd is where the requesting State's need ends on its own log: its word for it, or else the closing of its case.
// The cover is enough.
func needEnd(l *log) *Sighting {
	for _, k := range [...]number{needEnded.number, caseClosed.number} {
		if found := l.covers(k); len(found) > 0 {
			return found[0]
		}
	}
	return nil
}
