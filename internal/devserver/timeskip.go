package devserver

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

// Temporal's time skipping is experimental and the SDK does not show it. All that knows of it is in this file.

// TimeSkipping makes every workflow that a client starts run on its own clock: whenever nothing is in flight (no workflow
// task, activity or child), the clock jumps to the next timer, retry or timeout. It goes into
// client.Options.ConnectionOptions.DialOptions, and works against any server that allows time skipping; one that does not
// refuses the start.
//
// A wait without a timer does not move the clock; a wait for a person that has a deadline jumps straight to the deadline.
// Activities run on the wall clock. Child workflows skip on clocks of their own.
func TimeSkipping() grpc.DialOption {
	return grpc.WithChainUnaryInterceptor(func(
		ctx context.Context, method string, request, reply any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, o ...grpc.CallOption,
	) error {
		skipTime(request)
		return invoke(ctx, method, request, reply, conn, o...)
	})
}

// skipTime turns skipping on in a request that starts a workflow, unless the request says something about it.
func skipTime(request any) {
	// Skipping ends for good after this many jumps; the server's own default is 200.
	on := &commonpb.TimeSkippingConfig{Enabled: true, MaxSessionSkipCount: math.MaxInt32}
	switch r := request.(type) {
	case *workflowservice.StartWorkflowExecutionRequest:
		if r.TimeSkippingConfig == nil {
			r.TimeSkippingConfig = on
		}
	case *workflowservice.SignalWithStartWorkflowExecutionRequest:
		if r.TimeSkippingConfig == nil {
			r.TimeSkippingConfig = on
		}
	case *workflowservice.ExecuteMultiOperationRequest: // update with start
		for _, op := range r.GetOperations() {
			if start := op.GetStartWorkflow(); start != nil {
				skipTime(start)
			}
		}
	}
}

// ErrEnded is wrapped by the error of an Advance that the workflow's end forestalled or cut short.
var ErrEnded = errors.New("workflow has ended")

// Advance moves the clock of a running workflow forward by d of its own time, through the timers on the way, and returns when
// it has got there. From then on the clock keeps the pace of the wall again, also when the workflow was skipping before.
// Activities on the way run in wall time and hold the clock meanwhile. Two calls at a time for one workflow spoil each other.
func Advance(ctx context.Context, c client.Client, namespace, workflowID string, d time.Duration) error {
	if err := advance(ctx, c.WorkflowService(), namespace, workflowID, d); err != nil {
		if w, lost := c.DescribeWorkflow(ctx, workflowID, ""); lost == nil && w.Status != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
			err = ErrEnded
		}
		return fmt.Errorf("advancing workflow %s by %v: %w", workflowID, d, err)
	}
	return nil
}

func advance(ctx context.Context, service workflowservice.WorkflowServiceClient, namespace, workflowID string, d time.Duration) error {
	execution := &commonpb.WorkflowExecution{WorkflowId: workflowID}
	id := uuid.NewString()
	_, err := service.UpdateWorkflowExecutionOptions(ctx, &workflowservice.UpdateWorkflowExecutionOptionsRequest{
		Namespace:         namespace,
		WorkflowExecution: execution,
		WorkflowExecutionOptions: &workflowpb.WorkflowExecutionOptions{TimeSkippingConfig: &commonpb.TimeSkippingConfig{
			Enabled:             true,
			MaxSessionSkipCount: math.MaxInt32,
			FastForwardConfig:   &commonpb.FastForwardConfig{Id: id, Duration: durationpb.New(d)},
		}},
		UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"time_skipping_config"}},
	})
	if err != nil {
		return err
	}
	for {
		r, err := service.PollWorkflowExecutionTimeSkipping(ctx, &workflowservice.PollWorkflowExecutionTimeSkippingRequest{
			Namespace:         namespace,
			WorkflowExecution: execution,
			FastForwardId:     id,
		})
		if err != nil {
			return err
		}
		switch r.GetFastForwardPollingResult() {
		case enumspb.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
			return nil
		case enumspb.FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT:
			// a long poll's end; ask again
		default:
			return errors.New(r.GetFailedReason())
		}
	}
}
