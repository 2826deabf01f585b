package fault_test

import (
	"testing"

	"rogatory/internal/fault"
)

func TestAFaultSaysWhereWhatAndWhatToDo(t *testing.T) {
	f := fault.Fault{File: "g.yaml", Line: 3, Column: 5, Excerpt: "\tå: [x", Message: "no end", Fix: "close it"}
	if got, want := f.Error(), "g.yaml:3:5: no end (close it)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := f.Detail(), "g.yaml:3:5: no end (close it)\n    \tå: [x\n    \t   ^"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	whole := fault.Fault{File: "g.yaml", Message: "it is empty"}
	if got, want := whole.Detail(), "g.yaml: it is empty"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	beyond := fault.Fault{File: "g.yaml", Line: 1, Column: 99, Excerpt: "ab", Message: "m"}
	if got, want := beyond.Detail(), "g.yaml:1:99: m\n    ab\n      ^"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestDistanceCountsEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"unc", "uncc", 1}, {"alder", "elder", 1}, {"fern", "", 4}, {"gorse", "horse", 1}, {"kitten", "sitting", 3}} {
		if got := fault.Distance(c.a, c.b); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := fault.Distance(c.b, c.a); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.b, c.a, got, c.want)
		}
	}
}
