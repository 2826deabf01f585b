package scenario_test

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
)

func TestTheShippedCasesAreThoseAskedFor(t *testing.T) {
	want := []string{"honest", "g01", "g02", "g03", "g11", "g12", "g27", "g28", "g29"}
	if got := scenario.IDs(); !slices.Equal(got, want) {
		t.Errorf("shipped cases are %v, want %v", got, want)
	}
}

// A trainer needs every part; a case without expectations would be a test of nothing.
func TestShippedCasesAreComplete(t *testing.T) {
	for _, c := range shipped(t) {
		t.Run(c.ID, func(t *testing.T) {
			if !slices.Equal(c.Regimes, []string{"uncc", "budapest"}) {
				t.Errorf("told for %v", c.Regimes)
			}
			for _, r := range c.Regimes {
				if e := c.Expect[r]; e.Outcome == "" || len(e.Grounds) == 0 || len(e.Occur) == 0 || len(e.Never) == 0 {
					t.Errorf("expects too little under %s: %+v", r, e)
				}
			}
			if len(c.Mechanism) != 3 {
				t.Errorf("the mechanism has %d sentences", len(c.Mechanism))
			}
			for _, s := range append(slices.Clone(c.Mechanism), c.Teaches, c.CounterView, c.Claim) {
				if !strings.HasSuffix(s, ".") {
					t.Errorf("no sentence: %q", s)
				}
			}
			if !strings.Contains(c.Question, "?") {
				t.Errorf("the question asks nothing: %q", c.Question)
			}
			if !strings.HasPrefix(c.Claim, "Critics say that ") {
				t.Errorf("the claim does not say who says so: %q", c.Claim)
			}
			if len(c.Sources) == 0 || len(c.Notes) == 0 {
				t.Error("no sources or no notes")
			}
			if (c.ID == "honest") != (len(c.Gaps) == 0) {
				t.Errorf("gaps %v", c.Gaps)
			}
			if len(c.Gaps) == 1 && strings.ToLower(c.Gaps[0]) != c.ID {
				t.Errorf("the case is about %v", c.Gaps)
			}
			for _, q := range []mla.Question{mla.QDraft, mla.QIntake, mla.QDecide, mla.QAuthorise, mla.QComply, mla.QNeedEnds} {
				if _, ok := c.Script.Answer(q, 0); !ok {
					t.Errorf("nobody answers %s", q)
				}
			}
		})
	}
}

// Who asks whom for what is fixed by the cards.
func TestRoutesAreThoseOfTheCards(t *testing.T) {
	cards := map[string]string{
		"honest": "alder gorse fraud 8",
		"g01":    "cassia alder fraud 5",
		"g02":    "dogwood fern undermining-digital-order 6",
		"g03":    "cassia alder money-laundering 8",
		"g11":    "dogwood gorse misuse-of-devices 6",
		"g12":    "cassia elm child-abuse-material 10",
		"g27":    "dogwood alder illegal-access 4",
		"g28":    "cassia alder defamation 4",
		"g29":    "cassia alder sedition 7",
	}
	for _, c := range shipped(t) {
		r := c.Request
		got := strings.Join([]string{string(r.Requesting), string(r.Requested), r.Offence.Label, mla.Int(int64(r.Offence.MaxPenaltyYears)).String()}, " ")
		if got != cards[c.ID] {
			t.Errorf("%s: %s, the card has %s", c.ID, got, cards[c.ID])
		}
		if r.Reference != c.ID || !slices.Equal(r.Instruments, []string{"uncc"}) {
			t.Errorf("%s: the letter is %s under %v", c.ID, r.Reference, r.Instruments)
		}
	}
}

func TestTruthOfTheCases(t *testing.T) {
	for _, c := range shipped(t) {
		tr := c.Truth
		if abusive := c.ID == "g28" || c.ID == "g29"; tr.Abusive != abusive || (tr.AbuseKind == "political") != abusive {
			t.Errorf("%s: abusive %v, kind %q", c.ID, tr.Abusive, tr.AbuseKind)
		}
		if tr.NeedEndsAfter == nil {
			t.Errorf("%s: the need never ends", c.ID)
		}
	}
	c, err := scenario.ByID("g12", lawOf(t))
	if err != nil {
		t.Fatal(err)
	}
	if c.Truth.Age == nil || *c.Truth.Age != 16 || !c.Truth.OwnImage {
		t.Errorf("g12: truth %+v", c.Truth)
	}
	c, err = scenario.ByID("g11", lawOf(t))
	if err != nil {
		t.Fatal(err)
	}
	if c.Truth.SubjectRole != "researcher" || !c.Truth.GoodFaithResearch {
		t.Errorf("g11: truth %+v", c.Truth)
	}
}

