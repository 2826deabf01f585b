package policies_test

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// regimes.md section 10 lists the traps; the numbers are its own.

func TestTrap1GapFillersGiveWayAndPreservationStays(t *testing.T) {
	for instrument, rules := range map[string]struct{ gives, stays []string }{
		"uncc": {[]string{"uncc/40(8) trivial", "uncc/40(21)(b)", "uncc/40(22)", "uncc/40(23)", "uncc/40(25)", "uncc/40(28)"},
			[]string{"uncc/36(1)(a)", "uncc/35(3)", "uncc/44", "uncc/40(1)", "uncc/40(7)"}},
		"budapest": {[]string{"budapest/27(4)(a)", "budapest/27(4)(b)", "budapest/27(6)", "budapest/27(7)"},
			[]string{"budapest/25(4)", "budapest/25(5)", "budapest/31"}},
	} {
		law := lawOf(t, "cassia", "alder", instrument)
		bad := y("offence.trivial", "interest.prejudiced", "offence.fiscal", "offence.political_character", "own_law.data_protection_bars").With(motive)
		alone := law.Assess(mla.StageAdmissibility, letter("fraud", 5), complete(t, bad), mla.ByConduct)
		beside := law.Assess(mla.StageAdmissibility, letter("fraud", 5), complete(t, bad.With(y("pair.other_mla_treaty"))), mla.ByConduct)
		for _, r := range rules.gives {
			if finding(t, alone, r).Holds != mla.Yes || finding(t, beside, r).Holds != mla.No {
				t.Errorf("%s: alone %s, beside another treaty %s", r, finding(t, alone, r).Holds, finding(t, beside, r).Holds)
			}
		}
		for _, r := range rules.stays {
			if finding(t, beside, r).Holds != mla.Yes {
				t.Errorf("%s is no gap-filler, and fell silent", r)
			}
		}
		known := complete(t, bad.With(y("pair.other_mla_treaty")))
		terms := law.Terms(known)
		if terms.Preservation.FloorDays != 60 || !terms.Preservation.Hold {
			t.Errorf("%s: preservation gave way: %+v", instrument, terms.Preservation)
		}
		if terms.Reasons.Article != "" || terms.Consultation.Article != "" || terms.Use.Article != "" || terms.Secrecy.RequestArticle != "" {
			t.Errorf("%s: gap-fillers still speak: %+v", instrument, terms)
		}
	}
}

func TestTrap2SeriousnessAndDualCriminalityAreSeparate(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	// Serious by the requesting State's figure, and no offence in the requested State at all.
	a := law.Assess(mla.StageScope, letter("sedition", 7), complete(t, opinion), mla.ByConduct)
	for rule, want := range map[string]mla.Answer{"uncc/35(1)": mla.Yes, "uncc/2(h) one-law": mla.Yes, "uncc/2(h) both-laws": mla.No} {
		f := finding(t, a, rule)
		if f.Holds != want || f.Effect != mla.Gate {
			t.Errorf("%s is %s (%s), want %s", rule, f.Holds, f.Effect, want)
		}
	}
	if a.DualCriminality.ByConduct != mla.No || a.Seriousness.Required != mla.Yes || a.Seriousness.ThresholdYears != 4 {
		t.Errorf("%+v %+v", a.DualCriminality, a.Seriousness)
	}
	// A listed offence is in by being listed, whatever it costs.
	a = law.Assess(mla.StageScope, letter("illegal-access", 1), complete(t, nil), mla.ByConduct)
	if f := finding(t, a, "uncc/35(1)"); f.Holds != mla.Yes || a.Seriousness.Required != mla.No || a.Seriousness.RequestingLaw != mla.No {
		t.Errorf("listed and not serious: gate %s, %+v", f.Holds, a.Seriousness)
	}
	// Another offence needs the threshold, and electronic evidence.
	for _, c := range []struct {
		years      int
		electronic bool
		want       mla.Answer
	}{{4, true, mla.Yes}, {3, true, mla.No}, {99, false, mla.No}} {
		a := law.Assess(mla.StageScope, letter("homicide", c.years), complete(t, mla.Facts{"evidence.electronic": mla.Bool(c.electronic)}), mla.ByConduct)
		if got := finding(t, a, "uncc/35(1)").Holds; got != c.want {
			t.Errorf("homicide, %d years, electronic %v: %s, want %s", c.years, c.electronic, got, c.want)
		}
	}
	// Budapest has no threshold for assistance.
	b := lawOf(t, "cassia", "alder", "budapest").Assess(mla.StageScope, letter("homicide", 1), complete(t, nil), mla.ByConduct)
	if finding(t, b, "budapest/25(1)").Holds != mla.Yes || b.Seriousness.Required != mla.No || b.Seriousness.ThresholdYears != 0 {
		t.Errorf("Budapest asks for no seriousness: %+v", b.Seriousness)
	}
}

