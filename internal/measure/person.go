package measure

import (
	"slices"
	"strings"
	"unicode"

	"rogatory/internal/mla"
)

const (
	pressClaim      = "Critics say that offences and cooperation reach reporting and leaks, with no carve-out for the public interest."
	researchClaim   = "Critics say that good-faith security testing can be prosecuted, and its evidence requested, across borders."
	minorsClaim     = "Critics say that States may, but need not, leave out young people's own consensual images, so that children can be targets."
	hotlineClaim    = "Critics say that people who handle abuse material to stop it are exposed to the same offence."
	privilegeClaim  = "Critics say that nobody has to filter what passes between a person and a lawyer, doctor or priest."
	homeClaim       = "Critics say that data are shared although what the person did is no crime at home."
	diasporaClaim   = "Critics say that jurisdiction over acts abroad that touch nationals turns the channel against people who left."
	downstreamClaim = "Critics say that no text makes a State refuse where evidence may lead to execution or torture."
	abuseLabel      = "child-abuse-material"
)

var (
	pressArticles     = []string{"uncc 7", "uncc 35", "uncc 40"}
	researchArticles  = []string{"uncc 7", "uncc 11", "uncc 53(3)(e)", "budapest 2", "budapest 6(2)"}
	minorsArticles    = []string{"uncc 14(4)", "budapest 9(4)"}
	homeArticles      = []string{"uncc 22", "uncc 35(3)", "uncc 40(8)"}
	privilegeArticles = []string{"uncc 24", "uncc 28", "uncc 30"}
	capitalArticles   = []string{"uncc 40(21)"}
	decidedLetters    = []mla.Kind{mla.RequestSubmitted, mla.Decided}
)

// subject takes a case into account if its person is stipulated to have one of some roles.
func (c *Contribution) subject(st *Stipulated, roles ...string) bool {
	role, ok := st.role()
	switch {
	case !ok:
		c.cannot("the case does not stipulate what the person does")
	case !slices.Contains(roles, role):
		c.none("the person is of another role: %s", role)
	default:
		return true
	}
	return false
}

// pass takes the one decided request of a case into account, granted or not.
func (c *Contribution) pass(r *record) {
	d, ok := r.decision()
	if !ok {
		c.none("no decision is on record")
		return
	}
	c.count(d.Body.Outcome.Grants(), d.Sighting)
}

// press is G10.
var press = []Measure{
	{
		ID: "G10.PressReach", Claim: pressClaim, Articles: pressArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "requests that led to production about a person stipulated as a journalist or a source, over all requests",
		About:   letters, Needs: []mla.Kind{mla.Produced}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			role, ok := st.role()
			if !ok {
				c.cannot("the case does not stipulate what the person does")
				return
			}
			p, made := produced.first(&r.anywhere)
			c.count(made && (role == "journalist" || role == "source"), r.requested.covers(requestSubmitted.number)[0], p.Sighting)
		},
	},
	{
		ID: "G10.Blind", Claim: pressClaim, Articles: pressArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "such requests for which no protected role was looked for and no ground of belief or of the State's own judgment considered, over such requests",
		About:   productionsMade, Needs: []mla.Kind{mla.Produced, mla.GroundConsidered}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if !c.subject(st, "journalist", "source") {
				return
			}
			looked := roleScreened.count(&r.anywhere) > 0
			for g := range groundConsidered.on(&r.anywhere) {
				looked = looked || g.Body.Standard == mla.Belief || g.Body.Standard == mla.SelfJudging
				c.rest(g.Sighting)
			}
			p, _ := produced.first(&r.anywhere)
			c.count(!looked, p.Sighting)
		},
	},
}

// researchers is G11.
var researchers = []Measure{
	{
		ID: "G11.ResearchReach", Claim: researchClaim, Articles: researchArticles, Unit: Share, Kind: Image,
		Formula: "granted requests about a person stipulated as a researcher, over decided requests about one",
		About:   decisions, Needs: decisions, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if c.subject(st, "researcher") {
				c.pass(r)
			}
		},
	},
	{
		ID: "G11.VulnSpill", Claim: researchClaim, Articles: researchArticles, Unit: Count, Kind: Image,
		Formula: "undisclosed vulnerabilities stipulated as described in what was produced, summed",
		About:   productionsMade, Needs: productionsMade, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if !c.subject(st, "researcher") {
				return
			}
			if st.Truth.UndisclosedFlaws == nil {
				c.cannot("the case does not stipulate how many vulnerabilities are described")
				return
			}
			p, _ := produced.first(r.requested)
			c.add(*st.Truth.UndisclosedFlaws, 1, p.Sighting)
		},
	},
}

