package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const (
	camouflageClaim = "Critics say that governments charge their critics with ordinary computer crime and use the text as cover."
	followUpClaim   = "Critics say that a finding of abuse has no consequence: nobody is suspended and the next request starts afresh."
	launderClaim    = "Critics say that what spyware finds, a clean request obtains again."
	shopClaim       = "Critics say that overlapping instruments let the requesting State choose the least demanding door."
	shieldClaim     = "Critics say that essential interests can protect offenders linked to a State while that State's own requests go out unchecked."
)

var (
	camouflageArticles = []string{"uncc 6(2)", "uncc 7", "uncc 35", "uncc 40(22)"}
	followUpArticles   = []string{"uncc 5", "uncc 57", "uncc 63"}
	launderArticles    = []string{"uncc 40(15)"}
	shopArticles       = []string{"uncc 40(6)", "uncc 40(7)", "uncc 60", "budapest 27(1)", "budapest 39"}
	shieldArticles     = []string{"uncc 40(21)(b)", "budapest 27(4)(b)"}

	choices    = []mla.Kind{mla.RegimeChosen}
	consulting = []mla.Kind{mla.LedgerConsulted, mla.Decided}
)

// camouflage is G19.
var camouflage = []Measure{
	{
		ID: "G19.Camouflage", Claim: camouflageClaim, Articles: camouflageArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests stipulated as made for an improper purpose whose label is no offence of opinion, over granted requests so stipulated",
		About:   decisions, Needs: decidedLetters, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := c.abusive(r, st)
			if !ok {
				return
			}
			if !d.Body.Outcome.Grants() {
				c.none("the request was not granted: %s", string(d.Body.Outcome))
				return
			}
			l, _ := r.letter()
			c.count(!slices.Contains(speech, l.Body.Request.Offence.Label), d.Sighting, l.Sighting)
		},
	},
	{
		ID: "G19.AbuseYield", Claim: camouflageClaim, Articles: camouflageArticles, Unit: PerMille, Kind: Image, Span: Card, Statistic: PerThousand,
		Formula: "persons whose data were produced in requests stipulated as made for an improper purpose, over a thousand requests",
		About:   letters, Needs: productionsMade, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			abusive, known := c.stipulated(answer(st.Truth.Abusive), "the purpose of the request")
			if !known {
				return
			}
			c.add(0, 1, r.requested.covers(requestSubmitted.number)[0])
			for p := range produced.on(r.requested) {
				if abusive {
					c.add(p.Body.Evidence.Scope.Persons, 0, p.Sighting)
				}
			}
		},
	},
	{
		ID: "G19.Detection", Claim: camouflageClaim, Articles: camouflageArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "requests stipulated as made for an improper purpose that were refused or granted only in part, over decided requests so stipulated",
		About:   decisions, Needs: decisions, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if d, ok := c.abusive(r, st); ok {
				c.count(d.Body.Outcome == mla.Refused || d.Body.Outcome == mla.PartlyGranted, d.Sighting)
			}
		},
	},
}

// followUp is G23. What is known of earlier findings is what the shared ledger shows; without one, nothing is.
var followUp = []Measure{
	{
		ID: "G23.RepeatAfterFinding", Claim: followUpClaim, Articles: followUpArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests for which the shared ledger showed an earlier refusal or finding, over decided requests for which it did",
		About:   []mla.Kind{mla.LedgerConsulted}, Needs: consulting,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			if found := c.found(r); found != nil {
				c.pass(r)
				c.rest(found)
			}
		},
	},
	{
		ID: "G23.RefusedAfterFinding", Claim: followUpClaim, Articles: followUpArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "refused requests for which the shared ledger showed an earlier refusal or finding, over decided requests for which it did",
		About:   []mla.Kind{mla.LedgerConsulted}, Needs: consulting,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			if found := c.found(r); found != nil {
				if d, ok := r.decision(); ok {
					c.count(d.Body.Outcome == mla.Refused, d.Sighting, found)
				}
			}
		},
	},
	{
		ID: "G23.MemoryHalfLife", Claim: followUpClaim, Articles: followUpArticles, Unit: Days, Kind: Emergent, Span: Runs,
		Formula: "days since a finding after which its effect on the share refused has fallen by half; one run for each distance in time",
		From:    []string{"G23.RefusedAfterFinding"}, compare: fades,
	},
}

// found is where the ledger showed something.
func (c *Contribution) found(r *record) *Sighting {
	for l := range ledgerConsulted.on(&r.anywhere) {
		if len(l.Body.Found)+len(l.Body.Findings) > 0 {
			return l.Sighting
		}
	}
	c.none("the ledger showed nothing")
	return nil
}