func TestTrap3ConductIsHeldAgainstTheLawsTheInstrumentNames(t *testing.T) {
	// An offence in Alder, and none in Elm, which asks.
	known := complete(t, y("conduct.proceeds_moved"))
	for instrument, want := range map[string]mla.Answer{"budapest": mla.Yes, "uncc": mla.No} {
		a := lawOf(t, "elm", "alder", instrument).Assess(mla.StageAdmissibility, letter("money-laundering", 8), known, mla.ByConduct)
		if a.DualCriminality.ByConduct != want {
			t.Errorf("%s: by conduct %s, want %s", instrument, a.DualCriminality.ByConduct, want)
		}
	}
	// The label proves nothing: fraud, called defamation.
	a := lawOf(t, "cassia", "alder", "uncc").Assess(mla.StageAdmissibility, letter("defamation", 8), complete(t, swindle), mla.ByConduct)
	if a.DualCriminality.ByConduct != mla.Yes || a.DualCriminality.ByLabel != mla.No {
		t.Errorf("%+v", a.DualCriminality)
	}
}

func TestTrap4TheStageMatters(t *testing.T) {
	for _, instrument := range []string{"uncc", "budapest"} {
		law := lawOf(t, "cassia", "gorse", instrument)
		known := complete(t, opinion)
		kept := law.Assess(mla.StagePreservation, letter("sedition", 7), known, mla.ByConduct)
		if got := open(kept); got != nil {
			t.Errorf("%s: at preservation open grounds %v, want none", instrument, got)
		}
		if kept.DualCriminality.Required != mla.No {
			t.Errorf("%s: dual criminality required at preservation", instrument)
		}
		given := law.Assess(mla.StageAdmissibility, letter("sedition", 7), known, mla.ByConduct)
		if len(open(given)) == 0 || given.DualCriminality.Required != mla.Yes {
			t.Errorf("%s: at disclosure open grounds %v, required %s", instrument, open(given), given.DualCriminality.Required)
		}
	}
	// The reservation opens the ground, and only outside the listed offences.
	law := lawOf(t, "cassia", "elm", "uncc")
	if got := open(law.Assess(mla.StagePreservation, letter("sedition", 7), complete(t, opinion), mla.ByConduct)); !slices.Equal(got, []string{"uncc/42(5)"}) {
		t.Errorf("with a reservation open grounds %v", got)
	}
	if got := open(law.Assess(mla.StagePreservation, letter("fraud", 7), complete(t, opinion), mla.ByConduct)); got != nil {
		t.Errorf("for a listed offence open grounds %v", got)
	}
	// Whether a measure needs dual criminality is the requested State's law.
	alder := lawOf(t, "cassia", "alder", "budapest")
	for measure, want := range map[mla.Measure]mla.Answer{mla.Produce: mla.No, mla.Search: mla.Yes, mla.Interception: mla.Yes} {
		req := letter("sedition", 7)
		req.Measure = measure
		a := alder.Assess(mla.StageAdmissibility, req, complete(t, opinion), mla.ByConduct)
		if got := finding(t, a, "budapest/25(4) dual-criminality").Holds; got != want || a.DualCriminality.Required != want {
			t.Errorf("%s: ground %s, required %s, want %s", measure, got, a.DualCriminality.Required, want)
		}
	}
}

