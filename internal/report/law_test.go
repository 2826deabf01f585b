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
		Price: "Days.", Duties: []policies.Duty{{ID: "L02 unsealing", Says: "What was sealed is opened."}}, Policy: "abc", Caveat: Caveat,
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
	dual := rung("uncc/40(8)", mla.MayRefuse, mla.Objective, mla.Yes, not, flip(mla.No, policies.Change{Fact: "conduct.deceived", From: mla.Bool(false), To: mla.Bool(true)},
		policies.Change{Fact: "offence.label", From: mla.Word("a"), To: mla.Word("b"), Letter: true}))
	dual.Reading = mla.Contested
	test := policies.Reason{Op: policies.ReasonTest, Text: `m != "none"`, Answer: mla.Unknown, Children: []policies.Reason{{Op: policies.ReasonFact, Text: "m", Answer: mla.Unknown, Says: "The motive."}}}
	open := rung("uncc/40(22)", mla.NoDuty, mla.Belief, mla.Unknown, policies.Reason{Children: []policies.Reason{test}},
		flip(mla.Yes, policies.Change{Fact: "m", To: mla.Word("race")}), flip(mla.Yes, policies.Change{Fact: "m", To: mla.Word("sex")}), flip(mla.No, policies.Change{Fact: "m", To: mla.Word("none")}))
	open.Missing = []mla.Path{"m"}
	mute := rung("uncc/40(21)", mla.MayRefuse, mla.Objective, mla.No, not)
	mute.Silence = &Silence{By: "uncc 40(7)", Instrument: "us-mlat"}

	ground := Ground{Rule: "uncc/40(21)", Effect: mla.MayRefuse, Standard: mla.Objective, Holds: mla.No, OnStipulated: mla.No, Silence: mute.Silence}
	outside := ground
	outside.Rule, outside.Silence = "uncc/40(22)", &Silence{By: "uncc 40(7)"}
	a := &Assessment{Case: "c", Requesting: "cassia", Requested: "alder", Safeguards: []string{"L02"}, Yields: []string{"uncc"},
		Contests: []Contest{{Instruments: []string{"uncc", "budapest"}, Says: "Each gives way to the other."}},
		Rules:    Rules{Grounds: []Ground{ground, outside}, Duties: []Ground{ground}}, Ladder: []Rung{gate, mute, open, dual},
		AskedFor: explained().Duties, Caveat: Caveat}
	var out bytes.Buffer
	if err := a.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	golden(t, "ladder.golden", out.String())
	if got := out.String(); strings.Count(got, "not met: conduct.deceived") != 1 || strings.Count(got, "as told") != 1 {
		t.Error("what two rules rest on is not told once")
	}
}
