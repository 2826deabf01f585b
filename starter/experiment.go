package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"gocloud.dev/blob"
	"golang.org/x/term"

	"rogatory/internal/cluster"
	"rogatory/internal/experiment"
	"rogatory/internal/population"
	"rogatory/internal/report"
	"rogatory/policies"
)

func (p *program) experiment() *cobra.Command {
	c := &cobra.Command{
		Use:   "experiment",
		Short: "Populations of letters: what a safeguard changes, with its interval and its price",
		Long: `An experiment simulates the same letters under several settings: another instrument, a safeguard switched on, other
staff, any parameter of the population. It reports what each setting changes, paired letter for letter, with its uncertainty
and its price. A simulation returns what was put in: no figure of it is a finding about any State.`,
		Example: "  go run ./starter experiment list\n  go run ./starter experiment run safeguards\n  go run ./starter experiment validate",
		Args:    cobra.ArbitraryArgs,
		RunE:    choose,
	}
	c.AddCommand(p.listExperiments(), p.runExperiment(), p.experimentCase(), p.experimentReplay(), p.validateExperiments(), p.workOnExperiments())
	return c
}

type experimentOptions struct {
	design       string
	cases        int
	replications int
	seed         string
	out          string
	dryRun       bool
	resume       bool
	json         bool
	workers      int
	cluster      cluster.Connection
	logs         string
	logged       int
}

func (p *program) runExperiment() *cobra.Command {
	var o experimentOptions
	c := &cobra.Command{
		Use:   "run DESIGN",
		Short: "Run a design, and write its table, its page and its data",
		Long: `DESIGN is a design that ships or a file. All that is wrong with it is told before anything runs.

With --out everything is kept there, which may be a directory or the URL of an object store (s3://, gs://). When it is
stopped, the replications that are whole are told of and kept, and --resume goes on from there. The same design and seed give
the same bytes, whatever the number of cores.

With --address the workers of a Temporal cluster run the replications (see experiment work), and --workers is how many are in
hand at one time.`,
		Example: `  go run ./starter experiment run safeguards
  go run ./starter experiment run load --replications 4 --out out/load
  go run ./starter experiment run load --replications 4 --out out/load --resume
  go run ./starter experiment run my-design.yaml --cases 2000 --dry-run
  go run ./starter experiment run safeguards --address localhost:7233 --workers 8 --out s3://bucket/safeguards`,
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.design = args[0]
			return p.experimentRun(c.Context(), o)
		},
	}
	c.Flags().IntVar(&o.cases, "cases", 0, "letters to count in each replication of each arm, in place of the design's years")
	c.Flags().IntVar(&o.replications, "replications", 0, "replications, in place of the design's")
	c.Flags().StringVar(&o.seed, "seed", defaultSeed, "what chance is drawn from")
	c.Flags().StringVar(&o.out, "out", "", "directory or URL to keep everything in (default: out/experiment/DESIGN)")
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "say what it would cost, and run nothing")
	c.Flags().BoolVar(&o.resume, "resume", false, "go on from what --out holds")
	c.Flags().IntVar(&o.workers, "workers", 0, "replications at one time (default: one for each core; on a cluster, one)")
	jsonFlag(c, &o.json)
	c.Flags().StringVar(&o.logs, "logs", "", "directory to write the real logs of some letters to, for an auditor")
	c.Flags().IntVar(&o.logged, "logged", 5, "how many letters, drawn by lot, --logs is for")
	o.cluster.Flags(c.Flags())
	return c
}

// An experiment's memory follows the letters under way, which are few beside those run: its heap may grow to three times what
// lives before it is swept, so that sweeping costs little, until a replication at work would take more than its share of
// memory; from there on it is swept as often as that takes.
const (
	garbage = 200
	share   = 800 << 20 // bytes, of one replication at work
)

// tend sets how the memory of so many replications at work is swept. Who sets GOMEMLIMIT has said so for the process.
func tend(workers int) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	debug.SetGCPercent(garbage)
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(int64(workers) * share)
	}
}

// open reads everything an experiment needs, and tells all that is wrong with it.
func (o experimentOptions) open() (*experiment.Experiment, error) {
	bundle, err := policies.Shipped()
	if err != nil {
		return nil, err
	}
	parameters, err := population.Shipped()
	if err != nil {
		return nil, err
	}
	design, err := experiment.Open(o.design, bundle, parameters)
	if err != nil {
		return nil, badInput{err}
	}
	switch {
	case o.cases < 0 || o.replications < 0 || o.replications == 1:
		return nil, badInputf("--cases and --replications: give a number above zero, and at least 2 replications for an interval")
	case o.logs != "" && o.logged < 1:
		return nil, badInputf("--logged %d: give at least 1", o.logged)
	case o.seed == "":
		return nil, badInputf("--seed is empty; leave it out for %s", defaultSeed)
	}
	design.Cases = o.cases
	if o.replications > 0 {
		design.Replications, design.HalfWidth = o.replications, nil
	}
	x := experiment.New(design, o.seed, bundle, parameters)
	if err := x.CheckCases(); err != nil {
		return nil, badInputf("--cases: %v", err)
	}
	return x, nil
}

