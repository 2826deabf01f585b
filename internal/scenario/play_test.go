package scenario_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/activities"
	"rogatory/internal/docket"
	"rogatory/internal/invariant"
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/workflows"
)

// Each case is played under each law that its author expects something of, and held to it.
func TestPlayedCasesComeOutAsExpected(t *testing.T) {
	law := lawOf(t)
	for _, c := range shipped(t) {
		for _, key := range slices.Sorted(maps.Keys(c.Expect)) {
			t.Run(c.ID+" under "+key, func(t *testing.T) {
				want := c.Expect[key]
				regime, safeguards := scenario.LawOf(key)
				outcome, events := play(t, law, c, regime, safeguards...)
				if outcome != want.Outcome {
					t.Errorf("the outcome is %s, expected %s", outcome, want.Outcome)
				}
				seen := map[mla.Kind]bool{}
				for _, e := range events {
					seen[e.Kind] = true
				}
				for _, k := range want.Occur {
					if !seen[k] {
						t.Errorf("%s never occurs", k)
					}
				}
				for _, k := range want.Never {
					if seen[k] {
						t.Errorf("%s occurs", k)
					}
				}
				if len(want.Grounds) > 0 {
					checkRaised(t, want, events)
				}
				if len(safeguards) > 0 {
					checkHolds(t, want, events)
				}
				checkGaps(t, c, key, events)
			})
		}
	}
}

// Every case runs under every instrument, whatever its author had in mind, and so does each safeguard that is tried on it;
// what the procedure promises holds in all of these runs.
func TestEveryCaseRunsUnderEveryInstrument(t *testing.T) {
	law := lawOf(t)
	for _, c := range shipped(t) {
		for _, regime := range law.InstrumentIDs() {
			play(t, law, c, regime)
		}
		for _, f := range c.Flips {
			regime := f.Under
			if regime == "" {
				regime = c.Regimes[0]
			}
			play(t, law, c, regime, f.With...)
		}
	}
}

// A secret that nobody can lift stands when the observation ends, and was still asked about in the sixth year.
func TestTheClosedFileStaysClosed(t *testing.T) {
	law := lawOf(t)
	c, err := scenario.ByID("g01", law)
	if err != nil {
		t.Fatal(err)
	}
	_, events := play(t, law, c, "uncc")
	var asked, standing bool
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.ConfidentialityImposedBody:
			if b.ExpiresAt != nil {
				t.Errorf("the secret ends on %v", b.ExpiresAt)
			}
		case mla.LiftAskedBody:
			asked = e.At.After(c.Start.AddDate(5, 0, 0)) && e.At.Before(c.Start.AddDate(6, 0, 0)) && b.Answer != ""
		case mla.ObservationEndedBody:
			standing = standing || len(b.Standing) == 1
		}
	}
	if !asked || !standing {
		t.Errorf("asked in the sixth year: %v; standing at the end: %v", asked, standing)
	}
}

// play conducts a case under an instrument and safeguards, and holds the run to what the procedure promises.
func play(t *testing.T, law shippedLaw, c *scenario.Case, regime string, safeguards ...string) (mla.Outcome, []mla.Event) {
	t.Helper()
	r := c.Request
	r.Instruments, r.Safeguards = []string{regime}, safeguards
	l, err := law.Law(activities.PairOf(r))
	if err != nil {
		t.Fatal(err)
	}
	result, events, err := simulation.Conduct(workflows.Input{
		Case: c.ID, Name: c.Title, Policy: law.Digest(), Start: c.Start, Horizon: c.Horizon, Request: r,
		Stated: c.Stated(), Known: c.Known(), Script: c.Script,
	}, l)
	if err != nil {
		t.Fatalf("%s under %s with %v: %v", c.ID, regime, safeguards, err)
	}
	duties, err := docket.DutiesOn(l, c.Known()[mla.CentralAuthority], events)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range invariant.Check(duties, events) {
		t.Errorf("%s under %s with %v: %v", c.ID, regime, safeguards, v)
	}
	return result.Outcome, events
}