// laundering is G24.
var laundering = []Measure{
	{
		ID: "G24.Laundered", Claim: launderClaim, Articles: launderArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests whose lead is stipulated as unlawfully got, over granted requests",
		About:   decisions, Needs: decisions, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := c.grant(r)
			if !ok {
				return
			}
			if lawful, known := c.stipulated(answer(st.Truth.SourceLawful), "how the lead was got"); known {
				c.count(!lawful, d.Sighting)
			}
		},
	},
	{
		ID: "G24.PrecisionFlag", Claim: launderClaim, Articles: launderArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "requests for one account of one person over less than a month, over all requests; a flag that an auditor can raise, and no finding",
		About:   letters, Needs: letters, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			l, _ := r.letter()
			s := l.Body.Request.Scope
			c.count(s.Accounts == 1 && s.Persons == 1 && s.Months == 0, l.Sighting)
		},
	},
}

// forums is G25.
var forums = []Measure{
	{
		ID: "G25.ShopRate", Claim: shopClaim, Articles: shopArticles, Unit: Share, Kind: Image,
		Formula: "choices of an instrument or State with fewer mandatory checks than another that was open, over choices where more than one was open",
		About:   choices, Needs: choices, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			c.choices(r, st, func(chosen, best int, s *Sighting) { c.count(chosen < best, s) })
		},
	},
	{
		ID: "G25.RetryAfterRefusal", Claim: shopClaim, Articles: shopArticles, Unit: Share, Kind: Emergent,
		Formula: "requests refused and later granted for the same conduct, by another State or under another instrument, over requests refused",
		About:   decisions, Needs: decisions,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for d := range decided.on(&r.anywhere) {
				if d.Body.Outcome == mla.Refused && d.Body.Final {
					later := r.grantedAfter(d)
					c.count(later != nil, d.Sighting, later)
				}
			}
			if c.Whole == 0 {
				c.none("no request was refused")
			}
		},
	},
	{
		ID: "G25.ProtectionLoss", Claim: shopClaim, Articles: shopArticles, Unit: Count, Kind: Image, Statistic: Ratio,
		Formula: "mandatory checks of the most demanding door that was open less those of the one chosen, over choices where more than one was open",
		About:   choices, Needs: choices, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			c.choices(r, st, func(chosen, best int, s *Sighting) { c.add(best-chosen, 1, s) })
		},
	},
}

// choices gives, for each choice among several doors, how many mandatory checks the chosen one has, and the best.
func (c *Contribution) choices(r *record, st *Stipulated, each func(chosen, best int, s *Sighting)) {
	for x := range regimeChosen.on(&r.anywhere) {
		if len(x.Body.Candidates) < 2 {
			continue
		}
		best := 0
		for _, door := range append([]string{x.Body.Chosen}, x.Body.Candidates...) {
			n, ok := st.Checks[door]
			if !ok {
				c.cannot("nothing lays down how many mandatory checks %s has", door)
				return
			}
			best = max(best, n)
		}
		each(st.Checks[x.Body.Chosen], best, x.Sighting)
	}
}

// shields is G26.
var shields = []Measure{
	{
		ID: "G26.ShieldShare", Claim: shieldClaim, Articles: shieldArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "refusals on a ground of the State's own judgment where the offender is stipulated as linked to it, over refusals on such a ground",
		About:   decisions, Needs: []mla.Kind{mla.Decided, mla.GroundConsidered}, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := r.decision()
			for g := range groundConsidered.on(r.requested) {
				if !ok || d.Body.Outcome != mla.Refused || !g.Body.Raised || g.Body.Standard != mla.SelfJudging {
					continue
				}
				if linked, known := c.stipulated(answer(st.Truth.StateLinked), "whether the offender is linked to the State"); known {
					c.count(linked, d.Sighting, g.Sighting)
				}
				return
			}
			c.none("nothing was refused on a ground of the State's own judgment")
		},
	},
	{
		ID: "G26.GrantRate", Claim: shieldClaim, Articles: shieldArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests, over decided requests",
		About:   decisions, Needs: decisions, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) { c.pass(r) },
	},
	{
		ID: "G26.Asymmetry", Claim: shieldClaim, Articles: shieldArticles, Unit: Points, Kind: Emergent, Span: Runs,
		Formula: "share of one State's requests that the other grants, less that of the other's that it grants itself; one run for each direction",
		From:    []string{"G26.GrantRate"}, compare: gap,
	},
}
