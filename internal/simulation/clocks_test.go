package simulation_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"google.golang.org/grpc"

	"rogatory/activities"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

// memory is a log of each State that keeps events in the order of their appending and drops repeated ones.
type memory struct {
	mu     sync.Mutex
	seen   map[string]bool
	events []mla.Event
	first  func() // called once, after the first append
}

func (m *memory) Append(_ context.Context, _ mla.State, events []mla.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range events {
		if !m.seen[e.ID()] {
			m.seen[e.ID()] = true
			m.events = append(m.events, e)
		}
	}
	if m.first != nil {
		go m.first()
		m.first = nil
	}
	return nil
}

func input(c *scenario.Case, b *policies.Bundle, regime string) workflows.Input {
	return docket.Options{Case: c, Source: []byte(c.ID), Instruments: []string{regime}, Bundle: b, Seed: "clocks"}.Input()
}

func lines(t *testing.T, events []mla.Event) []string {
	t.Helper()
	out := make([]string, len(events))
	for i, e := range events {
		raw, err := mla.Canonical(e)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = string(raw)
	}
	return out
}

// onTemporal runs a case on a server that skips time. With an outage, its worker stops after the first events and
// another takes over some seconds later.
func onTemporal(t *testing.T, s *devserver.Server, b *policies.Bundle, in workflows.Input, outage time.Duration) (workflows.Result, []mla.Event) {
	t.Helper()
	ctx := t.Context()
	c, err := s.Client(client.Options{
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{devserver.TimeSkipping()}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	queue := fmt.Sprintf("%s-%s", t.Name(), in.Case)
	log := &memory{seen: map[string]bool{}}
	start := func() worker.Worker {
		w := worker.New(c, queue, docket.WorkerOptions())
		workflows.Register(w, &activities.Activities{Law: docket.Shelf{b.Digest(): b}, Logs: log})
		if err := w.Start(); err != nil {
			t.Error(err)
		}
		return w
	}
	w := start()
	restarted := make(chan worker.Worker, 1)
	if outage > 0 {
		log.first = func() {
			w.Stop()
			time.Sleep(outage)
			restarted <- start()
		}
	} else {
		restarted <- w
	}
	run, err := docket.Start(ctx, c, in, queue, docket.Skip)
	if err != nil {
		t.Fatal(err)
	}
	var result workflows.Result
	if err := run.Get(ctx, &result); err != nil {
		t.Fatal(err)
	}
	(<-restarted).Stop()
	return result, log.events
}

func server(t testing.TB) *devserver.Server {
	t.Helper()
	s, err := docket.StartServer(context.Background(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// TestEveryCaseHasTheSameEventsOnBothClocks plays each case under each instrument whose text was seen; under those that it is
// told for, also with a worker that stops meanwhile. With -short it is played under those alone.
func TestEveryCaseHasTheSameEventsOnBothClocks(t *testing.T) {
	b, s := law(t), server(t)
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		for _, regime := range b.InstrumentIDs() {
			outages := map[string]time.Duration{"worker up": 0}
			switch r, err := b.Instrument(regime); {
			case err != nil:
				t.Fatal(err)
			case slices.Contains(c.Regimes, regime):
				outages["worker stopped meanwhile"] = 3 * time.Second
			case len(r.Rules) == 0 || testing.Short():
				continue
			}
			t.Run(c.ID+" under "+regime, func(t *testing.T) {
				t.Parallel()
				in := input(c, b, regime)
				l, err := b.Law(policies.Pair{Instruments: []string{regime}, Requesting: c.Requesting, Requested: c.Requested})
				if err != nil {
					t.Fatal(err)
				}
				wantResult, want, err := simulation.Conduct(in, l)
				if err != nil {
					t.Fatal(err)
				}
				for name, outage := range outages {
					in := in
					in.Case += "-" + name // ids take part in the events
					_, want, err := simulation.Conduct(in, l)
					if err != nil {
						t.Fatal(err)
					}
					gotResult, got := onTemporal(t, s, b, in, outage)
					if diff := cmp.Diff(wantResult, gotResult); diff != "" {
						t.Errorf("%s: %s", name, diff)
					}
					if diff := cmp.Diff(lines(t, want), lines(t, got)); diff != "" {
						t.Errorf("%s: %s", name, diff)
					}
				}
				if len(want) == 0 {
					t.Error("no events")
				}
			})
		}
	}
}
