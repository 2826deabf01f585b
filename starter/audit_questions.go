package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/policies"
)

// filterFlags choose cases.
type filterFlags struct {
	states       []string
	instrument   string
	ground, gap  string
	outcome      string
	from, to     string
	sealed, open bool
}

func (f *filterFlags) flags(c *cobra.Command) {
	s := c.Flags()
	s.StringSliceVar(&f.states, "state", nil, "only cases in which each of these States takes part")
	s.StringVar(&f.instrument, "instrument", "", "only letters under this instrument")
	s.StringVar(&f.ground, "ground", "", "only cases in which this ground was raised: 'uncc 40(22)'")
	s.StringVar(&f.gap, "gap", "", "only cases that show this gap: G01")
	s.StringVar(&f.outcome, "outcome", "", "only cases that ended so: "+joined(mla.Outcomes))
	s.StringVar(&f.from, "from", "", "only letters that arrived on this day or later: 2027-01-31")
	s.StringVar(&f.to, "to", "", "only letters that arrived before this day")
	s.BoolVar(&f.sealed, "sealed", false, "only cases whose letter this clearance cannot read")
	s.BoolVar(&f.open, "open", false, "only cases whose letter it can read")
}

// filter reads the flags.
func (f *filterFlags) filter() (audit.Filter, error) {
	out := audit.Filter{Instrument: f.instrument, Ground: f.ground, Gap: strings.ToUpper(f.gap), Outcome: mla.Outcome(f.outcome)}
	for _, s := range f.states {
		out.States = append(out.States, mla.State(strings.ToLower(s)))
	}
	if f.outcome != "" && !slices.Contains(mla.Outcomes, out.Outcome) {
		return out, badInputf("--outcome %q: it is one of %s", f.outcome, joined(mla.Outcomes))
	}
	if f.gap != "" && !slices.Contains(audit.Gaps(), out.Gap) {
		return out, badInputf("--gap %q: no constraint bears on it; there are %s", f.gap, joined(audit.Gaps()))
	}
	for _, d := range []struct {
		flag, text string
		to         *time.Time
	}{{"--from", f.from, &out.From}, {"--to", f.to, &out.To}} {
		if d.text == "" {
			continue
		}
		at, err := time.Parse(time.DateOnly, d.text)
		if err != nil {
			return out, badInputf("%s %q: want a day as 2027-01-31", d.flag, d.text)
		}
		*d.to = at
	}
	switch {
	case f.sealed && f.open:
		return out, badInputf("--sealed and --open: give one")
	case f.sealed:
		out.Sealed = mla.Yes
	case f.open:
		out.Sealed = mla.No
	}
	return out, nil
}

// chosenConstraints reads the logs and parts their cases into those that fit and those of which the clearance cannot tell.
func (s sight) chosen(ctx context.Context, dir string, f filterFlags) (b *bench, chosen, untold []*audit.Case, err error) {
	filter, err := f.filter()
	if err != nil {
		return nil, nil, nil, err
	}
	if b, err = s.spread(ctx, dir); err != nil {
		return nil, nil, nil, err
	}
	if err := b.names(filter); err != nil {
		return nil, nil, nil, err
	}
	chosen, untold = filter.Choose(b.cases, b.law)
	return b, chosen, untold, nil
}

// names checks that a filter names States, instruments and grounds that there are, so that a slip is not taken for the
// answer that no case fits.
func (b *bench) names(f audit.Filter) error {
	law, err := policies.Shipped()
	if err != nil {
		return err
	}
	states, instruments := []string{}, law.InstrumentIDs()
	cited := f.Ground == ""
	for _, r := range law.Rules() {
		cited = cited || audit.Cites(f.Ground, r.ID, r.Instrument+" "+r.Article)
	}
	for _, c := range b.cases {
		for _, l := range c.Logs {
			states = append(states, string(l.Party))
		}
		if c.Letter != nil {
			instruments = append(instruments, c.Letter.Instruments...)
		}
		cited = cited || audit.Filter{Ground: f.Ground}.Fits(c, b.law) == mla.Yes
	}
	slices.Sort(states)
	slices.Sort(instruments)
	for _, s := range f.States {
		if !slices.Contains(states, string(s)) {
			return badInputf("--state %q: no log here is of that State; there are %s", s, strings.Join(slices.Compact(states), ", "))
		}
	}
	if f.Instrument != "" && !slices.Contains(instruments, f.Instrument) {
		return badInputf("--instrument %q: there is none; there are %s", f.Instrument, strings.Join(slices.Compact(instruments), ", "))
	}
	if !cited {
		return badInputf("--ground %q: no rule is cited so; write the instrument and the article, as 'uncc 40(22)'", f.Ground)
	}
	return nil
}