func TestTrap5OnlyAStateOverlayIsMandatory(t *testing.T) {
	known := complete(t, y("own_law.bars_measure"))
	for state, want := range map[mla.State]bool{"alder": false, "gorse": true} {
		a := lawOf(t, "cassia", state, "uncc").Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct)
		must := false
		for _, f := range a.Findings {
			if f.Effect == mla.MustRefuse && f.Holds == mla.Yes {
				must = true
				if f.Instrument != "state" || f.Rule != "gorse/overlay-1" {
					t.Errorf("mandatory ground %+v", f)
				}
			}
		}
		if must != want || finding(t, a, "uncc/40(21)(c)").Holds != mla.Yes {
			t.Errorf("%s: mandatory %v, want %v", state, must, want)
		}
	}
	// It binds the State that is asked, not the one that asks.
	for _, f := range lawOf(t, "gorse", "alder", "uncc").Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct).Findings {
		if f.Instrument == "state" {
			t.Errorf("Gorse's own law speaks in Alder: %s", f.Rule)
		}
	}
}

func TestTrap6ConsultationIsNarrowerThanRefusal(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	for fact, want := range map[mla.Path]mla.Answer{"interest.prejudiced": mla.Yes, "own_case.prejudiced": mla.Yes,
		"offence.trivial": mla.No, "own_law.data_protection_bars": mla.No} {
		a := law.Assess(mla.StageAdmissibility, letter("fraud", 5), complete(t, y(fact)), mla.ByConduct)
		if got := finding(t, a, "uncc/40(28)").Holds; got != want {
			t.Errorf("on %s consultation is owed: %s, want %s", fact, got, want)
		}
	}
	c := law.Terms(nil).Consultation
	if !c.Must || c.All || !c.Postponement || c.Article != "uncc 40(28)" ||
		!slices.Equal(c.Grounds, []string{"uncc/40(21)(a)", "uncc/40(21)(b)", "uncc/40(21)(c)", "uncc/40(21)(d)"}) {
		t.Errorf("%+v", c)
	}
	b := lawOf(t, "cassia", "alder", "budapest").Terms(nil).Consultation
	if b.Must || !b.All || !b.Postponement || b.Article != "budapest 27(6)" {
		t.Errorf("%+v", b)
	}
}

func TestTrap7SixtyIsAFloorAndNinetyACeiling(t *testing.T) {
	for instrument, want := range map[string]policies.Preservation{
		"uncc":     {Article: "uncc 42(8)", FloorDays: 60, ExtensionArticle: "uncc 42(9)", HoldArticle: "uncc 42(8)", Hold: true, CeilingDays: 90, HomeArticle: "uncc 25(2)"},
		"budapest": {Article: "budapest 29(7)", FloorDays: 60, HoldArticle: "budapest 29(7)", Hold: true, CeilingDays: 90, HomeArticle: "budapest 16(2)"},
	} {
		if got := lawOf(t, "cassia", "alder", instrument).Terms(nil).Preservation; got != want {
			t.Errorf("%s: %+v, want %+v", instrument, got, want)
		}
	}
}

func TestTrap9SecrecyThatCannotBeKeptForks(t *testing.T) {
	for instrument, want := range map[string]policies.Impossible{"uncc": policies.TellOnly, "budapest": policies.RequestingDecides} {
		if got := lawOf(t, "cassia", "alder", instrument).Terms(nil).Secrecy.Impossible; got != want {
			t.Errorf("%s: %s, want %s", instrument, got, want)
		}
	}
}

func TestTrap10UseIsLimitedByDefaultInOneOnly(t *testing.T) {
	for instrument, want := range map[string]policies.Use{
		"uncc":     {Article: "uncc 40(19)", Limited: true, Condition: true, Exculpatory: true},
		"budapest": {Article: "budapest 28(2)", Limited: false, Condition: true, Exculpatory: false},
	} {
		if got := lawOf(t, "cassia", "alder", instrument).Terms(nil).Use; got != want {
			t.Errorf("%s: %+v, want %+v", instrument, got, want)
		}
	}
}

