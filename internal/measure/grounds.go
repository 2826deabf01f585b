package measure

import (
	"slices"

	"rogatory/internal/mla"
)

const unusedClaim = `Critics say that "may refuse" turns into never: refusing asks for consultation and reasons, and granting asks for neither.`

var unusedArticles = []string{"uncc 40(8)", "uncc 40(21)", "uncc 40(25)", "uncc 40(28)"}

// unusedGrounds is G28.
var unusedGrounds = []Measure{
	{
		ID: "G28.Unused", Gap: "G28", Claim: unusedClaim, Articles: unusedArticles, Unit: Share, Kind: Image,
		Formula: "granted requests with a ground open on the stipulated facts that nobody considered, over decided requests with a ground open on them; grounds of scope and admissibility",
		About:   mla.Decided, Needs: []mla.Kind{mla.Decided, mla.GroundConsidered}, Sides: requested, Stipulates: true,
		compute: func(r *record, st *Stipulated) Value {
			d, _ := r.decision()
			open, v := openGrounds(st)
			if !v.Defined {
				return v
			}
			events, considered := []string{d.ID()}, map[string]bool{}
			for _, g := range all[mla.GroundConsideredBody](r.requested) {
				considered[g.Body.Ground.Rule] = true
				events = append(events, g.ID())
			}
			unseen := slices.ContainsFunc(open, func(f mla.Finding) bool { return !considered[f.Rule] })
			return whether(unseen && d.Body.Outcome.Grants(), events...)
		},
	},
	steps("G28.StepsToRefuse", "refuse", func(o mla.Outcome) bool { return o == mla.Refused }),
	steps("G28.StepsToGrant", "grant", mla.Outcome.Grants),
}

// openGrounds lists the grounds open to the requested State on the stipulated facts when it decides.
func openGrounds(st *Stipulated) ([]mla.Finding, Value) {
	if st.Findings == nil {
		return nil, cannot("the law was not asked on the stipulated facts")
	}
	var open []mla.Finding
	unknown := false
	for _, f := range st.Findings {
		if f.Stage != mla.StageScope && f.Stage != mla.StageAdmissibility {
			continue
		}
		if f.Open() {
			open = append(open, f)
		}
		unknown = unknown || f.Effect.Ground() && f.Holds == mla.Unknown
	}
	switch {
	case len(open) > 0:
		return open, Value{Defined: true}
	case unknown:
		return nil, cannot("the stipulated facts leave open whether a ground is open")
	default:
		return nil, none("no ground is open on the stipulated facts")
	}
}

// steps counts what a decision asked of the deciding State. The two counts, over many cases, are the ratio of effort.
func steps(id, verb string, counts func(mla.Outcome) bool) Measure {
	return Measure{
		ID: id, Gap: "G28", Claim: unusedClaim, Articles: unusedArticles, Unit: Count, Kind: Structural,
		Formula: "steps to " + verb + ": the decision itself, and each consultation before it and statement of reasons after it that cites an article",
		About:   mla.Decided, Needs: []mla.Kind{mla.Consulted, mla.Decided, mla.ReasonsGiven}, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			d, _ := r.decision()
			if !counts(d.Body.Outcome) {
				return none("the decision is another: %s", d.Body.Outcome)
			}
			before, _ := latest(r.requested, func(x told[mla.DecidedBody]) bool { return x.Sequence < d.Sequence })
			events := []string{d.ID()}
			for _, c := range all[mla.ConsultedBody](r.requested) {
				if (before.Event == nil || c.Sequence > before.Sequence) && c.Sequence < d.Sequence && len(c.Articles) > 0 {
					events = append(events, c.ID())
				}
			}
			for _, g := range all[mla.ReasonsGivenBody](r.requested) {
				if g.Sequence > d.Sequence && len(g.Articles) > 0 {
					events = append(events, g.ID())
				}
			}
			return amount(len(events), 1, events...)
		},
	}
}
