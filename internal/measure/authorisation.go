package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const unjudgedClaim = "Critics say that judicial or other independent review before data move is left to domestic law, so that it can be absent."

var (
	unjudgedArticles = []string{"uncc 24(1)", "uncc 24(2)", "uncc 24(4)", "uncc 27", "uncc 44", "uncc 45", "uncc 46", "budapest 15"}
	productionsMade  = []mla.Kind{mla.Produced}
	unjudgedNeeds    = []mla.Kind{mla.Produced, mla.OrderServed, mla.AuthorisationSought, mla.AuthorisationDecided}
)

// unjudged is G03: over all productions, then by category, because no weight makes one category out of two.
var unjudged = []Measure{
	unjudgedShare("G03.UnjudgedShare", "any data", func(mla.Scope) bool { return true }),
	unjudgedShare("G03.UnjudgedShare.subscriber", "subscriber data", reaches(mla.Subscriber)),
	unjudgedShare("G03.UnjudgedShare.traffic", "traffic data", reaches(mla.Traffic)),
	unjudgedShare("G03.UnjudgedShare.content", "content data", reaches(mla.Content)),
	intrusion("G03.IntrusionUnjudged.subscriber", "subscriber data", reaches(mla.Subscriber)),
	intrusion("G03.IntrusionUnjudged.traffic", "traffic data", reaches(mla.Traffic)),
	intrusion("G03.IntrusionUnjudged.content", "content data", reaches(mla.Content)),
}

func reaches(c mla.Category) func(mla.Scope) bool {
	return func(s mla.Scope) bool { return slices.Contains(s.Categories, c) }
}

func unjudgedShare(id, what string, counts func(mla.Scope) bool) Measure {
	return Measure{
		ID: id, Claim: unjudgedClaim, Articles: unjudgedArticles, Unit: Share, Kind: Structural,
		Formula: "productions of " + what + " for which no independent authority had granted or modified the measure before the order was served, over productions of " + what,
		About:   productionsMade, Needs: unjudgedNeeds, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			productions(r.requested, c, what, counts, func(judged bool, _ int) { c.count(!judged) })
		},
	}
}

func intrusion(id, what string, counts func(mla.Scope) bool) Measure {
	return Measure{
		ID: id, Claim: unjudgedClaim, Articles: unjudgedArticles, Unit: Count, Kind: Image,
		Formula: "persons reached by productions of " + what + " that no independent authority had authorised before the order was served",
		About:   productionsMade, Needs: unjudgedNeeds, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			productions(r.requested, c, what, counts, func(judged bool, persons int) {
				if judged {
					persons = 0
				}
				c.add(persons, 1)
			})
		},
	}
}

// productions gives those whose scope counts, and whether an independent authority had allowed them. Each rests on itself,
// the service of its order, and the rulings before that.
func productions(l *log, c *Contribution, what string, counts func(mla.Scope) bool, each func(judged bool, persons int)) {
	found := false
	for p := range produced.on(l) {
		if !counts(p.Body.Evidence.Scope) {
			continue
		}
		found = true
		var served told[mla.OrderServedBody]
		for s := range orderServed.on(l) {
			if s.Body.Order == p.Body.Order && s.Cover.Sequence < p.Cover.Sequence {
				served = s
			}
		}
		if served.Sighting == nil {
			c.cannot("the service of order %s is not on record", p.Body.Order)
			return
		}
		c.rest(p.Sighting, served.Sighting)
		pending, judged := 0, false
		for a := range authorisationSought.on(l) {
			if a.Cover.Sequence < served.Cover.Sequence && a.Body.Stage != mla.StagePreservation {
				pending++
			}
		}
		for a := range authorisationDecided.on(l) {
			if a.Cover.Sequence < served.Cover.Sequence && a.Body.Stage != mla.StagePreservation {
				pending--
				judged = judged || a.Body.Independent && a.Body.Ruling != mla.RulingDeny
				c.rest(a.Sighting)
			}
		}
		if pending > 0 && !judged {
			c.cannot("an authorisation was sought and no ruling on it is on record")
			return
		}
		each(judged, p.Body.Evidence.Scope.Persons)
	}
	if !found {
		c.none("no production of %s is on record", what)
	}
}
