package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/docket"
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

// omniscient is the observer that has all keys, and what is stipulated besides.
const omniscient = "omniscient"

// measureOptions are the flags of measure.
type measureOptions struct {
	as        string
	only      []string
	json, csv bool
}

func (p *program) measure() *cobra.Command {
	var o measureOptions
	c := &cobra.Command{
		Use:   "measure DIR",
		Short: "Compute every measure from logs, as one observer can",
		Long: `Computes the measures of the catalogue of oversight gaps from the logs below a directory: a run's, one that holds several
runs, a directory of logs, or one log. A log may hold many cases; a figure is then that of all of them.

An observer is public (what is addressed to it), none (the logs without a key), auditor (what the States' laws let auditors
read), auditor@STATE (that State's log alone, with its auditor's key), full (all keys) or omniscient (all keys and what the
author of a case stipulates, kept beside the logs of a run). Any role may stand for auditor. What an observer cannot compute
is undefined, with the reason, and never zero.`,
		Example: `  go run ./starter measure out/demo/uncc
  go run ./starter measure out/demo/uncc --as auditor@alder
  go run ./starter measure out/demo/uncc --only G01.IndefiniteShare --json
  go run ./starter measure out/demo --as public --csv`,
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error { return p.measureLogs(c.Context(), args[0], o) },
	}
	c.Flags().StringVar(&o.as, "as", omniscient, "the observer: public, none, ROLE, ROLE@STATE, full or omniscient")
	c.Flags().StringArrayVar(&o.only, "only", nil, "only the measure of this id, or those of this gap (G01); may be given more than once")
	jsonFlag(c, &o.json)
	c.Flags().BoolVar(&o.csv, "csv", false, "print one row for each measure")
	return c
}

func (p *program) measureLogs(ctx context.Context, dir string, o measureOptions) error {
	if o.json && o.csv {
		return badInputf("--json and --csv exclude each other; give one")
	}
	chosen, err := chosenMeasures(o.only)
	if err != nil {
		return err
	}
	seer, err := parseObserver(o.as)
	if err != nil {
		return err
	}
	values, cases, err := seer.measures(ctx, dir)
	if err != nil {
		return err
	}
	public, _, err := observer{clearance: clearance{}, public: true}.measures(ctx, dir)
	if err != nil {
		return err
	}
	out := &report.Measures{
		Dir: filepath.ToSlash(dir), As: o.as, Cases: cases, Dashboard: []report.Line{}, Prices: measure.Prices,
		Figures: []report.Figure{}, Caveat: report.Caveat,
	}
	if len(o.only) == 0 {
		out.Dashboard = report.NewLines()
	}
	for _, m := range chosen {
		out.Figures = append(out.Figures, report.NewFigure(m, values[m.ID], public[m.ID]))
	}
	if o.csv {
		return out.CSV(p.out)
	}
	return p.print(out, o.json)
}

