package docket_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

// TestAFactTakenOutOfACaseBecomesUnknownAndIsAskedFor takes each fact out of each case in turn. Where some gate, ground or
// forbidden reason turned on it, the finding must be unknown, name it as missing, and lead to a question to the
// requesting State, unless only the requested State could answer.
func TestAFactTakenOutOfACaseBecomesUnknownAndIsAskedFor(t *testing.T) {
	b := bundle(t)
	own := map[mla.Path]bool{}
	for _, f := range b.Facts() {
		own[f.Path] = f.KnownBy != policies.RequestingKnows
	}
	asked, kept := 0, 0
	for _, c := range shipped(t) {
		for _, regime := range c.Regimes {
			for path := range c.Facts {
				law, err := b.Law(policies.Pair{Instruments: []string{regime}, Requesting: c.Requesting, Requested: c.Requested})
				if err != nil {
					t.Fatal(err)
				}
				without := *c
				without.Facts = map[mla.Path]scenario.Layers{}
				for p, l := range c.Facts {
					if p != path {
						without.Facts[p] = l
					}
				}
				in := docket.Options{Case: &without, Instruments: []string{regime}, Bundle: b, Seed: "1"}.Input()
				_, events, err := simulation.Conduct(in, law)
				if err != nil {
					t.Fatal(err)
				}
				unknown := false
				var questions []mla.Path
				for _, e := range events {
					switch body := e.Body.(type) {
					case mla.AssessedBody:
						if e.Actor.Role == mla.CentralAuthority && body.Assessment.Stage != mla.StageTransfer {
							unknown = unknown || slices.Contains(body.Assessment.Missing(), path)
						}
						for _, f := range body.Assessment.Findings {
							if (f.Holds == mla.Unknown) != (len(f.Missing) > 0) {
								t.Errorf("%s under %s without %s: %s is %s with %v missing", c.ID, regime, path, f.Rule, f.Holds, f.Missing)
							}
						}
					case mla.SupplementAskedBody:
						questions = append(questions, body.Missing...)
					}
				}
				switch {
				case unknown && !own[path]:
					asked++
					if !slices.Contains(questions, path) {
						t.Errorf("%s under %s: %s is missing and not asked for", c.ID, regime, path)
					}
				case unknown:
					kept++
					if slices.Contains(questions, path) {
						t.Errorf("%s under %s: %s is this State's own to know, and was asked for", c.ID, regime, path)
					}
				case slices.Contains(questions, path):
					t.Errorf("%s under %s: %s was asked for though nothing turns on it", c.ID, regime, path)
				}
			}
		}
	}
	if asked < 20 || kept < 20 {
		t.Errorf("%d facts asked for, %d this State's own: too few to prove anything", asked, kept)
	}
}

// TestAGrantThatNothingComesOfHasLapsed lets each later desk of a granted request stay silent: what is told must be what
// the procedure found, and not the last decision on the log.
func TestAGrantThatNothingComesOfHasLapsed(t *testing.T) {
	b := bundle(t)
	c, err := scenario.ByID("honest", b)
	if err != nil {
		t.Fatal(err)
	}
	for _, silent := range []mla.Question{mla.QAuthorise, mla.QComply} {
		without := *c
		without.Script = maps.Clone(c.Script)
		delete(without.Script, silent)
		r, err := docket.Run(t.Context(), docket.Options{
			Case: &without, Source: []byte(silent), Instruments: []string{"uncc"}, Bundle: b, Clock: docket.Sim, Seed: "1",
			Dir: filepath.Join(t.TempDir(), "run"),
		})
		if err != nil {
			t.Fatal(err)
		}
		if r.Outcome != mla.Lapsed || r.Days.ToDelivery != nil {
			t.Errorf("nobody answers %s: %s, want %s and no delivery", silent, r.Outcome, mla.Lapsed)
		}
	}
}
