package measure

import (
	"rogatory/internal/mla"
)

const (
	loadClaim    = "Critics say that where staff, law and training are thin, review becomes a stamp."
	urgencyClaim = "Critics say that marking a file urgent skips checks, so that everything becomes urgent."
)

var (
	loadArticles    = []string{"uncc 40(12)", "uncc 40(13)", "uncc 54"}
	urgencyArticles = []string{"uncc 40(13)", "uncc 40(14)", "uncc 41", "budapest 25(3)", "budapest 27(9)"}

	reviews         = []mla.Kind{mla.ReviewPerformed}
	reviewedLetters = []mla.Kind{mla.RequestSubmitted, mla.ReviewPerformed}
)

// stamp is the scrutiny, in minutes, under which a grant counts as a stamp.
const stamp = 15

// load is G16. Load itself is what the runs of an experiment differ in.
var load = []Measure{
	{
		ID: "G16.Minutes", Claim: loadClaim, Articles: loadArticles, Unit: Minutes, Kind: Image, Statistic: Median,
		Formula: "median minutes of scrutiny in a review",
		About:   reviews, Needs: reviews, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for v := range reviewPerformed.on(r.requested) {
				c.sample(v.Body.Minutes, v.Sighting)
			}
		},
	},
	{
		ID: "G16.Scrutiny", Claim: loadClaim, Articles: loadArticles, Unit: Times, Kind: Emergent, Span: Runs,
		Formula: "median minutes of scrutiny in the run with the highest load, over that in the run with the lowest",
		From:    []string{"G16.Minutes"}, compare: lastOverFirst,
	},
	{
		ID: "G16.ChecksSkipped", Claim: loadClaim, Articles: loadArticles, Unit: Share, Kind: Image,
		Formula: "grounds that on what the authority knew were open or could not be told and that it did not consider, over such grounds",
		About:   []mla.Kind{mla.Assessed}, Needs: []mla.Kind{mla.Assessed, mla.GroundConsidered}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.grounds(r, func(f mla.Finding, considered bool) {
				if f.Holds != mla.No {
					c.count(!considered)
				}
			})
		},
	},
	{
		ID: "G16.StampRate", Claim: loadClaim, Articles: loadArticles, Unit: Share, Kind: Image,
		Formula: "granted requests with less than fifteen minutes of scrutiny before the decision, over granted requests",
		About:   decisions, Needs: []mla.Kind{mla.Decided, mla.ReviewPerformed}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			if d, ok := c.grant(r); ok {
				c.count(c.minutes(r, d.Sighting) < stamp, d.Sighting)
			}
		},
	},
	{
		ID: "G16.Refused", Claim: loadClaim, Articles: loadArticles, Unit: Share, Kind: Image,
		Formula: "requests stipulated as made for an improper purpose that were refused, over decided requests so stipulated",
		About:   decisions, Needs: decisions, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if d, ok := c.abusive(r, st); ok {
				c.count(d.Body.Outcome == mla.Refused, d.Sighting)
			}
		},
	},
	{
		ID: "G16.DetectSlope", Claim: loadClaim, Articles: loadArticles, Unit: Points, Kind: Emergent, Span: Runs,
		Formula: "change in the share of improper requests refused for each 0.1 of load, by least squares over runs",
		From:    []string{"G16.Refused"}, compare: slope(0.1),
	},
}

// grounds gives each ground that the law looked at before the last decision, and whether the authority considered it.
func (c *Contribution) grounds(r *record, each func(f mla.Finding, considered bool)) {
	var scope, admissibility told[mla.AssessedBody]
	for a := range assessed.on(r.requested) {
		switch {
		case a.Event.Actor.Role != mla.CentralAuthority:
		case a.Body.Assessment.Stage == mla.StageScope:
			scope = a
		case a.Body.Assessment.Stage == mla.StageAdmissibility:
			admissibility = a
		}
	}
	for _, a := range [...]told[mla.AssessedBody]{scope, admissibility} {
		c.rest(a.Sighting)
		for _, f := range a.Body.Assessment.Findings {
			if f.Effect.Ground() {
				each(f, r.considered(f.Rule) != nil)
			}
		}
	}
	for g := range groundConsidered.on(r.requested) {
		c.rest(g.Sighting)
	}
}