// What is stipulated and not said must not be found in anything the procedure is given.
func TestTheStipulatedLayerDoesNotLeak(t *testing.T) {
	hidden := 0
	for _, c := range shipped(t) {
		stated, known := c.Stated(), c.Known()
		for p, l := range c.Facts {
			if v, ok := stated[p]; ok && v != l.Stated || !ok && !l.Stated.IsZero() {
				t.Errorf("%s: the letter states %s as %v, the file has %v", c.ID, p, v, l.Stated)
			}
			for role, v := range l.Known {
				if known[role][p] != v {
					t.Errorf("%s: %s knows %s as %v, the file has %v", c.ID, role, p, known[role][p], v)
				}
			}
			for _, role := range mla.Roles {
				if v, ok := known[role][p]; ok && v != l.Known[role] {
					t.Errorf("%s: %s knows %s, which nobody told it", c.ID, role, p)
				}
			}
			if l.Stated.IsZero() && len(l.Known) == 0 {
				hidden++
				if c.Stipulated()[p] != l.Stipulated {
					t.Errorf("%s: %s is lost", c.ID, p)
				}
			}
		}
		if slices.Collect(maps.Keys(known)) == nil {
			t.Errorf("%s: nobody knows anything", c.ID)
		}
		// The maps are copies: whoever changes what the letter states changes no case.
		stated["conduct.peaceful"] = mla.Word("changed")
		if c.Stated()["conduct.peaceful"] == mla.Word("changed") {
			t.Errorf("%s: Stated hands out the case's own map", c.ID)
		}
	}
	if hidden == 0 {
		t.Error("no shipped case has a fact that nobody knows, so this test shows nothing")
	}
}

// Exchanging the two States in a case file exchanges them in the letter and changes nothing else.
func TestSwappingTheStatesSwapsTheStates(t *testing.T) {
	v := lawOf(t)
	raw, err := os.ReadFile("cases/g29.yaml")
	if err != nil {
		t.Fatal(err)
	}
	swapped := strings.NewReplacer("requesting: cassia", "requesting: alder", "requested: alder", "requested: cassia").Replace(string(raw))
	a, err := scenario.Parse("g29.yaml", raw, v)
	if err != nil {
		t.Fatal(err)
	}
	b, err := scenario.Parse("g29.yaml", []byte(swapped), v)
	if err != nil {
		t.Fatal(err)
	}
	if b.Requesting != a.Requested || b.Requested != a.Requesting || b.Request.Requesting != a.Request.Requested || b.Request.Requested != a.Request.Requesting {
		t.Errorf("the letter goes from %s to %s", b.Request.Requesting, b.Request.Requested)
	}
	b.Requesting, b.Requested = a.Requesting, a.Requested
	b.Request.Requesting, b.Request.Requested = a.Request.Requesting, a.Request.Requested
	if diff := diffCases(a, b); diff != "" {
		t.Errorf("more than the States changed:\n%s", diff)
	}
}

func TestAnUnknownCaseIsAnsweredWithTheKnownOnes(t *testing.T) {
	_, err := scenario.ByID("G92", lawOf(t))
	if err == nil || !strings.Contains(err.Error(), "the cases are: honest, g01") {
		t.Errorf("got %v", err)
	}
	_, err = scenario.ByID("honset", lawOf(t))
	if err == nil || !strings.Contains(err.Error(), "did you mean honest?") {
		t.Errorf("got %v", err)
	}
	for _, id := range []string{"", "../honest", "honest.yaml", strings.Repeat("g", 1<<20)} {
		if _, err := scenario.ByID(id, lawOf(t)); err == nil || len(err.Error()) > 500 {
			t.Errorf("%.20q gives an error of %d bytes", id, len(err.Error()))
		}
	}
}

func TestEveryFaultCanBeHadByItself(t *testing.T) {
	_, err := scenario.Load("testdata/bad/several-faults.yaml", lawOf(t))
	var f scenario.Fault
	if !errors.As(err, &f) || f.Line != 4 || !strings.Contains(f.Message, "horizon") {
		t.Errorf("the first fault is %+v of %v", f, err)
	}
}
