package policies_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
)

// The cards of critique.md, table G, as far as the law alone decides them.
func TestCards(t *testing.T) {
	type tests struct{ ByLabel, ByConduct, SeriousHere, SeriousBoth mla.Answer }
	for name, c := range map[string]struct {
		id                    string
		requesting, requested mla.State
		instrument            string
		label                 string
		years                 int
		change                mla.Facts
		open                  []string
		tests                 tests
	}{
		"g29 the strike committee under the UN convention": {
			id: "g29", requesting: "cassia", requested: "alder", instrument: "uncc", label: "sedition", years: 7,
			open:  []string{"uncc/40(8) dual-criminality", "uncc/40(21)(b)", "uncc/40(22)"},
			tests: tests{mla.Yes, mla.No, mla.Yes, mla.No}},
		"g29 the same file under Budapest": {
			id: "g29", requesting: "cassia", requested: "alder", instrument: "budapest", label: "sedition", years: 7,
			open:  []string{"budapest/27(4)(a)", "budapest/27(4)(b)"},
			tests: tests{mla.Yes, mla.No, mla.Yes, mla.Yes}},
		"g29 under Budapest where another treaty binds the pair": {
			id: "g29", requesting: "cassia", requested: "alder", instrument: "budapest", label: "sedition", years: 7,
			change: y("pair.other_mla_treaty"), tests: tests{mla.Yes, mla.No, mla.Yes, mla.Yes}},
		"g29 under the UN convention where another treaty binds the pair": {
			id: "g29", requesting: "cassia", requested: "alder", instrument: "uncc", label: "sedition", years: 7,
			change: y("pair.other_mla_treaty"), open: []string{"uncc/40(22) beside-another-treaty"},
			tests: tests{mla.Yes, mla.No, mla.Yes, mla.No}},
		"g27 the unlisted page": {
			id: "g27", requesting: "dogwood", requested: "alder", instrument: "uncc", label: "illegal-access", years: 4,
			open: []string{"uncc/40(8) dual-criminality"}, tests: tests{mla.Yes, mla.No, mla.Yes, mla.No}},
		"g28 the minister's critic, as stipulated": {
			id: "g28", requesting: "cassia", requested: "alder", instrument: "uncc", label: "defamation", years: 4,
			open: []string{"uncc/40(8) dual-criminality", "uncc/40(22)"}, tests: tests{mla.No, mla.No, mla.Yes, mla.No}},
		"g28 the minister's critic, as the letter has it": {
			id: "g28", requesting: "cassia", requested: "alder", instrument: "uncc", label: "defamation", years: 4,
			change: mla.Facts{"motive.protected_ground": mla.Word("none")},
			open:   []string{"uncc/40(8) dual-criminality"}, tests: tests{mla.No, mla.No, mla.Yes, mla.No}},
		"g02 six years for a joke is serious under both laws": {
			id: "g02", requesting: "dogwood", requested: "fern", instrument: "uncc", label: "undermining-digital-order", years: 6,
			tests: tests{mla.Yes, mla.Yes, mla.Yes, mla.Yes}},
		"g11 the ballot scanner fails the conduct test by intent and defence": {
			id: "g11", requesting: "dogwood", requested: "gorse", instrument: "uncc", label: "illegal-access", years: 6,
			open: []string{"uncc/40(8) dual-criminality"}, tests: tests{mla.Yes, mla.No, mla.Yes, mla.No}},
		"g11 without good faith it passes": {
			id: "g11", requesting: "dogwood", requested: "gorse", instrument: "uncc", label: "illegal-access", years: 6,
			change: n("conduct.good_faith_research"), tests: tests{mla.Yes, mla.Yes, mla.Yes, mla.Yes}},
		"g12 two sixteen-year-olds: both States punish it": {
			id: "g12", requesting: "cassia", requested: "elm", instrument: "uncc", label: "child-abuse-material", years: 10,
			tests: tests{mla.Yes, mla.Yes, mla.Yes, mla.Yes}},
		"g12 put to a State with an exception for own images": {
			id: "g12", requesting: "cassia", requested: "gorse", instrument: "uncc", label: "child-abuse-material", years: 10,
			open: []string{"uncc/40(8) dual-criminality"}, tests: tests{mla.Yes, mla.No, mla.Yes, mla.No}},
		"g12 put to Alder, whose exception is for minors": {
			id: "g12", requesting: "cassia", requested: "alder", instrument: "uncc", label: "child-abuse-material", years: 10,
			change: mla.Facts{"person.age": mla.Int(18)}, tests: tests{mla.Yes, mla.Yes, mla.Yes, mla.Yes}},
		"an adult's image of a minor is an offence there too": {
			id: "g12", requesting: "cassia", requested: "gorse", instrument: "uncc", label: "child-abuse-material", years: 10,
			change: mla.Facts{"person.age": mla.Int(18)}, tests: tests{mla.Yes, mla.Yes, mla.Yes, mla.Yes}},
	} {
		t.Run(name, func(t *testing.T) {
			law := lawOf(t, c.requesting, c.requested, c.instrument)
			known := complete(t, stipulated(c.id)).With(c.change)
			a := law.Assess(mla.StageAdmissibility, letter(c.label, c.years), known, mla.ByConduct)
			if diff := cmp.Diff(c.open, open(a)); diff != "" {
				t.Errorf("open grounds (-want +got):\n%s", diff)
			}
			got := tests{a.DualCriminality.ByLabel, a.DualCriminality.ByConduct, a.Seriousness.RequestingLaw, a.Seriousness.BothLaws}
			if diff := cmp.Diff(c.tests, got); diff != "" {
				t.Errorf("tests (-want +got):\n%s", diff)
			}
			if a.DualCriminality.Met != a.DualCriminality.ByConduct {
				t.Errorf("tested by conduct, met %s", a.DualCriminality.Met)
			}
			if len(a.Missing()) > 0 {
				t.Errorf("every fact is known, missing %v", a.Missing())
			}
		})
	}
}

func TestTheMethodDecidesWhatTheOfficerSees(t *testing.T) {
	law := lawOf(t, "dogwood", "alder", "uncc")
	known := complete(t, stipulated("g27"))
	for method, want := range map[mla.Method]mla.Answer{mla.ByLabel: mla.Yes, mla.ByConduct: mla.No, mla.NotTested: mla.Unknown} {
		d := law.Assess(mla.StageAdmissibility, letter("illegal-access", 4), known, method).DualCriminality
		if d.Met != want || d.Method != method || d.ByLabel != mla.Yes || d.ByConduct != mla.No {
			t.Errorf("method %s: %+v, want met %s", method, d, want)
		}
	}
}