// checkHolds compares what the law said last to the central authority of the requested State, when safeguards were in force.
func checkHolds(t *testing.T, want scenario.Expectation, events []mla.Event) {
	t.Helper()
	last := map[string]mla.Answer{}
	for _, e := range events {
		if a, ok := e.Body.(mla.AssessedBody); ok && e.Actor.Role == mla.CentralAuthority {
			for _, f := range a.Assessment.Findings {
				last[f.Rule] = f.Holds
			}
		}
	}
	for _, g := range want.Grounds {
		if last[g.Rule] != g.Holds {
			t.Errorf("%s: %q to who decides, expected %q", g.Rule, last[g.Rule], g.Holds)
		}
	}
}

// checkRaised compares the grounds of the decision with those expected to be raised.
func checkRaised(t *testing.T, want scenario.Expectation, events []mla.Event) {
	t.Helper()
	raised := map[string]bool{}
	for _, e := range events {
		if d, ok := e.Body.(mla.DecidedBody); ok && e.Passage == mla.Sent {
			for _, g := range d.Grounds {
				raised[g.Rule] = true
			}
		}
	}
	for _, g := range want.Grounds {
		if raised[g.Rule] != g.Raised {
			t.Errorf("%s raised: %v, expected %v", g.Rule, raised[g.Rule], g.Raised)
		}
		delete(raised, g.Rule)
	}
	for rule := range raised {
		t.Errorf("%s is raised and not expected to be", rule)
	}
}

// checkGaps compares the figures of a run, view by view. Only what follows from the rule alone may be expected.
func checkGaps(t *testing.T, c *scenario.Case, law string, events []mla.Event) {
	t.Helper()
	structural := figures(c, events)
	for id, want := range c.Expect[law].Gaps {
		got, ok := structural[id]
		if !ok {
			t.Errorf("%s is no structural measure", id)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-expected +measured)\n%s", id, diff)
		}
	}
}

// figures are the structural measures of a run, by view.
func figures(c *scenario.Case, events []mla.Event) map[string]map[string]*float64 {
	views := map[measure.View][]measure.Sighting{}
	for _, e := range events {
		open, sealed := measure.Sighting{Cover: e.Cover(), Event: &e}, measure.Sighting{Cover: e.Cover()}
		views[measure.Omniscient] = append(views[measure.Omniscient], open)
		views[measure.AuditorFull] = append(views[measure.AuditorFull], open)
		views[measure.AuditorNone] = append(views[measure.AuditorNone], sealed)
		if slices.Contains(e.Readers, mla.Auditor) {
			views[measure.Auditor] = append(views[measure.Auditor], open)
		} else {
			views[measure.Auditor] = append(views[measure.Auditor], sealed)
		}
		if slices.Contains(e.Readers, mla.Public) {
			views[measure.Public] = append(views[measure.Public], sealed)
		}
	}
	out := map[string]map[string]*float64{}
	for _, r := range measure.All(views, &measure.Stipulated{Facts: c.Stipulated(), Truth: measure.Truth{
		Abusive: &c.Truth.Abusive, AbuseKind: c.Truth.AbuseKind, Privileged: c.Truth.Privileged, CrimeWhereLiving: c.Truth.CrimeWhereLiving,
		EmergencyReal: c.Truth.EmergencyReal, SenderGenuine: c.Truth.SenderGenuine,
	}}) {
		if r.Kind == measure.Structural {
			out[r.ID] = map[string]*float64{}
			for v, x := range r.Views {
				out[r.ID][string(v)] = x
			}
		}
	}
	return out
}

// A case whose gap follows from the rule alone says what the measure makes of it, under each instrument it is told for.
func TestAGapThatFollowsFromTheRuleIsExpected(t *testing.T) {
	law := lawOf(t)
	for _, c := range shipped(t) {
		for _, regime := range c.Regimes {
			_, events := play(t, law, c, regime)
			for id, views := range figures(c, events) {
				gap, _, _ := strings.Cut(id, ".")
				if _, said := c.Expect[regime].Gaps[id]; slices.Contains(c.Gaps, gap) && views[string(measure.Omniscient)] != nil && !said {
					t.Errorf("%s under %s: nothing is expected of %s", c.ID, regime, id)
				}
			}
		}
	}
}
