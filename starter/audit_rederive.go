package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

func (p *program) auditRederive() *cobra.Command {
	var s sight
	var all bool
	c := &cobra.Command{
		Use:   "rederive DIR",
		Short: "Work every logged answer of the law out anew from the facts it names",
		Long: `Asks the law again: each assessment on the logs, on the letter that had arrived and the facts that it says it used, by the law
that its event names. What rests on an assessment (the test of dual criminality, the grounds considered, the departures of a
decision) is held to it. A file of the run's law that was changed since is named.

Exits 0 where all comes out the same as far as the clearance sees, 1 where something does not or a log is not whole, and 2
for bad input.`,
		Example: "  go run ./starter audit rederive out/g01\n  go run ./starter audit rederive out/g01 --as auditor --json",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if s.as == nil && s.keys == "" {
				s.as = []string{clearanceFull}
			}
			b, err := s.spread(c.Context(), args[0])
			if err != nil {
				return err
			}
			v := b.rederive(all)
			if err := p.answer(v, s); err != nil {
				return err
			}
			if v.Wrong() {
				return errNegative
			}
			return nil
		},
	}
	s.flags(c)
	c.Flags().Lookup("as").Usage = "whose keys to use: ROLE, ROLE@STATE, full or none (default full, or all those in --keys)"
	c.Flags().BoolVar(&all, "all", false, "list every answer, not only those that come out otherwise")
	return c
}

func (b *bench) rederive(all bool) *report.Rederived {
	v := &report.Rederived{
		Dir: b.dir, As: b.as, Cases: len(b.cases), Answers: map[mla.Answer]int{}, Changed: []report.ChangedLaw{},
		Items: []audit.Rederivation{}, Notes: b.notes, Caveat: report.Caveat,
	}
	for _, c := range b.cases {
		for _, d := range audit.Rederive(c, b.law) {
			v.Answers[d.Same]++
			if all || d.Same == mla.No || len(b.cases) == 1 && d.Same == mla.Unknown {
				v.Items = append(v.Items, d)
			}
		}
	}
	for _, r := range b.runs {
		if changed := b.changed(r); changed != nil {
			v.Changed = append(v.Changed, *changed)
		}
	}
	return v
}

// changed compares the law kept with a run with the law that its events name; nil: they are the same, or there is nothing
// to compare.
func (b *bench) changed(r auditedRun) *report.ChangedLaw {
	named := r.named()
	if r.law == nil || named == "" || r.digest == named {
		return nil
	}
	out := &report.ChangedLaw{Dir: filepath.ToSlash(filepath.Join(r.dir, "policy")), Named: named, Files: []string{}}
	law := b.law.Bundle(named)
	if law == nil {
		return out
	}
	out.Files = audit.ChangedFiles(r.law, law.Files())
	if len(out.Files) == 0 {
		return nil
	}
	return out
}
