package main

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/training"
)

// useRates plays a run again at both ends of what somebody may do: with an officer who uses no ground that is open, and each
// of them; or, where that changes nothing, with the role that the case's question is for giving the answer by which things go
// on, and the other.
func useRates(name string, run *report.Run, o docket.Options) (out []report.UseRate, err error) {
	grounds, err := groundRate(name, run, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(grounds) > 0 && grounds[0].Never != grounds[0].Always {
		return grounds, nil
	}
	answers, err := answerRate(name, run, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return append(grounds, answers...), nil
}

// groundRate is of the grounds that are open to the authority that decides. None: no ground is open, or no State, or more than
// one, decided on the request.
func groundRate(name string, run *report.Run, o docket.Options) ([]report.UseRate, error) {
	decisions := o.Case.Script[mla.QDecide]
	if len(decisions) == 0 || len(o.Case.Script[mla.QRetry]) > 0 || run.Days.ToDecision == nil || run.Outcome == mla.OutOfScope {
		return nil, nil
	}
	state, err := o.Bundle.State(o.Case.Requested)
	if err != nil {
		return nil, err
	}
	r := report.UseRate{Law: name, Role: mla.CentralAuthority}
	var open []string
	none := 1.0
	for _, g := range run.Grounds {
		if g.Holds != mla.Yes || g.Stage != mla.StageAdmissibility || g.Silence != nil || !g.Effect.Ground() {
			continue
		}
		open, r.Uses = append(open, g.Rule), append(r.Uses, g.Name())
		if g.Effect == mla.MustRefuse {
			none = 0
		}
		none *= 1 - float64(state.Discretion.Of(g.Standard))/100
	}
	if len(open) == 0 {
		return nil, nil
	}
	assumed := int(math.Round(100 * (1 - none)))
	r.Assumed = &assumed
	play := func(raises []string) (*report.Run, []mla.Event, error) {
		c := *o.Case
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
		o := o
		o.Case = &c
		return docket.Imagine(o)
	}
	never, _, err := play(nil)
	if err != nil {
		return nil, err
	}
	always, _, err := play(open)
	if err != nil {
		return nil, err
	}
	r.Never, r.Always = never.Became(), always.Became()
	return []report.UseRate{r}, nil
}

// answerRate is of the two answers to the case's question between which it is shown. None: under this law it is not put.
func answerRate(name string, run *report.Run, o docket.Options) ([]report.UseRate, error) {
	goesOn, holdsUp, ok := training.Poles(o.Case.Train.Question)
	if !ok || run.Outcome == mla.OutOfScope {
		return nil, nil
	}
	law, err := o.Law()
	if err != nil {
		return nil, err
	}
	var runs [2]*report.Run
	var events [2][]mla.Event
	var given [2]training.Answer
	for i, word := range []string{goesOn, holdsUp} {
		s := &training.Session{Case: o.Case, Input: o.Input(), Law: law, Bundle: o.Bundle}
		_, given[i], events[i], err = s.Hold(training.Pole(word))
		if errors.Is(err, training.ErrNotAsked) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if runs[i], err = docket.Told(o, slices.Clone(events[i])); err != nil {
			return nil, err
		}
	}
	r := report.UseRate{Law: name, Role: o.Case.Train.Desk, Uses: []string{given[1].Word}}
	if len(given[1].On) > 0 {
		r.Uses = nil
		for _, rule := range given[1].On {
			r.Uses = append(r.Uses, strings.Replace(rule, "/", " ", 1))
		}
		r.Looks = len(given[1].Inquiry) > 0
	}
	r.Never, r.Always = report.Effects(runs[0], runs[1], events[0], events[1])
	return []report.UseRate{r}, nil
}
