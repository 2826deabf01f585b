package docket_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

func bundle(t testing.TB) *policies.Bundle {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// first are the cases of the formal route that a run's papers are tested with; whole runs of the others, on both clocks and
// without papers, are the simulation's.
var first = []string{"honest", "g01", "g02", "g03", "g11", "g12", "g27", "g28", "g29"}

func shipped(t testing.TB) []*scenario.Case {
	t.Helper()
	var out []*scenario.Case
	for _, id := range first {
		c, err := scenario.ByID(id, bundle(t))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// leaves returns every entry bundle of every log of a run, by path.
func leaves(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(dir, "logs", "*", "tile", "entries", "*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no entries below %s: %v", dir, err)
	}
	for _, p := range paths {
		err := filepath.Walk(p, func(path string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			rel, _ := filepath.Rel(dir, path)
			out[rel] = string(raw)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestBothClocksLeaveTheSameLeavesAndRootsAndTellTheSame(t *testing.T) {
	b := bundle(t)
	server, err := docket.StartServer(context.Background(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	for _, c := range shipped(t) {
		for _, regime := range c.Regimes {
			t.Run(c.ID+" under "+regime, func(t *testing.T) {
				t.Parallel()
				told := map[docket.Clock]*report.Run{}
				dirs := map[docket.Clock]string{}
				for _, clock := range docket.Clocks {
					dirs[clock] = filepath.Join(t.TempDir(), string(clock))
					r, err := docket.Run(t.Context(), docket.Options{
						Case: c, Source: []byte(c.ID), Instruments: []string{regime}, Bundle: b, Clock: clock, Seed: "1",
						Dir: dirs[clock], Server: server,
					})
					if err != nil {
						t.Fatal(err)
					}
					r.Clock, r.Log.Dir = "", ""
					told[clock] = r
				}
				if diff := cmp.Diff(told[docket.Skip], told[docket.Sim]); diff != "" {
					t.Errorf("reports differ: %s", diff)
				}
				// The last entry bundle may also be there as it was when it was shorter; only the final widths are compared.
				skip, sim := leaves(t, dirs[docket.Skip]), leaves(t, dirs[docket.Sim])
				for path, want := range sim {
					if got, ok := skip[path]; ok && got != want {
						t.Errorf("%s differs", path)
					} else if !ok {
						t.Errorf("%s is on one clock only", path)
					}
				}
				for _, v := range told[docket.Skip].Invariants {
					t.Errorf("invariant: %s", v)
				}
				for _, s := range told[docket.Skip].Log.States {
					if !s.Whole {
						t.Errorf("the log of %s is not whole", s.State)
					}
				}
			})
		}
	}
}

// TestEveryCaseEndsAsItsFileExpects holds each shipped case to its expectation under each of its instruments.
func TestEveryCaseEndsAsItsFileExpects(t *testing.T) {
	b := bundle(t)
	for _, c := range shipped(t) {
		for law, want := range c.Expect {
			regime, safeguards := scenario.LawOf(law)
			t.Run(c.ID+" under "+law, func(t *testing.T) {
				t.Parallel()
				dir := filepath.Join(t.TempDir(), "run")
				r, err := docket.Run(t.Context(), docket.Options{
					Case: c, Source: []byte(c.ID), Instruments: []string{regime}, Safeguards: safeguards, Bundle: b, Clock: docket.Sim, Seed: "1", Dir: dir,
				})
				if err != nil {
					t.Fatal(err)
				}
				if r.Outcome != want.Outcome {
					t.Errorf("outcome %s, want %s", r.Outcome, want.Outcome)
				}
				for _, g := range want.Grounds {
					found := false
					for _, have := range slices.Concat(r.Grounds, r.Scope, r.Forbidden, r.Duties) {
						if have.Rule != g.Rule {
							continue
						}
						found = true
						if have.Effect != g.Effect || g.Holds != "" && have.Holds != g.Holds ||
							g.OnStipulated != "" && have.OnStipulated != g.OnStipulated || have.Raised != g.Raised {
							t.Errorf("%s: %+v, want %+v", g.Rule, have, g)
						}
					}
					if !found {
						t.Errorf("%s is not among the grounds", g.Rule)
					}
				}
				seen, err := docket.Read(t.Context(), dir, mla.Roles...)
				if err != nil {
					t.Fatal(err)
				}
				kinds := map[mla.Kind]bool{}
				for _, s := range seen {
					kinds[s.Cover.Kind] = true
				}
				for _, k := range want.Occur {
					if !kinds[k] {
						t.Errorf("no %s on the logs", k)
					}
				}
				for _, k := range want.Never {
					if kinds[k] {
						t.Errorf("a %s on the logs", k)
					}
				}
			})
		}
	}
}
