package report

import (
	"encoding/csv"
	"strings"
	"testing"

	"rogatory/internal/measure"
)

// someMeasures are three figures: one defined, of many cases, one that cannot be told, and one that needs runs.
func someMeasures(t *testing.T) *Measures {
	t.Helper()
	of := func(id string, v, public measure.Value) Figure {
		m, ok := measure.ByID(id)
		if !ok {
			t.Fatalf("there is no measure %s", id)
		}
		return NewFigure(m, v, public)
	}
	sealed := measure.Value{Lack: measure.CannotTell, Reason: "2 of 9 cases cannot be told: sealed"}
	return &Measures{
		Dir: "logs", As: "auditor", Cases: 9, Prices: measure.Prices, Caveat: Caveat,
		Figures: []Figure{
			of("G31.NoticeRate.1y", measure.Value{
				Defined: true, Number: 0.125, Numerator: 1, Denominator: 8, Cases: 8, Interval: &measure.Interval{Low: 0.02, High: 0.4},
				Events: []string{"c1/alder/4"}, Rests: 31,
			}, measure.Value{Defined: true, Number: 0.25}),
			of("G27.FalseDual", sealed, sealed),
			of("G16.DetectSlope", measure.Value{Lack: measure.NoneOnRecord, Reason: "it compares runs, and this is one"}, sealed),
		},
	}
}

func TestAFigureIsToldWithAllItTakesToTraceIt(t *testing.T) {
	var b strings.Builder
	if err := someMeasures(t).Terminal(&b, Style{Width: 100}); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(b.String()), " ")
	for _, want := range []string{
		"Measures of 9 cases in logs, as auditor", "13 % (1 of 8, 8 cases, 2 % to 40 %)", "Articles: uncc 24, uncc 36, uncc 40(20).",
		"Rests on c1/alder/4 and 30 more.", "cannot tell Because 2 of 9 cases cannot be told: sealed.", "needs runs", "Made of G16.Refused.", "Critics say that nothing ever",
	} {
		if !strings.Contains(strings.ReplaceAll(said, nbsp, " "), want) {
			t.Errorf("it does not say %q:\n%s", want, b.String())
		}
	}
}

func TestTheDashboardShowsWhatThePublicHas(t *testing.T) {
	m := someMeasures(t)
	m.Dashboard = []Line{{Asks: "Are people told?", Measures: []string{"G31.NoticeRate.1y", "G27.FalseDual"}}}
	m.Prices = nil
	var b strings.Builder
	if err := m.Terminal(&b, Style{Width: 100}); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(strings.ReplaceAll(b.String(), nbsp, " ")), " ")
	for _, want := range []string{"Are people told? G31.NoticeRate.1y 13 % 25 % 1 of 8", "? 2 of 9 cases cannot be told: sealed: G27.FalseDual.", "Nothing to count G16.DetectSlope."} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, b.String())
		}
	}
	if gap := m.Figures[0].VisibilityGap; gap == nil || *gap != 0.125 {
		t.Errorf("visibility gap %v, want an eighth", gap)
	}
}

func TestWhatIsUndefinedIsNoZeroInCSV(t *testing.T) {
	var b strings.Builder
	if err := someMeasures(t).CSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[1][1] != "0.125" || rows[2][1] != "" || rows[2][10] != "cannot-tell" || rows[2][11] == "" {
		t.Errorf("rows %q", rows[1:])
	}
}
