package main

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

// useRate plays a case with an officer who uses no discretionary ground, and with one who uses each that is open. open is
// false where there is none, or where no State, or more than one, decided on the request. Mandatory grounds that are open are
// raised by both.
func useRate(name string, run *report.Run, seed string, instruments, safeguards []string, s *subject) (r report.UseRate, open bool, err error) {
	decisions := s.scenario.Script[mla.QDecide]
	if len(decisions) == 0 || len(s.scenario.Script[mla.QRetry]) > 0 || run.Days.ToDecision == nil || run.Outcome == mla.OutOfScope {
		return r, false, nil
	}
	state, err := s.bundle.State(s.scenario.Requested)
	if err != nil {
		return r, false, err
	}
	r.Law = name
	var mandatory, discretionary []string
	none := 1.0
	for _, g := range run.Grounds {
		switch {
		case g.Holds != mla.Yes || g.Stage != mla.StageAdmissibility || g.Silence != nil:
		case g.Effect == mla.MustRefuse:
			mandatory = append(mandatory, g.Rule)
		case g.Effect == mla.MayRefuse || g.Effect == mla.NoDuty:
			discretionary = append(discretionary, g.Rule)
			r.Grounds = append(r.Grounds, g.Name())
			none *= 1 - float64(state.Discretion.Of(g.Standard))/100
		}
	}
	if len(discretionary) == 0 {
		return r, false, nil
	}
	r.Assumed = int(math.Round(100 * (1 - none)))
	play := func(raises []string) (mla.Outcome, error) {
		c := *s.scenario
		c.Script = maps.Clone(c.Script)
		c.Script[mla.QDecide] = nil
		for _, a := range decisions {
			d := a.(mla.DecideAnswer)
			d.Raises, d.OnGround = raises, mla.Refused
			if !d.Otherwise.Grants() {
				d.Otherwise = mla.Granted
			}
			c.Script[mla.QDecide] = append(c.Script[mla.QDecide], d)
		}
		told, _, err := docket.Imagine(docket.Options{
			Case: &c, Source: s.source, Instruments: instruments, Safeguards: safeguards, Bundle: s.bundle, Clock: docket.Sim, Seed: seed,
		})
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		return told.Outcome, nil
	}
	if r.Never, err = play(mandatory); err != nil {
		return r, false, err
	}
	r.Always, err = play(slices.Concat(mandatory, discretionary))
	return r, err == nil, err
}