// considered is the trace that a ground was looked at.
func (r *record) considered(rule string) *Sighting {
	for g := range groundConsidered.on(r.requested) {
		if g.Body.Ground.Rule == rule {
			return g.Sighting
		}
	}
	return nil
}

// minutes sums the scrutiny a file had before an event.
func (c *Contribution) minutes(r *record, before *Sighting) (sum int) {
	for v := range reviewPerformed.on(r.requested) {
		if v.Cover.Sequence < before.Cover.Sequence {
			sum += v.Body.Minutes
			c.rest(v.Sighting)
		}
	}
	return sum
}

// abusive returns the last decision on a request stipulated as made for an improper purpose; else the case does not count.
func (c *Contribution) abusive(r *record, st *Stipulated) (told[mla.DecidedBody], bool) {
	d, ok := r.decision()
	if !ok {
		c.none("no decision is on record")
		return d, false
	}
	abusive, known := c.stipulated(answer(st.Truth.Abusive), "the purpose of the request")
	if known && !abusive {
		c.none("the request is not stipulated as made for an improper purpose")
	}
	return d, abusive
}

// urgency is G47.
var urgency = []Measure{
	{
		ID: "G47.UrgentShare", Claim: urgencyClaim, Articles: urgencyArticles, Unit: Share, Kind: Image,
		Formula: "requests marked urgent, over all requests; in runs set along time, one figure for each",
		About:   letters, Needs: letters, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			l, _ := r.letter()
			c.count(l.Body.Request.Urgent, l.Sighting)
		},
	},
	{
		ID: "G47.FalseUrgent", Claim: urgencyClaim, Articles: urgencyArticles, Unit: Share, Kind: Image,
		Formula: "requests marked urgent for which no emergency is stipulated, over requests marked urgent",
		About:   letters, Needs: letters, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			l, _ := r.letter()
			if !l.Body.Request.Urgent {
				c.none("the request is not marked urgent")
				return
			}
			if real, known := c.stipulated(answer(st.Truth.EmergencyReal), "whether the emergency is real"); known {
				c.count(!real, l.Sighting)
			}
		},
	},
	scrutiny("G47.Minutes.urgent", "marked urgent", true),
	scrutiny("G47.Minutes.normal", "not marked urgent", false),
	{
		ID: "G47.ScrutinyCut", Claim: urgencyClaim, Articles: urgencyArticles, Unit: Share, Kind: Emergent, Span: Population,
		Formula: "one less the median minutes of scrutiny of urgent requests, over that of normal ones",
		From:    []string{"G47.Minutes.urgent", "G47.Minutes.normal"}, derive: lessQuotient,
	},
	{
		ID: "G47.Starvation", Claim: urgencyClaim, Articles: urgencyArticles, Unit: Days, Kind: Emergent, Statistic: P90,
		Formula: "ninetieth percentile of the days that requests not marked urgent waited for the decision that stood",
		About:   letters, Needs: decidedLetters, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			first, _ := requestSubmitted.first(r.requested)
			d, ok := r.decision()
			switch {
			case first.Body.Request.Urgent:
				c.none("the request is marked urgent")
			case !ok:
				c.none("no decision is on record")
			default:
				c.sample(wholeDays(first.Cover.At, d.Cover.At), first.Sighting, d.Sighting)
			}
		},
	},
}

func scrutiny(id, which string, urgent bool) Measure {
	otherwise := "no request " + which + " is on record"
	return Measure{
		ID: id, Claim: urgencyClaim, Articles: urgencyArticles, Unit: Minutes, Kind: Image, Statistic: Median,
		Formula: "median minutes of scrutiny of requests " + which,
		About:   reviews, Needs: reviewedLetters, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			l, ok := r.letter()
			if !ok || l.Body.Request.Urgent != urgent {
				c.none(otherwise)
				return
			}
			for v := range reviewPerformed.on(r.requested) {
				c.sample(v.Body.Minutes, v.Sighting)
			}
		},
	}
}
