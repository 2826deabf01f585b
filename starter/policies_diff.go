package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/report"
	"rogatory/policies"
)

func (p *program) diffLaw() *cobra.Command {
	var dir string
	var asJSON bool
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Hold two instruments, or one with safeguards, against each other",
		Long: `Lists what is different between two instruments: the parameters of the comparison row by row, the rules that only one of
them has, periods, terms and duties. A plus sign switches safeguards on: uncc+L01,L02.`,
		Example: "  go run ./starter policies diff uncc budapest\n  go run ./starter policies diff uncc uncc+L01,L02 --json",
		Args:    exactly(2),
		RunE: func(_ *cobra.Command, args []string) error {
			out, err := differing(dir, args[0], args[1])
			if err != nil {
				return err
			}
			return p.print(out, asJSON)
		},
	}
	policiesFlag(c, &dir)
	jsonFlag(c, &asJSON)
	return c
}

// subjectOf reads "uncc" or "uncc+L01,L02".
func subjectOf(text string) (policies.Subject, error) {
	instrument, with, plus := strings.Cut(text, "+")
	s := policies.Subject{Instrument: strings.TrimSpace(instrument)}
	if !plus {
		return s, nil
	}
	var err error
	s.Safeguards, err = safeguardsIn(with)
	if err != nil {
		return s, badInputf("%s: %w", text, err)
	}
	return s, nil
}

func differing(dir, a, b string) (*report.Differing, error) {
	bundle, err := lawIn(dir)
	if err != nil {
		return nil, err
	}
	out := &report.Differing{Caveat: report.Caveat}
	var subjects [2]policies.Subject
	for i, text := range []string{a, b} {
		if subjects[i], err = subjectOf(text); err != nil {
			return nil, err
		}
		r, err := bundle.Instrument(subjects[i].Instrument)
		if err != nil {
			return nil, badInput{err}
		}
		side := report.Side{Name: subjects[i].String(), Safeguards: append([]string{}, subjects[i].Safeguards...),
			Instrument: report.Instrument{ID: r.ID, Name: r.Name, Status: r.Standing.Says, InForce: r.InForce}}
		if i == 0 {
			out.A = side
		} else {
			out.B = side
		}
	}
	found, err := bundle.Diff(subjects[0], subjects[1])
	if err != nil {
		return nil, badInput{err}
	}
	out.Differences = append([]policies.ParameterDiff{}, found...)
	return out, nil
}

func (p *program) compareLaw() *cobra.Command {
	var dir, notes string
	var asJSON bool
	c := &cobra.Command{
		Use:   "compare",
		Short: "Make the comparison of all instruments anew, as Markdown",
		Long: `Writes one table, a row for each parameter and a column for each instrument, from the data; under it, why cells differ from
the table of the research notes. With --against it is held against such a table in Markdown, and ends with 1 where a cell
is of another sort there and the data do not say why.`,
		Example: "  go run ./starter policies compare\n  go run ./starter policies compare --against comparison.md --json",
		Args:    exactly(0),
		RunE:    func(*cobra.Command, []string) error { return p.compareAll(dir, notes, asJSON) },
	}
	policiesFlag(c, &dir)
	c.Flags().StringVar(&notes, "against", "", "a comparison in Markdown to hold the data against")
	jsonFlag(c, &asJSON)
	return c
}

func (p *program) compareAll(dir, notes string, asJSON bool) error {
	bundle, err := lawIn(dir)
	if err != nil {
		return err
	}
	table := bundle.Comparison()
	out := &report.Compared{Table: table, Explained: append([]policies.Difference{}, table.Differences()...), Against: []policies.Difference{}, Caveat: report.Caveat}
	if notes != "" {
		raw, err := os.ReadFile(notes)
		if err != nil {
			return badInputf("--against: %w", err)
		}
		found, err := table.Against(string(raw))
		if err != nil {
			return badInputf("--against: %s: %w", notes, err)
		}
		out.Against = append(out.Against, found...)
	}
	if err := p.print(out, asJSON); err != nil {
		return err
	}
	if len(out.Unexplained()) > 0 {
		return errNegative
	}
	return nil
}

// policiesFlag offers another law than the one that ships.
func policiesFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "policies", "", "directory of law files, instead of the law that ships")
}
