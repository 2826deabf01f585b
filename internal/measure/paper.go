package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const (
	paperClaim     = "Critics say that protective clauses defer to domestic law, and that secrecy stops anyone from checking that they were used."
	oversightClaim = "Critics say that no body of experts reviews how the text is used."
	refusalClaim   = "Critics say that reasons go to the requesting State alone, so that a refused file travels on."
)

var (
	paperArticles     = []string{"uncc 6", "uncc 24", "uncc 36", "uncc 40(22)"}
	oversightArticles = []string{"uncc 57", "uncc 58"}
	refusalArticles   = []string{"uncc 40(25)", "budapest 27(7)"}

	claimed               = []mla.Kind{mla.ReviewPerformed, mla.GroundConsidered, mla.RoleScreened}
	assessedAndConsidered = []mla.Kind{mla.Assessed, mla.GroundConsidered}
	reasoned              = []mla.Kind{mla.ReasonsGiven}
)

// paper is G17.
var paper = []Measure{
	{
		ID: "G17.PaperRatio", Claim: paperClaim, Articles: paperArticles, Unit: Share, Kind: Image,
		Formula: "grounds that left a trace of having been considered, over grounds that the law in force offers",
		About:   []mla.Kind{mla.Assessed}, Needs: assessedAndConsidered, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.grounds(r, func(_ mla.Finding, considered bool) { c.count(considered) })
		},
	},
	{
		ID: "G17.Unfalsifiable", Claim: paperClaim, Articles: paperArticles, Unit: Share, Kind: Structural,
		Formula: "reviews, screenings and considerations of a ground that neither an auditor nor the public may read, over all of them",
		About:   claimed, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for _, k := range [...]number{reviewPerformed.number, groundConsidered.number, roleScreened.number} {
				for _, s := range r.requested.covers(k) {
					readers := s.Cover.Readers
					c.count(!slices.Contains(readers, mla.Auditor) && !slices.Contains(readers, mla.Public), s)
				}
			}
		},
	},
}

// refusals is G41.
var refusals = []Measure{
	{
		ID: "G41.LostInsight", Claim: refusalClaim, Articles: refusalArticles, Unit: Share, Kind: Emergent,
		Formula: "requests refused on a ground of belief and later granted, by another State or under another instrument, over requests so refused",
		About:   decisions, Needs: []mla.Kind{mla.Decided, mla.GroundConsidered},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for d := range decided.on(&r.anywhere) {
				if d.Body.Outcome == mla.Refused && d.Body.Final && r.onBelief(d.Body.Grounds) {
					later := r.grantedAfter(d)
					c.count(later != nil, d.Sighting, later)
				}
			}
			if c.Whole == 0 {
				c.none("no request was refused on a ground of belief")
			}
		},
	},
	{
		ID: "G41.ReasonLength", Claim: refusalClaim, Articles: refusalArticles, Unit: Count, Kind: Image, Statistic: Median,
		Formula: "median number of words in a statement of reasons",
		About:   reasoned, Needs: reasoned,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for g := range reasonsGiven.on(&r.anywhere) {
				c.sample(wordCount(g.Body.Words), g.Sighting)
			}
		},
	},
	{
		ID: "G41.ReasonPublic", Claim: refusalClaim, Articles: refusalArticles, Unit: Share, Kind: Structural,
		Formula: "statements of reasons open to the public, over statements of reasons on the requested State's log",
		About:   reasoned, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for _, s := range r.requested.covers(reasonsGiven.number) {
				c.count(slices.Contains(s.Cover.Readers, mla.Public), s)
			}
		},
	},
}

// wordCount counts words, without taking the text apart.
func wordCount(s string) (n int) {
	in := false
	for i := range len(s) {
		space := s[i] == ' ' || s[i] == '\n' || s[i] == '\t'
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

// onBelief reports whether some of these grounds is one of belief, as it was considered.
func (r *record) onBelief(grounds []mla.Ground) bool {
	for g := range groundConsidered.on(&r.anywhere) {
		if g.Body.Standard == mla.Belief && g.Body.Raised && slices.Contains(grounds, g.Body.Ground) {
			return true
		}
	}
	return false
}

// grantedAfter is a later decision, by whatever State, that grants what was refused.
func (r *record) grantedAfter(refused told[mla.DecidedBody]) *Sighting {
	past := false
	for d := range decided.on(&r.anywhere) {
		if past && d.Body.Outcome.Grants() {
			return d.Sighting
		}
		past = past || d.Sighting == refused.Sighting
	}
	return nil
}

// oversight is G46.
var oversight = []Measure{
	{
		ID: "G46.Sampled", Claim: oversightClaim, Articles: oversightArticles, Unit: Share, Kind: Structural,
		Formula: "requests that an independent body reviewed afterwards, over all requests",
		About:   letters,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			opened := r.anywhere.covers(reviewOpened.number)
			c.count(len(opened) > 0, r.requested.covers(requestSubmitted.number)[0])
			c.rest(opened...)
		},
	},
	{
		ID: "G46.FindingRate", Claim: oversightClaim, Articles: oversightArticles, Unit: Share, Kind: Image,
		Formula: "reviews that found something wrong, over reviews closed",
		About:   []mla.Kind{mla.ReviewClosed}, Needs: []mla.Kind{mla.ReviewClosed},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for v := range reviewClosed.on(&r.anywhere) {
				c.count(v.Body.Finding != "", v.Sighting)
			}
		},
	},
	{
		ID: "G46.StopRate", Claim: oversightClaim, Articles: oversightArticles, Unit: Share, Kind: Image,
		Formula: "requests refused or taken out of scope, over requests decided",
		About:   decisions, Needs: decisions, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			d, _ := r.decision()
			c.count(d.Body.Outcome == mla.Refused || d.Body.Outcome == mla.OutOfScope, d.Sighting)
		},
	},
	{
		ID: "G46.ExAnteExPost", Claim: oversightClaim, Articles: oversightArticles, Unit: Times, Kind: Emergent, Span: Population,
		Formula: "findings for each review afterwards, over requests stopped beforehand for each decided",
		From:    []string{"G46.FindingRate", "G46.StopRate"}, derive: quotient,
	},
}
