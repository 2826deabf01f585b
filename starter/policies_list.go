package main

import (
	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/policies"
)

func (p *program) listLaw() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list [DIR]",
		Short: "List the instruments, the States and the safeguards",
		Long: `Lists every instrument with its kind, who is asked under it, where it stands, and how many rules it has of each effect; then
the States with the rules of their own law, and the safeguards that critics ask for. A directory takes the place of the
law that ships.`,
		Example: "  go run ./starter policies list\n  go run ./starter policies list out/demo/uncc/policy --json",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			out, err := listed(dirOf(args))
			if err != nil {
				return err
			}
			return p.print(out, asJSON)
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// dirOf is the directory that a command was given, or "" for the law that ships.
func dirOf(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

func listed(dir string) (*report.Listing, error) {
	bundle, err := lawIn(dir)
	if err != nil {
		return nil, err
	}
	out := &report.Listing{Dir: dir, Digest: bundle.Digest(), Instruments: []report.ListedInstrument{}, States: []report.ListedState{},
		Safeguards: []report.ListedSafeguard{}, Caveat: report.Caveat}
	for _, line := range bundle.List() {
		switch line.Sort {
		case "instrument":
			i, err := bundle.Instrument(line.ID)
			if err != nil {
				return nil, err
			}
			out.Instruments = append(out.Instruments, report.ListedInstrument{ID: line.ID, Name: line.Name, Kind: line.Kind, Asks: i.Asks,
				Status: line.Status, InForce: line.InForce, RuleCounts: counts(line, i.Rules), Timers: line.Timers})
		case "state":
			s, err := bundle.State(mla.State(line.ID))
			if err != nil {
				return nil, err
			}
			out.States = append(out.States, report.ListedState{ID: s.ID, Name: s.Name, Offences: len(s.Offences), RuleCounts: counts(line, s.Overlay)})
		case "safeguard":
			s, err := bundle.Safeguard(line.ID)
			if err != nil {
				return nil, err
			}
			out.Safeguards = append(out.Safeguards, report.ListedSafeguard{ID: s.ID, Name: s.Name, Asks: s.Asks, Price: s.Price,
				Closes: s.Closes, RuleCounts: counts(line, s.Rules), Duties: len(docket.Unacted(s.Duties))})
		}
	}
	return out, nil
}

func counts(line policies.Listed, rules []*policies.Rule) report.RuleCounts {
	out := report.RuleCounts{Rules: line.Rules, Confidence: line.Confidence, Effects: map[mla.Effect]int{}}
	for _, r := range rules {
		out.Effects[r.Effect]++
	}
	return out
}

func (p *program) testLaw() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Run the law's own cases, and count what they cover",
		Long: `Runs every case in the folder cases: a rule, what is known, and what the rule must then answer. Says which rules have a case
where they hold, one where they do not and one where they are unknown, and which answers rest on provisions that are known
from memory only. Ends with 1 where a case is answered otherwise or
a rule lacks one of the three.`,
		Example: "  go run ./starter policies test\n  go run ./starter policies test my-law --json",
		Args:    atMost(1),
		RunE:    func(_ *cobra.Command, args []string) error { return p.runLawCases(dirOf(args), asJSON) },
	}
	jsonFlag(c, &asJSON)
	return c
}

func (p *program) runLawCases(dir string, asJSON bool) error {
	bundle, err := lawIn(dir)
	if err != nil {
		return err
	}
	cover, faults := policies.RunCases(bundle)
	if cover.Cases == 0 && dir != "" {
		if cases, broken := bundle.Cases(); len(cases)+len(broken) == 0 {
			return badInputf("the law in %s has no cases: add them to its folder cases; what a run keeps of the law has none", dir)
		}
	}
	out := &report.Tested{Dir: dir, Digest: bundle.Digest(), Cases: cover.Cases, Covered: cover.Covered(), Rules: cover.Rules,
		Doubts: bundle.Doubts(), Faults: lawFaults(faults), Caveat: report.Caveat}
	if err := p.print(out, asJSON); err != nil {
		return err
	}
	if len(faults) > 0 {
		return errNegative
	}
	return nil
}
