package measure

import (
	"slices"
	"strings"
	"unicode"

	"rogatory/internal/mla"
)

const (
	pressClaim    = "Critics say that offences and cooperation reach reporting and leaks, with no carve-out for the public interest."
	researchClaim = "Critics say that good-faith security testing can be prosecuted, and its evidence requested, across borders."
	minorsClaim   = "Critics say that States may, but need not, leave out young people's own consensual images, so that children can be targets."
	hotlineClaim  = "Critics say that people who handle abuse material to stop it are exposed to the same offence."
	abuseLabel    = "child-abuse-material"
)

var (
	pressArticles    = []string{"uncc 7", "uncc 35", "uncc 40"}
	researchArticles = []string{"uncc 7", "uncc 11", "uncc 53(3)(e)", "budapest 2", "budapest 6(2)"}
	minorsArticles   = []string{"uncc 14(4)", "budapest 9(4)"}
	decidedLetters   = []mla.Kind{mla.RequestSubmitted, mla.Decided}
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

// copies counts hand-overs on all logs; their covers are enough. Data produced without one on record cannot be counted,
// and where nothing was produced there is truly no copy.
func (c *Contribution) copies(r *record) {
	made, handed := r.requested.covers(produced.number), r.requested.covers(custodyHandoff.number)
	if len(made) > 0 && len(handed) == 0 {
		c.cannot("data were produced by %s and no hand-over of them is on record", made[0].id())
		return
	}
	c.rest(handed...)
	if r.requesting != r.requested {
		c.rest(r.requesting.covers(custodyHandoff.number)...)
	}
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
