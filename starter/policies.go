package main

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/report"
	"rogatory/policies"
)

func (p *program) policies() *cobra.Command {
	c := &cobra.Command{
		Use:   "policies",
		Short: "The law as data",
		Long: `Instruments, States and safeguards are files that a lawyer can read. These commands list them, check them, run their own
cases, explain them article by article and hold them against each other.`,
		Example: "  go run ./starter policies list\n  go run ./starter policies explain uncc 40\n  go run ./starter policies diff uncc budapest",
		Args:    cobra.ArbitraryArgs,
		RunE:    choose,
	}
	var asJSON bool
	check := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Check law files: the law that ships, or that in a directory",
		Long: `Reads facts.yaml, readers.yaml, regimes/, states/ and safeguards/, type-checks every rule, refuses real States and firms as parties, and
reports every fault with its file, line and what to do. A directory written by run or demo holds such files under policy.`,
		Example: "  go run ./starter policies check\n  go run ./starter policies check out/demo/uncc/policy --json",
		Args:    atMost(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			return p.checkLaw(dir, asJSON)
		},
	}
	jsonFlag(check, &asJSON)
	c.AddCommand(p.listLaw(), check, p.testLaw(), p.explainLaw(), p.diffLaw(), p.compareLaw())
	return c
}

func (p *program) checkLaw(dir string, asJSON bool) error {
	bundle, err := lawIn(dir)
	if err == nil && dir != "" {
		if faults := policies.Check(os.DirFS(dir)); len(faults) > 0 {
			err = badInputf("the law files in %s have faults:\n%w", dir, policies.Faults(faults))
		}
	}
	if err != nil {
		if asJSON {
			return p.faultsAsJSON(dir, err)
		}
		return err
	}
	out := &report.Checked{
		Dir: dir, Digest: bundle.Digest(), States: bundle.StateIDs(), Rules: len(bundle.Rules()), Facts: len(bundle.Facts()),
		Faults: []report.LawFault{}, Caveat: report.Caveat,
	}
	for _, id := range bundle.InstrumentIDs() {
		i, err := bundle.Instrument(id)
		if err != nil {
			return err
		}
		out.Instruments = append(out.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Standing.Says, InForce: i.InForce})
	}
	return p.print(out, asJSON)
}

// faultsAsJSON prints the faults for a program, and returns the error for the reader.
func (p *program) faultsAsJSON(dir string, err error) error {
	var faults policies.Faults
	if !errors.As(err, &faults) {
		return err
	}
	out := &report.Checked{Dir: dir, Instruments: []report.Instrument{}, Caveat: report.Caveat}
	out.Faults = lawFaults(faults)
	return errors.Join(err, report.JSON(p.out, out))
}

func lawFaults(faults []policies.Fault) []report.LawFault {
	out := []report.LawFault{}
	for _, f := range faults {
		out = append(out, report.LawFault{File: f.File, Line: f.Line, Column: f.Column, Message: f.Message, Fix: f.Fix})
	}
	return out
}

func joined[T ~string](words []T) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(w)
	}
	return strings.Join(out, ", ")
}
