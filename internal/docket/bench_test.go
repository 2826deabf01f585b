package docket_test

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"

	"rogatory/internal/docket"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

func benchmarked(b testing.TB) (docket.Options, *policies.Law) {
	b.Helper()
	law := bundle(b)
	c, err := scenario.ByID("g29", law)
	if err != nil {
		b.Fatal(err)
	}
	l, err := law.Law(policies.Pair{Instruments: []string{"uncc"}, Requesting: c.Requesting, Requested: c.Requested})
	if err != nil {
		b.Fatal(err)
	}
	return docket.Options{Case: c, Source: []byte("g29"), Instruments: []string{"uncc"}, Bundle: law, Seed: "1"}, l
}

// BenchmarkCaseSimulated is the procedure alone, from draft to the end of observation, in virtual time.
func BenchmarkCaseSimulated(b *testing.B) {
	o, law := benchmarked(b)
	in := o.Input()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := simulation.Conduct(in, law); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCaseOnServer is the whole of a run on a server that is up: papers, workflow, logs, verification, measures.
func BenchmarkCaseOnServer(b *testing.B) {
	o, _ := benchmarked(b)
	server, err := docket.StartServer(context.Background(), "", nil)
	if err != nil {
		b.Fatal(err)
	}
	defer server.Stop()
	o.Clock, o.Server = docket.Skip, server
	dir := b.TempDir()
	for n := 0; b.Loop(); n++ {
		o.Seed, o.Dir = strconv.Itoa(n), filepath.Join(dir, strconv.Itoa(n)) // another seed is another case
		if _, err := docket.Run(context.Background(), o); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkServerStartAndCase adds the start of the server, in memory.
func BenchmarkServerStartAndCase(b *testing.B) {
	o, _ := benchmarked(b)
	o.Clock = docket.Skip
	dir := b.TempDir()
	for n := 0; b.Loop(); n++ {
		server, err := docket.StartServer(context.Background(), "", nil)
		if err != nil {
			b.Fatal(err)
		}
		o.Seed, o.Dir, o.Server = strconv.Itoa(n), filepath.Join(dir, strconv.Itoa(n)), server
		if _, err := docket.Run(context.Background(), o); err != nil {
			b.Fatal(err)
		}
		server.Stop()
	}
}
