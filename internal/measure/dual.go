package measure

import (
	"rogatory/internal/mla"
)

const dualClaim = "Critics say that the test of dual criminality is optional and, where it is made, can ignore intent, defences and rights."

var (
	dualArticles = []string{"uncc 35(3)", "uncc 40(8)", "budapest 25(5)"}
	dualNeeds    = []mla.Kind{mla.DualCriminalityTested, mla.Decided}
	dualTests    = []mla.Kind{mla.DualCriminalityTested}
)

// dualCriminality is G27.
var dualCriminality = []Measure{
	{
		ID: "G27.FalseDual", Claim: dualClaim, Articles: dualArticles, Unit: Share, Kind: Image,
		Formula: "granted requests that passed the test of dual criminality though the conduct is stipulated as no crime in the requested State, over granted requests that passed it",
		About:   decisions, Needs: dualNeeds, Sides: requested, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := c.grant(r)
			if !ok {
				return
			}
			t, ok := c.tested(r, d, mla.Yes)
			if !ok {
				return
			}
			switch crime := st.Truth.CrimeInRequestedByConduct; crime {
			case mla.Yes, mla.No:
				c.count(crime == mla.No, t, d.Sighting)
			default:
				c.cannot("the case does not stipulate whether the conduct is a crime in the requested State")
			}
		},
	},
	method("G27.MethodMix.label", "by comparing labels", mla.ByLabel),
	method("G27.MethodMix.conduct", "by transposing the conduct", mla.ByConduct),
	method("G27.MethodMix.none", "by no method", mla.NotTested),
	{
		ID: "G27.WaiverRate", Claim: dualClaim, Articles: dualArticles, Unit: Share, Kind: Image,
		Formula: "granted requests that failed the test of dual criminality, over decided requests that failed it",
		About:   decisions, Needs: dualNeeds, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			d, _ := r.decision()
			if t, ok := c.tested(r, d, mla.No); ok {
				c.count(d.Body.Outcome.Grants(), t, d.Sighting)
			}
		},
	},
}

// method is one part of the mix of methods.
func method(id, how string, m mla.Method) Measure {
	return Measure{
		ID: id, Claim: dualClaim, Articles: dualArticles, Unit: Share, Kind: Image,
		Formula: "tests of dual criminality " + how + ", over all tests on record",
		About:   dualTests, Needs: dualTests, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for t := range dualCriminalityTested.on(r.requested) {
				c.count(t.Body.Result.Method == m, t.Sighting)
			}
		},
	}
}

// tested returns the last test before a decision if its result is the one asked for; else the case does not count.
func (c *Contribution) tested(r *record, d told[mla.DecidedBody], result mla.Answer) (*Sighting, bool) {
	t, ok := dualCriminalityTested.lastBefore(r.requested, d.Sighting)
	switch {
	case !ok:
		c.none("no test of dual criminality before the decision is on record")
	case t.Body.Result.Met != result:
		c.none("the test of dual criminality, by %s, came out %s", string(t.Body.Result.Method), string(t.Body.Result.Met))
		return nil, false
	}
	return t.Sighting, ok
}
