package audit_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"rogatory/activities"
	"rogatory/internal/audit"
	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

// many gives the events of n cases: the shipped ones in turn, or those of them that are named, under each of their regimes,
// with ids of their own and letters from a day of their own.
func many(t testing.TB, b *policies.Bundle, n int, give func([]mla.Event), ids ...string) {
	t.Helper()
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	type turn struct {
		c      *scenario.Case
		regime string
		law    *policies.Law
	}
	var turns []turn
	for _, c := range cases {
		if len(ids) > 0 && !slices.Contains(ids, c.ID) {
			continue
		}
		for _, regime := range c.Regimes {
			law, err := b.Law(policies.Pair{Instruments: []string{regime}, Requesting: c.Requesting, Requested: c.Requested})
			if err != nil {
				t.Fatal(err)
			}
			turns = append(turns, turn{c, regime, law})
		}
	}
	for i := range n {
		x := turns[i%len(turns)]
		in := docket.Options{Case: x.c, Source: []byte(x.c.ID), Instruments: []string{x.regime}, Bundle: b, Seed: strconv.Itoa(i)}.Input()
		in.Start = in.Start.AddDate(0, 0, i%700)
		_, events, err := simulation.Conduct(in, x.law)
		if err != nil {
			t.Fatal(err)
		}
		give(events)
	}
}

// onLogs writes n cases to one log for each State below a directory.
func onLogs(t testing.TB, dir string, n int) (events int) {
	t.Helper()
	b := shipped(t)
	books := docket.OpenBooks(dir, "many")
	work := make(chan []mla.Event, 64)
	var writers sync.WaitGroup
	for range 32 {
		writers.Go(func() {
			for e := range work {
				if err := activities.AppendTo(context.Background(), books, e); err != nil {
					t.Error(err)
				}
			}
		})
	}
	many(t, b, n, func(e []mla.Event) {
		events += len(e)
		work <- e
	})
	close(work)
	writers.Wait()
	if err := books.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	return events
}

// readLogs reads every log below a directory with the keys of some roles.
func readLogs(t testing.TB, dir string, roles ...mla.Role) []audit.Source {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(dir, "logs", "*"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no logs: %v", err)
	}
	var out []audit.Source
	for _, log := range logs {
		keys, err := auditlog.LoadKeys(filepath.Join(dir, "keys", filepath.Base(log)))
		if err != nil {
			t.Fatal(err)
		}
		seen, err := verify.Read(t.Context(), log, keys.Identities(roles...))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, audit.Source{Dir: log, Seen: seen})
	}
	return out
}

// TestManyCasesOnOneLogForEachState holds the bench to what one case is answered alone. ROGATORY_CASES sets how many; ten
// thousand take some minutes and some gigabytes of disk.
func TestManyCasesOnOneLogForEachState(t *testing.T) {
	n := 40
	if given := os.Getenv("ROGATORY_CASES"); given != "" {
		var err error
		if n, err = strconv.Atoi(given); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	started := time.Now()
	events := onLogs(t, dir, n)
	wrote := time.Since(started)
	law := audit.NewLaw(shipped(t))
	alone := map[string]map[string]audit.Verdict{}
	many(t, shipped(t), n, func(e []mla.Event) {
		c := only(t, e, anAuditor)
		alone[c.ID] = map[string]audit.Verdict{}
		for _, f := range audit.Check(c, law) {
			alone[c.ID][f.Constraint] = f.Verdict
		}
	})
	started = time.Now()
	cases := audit.Cases(readLogs(t, dir, mla.Auditor))
	read := time.Since(started)
	if len(cases) != n {
		t.Fatalf("%d cases on the logs, want %d", len(cases), n)
	}
	started = time.Now()
	found := []audit.Finding{}
	for _, c := range cases {
		for _, f := range audit.Check(c, law) {
			if want := alone[c.ID][f.Constraint]; f.Verdict != want {
				t.Errorf("%s, %s: %s, alone %s", c.ID, f.Constraint, f.Verdict, want)
			}
			found = append(found, f)
		}
		for _, e := range audit.Reconcile(c, law) {
			if e.Standing.Wrong() {
				t.Errorf("%s: %s %s", c.ID, e.Item, e.Standing)
			}
		}
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	tallies, gap := audit.Count(found)
	t.Logf("%d cases, %d events: written in %s, read in %s, checked and reconciled in %s, %d MiB held; %d constraints, gap %d of %d",
		len(cases), events, wrote.Round(time.Millisecond), read.Round(time.Millisecond), time.Since(started).Round(time.Millisecond),
		memory.HeapAlloc>>20, len(tallies), gap.CannotTell, gap.Answers)
	if len(found) != n*len(audit.Constraints) || gap.CannotTell == 0 || events == 0 {
		t.Errorf("%d answers on %d events", len(found), events)
	}
}

func benchCases(b *testing.B, n int, open func(mla.Event) bool) (cases []*audit.Case, events int) {
	b.Helper()
	many(b, shipped(b), n, func(e []mla.Event) {
		cases = append(cases, audit.Cases(audit.See(e, open))...)
		events += len(e)
	})
	return cases, events
}

// BenchmarkCheck answers the whole table; events/s are those of the cases looked at.
func BenchmarkCheck(b *testing.B) {
	for name, open := range map[string]func(mla.Event) bool{"full": everything, "auditor": anAuditor, "none": nothing} {
		b.Run(name, func(b *testing.B) {
			cases, events := benchCases(b, 1000, open)
			law := audit.NewLaw(shipped(b))
			for b.Loop() {
				for _, c := range cases {
					audit.Check(c, law)
				}
			}
			b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

func BenchmarkReconcile(b *testing.B) {
	cases, events := benchCases(b, 1000, everything)
	law := audit.NewLaw(shipped(b))
	for b.Loop() {
		for _, c := range cases {
			audit.Reconcile(c, law)
		}
	}
	b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkRederive(b *testing.B) {
	cases, _ := benchCases(b, 100, everything)
	law := audit.NewLaw(shipped(b))
	n := 0
	for b.Loop() {
		for _, c := range cases {
			n += len(audit.Rederive(c, law))
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "answers/s")
}
