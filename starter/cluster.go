package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"

	"rogatory/internal/cluster"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/report"
	"rogatory/workflows"
)

// runOnCluster starts a case for the workers of a cluster and waits for its end. A case that is there already is waited
// for: submitting it twice is an answer.
func (p *program) runOnCluster(ctx context.Context, o runOptions, s *subject) error {
	if o.dir != "" {
		return badInputf("--out does not go with --address: the logs stay with the worker, in the directory it was given")
	}
	if docket.Clock(o.clock) != docket.Skip {
		return badInputf("--clock %s does not go with --address: a cluster skips time", o.clock)
	}
	options, err := o.cluster.Options(p.log())
	if err != nil {
		return badInput{err}
	}
	options.ConnectionOptions.DialOptions = append([]grpc.DialOption{devserver.TimeSkipping()}, options.ConnectionOptions.DialOptions...)
	c, err := cluster.Dial(ctx, options)
	if err != nil {
		return badInputf("%w; start it, or correct --address", err)
	}
	defer c.Close()
	result, err := p.await(ctx, c, o, s)
	if err != nil {
		return err
	}
	result.Address, result.Space = options.HostPort, options.Namespace
	return p.print(result, o.json)
}

func (p *program) await(ctx context.Context, c client.Client, o runOptions, s *subject) (*report.Started, error) {
	in := docket.Options{
		Case: s.scenario, Source: s.source, Instruments: s.instruments, Safeguards: s.safeguards, Yields: s.yields, Bundle: s.bundle,
		Clock: docket.Skip, Seed: o.seed,
	}.Input()
	done := progress(p.err, "waiting for a worker on task queue "+workflows.TaskQueue)
	defer done()
	run, err := docket.Start(ctx, c, in, workflows.TaskQueue, docket.Skip)
	if err != nil {
		return nil, notStarted(err)
	}
	var result workflows.Result
	if err := run.Get(ctx, &result); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("stopped waiting; workflow %s goes on: the same command waits for it again", run.GetID())
		}
		return nil, fmt.Errorf("workflow %s: %w", run.GetID(), err)
	}
	return &report.Started{
		Case: s.scenario.ID, CaseID: in.Case, Regime: s.regime(), Clock: o.clock, Workflow: run.GetID(), Outcome: result.Outcome,
		Ended: result.Ended.Format(time.DateOnly), Events: result.Events, Policy: in.Policy, Seed: o.seed, Caveat: report.Caveat,
	}, nil
}

// notStarted says what a refused start means to the user.
func notStarted(err error) error {
	var invalid *serviceerror.InvalidArgument
	var namespace *serviceerror.NamespaceNotFound
	switch {
	case errors.As(err, &namespace):
		return badInputf("%w; create the namespace, or correct --namespace", err)
	case errors.As(err, &invalid):
		return badInputf("the cluster refuses the case: %w; a worker started once adds the search attributes, and the cluster "+
			"must allow time skipping (frontend.WorkflowTimeSkippingEnabled)", err)
	}
	return fmt.Errorf("start the case: %w", err)
}
