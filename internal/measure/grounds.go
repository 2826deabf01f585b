package measure

import (
	"rogatory/internal/mla"
)

const (
	unusedClaim    = `Critics say that "may refuse" turns into never: refusing asks for consultation and reasons, and granting asks for neither.`
	politicalClaim = "Critics say that the UN text leaves out the political-offence ground that another treaty has."
	motiveClaim    = "Critics say that an improper purpose must be believed on substantial grounds, from facts that the requesting State controls."
)

var (
	unusedArticles    = []string{"uncc 40(8)", "uncc 40(21)", "uncc 40(25)", "uncc 40(28)"}
	politicalArticles = []string{"uncc 40(21)", "uncc 40(22)", "budapest 27(4)(a)"}
	motiveArticles    = []string{"uncc 40(22)", "untoc 16(14)"}
	considerations    = []mla.Kind{mla.Decided, mla.GroundConsidered}
)

// unusedGrounds is G28.
var unusedGrounds = []Measure{
	{
		ID: "G28.Unused", Claim: unusedClaim, Articles: unusedArticles, Unit: Share, Kind: Image,
		Formula: "granted requests with a ground open on the stipulated facts that nobody considered, over decided requests with a ground open on them; grounds of scope and admissibility",
		About:   decisions, Needs: considerations, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, _ := r.decision()
			unseen := false
			if !c.openGrounds(r, st, func(considered bool) { unseen = unseen || !considered }) {
				return
			}
			c.count(unseen && d.Body.Outcome.Grants(), d.Sighting)
			for g := range groundConsidered.on(r.requested) {
				c.rest(g.Sighting)
			}
		},
	},
	{
		ID: "G28.UseRate", Claim: unusedClaim, Articles: unusedArticles, Unit: Share, Kind: Image,
		Formula: "grounds open on the stipulated facts that were considered, over grounds open on them; of scope and admissibility",
		About:   decisions, Needs: considerations, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if c.openGrounds(r, st, func(considered bool) { c.count(considered) }) {
				for g := range groundConsidered.on(r.requested) {
					c.rest(g.Sighting)
				}
			}
		},
	},
	steps("G28.StepsToRefuse", "refuse", func(o mla.Outcome) bool { return o == mla.Refused }),
	steps("G28.StepsToGrant", "grant", mla.Outcome.Grants),
	{
		ID: "G28.EffortRatio", Claim: unusedClaim, Articles: unusedArticles, Unit: Times, Kind: Structural, Span: Population,
		Formula: "median steps to refuse, over median steps to grant",
		From:    []string{"G28.StepsToRefuse", "G28.StepsToGrant"}, derive: quotient,
	},
	{
		ID: "G28.Decay", Claim: unusedClaim, Articles: unusedArticles, Unit: Points, Kind: Emergent, Span: Runs,
		Formula: "change in the share of open grounds considered for each 0.1 of load, by least squares over runs",
		From:    []string{"G28.UseRate"}, compare: slope(0.1),
	},
}

// openGrounds gives the grounds open to the requested State on the stipulated facts when it decides, and whether each was
// considered. False: there are none, or nothing tells.
func (c *Contribution) openGrounds(r *record, st *Stipulated, each func(considered bool)) bool {
	if st.Findings == nil {
		c.cannot("the law was not asked on the stipulated facts")
		return false
	}
	open, unknown := false, false
	for i := range st.Findings {
		f := &st.Findings[i]
		if f.Stage != mla.StageScope && f.Stage != mla.StageAdmissibility {
			continue
		}
		if f.Open() {
			open = true
			each(r.considered(f.Rule) != nil)
		}
		unknown = unknown || f.Effect.Ground() && f.Holds == mla.Unknown
	}
	switch {
	case open:
	case unknown:
		c.cannot("the stipulated facts leave open whether a ground is open")
	default:
		c.none("no ground is open on the stipulated facts")
	}
	return open
}

// steps counts what a decision asked of the deciding State.
func steps(id, verb string, counts func(mla.Outcome) bool) Measure {
	return Measure{
		ID: id, Claim: unusedClaim, Articles: unusedArticles, Unit: Count, Kind: Structural, Statistic: Median,
		Formula: "median steps to " + verb + ": the decision itself, and each consultation before it and statement of reasons after it that cites an article",
		About:   decisions, Needs: []mla.Kind{mla.Consulted, mla.Decided, mla.ReasonsGiven}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			d, _ := r.decision()
			if !counts(d.Body.Outcome) {
				c.none("the decision is another: %s", string(d.Body.Outcome))
				return
			}
			since := -1
			if before, ok := decided.lastBefore(r.requested, d.Sighting); ok {
				since = before.Cover.Sequence
			}
			c.rest(d.Sighting)
			for x := range consulted.on(r.requested) {
				if x.Cover.Sequence > since && x.Cover.Sequence < d.Cover.Sequence && len(x.Event.Articles) > 0 {
					c.rest(x.Sighting)
				}
			}
			for g := range reasonsGiven.on(r.requested) {
				if g.Cover.Sequence > d.Cover.Sequence && len(g.Event.Articles) > 0 {
					c.rest(g.Sighting)
				}
			}
			c.sample(len(c.events))
		},
	}
}

