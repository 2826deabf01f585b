package experiment

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
	"rogatory/internal/invariant"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

var lots = flag.String("letters", "", "seed of the letters that are drawn for replay (default: another each time)")

// seedOfLots is what letters are drawn from in this run; a failure names it.
func seedOfLots(t *testing.T) string {
	seed := *lots
	if seed == "" {
		seed = strconv.FormatInt(time.Now().UnixNano(), 36)
	}
	t.Logf("letters are drawn from seed %s; again with: -letters %s", seed, seed)
	return seed
}

// few is a design that ships with so many letters in each replication, all of them counted.
func few(t *testing.T, id, seed string, letters int) *Experiment {
	t.Helper()
	b, p := law(t)
	d, err := Open(id, b, p)
	if err != nil {
		t.Fatal(err)
	}
	d.Replications, d.HalfWidth, d.WarmUp, d.Cases = 2, nil, 0, letters
	return New(d, seed, b, p)
}

// played is a letter read from its case file.
type played struct {
	Letter
	in      workflows.Input
	options docket.Options
	law     *policies.Law
}

// reread reads a letter's case file and takes the law and the answers from there alone.
func reread(t *testing.T, x *Experiment, l Letter) played {
	t.Helper()
	c, err := scenario.Parse(l.ID+".yaml", l.File, x.Bundle)
	if err != nil {
		t.Fatalf("%v\n%s", err, l.File)
	}
	p := played{Letter: l, options: docket.Options{Case: c, Source: l.File, ID: l.ID, Instruments: c.Regimes, Safeguards: c.Safeguards, Bundle: x.Bundle, Seed: "replay"}}
	p.in = p.options.Input()
	if p.law, err = x.Bundle.Law(activities.PairOf(p.in.Request)); err != nil {
		t.Fatal(err)
	}
	return p
}

func lines(t *testing.T, events []mla.Event) []string {
	t.Helper()
	out := make([]string, len(events))
	for i := range events {
		raw, err := mla.Canonical(events[i])
		if err != nil {
			t.Fatal(err)
		}
		out[i] = string(raw)
	}
	return out
}

// same holds events that were played again against those of the population, and asks the monitors about them.
func (p *played) same(t *testing.T, where string, outcome mla.Outcome, events []mla.Event) {
	t.Helper()
	if outcome != p.Outcome {
		t.Errorf("%s, %s: %s in the population, %s when played again", where, p.ID, p.Outcome, outcome)
	}
	if diff := cmp.Diff(lines(t, p.Events), lines(t, events)); diff != "" {
		t.Errorf("%s, %s:\n%s\n%s", where, p.ID, diff, p.File)
	}
	duties, err := docket.DutiesOn(p.law, p.options.Case.Known()[mla.CentralAuthority], events)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range invariant.Check(duties, events) {
		t.Errorf("%s, %s: %s", where, p.ID, v)
	}
}

// ledger is a log of each State in memory, which drops repeated events.
type ledger struct {
	mu     sync.Mutex
	seen   map[string]bool
	events map[string][]mla.Event // by case
}

func (l *ledger) Append(_ context.Context, _ mla.State, events []mla.Event) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range events {
		if !l.seen[e.ID()] {
			l.seen[e.ID()] = true
			l.events[e.Case] = append(l.events[e.Case], e)
		}
	}
	return nil
}

// onTemporal plays letters of one arm at one time, and holds each against its population.
func onTemporal(t *testing.T, s *devserver.Server, x *Experiment, where string, letters []played) {
	t.Helper()
	ctx := t.Context()
	c, err := s.Client(client.Options{ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{devserver.TimeSkipping()}}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	log := &ledger{seen: map[string]bool{}, events: map[string][]mla.Event{}}
	w := worker.New(c, where, docket.WorkerOptions())
	workflows.Register(w, &activities.Activities{Law: docket.Shelf{x.Bundle.Digest(): x.Bundle}, Logs: log})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	runs := make([]client.WorkflowRun, len(letters))
	for i, l := range letters { // the same letter is played in many arms: its workflow is named after the arm too
		if runs[i], err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: where + ", " + l.ID, TaskQueue: where, WorkflowTaskTimeout: 2 * time.Second},
			workflows.WorkflowName, l.in); err != nil {
			t.Fatal(err)
		}
	}
	for i, run := range runs {
		var r workflows.Result
		if err := run.Get(ctx, &r); err != nil {
			t.Fatalf("%s, %s: %v", where, letters[i].ID, err)
		}
		letters[i].same(t, where+", on Temporal", r.Outcome, log.events[letters[i].ID])
	}
}

