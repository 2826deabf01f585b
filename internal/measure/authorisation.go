package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const unjudgedClaim = "Critics say that judicial or other independent review before data move is left to domestic law, so that it can be absent."

var unjudgedArticles = []string{"uncc 24(1)", "uncc 24(2)", "uncc 24(4)", "uncc 27", "uncc 44", "uncc 45", "uncc 46", "budapest 15"}

var unjudgedNeeds = []mla.Kind{mla.Produced, mla.OrderServed, mla.AuthorisationSought, mla.AuthorisationDecided}

// unjudged is G03: over all productions, then by category, because no weight makes one category out of two.
var unjudged = slices.Concat(
	[]Measure{unjudgedShare("G03.UnjudgedShare", "any data", func(mla.Scope) bool { return true })},
	[]Measure{
		unjudgedShare("G03.UnjudgedShare.subscriber", "subscriber data", reaches(mla.Subscriber)),
		unjudgedShare("G03.UnjudgedShare.traffic", "traffic data", reaches(mla.Traffic)),
		unjudgedShare("G03.UnjudgedShare.content", "content data", reaches(mla.Content)),
	},
	[]Measure{
		intrusion("G03.IntrusionUnjudged.subscriber", "subscriber data", reaches(mla.Subscriber)),
		intrusion("G03.IntrusionUnjudged.traffic", "traffic data", reaches(mla.Traffic)),
		intrusion("G03.IntrusionUnjudged.content", "content data", reaches(mla.Content)),
	},
)

func reaches(c mla.Category) func(mla.Scope) bool {
	return func(s mla.Scope) bool { return slices.Contains(s.Categories, c) }
}

func unjudgedShare(id, what string, counts func(mla.Scope) bool) Measure {
	return Measure{
		ID: id, Gap: "G03", Claim: unjudgedClaim, Articles: unjudgedArticles, Unit: Share, Kind: Structural,
		Formula: "productions of " + what + " for which no independent authority had granted or modified the measure before the order was served, over productions of " + what,
		About:   mla.Produced, Needs: unjudgedNeeds, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			found, v := productions(r.requested, what, counts)
			if !v.Defined {
				return v
			}
			part, events := 0, []string{}
			for _, p := range found {
				if !p.judged {
					part++
				}
				events = append(events, p.events...)
			}
			return share(part, len(found), events...)
		},
	}
}

func intrusion(id, what string, counts func(mla.Scope) bool) Measure {
	return Measure{
		ID: id, Gap: "G03", Claim: unjudgedClaim, Articles: unjudgedArticles, Unit: Count, Kind: Image,
		Formula: "persons reached by productions of " + what + " that no independent authority had authorised before the order was served",
		About:   mla.Produced, Needs: unjudgedNeeds, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			found, v := productions(r.requested, what, counts)
			if !v.Defined {
				return v
			}
			persons, events := 0, []string{}
			for _, p := range found {
				if !p.judged {
					persons += p.persons
				}
				events = append(events, p.events...)
			}
			return amount(persons, len(found), events...)
		},
	}
}

// production is one handing over of data by a provider, and whether an independent authority had allowed it.
type production struct {
	judged  bool
	persons int
	events  []string // its own, the service of its order, and the rulings before that
}

// productions lists those whose scope counts; if there are none, or one cannot be judged, the value says why.
func productions(l *log, what string, counts func(mla.Scope) bool) ([]production, Value) {
	var out []production
	for _, p := range all[mla.ProducedBody](l) {
		if !counts(p.Body.Evidence.Scope) {
			continue
		}
		served, ok := latest(l, func(s told[mla.OrderServedBody]) bool { return s.Body.Order == p.Body.Order && s.Sequence < p.Sequence })
		if !ok {
			return nil, cannot("the service of order %s is not on record", p.Body.Order)
		}
		found, sought := production{persons: p.Body.Evidence.Scope.Persons, events: []string{p.ID(), served.ID()}}, 0
		for _, a := range all[mla.AuthorisationSoughtBody](l) {
			if a.Sequence < served.Sequence && a.Body.Stage != mla.StagePreservation {
				sought++
			}
		}
		for _, a := range all[mla.AuthorisationDecidedBody](l) {
			if a.Sequence > served.Sequence || a.Body.Stage == mla.StagePreservation {
				continue
			}
			sought--
			found.judged = found.judged || a.Body.Independent && a.Body.Ruling != mla.RulingDeny
			found.events = append(found.events, a.ID())
		}
		if sought > 0 && !found.judged {
			return nil, cannot("an authorisation was sought and no ruling on it is on record")
		}
		out = append(out, found)
	}
	if len(out) == 0 {
		return nil, none("no production of %s is on record", what)
	}
	return out, Value{Defined: true}
}
