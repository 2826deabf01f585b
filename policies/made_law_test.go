package policies_test

import (
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// madeLaw loads the law that ships with one text of one file replaced.
func madeLaw(t *testing.T, pair policies.Pair, file, old, new string) *policies.Law {
	t.Helper()
	files := shippedBundle(t).Files()
	if strings.Count(string(files[file]), old) != 1 {
		t.Fatalf("%s: %q is not there once", file, old)
	}
	files[file] = []byte(strings.Replace(string(files[file]), old, new, 1))
	b, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	l, err := b.Law(pair)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestOfSeveralOffencesTheHighestPenaltyCounts(t *testing.T) {
	const old = "label: insult-of-official\n    max_penalty_years: 5"
	for years, want := range map[string]string{"2": "5", "9": "9"} {
		law := madeLaw(t, policies.Pair{Instruments: []string{"uncc"}, Requesting: "dogwood", Requested: "fern"}, "states/fern.yaml",
			old, strings.Replace(old, "5", years, 1))
		r, err := law.Why("uncc/2(h) both-laws", letter("sedition", 6), complete(t, opinion))
		if err != nil {
			t.Fatal(err)
		}
		if text := outline(r, 0); !strings.Contains(text, "= "+want+": requested.conduct_penalty_years") {
			t.Errorf("with %s years beside 5, want %s:\n%s", years, want, text)
		}
	}
}

func TestTheLastParagraphOfARangeGivesWayToo(t *testing.T) {
	pair := policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "alder"}
	known := complete(t, y("pair.other_mla_treaty", "own_case.prejudiced"))
	for to, want := range map[string]mla.Answer{"28": mla.No, "27": mla.Yes} {
		law := madeLaw(t, pair, "regimes/uncc.yaml", "to: 31", "to: "+to)
		a := law.Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct)
		if got := finding(t, a, "uncc/40(28)").Holds; got != want {
			t.Errorf("up to paragraph %s: 40(28) %s, want %s", to, got, want)
		}
	}
}

func TestTheMostIntrusiveCategoryIsTheLettersCategory(t *testing.T) {
	law := madeLaw(t, policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "alder"}, "regimes/uncc.yaml",
		"request.category != \"subscriber\"\n    says: Where traffic data are kept", "request.category == \"traffic\"\n    says: Where traffic data are kept")
	for _, c := range []struct {
		asked []mla.Category
		want  mla.Answer
	}{
		{[]mla.Category{mla.Traffic, mla.Subscriber}, mla.Yes},
		{[]mla.Category{mla.Subscriber, mla.Traffic}, mla.Yes},
		{[]mla.Category{mla.Content, mla.Traffic}, mla.No},
		{[]mla.Category{mla.Subscriber}, mla.No},
		{nil, mla.Unknown},
	} {
		req := letter("fraud", 5)
		req.Scope.Categories = c.asked
		a := law.Assess(mla.StagePreservation, req, complete(t, nil), mla.ByConduct)
		if got := finding(t, a, "uncc/43(1)").Holds; got != c.want {
			t.Errorf("%v: %s, want %s", c.asked, got, c.want)
		}
	}
}

func TestAStateWithoutOffencesPunishesNothing(t *testing.T) {
	files := shippedBundle(t).Files()
	text := string(files["states/elm.yaml"])
	from, to := strings.Index(text, "offences:\n"), strings.Index(text, "authorisation:")
	files["states/elm.yaml"] = []byte(text[:from] + "offences: []\n" + text[to:])
	b, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	law, err := b.Law(policies.Pair{Instruments: []string{"budapest"}, Requesting: "cassia", Requested: "elm"})
	if err != nil {
		t.Fatal(err)
	}
	d := law.Assess(mla.StageAdmissibility, letter("fraud", 5), nil, mla.ByConduct).DualCriminality
	if d.ByConduct != mla.No || d.ByLabel != mla.No {
		t.Errorf("%+v", d)
	}
}

func TestOfSeveralInstrumentsEachSpeaksAndTheFirstAnswersWhatHasOneAnswer(t *testing.T) {
	known := complete(t, y("conduct.proceeds_moved"))
	for first, want := range map[string]mla.Answer{"budapest": mla.Yes, "uncc": mla.No} {
		instruments := []string{first, "uncc"}
		if first == "uncc" {
			instruments[1] = "budapest"
		}
		a := lawOf(t, "elm", "alder", instruments...).Assess(mla.StageAdmissibility, letter("money-laundering", 8), known, mla.ByConduct)
		if a.DualCriminality.ByConduct != want {
			t.Errorf("%s first: by conduct %s, want %s", first, a.DualCriminality.ByConduct, want)
		}
		// Its own test decides each instrument's own rule, whatever stands first.
		if got := finding(t, a, "uncc/40(8) dual-criminality").Holds; got != mla.Yes {
			t.Errorf("%s first: 40(8) %s", first, got)
		}
		if got := finding(t, a, "budapest/25(4) dual-criminality").Holds; got != mla.No {
			t.Errorf("%s first: 25(4) %s", first, got)
		}
	}
}
