package devserver_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"rogatory/internal/devserver"
)

// world is what the activities of journey touch.
type world struct {
	hang   bool
	midway chan<- struct{} // told of the sixth leg, unless nil
}

var outside world

const legs = 12

// Leg is one leg of a journey. In a child that hangs, the sixth never returns.
func (w *world) Leg(ctx context.Context, n int) error {
	if w.hang && n == legs/2 {
		fmt.Println("hanging")
		select {}
	}
	if w.midway != nil && n == legs/2 {
		w.midway <- struct{}{}
	}
	return nil
}

var journeyOptions = client.StartWorkflowOptions{
	ID:                       "journey",
	TaskQueue:                queue,
	WorkflowTaskTimeout:      time.Second,
	WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
}

// journey takes thirty days a leg and an activity after each, and tells the legal time at each.
func journey(ctx workflow.Context) ([]time.Time, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 10 * time.Millisecond},
	})
	times := []time.Time{workflow.Now(ctx)}
	for i := range legs {
		if err := workflow.Sleep(ctx, 30*day); err != nil {
			return nil, err
		}
		if err := workflow.ExecuteActivity(ctx, (*world).Leg, i).Get(ctx, nil); err != nil {
			return nil, err
		}
		times = append(times, workflow.Now(ctx))
	}
	return times, nil
}

func checkJourney(t *testing.T, times []time.Time) {
	t.Helper()
	if len(times) != legs+1 {
		t.Fatalf("%d times, want %d", len(times), legs+1)
	}
	for i, at := range times[1:] {
		passed(t, fmt.Sprintf("leg %d", i), times[0], at, time.Duration(i+1)*30*day)
	}
}

// finish starts a server on the file of a dead one and checks that the journey ends there as if nothing had happened.
func finish(t *testing.T, file string) {
	t.Helper()
	began := time.Now()
	c := connect(t, start(t, devserver.Options{File: file}))
	up := time.Since(began)
	work(t, c)
	times := result[[]time.Time](t, c.GetWorkflow(t.Context(), journeyOptions.ID, ""))
	t.Logf("up again in %v, done in %v", up, time.Since(began))
	checkJourney(t, times)
}

func TestTheClockStandsStillWhileTheWorkerIsAway(t *testing.T) {
	midway := make(chan struct{}, 1)
	outside.midway = midway
	defer func() { outside.midway = nil }()
	s := start(t, devserver.Options{})
	c := connect(t, s, devserver.TimeSkipping())
	w := work(t, c)
	began := time.Now()
	r, err := c.ExecuteWorkflow(t.Context(), journeyOptions, journey)
	if err != nil {
		t.Fatal(err)
	}
	<-midway
	w.Stop()
	// Something is in flight now, and stays so: the clock shows at most the leg after this one, and wall time.
	info := func() *commonpb.TimeSkippingInfo {
		d, err := c.DescribeWorkflowExecution(t.Context(), r.GetID(), "")
		if err != nil {
			t.Fatal(err)
		}
		return d.GetWorkflowExtendedInfo().GetTimeSkippingInfo()
	}
	limit := began.Add((legs/2+2)*30*day + slow)
	for range 50 { // half a second, in which an unbound clock would run through all that is left
		if now := info().GetCurrentTime().AsTime(); now.After(limit) {
			t.Fatalf("the clock ran on to %v", now)
		}
		time.Sleep(10 * time.Millisecond)
	}
	work(t, c)
	checkJourney(t, result[[]time.Time](t, r))
}

func TestAHistoryWithSkippedTimeCanBeReplayed(t *testing.T) {
	s := start(t, devserver.Options{})
	c := connect(t, s, devserver.TimeSkipping())
	work(t, c)
	r := begin(t, c, hearing)
	result[at](t, r)
	history := &historypb.History{}
	for events := c.GetWorkflowHistory(t.Context(), r.GetID(), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
		e, err := events.Next()
		if err != nil {
			t.Fatal(err)
		}
		history.Events = append(history.Events, e)
	}
	replayer := worker.NewWorkflowReplayer()
	replayer.RegisterWorkflow(hearing)
	if err := replayer.ReplayWorkflowHistory(silent, history); err != nil {
		t.Error(err)
	}
}

func TestAWorkflowGoesOnAfterAKillInsideAnActivity(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	kill(t, file, "hang", "hanging", 0)
	finish(t, file)
}

func TestAWorkflowGoesOnAfterKillsAtAnyMoment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	// Kills within the start, the first of them while the schema is being made.
	for _, after := range []time.Duration{5, 10, 20, 30, 40, 60, 80} {
		kill(t, file, "race", "", after*time.Millisecond)
	}
	// Kills within the run.
	for _, after := range []time.Duration{0, 1, 3, 7, 15, 31} {
		kill(t, file, "race", "started", after*time.Millisecond)
	}
	finish(t, file)
}

// kill runs a child on the file and kills it some time after it printed the line, or after its start when there is none.
func kill(t *testing.T, file, role, line string, after time.Duration) {
	t.Helper()
	cmd := child(t, role, file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); line != "" && lines.Scan() && lines.Text() != line; {
	}
	time.Sleep(after) // the moment of the kill, not an assumption about it
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("child ended before it was killed: %v", err)
	}
}
