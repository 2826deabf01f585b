package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"rogatory/internal/auditlog"
	"rogatory/internal/cluster"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
)

// defaultSeed is what chance is drawn from where the user names none.
const defaultSeed = "1"

// runOptions are the flags of run.
type runOptions struct {
	selection
	clock   string
	dir     string
	seed    string
	html    string // file
	json    bool
	cluster cluster.Connection
}

func (p *program) run() *cobra.Command {
	o := runOptions{selection: selection{usual: usualRegime}}
	c := &cobra.Command{
		Use:   "run CASE|FILE",
		Short: "Run one case and tell what came of it",
		Long: `Runs a case to its end, tells who did what and when, which grounds there were, and what each observer could see.

A case that ships is named by its id; anything else is a file. With --out everything is kept: logs, keys, law and result.
A run that was stopped is taken up by giving the same command again; one that is complete is told again.

Without --address a Temporal server in this process is used, and legal time is skipped; with --clock sim there is no
server. With --address the case goes to the workers of that cluster, and the logs stay with them.`,
		Example: `  go run ./starter run g29
  go run ./starter run g29 --regime uncc,budapest --out out/g29
  go run ./starter run g01 --with L01,L02
  go run ./starter run my-case.yaml --clock sim --json
  go run ./starter run g29 --address localhost:7233`,
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.name = args[0]
			return p.runCase(c.Context(), o)
		},
	}
	o.flags(c)
	c.Flags().StringVar(&o.clock, "clock", string(docket.Skip), "how legal time passes: skip (a Temporal server that skips it) or sim (no server)")
	c.Flags().StringVar(&o.dir, "out", "", "directory to keep everything in; without it nothing is kept")
	c.Flags().StringVar(&o.seed, "seed", defaultSeed, "what keys and ids are derived from")
	c.Flags().StringVar(&o.html, "html", "", "also write the report to this file, as a page that needs no other")
	jsonFlag(c, &o.json)
	o.cluster.Flags(c.Flags())
	return c
}

func (p *program) runCase(ctx context.Context, o runOptions) error {
	if !slices.Contains(docket.Clocks, docket.Clock(o.clock)) {
		return badInputf("--clock %q: it is one of %v", o.clock, docket.Clocks)
	}
	if o.seed == "" {
		return badInputf("--seed is empty; leave it out for %s", defaultSeed)
	}
	s, err := o.read()
	if err != nil {
		return err
	}
	if err := s.asksTogether(); err != nil {
		return err
	}
	if o.onCluster() {
		return p.runOnCluster(ctx, o, s)
	}
	if o.cluster != (cluster.Connection{}) {
		return badInputf("--namespace, --api-key and --tls go with --address or --profile; give one, or leave them out")
	}
	told, events, err := p.runHere(ctx, o, s)
	if err != nil {
		return err
	}
	if o.html != "" {
		if err := writeWhole("--html", o.html, func(w io.Writer) error { return told.HTML(w, events, cardOf(s.scenario)) }); err != nil {
			return err
		}
	}
	if o.json {
		err = report.JSON(p.out, told)
	} else {
		err = told.Terminal(p.out, styleOf(p.out), events)
	}
	if err == nil && !sound(told) {
		err = errNegative
	}
	return err
}

// cardOf is what a page tells of the case beside the run.
func cardOf(c *scenario.Case) report.Card {
	return report.Card{
		Claim: c.Claim, Mechanism: c.Mechanism, CounterView: c.CounterView, Question: c.Question, Teaches: c.Teaches, Notes: c.Notes, Sources: c.Sources,
	}
}

// writeWhole writes the file that a flag names, whole or not at all.
func writeWhole(flag, file string, write func(io.Writer) error) error {
	if err := beside(flag, file); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if err := renameio.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return badInputf("%s: %w", flag, err)
	}
	return nil
}

// sound reports whether the software kept to what it must never do, and the logs are whole.
func sound(r *report.Run) bool {
	return len(r.Invariants) == 0 && !slices.ContainsFunc(r.Log.States, func(l report.StateLog) bool { return !l.Whole })
}

func (o runOptions) onCluster() bool { return o.cluster.Address != "" || o.cluster.Profile != "" }

// runHere runs a case in this process, in the user's directory or in one that is taken away afterwards.
func (p *program) runHere(ctx context.Context, o runOptions, s *subject) (*report.Run, []mla.Event, error) {
	dir, kept := o.dir, o.dir != ""
	var server *devserver.Server
	if !kept {
		temporary, err := os.MkdirTemp("", "rogatory-run-")
		if err != nil {
			return nil, nil, err
		}
		defer func() { _ = os.RemoveAll(temporary) }() // what stays is in the system's directory for such files
		dir = temporary
		if docket.Clock(o.clock) == docket.Skip {
			if server, err = docket.StartServer(ctx, "", p.logger); err != nil {
				return nil, nil, stopped(ctx, err, kept)
			}
			defer server.Stop()
		}
	}
	done := progress(p.err, "running "+s.scenario.ID+" under "+s.regime())
	defer done()
	told, err := docket.Run(ctx, docket.Options{
		Case: s.scenario, Source: s.source, Instruments: s.instruments, Safeguards: s.safeguards, Yields: s.yields, Bundle: s.bundle,
		Clock: docket.Clock(o.clock), Seed: o.seed, Dir: dir, Server: server, Logger: p.logger,
	})
	if err != nil {
		return nil, nil, stopped(ctx, err, kept)
	}
	events, err := eventsIn(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	if !kept {
		told.Log.Dir = ""
	}
	return told, events, nil
}

// stopped says what an error of a run means to the user.
func stopped(ctx context.Context, err error, kept bool) error {
	switch {
	case ctx.Err() != nil && kept:
		return errors.New("stopped; what happened so far is kept: the same command goes on from there")
	case ctx.Err() != nil:
		return errors.New("stopped; nothing is kept: the same command starts anew, and with --out DIR it can be taken up")
	case errors.Is(err, docket.ErrOther), errors.Is(err, devserver.ErrLocked), errors.Is(err, auditlog.ErrLocked), errors.Is(err, fs.ErrPermission):
		return badInputf("--out: %w", err)
	}
	return err
}

// eventsIn reads the events of a run's logs with all its keys, in the order of legal time.
func eventsIn(ctx context.Context, dir string) ([]mla.Event, error) {
	seen, err := docket.Read(ctx, dir, mla.Roles...)
	if err != nil {
		return nil, err
	}
	var events []mla.Event
	for _, s := range seen {
		if s.Event == nil {
			return nil, fmt.Errorf("an event of %s cannot be read with the keys in %s", s.Cover.Case, dir)
		}
		events = append(events, *s.Event)
	}
	return events, nil
}
