package simulation_test

import (
	"context"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"rogatory/internal/mla"
	"rogatory/internal/population"
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

func TestSmoke(t *testing.T) {
	outcomes := map[mla.Outcome]int{}
	kinds := map[mla.Kind]int{}
	n, waited := 0, 0.0
	whole := simulate(t, world(t, nil, uncc), 52, 3000, func(e *simulation.Ended) {
		outcomes[e.Result.Outcome]++
		for _, ev := range e.Events {
			kinds[ev.Kind]++
		}
		if e.Waited >= 0 {
			n++
			waited += e.Waited
		}
	})
	t.Log(whole, outcomes, kinds, waited/float64(n))
}

// cpu is the processor time this process has used, its garbage collector's included.
func cpu(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
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
	b := law(t)
	w := world(t, map[string]float64{"staff.scale": 0.8, "challenge.share": 0.4, "retry.share": 1}, population.Setting{Instruments: []string{"uncc", "budapest"}})
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
		_ = b
	})
	if cases < 1500 || again == 0 {
		t.Errorf("%d cases, %d tried again", cases, again)
	}
}
