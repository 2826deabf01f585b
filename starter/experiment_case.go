package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"rogatory/internal/experiment"
	"rogatory/internal/population"
)

// letters are the flags that choose letters of one replication of one arm.
type letters struct {
	experimentOptions
	ids         []string
	arm         string
	replication int
	sample      int
	all         bool
}

func (o *letters) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.arm, "arm", "", "the arm (default: the first)")
	c.Flags().IntVar(&o.sample, "sample", 0, "letters to draw by lot, in place of ids")
	c.Flags().BoolVar(&o.all, "all", false, "every letter of the replication, in place of ids")
	c.Flags().IntVar(&o.replication, "replication", 0, "which replication --sample and --all are of, from 0")
	c.Flags().StringVar(&o.seed, "seed", defaultSeed, "what chance is drawn from, as given to experiment run")
	c.Flags().IntVar(&o.cases, "cases", 0, "as given to experiment run")
}

// chosen reads the design and the unit whose letters are chosen. Its errors are bad input.
func (o *letters) chosen() (*experiment.Experiment, experiment.Unit, error) {
	u := experiment.Unit{Replication: o.replication}
	ways := 0
	for _, given := range []bool{len(o.ids) > 0, o.sample != 0, o.all} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return nil, u, badInputf("which letters? Give ids, as r0-12-34, or --sample N, or --all")
	case o.sample < 0:
		return nil, u, badInputf("--sample %d: give at least 1", o.sample)
	case o.replication < 0:
		return nil, u, badInputf("--replication %d: they are numbered from 0", o.replication)
	case o.replication != 0 && len(o.ids) > 0:
		return nil, u, badInputf("--replication goes with --sample and --all; an id names its own")
	}
	x, err := o.open()
	if err != nil {
		return nil, u, err
	}
	if o.arm != "" {
		if u.Arm, err = x.ArmNamed(o.arm); err != nil {
			return nil, u, badInputf("--arm: %w", err)
		}
	}
	for i, id := range o.ids {
		replication, _, err := population.ParseID(id)
		switch {
		case err != nil:
			return nil, u, badInput{err}
		case i > 0 && replication != u.Replication:
			return nil, u, badInputf("%s and %s are of two replications; give letters of one", o.ids[0], id)
		case slices.Contains(o.ids[:i], id):
			return nil, u, badInputf("%s is there twice", id)
		}
		u.Replication = replication
	}
	return x, u, nil
}

// each hands over the letters that were chosen.
func (o *letters) each(ctx context.Context, x *experiment.Experiment, u experiment.Unit, take func(experiment.Letter) error) error {
	if o.all {
		return x.Letters(ctx, u, func(*population.Case) bool { return true }, take)
	}
	var some []experiment.Letter
	var err error
	if o.sample > 0 {
		some, err = x.Sample(ctx, u, o.sample)
	} else if some, err = x.Named(ctx, u, o.ids); errors.Is(err, experiment.ErrNoLetter) {
		err = badInput{err}
	}
	for _, l := range some {
		if err == nil {
			err = take(l)
		}
	}
	return err
}

// experimentCase writes letters of an experiment as case files.
func (p *program) experimentCase() *cobra.Command {
	o := letters{}
	c := &cobra.Command{
		Use:   "case DESIGN [ID...]",
		Short: "Write simulated letters as case files, which play on any clock to the same events",
		Long: `ID is a letter's id in cases.parquet, as r0-12-34, or r0-12-34-again1 for the letter that was tried again. Its replication is
run again alone; waiting times come from there. A file names its arm's instrument and safeguards, and run takes them from there.

One letter is printed, or written to the file --out. Several are written to the directory --out, a file for each.
experiment replay plays them and holds them against the simulation.`,
		Example: `  go run ./starter experiment case safeguards r0-10-3 --arm L05 --out letter.yaml
  go run ./starter run letter.yaml
  go run ./starter experiment case coverage --arm L07+L08 --sample 5 --out letters
  go run ./starter experiment case waterbed --replication 2 --all --out letters`,
		Args: atLeast(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.design, o.ids = args[0], args[1:]
			return p.writeLetters(c.Context(), o)
		},
	}
	o.flags(c)
	c.Flags().StringVar(&o.out, "out", "", "file to write one letter to, or directory for several")
	return c
}

func (p *program) writeLetters(ctx context.Context, o letters) error {
	x, u, err := o.chosen()
	if err != nil {
		return err
	}
	several := len(o.ids) != 1
	if several {
		if o.out == "" {
			return badInputf("several letters are written to a directory; give it with --out")
		}
		if err := os.MkdirAll(o.out, 0o755); err != nil {
			return badInputf("--out: %w", err)
		}
	}
	written := 0
	err = o.each(ctx, x, u, func(l experiment.Letter) error {
		written++
		switch {
		case several:
			if err := renameio.WriteFile(filepath.Join(o.out, l.ID+".yaml"), l.File, 0o644); err != nil {
				return badInputf("--out: %w", err)
			}
			return nil
		case o.out != "":
			return writeWhole("--out", o.out, func(w io.Writer) error { _, err := w.Write(l.File); return err })
		}
		_, err := p.out.Write(l.File)
		return err
	})
	if err == nil && o.out != "" {
		what := o.ids
		if several {
			what = []string{fmt.Sprintf("%d letters", written)}
		}
		_, err = fmt.Fprintf(p.out, "%s of replication %d of arm %s: written to %s\n", what[0], u.Replication, x.Arms()[u.Arm].Name, o.out)
	}
	return err
}