// TestLettersOfEveryArmReplay draws letters of every arm of every design, writes them as case files and plays those: some
// in virtual time, and fewer on a Temporal server. Each has the events of its population, and none breaks an invariant.
func TestLettersOfEveryArmReplay(t *testing.T) {
	seed, s := seedOfLots(t), server(t)
	simulated, served := 12, 2
	if testing.Short() {
		served = 1
	}
	total := 0
	for _, id := range IDs() {
		t.Run(id, func(t *testing.T) {
			x := few(t, id, seed, 60)
			arms := x.Arms()
			for a := range arms {
				where := id + ", " + arms[a].Name
				drawn, err := x.Sample(t.Context(), Unit{Arm: a}, simulated)
				if err != nil {
					t.Fatal(err)
				}
				if len(drawn) < simulated {
					t.Fatalf("%s: %d letters were drawn", where, len(drawn))
				}
				var letters []played
				for _, l := range drawn {
					p := reread(t, x, l)
					r, events, err := simulation.Conduct(p.in, p.law)
					if err != nil {
						t.Fatal(err)
					}
					p.same(t, where, r.Outcome, events)
					letters = append(letters, p)
				}
				total += len(letters)
				if testing.Short() && a%3 > 0 {
					continue
				}
				onTemporal(t, s, x, where, letters[:served])
			}
		})
	}
	if total < 100 {
		t.Errorf("%d letters were played", total)
	}
}

// rare is a kind of letter that a draw of a handful seldom meets.
type rare struct {
	says, design, arm string
	is                func(*population.Case, []mla.Event) bool
}

func has(k mla.Kind) func(*population.Case, []mla.Event) bool {
	return func(_ *population.Case, events []mla.Event) bool {
		return slices.ContainsFunc(events, func(e mla.Event) bool { return e.Kind == k })
	}
}

// by reports whether a matter was sought by a channel, and somebody answered.
func by(to mla.Channel) func(*population.Case, []mla.Event) bool {
	return func(c *population.Case, events []mla.Event) bool { return c.Request.Channel == to && len(events) > 4 }
}

// refusedUnder reports whether a letter was refused on a rule.
func refusedUnder(rule string) func(*population.Case, []mla.Event) bool {
	return func(_ *population.Case, events []mla.Event) bool {
		return slices.ContainsFunc(events, func(e mla.Event) bool {
			b, ok := e.Body.(mla.DecidedBody)
			return ok && b.Outcome == mla.Refused && slices.ContainsFunc(b.Grounds, func(g mla.Ground) bool { return strings.Contains(g.Rule, rule) })
		})
	}
}

