package experiment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"rogatory/internal/population"
	"rogatory/policies"
)

// Names on the wire.
const (
	WorkflowName  = "Experiment"
	TaskQueue     = "rogatory-experiment"
	ProgressQuery = "progress"
)

// Spec is an experiment as it goes over the wire: whoever has the same law makes the same of it.
type Spec struct {
	File         string `json:"file"` // of the design, for messages
	Design       string `json:"design"`
	Seed         string `json:"seed"`
	Cases        int    `json:"cases"`
	Replications int    `json:"replications"` // in place of the design's; 0: the design's
	Policy       string `json:"policy"`       // digest of the law
	Experiment   string `json:"experiment"`   // digest of it all
	Bucket       string `json:"bucket"`       // a URL, or a directory that every worker shares
}

// Spec is the experiment as it goes over the wire.
func (x *Experiment) Spec(bucket string) Spec {
	s := Spec{File: x.Design.file, Design: string(x.Design.content), Seed: x.Seed, Cases: x.Design.Cases, Policy: x.Bundle.Digest(),
		Experiment: x.Digest(), Bucket: bucket}
	if x.Design.HalfWidth == nil {
		s.Replications = x.Design.Replications
	}
	return s
}

// ID is the id of the experiment's workflow: the same experiment into the same bucket is the same workflow.
func (s Spec) ID() string {
	sum := sha256.Sum256([]byte(s.Bucket))
	return "experiment-" + s.Experiment[:16] + "-" + hex.EncodeToString(sum[:4])
}

// FanOut is the input of the Experiment workflow.
type FanOut struct {
	Spec   Spec `json:"spec"`
	Arms   int  `json:"arms"`
	Least  int  `json:"least"` // replications that are run whatever they come to
	Most   int  `json:"most"`
	AtOnce int  `json:"at_once"` // units in hand at one time

	// What earlier runs of the workflow left.
	Done   int    `json:"done"`   // whole replications
	Digest string `json:"digest"` // over the receipts of their units, in order
}

// FanOut is the experiment as a workflow's input.
func (x *Experiment) FanOut(bucket string, atOnce int) FanOut {
	return FanOut{Spec: x.Spec(bucket), Arms: len(x.arms), Least: x.Design.Replications, Most: x.Design.most(), AtOnce: atOnce}
}

// Fanned is what the workflow returns; the rest lies in the bucket.
type Fanned struct {
	Replications int    `json:"replications"`
	Digest       string `json:"digest"`
}

// FanState is what the progress query answers.
type FanState struct {
	Units int `json:"units"` // finished
	Of    int `json:"of"`    // at most
}

// unitsPerRun bounds the history of one run of the workflow: a unit leaves three events, so it stays far below the limit
// of 51,200 events and the size at which histories grow slow.
const unitsPerRun = 1000

// Run is the Experiment workflow: batches of replications, one activity a unit, until the whole ones may stop.
func Run(ctx workflow.Context, in FanOut) (Fanned, error) {
	state := FanState{Units: in.Done * in.Arms, Of: in.Most * in.Arms}
	if err := workflow.SetQueryHandler(ctx, ProgressQuery, func() (FanState, error) { return state, nil }); err != nil {
		return Fanned{}, err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 24 * time.Hour,
		HeartbeatTimeout:    heartbeat,
		WaitForCancellation: true,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: time.Minute, NonRetryableErrorTypes: []string{badSpec}},
	})
	for ran := 0; in.Done < in.Most; {
		batch := min(max(1, in.AtOnce/in.Arms), in.Most-in.Done)
		if err := runBatch(ctx, &in, batch, &state); err != nil {
			return Fanned{}, err
		}
		ran += batch * in.Arms
		// Stopping is judged on each whole replication in order, as in process; what ran beyond is not counted. Where the
		// design says how many there are, nothing is to be judged.
		var stopped int
		if in.Done >= in.Least && in.Least < in.Most {
			if err := workflow.ExecuteActivity(ctx, acts.JudgeReplications, Judgement{in.Spec, in.Done - batch, in.Done}).Get(ctx, &stopped); err != nil {
				return Fanned{}, err
			}
		}
		if stopped > 0 {
			return Fanned{Replications: stopped, Digest: in.Digest}, nil
		}
		if ran >= unitsPerRun || workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			return Fanned{}, workflow.NewContinueAsNewError(ctx, Run, in)
		}
	}
	return Fanned{Replications: in.Done, Digest: in.Digest}, nil
}

