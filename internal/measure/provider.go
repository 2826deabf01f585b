package measure

import (
	"rogatory/internal/mla"
)

const (
	challengeClaim = "Critics say that the text gives a firm that gets an unlawful order neither standing nor a stay."
	conflictClaim  = "Critics say that one State compels what another forbids, and that the text offers no way out."
	compelledClaim = "Critics say that staff can be ordered, in secret, to hand over credentials or to defeat protections that guard everyone."
	staffClaim     = "Critics say that firms and their employees face arrest for obeying or for refusing."
	longArmClaim   = "Critics say that powers of production reach firms that merely offer services, and skip the State that hosts them."
)

var (
	challengeArticles = []string{"uncc 27", "uncc 28", "uncc 29", "uncc 30"}
	conflictArticles  = []string{"uncc 27(b)", "uncc 36(1)", "budapest 18", "budapest 32(b)"}
	compelledArticles = []string{"uncc 28(4)", "uncc 44", "budapest 19(4)"}
	staffArticles     = []string{"uncc 18", "uncc 19", "uncc 28(4)"}
	longArmArticles   = []string{"uncc 27(b)", "budapest 18(1)(b)"}

	orders            = []mla.Kind{mla.OrderServed}
	compels           = []mla.Kind{mla.AssistanceCompelled}
	servedOrCompelled = []mla.Kind{mla.OrderServed, mla.AssistanceCompelled}

	byOrders = []mla.Kind{mla.OrderServed, mla.Produced}
)

// challenges is G05.
var challenges = []Measure{
	{
		ID: "G05.ChallengeRight", Claim: challengeClaim, Articles: challengeArticles, Unit: Share, Kind: Structural,
		Formula: "orders that the provider may challenge, over orders served",
		About:   orders, Needs: orders,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for o := range orderServed.on(&r.anywhere) {
				c.count(o.Body.ChallengeAvailable, o.Sighting)
			}
		},
	},
	{
		ID: "G05.MissedChallenge", Claim: challengeClaim, Articles: challengeArticles, Unit: Share, Kind: Image,
		Formula: "productions on an order that could not be challenged, in requests stipulated as made for an improper purpose, over productions in such requests",
		About:   productionsMade, Needs: byOrders, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			abusive, known := c.stipulated(answer(st.Truth.Abusive), "the purpose of the request")
			if known && !abusive {
				c.none("the request is not stipulated as made for an improper purpose")
			}
			if !abusive {
				return
			}
			for p := range produced.on(&r.anywhere) {
				var served told[mla.OrderServedBody]
				for o := range orderServed.on(&r.anywhere) {
					if o.Body.Order == p.Body.Order {
						served = o
					}
				}
				if served.Sighting == nil {
					c.cannot("the service of order %s is not on record", p.Body.Order)
					return
				}
				c.count(!served.Body.ChallengeAvailable, p.Sighting, served.Sighting)
			}
		},
	},
	{
		ID: "G05.ChallengeYield", Claim: challengeClaim, Articles: challengeArticles, Unit: Share, Kind: Image,
		Formula: "challenges after which the order fell or was narrowed, over challenges filed",
		About:   []mla.Kind{mla.ChallengeFiled}, Needs: []mla.Kind{mla.ChallengeFiled, mla.ChallengeDecided},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for f := range challengeFiled.on(&r.anywhere) {
				c.count(false, f.Sighting)
			}
			for d := range challengeDecided.on(&r.anywhere) {
				if d.Body.Ruling != mla.RulingDeny {
					c.add(1, 0, d.Sighting)
				}
			}
		},
	},
}

