package audit_test

import (
	"testing"

	"rogatory/internal/audit"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

func shipped(t testing.TB) *policies.Bundle {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// run is one shipped case under one of its regimes, in virtual time.
type run struct {
	name   string
	events []mla.Event
}

func runs(t testing.TB, b *policies.Bundle) []run {
	t.Helper()
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	var out []run
	for _, c := range cases {
		for _, regime := range c.Regimes {
			in := docket.Options{Case: c, Source: []byte(c.ID), Instruments: []string{regime}, Bundle: b, Seed: "audit"}.Input()
			law, err := b.Law(policies.Pair{Instruments: []string{regime}, Requesting: c.Requesting, Requested: c.Requested})
			if err != nil {
				t.Fatal(err)
			}
			_, events, err := simulation.Conduct(in, law)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, run{c.ID + " under " + regime, events})
		}
	}
	return out
}

func everything(mla.Event) bool  { return true }
func nothing(mla.Event) bool     { return false }
func anAuditor(e mla.Event) bool { return e.ReadableBy(mla.Auditor) || e.ReadableBy(mla.Public) }

func only(t testing.TB, events []mla.Event, open func(mla.Event) bool) *audit.Case {
	t.Helper()
	cases := audit.Cases(audit.See(events, open))
	if len(cases) != 1 {
		t.Fatalf("%d cases, want 1", len(cases))
	}
	return cases[0]
}
