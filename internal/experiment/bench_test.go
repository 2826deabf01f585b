package experiment

import (
	"context"
	"testing"

	"gocloud.dev/blob/memblob"
)

// BenchmarkUnit runs replications whole: procedure, law on known and on stipulated facts, events, roots, outcomes, rows.
func BenchmarkUnit(b *testing.B) {
	x := design(b, small)
	x.Design.Cases = 3000
	bucket := memblob.OpenBucket(nil)
	cases := 0
	for r := 1; b.Loop(); r++ {
		if _, err := x.Run(context.Background(), bucket, Unit{Replication: r}, func(n int) { cases += n }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cases)/b.Elapsed().Seconds(), "cases/s")
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