var rarities = []rare{
	{"tried again", "waterbed", "retry.share=0.7", func(c *population.Case, _ []mla.Event) bool { return c.Again() }},
	{"tried again and granted", "waterbed", "L05", func(c *population.Case, events []mla.Event) bool { return c.Again() && has(mla.Produced)(c, events) }},
	{"read again", "sampling", "improper.scale=4, L09", has(mla.ReviewClosed)},
	{"read again at random", "sampling", "improper.scale=1, L09", func(_ *population.Case, events []mla.Event) bool {
		return slices.ContainsFunc(events, func(e mla.Event) bool {
			b, ok := e.Body.(mla.ReviewOpenedBody)
			return ok && b.Drawn == string(mla.DrawnAtRandom)
		})
	}},
	{"urgent and no emergency, where that has to be shown", "urgency", "urgent.share=0.4, L26", func(c *population.Case, _ []mla.Event) bool {
		return c.Request.Urgent && !c.Truth.Emergency
	}},
	{"an emergency", "urgency", "urgent.share=0.05, L26", func(c *population.Case, _ []mla.Event) bool { return c.Truth.Emergency }},
	{"on a sealed docket, opened", "coverage", "L07+L08", has(mla.DocketOpened)},
	{"in published figures", "coverage", "L08", has(mla.StatisticPublished)},
	{"an order to a provider, of which its State is told", "direct", "L18", by(mla.Direct)},
	{"an order under an instrument of orders", "direct", "uncc or eu-e-evidence", by(mla.Direct)},
	{"from police", "waterbed", "L05+L13", by(mla.Police)},
	{"a provider's own decision", "waterbed", "L05+L06+L12+L14", by(mla.Voluntary)},
	{"given unasked", "waterbed", "base", by(mla.Spontaneous)},
	{"refused under the closed list", "scope", "offence.computer=0.19, L23", refusedUnder("L23/")},
}

// TestRareLettersReplay looks for letters that do not turn up in every sample and plays them on both clocks.
func TestRareLettersReplay(t *testing.T) {
	seed, s := seedOfLots(t), server(t)
	for _, k := range rarities {
		t.Run(k.says, func(t *testing.T) {
			x := few(t, k.design, seed, 150)
			arm, err := x.ArmNamed(k.arm)
			if err != nil {
				t.Fatal(err)
			}
			var found []played
			for replication := 0; replication < 30 && len(found) < 2; replication++ {
				var drawn *population.Case
				if err := x.Letters(t.Context(), Unit{arm, replication}, func(c *population.Case) bool { drawn = c; return len(found) < 2 }, func(l Letter) error {
					if k.is(drawn, l.Events) && len(found) < 2 {
						found = append(found, reread(t, x, l))
					}
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			}
			if len(found) < 2 {
				t.Fatalf("%d letters in 30 replications", len(found))
			}
			for _, p := range found {
				r, events, err := simulation.Conduct(p.in, p.law)
				if err != nil {
					t.Fatal(err)
				}
				p.same(t, k.design, r.Outcome, events)
			}
			onTemporal(t, s, x, k.says, found)
		})
	}
}

// TestALetterHasTheSameLogsOnBothClocks plays a letter of each design with real logs: the roots are the same on both clocks,
// and the events on them those of the population.
func TestALetterHasTheSameLogsOnBothClocks(t *testing.T) {
	seed, s := seedOfLots(t), server(t)
	for i, id := range IDs() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			x := few(t, id, seed, 40)
			// A workflow is named after its case, so every design takes another replication.
			drawn, err := x.Sample(t.Context(), Unit{len(x.Arms()) - 1, i}, 1)
			if err != nil {
				t.Fatal(err)
			}
			roots := map[docket.Clock]string{}
			for _, clock := range docket.Clocks {
				o := reread(t, x, drawn[0]).options
				o.Clock, o.Dir, o.Server = clock, filepath.Join(t.TempDir(), string(clock)), s
				run, err := docket.Run(t.Context(), o)
				if err != nil {
					t.Fatal(err)
				}
				roots[clock] = fmt.Sprint(run.Log.Size, run.Log.Root, run.Log.States)
				if differs, err := docket.Differs(t.Context(), o.Dir, drawn[0].Events); err != nil || differs != "" {
					t.Errorf("%s: event %s: %v", clock, differs, err)
				}
				if len(run.Invariants) > 0 {
					t.Errorf("%s: %v", clock, run.Invariants)
				}
			}
			if roots[docket.Skip] != roots[docket.Sim] || len(drawn[0].Events) == 0 {
				t.Errorf("on Temporal %s\nin virtual time %s", roots[docket.Skip], roots[docket.Sim])
			}
		})
	}
}

func server(t *testing.T) *devserver.Server {
	t.Helper()
	s, err := docket.StartServer(context.Background(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}
