package scenario_test

import (
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
)

// caseForm is the id of a case: of a gap, or of an honest request; a further case of either has a word after it.
var caseForm = regexp.MustCompile(`^(honest|g(0[1-9]|[1-3][0-9]|4[0-8]))(-[a-z]+)*$`)

func TestTheShippedCasesAreThoseAskedFor(t *testing.T) {
	ids := scenario.IDs()
	if len(ids) == 0 || ids[0] != "honest" {
		t.Fatalf("the honest case does not come first of %v", ids)
	}
	for _, id := range ids {
		if !caseForm.MatchString(id) {
			t.Errorf("%s is no id of a shipped case", id)
		}
	}
}

// A trainer needs every part; a case without expectations would be a test of nothing.
func TestShippedCasesAreComplete(t *testing.T) {
	for _, c := range shipped(t) {
		t.Run(c.ID, func(t *testing.T) {
			for _, r := range c.Regimes {
				e := c.Expect[r]
				if e.Outcome == "" || len(e.Occur) == 0 || len(e.Never) == 0 || c.Request.Channel == mla.Formal && len(e.Grounds) == 0 {
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
			name, _, _ := strings.Cut(c.ID, "-")
			if name == "honest" != (len(c.Gaps) == 0) {
				t.Errorf("gaps %v", c.Gaps)
			}
			if len(c.Gaps) > 0 && strings.ToLower(c.Gaps[0]) != name {
				t.Errorf("the case is about %v", c.Gaps)
			}
			if len(c.Gaps) > 0 && len(c.Flips) == 0 {
				t.Error("no safeguard is tried on it")
			}
			for _, q := range answered(c) {
				if _, ok := c.Script.Answer(q, 0); !ok {
					t.Errorf("nobody answers %s", q)
				}
			}
		})
	}
}

// answered lists the questions that a case must have answers to, by the way in which its data are sought and by how far its
// author expects it to come.
func answered(c *scenario.Case) []mla.Question {
	switch c.Request.Channel {
	case mla.Formal:
		qs := []mla.Question{mla.QDraft, mla.QIntake, mla.QDecide}
		if c.Expect[c.Regimes[0]].Outcome.Grants() {
			qs = append(qs, mla.QAuthorise, mla.QComply, mla.QNeedEnds)
		}
		return qs
	case mla.Direct:
		return []mla.Question{mla.QDraft, mla.QAuthorise, mla.QComply, mla.QNeedEnds}
	case mla.Contact:
		return []mla.Question{mla.QContact, mla.QContactTell}
	case mla.Voluntary:
		return []mla.Question{mla.QApproach, mla.QDisclose}
	case mla.JointTeam:
		return []mla.Question{mla.QTeam, mla.QShare}
	case mla.Transborder:
		return []mla.Question{mla.QAccess}
	default:
		return []mla.Question{mla.QShare}
	}
}

// Every case puts a trainee a question whose answers part. The first honest case is there to compare with.
func TestEveryCaseCanBeTrained(t *testing.T) {
	for _, c := range shipped(t) {
		if c.Train.Desk == "" {
			if c.ID != "honest" {
				t.Errorf("%s puts no question to a trainee", c.ID)
			}
			continue
		}
		judged := map[bool]bool{}
		for _, j := range c.Train.Rubric {
			judged[j.Defensible] = true
			if !strings.HasSuffix(j.Why, ".") {
				t.Errorf("%s: no sentence: %q", c.ID, j.Why)
			}
		}
		if !judged[true] || !judged[false] {
			t.Errorf("%s: the rubric parts nothing: %+v", c.ID, c.Train.Rubric)
		}
	}
}

// Who asks whom for what is fixed by the cards, and so is whether it was asked for an improper purpose. A further case of a
// gap goes the same way for another purpose, or says its own.
func TestRoutesAreThoseOfTheCards(t *testing.T) {
	cards := map[string]struct{ route, abuse string }{
		"honest":          {"alder gorse fraud 8", ""},
		"honest-findings": {"fern gorse fraud 7", ""},
		"g01":             {"cassia alder fraud 5", ""},
		"g02":             {"dogwood fern undermining-digital-order 6", ""},
		"g03":             {"cassia alder money-laundering 8", ""},
		"g04":             {"birch alder fraud 6", ""},
		"g05":             {"cassia alder extortion 7 direct", ""},
		"g06":             {"cassia alder insult-of-official 4 direct", ""},
		"g07":             {"fern alder organised-group 10", ""},
		"g08":             {"cassia birch fraud 5", ""},
		"g09":             {"dogwood gorse theft 4", "dissent"},
		"g10":             {"cassia birch illegal-access 4", ""},
		"g11":             {"dogwood gorse misuse-of-devices 6", ""},
		"g11-false":       {"dogwood gorse misuse-of-devices 6", ""},
		"g12":             {"cassia elm child-abuse-material 10", ""},
		"g13":             {"fern birch child-abuse-material 10", ""},
		"g14":             {"dogwood cassia blasphemy 5", ""},
		"g15":             {"birch elm homicide 99", ""},
		"g16":             {"dogwood elm fraud 6", "dissent"},
		"g17":             {"elm alder fraud 5", ""},
		"g17-unrecorded":  {"elm cassia fraud 5", ""},
		"g18":             {"cassia alder false-information 4", ""},
		"g19":             {"dogwood alder tax-fraud 7", "dissent"},
		"g20":             {"fern alder obstruction-of-justice 3 direct", "dissent"},
		"g21":             {"elm alder fraud 5", ""},
		"g22":             {"cassia alder fraud 5 direct", ""},
		"g23":             {"dogwood alder illegal-access 4", "dissent"},
		"g24":             {"fern alder conspiracy 8", ""},
		"g25":             {"cassia alder sedition 7", "dissent"},
		"g26":             {"alder fern extortion 10", ""},
		"g27":             {"dogwood alder illegal-access 4", ""},
		"g28":             {"cassia alder defamation 4", "political"},
		"g29":             {"cassia alder sedition 7", "political"},
		"g30":             {"dogwood birch terrorism-financing 12", "minority"},
		"g31":             {"cassia alder corruption 6", ""},
		"g32":             {"cassia alder system-interference 8", ""},
		"g33":             {"cassia alder fraud 5", ""},
		"g34":             {"cassia birch fraud 5", ""},
		"g35":             {"fern cassia undermining-digital-order 5 spontaneous", "political"},
		"g36":             {"cassia gorse extortion 7 contact", "personal-grudge"},
		"g37":             {"cassia alder theft 4 voluntary", "personal-grudge"},
		"g38":             {"fern birch trafficking 12 joint-team", "diaspora"},
		"g39":             {"dogwood alder undermining-digital-order 6", "diaspora"},
		"g40":             {"cassia birch theft 4 direct", ""},
		"g41":             {"dogwood birch fraud 6", "dissent"},
		"g42":             {"fern cassia insult-of-official 5", "diaspora"},
		"g43":             {"birch alder homicide 99", ""},
		"g44":             {"birch alder tax-fraud 6", ""},
		"g45":             {"dogwood alder trafficking 99", ""},
		"g46":             {"gorse alder fraud 6", "economic"},
		"g47":             {"cassia elm fraud 5", ""},
		"g48":             {"elm alder child-abuse-material 8 voluntary", ""},
	}
	for _, c := range shipped(t) {
		r := c.Request
		card, ok := cards[c.ID]
		if !ok {
			t.Errorf("%s has no card", c.ID)
			continue
		}
		got := strings.Join([]string{string(r.Requesting), string(r.Requested), r.Offence.Label, mla.Int(int64(r.Offence.MaxPenaltyYears)).String()}, " ")
		if r.Channel != mla.Formal {
			got += " " + string(r.Channel)
		}
		if got != card.route || c.Truth.AbuseKind != card.abuse {
			t.Errorf("%s: %s, %q; the card has %s, %q", c.ID, got, c.Truth.AbuseKind, card.route, card.abuse)
		}
		if r.Reference != c.ID || !slices.Equal(r.Instruments, c.Regimes[:1]) {
			t.Errorf("%s: the letter is %s under %v", c.ID, r.Reference, r.Instruments)
		}
	}
}

func TestTruthOfTheCases(t *testing.T) {
	c, err := scenario.ByID("g12", lawOf(t))
	if err != nil {
		t.Fatal(err)
	}
	if c.Truth.Age == nil || *c.Truth.Age != 16 || c.Truth.OwnImage == nil || !*c.Truth.OwnImage {
		t.Errorf("g12: truth %+v", c.Truth)
	}
	c, err = scenario.ByID("g11", lawOf(t))
	if err != nil {
		t.Fatal(err)
	}
	if c.Truth.SubjectRole != "researcher" || c.Truth.GoodFaithResearch == nil || !*c.Truth.GoodFaithResearch {
		t.Errorf("g11: truth %+v", c.Truth)
	}
	if c.Truth.NeedEndsAfter == nil {
		t.Error("g11: the need never ends")
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
