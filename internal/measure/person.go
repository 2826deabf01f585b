package measure

import (
	"slices"
	"strings"
	"unicode"

	"rogatory/internal/mla"
)

// researchers is G11.
var researchers = []Measure{{
	ID: "G11.ResearchReach", Gap: "G11",
	Claim:    "Critics say that good-faith security testing can be prosecuted, and its evidence requested, across borders.",
	Articles: []string{"uncc 7", "uncc 11", "uncc 53(3)(e)", "budapest 2", "budapest 6(2)"}, Unit: Share, Kind: Image,
	Formula: "granted requests about a person stipulated as a researcher, over decided requests about one",
	About:   mla.Decided, Needs: []mla.Kind{mla.Decided}, Sides: requested, Stipulates: true,
	compute: func(r *record, st *Stipulated) Value {
		role, ok := st.role()
		switch {
		case !ok:
			return cannot("the case does not stipulate what the person does")
		case role != "researcher":
			return none("the person is not a researcher: %s", role)
		}
		return r.pass()
	},
}}

// pass is the share of granted among decided requests, over the one decided request of a case.
func (r *record) pass() Value {
	d, _ := r.decision()
	return whether(d.Body.Outcome.Grants(), d.ID())
}

const (
	minorsClaim = "Critics say that States may, but need not, leave out young people's own consensual images, so that children can be targets."
	abuseLabel  = "child-abuse-material"
)

var minorsArticles = []string{"uncc 14(4)", "budapest 9(4)"}

// minors is G12. A request is of this kind by its label; what the image is, is stipulated.
var minors = []Measure{
	{
		ID: "G12.MinorAsSuspect", Gap: "G12", Claim: minorsClaim, Articles: minorsArticles, Unit: Share, Kind: Image,
		Formula: "granted requests labelled child-abuse material about a person stipulated as under eighteen and the maker of the image, over granted requests so labelled",
		About:   mla.RequestSubmitted, Needs: []mla.Kind{mla.RequestSubmitted, mla.Decided}, Sides: requested, Stipulates: true,
		compute: func(r *record, st *Stipulated) Value {
			letter, v := r.labelled()
			if !v.Defined {
				return v
			}
			d, v := r.grant()
			if !v.Defined {
				return v
			}
			own := st.minorsOwnImage()
			if own == mla.Unknown {
				return cannot("the case does not stipulate whether the image shows the minor who made it")
			}
			return whether(own == mla.Yes, letter.ID(), d.ID())
		},
	},
	{
		ID: "G12.CopiesMade", Gap: "G12", Claim: minorsClaim, Articles: minorsArticles, Unit: Count, Kind: Image,
		Formula: "hand-overs of evidence, each leaving a copy with one more holder, in requests labelled child-abuse material where the image is stipulated to show the minor who made it",
		About:   mla.RequestSubmitted, Needs: []mla.Kind{mla.RequestSubmitted}, Sides: bothSides, Stipulates: true,
		compute: func(r *record, st *Stipulated) Value {
			_, v := r.labelled()
			if !v.Defined {
				return v
			}
			switch st.minorsOwnImage() {
			case mla.Unknown:
				return cannot("the case does not stipulate whether the image shows the minor who made it")
			case mla.No:
				return none("the image does not show the minor who made it")
			case mla.Yes:
			}
			return copies(r)
		},
	},
	{
		ID: "G12.AgeChecked", Gap: "G12", Claim: minorsClaim, Articles: minorsArticles, Unit: Share, Kind: Image,
		Formula: "reviews of requests labelled child-abuse material that checked the person's age, over such reviews",
		About:   mla.RequestSubmitted, Needs: []mla.Kind{mla.RequestSubmitted, mla.ReviewPerformed}, Sides: requested,
		compute: func(r *record, _ *Stipulated) Value {
			_, v := r.labelled()
			if !v.Defined {
				return v
			}
			reviews := all[mla.ReviewPerformedBody](r.requested)
			if len(reviews) == 0 {
				return none("no review is on record")
			}
			checked, events := 0, []string{}
			for _, review := range reviews {
				if slices.ContainsFunc(review.Body.Checks, aboutAge) {
					checked++
				}
				events = append(events, review.ID())
			}
			return share(checked, len(reviews), events...)
		},
	},
}

// labelled returns the letter if it names child-abuse material; else the value says why the case does not count.
func (r *record) labelled() (told[mla.RequestSubmittedBody], Value) {
	letter, _ := r.letter()
	if letter.Body.Request.Offence.Label != abuseLabel {
		return letter, none("no request labelled %s is on record", abuseLabel)
	}
	return letter, Value{Defined: true}
}

// copies counts hand-overs on both logs; their covers are enough. Data produced without one on record cannot be counted,
// and where nothing was produced there is truly no copy.
func copies(r *record) Value {
	produced, handed := r.requested.covers(mla.Produced), r.requested.covers(mla.CustodyHandoff)
	if len(produced) > 0 && len(handed) == 0 {
		return cannot("data were produced by %s and no hand-over of them is on record", produced[0].id())
	}
	if r.requesting != r.requested {
		handed = slices.Concat(handed, r.requesting.covers(mla.CustodyHandoff))
	}
	events := []string{}
	for _, s := range handed {
		events = append(events, s.id())
	}
	return amount(len(events), 1, events...)
}

// aboutAge reports whether a check, in the officer's own words, is one of age.
func aboutAge(check string) bool {
	words := strings.FieldsFunc(strings.ToLower(check), func(c rune) bool { return !unicode.IsLetter(c) })
	return slices.Contains(words, "age")
}
