package auditlog_test

import (
	"context"
	"fmt"
	"testing"

	"rogatory/internal/mla"
)

func BenchmarkSealAppend(b *testing.B) {
	for _, n := range []int{1, 10} {
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
