package policies_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"rogatory/policies"
)

// The table of the research notes (testdata/comparison.md is a copy) can be made again from the data, and each cell of
// another sort there is explained in the data.
func TestEveryDifferenceFromTheNotesIsExplainedInTheData(t *testing.T) {
	notes, err := os.ReadFile("testdata/comparison.md")
	if err != nil {
		t.Fatal(err)
	}
	table := shippedBundle(t).Comparison()
	if len(table.Rows) != 34 {
		t.Errorf("%d rows, want 34", len(table.Rows))
	}
	differences, err := table.Against(string(notes))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		if d.Why == "" {
			t.Errorf("%s, %s: the notes have %q, the data another sort, and no differs:", d.Instrument, d.Key, d.Says)
		}
	}
	text := table.Markdown()
	if n := strings.Count(text, "\n|"); n != 35 {
		t.Errorf("%d lines of table, want 35 after the first", n)
	}
	if !strings.Contains(text, "uncc (not in force)") || strings.Contains(text, "budapest (not in force)") {
		t.Error("the table does not say what is in force")
	}
}

// Of an instrument whose text was not seen in full, silence where the notes have a dash is a claim, and says what it rests on.
func TestSilenceOfATextThatWasNotSeenIsExplained(t *testing.T) {
	notes, err := os.ReadFile("testdata/comparison.md")
	if err != nil {
		t.Fatal(err)
	}
	unseen := map[string]int{"budapest-2ap": 3, "un-model-treaty": 6, "eu-e-evidence": 7, "cloud-act": 9} // columns of the notes
	var rows [][]string
	for line := range strings.Lines(string(notes)) {
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| parameter") {
			rows = append(rows, strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|"))
		}
	}
	b, dashes := shippedBundle(t), 0
	for id, column := range unseen {
		r, err := b.Instrument(id)
		if err != nil {
			t.Fatal(err)
		}
		for i, key := range policies.ParameterKeys {
			if strings.TrimSpace(rows[i][column]) != "-" {
				continue
			}
			dashes++
			if p := r.Parameter(key); p.Is == policies.Silent && p.Differs == "" {
				t.Errorf("%s, %s: silence is claimed of a text that was not seen, and nothing says why", id, key)
			}
		}
	}
	if dashes < 20 {
		t.Errorf("%d dashes in the notes, want 20 or more", dashes)
	}
}

func TestNotesOfAnotherShapeAreAnError(t *testing.T) {
	table := shippedBundle(t).Comparison()
	for _, notes := range []string{"", "| parameter | UNCC |\n"} {
		if _, err := table.Against(notes); err == nil {
			t.Errorf("%q was read", notes)
		}
	}
}

func TestTheUNConventionAgainstBudapest(t *testing.T) {
	b := shippedBundle(t)
	diffs, err := b.Diff(policies.Subject{Instrument: "uncc"}, policies.Subject{Instrument: "budapest"})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]policies.ParameterDiff{}
	for _, d := range diffs {
		got[d.Sort+" "+d.Key] = d
	}
	if d := got["parameter use-limitation"]; !strings.HasPrefix(d.A, "banned by default") || !strings.HasPrefix(d.B, "only where made") {
		t.Errorf("%+v", d)
	}
	if d, ok := got["parameter transparency"]; ok {
		t.Errorf("both are silent: %+v", d)
	}
	political := false
	for _, d := range diffs {
		political = political || d.Sort == "rule" && d.A == "" && strings.HasPrefix(d.B, "27(4)(a):")
	}
	if !political {
		t.Error("only Budapest has a ground for political offences, and the difference is not told")
	}
	// Equal law in other words, under other numbers, is no difference: the sixty days, the ninety, essential interests.
	for _, d := range diffs {
		for _, article := range []string{"42(1)", "42(3)", "42(4)", "42(8)", "25(1)", "25(2)", "25(3)", "40(21)(b)", "40(27)", "24(1)", "24(3)"} {
			if d.Sort == "rule" && d.B == "" && strings.HasPrefix(d.A, article+": ") && !strings.Contains(d.A, "called for") && !strings.Contains(d.A, "dual criminality") {
				t.Errorf("told as a difference: %s", d.A)
			}
		}
		for _, article := range []string{"29(1)", "29(2)", "29(3)", "29(7)", "16(1)", "16(2)", "16(3)", "27(4)(b)", "27(5)", "15(1)", "15(3)"} {
			if d.Sort == "rule" && d.A == "" && strings.HasPrefix(d.B, article+": ") {
				t.Errorf("told as a difference: %s", d.B)
			}
		}
	}
	for _, key := range []string{"parameter preservation-home", "parameter postponement", "parameter compelled-help", "parameter secrecy-end",
		"timer preservation-abroad", "timer preservation-home"} {
		if d, ok := got[key]; ok {
			t.Errorf("equal, and told as a difference: %+v", d)
		}
	}
	// Unequal law is one, though it is about the same thing.
	for _, article := range []string{"35(3)", "24(2)", "40(25)"} {
		if !slices.ContainsFunc(diffs, func(d policies.ParameterDiff) bool { return d.Sort == "rule" && strings.HasPrefix(d.A, article+": ") }) {
			t.Errorf("uncc %s is not told as a difference", article)
		}
	}
	same, err := b.Diff(policies.Subject{Instrument: "uncc"}, policies.Subject{Instrument: "uncc"})
	if err != nil || len(same) != 0 {
		t.Errorf("%v, %v", same, err)
	}
}

func TestAnInstrumentAgainstItselfWithSafeguards(t *testing.T) {
	b := shippedBundle(t)
	with := policies.Subject{Instrument: "uncc", Safeguards: []string{"L02", "L06"}}
	diffs, err := b.Diff(policies.Subject{Instrument: "uncc"}, with)
	if err != nil || with.String() != "uncc with L02, L06" {
		t.Fatal(err, with)
	}
	sorts := map[string]int{}
	for _, d := range diffs {
		sorts[d.Sort]++
		if d.A != "" {
			t.Errorf("safeguards take away: %+v", d)
		}
	}
	if sorts["term"] != 3 || sorts["rule"] != 2 || sorts["duty"] != 3 {
		t.Errorf("%v", sorts)
	}
	if _, err := b.Diff(policies.Subject{Instrument: "unc"}, with); err == nil {
		t.Error("there is no such instrument")
	}
}
