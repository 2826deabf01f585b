package main

import (
	"slices"

	"github.com/spf13/cobra"

	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/policies"
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
		Grounds: []report.Ground{}, Scope: []report.Ground{}, Forbidden: []report.Ground{}, Duties: []report.Ground{}, Missing: []report.Missing{},
	}
	for _, i := range s.law.Terms(known).Instruments {
		out.Instruments = append(out.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Status, InForce: i.InForce})
	}
	wanted := mla.Facts{}
	for _, stage := range mla.Stages {
		asKnown := s.law.Assess(stage, request, known, mla.ByConduct)
		really := s.law.Assess(stage, request, stipulated, mla.ByConduct)
		for i, f := range asKnown.Findings {
			file(out, groundOf(s.law, f, really.Findings[i].Holds, request, asKnown.Used))
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

// file puts a rule where a reader looks for its effect.
func file(a *report.Assessment, g report.Ground) {
	switch {
	case g.Effect.Ground():
		a.Grounds = append(a.Grounds, g)
	case g.Effect == mla.Gate:
		a.Scope = append(a.Scope, g)
	case g.Effect == mla.MustNotRefuse:
		a.Forbidden = append(a.Forbidden, g)
	default:
		a.Duties = append(a.Duties, g)
	}
}

func groundOf(law *policies.Law, f mla.Finding, onStipulated mla.Answer, r mla.Request, used mla.Facts) report.Ground {
	return report.Ground{
		Rule: f.Rule, Article: f.Article, Stage: f.Stage, Effect: f.Effect, Standard: f.Standard, Confidence: f.Confidence,
		Reading: f.Reading, Holds: f.Holds, OnStipulated: onStipulated, Missing: append([]mla.Path{}, f.Missing...),
		Because: because(law, f.Rule, r, used), Says: f.Says,
	}
}

// because lists the facts a rule rests on, each once.
func because(law *policies.Law, rule string, r mla.Request, used mla.Facts) []string {
	out := []string{}
	why, err := law.Why(rule, r, used)
	if err != nil {
		return out
	}
	var walk func(policies.Reason)
	walk = func(step policies.Reason) {
		text := string(step.Fact) + " is unknown"
		if !step.Value.IsZero() {
			text = string(step.Fact) + " = " + step.Value.String()
		}
		if step.Fact != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
		for _, below := range step.Children {
			walk(below)
		}
	}
	walk(why)
	return out
}

func instrumentsOf(dir string) string {
	bundle, err := lawIn(dir)
	if err != nil {
		return "uncc, budapest"
	}
	return joined(bundle.InstrumentIDs())
}
