package history

import (
	"fmt"
	"log/slog"

	"go.temporal.io/sdk/interceptor"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/workflows"
)

// Replay is what the procedure does when the history is played to it again.
type Replay struct {
	Events []mla.Event      // it appends these, in order
	Acts   []activities.Act // it does these, in order
	// Fault says why the procedure of this version does not follow the history; empty: it does.
	Fault string
}

// Replay plays the history to the procedure of this version, and takes what it appends and does from its own calls.
func (h *History) Replay() (Replay, error) {
	tap := &tap{}
	r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		Interceptors: []interceptor.WorkerInterceptor{tap},
	})
	if err != nil {
		return Replay{}, err
	}
	r.RegisterWorkflowWithOptions(workflows.MutualLegalAssistance, workflow.RegisterOptions{Name: workflows.WorkflowName})
	silent := sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))
	out := Replay{}
	if err := r.ReplayWorkflowHistory(silent, h.raw); err != nil {
		out.Fault = err.Error()
	}
	out.Events, out.Acts = tap.events, tap.acts
	return out, tap.err
}

// tap listens to what the procedure asks of the outside. A replay starts the procedure once and runs it on one
// goroutine at a time.
type tap struct {
	interceptor.WorkerInterceptorBase
	events []mla.Event
	acts   []activities.Act
	err    error
}

func (t *tap) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	t.events, t.acts = nil, nil // the procedure starts from its beginning
	return &tapIn{WorkflowInboundInterceptorBase: interceptor.WorkflowInboundInterceptorBase{Next: next}, tap: t}
}

type tapIn struct {
	interceptor.WorkflowInboundInterceptorBase
	tap *tap
}

func (i *tapIn) Init(out interceptor.WorkflowOutboundInterceptor) error {
	return i.Next.Init(&tapOut{WorkflowOutboundInterceptorBase: interceptor.WorkflowOutboundInterceptorBase{Next: out}, tap: i.tap})
}

type tapOut struct {
	interceptor.WorkflowOutboundInterceptorBase
	tap *tap
}

func (o *tapOut) ExecuteActivity(ctx workflow.Context, name string, args ...any) workflow.Future {
	for _, a := range args {
		switch a := a.(type) {
		case activities.AppendInput:
			o.tap.events = append(o.tap.events, a.Events...)
		case activities.Act:
			o.tap.acts = append(o.tap.acts, a)
		default:
			o.tap.err = fmt.Errorf("the procedure calls %s with %T, which is not known here", name, a)
		}
	}
	return o.Next.ExecuteActivity(ctx, name, args...)
}
