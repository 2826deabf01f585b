package measure

import (
	"rogatory/internal/mla"
)

const (
	conditionClaim    = "Critics say that protection is whatever the receiving State's law says."
	preservationClaim = "Critics say that preservation needs no dual criminality and can be renewed without end."
	defenceClaim      = "Critics say that prosecutors can use the channel and the defence cannot."
)

var (
	conditionArticles    = []string{"uncc 36"}
	preservationArticles = []string{"uncc 25", "uncc 42", "budapest 16", "budapest 29"}
	defenceArticles      = []string{"uncc 40"}

	transfers = []mla.Kind{mla.Transmitted}
	preserved = []mla.Kind{mla.PreservationOrdered}
)

// conditions is G34.
var conditions = []Measure{
	{
		ID: "G34.Conditioned", Claim: conditionClaim, Articles: conditionArticles, Unit: Share, Kind: Image,
		Formula: "transmissions with a binding condition, over transmissions",
		About:   transfers, Needs: transfers,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for t := range transmitted.on(&r.anywhere) {
				c.count(len(t.Body.Conditions) > 0, t.Sighting)
			}
		},
	},
	{
		ID: "G34.Adequate", Claim: conditionClaim, Articles: conditionArticles, Unit: Share, Kind: Image,
		Formula: "transmissions to a State stipulated to have an independent data-protection authority and a remedy, over transmissions",
		About:   transfers, Needs: transfers, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			for t := range transmitted.on(&r.anywhere) {
				if protects, known := c.stipulated(answer(st.Truth.ReceiverProtects), "whether the receiving State protects data"); known {
					c.count(protects, t.Sighting)
				}
			}
		},
	},
	{
		ID: "G34.ExcessFields", Claim: conditionClaim, Articles: conditionArticles, Unit: Share, Kind: Image,
		Formula: "records delivered beyond those stipulated as needed, over records delivered",
		About:   transfers, Needs: transfers, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if st.Truth.NeededRecords == nil {
				c.cannot("the case does not stipulate how many records are needed")
				return
			}
			for t := range transmitted.on(&r.anywhere) {
				n := t.Body.Evidence.Records
				c.add(max(0, n-*st.Truth.NeededRecords), n, t.Sighting)
			}
		},
	},
}

// orphanDays is how long a preservation may wait for the request it was made for.
const orphanDays = 180

// preservation is G39.
var preservation = []Measure{
	{
		ID: "G39.Orphan", Claim: preservationClaim, Articles: preservationArticles, Unit: Share, Kind: Emergent, Statistic: StandingAfter(orphanDays),
		Formula: "preservation orders that no request had followed after 180 days, over preservation orders, by the Kaplan-Meier estimate",
		About:   preserved, Needs: preserved, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			letters := r.requested.covers(requestSubmitted.number)
			for o := range preservationOrdered.on(r.requested) {
				s := Spell{Days: wholeDays(o.Cover.At, r.last()), Weight: 1}
				c.rest(o.Sighting)
				if len(letters) > 0 {
					s.Days, s.Ended = wholeDays(o.Cover.At, letters[0].Cover.At), true
					c.rest(letters[0])
				}
				c.spell(s)
			}
		},
	},
	{
		ID: "G39.RenewalChain", Claim: preservationClaim, Articles: preservationArticles, Unit: Count, Kind: Image, Statistic: Ratio,
		Formula: "mean number of renewals of a preservation: renewals, over preservation orders",
		About:   preserved, Needs: []mla.Kind{mla.PreservationOrdered, mla.PreservationExtended}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for o := range preservationOrdered.on(r.requested) {
				c.add(0, 1, o.Sighting)
			}
			for x := range preservationExtended.on(r.requested) {
				c.add(1, 0, x.Sighting)
			}
		},
	},
	{
		ID: "G39.PreservedPersonDays", Claim: preservationClaim, Articles: preservationArticles, Unit: PersonDays, Kind: Emergent,
		Formula: "days for which data were kept and no request had come, from the order to its lapse, to the request or to the last legal instant on record, each counted for every person asked about",
		About:   preserved, Needs: []mla.Kind{mla.PreservationRequested, mla.PreservationOrdered, mla.PreservationLapsed}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			p, ok := preservationRequested.last(r.requested)
			if !ok {
				c.cannot("the request to preserve is not on record")
				return
			}
			letters := r.requested.covers(requestSubmitted.number)
			for o := range preservationOrdered.on(r.requested) {
				end := r.last()
				if len(letters) > 0 && letters[0].Cover.At.Before(end) {
					end = letters[0].Cover.At
					c.rest(letters[0])
				}
				for l := range preservationLapsed.on(r.requested) {
					if l.Body.Order == o.Body.Order && l.Cover.At.Before(end) {
						end = l.Cover.At
						c.rest(l.Sighting)
					}
				}
				c.add(wholeDays(o.Cover.At, end)*p.Body.Request.Scope.Persons, 1, p.Sighting, o.Sighting)
			}
		},
	},
}

// defence is G43.
var defence = []Measure{
	{
		ID: "G43.DefenceUse", Claim: defenceClaim, Articles: defenceArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "requests of the defence, over requests of either side",
		About:   []mla.Kind{mla.RequestSubmitted, mla.DefenceAsked}, Sides: bothSides,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			letters := r.requested.covers(requestSubmitted.number)
			c.add(0, min(1, len(letters)), letters[:min(1, len(letters))]...)
			for _, l := range r.logs {
				for _, s := range l.covers(defenceAsked.number) {
					if s.Event == nil || s.Event.Passage != mla.Received || !r.hasSender(s.Event) {
						c.count(true, s)
					}
				}
			}
		},
	},
	{
		ID: "G43.LostExculpatory", Claim: defenceClaim, Articles: defenceArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "sets of data stipulated to clear a person that expired before anybody asked, over such sets",
		About:   []mla.Kind{mla.EvidenceExpired, mla.Produced}, Needs: []mla.Kind{mla.EvidenceExpired, mla.Produced}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			clears, known := c.stipulated(answer(st.Truth.Exculpatory), "whether the data would clear the person")
			if known && !clears {
				c.none("the data are not stipulated to clear anybody")
			}
			if !clears {
				return
			}
			for e := range evidenceExpired.on(&r.anywhere) {
				c.count(true, e.Sighting)
			}
			for p := range produced.on(&r.anywhere) {
				c.count(false, p.Sighting)
			}
		},
	},
}
