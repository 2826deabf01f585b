package devserver_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"rogatory/internal/devserver"
)

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// at is a thing that happened and its legal time.
type at struct {
	What string
	When time.Time
}

// deadlines starts timers at once, out of order, and tells which fired when.
func deadlines(ctx workflow.Context, days []int) ([]at, error) {
	happened := []at{{"start", workflow.Now(ctx)}}
	done := workflow.NewChannel(ctx)
	for _, d := range days {
		workflow.Go(ctx, func(ctx workflow.Context) {
			_ = workflow.Sleep(ctx, time.Duration(d)*day)
			happened = append(happened, at{(time.Duration(d) * day).String(), workflow.Now(ctx)})
			done.Send(ctx, nil)
		})
	}
	for range days {
		done.Receive(ctx, nil)
	}
	return happened, nil
}

func TestEighteenMonthsPassInAMoment(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}), devserver.TimeSkipping())
	work(t, c)
	began := time.Now()
	days := []int{548, 30, 90, 1, 365, 180}
	happened := result[[]at](t, begin(t, c, deadlines, days))
	if d := time.Since(began); d > time.Minute { // some 40 ms is usual, on a machine with nothing else to do
		t.Errorf("18 months took %v", d)
	}
	passed(t, "start", began.Add(-time.Second), happened[0].When, 0)
	slices.Sort(days)
	for i, d := range days {
		want := time.Duration(d) * day
		if happened[i+1].What != want.String() {
			t.Errorf("timer %d to fire was that of %s, want %v", i, happened[i+1].What, want)
		}
		passed(t, want.String(), happened[0].When, happened[i+1].When, want)
	}
}

func TestMoreJumpsThanTheServersDefaultLimit(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}), devserver.TimeSkipping())
	work(t, c)
	result[any](t, begin(t, c, steps, plan{Timers: 210})) // 200 is the limit
}

func TestEveryWayToStartAWorkflowSkips(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}), devserver.TimeSkipping())
	work(t, c)
	options := client.StartWorkflowOptions{TaskQueue: queue, WorkflowTaskTimeout: 2 * time.Second}
	for name, begin := range map[string]func(id string) error{
		"start": func(id string) error {
			o := options
			o.ID = id
			_, err := c.ExecuteWorkflow(t.Context(), o, hearing)
			return err
		},
		"signal with start": func(id string) error {
			_, err := c.SignalWithStartWorkflow(t.Context(), id, "nobody listens", nil, options, hearing)
			return err
		},
		"update with start": func(id string) error {
			o := options
			o.ID, o.WorkflowIDConflictPolicy = id, enumspb.WORKFLOW_ID_CONFLICT_POLICY_FAIL
			_, err := c.UpdateWithStartWorkflow(t.Context(), client.UpdateWithStartWorkflowOptions{
				StartWorkflowOperation: c.NewWithStartWorkflowOperation(o, hearing),
				UpdateOptions: client.UpdateWorkflowOptions{
					UpdateName: "answer", Args: []any{""}, WaitForStage: client.WorkflowUpdateStageCompleted,
				},
			})
			return err // the validator's refusal comes later
		},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			if err := begin(name); err != nil {
				t.Fatal(err)
			}
			got := result[at](t, c.GetWorkflow(t.Context(), name, ""))
			if got.What != "deadline" {
				t.Errorf("outcome %q, want deadline", got.What)
			}
			passed(t, "the deadline", began, got.When, 90*day)
		})
	}
}

// twoRoles is two coroutines that pass the word through a channel, each with activities and waits of its own.
func twoRoles(ctx workflow.Context, rounds int) ([]at, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 5 * time.Second})
	happened := []at{{"start", workflow.Now(ctx)}}
	var failed error
	note := func(ctx workflow.Context, what string) {
		failed = errors.Join(failed, workflow.ExecuteActivity(ctx, act, 0).Get(ctx, nil))
		happened = append(happened, at{what, workflow.Now(ctx)})
	}
	requests, answers := workflow.NewChannel(ctx), workflow.NewChannel(ctx)
	workflow.Go(ctx, func(ctx workflow.Context) {
		for requests.Receive(ctx, nil) {
			_ = workflow.Sleep(ctx, 45*day)
			note(ctx, "answered")
			answers.Send(ctx, nil)
		}
	})
	for range rounds {
		note(ctx, "asked")
		requests.Send(ctx, nil)
		answers.Receive(ctx, nil)
		_ = workflow.Sleep(ctx, 15*day)
	}
	requests.Close()
	return happened, failed
}

func TestActivitiesRunBetweenTheTimersOfTwoRoles(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}), devserver.TimeSkipping())
	work(t, c)
	const rounds = 6
	happened := result[[]at](t, begin(t, c, twoRoles, rounds))
	if len(happened) != 1+2*rounds {
		t.Fatalf("%d events, want %d", len(happened), 1+2*rounds)
	}
	for i := range rounds {
		asked, answered := happened[1+2*i], happened[2+2*i]
		if asked.What != "asked" || answered.What != "answered" {
			t.Fatalf("round %d: %s, then %s", i, asked.What, answered.What)
		}
		passed(t, "asking", happened[0].When, asked.When, time.Duration(i)*60*day)
		passed(t, "answer", asked.When, answered.When, 45*day)
	}
}

