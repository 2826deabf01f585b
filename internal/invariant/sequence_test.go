package invariant

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rogatory/internal/mla"
)

// numbering is a list of events whose numbers or times are wrong.
type numbering struct {
	name      string
	invariant int
	events    []mla.Event
}

func numberings() []numbering {
	change := func(i int, f func(e *mla.Event)) []mla.Event {
		es := granted().events()
		f(&es[i])
		return es
	}
	end := len(granted()) - 1 // an internal event, the last on the log of Alder
	return []numbering{
		{"a number is left out", 7, change(end, func(e *mla.Event) { e.Sequence++ })},
		{"a log does not begin at 0", 7, slices.DeleteFunc(granted().events(), func(e mla.Event) bool {
			return e.Party == alder && e.Sequence == 0
		})},
		{"an event is on the log twice", 7, append(granted().events(), granted().events()[end])},
		{"an id has two contents", 7, append(granted().events(), change(end, func(e *mla.Event) { e.Policy = "other" })[end])},
		{"legal time runs back by a second", 7, change(end, func(e *mla.Event) { e.At = day(206).Add(-time.Second) })},
		{"an event of another case is on the log", 7, change(end, func(e *mla.Event) { e.Case = "c2" })},
	}
}

func TestSequencesBroken(t *testing.T) {
	for _, tt := range numberings() {
		t.Run(tt.name, func(t *testing.T) {
			if got := broken(Check(law, tt.events)); !slices.Contains(got, 7) {
				t.Errorf("broken: %v, want 7 among them", got)
			}
		})
	}
}

func TestADoubleIsReportedOnceAndOtherwiseIgnored(t *testing.T) {
	events := granted().events()
	for i, e := range events {
		found := Check(law, slices.Insert(slices.Clone(events), i+1, e))
		if len(found) != 1 || found[0].Invariant != 7 || found[0].Event != e.ID() {
			t.Errorf("event %s repeated: %v, want one violation of promise 7 there", e.ID(), found)
		}
	}
}

func TestAnEventOfAnotherCaseIsNoDouble(t *testing.T) {
	events := granted().events()
	stray := events[0]
	stray.Case, stray.At = "c2", events[len(events)-1].At
	says := ""
	for _, v := range Check(law, append(events, stray)) {
		says += v.Says + "; "
	}
	if !strings.Contains(says, "case c2 among those of case c1") || strings.Contains(says, "one id") {
		t.Errorf("got %q", says)
	}
}

// Whatever is done to the order, the number or the time of one event shows, unless it leaves both logs as they were.
func TestMutationsThatBreakSequenceAreDetected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.SampledFrom([]stream{granted(), refused()}).Draw(t, "case").events()
		events := slices.Clone(base)
		i := rapid.IntRange(0, len(events)-1).Draw(t, "event")
		switch rapid.SampledFrom([]string{"drop", "repeat", "swap", "backdate", "renumber"}).Draw(t, "mutation") {
		case "drop":
			events = slices.Delete(events, i, i+1)
		case "repeat":
			j := rapid.IntRange(i, len(events)).Draw(t, "place")
			events = slices.Insert(events, j, events[i])
		case "swap":
			j := rapid.IntRange(0, len(events)-1).Draw(t, "other")
			events[i], events[j] = events[j], events[i]
		case "backdate":
			events[i].At = events[i].At.Add(-time.Duration(rapid.IntRange(1, 1000).Draw(t, "hours")) * time.Hour)
		case "renumber":
			events[i].Sequence += rapid.IntRange(-3, 3).Draw(t, "by")
		}
		sound := ordered(events)
		got := slices.Contains(broken(Check(law, events)), 7)
		if got == sound {
			t.Fatalf("promise 7 found broken: %v, and the logs are in order: %v", got, sound)
		}
	})
}

// ordered says by itself whether each log counts from 0 and its time never runs back. A log cut off at its end is.
func ordered(events []mla.Event) bool {
	next, last := map[mla.State]int{}, map[mla.State]time.Time{}
	for _, e := range events {
		if e.Sequence != next[e.Party] || e.At.Before(last[e.Party]) {
			return false
		}
		next[e.Party], last[e.Party] = e.Sequence+1, e.At
	}
	return true
}
