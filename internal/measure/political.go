package measure

import (
	"rogatory/internal/mla"
)

// politicalOffence is G29. Set two regimes side by side on the same cases for the difference the catalogue asks for.
var politicalOffence = []Measure{{
	ID: "G29.PoliticalPass", Gap: "G29",
	Claim:    "Critics say that the UN text leaves out the political-offence ground that another treaty has.",
	Articles: []string{"uncc 40(21)", "uncc 40(22)", "budapest 27(4)(a)"}, Unit: Share, Kind: Image,
	Formula: "granted requests stipulated as made for a political purpose, over decided requests so stipulated",
	About:   mla.Decided, Needs: []mla.Kind{mla.Decided}, Sides: requested, Stipulates: true,
	compute: func(r *record, st *Stipulated) Value {
		switch kind, abusive := st.Truth.AbuseKind, answer(st.Truth.Abusive); {
		case kind == "political":
			return r.pass()
		case kind == "" && abusive != mla.No:
			return cannot("the case does not stipulate the purpose of the request")
		case kind == "":
			return none("the request is not stipulated as made for an improper purpose")
		default:
			return none("the request is stipulated as made for another purpose: %s", kind)
		}
	},
}}