// chosenMeasures are those asked for, in the order of the catalogue; all, where none is.
func chosenMeasures(only []string) ([]measure.Measure, error) {
	wanted := map[string]bool{}
	for _, id := range only {
		found := measure.ByGap(id)
		if m, ok := measure.ByID(id); ok {
			found = append(found, m)
		}
		if len(found) == 0 {
			return nil, badInputf("--only %q: there is no such measure or gap; measure DIR --csv lists them all, such as G01 or G01.IndefiniteShare", id)
		}
		for _, m := range found {
			wanted[m.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(measure.Measures), func(m measure.Measure) bool { return len(only) > 0 && !wanted[m.ID] }), nil
}

// observer is whose eyes the logs are read with.
type observer struct {
	clearance  clearance
	only       mla.State // the one log it holds; empty: all
	public     bool      // it holds no log, and sees what is addressed to it
	stipulated bool
}

func parseObserver(as string) (observer, error) {
	switch as {
	case omniscient:
		c, err := parseClearance([]string{clearanceFull})
		return observer{clearance: c, stipulated: true}, err
	case string(mla.Public):
		return observer{clearance: clearance{}, public: true}, nil
	}
	c, err := parseClearance([]string{as})
	if err != nil {
		return observer{}, badInputf("--as %q: want public, none, ROLE, ROLE@STATE, full or omniscient; the roles are %s", as, joined(mla.Roles))
	}
	o := observer{clearance: c}
	if len(c) == 1 {
		o.only = c[0].State
	}
	return o, nil
}

// measures computes every measure of the cases on the logs below a directory.
func (o observer) measures(ctx context.Context, dir string) (values map[string]measure.Value, number int, err error) {
	cases, err := o.cases(ctx, dir)
	if err != nil {
		return nil, 0, err
	}
	g := measure.Gather()
	for _, c := range cases {
		g.Add(c.seen, c.stipulated)
	}
	return g.Values(), len(cases), nil
}

// observed is one case as an observer has it.
type observed struct {
	seen       []measure.Sighting
	stipulated *measure.Stipulated
}

// cases reads every case on the logs below a directory. Logs of one run belong together.
func (o observer) cases(ctx context.Context, dir string) ([]observed, error) {
	logs, err := logsBelow(dir)
	if err != nil {
		return nil, err
	}
	runs, seen, held := []string{}, map[string][]measure.Sighting{}, false
	for _, at := range logs {
		whole, err := filepath.Abs(at)
		if err != nil {
			return nil, err
		}
		state, run := mla.State(filepath.Base(whole)), filepath.Dir(filepath.Dir(whole))
		if !slices.Contains(runs, run) {
			runs = append(runs, run)
		}
		if o.only != "" && o.only != state {
			continue
		}
		held = true
		if seen[run], err = o.read(ctx, at, whole, state, seen[run]); err != nil {
			return nil, err
		}
	}
	if !held {
		return nil, badInputf("there is no log of %s in %s", o.only, dir)
	}
	var out []observed
	for _, run := range runs {
		if err := allThere(run, dir, logs); err != nil {
			return nil, err
		}
		found, err := o.parted(run, seen[run])
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// allThere reports, as bad input, a log that a run left and that is gone from it. Who gives the directory of one log has no
// other.
func allThere(run, dir string, logs []string) error {
	given, err := filepath.Abs(dir)
	if err != nil || !strings.HasPrefix(filepath.Join(run, "logs")+string(filepath.Separator), given+string(filepath.Separator)) {
		return err
	}
	left, err := docket.LogsLeft(run)
	if err != nil {
		return badInput{err}
	}
	for _, s := range left {
		if !slices.ContainsFunc(logs, func(at string) bool {
			whole, err := filepath.Abs(at)
			return err == nil && whole == filepath.Join(run, "logs", string(s))
		}) {
			return badInputf("the log of %s is gone from %s; restore it, or give the directory of one log", s, filepath.Join(run, "logs"))
		}
	}
	return nil
}

// read adds what the observer sees of one log.
func (o observer) read(ctx context.Context, at, whole string, state mla.State, seen []measure.Sighting) ([]measure.Sighting, error) {
	keys, err := identitiesFor(whole, state, o.clearance, "")
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 && len(o.clearance.roles(state)) > 0 {
		return nil, badInputf("no key of %s was found for the log in %s; put the run's keys beside its logs, or give --as none", o.clearance[0].Role, at)
	}
	read, err := verify.Read(ctx, at, keys)
	if err != nil {
		return nil, badInputf("%w; audit verify %s says what is wrong", err, at)
	}
	for _, x := range read {
		if x.Fault != "" {
			return nil, badInputf("%s: %s; audit verify %s says what is wrong", at, x.Fault, at)
		}
		if !o.public || slices.Contains(x.Cover.Readers, mla.Public) {
			seen = append(seen, measure.Sighting{Cover: x.Cover, Event: x.Event})
		}
	}
	return seen, nil
}

// parted parts what was read of a run by case. What is stipulated is that of the run's one case. An observer before whom
// nothing lies still looks at a case.
func (o observer) parted(run string, seen []measure.Sighting) ([]observed, error) {
	parts := measure.Split(seen)
	if len(parts) == 0 {
		parts = [][]measure.Sighting{nil}
	}
	var st *measure.Stipulated
	if o.stipulated && len(parts) == 1 {
		var err error
		if st, err = docket.Stipulated(run); err != nil {
			return nil, badInput{fmt.Errorf("what is stipulated cannot be read: %w; restore the file, or give --as full", err)}
		}
	}
	out := make([]observed, len(parts))
	for i, p := range parts {
		out[i] = observed{seen: p, stipulated: st}
	}
	return out, nil
}
