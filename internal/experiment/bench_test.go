package experiment

import (
	"context"
	"runtime/metrics"
	"testing"
	"time"

	"gocloud.dev/blob/memblob"
	"golang.org/x/sys/unix"
)

// BenchmarkUnit runs replications whole: procedure, law on known and on stipulated facts, events, roots, outcomes, rows.
func BenchmarkUnit(b *testing.B) {
	x := design(b, small)
	x.Design.Cases = 3000
	bucket := memblob.OpenBucket(nil)
	cases, began := 0, processor(b)
	for r := 1; b.Loop(); r++ {
		if _, err := x.Run(context.Background(), bucket, Unit{Replication: r}, func(n int) { cases += n }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cases)/b.Elapsed().Seconds(), "cases/s")
	b.ReportMetric(float64(cases)/(processor(b)-began).Seconds(), "cases/cpu-s")
}

// BenchmarkInFlight does so with 20,000 letters under way at one time: in a cast twenty times as large, whose letters are all
// at work somewhere, and with few officers, so that most lie in a pile.
func BenchmarkInFlight(b *testing.B) {
	for _, of := range []struct {
		name  string
		cases int
		set   map[string]float64
	}{
		{"large-cast", 40_000, map[string]float64{"requests.per_year": 66_000, "staff.scale": 22, "court.judges": 132, "provider.team": 264}},
		{"pile", 30_000, map[string]float64{"requests.per_year": 12_000, "staff.scale": 0.6, "court.judges": 24, "provider.team": 48}},
	} {
		b.Run(of.name, func(b *testing.B) {
			x := design(b, small)
			for i := range x.arms {
				x.arms[i].Parameters = of.set
			}
			x.Design.Cases = of.cases
			bucket, cases, most, flying := memblob.OpenBucket(nil), 0, uint64(0), 0
			began := processor(b)
			for r := 1; b.Loop(); r++ {
				u := Unit{Replication: r}
				if _, err := x.Run(context.Background(), bucket, u, func(n int) { cases += n; most = max(most, alive()) }); err != nil {
					b.Fatal(err)
				}
				s, _, err := x.kept(context.Background(), bucket, u)
				if err != nil {
					b.Fatal(err)
				}
				flying = max(flying, s.InFlight)
			}
			b.ReportMetric(float64(cases)/(processor(b)-began).Seconds(), "cases/cpu-s")
			b.ReportMetric(float64(flying), "in-flight")
			b.ReportMetric(float64(most)/float64(flying), "B/in-flight")
		})
	}
}

// processor is the processor time this process has used, its garbage collector's included.
func processor(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// alive is how many bytes of heap the last collection found alive, and of stacks.
func alive() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() + s[1].Value.Uint64()
}

// BenchmarkRows writes rows of cases.parquet.
func BenchmarkRows(b *testing.B) {
	ctx, bucket := context.Background(), memblob.OpenBucket(nil)
	const rows = 1_000_000
	for b.Loop() {
		t, err := create[Row](ctx, bucket, "rows.parquet")
		if err != nil {
			b.Fatal(err)
		}
		for i := range rows {
			if err := t.write(Row{Arm: "base", Case: "r0-12-34", Replication: int32(i % 30), Outcome: "granted", Decision: int32(i % 400), Waited: float64(i % 17)}); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := t.close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
}
