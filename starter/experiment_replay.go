package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/experiment"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
)

type replaying struct {
	letters
	clock string
}

// lettersAtOnce is how many letters are under way at one time: a log mostly waits for its disk.
const lettersAtOnce = 8

// experimentReplay plays letters of an experiment again.
func (p *program) experimentReplay() *cobra.Command {
	o := replaying{}
	c := &cobra.Command{
		Use:   "replay DESIGN [ID...]",
		Short: "Play simulated letters again on Temporal, and hold their logs against the simulation",
		Long: `Writes letters of one replication as case files (see experiment case), runs each from its file under the law of its arm, reads
the events back from the logs of that run, and compares them with those of the simulation, byte for byte. Exit code 1 if one
of them differs.

A letter plays on a Temporal server in this process that skips time; with --clock sim there is no server. With --out the files,
logs and keys of each letter are kept, and a replay that was stopped goes on from there.`,
		Example: `  go run ./starter experiment replay coverage --arm L07+L08 --sample 5
  go run ./starter experiment replay safeguards r0-10-3 --arm L05 --out out/letters
  go run ./starter experiment replay scope --arm "offence.computer=0.19, L23" --all --clock sim --json`,
		Args: atLeast(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.design, o.ids = args[0], args[1:]
			return p.replay(c.Context(), o)
		},
	}
	o.flags(c)
	c.Flags().StringVar(&o.clock, "clock", string(docket.Skip), "how legal time passes: skip (a Temporal server that skips it) or sim (no server)")
	c.Flags().StringVar(&o.out, "out", "", "directory to keep the letters' files and logs in; without it nothing is kept")
	jsonFlag(c, &o.json)
	return c
}

func (p *program) replay(ctx context.Context, o replaying) error {
	if !slices.Contains(docket.Clocks, docket.Clock(o.clock)) {
		return badInputf("--clock %q: it is one of %v", o.clock, docket.Clocks)
	}
	x, u, err := o.chosen()
	if err != nil {
		return err
	}
	told := &report.Replayed{Design: x.Design.ID, Arm: x.Arms()[u.Arm].Name, Replication: u.Replication, Clock: o.clock,
		Letters: []report.ReplayedLetter{}, Dir: o.out, Caveat: report.Caveat}
	dir := o.out
	if dir == "" {
		if dir, err = os.MkdirTemp("", "rogatory-replay-"); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's directory for such files
	}
	var server *devserver.Server
	if docket.Clock(o.clock) == docket.Skip {
		if server, err = docket.StartServer(ctx, "", p.logger); err != nil {
			return err
		}
		defer server.Stop()
	}
	done := progress(p.err, "playing letters of "+x.Design.ID)
	all, playing := errgroup.WithContext(ctx)
	all.SetLimit(lettersAtOnce)
	var played []*report.ReplayedLetter // in the order in which they are handed over
	err = o.each(ctx, x, u, func(l experiment.Letter) error {
		one := &report.ReplayedLetter{ID: l.ID}
		played = append(played, one)
		all.Go(func() error {
			at := filepath.Join(dir, l.ID)
			run, differs, err := p.playAgain(playing, x, l, docket.Options{Clock: docket.Clock(o.clock), Seed: o.seed, Dir: at, Server: server})
			if o.out == "" {
				err = errors.Join(err, os.RemoveAll(at)) // a replication has thousands
			}
			if err == nil {
				one.Outcome, one.Events, one.Root, one.Differs = string(run.Outcome), run.Events, run.Log.Root, differs
			}
			return err
		})
		return playing.Err()
	})
	if failed := all.Wait(); failed != nil {
		err = failed
	}
	done()
	if err != nil {
		return stopped(ctx, err, o.out != "")
	}
	for _, l := range played {
		if told.Letters = append(told.Letters, *l); l.Differs == "" {
			told.Same++
		}
	}
	if err := p.print(told, o.json); err != nil {
		return err
	}
	if told.Same < len(told.Letters) {
		return errNegative
	}
	return nil
}

// playAgain runs a letter from its case file, under the id it has in its population, and says which event of its logs is not
// the simulation's.
func (p *program) playAgain(ctx context.Context, x *experiment.Experiment, l experiment.Letter, o docket.Options) (*report.Run, string, error) {
	s, err := scenario.Parse(l.ID+".yaml", l.File, x.Bundle)
	if err != nil {
		return nil, "", fmt.Errorf("the case file of letter %s: %w", l.ID, err)
	}
	o.Case, o.Source, o.ID, o.Instruments, o.Safeguards, o.Bundle, o.Logger = s, l.File, l.ID, s.Regimes, s.Safeguards, x.Bundle, p.log()
	run, err := docket.Run(ctx, o)
	if err != nil {
		return nil, "", fmt.Errorf("letter %s: %w", l.ID, err)
	}
	differs, err := docket.Differs(ctx, o.Dir, l.Events)
	return run, differs, err
}

// keepLogs writes real logs, one for each State, of some letters of the first arm, for an auditor.
func (p *program) keepLogs(ctx context.Context, x *experiment.Experiment, o experimentOptions) error {
	drawn, err := x.Sample(ctx, experiment.Unit{}, o.logged)
	if err != nil {
		return err
	}
	if len(drawn) == 0 {
		return errors.New("--logs: no letter of the first arm is counted, so there are no logs to write")
	}
	for _, l := range drawn {
		_, differs, err := p.playAgain(ctx, x, l, docket.Options{Clock: docket.Sim, Seed: o.seed, Dir: filepath.Join(o.logs, l.ID)})
		if err == nil && differs != "" {
			err = fmt.Errorf("event %s of letter %s is not that of the simulation", differs, l.ID)
		}
		if err != nil {
			return fmt.Errorf("the logs of letter %s: %w", l.ID, err)
		}
	}
	_, err = fmt.Fprintf(p.err, "Logs of %d letters are in %s; read one with: audit show %s\n", len(drawn), o.logs, filepath.Join(o.logs, drawn[0].ID))
	return err
}
