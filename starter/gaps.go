package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/experiment"
	"rogatory/internal/measure"
	"rogatory/internal/population"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

func (p *program) gaps() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "gaps [GAP]",
		Short: "List the gaps that critics describe, and what shows, counts and closes each",
		Long: `Lists the oversight gaps of the catalogue with the cases that show each, the measures that count it, the designs that simulate it
and the safeguards that are asked for against it; and the ledger of what press articles claim, and where each claim went. A gap named is told in full.`,
		Example: "  go run ./starter gaps\n  go run ./starter gaps G29",
		Args:    between(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			all, err := catalogue()
			if err != nil {
				return err
			}
			if len(args) == 1 {
				id := strings.ToUpper(args[0])
				i := slices.IndexFunc(all.Gaps, func(g report.Gap) bool { return g.ID == id })
				if i < 0 {
					return badInputf("%q is no gap of the catalogue; they run from G01 to G48", args[0])
				}
				all.Gaps, all.Claims = all.Gaps[i:i+1], nil
			}
			return p.print(all, asJSON)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// catalogue joins each gap with its cases, measures and safeguards.
func catalogue() (*report.Catalogue, error) {
	bundle, err := policies.Shipped()
	if err != nil {
		return nil, err
	}
	cases, err := scenario.Shipped(bundle)
	if err != nil {
		return nil, err
	}
	parameters, err := population.Shipped()
	if err != nil {
		return nil, err
	}
	simulated := map[string][]report.GapDesign{} // by gap
	for _, id := range experiment.IDs() {
		d, err := experiment.Open(id, bundle, parameters)
		if err != nil {
			return nil, err
		}
		for _, g := range d.Gaps {
			simulated[g] = append(simulated[g], report.GapDesign{ID: d.ID, Title: d.Title})
		}
	}
	out := &report.Catalogue{Caveat: report.Caveat}
	shown := map[string][]string{} // cases, by gap
	for _, g := range scenario.Gaps() {
		x := report.Gap{
			ID: g.ID, Name: g.Name, Weight: string(g.Weight), Says: g.Says, Other: g.Other, Beside: g.Beside, Articles: g.Articles,
			Cases: []report.GapCase{}, Measures: []string{}, Safeguards: []report.GapCloser{}, Designs: append([]report.GapDesign{}, simulated[g.ID]...),
		}
		for _, c := range cases {
			if slices.Contains(c.Gaps, g.ID) {
				x.Cases = append(x.Cases, report.GapCase{ID: c.ID, Title: c.Title, Requesting: c.Requesting, Requested: c.Requested})
				shown[g.ID] = append(shown[g.ID], c.ID)
			}
		}
		for _, m := range measure.ByGap(g.ID) {
			x.Measures = append(x.Measures, m.ID)
		}
		for _, id := range bundle.SafeguardIDs() {
			s, err := bundle.Safeguard(id)
			if err != nil {
				return nil, err
			}
			if slices.Contains(s.Closes, g.ID) {
				x.Safeguards = append(x.Safeguards, report.GapCloser{ID: s.ID, Name: s.Name, Price: s.Price})
			}
		}
		out.Gaps = append(out.Gaps, x)
	}
	for _, c := range scenario.Claims() {
		x := report.Claim{Article: c.Article, Claim: c.Claim, Gaps: append([]string{}, c.Gaps...), Cases: []string{}, Why: c.Why}
		for _, g := range c.Gaps {
			for _, id := range shown[g] {
				if !slices.Contains(x.Cases, id) {
					x.Cases = append(x.Cases, id)
				}
			}
		}
		out.Claims = append(out.Claims, x)
	}
	return out, nil
}