func TestTrap12And13WhoSignsAndWhoGagsIsTheStatesLaw(t *testing.T) {
	for state, want := range map[mla.State]bool{"alder": true, "cassia": false, "dogwood": false, "elm": false, "fern": false, "gorse": true} {
		asks := mla.State("cassia")
		if state == asks {
			asks = "alder"
		}
		terms := lawOf(t, asks, state, "uncc").Terms(nil)
		for _, m := range mla.Measures {
			independent := want && (state == "gorse" || m != mla.Produce && m != mla.Preserve)
			if a := terms.Authorisation[m]; a.Independent != independent || a.Authority == "" || a.Basis == "" {
				t.Errorf("%s, %s: %+v, want independent %v", state, m, a, independent)
			}
		}
		// The same treaty, and each State's own end, or none.
		if terms.Secrecy.Law.Basis == "" || terms.Secrecy.Law.Days == 0 != (state != "elm" && state != "gorse") {
			t.Errorf("%s: gag %+v", state, terms.Secrecy.Law)
		}
	}
	s := lawOf(t, "cassia", "gorse", "uncc").Terms(nil).Secrecy
	if _, gag := s.Treaty[mla.Produce]; gag {
		t.Error("the UN convention gags nobody over production")
	}
	if g := s.Treaty[mla.Interception]; g.Article != "uncc 30(3)" || g.Domestic || g.Basis != s.Law.Basis || g.Days != 90 {
		t.Errorf("interception: %+v, want the State's law under an article that is silent on an end", g)
	}
	if g := s.Treaty[mla.Preserve]; g.Article != "uncc 25(3)" || !g.Domestic || g.Days != 90 || g.Renewals != 3 {
		t.Errorf("preservation: %+v, want the period of the State's law", g)
	}
}

func TestTrap16StandardsAreTyped(t *testing.T) {
	want := map[string]mla.Standard{"uncc/40(21)(b)": mla.SelfJudging, "budapest/27(4)(a)": mla.SelfJudging, "budapest/27(4)(b)": mla.SelfJudging,
		"uncc/40(22)": mla.Belief, "uncc/40(8) dual-criminality": mla.Objective, "uncc/40(24)": mla.Objective}
	for id, standard := range want {
		if r := ruleOf(t, id); r.Standard != standard {
			t.Errorf("%s is %s, want %s", id, r.Standard, standard)
		}
	}
}

func TestTrap17TestingByLabelDepartsFromANamedProvision(t *testing.T) {
	for instrument, want := range map[string]policies.DualCriminalityTest{
		"uncc": {Rule: "uncc/35(3)", Article: "uncc 35(3)"}, "budapest": {Rule: "budapest/25(5)", Article: "budapest 25(5)"}} {
		if got := lawOf(t, "cassia", "alder", instrument).Terms(nil).DualCriminality; got != want {
			t.Errorf("%s: %+v, want %+v", instrument, got, want)
		}
		ruleOf(t, want.Rule)
	}
}

func TestRealTimeHelpIsADutyInOneAndAnEffortInTheOther(t *testing.T) {
	for rule, c := range map[string]struct {
		measure mla.Measure
		effect  mla.Effect
	}{"uncc/45": {mla.RealTimeTraffic, mla.Endeavour}, "uncc/46": {mla.Interception, mla.Endeavour},
		"budapest/33": {mla.RealTimeTraffic, mla.Must}, "budapest/34": {mla.Interception, mla.Must}} {
		law := lawOf(t, "cassia", "alder", "uncc", "budapest")
		for _, m := range mla.Measures {
			req := letter("fraud", 5)
			req.Measure = m
			f := finding(t, law.Assess(mla.StageAdmissibility, req, complete(t, nil), mla.ByConduct), rule)
			if f.Effect != c.effect || f.Holds != mla.AnswerOf(m == c.measure) {
				t.Errorf("%s for %s: %s, %s", rule, m, f.Effect, f.Holds)
			}
		}
	}
}

func TestFiscalMattersAreAForbiddenReasonUnderBudapestForListedOffencesOnly(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "budapest")
	for label, want := range map[string]mla.Answer{"fraud": mla.Yes, "tax-fraud": mla.No} {
		a := law.Assess(mla.StageAdmissibility, letter(label, 7), complete(t, y("offence.fiscal")), mla.ByConduct)
		if got := finding(t, a, "budapest/25(4) fiscal").Holds; got != want {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
}
