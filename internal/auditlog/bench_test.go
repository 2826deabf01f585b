package auditlog_test

import (
	"context"
	"fmt"
	"testing"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// BenchmarkSealAppend is one caller who waits for each batch: the latency of an acknowledged append.
func BenchmarkSealAppend(b *testing.B) {
	for _, n := range []int{1, 10, 64} {
		b.Run(fmt.Sprintf("batch=%d", n), func(b *testing.B) {
			l := open(b, b.TempDir())
			defer shut(b, l)
			i := 0
			for b.Loop() {
				batch := make([]mla.Event, n)
				for k := range batch {
					batch[k] = event(fmt.Sprintf("case-%d", i/40), i%40)
					i++
				}
				if _, err := l.Append(context.Background(), batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	dir := b.TempDir()
	l := open(b, dir)
	const cases, each = 64, 40
	for i := range cases {
		add(b, l, events(fmt.Sprintf("case-%d", i), each), each)
	}
	shut(b, l)
	done := auditlog.PerCore(b, "event")
	for b.Loop() {
		r, err := verify.Check(context.Background(), dir, verify.Options{})
		if err != nil || !r.OK() {
			b.Fatal(r, err)
		}
	}
	done(b.N * cases * each)
	b.ReportMetric(float64(b.N)*cases*each/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkCanonical(b *testing.B) {
	e := event("case-1", 1)
	var out []byte
	for b.Loop() {
		var err error
		if out, err = mla.AppendCanonical(out[:0], e); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(out)))
}