// politicalOffence is G29.
var politicalOffence = []Measure{
	{
		ID: "G29.PoliticalPass", Claim: politicalClaim, Articles: politicalArticles, Unit: Share, Kind: Image,
		Formula: "granted requests stipulated as made for a political purpose, over decided requests so stipulated",
		About:   decisions, Needs: decisions, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			switch kind, abusive := st.Truth.AbuseKind, answer(st.Truth.Abusive); {
			case kind == "political":
				c.pass(r)
			case kind == "" && abusive != mla.No:
				c.cannot("the case does not stipulate the purpose of the request")
			case kind == "":
				c.none("the request is not stipulated as made for an improper purpose")
			default:
				c.none("the request is stipulated as made for another purpose: %s", kind)
			}
		},
	},
	{
		ID: "G29.PoliticalGap", Claim: politicalClaim, Articles: politicalArticles, Unit: Points, Kind: Image, Span: Runs,
		Formula: "share of requests for a political purpose granted in the first run, less that in the second: the same cases under two instruments",
		From:    []string{"G29.PoliticalPass"}, compare: gap,
	},
}

// discrimination is G30: the ground against prosecution for a protected reason, as a detector.
var discrimination = []Measure{
	{
		ID: "G30.Recall", Claim: motiveClaim, Articles: motiveArticles, Unit: Share, Kind: Image,
		Formula: "requests stipulated as made to persecute that were refused on a ground of belief, over decided requests so stipulated",
		About:   decisions, Needs: considerations, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) { c.motive(r, st, true) },
	},
	{
		ID: "G30.FalseAlarm", Claim: motiveClaim, Articles: motiveArticles, Unit: Share, Kind: Image,
		Formula: "requests not stipulated as made to persecute that were refused on a ground of belief, over decided requests of that sort",
		About:   decisions, Needs: considerations, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) { c.motive(r, st, false) },
	},
	{
		ID: "G30.DPrime", Claim: motiveClaim, Articles: motiveArticles, Unit: Times, Kind: Image, Span: Population,
		Formula: "d': the distance in standard deviations between the two sorts of request, from hits and false alarms, with half a case added to each",
		From:    []string{"G30.Recall", "G30.FalseAlarm"}, derive: discernment,
	},
	{
		ID: "G30.EvidenceGap", Claim: motiveClaim, Articles: motiveArticles, Unit: Share, Kind: Image,
		Formula: "requests stipulated as made to persecute for which no ground of belief was open on what the authority knew, over requests so stipulated that it assessed",
		About:   []mla.Kind{mla.Assessed}, Needs: []mla.Kind{mla.Assessed}, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			persecutes, known := c.stipulated(st.persecutes(), "the purpose of the request")
			if known && !persecutes {
				c.none("the request is not stipulated as made to persecute")
			}
			if !persecutes {
				return
			}
			open := false
			for a := range assessed.on(r.requested) {
				c.rest(a.Sighting)
				for i := range a.Body.Assessment.Findings {
					f := &a.Body.Assessment.Findings[i]
					open = open || f.Standard == mla.Belief && f.Open()
				}
			}
			c.count(!open)
		},
	},
	{
		ID: "G30.ROC", Claim: motiveClaim, Articles: motiveArticles, Unit: Share, Kind: Image, Span: Runs,
		Formula: "area under the curve of hits over false alarms, over runs that differ in the threshold",
		From:    []string{"G30.Recall", "G30.FalseAlarm"}, compare: under,
	},
}

// motive takes a decided request of one sort into account: was it refused on a ground of belief?
func (c *Contribution) motive(r *record, st *Stipulated, sort bool) {
	d, _ := r.decision()
	persecutes, known := c.stipulated(st.persecutes(), "the purpose of the request")
	switch {
	case !known:
	case persecutes != sort && sort:
		c.none("the request is not stipulated as made to persecute")
	case persecutes != sort:
		c.none("the request is stipulated as made to persecute")
	default:
		c.count(d.Body.Outcome == mla.Refused && r.onBelief(d.Body.Grounds), d.Sighting)
	}
}