func (p *program) auditAsk() *cobra.Command {
	var s sight
	var f filterFlags
	c := &cobra.Command{
		Use:   "ask DIR [QUESTION]",
		Short: "Put a ready-made question to the logs, or list the cases that fit",
		Long: `Answers a question in plain words on the cases that the filters choose; without a question it lists the cases. What a
clearance cannot tell is listed apart and never left out. The questions are

` + questionList(),
		Example: `  go run ./starter audit ask out/g01 which secrets have outlived their end --as full
  go run ./starter audit ask out/g01 what can I not tell
  go run ./starter audit ask out --state alder --outcome refused`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			words := strings.Join(args[1:], " ")
			q, known := audit.Asked(words)
			if len(args) > 1 && !known {
				return badInputf("%q is no question that is ready; there are:\n%s", words, questionList())
			}
			b, chosen, untold, err := s.chosen(c.Context(), args[0], f)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return p.answer(b.found(chosen, untold), s)
			}
			return p.answer(b.ask(q, chosen, untold), s)
		},
	}
	s.flags(c)
	f.flags(c)
	return c
}

func questionList() string {
	var b strings.Builder
	for _, q := range audit.Questions {
		b.WriteString("  " + q.ID + strings.Repeat(" ", max(1, 12-len(q.ID))) + q.Says + "\n")
	}
	return b.String()
}

func (b *bench) ask(q audit.Question, chosen, untold []*audit.Case) *report.Asked {
	v := &report.Asked{
		Dir: b.dir, As: b.as, Question: q, Cases: len(chosen), Of: len(b.cases), Untold: len(untold), Rows: q.Ask(chosen, b.law),
		Notes: b.notes, Caveat: report.Caveat,
	}
	in := map[string]bool{}
	for _, r := range v.Rows {
		if r.Answer == mla.Yes {
			v.Yes++
			in[r.Case] = true
		} else {
			v.Unknown++
		}
	}
	v.YesCases = len(in)
	return v
}

func (b *bench) found(chosen, untold []*audit.Case) *report.Found {
	v := &report.Found{
		Dir: b.dir, As: b.as, Of: len(b.cases), Untold: len(untold), Cases: []report.FoundCase{}, Questions: audit.Questions,
		Notes: b.notes, Caveat: report.Caveat,
	}
	for _, c := range chosen {
		k := report.FoundCase{Case: c.ID, Requesting: c.Requesting.Party, Requested: c.Requested.Party}
		if at := audit.Arrived(c); !at.IsZero() {
			k.Arrived = at.UTC().Format(time.DateOnly)
		}
		if c.Letter != nil {
			k.Instruments = append([]string{}, c.Letter.Instruments...)
		}
		for _, l := range c.Logs {
			k.Events += len(l.Seen)
			for _, x := range l.Seen {
				if x.Event != nil {
					k.Opened++
				}
			}
		}
		v.Cases = append(v.Cases, k)
	}
	return v
}

func (p *program) auditStatistics() *cobra.Command {
	var s sight
	var f filterFlags
	threshold := 5
	c := &cobra.Command{
		Use:   "statistics DIR",
		Short: "Twelve figures a year, by partner, with small cells suppressed",
		Long: `Counts what safeguard L08 asks each State to publish: twelve figures a year, by partner. Counts from 1 to the threshold less
one are suppressed, because a small cell is a person; one more is, where the rest would give it away.`,
		Example: "  go run ./starter audit statistics out --as full\n  go run ./starter audit statistics out --threshold 10 --csv",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if threshold < 1 {
				return badInputf("--threshold %d: want 1 (nothing is suppressed) or more", threshold)
			}
			b, chosen, untold, err := s.chosen(c.Context(), args[0], f)
			if err != nil {
				return err
			}
			return p.answer(&report.Figures{
				Dir: b.dir, As: b.as, Cases: len(chosen), Of: len(b.cases), Untold: len(untold), Threshold: threshold, Fields: audit.Fields,
				Rows: audit.Statistics(chosen, threshold), Notes: b.notes, Caveat: report.Caveat,
			}, s)
		},
	}
	s.flags(c)
	f.flags(c)
	c.Flags().IntVar(&threshold, "threshold", threshold, "least count that is published")
	return c
}