// minors is G12. A request is of this kind by its label; what the image is, is stipulated.
var minors = []Measure{
	{
		ID: "G12.MinorAsSuspect", Claim: minorsClaim, Articles: minorsArticles, Unit: Share, Kind: Image,
		Formula: "granted requests labelled child-abuse material about a person stipulated as under eighteen and the maker of the image, over granted requests so labelled",
		About:   letters, Needs: decidedLetters, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			letter, ok := c.labelled(r)
			if !ok {
				return
			}
			d, ok := c.grant(r)
			if !ok {
				return
			}
			if own, known := c.ownImage(st); known {
				c.count(own, letter, d.Sighting)
			}
		},
	},
	{
		ID: "G12.CopiesMade", Claim: minorsClaim, Articles: minorsArticles, Unit: Count, Kind: Image,
		Formula: "hand-overs of evidence, each leaving a copy with one more holder, in requests labelled child-abuse material where the image is stipulated to show the minor who made it",
		About:   letters, Needs: letters, Sides: bothSides, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if _, ok := c.labelled(r); !ok {
				return
			}
			own, known := c.ownImage(st)
			switch {
			case !known:
			case !own:
				c.none("the image does not show the minor who made it")
			default:
				c.copies(r)
			}
		},
	},
	{
		ID: "G12.AgeChecked", Claim: minorsClaim, Articles: minorsArticles, Unit: Share, Kind: Image,
		Formula: "reviews of requests labelled child-abuse material that checked the person's age, over such reviews",
		About:   letters, Needs: []mla.Kind{mla.RequestSubmitted, mla.ReviewPerformed}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			if _, ok := c.labelled(r); !ok {
				return
			}
			for review := range reviewPerformed.on(r.requested) {
				c.count(slices.ContainsFunc(review.Body.Checks, aboutAge), review.Sighting)
			}
			if c.Whole == 0 {
				c.none("no review is on record")
			}
		},
	},
}

// labelled returns the letter if it names child-abuse material; else the case does not count.
func (c *Contribution) labelled(r *record) (*Sighting, bool) {
	letter, _ := r.letter()
	if letter.Body.Request.Offence.Label != abuseLabel {
		c.none("no request labelled " + abuseLabel + " is on record")
		return nil, false
	}
	return letter.Sighting, true
}

func (c *Contribution) ownImage(st *Stipulated) (own, known bool) {
	return c.stipulated(st.minorsOwnImage(), "whether the image shows the minor who made it")
}

// copies counts hand-overs on both logs; their covers are enough. Data produced without one on record cannot be counted,
// and where nothing was produced there is truly no copy.
func (c *Contribution) copies(r *record) {
	made, handed := r.requested.covers(produced.number), r.requested.covers(custodyHandoff.number)
	if len(made) > 0 && len(handed) == 0 {
		c.cannot("data were produced by %s and no hand-over of them is on record", made[0].id())
		return
	}
	c.rest(handed...)
	c.rest(r.requesting.covers(custodyHandoff.number)...)
	c.add(len(c.events), 1)
}

// aboutAge reports whether a check, in the officer's own words, is one of age.
func aboutAge(check string) bool {
	words := strings.FieldsFunc(strings.ToLower(check), func(c rune) bool { return !unicode.IsLetter(c) })
	return slices.Contains(words, "age")
}

// hotlines is G13.
var hotlines = []Measure{{
	ID: "G13.HotlineReach", Claim: hotlineClaim, Articles: []string{"uncc 14(1)", "uncc 14(2)"}, Unit: Share, Kind: Image, Span: Card,
	Formula: "granted requests about a person stipulated to work for a hotline, over decided requests about one",
	About:   decisions, Needs: decisions, Sides: requested, Stipulates: true,
	take: func(r *record, st *Stipulated, c *Contribution) {
		if c.subject(st, "hotline") {
			c.pass(r)
		}
	},
}}

// homeLaw is G14. Residence is as the letter tells it.
var homeLaw = []Measure{
	{
		ID: "G14.HomeLawful", Claim: homeClaim, Articles: homeArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests about conduct stipulated as no crime where the person lives, over granted requests about a person known to live in a third State",
		About:   letters, Needs: decidedLetters, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := c.abroad(r)
			if !ok {
				return
			}
			if crime, known := c.stipulated(answer(st.Truth.CrimeWhereLiving), "whether the conduct is a crime where the person lives"); known {
				c.count(!crime, d, r.asks)
			}
		},
	},
	{
		ID: "G14.HomeStateTold", Claim: homeClaim, Articles: homeArticles, Unit: Share, Kind: Structural, Span: Card,
		Formula: "granted requests about a person who lives in a third State of which that State was told, over such grants",
		About:   letters, Needs: []mla.Kind{mla.RequestSubmitted, mla.Decided, mla.StateNotified},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			d, ok := c.abroad(r)
			if !ok {
				return
			}
			var notified *Sighting
			for n := range stateNotified.on(&r.anywhere) {
				if n.Body.State == r.asked.Residence {
					notified = n.Sighting
				}
			}
			c.count(notified != nil, d, notified)
		},
	},
}

// abroad returns the grant of a request about a person who lives in a third State.
func (c *Contribution) abroad(r *record) (*Sighting, bool) {
	if home := r.asked.Residence; home == "" || home == r.asked.Requesting || home == r.asked.Requested {
		c.none("nothing says that the person lives in a third State")
		return nil, false
	}
	d, ok := c.grant(r)
	return d.Sighting, ok
}

// diaspora is G42.
var diaspora = []Measure{{
	ID: "G42.DiasporaShare", Claim: diasporaClaim, Articles: []string{"uncc 22", "uncc 35", "uncc 37", "uncc 40"}, Unit: Share, Kind: Image, Span: Card,
	Formula: "granted requests for protected conduct of a person stipulated as a national of the requesting State who lives elsewhere, over granted requests",
	About:   letters, Needs: decidedLetters, Stipulates: true,
	take: func(r *record, st *Stipulated, c *Contribution) {
		d, ok := c.grant(r)
		if !ok {
			return
		}
		left := mla.AnswerOf(r.asked.Residence != r.asked.Requesting)
		targeted := both(left, both(answer(st.Truth.National), answer(st.Truth.ProtectedConduct)))
		if yes, known := c.stipulated(targeted, "the person's nationality, or whether the conduct is protected"); known {
			c.count(yes, d.Sighting, r.asks)
		}
	},
}}

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
