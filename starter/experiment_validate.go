package main

import (
	"context"

	"github.com/spf13/cobra"

	"rogatory/internal/experiment"
	"rogatory/internal/population"
	"rogatory/policies"
)

func (p *program) validateExperiments() *cobra.Command {
	seed, replications, workers, asJSON := defaultSeed, 0, 0, false
	c := &cobra.Command{
		Use:   "validate",
		Short: "Hold the population against published figures: those put in, and those held out",
		Long: `Two lists are kept apart. Input reproduction checks the code: figures that were put in must come out. Held out checks the
model: response times and the staffing pattern of a plain queue, to which nothing was fitted. Exit code 1 if a figure that was
put in does not come out and nobody says why.`,
		Example: "  go run ./starter experiment validate\n  go run ./starter experiment validate --replications 12 --json",
		Args:    exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.validate(c.Context(), seed, replications, workers, asJSON)
		},
	}
	c.Flags().StringVar(&seed, "seed", defaultSeed, "what chance is drawn from")
	c.Flags().IntVar(&replications, "replications", 4, "replications of each staffing; at least 2")
	c.Flags().IntVar(&workers, "workers", 0, "replications at one time (default: one for each core)")
	jsonFlag(c, &asJSON)
	return c
}

func (p *program) validate(ctx context.Context, seed string, replications, workers int, asJSON bool) error {
	if replications < 2 {
		return badInputf("--replications %d: an interval needs at least 2", replications)
	}
	bundle, err := policies.Shipped()
	if err != nil {
		return err
	}
	parameters, err := population.Shipped()
	if err != nil {
		return err
	}
	tell, clear := experimentProgress(p.err)
	v, err := experiment.Validate(ctx, bundle, parameters, seed, replications, workers, tell)
	clear()
	if err != nil {
		return err
	}
	if err := p.print(v, asJSON); err != nil {
		return err
	}
	if !v.Sound() {
		return errNegative
	}
	return nil
}
