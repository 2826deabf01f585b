package report

import (
	"bytes"
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// explained is a page on which most parts of a page occur.
func explained() *Explained {
	return &Explained{
		Page: policies.Page{
			Instrument: policies.Instrument{ID: "uncc", Name: "UN convention <draft>", Status: "Not in force."}, Article: "40",
			Provisions: []policies.Provision{{
				Rule: "uncc/40(22) once", Article: "40(22)", Stage: mla.StageAdmissibility, Effect: mla.NoDuty, Standard: mla.Belief,
				Modality: policies.Modality(mla.NoDuty, mla.Belief), Says: "Nothing obliges a State to help.", Reading: mla.Contested,
				Confidence: mla.Secondary, Source: "Seen in the press.", Condition: `a.b < 3 && c.d != "none"`, Unless: "e.f", InWords: "a is less than 3",
				GivesWay: "40(7)", Acts: []mla.Kind{mla.Decided}, Address: "regimes/uncc.yaml:12",
				Cases: []policies.PageCase{{Name: "It holds.", Holds: mla.Yes}, {Name: "So it does.", Holds: mla.Yes}, {Name: "It is open.", Holds: mla.Unknown}},
			}},
			Timers: []policies.Timer{{ID: "t", Kind: policies.Floor, Length: 60, Unit: policies.Days, Article: "42(8)", Confidence: mla.Unverified,
				Says: "At least 60 days.", Starts: "the order", Then: "it ends."}},
			Parameters: []policies.Parameter{
				{Key: "use-limitation", Is: policies.Says, Says: "banned", Article: "40(19)", Confidence: mla.Verified},
				{Key: "remedy", Is: policies.Silent}, {Key: "seriousness", Is: policies.NotSeen}, {Key: "reasons", Is: policies.NotStated},
			},
		},
		Price: "Days.", Closes: []string{"G01", "G02"}, Source: "An NGO.",
		Settings: []policies.Setting{{Term: "secrecy.days", Value: "90"}, {Term: "authorisation.search", Value: "judge"}, {Term: "readers.public", Value: "Decided"}}, Duties: []policies.Duty{{ID: "L02 unsealing", Says: "What was sealed is opened."}}, Policy: "abc", Caveat: Caveat,
	}
}

func TestAnArticleIsExplainedOnTheTerminalAndOnPaper(t *testing.T) {
	var out, html bytes.Buffer
	if err := explained().Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	golden(t, "explained.golden", out.String())
	if err := explained().HTML(&html); err != nil {
		t.Fatal(err)
	}
	golden(t, "explained-html.golden", html.String())
	for _, s := range []string{"UN convention &lt;draft&gt;", "a.b &lt; 3 &amp;&amp;", "Not in force.", "The text was not seen on", "@page { size: A4"} {
		if !strings.Contains(html.String(), s) {
			t.Errorf("the page lacks %q", s)
		}
	}
	for _, s := range []string{"<script", "src=", "href=", "http"} {
		if strings.Contains(html.String(), s) {
			t.Errorf("the page has %q: it must need no other file", s)
		}
	}
}

func TestALadderSaysWhatHeldAndWhatWouldFlipIt(t *testing.T) {
	offences := policies.Reason{Op: policies.ReasonLaw, Text: "requested.conduct_is_offence", Fact: "requested.conduct_is_offence", Answer: mla.No, Value: mla.Bool(false),
		Says: "The conduct is an offence.", Children: []policies.Reason{
			{Op: policies.ReasonOffence, Text: "fraud", Says: "Alder: fraud, up to 8 years", Answer: mla.No, Children: []policies.Reason{
				{Op: policies.ReasonAll, Answer: mla.No, Children: []policies.Reason{{Op: policies.ReasonFact, Text: "conduct.deceived", Answer: mla.No}, {Op: policies.ReasonFact, Text: "x", Answer: mla.Yes}}}}},
			{Op: policies.ReasonOffence, Text: "access", Says: "Alder: access, up to 2 years", Answer: mla.No, Children: []policies.Reason{
				{Op: policies.ReasonFact, Text: "a", Answer: mla.Yes}, {Op: policies.ReasonDefence, Says: "Research in good faith.", Answer: mla.Yes}}},
		}}
	not := policies.Reason{Op: policies.ReasonRule, Children: []policies.Reason{{Op: policies.ReasonNot, Answer: mla.Yes, Children: []policies.Reason{offences}}}}
	flip := func(a mla.Answer, changes ...policies.Change) policies.Flip {
		return policies.Flip{Changes: changes, Answer: a}
	}
	rung := func(id string, e mla.Effect, s mla.Standard, a mla.Answer, r policies.Reason, flips ...policies.Flip) Rung {
		return Rung{Rung: policies.Rung{Rule: id, Effect: e, Answer: a, Status: "Not in force.", Says: "What it says.", Trust: mla.Secondary, Reading: mla.Settled,
			Reason: r, Flips: flips}, Standard: s}
	}
	gate := rung("uncc/1", mla.Gate, mla.Objective, mla.Yes, not)
	gate.OnStipulated = mla.No
	quiet := rung("uncc/2", mla.Gate, mla.Objective, mla.Yes, not)
	dual := rung("uncc/40(8)", mla.MayRefuse, mla.Objective, mla.Yes, not, flip(mla.No, policies.Change{Fact: "conduct.deceived", From: mla.Bool(false), To: mla.Bool(true)},
		policies.Change{Fact: "offence.label", From: mla.Word("a"), To: mla.Word("b"), Letter: true}))
	dual.Reading = mla.Contested
	test := policies.Reason{Op: policies.ReasonTest, Text: `m != "none"`, Says: "“the motive” is not none", Answer: mla.Unknown, Children: []policies.Reason{{Op: policies.ReasonFact, Text: "m", Answer: mla.Unknown, Says: "The motive."}}}
	open := rung("uncc/40(22)", mla.NoDuty, mla.Belief, mla.Unknown, policies.Reason{Children: []policies.Reason{test}},
		flip(mla.Yes, policies.Change{Fact: "m", To: mla.Word("race")}), flip(mla.Yes, policies.Change{Fact: "m", To: mla.Word("sex")}), flip(mla.No, policies.Change{Fact: "m", To: mla.Word("none")}))
	open.Missing = []mla.Path{"m"}
	mute := rung("uncc/40(21)", mla.MayRefuse, mla.Objective, mla.No, not)
	mute.Silence = &Silence{By: "uncc 40(7)", Instrument: "us-mlat"}

	ground := Ground{Rule: "uncc/40(21)", Effect: mla.MayRefuse, Standard: mla.Objective, Holds: mla.No, OnStipulated: mla.No, Silence: mute.Silence}
	outside := ground
	outside.Rule, outside.Silence = "uncc/40(22)", &Silence{By: "uncc 40(7)"}
	contested := Ground{Rule: "uncc/6(1)", Effect: mla.Must, Stage: mla.StageAdmissibility, Holds: mla.Yes, Says: "A duty.", Reading: mla.Contested, Confidence: mla.Unverified}
	secondary := Ground{Rule: "uncc/29(3)", Effect: mla.Must, Stage: mla.StageExecution, Holds: mla.Yes, Says: "Another.", Reading: mla.Settled, Confidence: mla.Secondary}
	a := &Assessment{Case: "c", Requesting: "cassia", Requested: "alder", Safeguards: []string{"L02"}, Yields: []string{"uncc"},
		Contests: []Contest{{Instruments: []string{"uncc", "budapest"}, Says: "Each gives way to the other."}},
		Rules:    Rules{Grounds: []Ground{ground, outside}, Duties: []Ground{ground, contested, secondary}}, Ladder: []Rung{gate, quiet, mute, open, dual},
		Tests: []Test{
			{Test: policies.Test{Instrument: "untoc", Measures: true, Seriousness: mla.Seriousness{ThresholdYears: 4, RequestingLaw: mla.Yes, BothLaws: mla.No, Required: mla.Yes}}},
			{Test: policies.Test{Instrument: "uncc", Article: "uncc 35(3)", Governs: true, DualCriminality: mla.DualCriminality{ByConduct: mla.Yes}}, OnStipulated: mla.DualCriminality{ByConduct: mla.No}},
		},
		AskedFor: explained().Duties, Caveat: Caveat}
	var out bytes.Buffer
	if err := a.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	golden(t, "ladder.golden", out.String())
	if got := out.String(); strings.Count(got, "not met: conduct.deceived") != 1 || strings.Count(got, "as told") != 1 {
		t.Error("what two rules rest on is not told once")
	}
	for _, want := range []string{"contested, not verified", "secondary", "Not told: 1 rule", "--only \"uncc 2\"", "is that of uncc, whose provision speaks"} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	// Asked for by name, nothing else is told, and nothing is left out.
	out.Reset()
	a.Only, a.Ladder = []string{"uncc 2"}, []Rung{quiet, mute}
	if err := a.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Contains(got, "Duties and powers") || strings.Contains(got, "Not told") || !strings.Contains(got, "uncc 2 · gate · passes") || !strings.Contains(got, "uncc 40(21) ·") {
		t.Errorf("got:\n%s", got)
	}
}

func TestAStateHasAPage(t *testing.T) {
	x := &Explained{Caveat: Caveat, Policy: "abc", Page: policies.Page{
		Instrument: policies.Instrument{ID: "alder", Name: "Alder", Status: "Fictional.", InForce: true},
		State: &policies.Portrait{
			Attributes: []string{"It has <many> providers."},
			Offences: []policies.PortraitOffence{{ID: "computer-misuse", Label: "illegal-access", MaxPenaltyYears: 5, Elements: "a && b", InWords: "a, and b",
				Defences: []policies.PortraitDefence{{Says: "Research in good faith.", When: "c", InWords: "it was research"}}}, {ID: "fraud", Label: "fraud", MaxPenaltyYears: 1, Elements: "d", InWords: "d"}},
			Authorities: []policies.PortraitAuthority{
				{Measure: mla.Produce, Authorisation: policies.Authorisation{Authority: "judge", Independent: true, Basis: "code"}},
				{Measure: mla.Produce, Category: mla.Subscriber, Authorisation: policies.Authorisation{Authority: "prosecutor", Basis: "code"}}},
			DualCriminality: policies.PortraitDual{RequiredFor: []mla.Measure{mla.Search, mla.Interception}, Reserved: true},
			Secrecy:         policies.ProviderSecrecy{Basis: "code", Days: 90, Renewals: 3},
			Challenge:       policies.Challenge{Available: true, Stays: true, Basis: "code"},
			Notice:          policies.Notice{Owed: true, Days: 30, Basis: "act"},
			Remedy:          policies.Remedy{Available: true, Days: 60, Basis: "code"},
			Records:         map[mla.Role][]mla.Kind{mla.Auditor: mla.Kinds, mla.Public: {mla.StatisticPublished}},
			Staff:           policies.Staff{Officers: 2, DaysToDecide: 90}, Discretion: policies.Discretion{Objective: 35, Belief: 10, SelfJudging: 15},
			Practice: policies.Practice{TransitDays: 10, PatienceDays: 60},
		}}}
	var out, html bytes.Buffer
	if err := x.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if err := x.HTML(&html); err != nil {
		t.Fatal(err)
	}
	golden(t, "state.golden", out.String()+html.String())
	for _, want := range []string{"Computer misuse, in letters illegal access, up to 5 years", "every record", "90 days, renewed 3 times at most", "nothing"} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(html.String(), "<many>") {
		t.Error("an attribute is written as markup")
	}
	// What there is not is said, and no default.
	bare := &Explained{Page: policies.Page{State: &policies.Portrait{}}}
	for _, l := range append(bare.OwnLaw(), bare.Readers()...) {
		if l.Says == "" {
			t.Errorf("of %s nothing is said", l.Name)
		}
	}
}

func TestNumbersThatChangeAnAnswerAlikeAreOneRun(t *testing.T) {
	n := func(from, through int64) policies.Change {
		c := policies.Change{To: mla.Int(from)}
		if through > from {
			c.Through = mla.Int(through)
		}
		return c
	}
	for want, all := range map[string][]policies.Change{
		"0 to 3":      {n(0, 2), n(3, 3)},
		"0 to 2 or 4": {n(0, 2), n(4, 4)},
		"5":           {n(5, 5)},
		"race or sex": {{To: mla.Word("race")}, {To: mla.Word("sex")}},
	} {
		if got := becomes(all); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What every safeguard that ships sets is told in words.
func TestEachSettingOfASafeguardHasWords(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, id := range b.SafeguardIDs() {
		s, err := b.Safeguard(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range s.Settings() {
			told++
			if says := setting(set); strings.Contains(says, set.Term) || strings.Contains(says, "%") {
				t.Errorf("%s sets %s to %s, and a reader is told %q", id, set.Term, set.Value, says)
			}
		}
	}
	if told < 25 {
		t.Errorf("%d settings, want 25 or more", told)
	}
}
