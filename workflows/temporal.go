package workflows

import (
	"encoding/json"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// AnswerInput is a person's answer to a question that waits.
type AnswerInput struct {
	Key
	Answer json.RawMessage `json:"answer"`
}

// MutualLegalAssistance is one case as a Temporal workflow. Legal time is scripted (the case's start plus its waits)
// unless persons answer; then it is the workflow's own.
func MutualLegalAssistance(ctx workflow.Context, in Input) (Result, error) {
	c := NewCase(in)
	if len(in.Live) > 0 {
		c.scheduler.now = workflow.Now(ctx).UTC().Truncate(time.Second)
	}
	desk := c.scheduler.desk
	err := workflow.SetUpdateHandlerWithOptions(ctx, AnswerUpdate,
		func(_ workflow.Context, a AnswerInput) error { return desk.accept(a.Key, a.Answer) },
		workflow.UpdateHandlerOptions{Validator: func(a AnswerInput) error { return desk.check(a.Key, a.Answer) }})
	if err != nil {
		return Result{}, err
	}
	if err := workflow.SetQueryHandler(ctx, PendingQuery, func() ([]Pending, error) { return desk.pending(), nil }); err != nil {
		return Result{}, err
	}
	return c.Conduct(&temporalOffice{root: ctx, ctx: ctx, live: len(in.Live) > 0})
}

// temporalOffice is an office whose clock, acts and coroutines are Temporal's.
type temporalOffice struct {
	root workflow.Context // of the coroutine that runs the scheduler
	ctx  workflow.Context // of this fiber
	live bool             // persons answer, so legal time is the workflow's own
}

// acts names the activities; the pointer is never followed.
var acts *activities.Activities

// Activities that are under way when a worker dies are started again when their time is over, so their time is short.
var (
	actOptions = workflow.ActivityOptions{
		StartToCloseTimeout: 10 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, MaximumInterval: 10 * time.Second},
	}
	lawOptions = workflow.LocalActivityOptions{
		StartToCloseTimeout: 5 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, MaximumInterval: 10 * time.Second},
	}
)

func (t *temporalOffice) Fiber(body func(Office, func())) func() bool {
	resumed := workflow.NewChannel(t.root)
	paused := workflow.NewChannel(t.root)
	workflow.Go(t.root, func(ctx workflow.Context) {
		resumed.Receive(ctx, nil)
		body(&temporalOffice{root: t.root, ctx: ctx, live: t.live}, func() {
			paused.Send(ctx, false)
			resumed.Receive(ctx, nil)
		})
		paused.Send(ctx, true)
	})
	return func() (ended bool) {
		resumed.Send(t.root, nil)
		paused.Receive(t.root, &ended)
		return ended
	}
}

func (t *temporalOffice) Advance(from, to time.Time, answered func() bool) time.Time {
	if !t.live {
		must(workflow.Sleep(t.ctx, to.Sub(from)))
		return to
	}
	came, err := workflow.AwaitWithTimeout(t.ctx, to.Sub(workflow.Now(t.ctx)), answered)
	must(err)
	if !came {
		return to // also when the worker was away at that instant: a deadline is not moved by who was late
	}
	return workflow.Now(t.ctx).UTC().Truncate(time.Second)
}

func (t *temporalOffice) Assess(in activities.AssessInput) (a mla.Assessment) {
	ctx := workflow.WithLocalActivityOptions(t.ctx, lawOptions)
	must(workflow.ExecuteLocalActivity(ctx, acts.Assess, in).Get(ctx, &a))
	return a
}

func (t *temporalOffice) Terms(in activities.TermsInput) (terms policies.Terms) {
	ctx := workflow.WithLocalActivityOptions(t.ctx, lawOptions)
	must(workflow.ExecuteLocalActivity(ctx, acts.Terms, in).Get(ctx, &terms))
	return terms
}

func (t *temporalOffice) Append(events []mla.Event) {
	ctx := workflow.WithActivityOptions(t.ctx, actOptions)
	must(workflow.ExecuteActivity(ctx, acts.Append, activities.AppendInput{Events: events}).Get(ctx, nil))
}

func (t *temporalOffice) Act(act activities.Act) (r activities.Receipt) {
	ctx := workflow.WithActivityOptions(t.ctx, actOptions)
	var done workflow.Future
	switch act.Verb {
	case activities.Preserve:
		done = workflow.ExecuteActivity(ctx, acts.Preserve, act)
	case activities.Serve:
		done = workflow.ExecuteActivity(ctx, acts.Serve, act)
	case activities.Produce:
		done = workflow.ExecuteActivity(ctx, acts.Produce, act)
	case activities.Transmit:
		done = workflow.ExecuteActivity(ctx, acts.Transmit, act)
	case activities.Notify:
		done = workflow.ExecuteActivity(ctx, acts.Notify, act)
	case activities.Publish:
		done = workflow.ExecuteActivity(ctx, acts.Publish, act)
	}
	must(done.Get(ctx, &r))
	return r
}

// must ends the case where an activity failed for good or the case was cancelled.
func must(err error) {
	if err != nil {
		panic(Failure{err})
	}
}

// shownToChecker is never started. The determinism checker does not look behind an interface; here it sees every
// method of the Temporal office by its concrete type.
func shownToChecker(ctx workflow.Context, in Input) error {
	t := &temporalOffice{root: ctx, ctx: ctx}
	t.Fiber(func(Office, func()) {})()
	t.Advance(in.Start, in.Start, nil)
	t.Assess(activities.AssessInput{})
	t.Terms(activities.TermsInput{})
	t.Append(nil)
	t.Act(activities.Act{})
	k := &clerk{scheduler: NewCase(in).scheduler, office: t}
	k.Await(k.Now(), nil)
	k.Ask(mla.QDraft, k.Now(), nil)
	k.Assess(mla.StageScope, in.Request, nil, mla.NotTested)
	k.Terms(in.Request, nil)
	k.Act(activities.Act{})
	k.Record(mla.Event{})
	k.Open(func(Clerk) {})
	k.Then(k.Now(), func(Clerk) {})
	return nil
}

var _ = shownToChecker
