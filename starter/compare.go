package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/measure"
	"rogatory/internal/report"
)

// comparing are the flags of compare.
type comparing struct {
	selection
	all  bool
	seed string
	html string // file
	json bool
}

func (p *program) compare() *cobra.Command {
	o := comparing{selection: selection{usual: usualRegime}}
	c := &cobra.Command{
		Use:   "compare CASE|FILE",
		Short: "Set one case side by side under each instrument and safeguard",
		Long: `Runs one case under every instrument that can carry it, and with every safeguard that is asked for against its gaps, and
sets in one table what came of each: outcome, grounds raised and open, days, silence, the gaps in three views. Then it
says what changed against the first line and under which provision.

The first line is --regime; safeguards are set over it. With --all every safeguard is tried. Nothing is kept.`,
		Example: "  go run ./starter compare g29\n  go run ./starter compare g01 --regime budapest --all\n  go run ./starter compare g29 --html g29.html",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.name = args[0]
			return p.compareCase(c.Context(), o)
		},
	}
	o.regimeFlag(c, "instruments of the first line")
	policiesFlag(c, &o.policies)
	c.Flags().BoolVar(&o.all, "all", false, "try every safeguard, not only those asked for against the case's gaps")
	c.Flags().StringVar(&o.seed, "seed", defaultSeed, "what ids are derived from")
	c.Flags().StringVar(&o.html, "html", "", "also write the comparison to this file, as a page that needs no other")
	jsonFlag(c, &o.json)
	return c
}

func (p *program) compareCase(ctx context.Context, o comparing) error {
	base, err := o.read()
	if err != nil {
		return err
	}
	compared, err := compared(ctx, o, base)
	if err != nil {
		return err
	}
	if o.html != "" {
		if err := writeWhole("--html", o.html, compared.HTML); err != nil {
			return err
		}
	}
	return p.print(compared, o.json)
}

// compared runs the variants, the first line first.
func compared(ctx context.Context, o comparing, base *subject) (*report.AcrossLaws, error) {
	c := base.scenario
	out := &report.AcrossLaws{
		Case: c.ID, Title: c.Title, Claim: c.Claim, Requesting: c.Requesting, Requested: c.Requested, Caveat: report.Caveat,
		Rates: []report.UseRate{}, Left: []report.LeftOut{}, Measures: []string{},
	}
	for _, gap := range c.Gaps {
		for _, m := range measure.ByGap(gap) {
			out.Measures = append(out.Measures, m.ID)
		}
	}
	try := func(name string, instruments, safeguards []string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		run, events, err := docket.Imagine(docket.Options{
			Case: c, Source: base.source, Instruments: instruments, Safeguards: safeguards, Bundle: base.bundle, Clock: docket.Sim, Seed: o.seed,
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		out.Variants = append(out.Variants, report.Variant{Name: name, Run: run, Events: events})
		rate, open, err := useRate(name, run, o.seed, instruments, safeguards, base)
		if open {
			out.Rates = append(out.Rates, rate)
		}
		return err
	}
	if err := try(base.regime(), base.instruments, nil); err != nil {
		return nil, err
	}
	for _, id := range base.bundle.InstrumentIDs() {
		if slices.Equal(base.instruments, []string{id}) {
			continue
		}
		if why := base.cannotCarry(id); why != "" {
			out.Left = append(out.Left, report.LeftOut{ID: id, Why: why})
			continue
		}
		if err := try(id, []string{id}, nil); err != nil {
			return nil, err
		}
	}
	for _, id := range base.bundle.SafeguardIDs() {
		s, err := base.bundle.Safeguard(id)
		if err != nil {
			return nil, err
		}
		if !o.all && !slices.ContainsFunc(c.Gaps, func(g string) bool { return slices.Contains(s.Closes, g) }) {
			continue
		}
		if err := try(base.regime()+"+"+id, base.instruments, []string{id}); err != nil {
			return nil, err
		}
	}
	out.Compare()
	return out, nil
}

// cannotCarry says why a case cannot be run under an instrument; empty: it can.
func (s *subject) cannotCarry(id string) string {
	r, err := s.bundle.Instrument(id)
	switch {
	case err != nil:
		return err.Error()
	case len(r.Rules) == 0:
		return "its text was not seen"
	}
	return ""
}
