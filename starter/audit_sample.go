package main

import (
	"github.com/spf13/cobra"

	"rogatory/internal/audit"
	"rogatory/internal/report"
)

func (p *program) auditSample() *cobra.Command {
	var s sight
	var f filterFlags
	share, seed, by := 0.1, defaultSeed, string(audit.Random)
	c := &cobra.Command{
		Use:   "sample DIR",
		Short: "Draw cases to look at, at random or by risk",
		Long: `Draws a share of the cases: at random from a seed, so that what is found says something of all; or by risk, those with the
most duties violated, safeguards not met and answers that cannot be told first. Safeguard L09 asks for both. The same seed
draws the same cases.`,
		Example: "  go run ./starter audit sample out --seed 7 --share 0.1\n  go run ./starter audit sample out --by risk --as full",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case by != string(audit.Random) && by != string(audit.Risk):
				return badInputf("--by %q: it is %s or %s", by, audit.Random, audit.Risk)
			case !(share > 0 && share <= 1):
				return badInputf("--share %v: want a part above 0 and up to 1", share)
			}
			b, chosen, untold, err := s.chosen(c.Context(), args[0], f)
			if err != nil {
				return err
			}
			if len(chosen) == 0 {
				return badInputf("no case in %s fits the filters; leave some out", args[0])
			}
			return p.answer(&report.Drawn{
				Dir: b.dir, As: b.as, Of: len(b.cases), Untold: len(untold), Sample: audit.Draw(chosen, b.law, audit.By(by), seed, share),
				Notes: b.notes, Caveat: report.Caveat,
			}, s)
		},
	}
	s.flags(c)
	f.flags(c)
	c.Flags().StringVar(&seed, "seed", seed, "what chance is drawn from")
	c.Flags().Float64Var(&share, "share", share, "part of the cases to draw")
	c.Flags().StringVar(&by, "by", by, "random or risk")
	return c
}
