package report

import (
	"strings"
	"testing"
)

func TestCellsCountsWhatATerminalShows(t *testing.T) {
	for text, want := range map[string]int{
		"":             0,
		"Alder":        5,
		"Örtlich":      7,
		"e\u0301tat":   4, // an accent of its own
		"司法共助":         8,
		"ａｂ":           4,
		"a\u200bb":     2, // a space of no width
		"uncc\u00a040": 7,
	} {
		if got := cells(text); got != want {
			t.Errorf("cells(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestWrapKeepsEveryWordAndTheWidth(t *testing.T) {
	text := "The 司法共助の中央当局 sends the letter [uncc\u00a040(13), uncc\u00a040(15)] and averyveryverylongwordwithoutanyspace"
	for most := 2; most < 60; most++ {
		lines := wrap(text, most)
		for _, line := range lines {
			if cells(line) > most {
				t.Fatalf("width %d: line %q has %d cells", most, line, cells(line))
			}
		}
		got := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		want := strings.NewReplacer(" ", "", nbsp, "").Replace(text)
		if got != want {
			t.Fatalf("width %d: lines hold %q, want %q", most, got, want)
		}
	}
	for _, line := range wrap(text, 24) {
		if strings.HasSuffix(line, "uncc") {
			t.Errorf("a citation is broken: %q", line)
		}
	}
}

func TestPlainLetsNothingSteerTheTerminal(t *testing.T) {
	got := plain("a\x1b[31mb\u202ec\nd\te\xff")
	if want := "a\uFFFD[31mb\uFFFDc d e\uFFFD"; got != want {
		t.Errorf("plain = %q, want %q", got, want)
	}
}

func TestTableColumnsAreAlignedWithWideRunesAtEveryWidth(t *testing.T) {
	columns := []column{{head: "date", fixed: true}, {head: "n", right: true}, {head: "who"}, {head: "what"}}
	rows := [][]cell{
		{c("2027-03-01"), c("7"), c("司法"), c("x sends the letter and waits for an answer that does not come")},
		{c("2027-03-02"), c("1234"), c("Alder"), c("x 中央当局 decides")},
	}
	for width := narrowest; width <= widest; width++ {
		p := newPage(Style{Width: width})
		p.table(columns, rows)
		at := -1
		for line := range strings.Lines(p.b.String()) {
			line = strings.TrimRight(line, "\n")
			if cells(line) > width {
				t.Fatalf("width %d: line %q has %d cells", width, line, cells(line))
			}
			if strings.HasSuffix(line, " ") {
				t.Fatalf("width %d: line %q ends in a space", width, line)
			}
			i := strings.Index(line, "x ")
			if i < 0 {
				continue
			}
			if n := cells(line[:i]); at >= 0 && n != at {
				t.Fatalf("width %d: the last column begins at cell %d and at cell %d:\n%s", width, at, n, p.b.String())
			} else {
				at = n
			}
		}
		if at < 0 {
			t.Fatalf("width %d: the last column is not there:\n%s", width, p.b.String())
		}
	}
}

func TestColourIsOnlyForTerminalsAndNeverChangesTheText(t *testing.T) {
	set := func(colour bool) string {
		p := newPage(Style{Width: 80, Colour: colour})
		p.heading("Logs")
		p.text(2, "All eight hold.", good)
		p.table([]column{{head: "a"}, {head: "b"}}, [][]cell{{c("司法").in(strong), c("whole").in(good)}})
		return p.b.String()
	}
	bare, coloured := set(false), set(true)
	if strings.Contains(bare, "\x1b") {
		t.Errorf("colour where there is no terminal: %q", bare)
	}
	if !strings.Contains(coloured, "\x1b[32mwhole\x1b[0m") {
		t.Errorf("no colour: %q", coloured)
	}
	stripped := strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[32m", "").Replace(coloured)
	if stripped != bare {
		t.Errorf("with colour the text is\n%q, without it\n%q", stripped, bare)
	}
}
