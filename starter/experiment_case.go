package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/experiment"
	"rogatory/internal/population"
	"rogatory/internal/scenario"
)

// experimentCase writes one letter of an experiment as a case file.
func (p *program) experimentCase() *cobra.Command {
	o, arm := experimentOptions{}, ""
	c := &cobra.Command{
		Use:   "case DESIGN ID",
		Short: "Write one simulated letter as a case file, which plays on any clock to the same events",
		Long: `ID is a letter's id in cases.parquet, as r0-12-34. Its replication is run again alone; waiting times come from there. Give run
the file, and --with the safeguards of the arm.`,
		Example: "  go run ./starter experiment case safeguards r0-10-3 --arm L05 > letter.yaml\n  go run ./starter run letter.yaml --with L05",
		Args:    exactly(2),
		RunE: func(c *cobra.Command, args []string) error {
			o.design = args[0]
			x, err := o.open()
			if err != nil {
				return err
			}
			u := experiment.Unit{}
			if arm != "" {
				if u.Arm, err = x.ArmNamed(arm); err != nil {
					return badInputf("--arm: %w", err)
				}
			}
			if u.Replication, _, err = population.ParseID(args[1]); err != nil {
				return badInput{err}
			}
			files, err := x.Files(c.Context(), u, args[1:])
			if err != nil {
				return err
			}
			_, err = p.out.Write(files[args[1]])
			return err
		},
	}
	c.Flags().StringVar(&arm, "arm", "", "the arm (default: the first)")
	c.Flags().StringVar(&o.seed, "seed", defaultSeed, "what chance is drawn from")
	c.Flags().IntVar(&o.cases, "cases", 0, "as given to run")
	return c
}

// keepLogs writes real logs, one for each State, of some letters of the first arm, for an auditor.
func (p *program) keepLogs(ctx context.Context, x *experiment.Experiment, o experimentOptions) error {
	u := experiment.Unit{}
	ids, err := x.Sample(u, o.logged)
	if err != nil {
		return err
	}
	files, err := x.Files(ctx, u, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		s, err := scenario.Parse(id+".yaml", files[id], x.Bundle)
		if err != nil {
			return fmt.Errorf("the case file of letter %s: %w", id, err)
		}
		if _, err := docket.Run(ctx, docket.Options{Case: s, Source: files[id], Instruments: s.Regimes, Safeguards: x.Arms()[0].Setting.Safeguards,
			Bundle: x.Bundle, Clock: docket.Sim, Seed: o.seed, Dir: filepath.Join(o.logs, id), Logger: p.log()}); err != nil {
			return fmt.Errorf("the logs of letter %s: %w", id, err)
		}
	}
	_, err = fmt.Fprintf(p.err, "Logs of %d letters are in %s; read one with: audit show %s\n", len(ids), o.logs, filepath.Join(o.logs, ids[0]))
	return err
}
