package scenario

import (
	"os"
	"strings"
	"testing"
	"time"

	"rogatory/internal/mla"
)

func small(t *testing.T, replace ...string) *Case {
	t.Helper()
	raw, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("testdata/small.yaml has no %q", replace[i])
		}
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	c, err := Parse("small.yaml", []byte(text), newFixed(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The forms of a row say who has the fact.
func TestRowForms(t *testing.T) {
	for _, x := range []struct {
		row                       string
		stipulated, stated, known string
	}{
		{"true", "true", "true", "(no value)"},
		{"{stipulated: true, stated: false}", "true", "false", "(no value)"},
		{"{stipulated: true}", "true", "(no value)", "(no value)"},
		{"{stipulated: true, central-authority: false}", "true", "(no value)", "false"},
		{"{stipulated: false, stated: true, central-authority: false}", "false", "true", "false"},
	} {
		c := small(t, "conduct.deceived: true", "conduct.deceived: "+x.row)
		l := c.Facts["conduct.deceived"]
		if got := [3]string{l.Stipulated.String(), l.Stated.String(), l.Known[mla.CentralAuthority].String()}; got != [3]string{x.stipulated, x.stated, x.known} {
			t.Errorf("%s gives stipulated, stated, known %v", x.row, got)
		}
		stated, ok := c.Stated()["conduct.deceived"]
		if ok != (x.stated != "(no value)") || ok && stated.String() != x.stated {
			t.Errorf("%s: the letter states %v", x.row, stated)
		}
	}
	if v := small(t, "conduct.deceived: true", "person.age: 16").Stipulated()["person.age"]; v != mla.Int(16) {
		t.Errorf("an age is read as %v", v)
	}
}

// A question has one answer or several, in the order in which it is asked.
func TestScriptForms(t *testing.T) {
	c := small(t, "  draft: {after: 3}", "  draft:\n    - {after: 3}\n    - {after: 5, learns: {conduct.deceived: false}, source: a call}\n  intake: {}")
	second, ok := c.Script.Answer(mla.QDraft, 1)
	if !ok || second.When().After != 5 || second.When().Learns["conduct.deceived"] != mla.Bool(false) || second.When().Source != "a call" {
		t.Errorf("the second draft is %+v", second)
	}
	if _, ok := c.Script.Answer(mla.QDraft, 2); ok {
		t.Error("there is a third draft")
	}
	if a, ok := c.Script.Answer(mla.QIntake, 0); !ok || a.When().After != 0 {
		t.Errorf("an answer with nothing to say is %+v", a)
	}
	d, ok := c.Script[mla.QDecide][0].(mla.DecideAnswer)
	if !ok || d.Method != mla.ByConduct || len(d.Raises) != 1 || d.Raises[0] != "uncc/40(22)" {
		t.Errorf("the decision is %+v", c.Script[mla.QDecide][0])
	}
}

func TestTimesAndLetter(t *testing.T) {
	c := small(t)
	if !c.Start.Equal(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)) || c.Start.Location() != time.UTC || c.Horizon != 400 {
		t.Errorf("from %v for %d days", c.Start, c.Horizon)
	}
	want := mla.Request{Reference: "small", Requesting: "cassia", Requested: "alder"}
	if r := c.Request; r.Reference != want.Reference || r.Requesting != want.Requesting || r.Requested != want.Requested || !r.Confidential || r.Urgent {
		t.Errorf("the letter is %+v", r)
	}
	// Whoever adds an instrument to the letter must not add it to the case.
	_ = append(c.Request.Instruments, "budapest")
	if len(c.Regimes) != 1 || c.Regimes[0] != "uncc" {
		t.Errorf("regimes %v", c.Regimes)
	}
}

func TestFoldedTextAndAbsentViews(t *testing.T) {
	c := small(t, "  conduct: Somebody was deceived.", "  conduct: >\n    Somebody\n    was deceived.",
		"    outcome: granted", "    outcome: granted\n    gaps: {G01.IndefiniteShare: {auditor: 0.5, public: null}}")
	if c.Request.Conduct != "Somebody was deceived." {
		t.Errorf("conduct is %q", c.Request.Conduct)
	}
	views := c.Expect["uncc"].Gaps["G01.IndefiniteShare"]
	if p, ok := views["public"]; !ok || p != nil || views["auditor"] == nil || *views["auditor"] != 0.5 {
		t.Errorf("views are %v", views)
	}
}

func TestWhatATruthFileDoesNotSayIsNotNo(t *testing.T) {
	raw, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Replace(string(raw), "  abusive: false\n", "  abusive: false\n  protected_conduct: false\n", 1)
	for text, want := range map[string]bool{string(raw): false, said: true} {
		c, err := Parse("small.yaml", []byte(text), newFixed(t))
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Truth.ProtectedConduct; (got != nil) != want || got != nil && *got {
			t.Errorf("laid down %t: protected conduct is %v", want, got)
		}
		if c.Truth.Overbroad != nil || c.Truth.OwnImage != nil || c.Truth.GoodFaithResearch != nil || c.Truth.PoliticalCharacter != nil {
			t.Errorf("nothing says so: %+v", c.Truth)
		}
	}
}