// conflicts is G06: orders that some other State's law forbids to obey.
var conflicts = []Measure{
	{
		ID: "G06.ConflictRate", Claim: conflictClaim, Articles: conflictArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "orders that another State objects to, or whose law is stipulated to forbid, over orders served",
		About:   orders, Needs: []mla.Kind{mla.OrderServed, mla.StateObjected}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			conflict, known := c.conflict(r, st)
			for o := range orderServed.on(&r.anywhere) {
				if known {
					c.count(conflict, o.Sighting)
				}
			}
		},
	},
	{
		ID: "G06.CoercionWins", Claim: conflictClaim, Articles: conflictArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "such orders that ended in production, over such orders",
		About:   orders, Needs: []mla.Kind{mla.OrderServed, mla.StateObjected, mla.Produced}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if conflict, _ := c.conflict(r, st); !conflict {
				return
			}
			for o := range orderServed.on(&r.anywhere) {
				p := r.obeyed(o.Body.Order)
				c.count(p != nil, o.Sighting, p)
			}
		},
	},
	{
		ID: "G06.ConflictDays", Claim: conflictClaim, Articles: conflictArticles, Unit: Days, Kind: Image, Span: Card, Statistic: Median,
		Formula: "median days from the service of such an order to production, to the ruling on a challenge, or to the closing of the case",
		About:   orders, Needs: []mla.Kind{mla.OrderServed, mla.StateObjected, mla.Produced, mla.ChallengeDecided}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if conflict, _ := c.conflict(r, st); !conflict {
				return
			}
			for o := range orderServed.on(&r.anywhere) {
				end := r.obeyed(o.Body.Order)
				for d := range challengeDecided.on(&r.anywhere) {
					if end == nil && d.Body.Order == o.Body.Order {
						end = d.Sighting
					}
				}
				if closed := r.requested.covers(caseClosed.number); end == nil && len(closed) > 0 {
					end = closed[0]
				}
				if end != nil {
					c.sample(wholeDays(o.Cover.At, end.Cover.At), o.Sighting, end)
				}
			}
		},
	},
}

// conflict reports whether some other State objects or is stipulated to forbid.
func (c *Contribution) conflict(r *record, st *Stipulated) (yes, known bool) {
	for o := range stateObjected.on(&r.anywhere) {
		if o.Body.Objects {
			c.rest(o.Sighting)
			return true, true
		}
	}
	return c.stipulated(answer(st.Truth.ThirdLawForbids), "whether another State's law forbids the production")
}

// obeyed is the production that an order led to.
func (r *record) obeyed(order string) *Sighting {
	for p := range produced.on(&r.anywhere) {
		if p.Body.Order == order {
			return p.Sighting
		}
	}
	return nil
}

// compelled is G07.
var compelled = []Measure{
	blast("G07.BlastRadius", "median", Median),
	blast("G07.BlastRadius.max", "largest", Largest),
	{
		ID: "G07.KeyCompulsion", Claim: compelledClaim, Articles: compelledArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "compelled steps that are a credential, a key or a bypass, over compelled steps",
		About:   compels, Needs: compels,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for a := range assistanceCompelled.on(&r.anywhere) {
				w := a.Body.What
				c.count(w == "credential" || w == "key" || w == "bypass", a.Sighting)
			}
		},
	},
	{
		ID: "G07.Residual", Claim: compelledClaim, Articles: compelledArticles, Unit: Days, Kind: Emergent, Span: Card, Statistic: Median,
		Formula: "median days from the closing of the case to the end of observation for which a compelled key, credential or bypass stays usable: no event ends it",
		About:   compels, Needs: compels,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			closed := r.requested.covers(caseClosed.number)
			if len(closed) == 0 {
				c.none("the case was not closed")
				return
			}
			for a := range assistanceCompelled.on(&r.anywhere) {
				if w := a.Body.What; w == "credential" || w == "key" || w == "bypass" {
					c.sample(wholeDays(later(a.Cover.At, closed[0].Cover.At), r.last()), a.Sighting, closed[0])
				}
			}
		},
	},
}

func blast(id, which string, s Statistic) Measure {
	return Measure{
		ID: id, Claim: compelledClaim, Articles: compelledArticles, Unit: Times, Kind: Image, Span: Card, Statistic: s,
		Formula: which + " number of people whose security a compelled step touches, for each person that the request is about",
		About:   compels, Needs: []mla.Kind{mla.AssistanceCompelled, mla.RequestSubmitted, mla.RequestDrafted},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			if r.asks == nil || r.asked.Scope.Persons == 0 {
				c.cannot("no letter says how many persons the request is about")
				return
			}
			for a := range assistanceCompelled.on(&r.anywhere) {
				c.sample(a.Body.Reach/r.asked.Scope.Persons, a.Sighting, r.asks)
			}
		},
	}
}

