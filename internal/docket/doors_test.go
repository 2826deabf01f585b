package docket

import (
	"testing"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// A door has as many checks as its law makes somebody pass; where a door has no law, nothing can be compared.
func TestEachDoorThatWasOpenHasItsChecksCounted(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.ByID("g25", b)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Case: c, Source: []byte(c.ID), Instruments: []string{"budapest"}, Bundle: b, Clock: Sim, Seed: "1"}
	run, events, err := Imagine(o)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Doors) != 3 || run.Doors["budapest"] == 0 {
		t.Errorf("doors %v", run.Doors)
	}
	shop := func() measure.Result {
		for _, r := range run.Gaps {
			if r.ID == "G25.ShopRate" {
				return r
			}
		}
		t.Fatal("no G25.ShopRate")
		return measure.Result{}
	}
	if v := shop().Values[measure.Omniscient]; !v.Defined || v.Numerator != 0 || v.Denominator != 1 {
		t.Errorf("no door has fewer checks than another, and the rate is %+v", v)
	}
	for i, e := range events { // had a State whose own law must refuse been among those open
		if x, ok := e.Body.(mla.RegimeChosenBody); ok {
			x.Candidates = append(x.Candidates, "birch")
			events[i].Body = x
		}
	}
	if run, err = Told(o, events); err != nil {
		t.Fatal(err)
	}
	if run.Doors["birch"] <= run.Doors["budapest"] {
		t.Errorf("doors %v", run.Doors)
	}
	if v := shop().Values[measure.Omniscient]; v.Numerator != 1 {
		t.Errorf("a door with fewer checks was chosen, and the rate is %+v", v)
	}
	for i, e := range events {
		if x, ok := e.Body.(mla.RegimeChosenBody); ok {
			x.Candidates = []string{"no-such"}
			events[i].Body = x
		}
	}
	if run, err = Told(o, events); err != nil {
		t.Fatal(err)
	}
	if v := shop().Values[measure.Omniscient]; v.Defined || v.Reason == "" {
		t.Errorf("a door leads nowhere, and the rate is %+v", v)
	}
}
