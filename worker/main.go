// Command worker serves Rogatory's task queues on a Temporal cluster: it runs the procedure and its activities, and keeps
// the logs of the States in a directory of its own; and it runs replications of experiments.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/google/renameio/v2"
	"github.com/google/uuid"
	"github.com/spf13/cobra"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	sdkworker "go.temporal.io/sdk/worker"
	"go.uber.org/zap"

	"rogatory/activities"
	"rogatory/internal/cluster"
	"rogatory/internal/docket"
	"rogatory/internal/experiment"
	"rogatory/internal/population"
	"rogatory/policies"
	"rogatory/workflows"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are the worker's flags.
type options struct {
	cluster  cluster.Connection
	dir      string
	policies []string
	seed     string
	units    int // of experiments, at one time
	logLevel string
}

// run is the whole program. It returns 0 once it was told to stop, 1 where it failed, and 2 for bad input.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	c := &cobra.Command{
		Use:   "worker",
		Short: "Serves Rogatory's task queue on a Temporal cluster",
		Long: `Runs cases that starter run --address sends to a cluster. The logs of the States and their keys are kept in the directory
given by --out; two workers must not share one.

Runs replications for starter experiment run --address too, --replications of them at one time, each on one core; 0 leaves them to
others. For machines that keep no logs there is starter experiment work, which does nothing else.

The connection follows Temporal's own configuration (profile file and TEMPORAL_* variables), and flags go over it. Stops on an
interrupt; what it has in hand is given to another worker, or to itself when it is started again.`,
		Example: `  go run ./worker --out out/worker
  go run ./worker --address localhost:7233 --namespace default --out out/worker --log-level info`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return serve(c.Context(), o, stdout, stderr) },
	}
	o.cluster.Flags(c.Flags())
	c.Flags().StringVar(&o.dir, "out", "", "directory of logs, keys and traces of acts")
	c.Flags().StringArrayVar(&o.policies, "policies", nil, "directory of law files to carry beside the law that ships; may be given more than once")
	c.Flags().StringVar(&o.seed, "seed", "", "what keys and leaves are derived from, the same for all logs in --out; one is drawn and kept there if none is given")
	c.Flags().IntVar(&o.units, "replications", 1, "replications of experiments at one time; 0 runs none")
	c.Flags().StringVar(&o.logLevel, "log-level", "info", "how much to log: "+strings.Join(cluster.Levels, ", "))
	c.SetArgs(args)
	c.SetOut(stdout)
	c.SetErr(stderr)
	err := c.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintf(stderr, "worker: %v\n", err) // nowhere is left to report to
	if errors.As(err, new(failure)) {
		return 1
	}
	return 2
}

// failure is an error that no other input would have prevented; every other error is one of bad input.
type failure struct{ error }

func (e failure) Unwrap() error { return e.error }

