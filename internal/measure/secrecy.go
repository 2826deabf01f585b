package measure

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

const secrecyClaim = "Critics say that once a request is marked confidential nothing in the text ever ends the secret."

var secrecyArticles = []string{"uncc 25(3)", "uncc 29", "uncc 30", "uncc 40(20)", "uncc 42", "budapest 16(3)", "budapest 20(3)", "budapest 21(3)", "budapest 27(8)"}

// perpetualSecrecy is G01.
var perpetualSecrecy = []Measure{
	{
		ID: "G01.IndefiniteShare", Gap: "G01", Claim: secrecyClaim, Articles: secrecyArticles, Unit: Share, Kind: Structural,
		Formula: "secrets imposed on a provider without an end, over all secrets imposed",
		About:   mla.ConfidentialityImposed, Needs: []mla.Kind{mla.ConfidentialityImposed}, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			imposed := all[mla.ConfidentialityImposedBody](r.requested)
			endless, events := 0, []string{}
			for _, s := range imposed {
				if s.Body.ExpiresAt == nil {
					endless++
				}
				events = append(events, s.ID())
			}
			return share(endless, len(imposed), events...)
		},
	},
	{
		ID: "G01.StandingDays", Gap: "G01", Claim: secrecyClaim, Articles: secrecyArticles, Unit: Days, Kind: Emergent,
		Formula: "whole days that secrets stood after the requesting State's need ended (or, where it recorded no end of need, after it closed the case), up to their lifting or the last legal instant on record, summed over secrets",
		About:   mla.ConfidentialityImposed, Needs: standingNeeds, Sides: bothSides,
		compute: func(r *record, _ *Stipulated) Value {
			return standing(r, func(days, _ int) int { return days })
		},
	},
	{
		ID: "G01.SecretPersonDays", Gap: "G01", Claim: secrecyClaim, Articles: secrecyArticles, Unit: PersonDays, Kind: Emergent,
		Formula: "the same days, each counted for every person whose data the secret is about",
		About:   mla.ConfidentialityImposed, Needs: standingNeeds, Sides: bothSides,
		compute: func(r *record, _ *Stipulated) Value {
			return standing(r, func(days, persons int) int { return days * persons })
		},
	},
}

var standingNeeds = []mla.Kind{mla.ConfidentialityImposed, mla.ConfidentialityLifted, mla.ObservationEnded}

// standing sums over secrets the days they stood past the need.
func standing(r *record, weigh func(days, persons int) int) Value {
	need, ok := needEnd(r.requesting)
	if !ok {
		return none("the requesting State recorded neither the end of its need nor the closing of its case")
	}
	imposed := all[mla.ConfidentialityImposedBody](r.requested)
	ended, _ := latest(r.requested, func(told[mla.ObservationEndedBody]) bool { return true })
	sum, events := 0, []string{need.id()}
	for _, s := range imposed {
		events = append(events, s.ID())
		until := r.last()
		lifted, ok := latest(r.requested, func(l told[mla.ConfidentialityLiftedBody]) bool {
			return l.Body.Order == s.Body.Order && l.Sequence > s.Sequence
		})
		switch {
		case ok:
			until = lifted.At
			events = append(events, lifted.ID())
		case !slices.Contains(ended.Body.Standing, s.Body.Order):
			return cannot("secret %s is neither lifted on record nor among those standing at the end", s.Body.Order)
		}
		sum += weigh(wholeDays(later(need.Cover.At, s.At), until), s.Body.Persons)
	}
	return amount(sum, len(imposed), events...)
}

// needEnd is where the requesting State's need ends on its own log: its word for it, or else the closing of its case.
// The cover is enough.
func needEnd(l *log) (Sighting, bool) {
	for _, k := range []mla.Kind{mla.NeedEnded, mla.CaseClosed} {
		if found := l.covers(k); len(found) > 0 {
			return found[0], true
		}
	}
	return Sighting{}, false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// wholeDays counts the days from one instant to a later one; 0 if it is not later.
func wholeDays(from, to time.Time) int { return max(0, int(to.Sub(from)/(24*time.Hour))) }
