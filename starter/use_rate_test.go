package main

import (
	"slices"
	"testing"

	"rogatory/internal/docket"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// Where what comes of a case depends on what somebody does, the comparison shows it with that never done and always done.
func TestWhereBehaviourDecidesACaseIsShownAtBothEnds(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, c := range cases {
		if !slices.ContainsFunc(c.Flips, func(f scenario.Flip) bool { return f.Follows == scenario.FromBehaviour }) {
			continue
		}
		looked++
		if !shownAtBothEnds(t, docket.Options{Case: c, Source: []byte(c.ID), Bundle: b, Clock: docket.Sim, Seed: "1"}) {
			t.Errorf("%s: nobody's doing changes what comes of it under %v, or with what its author tries", c.ID, c.Regimes)
		}
	}
	if looked < 30 {
		t.Errorf("only %d cases were looked at", looked)
	}
}

func shownAtBothEnds(t *testing.T, o docket.Options) bool {
	t.Helper()
	type under struct {
		instrument string
		with       []string
	}
	var laws []under
	for _, id := range o.Case.Regimes {
		laws = append(laws, under{id, nil})
	}
	for _, f := range o.Case.Flips {
		laws = append(laws, under{o.Case.Under(f), f.With})
	}
	for _, l := range laws {
		o.Instruments, o.Safeguards = []string{l.instrument}, l.with
		run, _, err := docket.Imagine(o)
		if err != nil {
			t.Fatal(err)
		}
		rates, err := useRates(l.instrument, run, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rates {
			if len(r.Uses) == 0 || r.Assumed != nil && (*r.Assumed < 0 || *r.Assumed > 100) {
				t.Errorf("%s under %s: %+v", o.Case.ID, l.instrument, r)
			}
			if r.Never != r.Always {
				return true
			}
		}
	}
	return false
}
