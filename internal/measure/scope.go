package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const (
	creepClaim   = "Critics say that the list runs from hacking to any crime that touches a computer, and then further by protocol."
	breadthClaim = "Critics say that nothing asks for particularity: whole towers, tenants and accounts can be taken."
)

var (
	creepArticles   = []string{"uncc 2(h)", "uncc 4", "uncc 23(2)", "uncc 35(1)(c)", "uncc 62"}
	breadthArticles = []string{"uncc 24", "uncc 27", "uncc 40(15)"}

	// cyberDependent are the offences that cannot be committed without a computer; speech those that consist of content.
	cyberDependent = []string{"illegal-access", "illegal-interception", "data-interference", "system-interference", "misuse-of-devices"}
	speech         = []string{"defamation", "insult-of-official", "sedition", "false-information", "undermining-digital-order", "blasphemy"}
)

// CyberDependent reports whether a letter's label is an offence that cannot be committed without a computer.
func CyberDependent(label string) bool { return slices.Contains(cyberDependent, label) }

// scopeCreep is G18.
var scopeCreep = []Measure{
	labels("G18.CoreShare", "offences that cannot be committed without a computer", cyberDependent),
	labels("G18.SpeechShare", "offences of content and opinion", speech),
	{
		ID: "G18.Drift", Claim: creepClaim, Articles: creepArticles, Unit: Points, Kind: Emergent, Span: Runs,
		Formula: "share of requests for offences that cannot be committed without a computer in the first year, less that in the last; one run for each year",
		From:    []string{"G18.CoreShare"}, compare: drift,
	},
}

func labels(id, what string, which []string) Measure {
	return Measure{
		ID: id, Claim: creepClaim, Articles: creepArticles, Unit: Share, Kind: Image,
		Formula: "requests labelled as " + what + ", over all requests",
		About:   letters, Needs: letters, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			l, _ := r.letter()
			c.count(slices.Contains(which, l.Body.Request.Offence.Label), l.Sighting)
		},
	}
}

// overbreadth is G40. A letter names one person; whoever else is reached is reached beside that person.
var overbreadth = []Measure{
	perSuspect("G40.PersonsPerSuspect", "median", Median),
	perSuspect("G40.PersonsPerSuspect.p95", "ninety-fifth percentile of the", P95),
	{
		ID: "G40.NarrowRate", Claim: breadthClaim, Articles: breadthArticles, Unit: Share, Kind: Image,
		Formula: "rulings on a measure that narrowed it, over rulings",
		About:   []mla.Kind{mla.AuthorisationDecided}, Needs: []mla.Kind{mla.AuthorisationDecided}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for a := range authorisationDecided.on(r.requested) {
				c.count(a.Body.Ruling == mla.RulingModify, a.Sighting)
			}
		},
	},
	{
		ID: "G40.ExcessPersons", Claim: breadthClaim, Articles: breadthArticles, Unit: PerMille, Kind: Image, Statistic: PerThousand,
		Formula: "persons whose data were produced beside the one named, over a thousand requests",
		About:   letters, Needs: productionsMade,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.add(0, 1, r.requested.covers(requestSubmitted.number)[0])
			for p := range produced.on(&r.anywhere) {
				c.add(max(0, p.Body.Evidence.Scope.Persons-1), 0, p.Sighting)
			}
		},
	},
}

func perSuspect(id, which string, s Statistic) Measure {
	return Measure{
		ID: id, Claim: breadthClaim, Articles: breadthArticles, Unit: Count, Kind: Image, Statistic: s,
		Formula: which + " number of persons whose data a production reaches, for the one person named",
		About:   productionsMade, Needs: productionsMade,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for p := range produced.on(&r.anywhere) {
				c.sample(p.Body.Evidence.Scope.Persons, p.Sighting)
			}
		},
	}
}
