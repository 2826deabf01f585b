package docket_test

import (
	"os"
	"slices"
	"testing"

	"rogatory/internal/docket"
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
)

// A provider's register is seen by whoever sees everything, and by no State's auditor.
func TestARegisterIsNoStatesLog(t *testing.T) {
	b := bundle(t)
	raw, err := os.ReadFile("../simulation/testdata/beside/forged.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.Parse("forged.yaml", raw, b)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	told, err := docket.Run(t.Context(), docket.Options{
		Case: c, Source: raw, Instruments: []string{"uncc"}, Bundle: b, Clock: docket.Sim, Seed: "1", Dir: dir,
	})
	if err != nil {
		t.Fatal(err)
	}
	if o := told.Obtained; !o.Data || o.Decided || o.Channel != mla.Voluntary || o.Persons != 1 {
		t.Errorf("%+v", o)
	}
	if len(told.Invariants) > 0 || len(told.Log.States) != 3 || told.Log.States[2].State != "quillmail" {
		t.Errorf("%v, %+v", told.Invariants, told.Log.States)
	}
	for _, g := range told.Gaps {
		if g.ID == "G48.ForgedAccepted" && (g.Value == nil || *g.Value != 1) {
			t.Errorf("%s is %v (%s): a message that nobody sent is on the register", g.ID, g.Value, g.Reason)
		}
	}
	views, err := docket.Views(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	handedOver := func(s measure.Sighting) bool { return s.Cover.Kind == mla.VoluntaryDisclosed }
	for view, want := range map[measure.View]bool{
		measure.Omniscient: true, measure.AuditorFull: false, measure.Auditor: false, measure.AuditorNone: false, measure.Public: false,
	} {
		if got := slices.ContainsFunc(views[view], handedOver); got != want {
			t.Errorf("%s sees the register: %v, want %v", view, got, want)
		}
	}
}

// How a request made again ended is how the matter ended, and the grounds told are those of the State asked first.
func TestARetryIsToldByItsEnd(t *testing.T) {
	b := bundle(t)
	raw, err := os.ReadFile("../simulation/testdata/beside/retry.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.Parse("retry.yaml", raw, b)
	if err != nil {
		t.Fatal(err)
	}
	for want, safeguards := range map[mla.Outcome][]string{mla.Granted: nil, mla.Refused: {"L20"}} {
		told, err := docket.Run(t.Context(), docket.Options{
			Case: c, Source: raw, Instruments: []string{"uncc"}, Safeguards: safeguards, Bundle: b, Clock: docket.Sim, Seed: "1", Dir: t.TempDir(),
		})
		if err != nil {
			t.Fatal(err)
		}
		if told.Outcome != want || told.Obtained.Data != want.Grants() || len(told.Invariants) > 0 || len(told.Log.States) != 3 {
			t.Errorf("with %v: %s, %+v, %v, %d logs", safeguards, told.Outcome, told.Obtained, told.Invariants, len(told.Log.States))
		}
	}
}
