package measure

import (
	"rogatory/internal/mla"
)

// seriousByLabel is G02.
var seriousByLabel = []Measure{{
	ID: "G02.LabelSerious", Gap: "G02",
	Claim:    "Critics say that the gate to evidence-sharing is a maximum penalty which each government sets for itself.",
	Articles: []string{"uncc 2(h)", "uncc 23(2)", "uncc 35(1)(c)"}, Unit: Share, Kind: Image,
	Formula: "granted requests that passed a threshold of maximum penalty, by the requesting State's law or by both, for conduct stipulated as protected, over granted requests",
	About:   mla.Decided, Needs: []mla.Kind{mla.Decided, mla.Assessed}, Sides: requested, Stipulates: true,
	compute: func(r *record, st *Stipulated) Value {
		d, v := r.grant()
		if !v.Defined {
			return v
		}
		a, ok := latest(r.requested, func(a told[mla.AssessedBody]) bool {
			stage := a.Body.Assessment.Stage
			return a.Sequence < d.Sequence && a.Actor.Role == d.Actor.Role && (stage == mla.StageScope || stage == mla.StageAdmissibility)
		})
		if !ok {
			return cannot("no assessment before the decision is on record")
		}
		passed := serious(a.Body.Assessment.Seriousness)
		switch both(passed, answer(st.Truth.ProtectedConduct)) {
		case mla.Yes:
			return whether(true, a.ID(), d.ID())
		case mla.No:
			return whether(false, a.ID(), d.ID())
		case mla.Unknown:
		}
		if passed == mla.Unknown {
			return cannot("the assessment leaves open whether a threshold was passed")
		}
		return cannot("the case does not stipulate whether the conduct is protected")
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

// grant returns the last decision if it grants; else the value says why there is none to count.
func (r *record) grant() (told[mla.DecidedBody], Value) {
	d, ok := r.decision()
	switch {
	case !ok:
		return d, none("no %s is on record", words[mla.Decided])
	case !d.Body.Outcome.Grants():
		return d, none("the request was not granted: %s", d.Body.Outcome)
	}
	return d, Value{Defined: true}
}
