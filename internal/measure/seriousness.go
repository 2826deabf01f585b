package measure

import (
	"rogatory/internal/mla"
)

var decisions = []mla.Kind{mla.Decided}

// seriousByLabel is G02.
var seriousByLabel = []Measure{{
	ID:       "G02.LabelSerious",
	Claim:    "Critics say that the gate to evidence-sharing is a maximum penalty which each government sets for itself.",
	Articles: []string{"uncc 2(h)", "uncc 23(2)", "uncc 35(1)(c)"}, Unit: Share, Kind: Image,
	Formula: "granted requests that passed a threshold of maximum penalty, by the requesting State's law or by both, for conduct stipulated as protected, over granted requests",
	About:   decisions, Needs: []mla.Kind{mla.Decided, mla.Assessed}, Sides: requested, Stipulates: true,
	take: func(r *record, st *Stipulated, c *Contribution) {
		d, ok := c.grant(r)
		if !ok {
			return
		}
		var a told[mla.AssessedBody]
		for x := range assessed.on(r.requested) {
			stage := x.Body.Assessment.Stage
			if x.Cover.Sequence < d.Cover.Sequence && x.Event.Actor.Role == d.Event.Actor.Role && (stage == mla.StageScope || stage == mla.StageAdmissibility) {
				a = x
			}
		}
		if a.Sighting == nil {
			c.cannot("no assessment before the decision is on record")
			return
		}
		passed := serious(a.Body.Assessment.Seriousness)
		label := both(passed, answer(st.Truth.ProtectedConduct))
		switch {
		case label != mla.Unknown:
			c.count(label == mla.Yes, a.Sighting, d.Sighting)
		case passed == mla.Unknown:
			c.cannot("the assessment leaves open whether a threshold was passed")
		default:
			c.cannot("the case does not stipulate whether the conduct is protected")
		}
	},
}}

// serious says whether a request passed a threshold of maximum penalty. Where none is asked for, it passed none.
func serious(s mla.Seriousness) mla.Answer {
	passed := mla.Unknown
	switch {
	case s.RequestingLaw == mla.Yes || s.BothLaws == mla.Yes:
		passed = mla.Yes
	case s.RequestingLaw == mla.No && s.BothLaws == mla.No:
		passed = mla.No
	}
	return both(s.Required, passed)
}
