package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"rogatory/internal/cluster"
	"rogatory/internal/experiment"
	"rogatory/internal/population"
	"rogatory/policies"
)

// experimentOnCluster has the workers of a cluster run an experiment, and waits for them.
func (p *program) experimentOnCluster(ctx context.Context, o experimentOptions, x *experiment.Experiment) error {
	options, err := o.cluster.Options(p.log())
	if err != nil {
		return badInput{err}
	}
	c, err := cluster.Dial(ctx, options)
	if err != nil {
		return badInputf("%w; start it, or correct --address", err)
	}
	defer c.Close()
	where, err := experiment.Where(o.out)
	if err != nil {
		return err
	}
	in := x.FanOut(where, max(1, o.workers))
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: in.Spec.ID(), TaskQueue: experiment.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING}, experiment.WorkflowName, in)
	if err != nil {
		return fmt.Errorf("start the experiment: %w", err)
	}
	done := make(chan struct{})
	defer close(done)
	tell, clear := experimentProgress(p.err)
	go p.watch(ctx, c, run.GetID(), tell, done)
	err = run.Get(ctx, nil)
	clear()
	if ctx.Err() != nil {
		return fmt.Errorf("stopped waiting; workflow %s goes on: the same command waits for it again, and `temporal workflow cancel -w %s` ends it", run.GetID(), run.GetID())
	}
	if err != nil {
		return fmt.Errorf("workflow %s: %w", run.GetID(), err)
	}
	return nil
}

// watch asks the workflow how far it is, until it is done.
func (p *program) watch(ctx context.Context, c client.Client, id string, tell func(experiment.Progress), done <-chan struct{}) {
	began := time.Now()
	for tick := time.NewTicker(2 * time.Second); tell != nil; {
		select {
		case <-done:
			tick.Stop()
			return
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			var s experiment.FanState
			if v, err := c.QueryWorkflow(ctx, id, "", experiment.ProgressQuery); err == nil && v.Get(&s) == nil {
				tell(experiment.Progress{Units: s.Units, Of: s.Of, Began: began})
			}
		}
	}
}

// workOnExperiments serves the task queue of experiments.
func (p *program) workOnExperiments() *cobra.Command {
	var connection cluster.Connection
	atOnce := 0
	c := &cobra.Command{
		Use:   "work",
		Short: "Run replications for experiments on a Temporal cluster, until stopped",
		Long: `Serves the task queue of experiments. Start as many as there are machines: a unit whose worker dies is given to another, and
one that is finished is not run again. Every worker must reach what --out of the experiment names.`,
		Example: "  go run ./starter experiment work --address localhost:7233",
		Args:    exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.serveExperiments(c.Context(), connection, atOnce)
		},
	}
	connection.Flags(c.Flags())
	c.Flags().IntVar(&atOnce, "at-once", 1, "replications at one time")
	return c
}

func (p *program) serveExperiments(ctx context.Context, connection cluster.Connection, atOnce int) error {
	if atOnce < 1 {
		return badInputf("--at-once %d: give at least 1", atOnce)
	}
	bundle, err := policies.Shipped()
	if err != nil {
		return err
	}
	parameters, err := population.Shipped()
	if err != nil {
		return err
	}
	options, err := connection.Options(p.log())
	if err != nil {
		return badInput{err}
	}
	tend(atOnce)
	c, err := cluster.Dial(ctx, options)
	if err != nil {
		return badInputf("%w; start it, or correct --address", err)
	}
	defer c.Close()
	broken := make(chan error, 1)
	how := experiment.WorkerOptions(atOnce)
	how.OnFatalError = func(err error) { broken <- err }
	w := worker.New(c, experiment.TaskQueue, how)
	experiment.Register(w, &experiment.Activities{Bundle: bundle, Parameters: parameters})
	if err := w.Start(); err != nil {
		return fmt.Errorf("serve task queue %s: %w", experiment.TaskQueue, err)
	}
	defer w.Stop()
	if _, err := fmt.Fprintf(p.out, "serving task queue %s on %s, namespace %s\n", experiment.TaskQueue, options.HostPort, options.Namespace); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-broken:
		return errors.Join(errors.New("the worker stopped"), err)
	}
}