// runBatch runs every arm of some replications, at most so many units at one time.
func runBatch(ctx workflow.Context, in *FanOut, replications int, state *FanState) error {
	n := replications * in.Arms
	receipts := make([]Receipt, n)
	next, first := 0, in.Done
	var failed error
	lanes := workflow.NewWaitGroup(ctx)
	for range min(max(1, in.AtOnce), n) {
		lanes.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer lanes.Done()
			for next < n && failed == nil {
				i := next
				next++
				u := Unit{Arm: i % in.Arms, Replication: first + i/in.Arms}
				if err := workflow.ExecuteActivity(ctx, acts.RunReplication, Work{in.Spec, u}).Get(ctx, &receipts[i]); err != nil {
					failed = err
					return
				}
				state.Units++
			}
		})
	}
	lanes.Wait(ctx)
	if failed != nil {
		return failed
	}
	chain := sha256.New()
	_, _ = chain.Write([]byte(in.Digest)) // a hash never fails
	for _, r := range receipts {
		_, _ = chain.Write([]byte(r.Key + " " + r.Digest + "\n"))
	}
	in.Digest, in.Done = hex.EncodeToString(chain.Sum(nil)), in.Done+replications
	return nil
}

// Work is one unit of an experiment.
type Work struct {
	Spec Spec `json:"spec"`
	Unit Unit `json:"unit"`
}

// Judgement asks whether an experiment may stop after any of the replications above From and up to To.
type Judgement struct {
	Spec Spec `json:"spec"`
	From int  `json:"from"`
	To   int  `json:"to"`
}

// heartbeat is how long a unit may be silent before its worker counts as dead.
const heartbeat = 30 * time.Second

// badSpec is the type of an error that no other worker would mend.
const badSpec = "bad-experiment"

// Activities run units on a worker.
type Activities struct {
	Bundle     *policies.Bundle
	Parameters population.Parameters
}

// acts names the activities; the pointer is never followed.
var acts *Activities

// Register offers the experiment workflow and its activities on a worker.
func Register(w worker.Registry, a *Activities) {
	w.RegisterWorkflowWithOptions(Run, workflow.RegisterOptions{Name: WorkflowName})
	w.RegisterActivityWithOptions(a, activity.RegisterOptions{})
}

// WorkerOptions are those of a worker that runs so many units at one time.
func WorkerOptions(atOnce int) worker.Options {
	return worker.Options{MaxConcurrentActivityExecutionSize: atOnce, StickyScheduleToStartTimeout: time.Second}
}

// RunReplication runs a unit and keeps it in the bucket. A unit that is there already, whoever ran it, is not run again,
// so that nothing is counted twice.
func (a *Activities) RunReplication(ctx context.Context, w Work) (Receipt, error) {
	x, err := a.experiment(w.Spec)
	if err != nil {
		return Receipt{}, err
	}
	b, err := OpenBucket(ctx, w.Spec.Bucket)
	if err != nil {
		return Receipt{}, err
	}
	defer func() { _ = b.Close() }() // what was written was closed for itself
	if s, found, err := x.intact(ctx, b, w.Unit); err != nil || found {
		if err != nil {
			return Receipt{}, err
		}
		return x.receipt(w.Unit, s)
	}
	var cases atomic.Int64
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for tick := time.NewTicker(heartbeat / 6); ; {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
				activity.RecordHeartbeat(ctx, cases.Load())
			}
		}
	}()
	return x.Run(ctx, b, w.Unit, func(n int) { cases.Add(int64(n)) })
}

// JudgeReplications returns after how many replications an experiment may stop, or 0.
func (a *Activities) JudgeReplications(ctx context.Context, j Judgement) (int, error) {
	x, err := a.experiment(j.Spec)
	if err != nil {
		return 0, err
	}
	b, err := OpenBucket(ctx, j.Spec.Bucket)
	if err != nil {
		return 0, err
	}
	defer func() { _ = b.Close() }() // it was only read
	r, err := x.Collect(ctx, b)
	if err != nil {
		return 0, err
	}
	if r.Replications > j.From && r.Replications <= j.To && r.Complete {
		return r.Replications, nil
	}
	if r.Replications < j.To && !r.Complete {
		return 0, fmt.Errorf("of %d replications %d are in %s", j.To, r.Replications, j.Spec.Bucket)
	}
	return 0, nil
}

// experiment makes of a spec what its sender made.
func (a *Activities) experiment(s Spec) (*Experiment, error) {
	if s.Policy != a.Bundle.Digest() {
		return nil, fmt.Errorf("no law with digest %s on this worker; start one that carries it", s.Policy)
	}
	d, err := Parse(s.File, []byte(s.Design), a.Bundle, a.Parameters)
	if err != nil {
		return nil, temporal.NewNonRetryableApplicationError(err.Error(), badSpec, nil)
	}
	d.Cases = s.Cases
	if s.Replications > 0 {
		d.Replications, d.HalfWidth = s.Replications, nil
	}
	x := New(d, s.Seed, a.Bundle, a.Parameters)
	if x.Digest() != s.Experiment {
		return nil, fmt.Errorf("this worker makes experiment %s of the design and not %s: its parameters or its version are others", x.Digest()[:16], s.Experiment[:16])
	}
	return x, nil
}
