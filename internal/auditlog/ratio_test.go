package auditlog_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

// BenchmarkAppendAgainstTessera appends the same batches in turn through the log and to Tessera alone, whose leaves are
// then as long as ours, and reports the log's rate as a share of Tessera's. One caller waits for each batch.
func BenchmarkAppendAgainstTessera(b *testing.B) {
	const n = 64
	signer, err := auditlog.SignerOf(origin, seed)
	if err != nil {
		b.Fatal(err)
	}
	raw, closeRaw := rawTessera(b, signer)
	l := open(b, b.TempDir())
	i := 0
	var ours, theirs time.Duration
	for b.Loop() {
		batch := make([]mla.Event, n)
		leaves := make([][]byte, n)
		for k := range batch {
			batch[k] = event(fmt.Sprintf("case-%d", i/40), i%40)
			leaves[k] = fmt.Appendf(make([]byte, 0, 420), "%0420d", i) // as long as a leaf of ours
			i++
		}
		from := time.Now()
		if _, err := l.Append(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(from)
		from = time.Now()
		futures := make([]tessera.IndexFuture, n)
		for k, leaf := range leaves {
			futures[k] = raw.Add(context.Background(), tessera.NewEntry(leaf))
		}
		for _, f := range futures {
			if _, err := f(); err != nil {
				b.Fatal(err)
			}
		}
		theirs += time.Since(from)
	}
	shut(b, l)
	closeRaw()
	b.ReportMetric(float64(i)/ours.Seconds(), "events/s")
	b.ReportMetric(float64(i)/theirs.Seconds(), "tessera-entries/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio")
}

func rawTessera(b *testing.B, signer note.Signer) (*tessera.Appender, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	driver, err := posix.New(ctx, posix.Config{Path: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	a, shutdown, _, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).WithBatching(256, 200*time.Microsecond).WithCheckpointInterval(100*time.Millisecond))
	if err != nil {
		b.Fatal(err)
	}
	return a, func() {
		if err := shutdown(ctx); err != nil {
			b.Error(err)
		}
		cancel()
	}
}
