package docket_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
)

// TestAThirdStateObjectsInItsWindow holds the formal route to the notice that critics ask for: without it nobody is told; with
// it the decision waits, and an objection is a ground.
func TestAThirdStateObjectsInItsWindow(t *testing.T) {
	source, c := variant(t, "window")
	r, story := play(t, docket.Sim, source, c, []string{"uncc"})
	if told := only(story, mla.StateNotified, mla.StateObjected); r.Outcome != mla.Granted || len(told) > 0 {
		t.Errorf("without the safeguard: %s, %v", r.Outcome, told)
	}
	for _, v := range []struct {
		name    string
		changes []string
		outcome mla.Outcome
		wait    string // the hour of the last word, or of the end of the window, after the notices
	}{
		{"an objection", nil, mla.Refused, "192"},
		{"silence", []string{"  object-host: {after: 8, objects: true, reasons: A law of Gorse forbids it.}\n", ""}, mla.Granted, "240"},
		{"too late when it is urgent", []string{"residence: birch", "urgent: true\n  residence: birch"}, mla.Granted, "48"},
		{"an objection that is passed over", []string{", raises: [L18/objection]", ""}, mla.Granted, "192"},
	} {
		t.Run(v.name, func(t *testing.T) {
			source, c := variant(t, "window", v.changes...)
			var before []string
			roots := map[string]bool{}
			for _, clock := range docket.Clocks {
				r, story := play(t, clock, source, c, []string{"uncc"}, "L18")
				roots[r.Log.Root] = true
				if r.Outcome != v.outcome || len(r.Log.States) < 4 {
					t.Errorf("%s: outcome %s, logs %v", clock, r.Outcome, r.Log.States)
				}
				if before != nil {
					if diff := cmp.Diff(before, story); diff != "" {
						t.Errorf("the clocks differ: %s", diff)
					}
				}
				before = story
			}
			if len(roots) != 1 {
				t.Errorf("the clocks leave different logs: %v", roots)
			}
			told, reviewed := only(before, mla.StateNotified), only(before, mla.ReviewPerformed)
			if at, then := hours(t, told[0]), hours(t, reviewed[0]); then-at != hours(t, v.wait)+20*24 {
				t.Errorf("told at %gh, decided at %gh", at, then)
			}
		})
	}
}

// TestARegistryOfUsesStopsWhatNoTokenCovers plays one use and two passings-on with and without the registry.
func TestARegistryOfUsesStopsWhatNoTokenCovers(t *testing.T) {
	source, c := variant(t, "window")
	kinds := []mla.Kind{mla.UseRecorded, mla.UseBlocked, mla.OnwardTransferred}
	count := func(story []string) map[string]int {
		out := map[string]int{}
		for _, line := range only(story, kinds...) {
			_, what, _ := strings.Cut(line, " ")
			out[what]++
		}
		return out
	}
	// Consent is refused once and the State keeps to it; it passes the evidence on without asking, then asks and has consent.
	_, story := play(t, docket.Sim, source, c, []string{"uncc"})
	if diff := cmp.Diff(map[string]int{"cassia UseRecorded": 1, "cassia OnwardTransferred": 2, "dogwood OnwardTransferred received": 2}, count(story)); diff != "" {
		t.Errorf("without a registry (-want +got):\n%s", diff)
	}
	_, story = play(t, docket.Skip, source, c, []string{"uncc"}, "L11")
	if diff := cmp.Diff(map[string]int{"cassia UseRecorded": 1, "cassia UseBlocked": 2, "cassia OnwardTransferred": 1, "dogwood OnwardTransferred received": 1}, count(story)); diff != "" {
		t.Errorf("with a registry (-want +got):\n%s", diff)
	}
	// Another use without consent breaks the limit of UNCC 40(19), and says so.
	source, c = variant(t, "window", "within_request: true", "within_request: false")
	dir := t.TempDir() + "/run"
	if _, err := docket.Run(t.Context(), docket.Options{Case: c, Source: source, Instruments: []string{"uncc"}, Bundle: bundle(t), Clock: docket.Sim, Seed: "1", Dir: dir}); err != nil {
		t.Fatal(err)
	}
	seen, err := docket.Read(t.Context(), dir, mla.Roles...)
	if err != nil {
		t.Fatal(err)
	}
	want := []mla.Ground{{Rule: "uncc/40(19)", Article: "uncc 40(19)"}}
	for _, s := range seen {
		var got []mla.Ground
		switch b := s.Event.Body.(type) {
		case mla.UseRecordedBody:
			got = b.Departures
		case mla.OnwardTransferredBody:
			if b.Consent {
				if len(b.Departures) > 0 {
					t.Errorf("%s departs with consent", s.Event.ID())
				}
				continue
			}
			got = b.Departures
		default:
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", s.Event.ID(), diff)
		}
	}
}

// TestAFloorOfScrutinyTakesItsTime holds a review of four minutes to thirty, and to the time they take.
func TestAFloorOfScrutinyTakesItsTime(t *testing.T) {
	source, c := variant(t, "window")
	_, short := play(t, docket.Sim, source, c, []string{"uncc"})
	for _, clock := range docket.Clocks {
		_, long := play(t, clock, source, c, []string{"uncc"}, "L14")
		was, is := hours(t, only(short, mla.ReviewPerformed)[0]), hours(t, only(long, mla.ReviewPerformed)[0])
		if minutes := (is - was) * 60; minutes < 25.99 || minutes > 26.01 {
			t.Errorf("%s: the floor took %g minutes, want 26", clock, minutes)
		}
	}
}
