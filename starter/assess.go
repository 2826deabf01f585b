package main

import (
	"slices"

	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/policies"
)

func (p *program) assess() *cobra.Command {
	var s selection
	var asJSON, why bool
	var only []string
	c := &cobra.Command{
		Use:   "assess CASE|FILE",
		Short: "Ask the law alone, without any procedure",
		Long: `Asks every rule twice: on what the letter states and the central authority knows by itself, and on what the author of the
case stipulates. Shows gates, grounds, forbidden reasons, duties, dual criminality by label and by conduct, and the facts
that are wanting; and which article of which instrument silences a rule. Nobody decides anything here.

With --why each gate and ground is a ladder: what held, what did not, what is unknown, and what would flip it; of those in
which there is nothing to see it gives the names. With --only it tells nothing but the ladders of one rule, or of an
article with its paragraphs, duties among them; it can be given more than once. Where two instruments each give way to
the other, both speak and say so; --yields chooses the one that gives way.`,
		Example: "  go run ./starter assess g29\n  go run ./starter assess g29 --regime uncc,budapest --why\n" +
			"  go run ./starter assess g29 --regime uncc --only \"uncc 40(22)\"\n" +
			"  go run ./starter assess my-case.yaml --regime uncc --with L05 --json",
		Args: exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s.name = args[0]
			subject, err := s.read()
			if err != nil {
				return err
			}
			a, err := assessed(subject, why || len(only) > 0, only)
			if err != nil {
				return err
			}
			if s.regime == "" {
				a.ToldFor = subject.scenario.Regimes
			}
			return p.print(a, asJSON)
		},
	}
	s.flags(c)
	c.Flags().BoolVar(&why, "why", false, "say of each gate and ground why it answers so, and what would flip it")
	c.Flags().StringArrayVar(&only, "only", nil, "say why of this rule or article alone, as \"uncc 40(22)\" or 40")
	jsonFlag(c, &asJSON)
	return c
}

// assessed asks the law on both layers, stage by stage.
func assessed(s *subject, why bool, only []string) (*report.Assessment, error) {
	c := s.scenario
	request := c.Request
	request.Requesting, request.Requested, request.Instruments = c.Requesting, c.Requested, s.instruments
	known := c.Known()[mla.CentralAuthority].With(c.Stated())
	stipulated := c.Stipulated()
	out := &report.Assessment{
		Case: c.ID, Title: c.Title, Regime: s.regime(), Requesting: c.Requesting, Requested: c.Requested,
		Offence: request.Offence, Measure: request.Measure, Policy: s.bundle.Digest(), Caveat: report.Caveat,
		Rules: report.NoRules(), Missing: []report.Missing{},
	}
	terms := s.law.Terms(known)
	out.Safeguards, out.AskedFor, out.Yields = append([]string{}, s.safeguards...), docket.Unacted(terms.Duties), append([]string{}, s.yields...)
	out.Contests = []report.Contest{}
	for _, k := range s.law.Contests() {
		out.Contests = append(out.Contests, report.Contest{Instruments: k.Instruments, Articles: k.Articles, Says: k.Says})
	}
	for _, i := range terms.Instruments {
		r, err := s.bundle.Instrument(i.ID)
		if err != nil {
			return nil, err
		}
		out.Instruments = append(out.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Status, InForce: i.InForce, Asks: r.Asks})
	}
	wanted := mla.Facts{}
	for _, stage := range mla.Stages {
		asKnown := s.law.Assess(stage, request, known, mla.ByConduct)
		really := s.law.Assess(stage, request, stipulated, mla.ByConduct)
		for i, f := range asKnown.Findings {
			out.File(docket.GroundOf(s.law, f, really.Findings[i].Holds, request, asKnown.Used))
		}
		for _, path := range asKnown.Missing() {
			wanted[path] = mla.Value{}
		}
		if stage == mla.StageAdmissibility {
			out.DualCriminality, out.DualCriminalityOnStipulated = asKnown.DualCriminality, really.DualCriminality
			out.Seriousness = asKnown.Seriousness
			known, really := s.law.Tests(stage, request, known, mla.ByConduct), s.law.Tests(stage, request, stipulated, mla.ByConduct)
			for i := range known {
				out.Tests = append(out.Tests, report.Test{Test: known[i], OnStipulated: really[i].DualCriminality})
			}
		}
	}
	for _, path := range wanted.Paths() {
		fact, err := s.bundle.Fact(path)
		if err != nil {
			return nil, err
		}
		out.Missing = append(out.Missing, report.Missing{Fact: path, KnownBy: string(fact.KnownBy), Means: fact.Means})
	}
	if !why {
		return out, nil
	}
	rules := slices.Concat(out.Scope, out.Grounds, out.Forbidden)
	if len(only) > 0 {
		out.Only = only
		var err error
		if rules, err = chosen(s.law, slices.Concat(rules, out.Duties), only); err != nil {
			return nil, err
		}
	}
	return out, climb(out, rules, s.law, request, known)
}

// chosen keeps the rules that are named, or stand in an article that is.
func chosen(law *policies.Law, rules []report.Ground, only []string) (out []report.Ground, err error) {
	named := map[string]bool{}
	for _, wish := range only {
		ids, err := law.RulesOn(wish)
		if err != nil {
			return nil, badInputf("--only: %w", err)
		}
		for _, id := range ids {
			named[id] = true
		}
	}
	return slices.DeleteFunc(rules, func(g report.Ground) bool { return !named[g.Rule] }), nil
}

// climb adds the ladders of rules.
func climb(a *report.Assessment, rules []report.Ground, law *policies.Law, request mla.Request, known mla.Facts) error {
	ids := make([]string, len(rules))
	for i, g := range rules {
		ids[i] = g.Rule
	}
	rungs, err := law.Ladder(request, known, ids...)
	if err != nil {
		return err
	}
	for i, r := range rungs {
		a.Ladder = append(a.Ladder, report.Rung{Rung: r, Standard: rules[i].Standard, Silence: docket.SilenceOf(r.Silence), OnStipulated: rules[i].OnStipulated})
	}
	return nil
}