// staff is G20.
var staff = []Measure{
	{
		ID: "G20.PersonalService", Claim: staffClaim, Articles: staffArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "orders and compelled steps put to a natural person, over all of them; an order to help counts by its step",
		About:   servedOrCompelled, Needs: servedOrCompelled,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for o := range orderServed.on(&r.anywhere) {
				if o.Body.Measure != mla.CompelledAssistance {
					c.count(o.Body.Person != "", o.Sighting)
				}
			}
			for a := range assistanceCompelled.on(&r.anywhere) {
				c.count(a.Body.Natural, a.Sighting)
			}
		},
	},
	{
		ID: "G20.Coerced", Claim: staffClaim, Articles: staffArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "productions within a day of an order or a compelled step being put to a natural person, over productions where one was, help was compelled or the order challenged",
		About:   productionsMade, Needs: []mla.Kind{mla.Produced, mla.AssistanceCompelled, mla.OrderServed},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			var inPerson []*Sighting
			for o := range orderServed.on(&r.anywhere) {
				if o.Body.Person != "" {
					inPerson = append(inPerson, o.Sighting)
				}
			}
			if len(inPerson)+assistanceCompelled.count(&r.anywhere)+challengeFiled.count(&r.anywhere) == 0 {
				c.none("no help was compelled and no order challenged")
				return
			}
			for a := range assistanceCompelled.on(&r.anywhere) {
				if a.Body.Natural {
					inPerson = append(inPerson, a.Sighting)
				}
			}
			for p := range produced.on(&r.anywhere) {
				var pressed *Sighting
				for _, s := range inPerson {
					if !p.Cover.At.Before(s.Cover.At) && wholeDays(s.Cover.At, p.Cover.At) <= 1 {
						pressed = s
					}
				}
				c.count(pressed != nil, p.Sighting, pressed)
			}
		},
	},
}

// longArm is G22. A production is for a foreign authority wherever there is a request.
var longArm = []Measure{
	{
		ID: "G22.BypassShare", Claim: longArmClaim, Articles: longArmArticles, Unit: Share, Kind: Image,
		Formula: "productions and voluntary disclosures before which no central authority had decided, over all of them",
		About:   []mla.Kind{mla.Produced, mla.VoluntaryDisclosed}, Needs: []mla.Kind{mla.Produced, mla.VoluntaryDisclosed, mla.Decided},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			bypassed := func(s *Sighting) bool {
				for d := range decided.on(&r.anywhere) {
					if d.Event.Actor.Role == mla.CentralAuthority && !d.Cover.At.After(s.Cover.At) {
						return false
					}
				}
				return true
			}
			for p := range produced.on(&r.anywhere) {
				c.count(bypassed(p.Sighting), p.Sighting)
			}
			for v := range voluntaryDisclosed.on(&r.anywhere) {
				c.count(bypassed(v.Sighting), v.Sighting)
			}
		},
	},
	{
		ID: "G22.RefusalRate.formal", Claim: longArmClaim, Articles: longArmArticles, Unit: Share, Kind: Image,
		Formula: "requests between central authorities that were refused, over those decided",
		About:   decisions, Needs: []mla.Kind{mla.Decided, mla.RequestSubmitted, mla.RequestDrafted},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			d, ok := r.decision()
			if !ok || r.asked.Channel != mla.Formal {
				c.none("nothing was decided on the route between central authorities")
				return
			}
			c.count(d.Body.Outcome == mla.Refused, d.Sighting)
		},
	},
	{
		ID: "G22.RefusalRate.direct", Claim: longArmClaim, Articles: longArmArticles, Unit: Share, Kind: Image,
		Formula: "requests and orders put to a provider directly that it declined or a State objected to, over those put",
		About:   []mla.Kind{mla.DisclosureAsked, mla.OrderServed}, Needs: []mla.Kind{mla.DisclosureAsked, mla.OrderServed, mla.StateObjected, mla.RequestSubmitted, mla.RequestDrafted},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			if r.asked.Channel != mla.Direct && r.asked.Channel != mla.Voluntary {
				c.none("nothing was put to a provider directly")
				return
			}
			refused := disclosureDeclined.count(&r.anywhere) > 0
			for o := range stateObjected.on(&r.anywhere) {
				refused = refused || o.Body.Objects
			}
			c.count(refused, r.asks)
		},
	},
	{
		ID: "G22.RefusalGap", Claim: longArmClaim, Articles: longArmArticles, Unit: Points, Kind: Image, Span: Population,
		Formula: "the rate of refusal on the route between central authorities, less that on the direct route",
		From:    []string{"G22.RefusalRate.formal", "G22.RefusalRate.direct"}, derive: difference,
	},
}
