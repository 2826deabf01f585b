package main

import (
	"context"
	"io"
	"math"
	"os"
	"runtime/debug"
	"testing"

	"rogatory/internal/cluster"
)

// TestAWorkerTendsItsMemory starts workers that find no cluster: what memory they may take is settled before they look for one.
func TestAWorkerTendsItsMemory(t *testing.T) {
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	limit, percent := debug.SetMemoryLimit(math.MaxInt64), debug.SetGCPercent(100)
	defer func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}()
	none, cancel := context.WithCancel(t.Context())
	cancel()
	serve := func(atOnce int) {
		t.Helper()
		p := program{out: io.Discard, err: io.Discard}
		if err := p.serveExperiments(none, cluster.Connection{Address: "localhost:1"}, atOnce); err == nil {
			t.Fatal("a worker found a cluster where there is none")
		}
	}
	serve(3)
	if got := debug.SetMemoryLimit(-1); got != 3*share {
		t.Errorf("with three replications at work the limit is %d bytes, want %d", got, 3*share)
	}
	debug.SetMemoryLimit(5 * share) // as GOMEMLIMIT would
	serve(3)
	if got := debug.SetMemoryLimit(-1); got != 5*share {
		t.Errorf("a limit that was set became %d bytes, want %d", got, 5*share)
	}
}