// serve runs the worker until the context ends.
func serve(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	logger, err := cluster.NewLogger(stderr, o.logLevel)
	if err != nil {
		return fmt.Errorf("--log-level: %w", err)
	}
	if o.units < 0 {
		return fmt.Errorf("--replications %d: give 0 or more", o.units)
	}
	shelf, err := carried(o.policies)
	if err != nil {
		return err
	}
	seed, err := seedFor(o)
	if err != nil {
		return err
	}
	connection, err := o.cluster.Options(logger)
	if err != nil {
		return err
	}
	c, err := cluster.Dial(ctx, connection)
	if err != nil {
		return fmt.Errorf("%w; start it, or correct --address", err)
	}
	defer c.Close()
	if err := cluster.AddSearchAttributes(ctx, c, connection.Namespace, searchAttributes()); err != nil {
		logger.Warn("search attributes were not added; add them by hand if cases cannot be started", zap.Error(err))
	}
	books := docket.OpenBooks(o.dir, seed)
	defer func() {
		if closing := books.Close(context.WithoutCancel(ctx)); closing != nil {
			err = errors.Join(err, failure{fmt.Errorf("close the logs in %s: %w", o.dir, closing)})
		}
	}()
	if err := books.TakeUp(ctx); err != nil {
		return failure{fmt.Errorf("open the logs in %s: %w", o.dir, err)}
	}
	broken := make(chan error, 2)
	how := docket.WorkerOptions()
	how.OnFatalError = func(err error) { broken <- err }
	w := sdkworker.New(c, workflows.TaskQueue, how)
	workflows.Register(w, &activities.Activities{Law: shelf, Logs: books, Spool: filepath.Join(o.dir, "spool")})
	if err := w.Start(); err != nil {
		return failure{fmt.Errorf("serve task queue %s: %w", workflows.TaskQueue, err)}
	}
	defer w.Stop()
	queues := workflows.TaskQueue
	if o.units > 0 {
		stop, err := serveExperiments(c, o.units, broken)
		if err != nil {
			return err
		}
		defer stop()
		queues += " and " + experiment.TaskQueue
	}
	if _, err := fmt.Fprintf(stdout, "serving task queue %s on %s, namespace %s; logs in %s\n",
		queues, connection.HostPort, connection.Namespace, o.dir); err != nil {
		return failure{err}
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-broken:
		return failure{fmt.Errorf("serve task queue %s: %w", queues, err)}
	}
}

// serveExperiments runs replications of experiments, under the law and the parameters that ship.
func serveExperiments(c client.Client, atOnce int, broken chan<- error) (stop func(), err error) {
	law, err := policies.Shipped()
	if err != nil {
		return nil, err
	}
	parameters, err := population.Shipped()
	if err != nil {
		return nil, err
	}
	how := experiment.WorkerOptions(atOnce)
	how.OnFatalError = func(err error) { broken <- err }
	w := sdkworker.New(c, experiment.TaskQueue, how)
	experiment.Register(w, &experiment.Activities{Bundle: law, Parameters: parameters})
	if err := w.Start(); err != nil {
		return nil, failure{fmt.Errorf("serve task queue %s: %w", experiment.TaskQueue, err)}
	}
	return w.Stop, nil
}

// searchAttributes are those of cases, with their types.
func searchAttributes() map[string]enumspb.IndexedValueType {
	return map[string]enumspb.IndexedValueType{
		workflows.AttributeInstrument.GetName(): workflows.AttributeInstrument.GetValueType(),
		workflows.AttributeClock.GetName():      workflows.AttributeClock.GetValueType(),
	}
}

// seedFor makes the directory and returns the seed given, or the one drawn for the directory when it was first used.
func seedFor(o options) (string, error) {
	if o.dir == "" {
		return "", errors.New("--out is missing; give the directory in which to keep the logs")
	}
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return "", fmt.Errorf("--out: %w", err)
	}
	if o.seed != "" {
		return o.seed, nil
	}
	path := filepath.Join(o.dir, "seed")
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		raw = []byte(uuid.NewString() + "\n")
		err = renameio.WriteFile(path, raw, 0o600)
	}
	if err != nil {
		return "", fmt.Errorf("--out: %w", err)
	}
	seed := strings.TrimSpace(string(raw))
	if seed == "" {
		return "", fmt.Errorf("%s is empty; restore it, or give --seed", path)
	}
	return seed, nil
}

// carried puts the law that ships and that in each directory on one shelf.
func carried(dirs []string) (docket.Shelf, error) {
	bundle, err := policies.Shipped()
	if err != nil {
		return nil, err
	}
	shelf := docket.Shelf{bundle.Digest(): bundle}
	for _, dir := range dirs {
		bundle, err := policies.Load(os.DirFS(dir))
		if err != nil {
			return nil, fmt.Errorf("--policies: the law files in %s have faults:\n%w", dir, err)
		}
		shelf[bundle.Digest()] = bundle
	}
	return shelf, nil
}
