package workflows_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"rogatory/activities"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/policies"
	"rogatory/workflows"
)

type book struct {
	mu     sync.Mutex
	events []mla.Event
}

func (b *book) Append(_ context.Context, _ mla.State, events []mla.Event) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, events...)
	return nil
}

func (b *book) kinds() map[mla.Kind]mla.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[mla.Kind]mla.Event{}
	for _, e := range b.events {
		out[e.Kind] = e
	}
	return out
}

// TestAPersonDecidesThroughAnUpdate has a person at the central authority's desk and scripts at all others; legal time
// is the workflow's own and is moved forward day by day.
func TestAPersonDecidesThroughAnUpdate(t *testing.T) {
	ctx := t.Context()
	bundle, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.ByID("g28", bundle)
	if err != nil {
		t.Fatal(err)
	}
	in := docket.Options{Case: c, Source: []byte(c.ID), Instruments: []string{"uncc"}, Bundle: bundle, Seed: "live"}.Input()
	in.Live = []mla.Role{mla.CentralAuthority}

	server, err := docket.StartServer(ctx, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	cl, err := server.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log := &book{}
	w := worker.New(cl, workflows.TaskQueue, docket.WorkerOptions())
	workflows.Register(w, &activities.Activities{Law: docket.Shelf{bundle.Digest(): bundle}, Logs: log})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	run, err := docket.Start(ctx, cl, in, workflows.TaskQueue, docket.Skip)
	if err != nil {
		t.Fatal(err)
	}

	// await moves the case forward until a question waits for the person.
	await := func(q mla.Question) workflows.Key {
		t.Helper()
		for range 100 {
			v, err := cl.QueryWorkflow(ctx, run.GetID(), "", workflows.PendingQuery)
			if err != nil {
				t.Fatal(err)
			}
			var pending []workflows.Pending
			if err := v.Get(&pending); err != nil {
				t.Fatal(err)
			}
			for _, p := range pending {
				if p.Question == q {
					return p.Key
				}
			}
			if err := devserver.Advance(ctx, cl, server.Namespace(), run.GetID(), 5*24*time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		t.Fatalf("the question %s never came", q)
		return workflows.Key{}
	}
	answer := func(k workflows.Key, raw string) error {
		h, err := cl.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID: run.GetID(), UpdateName: workflows.AnswerUpdate, WaitForStage: client.WorkflowUpdateStageCompleted,
			Args: []any{workflows.AnswerInput{Key: k, Answer: json.RawMessage(raw)}},
		})
		if err != nil {
			return err
		}
		return h.Get(ctx, nil)
	}

	intake := await(mla.QIntake)
	if err := answer(intake, `{"lacking":[]}`); err != nil {
		t.Fatal(err)
	}
	decide := await(mla.QDecide)
	for bad, want := range map[string]string{
		`{"method":"hunch"}`:                         "hunch",
		`{"method":"conduct","otherwise":"maybe"}`:   "maybe",
		`{"method":"conduct","otherwise":"refused"}`: "names its ground",
		`{"methd":"conduct"}`:                        "methd",
		`{"method":"conduct","otherwise":"partly-granted","scope":{"categories":["traffic"],"accounts":0,"persons":0,"months":0}}`: "nothing of it",
		`{"method":"conduct","raises":["uncc/40(21)(b)"]}`:                                                                         "not open on what is known",
		`{"method":"conduct","raises":["budapest/27(4)(a)"]}`:                                                                      "speaks in this case",
	} {
		if err := answer(decide, bad); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("answer %s: got %v, want a refusal that names %q", bad, err, want)
		}
	}
	before, err := cl.DescribeWorkflowExecution(ctx, run.GetID(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := answer(workflows.Key{Question: mla.QDecide, Ordinal: 7}, `{"method":"conduct"}`); err == nil {
		t.Error("an answer to a question that was not put was taken")
	}
	if err := answer(decide, `{"method":"conduct","minutes":90,"raises":["uncc/40(8)"],"reasons":"what is alleged is no offence here"}`); err != nil {
		t.Fatal(err)
	}
	after, err := cl.DescribeWorkflowExecution(ctx, run.GetID(), "")
	if err != nil {
		t.Fatal(err)
	}
	if after.WorkflowExecutionInfo.HistoryLength <= before.WorkflowExecutionInfo.HistoryLength {
		t.Error("the accepted answer left no trace in the history")
	}
	for range 400 {
		if _, decided := log.kinds()[mla.Decided]; decided {
			break
		}
		if err := devserver.Advance(ctx, cl, server.Namespace(), run.GetID(), 24*time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	d, ok := log.kinds()[mla.Decided].Body.(mla.DecidedBody)
	if !ok {
		t.Fatal("no decision on the log")
	}
	if d.Outcome != mla.Refused || len(d.Grounds) != 1 || d.Grounds[0].Rule != "uncc/40(8) dual-criminality" {
		t.Errorf("decision %+v, want a refusal on 40(8)", d)
	}
	if _, ok := log.kinds()[mla.ReasonsGiven]; !ok {
		t.Error("the refusal has no reasons on the log: 40(25) demands them")
	}
	if err := cl.TerminateWorkflow(ctx, run.GetID(), "", "the test has seen enough"); err != nil {
		t.Fatal(err)
	}
}

// TestALiveCaseIsWatchedFromTheDayItBegins has a case file of 2027 taken up in 2031.
func TestALiveCaseIsWatchedFromTheDayItBegins(t *testing.T) {
	bundle, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.ByID("g28", bundle)
	if err != nil {
		t.Fatal(err)
	}
	in := docket.Options{Case: c, Source: []byte(c.ID), Instruments: []string{"uncc"}, Bundle: bundle, Seed: "live"}.Input()
	in.Live = []mla.Role{mla.Person} // nobody asks the person anything
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(silent)
	env := suite.NewTestWorkflowEnvironment()
	start := time.Date(2031, 6, 1, 9, 30, 0, 0, time.UTC)
	env.SetStartTime(start)
	env.RegisterWorkflowWithOptions(workflows.MutualLegalAssistance, workflow.RegisterOptions{Name: workflows.WorkflowName})
	env.RegisterActivity(&activities.Activities{Law: docket.Shelf{bundle.Digest(): bundle}, Logs: &book{}})
	env.ExecuteWorkflow(workflows.WorkflowName, in)
	var got workflows.Result
	if err := env.GetWorkflowResult(&got); err != nil {
		t.Fatal(err)
	}
	if want := start.AddDate(0, 0, int(in.Horizon)); got.Ended.Before(want) || got.Ended.After(want.AddDate(0, 0, 1)) {
		t.Errorf("ended %s, want %s", got.Ended, want)
	}
}
