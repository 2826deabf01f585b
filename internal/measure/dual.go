package measure

import (
	"rogatory/internal/mla"
)

const dualClaim = "Critics say that the test of dual criminality is optional and, where it is made, can ignore intent, defences and rights."

var (
	dualArticles = []string{"uncc 35(3)", "uncc 40(8)", "budapest 25(5)"}
	dualNeeds    = []mla.Kind{mla.DualCriminalityTested, mla.Decided}
)

// dualCriminality is G27.
var dualCriminality = []Measure{
	{
		ID: "G27.FalseDual", Gap: "G27", Claim: dualClaim, Articles: dualArticles, Unit: Share, Kind: Image,
		Formula: "granted requests that passed the test of dual criminality though the conduct is stipulated as no crime in the requested State, over granted requests that passed it",
		About:   mla.Decided, Needs: dualNeeds, Sides: requested, Stipulates: true,
		compute: func(r *record, st *Stipulated) Value {
			d, v := r.grant()
			if !v.Defined {
				return v
			}
			t, v := r.tested(d, mla.Yes)
			if !v.Defined {
				return v
			}
			switch st.Truth.CrimeInRequestedByConduct {
			case mla.Yes, mla.No:
				return whether(st.Truth.CrimeInRequestedByConduct == mla.No, t.ID(), d.ID())
			default:
				return cannot("the case does not stipulate whether the conduct is a crime in the requested State")
			}
		},
	},
	method("G27.MethodMix.label", "by comparing labels", mla.ByLabel),
	method("G27.MethodMix.conduct", "by transposing the conduct", mla.ByConduct),
	method("G27.MethodMix.none", "by no method", mla.NotTested),
	{
		ID: "G27.WaiverRate", Gap: "G27", Claim: dualClaim, Articles: dualArticles, Unit: Share, Kind: Image,
		Formula: "granted requests that failed the test of dual criminality, over decided requests that failed it",
		About:   mla.Decided, Needs: dualNeeds, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			d, _ := r.decision()
			t, v := r.tested(d, mla.No)
			if !v.Defined {
				return v
			}
			return whether(d.Body.Outcome.Grants(), t.ID(), d.ID())
		},
	},
}

// method is one part of the mix of methods.
func method(id, how string, m mla.Method) Measure {
	return Measure{
		ID: id, Gap: "G27", Claim: dualClaim, Articles: dualArticles, Unit: Share, Kind: Image,
		Formula: "tests of dual criminality " + how + ", over all tests on record",
		About:   mla.DualCriminalityTested, Needs: []mla.Kind{mla.DualCriminalityTested}, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			tests := all[mla.DualCriminalityTestedBody](r.requested)
			part, events := 0, []string{}
			for _, t := range tests {
				if t.Body.Result.Method == m {
					part++
				}
				events = append(events, t.ID())
			}
			return share(part, len(tests), events...)
		},
	}
}

// tested returns the last test before a decision if its result is the one asked for; else the value says why the case
// does not count.
func (r *record) tested(d told[mla.DecidedBody], result mla.Answer) (told[mla.DualCriminalityTestedBody], Value) {
	t, ok := latest(r.requested, func(t told[mla.DualCriminalityTestedBody]) bool { return t.Sequence < d.Sequence })
	switch {
	case !ok:
		return t, none("no test of dual criminality before the decision is on record")
	case t.Body.Result.Met != result:
		return t, none("the test of dual criminality, by %s, came out %s", t.Body.Result.Method, t.Body.Result.Met)
	}
	return t, Value{Defined: true}
}
