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

// A share of proceeds moved is no offence in Elm, which asks, and one in Alder: the UN convention asks for both laws,
// Budapest for that of the Party that is asked. Each answers for itself, and one of them for the pair.
func TestEachInstrumentTestsForItself(t *testing.T) {
	b := shippedBundle(t)
	known := complete(t, y("conduct.proceeds_moved"))
	for _, c := range []struct {
		name        string
		instruments []string
		yields      []string
		governs     string
		conduct     mla.Answer // of the pair
		years       int
	}{
		{"the first, where each gives way to the other", []string{"uncc", "budapest"}, nil, "uncc", mla.No, 4},
		{"the first, the other way round", []string{"budapest", "uncc"}, nil, "budapest", mla.Yes, 0},
		{"the one that does not give way, on a reading", []string{"uncc", "budapest"}, []string{"uncc"}, "budapest", mla.Yes, 4},
		{"the treaty to which the convention gives way", []string{"uncc", "us-mlat"}, nil, "us-mlat", mla.No, 4},
		{"the one that says how it is tested", []string{"untoc", "budapest"}, nil, "budapest", mla.Yes, 4},
		{"the first, where none says", []string{"untoc"}, nil, "untoc", mla.Yes, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			law, err := b.Law(policies.Pair{Instruments: c.instruments, Requesting: "elm", Requested: "alder", Yields: c.yields})
			if err != nil {
				t.Fatal(err)
			}
			a := law.Assess(mla.StageAdmissibility, letter("money-laundering", 5), known, mla.ByConduct)
			if a.DualCriminality.ByConduct != c.conduct || a.Seriousness.ThresholdYears != c.years {
				t.Errorf("the pair: %+v, %+v", a.DualCriminality, a.Seriousness)
			}
			want := map[string]mla.Answer{"uncc": mla.No, "us-mlat": mla.No, "budapest": mla.Yes, "untoc": mla.Yes}
			for i, x := range law.Tests(mla.StageAdmissibility, letter("money-laundering", 5), known, mla.ByConduct) {
				if x.Instrument != c.instruments[i] || x.DualCriminality.ByConduct != want[x.Instrument] {
					t.Errorf("%s by conduct %s, want %s", x.Instrument, x.DualCriminality.ByConduct, want[x.Instrument])
				}
				if x.Governs != (x.Instrument == c.governs) || x.Governs && x.DualCriminality != a.DualCriminality {
					t.Errorf("%s governs %v: %+v", x.Instrument, x.Governs, x.DualCriminality)
				}
				if x.Measures != (i == 0) || x.Measures && x.Seriousness != a.Seriousness {
					t.Errorf("%s measures %v: %+v", x.Instrument, x.Measures, x.Seriousness)
				}
			}
			if of := law.Terms(known).DualCriminality.Article; of != "" && !strings.HasPrefix(of, c.governs+" ") {
				t.Errorf("the terms have it tested by %s", of)
			}
		})
	}
}