// hearing waits for a person's answer, or ninety days.
func hearing(ctx workflow.Context) (at, error) {
	var answer string
	err := workflow.SetUpdateHandlerWithOptions(ctx, "answer",
		func(ctx workflow.Context, a string) (string, error) {
			answer = a
			return "noted: " + a, nil
		},
		workflow.UpdateHandlerOptions{Validator: func(a string) error {
			if a == "" {
				return errors.New("an answer has words")
			}
			return nil
		}})
	if err != nil {
		return at{}, err
	}
	answered, err := workflow.AwaitWithTimeout(ctx, 90*day, func() bool { return answer != "" })
	if !answered {
		answer = "deadline"
	}
	return at{answer, workflow.Now(ctx)}, err
}

func update(t *testing.T, c client.Client, r client.WorkflowRun, answer string) (string, error) {
	t.Helper()
	h, err := c.UpdateWorkflow(t.Context(), client.UpdateWorkflowOptions{
		WorkflowID: r.GetID(), UpdateName: "answer", Args: []any{answer}, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err != nil {
		return "", err
	}
	var reply string
	err = h.Get(t.Context(), &reply)
	return reply, err
}

func TestAPersonAnswersOnTheLiveClock(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}))
	work(t, c)
	began := time.Now()
	r := begin(t, c, hearing)
	if _, err := update(t, c, r, ""); err == nil {
		t.Error("the validator let an empty answer pass")
	}
	if reply, err := update(t, c, r, "granted"); err != nil || reply != "noted: granted" {
		t.Fatalf("reply %q, %v", reply, err)
	}
	got := result[at](t, r)
	if got.What != "granted" {
		t.Errorf("outcome %q, want granted", got.What)
	}
	passed(t, "the outcome", began.Add(-time.Second), got.When, 0)
}

func TestAWaitForAPersonJumpsToTheDeadlineOnASkippedClock(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}), devserver.TimeSkipping())
	work(t, c)
	began := time.Now()
	got := result[at](t, begin(t, c, hearing))
	if got.What != "deadline" {
		t.Errorf("outcome %q, want deadline", got.What)
	}
	passed(t, "the deadline", began, got.When, 90*day)
}

func TestAdvanceMovesALiveClock(t *testing.T) {
	s := start(t, devserver.Options{})
	c := connect(t, s)
	work(t, c)

	t.Run("and a person still answers after it", func(t *testing.T) {
		began := time.Now()
		r := begin(t, c, hearing)
		for range 2 {
			if err := devserver.Advance(t.Context(), c, s.Namespace(), r.GetID(), 30*day); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := update(t, c, r, "granted"); err != nil {
			t.Fatal(err)
		}
		got := result[at](t, r)
		if got.What != "granted" {
			t.Errorf("outcome %q, want granted", got.What)
		}
		passed(t, "the answer", began, got.When, 60*day)
	})
	t.Run("through a deadline", func(t *testing.T) {
		began := time.Now()
		r := begin(t, c, hearing)
		if err := devserver.Advance(t.Context(), c, s.Namespace(), r.GetID(), 200*day); err != nil && !errors.Is(err, devserver.ErrEnded) {
			t.Fatal(err)
		}
		got := result[at](t, r)
		if got.What != "deadline" {
			t.Errorf("outcome %q, want deadline", got.What)
		}
		passed(t, "the deadline", began, got.When, 90*day)
	})
	t.Run("of a workflow that has ended", func(t *testing.T) {
		r := begin(t, c, steps, plan{})
		result[any](t, r)
		if err := devserver.Advance(t.Context(), c, s.Namespace(), r.GetID(), day); !errors.Is(err, devserver.ErrEnded) {
			t.Errorf("Advance = %v, want ErrEnded", err)
		}
	})
}

// patience runs an activity that fails a few times, with hours between.
func patience(ctx workflow.Context, failures int) ([]at, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 5 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 24 * time.Hour, BackoffCoefficient: 1},
	})
	happened := []at{{"start", workflow.Now(ctx)}}
	err := workflow.ExecuteActivity(ctx, (*world).Fail, failures).Get(ctx, nil)
	return append(happened, at{"done", workflow.Now(ctx)}), err
}

// Fail fails the first attempts.
func (w *world) Fail(ctx context.Context, failures int) error {
	if int(activity.GetInfo(ctx).Attempt) <= failures {
		return errors.New("not yet")
	}
	return nil
}

func TestTheWaitBeforeARetryIsSkipped(t *testing.T) {
	c := connect(t, start(t, devserver.Options{}), devserver.TimeSkipping())
	work(t, c)
	happened := result[[]at](t, begin(t, c, patience, 3))
	passed(t, "the fourth attempt", happened[0].When, happened[1].When, 3*day)
}
