package policies_test

import (
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func TestTwoGapFillersThatDeferToEachOtherAreContestedAndNeitherIsChosen(t *testing.T) {
	b := shippedBundle(t)
	pair := policies.Pair{Instruments: []string{"uncc", "budapest"}, Requesting: "cassia", Requested: "alder"}
	known := complete(t, y("interest.prejudiced"))
	ask := func(yields ...string) (*policies.Law, mla.Assessment) {
		p := pair
		p.Yields = yields
		law, err := b.Law(p)
		if err != nil {
			t.Fatal(err)
		}
		return law, law.Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct)
	}
	law, open := ask()
	if c := law.Contests(); len(c) != 1 || !slices.Equal(c[0].Articles, []string{"uncc 40(7)", "budapest 27(1) and 28(1)"}) {
		t.Errorf("%+v", c)
	}
	for _, rule := range []string{"uncc/40(21)(b)", "budapest/27(4)(b)"} {
		if f := finding(t, open, rule); f.Holds != mla.Yes || f.Reading != mla.Contested {
			t.Errorf("%s: %s, %s", rule, f.Holds, f.Reading)
		}
	}
	for rule, yields := range map[string]string{"uncc/40(21)(b)": "uncc", "budapest/27(4)(b)": "budapest"} {
		law, a := ask(yields)
		s := law.Silence(rule, known)
		if f := finding(t, a, rule); f.Holds != mla.No || s == nil || s.Instrument == yields || !strings.HasPrefix(s.Says, "Silent: by ") {
			t.Errorf("%s: %s, %+v", rule, f.Holds, s)
		}
		if len(law.Contests()) != 0 {
			t.Errorf("%s was chosen, and it is contested still", yields)
		}
		if yields == "uncc" && law.Terms(known).Reasons.Article != "budapest 27(7)" {
			t.Errorf("%+v", law.Terms(known).Reasons)
		}
	}
	for want, yields := range map[string][]string{
		"there is no treaty for uncc to give way to: one must speak":         {"uncc", "budapest"},
		`instrument "untoc" is to give way, and is not among uncc, budapest`: {"untoc"},
	} {
		p := pair
		p.Yields = yields
		if _, err := b.Law(p); err == nil || err.Error() != want {
			t.Errorf("%v: %v, want %s", yields, err, want)
		}
	}
}

func TestATreatyOutsideTheStackSilencesAndTheSilenceIsExplained(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	if s := law.Silence("uncc/40(25)", nil); s != nil {
		t.Errorf("with nothing known: %+v", s)
	}
	s := law.Silence("uncc/40(25)", y("pair.other_mla_treaty"))
	if s == nil || s.By != "uncc 40(7)" {
		t.Errorf("%+v", s)
	}
	for _, stays := range []string{"uncc/42(8)", "uncc/40(22) beside-another-treaty", "no such rule"} {
		if s := law.Silence(stays, y("pair.other_mla_treaty")); s != nil {
			t.Errorf("%s: %+v", stays, s)
		}
	}
}

// A bilateral treaty that gives way to none, put beside the UN convention, switches paragraphs 8 to 31 off by itself.
func TestATreatyThatGivesWayToNoneSilencesGapFillersBesideIt(t *testing.T) {
	files := shippedBundle(t).Files()
	text := string(files["regimes/budapest.yaml"])
	from, to := strings.Index(text, "stacking:"), strings.Index(text, "# The rows of the comparison")
	stacking := "stacking:\n  replaces:\n    - {instrument: uncc, article: \"39\", paragraphs: [\"36(1)-(3)\"]}\n\n"
	files["regimes/budapest.yaml"] = []byte(text[:from] + stacking + text[to:])
	b, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	law, err := b.Law(policies.Pair{Instruments: []string{"uncc", "budapest"}, Requesting: "cassia", Requested: "alder"})
	if err != nil {
		t.Fatal(err)
	}
	known := complete(t, y("interest.prejudiced", "own_law.data_protection_bars"))
	a := law.Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct)
	for rule, by := range map[string]string{"uncc/40(21)(b)": "uncc 40(7)", "uncc/36(1)(a)": "budapest 39"} {
		if f, s := finding(t, a, rule), law.Silence(rule, known); f.Holds != mla.No || s == nil || s.By != by || s.Instrument != "budapest" {
			t.Errorf("%s: %s, %+v", rule, f.Holds, s)
		}
		r, err := law.Why(rule, letter("fraud", 5), known)
		if err != nil || r.Answer != mla.No {
			t.Errorf("%s: why says %s, %v", rule, r.Answer, err)
		}
	}
	if f := finding(t, a, "budapest/27(4)(b)"); f.Holds != mla.Yes || f.Reading != mla.Settled {
		t.Errorf("%+v", f)
	}
	if len(law.Contests()) != 0 {
		t.Error("nothing is contested here")
	}
}
