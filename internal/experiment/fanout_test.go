package experiment

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"rogatory/internal/devserver"
)

// TestAClusterGivesTheSameBytes fans an experiment out over a Temporal server, with a worker that is stopped on the way
// and replaced.
func TestAClusterGivesTheSameBytes(t *testing.T) {
	ctx := t.Context()
	s, err := devserver.Start(ctx, devserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	c, err := s.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b, p := law(t)
	start := func() worker.Worker {
		w := worker.New(c, TaskQueue, worker.Options{MaxConcurrentActivityExecutionSize: 2, StickyScheduleToStartTimeout: time.Second, WorkerStopTimeout: time.Second})
		Register(w, &Activities{Bundle: b, Parameters: p})
		if err := w.Start(); err != nil {
			t.Error(err)
		}
		return w
	}
	// It stops when an interval is narrow enough, which it is after the third of at most five.
	x, dir := design(t, strings.Replace(small, "replications: 3\n", "replications: 3\nhalf_width: {outcome: wait, at_most: 1000, replications: 5}\n", 1)), t.TempDir()
	want := runTo(t, x, t.TempDir(), 2)
	in := x.FanOut(dir, 2)
	first := start()
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: in.Spec.ID(), TaskQueue: TaskQueue}, WorkflowName, in)
	if err != nil {
		t.Fatal(err)
	}
	var state FanState
	for deadline := time.Now().Add(2 * time.Minute); state.Units < 2 && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if v, err := c.QueryWorkflow(ctx, run.GetID(), "", ProgressQuery); err == nil {
			if err := v.Get(&state); err != nil {
				t.Fatal(err)
			}
		}
	}
	first.Stop()
	defer start().Stop()
	var got Fanned
	if err := run.Get(ctx, &got); err != nil {
		t.Fatal(err)
	}
	if got.Replications != x.Design.Replications || state.Of != len(x.Arms())*5 || state.Units < 2 {
		t.Errorf("%+v after %+v", got, state)
	}
	bucket, err := OpenBucket(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Collect(ctx, bucket)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Write(ctx, bucket, ""); err != nil {
		t.Fatal(err)
	}
	same(t, "over Temporal", want, written(t, dir))
}

// TestACancelledExperimentStops cancels one that would take long.
func TestACancelledExperimentStops(t *testing.T) {
	ctx := t.Context()
	s, err := devserver.Start(ctx, devserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	c, err := s.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b, p := law(t)
	w := worker.New(c, TaskQueue, worker.Options{StickyScheduleToStartTimeout: time.Second})
	Register(w, &Activities{Bundle: b, Parameters: p})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	x := design(t, small)
	x.Design.Replications = 100_000
	in := x.FanOut(t.TempDir(), 2)
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: in.Spec.ID(), TaskQueue: TaskQueue}, WorkflowName, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.CancelWorkflow(ctx, run.GetID(), ""); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	if err := run.Get(ctx, nil); err == nil || ctx.Err() != nil {
		t.Errorf("the cancelled experiment ended with %v", err)
	}
}
