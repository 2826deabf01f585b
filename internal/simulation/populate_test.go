package simulation_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
)

func world(t testing.TB, set map[string]float64, s population.Setting) *population.World {
	t.Helper()
	p, err := population.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if p, err = p.With(set); err != nil {
		t.Fatal(err)
	}
	w, err := population.NewWorld(law(t), p, s, population.SeedOf("test"), 1825)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var uncc = population.Setting{Instruments: []string{"uncc"}}

func simulate(t testing.TB, w *population.World, weeks, limit int, take func(*simulation.Ended)) simulation.Whole {
	t.Helper()
	whole, err := simulation.Population{World: w, Policy: law(t).Digest(), Weeks: weeks, Limit: limit, Scripts: true,
		Take: func(e *simulation.Ended) error {
			if take != nil {
				take(e)
			}
			return nil
		}}.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// cpu is the processor time this process has used, its garbage collector's included.
func cpu(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestAPopulationMayLastLongerThanADurationHolds begins letters for 400 years; a time.Duration holds 292.
func TestAPopulationMayLastLongerThanADurationHolds(t *testing.T) {
	w := world(t, map[string]float64{"requests.per_year": 1}, uncc)
	last, most := 0, 400
	whole, err := simulation.Population{World: w, Policy: law(t).Digest(), Limit: most, Take: func(e *simulation.Ended) error {
		last = max(last, e.Case.Began())
		return nil
	}}.Run(t.Context())
	if err != nil || whole.Cases < most || last < 300*365 {
		t.Errorf("%d letters, the last begun on day %d: %v", whole.Cases, last, err)
	}
	fewer := world(t, map[string]float64{"requests.per_year": 1, "requests.growth": 0.5}, uncc)
	if _, err := (simulation.Population{World: fewer, Policy: law(t).Digest(), Limit: most, Take: func(*simulation.Ended) error { return nil }}).Run(t.Context()); err == nil {
		t.Error("letters that never come were waited for")
	}
}

func BenchmarkPopulation(b *testing.B) {
	w := world(b, nil, uncc)
	digest := law(b).Digest()
	b.ReportAllocs()
	cases, began := 0, cpu(b)
	for b.Loop() {
		whole, err := simulation.Population{World: w, Policy: digest, Weeks: 1000, Limit: 3000, Take: func(*simulation.Ended) error { return nil }}.Run(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		cases += whole.Cases
	}
	b.ReportMetric(float64(cases)/b.Elapsed().Seconds(), "cases/s")
	b.ReportMetric(float64(cases)/(cpu(b)-began).Seconds(), "cases/cpu-s")
}

// TestASimulatedCaseReplaysFromItsScript plays cases of a population again from nothing but their letter and script.
func TestASimulatedCaseReplaysFromItsScript(t *testing.T) {
	both := []string{"uncc", "budapest"}
	hurried := map[string]float64{"staff.scale": 0.5, "urgent.share": 0.4, "scrutiny.urgent": 0.3}
	replays(t, world(t, map[string]float64{"staff.scale": 0.8, "challenge.share": 0.4, "retry.share": 1}, population.Setting{Instruments: both}))
	replays(t, world(t, hurried, population.Setting{Instruments: both, Safeguards: []string{"L14"}}))
	replays(t, world(t, hurried, population.Setting{Instruments: both, Safeguards: []string{"L09", "L26"}}))
}

func replays(t *testing.T, w *population.World) {
	t.Helper()
	cases, again := 0, 0
	simulate(t, w, 40, 1500, func(e *simulation.Ended) {
		cases++
		if e.Case.Number > 1<<40 {
			again++
		}
		in := e.Input
		in.Script = e.Script
		r, events, err := simulation.Conduct(in, e.Case.Law())
		if err != nil {
			t.Fatal(err)
		}
		if r != e.Result {
			t.Fatalf("%s: %v, replayed %v", in.Case, e.Result, r)
		}
		want, got := lines(t, e.Events), lines(t, events)
		for i := range want {
			if i >= len(got) || want[i] != got[i] {
				t.Fatalf("%s: event %d: %s", in.Case, i, want[i])
			}
		}
	})
	if cases < 1500 || again == 0 {
		t.Errorf("%d cases, %d tried again", cases, again)
	}
}

// TestASampleOfSimulatedCasesIsTheSameOnTemporal writes some cases of a population as case files and plays those on a
// server.
func TestASampleOfSimulatedCasesIsTheSameOnTemporal(t *testing.T) {
	b, s := law(t), server(t)
	safeguards := []string{"L01", "L02", "L03", "L04", "L09", "L14", "L26"}
	w := world(t, map[string]float64{"urgent.share": 0.4, "scrutiny.urgent": 0.3, "staff.scale": 0.6, "preserve.share": 0.5, "secret.share": 1, "returned.share": 0.7},
		population.Setting{Instruments: []string{"uncc", "budapest"}, Safeguards: safeguards})
	played, reviewed, seen := 0, false, map[mla.Outcome]bool{}
	simulate(t, w, 3, 120, func(e *simulation.Ended) {
		review := !reviewed && slices.ContainsFunc(e.Events, func(v mla.Event) bool { return v.Kind == mla.ReviewClosed })
		if !review && (seen[e.Result.Outcome] && played >= 6 || played >= 10) {
			return
		}
		reviewed = reviewed || review
		seen[e.Result.Outcome] = true
		played++
		file, err := e.Case.File(e.Script, 1825)
		if err != nil {
			t.Fatal(err)
		}
		c, err := scenario.Parse(e.Case.ID+".yaml", file, b)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		in := docket.Options{Case: c, Source: file, Instruments: c.Regimes, Safeguards: safeguards, Bundle: b, Seed: "clocks"}.Input()
		in.Case = e.Case.ID // a case that is run has an id of its own
		result, events := onTemporal(t, s, b, in, 0)
		if result != e.Result {
			t.Errorf("%s: simulated %v, on Temporal %v", in.Case, e.Result, result)
		}
		if diff := cmp.Diff(lines(t, e.Events), lines(t, events)); diff != "" {
			t.Errorf("%s: %s", in.Case, diff)
		}
	})
	if played < 6 || len(seen) < 3 || !reviewed {
		t.Errorf("%d cases were played, of outcomes %v; one that was reviewed among them: %v", played, seen, reviewed)
	}
}

func TestAReplicationRunsAloneToTheSameRoot(t *testing.T) {
	set := population.Setting{Instruments: []string{"uncc", "budapest"}, Safeguards: []string{"L14"}}
	first := simulate(t, world(t, nil, set), 4, 0, nil)
	if again := simulate(t, world(t, nil, set), 4, 0, nil); again != first || first.Events == 0 {
		t.Errorf("first %v, again %v", first, again)
	}
	if other := simulate(t, world(t, map[string]float64{"ground.may": 0.9}, set), 4, 0, nil); other.Root == first.Root {
		t.Error("another parameter has the same root")
	}
}

// TestNobodyCanTellThatALetterWasAtRest runs one population with room for all its letters, and with room for a few.
func TestNobodyCanTellThatALetterWasAtRest(t *testing.T) {
	set := population.Setting{Instruments: []string{"uncc", "budapest"}, Safeguards: []string{"L09", "L14"}}
	run := func(awake int) (simulation.Whole, []string) {
		var told []string
		whole, err := simulation.Population{World: world(t, map[string]float64{"staff.scale": 0.3, "retry.share": 1, "preserve.share": 0.6}, set),
			Policy: law(t).Digest(), Weeks: 12, Scripts: true, Awake: awake, Take: func(e *simulation.Ended) error {
				told = append(told, fmt.Sprintf("%s %v %v %v %v %v", e.Case.ID, e.Result, e.Load, e.Waited, len(e.Script), lines(t, e.Events)))
				return nil
			}}.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return whole, told
	}
	all, wants := run(0)
	few, got := run(10)
	if all.Recalled != 0 || few.Recalled < all.Cases {
		t.Fatalf("%d letters were played again with room for all, %d of %d with room for ten", all.Recalled, few.Recalled, few.Cases)
	}
	if few.Recalled = 0; few != all {
		t.Errorf("with room for all %+v, for ten %+v", all, few)
	}
	if diff := cmp.Diff(wants, got); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}

func TestACaseIsDrawnAloneAsInItsPopulation(t *testing.T) {
	w := world(t, nil, uncc)
	simulate(t, w, 3, 0, func(e *simulation.Ended) {
		replication, number, err := population.ParseID(e.Case.ID)
		if err != nil {
			t.Fatal(err)
		}
		alone := world(t, nil, uncc).Draw(replication, number)
		if diff := cmp.Diff(e.Case.Request, alone.Request); diff != "" || !alone.Start.Equal(e.Case.Start) || alone.Truth != e.Case.Truth || alone.Score() != e.Case.Score() {
			t.Fatalf("%s: %s", e.Case.ID, diff)
		}
		if diff := cmp.Diff(e.Case.Stipulated, alone.Stipulated); diff != "" {
			t.Fatalf("%s: %s", e.Case.ID, diff)
		}
	})
}