func (p *program) experimentRun(ctx context.Context, o experimentOptions) error {
	x, err := o.open()
	if err != nil {
		return err
	}
	if o.dryRun {
		return p.price(ctx, x)
	}
	bucket, err := p.bucket(ctx, o, x)
	if err != nil {
		return err
	}
	defer func() { _ = bucket.Close() }()
	o.out = cmp.Or(o.out, ownDirectory(x))
	if _, err := fmt.Fprintf(p.err, "Keeping what is done in %s. Whatever stops this, the same command with --resume goes on from there.\n", o.out); err != nil {
		return err
	}
	tend(o.workers)
	tell, clear := experimentProgress(p.err)
	var result *experiment.Result
	if o.cluster.Address != "" || o.cluster.Profile != "" {
		if err = p.experimentOnCluster(ctx, o, x); err == nil {
			result, err = x.Collect(ctx, bucket)
		}
	} else {
		result, err = x.RunAll(ctx, bucket, o.workers, tell)
	}
	clear()
	if err != nil {
		return err
	}
	if result.Replications == 0 && ctx.Err() != nil {
		return fmt.Errorf("stopped before a replication of every arm was whole, so there is nothing to tell. The same command with --resume goes on from what is in %s", o.out)
	}
	told, err := result.Write(context.WithoutCancel(ctx), bucket, o.out)
	if err != nil {
		return err
	}
	if err := p.print(told, o.json); err != nil {
		return err
	}
	if o.logs != "" && ctx.Err() == nil {
		if err := p.keepLogs(ctx, x, o); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("stopped after %d whole replications of %d; what is told is valid for those. The same command with --resume goes on from there, in %s",
			result.Replications, x.Design.Replications, o.out)
	}
	return nil
}

// bucket opens where results go. What it holds already must be the same experiment's, and is gone on with only when asked for.
func (p *program) bucket(ctx context.Context, o experimentOptions, x *experiment.Experiment) (*blob.Bucket, error) {
	if o.out == "" {
		o.out, o.resume = ownDirectory(x), true
	}
	bucket, err := experiment.OpenBucket(ctx, o.out)
	if err != nil {
		return nil, badInputf("--out %s: %w", o.out, err)
	}
	told, there, err := experiment.ReadManifest(ctx, bucket)
	switch {
	case err != nil:
	case there && !o.resume:
		err = badInputf("--out %s: it holds an experiment; give --resume to go on from it, or another directory", o.out)
	case there && o.out != ownDirectory(x) && told.Experiment != x.Digest():
		err = badInputf("--out %s: it holds another experiment (design %s, seed %s, or other letters, law or parameters); give another directory", o.out, told.Design.ID, told.Seed)
	default:
		return bucket, nil
	}
	return nil, errors.Join(err, bucket.Close())
}

// ownDirectory is where an experiment goes that names no place. It is its own to go on in, and to write over.
func ownDirectory(x *experiment.Experiment) string { return "out/experiment/" + x.Design.ID }

// price says what a design would cost, from a short run of its first arm.
func (p *program) price(ctx context.Context, x *experiment.Experiment) error {
	c, err := x.Price(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s: %d arms, %d replications, about %d letters each: %d in all.\nAbout %d letters a second and core here: %s on one core. About %s in parquet.\nArms: %s\n",
		x.Design.ID, c.Arms, c.Replications, c.CasesEach, c.Cases, int(c.Rate), c.Time.Round(time.Second), bytesOf(c.Bytes), strings.Join(c.Names, "; "))
	return err
}

func bytesOf(n int64) string {
	if n < 10<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

func (p *program) listExperiments() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the designs that ship, and the parameters that can be factors",
		Example: "  go run ./starter experiment list\n  go run ./starter experiment list --json",
		Args:    exactly(0),
		RunE: func(*cobra.Command, []string) error {
			bundle, err := policies.Shipped()
			if err != nil {
				return err
			}
			parameters, err := population.Shipped()
			if err != nil {
				return err
			}
			out := &report.Designs{Caveat: report.Caveat, Figures: experiment.FigureIDs()}
			for _, o := range experiment.Outcomes {
				out.Simulated = append(out.Simulated, report.Outcome{ID: o.ID, Says: o.Says, Unit: o.Unit})
			}
			for _, id := range experiment.IDs() {
				d, err := experiment.Open(id, bundle, parameters)
				if err != nil {
					return err
				}
				arms := len(experiment.New(d, defaultSeed, bundle, parameters).Arms())
				out.Designs = append(out.Designs, report.DesignLine{ID: d.ID, Title: d.Title, Says: d.Says, Arms: arms, Replications: d.Replications, Years: d.Years})
			}
			for _, x := range parameters.List() {
				out.Parameters = append(out.Parameters, experiment.Assumption(x))
			}
			return p.print(out, asJSON)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// experimentProgress shows on a terminal how far an experiment is, and elsewhere nothing.
func experimentProgress(w any) (tell func(experiment.Progress), clear func()) {
	f, ok := w.(*os.File)
	if !ok || !isTerminal(f) {
		return nil, func() {}
	}
	last := time.Time{}
	return func(s experiment.Progress) {
			if time.Since(last) < 200*time.Millisecond {
				return
			}
			last = time.Now()
			left := ""
			if d := s.Left(); d > 0 {
				left = ", " + d.Round(time.Second).String() + " left"
			}
			_, _ = fmt.Fprintf(f, "\r\x1b[K%d of %d replications, %d letters a second%s", s.Units, s.Of, int(s.Rate()), left) // only the look of the terminal
		}, func() {
			_, _ = fmt.Fprint(f, "\r\x1b[K")
		}
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
