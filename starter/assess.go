package main

import (
	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

func (p *program) assess() *cobra.Command {
	var s selection
	var asJSON bool
	c := &cobra.Command{
		Use:   "assess CASE|FILE --regime R",
		Short: "Ask the law alone, without any procedure",
		Long: `Asks every rule twice: on what the letter states and the central authority knows by itself, and on what the author of the
case stipulates. Shows gates, grounds, forbidden reasons, duties, dual criminality by label and by conduct, and the facts
that are wanting. Nobody decides anything here.`,
		Example: "  go run ./starter assess g29 --regime uncc\n  go run ./starter assess my-case.yaml --regime uncc,budapest --json",
		Args:    exactly(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s.name = args[0]
			if s.regime == "" {
				return badInputf("--regime is missing; give one, or several with commas: %s", instrumentsOf(s.policies))
			}
			subject, err := s.read()
			if err != nil {
				return err
			}
			a, err := assessed(subject, s.regime)
			if err != nil {
				return err
			}
			return p.print(a, asJSON)
		},
	}
	s.flags(c)
	jsonFlag(c, &asJSON)
	return c
}

// assessed asks the law on both layers, stage by stage.
func assessed(s *subject, regime string) (*report.Assessment, error) {
	c := s.scenario
	request := c.Request
	request.Requesting, request.Requested, request.Instruments = c.Requesting, c.Requested, s.instruments
	known := c.Known()[mla.CentralAuthority].With(c.Stated())
	stipulated := c.Stipulated()
	out := &report.Assessment{
		Case: c.ID, Title: c.Title, Regime: regime, Requesting: c.Requesting, Requested: c.Requested,
		Offence: request.Offence, Measure: request.Measure, Policy: s.bundle.Digest(), Caveat: report.Caveat,
		Rules: report.NoRules(), Missing: []report.Missing{},
	}
	for _, i := range s.law.Terms(known).Instruments {
		out.Instruments = append(out.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Status, InForce: i.InForce})
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
		}
	}
	for _, path := range wanted.Paths() {
		fact, err := s.bundle.Fact(path)
		if err != nil {
			return nil, err
		}
		out.Missing = append(out.Missing, report.Missing{Fact: path, KnownBy: string(fact.KnownBy), Means: fact.Means})
	}
	return out, nil
}

func instrumentsOf(dir string) string {
	bundle, err := lawIn(dir)
	if err != nil {
		return "uncc, budapest"
	}
	return joined(bundle.InstrumentIDs())
}
