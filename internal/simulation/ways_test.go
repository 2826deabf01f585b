package simulation_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/activities"
	"rogatory/internal/docket"
	"rogatory/internal/invariant"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

// ways are those beside a request, and what is tried after one, with what each log then has.
var ways = []struct {
	name       string // of the case file
	regime     string
	safeguards string
	occur      []mla.Kind
	never      []mla.Kind
	silent     []mla.State // States that have no log
}{
	{"spontaneous", "uncc", "", []mla.Kind{mla.InformationShared, mla.UseRecorded}, []mla.Kind{mla.Assessed, mla.Decided}, nil},
	{"spontaneous", "uncc", "L13", []mla.Kind{mla.Assessed, mla.GroundConsidered, mla.Decided}, []mla.Kind{mla.InformationShared}, []mla.State{"cassia"}},
	{"contact", "uncc", "", []mla.Kind{mla.ContactAsked, mla.ContactAnswered, mla.UseRecorded}, []mla.Kind{mla.SenderChecked, mla.PreservationOrdered}, nil},
	{"contact", "uncc", "L13,L15", []mla.Kind{mla.SenderChecked, mla.PreservationOrdered, mla.PreservationLapsed}, []mla.Kind{mla.UseRecorded}, nil},
	{"police", "uncc", "", []mla.Kind{mla.PoliceShared, mla.UseRecorded}, []mla.Kind{mla.Assessed}, nil},
	{"police", "uncc", "L13", []mla.Kind{mla.Decided, mla.PoliceShared, mla.UseRecorded}, nil, nil},
	{"joint-team", "budapest-2ap", "", []mla.Kind{mla.TeamFormed, mla.PoliceShared}, []mla.Kind{mla.Assessed}, nil},
	{"spontaneous", "uncc", "L11", []mla.Kind{mla.InformationShared, mla.UseBlocked}, []mla.Kind{mla.UseRecorded}, nil},
	{"contact", "uncc", "L11", []mla.Kind{mla.ContactAnswered, mla.UseBlocked}, []mla.Kind{mla.UseRecorded}, nil},
	{"police", "uncc", "L11", []mla.Kind{mla.PoliceShared, mla.UseRecorded}, []mla.Kind{mla.UseBlocked}, nil},
	{"joint-team", "uncc", "L11", []mla.Kind{mla.PoliceShared, mla.UseBlocked}, []mla.Kind{mla.UseRecorded}, nil},
	{"voluntary", "uncc", "L11", []mla.Kind{mla.VoluntaryDisclosed, mla.UseBlocked}, []mla.Kind{mla.UseRecorded}, nil},
	{"trans-border", "uncc", "L11", []mla.Kind{mla.TransborderAccessed, mla.UseBlocked}, []mla.Kind{mla.UseRecorded}, nil},
	{"joint-team", "uncc", "L13", []mla.Kind{mla.TeamFormed, mla.GroundConsidered, mla.PoliceShared}, nil, nil},
	{"voluntary", "uncc", "", []mla.Kind{mla.DisclosureAsked, mla.VoluntaryDisclosed}, []mla.Kind{mla.SenderChecked, mla.EmergencyValidated}, []mla.State{"alder"}},
	{"voluntary", "uncc", "L13,L15", []mla.Kind{mla.SenderChecked, mla.VoluntaryDisclosed, mla.EmergencyValidated, mla.SubjectNotified}, nil, nil},
	{"forged", "uncc", "", []mla.Kind{mla.VoluntaryDisclosed}, []mla.Kind{mla.SenderAlerted}, []mla.State{"alder", "elm"}},
	{"forged", "uncc", "L15", []mla.Kind{mla.DisclosureDeclined, mla.SenderAlerted}, []mla.Kind{mla.VoluntaryDisclosed}, []mla.State{"alder"}},
	{"trans-border", "budapest", "", []mla.Kind{mla.TransborderAccessed}, nil, []mla.State{"gorse"}},
	{"trans-border", "uncc", "", []mla.Kind{mla.TransborderAccessed, mla.UseRecorded}, nil, []mla.State{"gorse"}},
	{"retry", "uncc", "", []mla.Kind{mla.RegimeChosen, mla.Transmitted}, []mla.Kind{mla.LedgerConsulted}, nil},
	{"retry", "budapest", "L20", []mla.Kind{mla.RegimeChosen, mla.LedgerConsulted}, []mla.Kind{mla.Transmitted}, nil},
	{"renewal", "uncc", "", []mla.Kind{mla.PreservationExtended, mla.PreservationLapsed}, []mla.Kind{mla.SubjectNotified, mla.RequestSubmitted}, nil},
	{"renewal", "uncc", "L21", []mla.Kind{mla.PreservationExtended, mla.PreservationLapsed, mla.SubjectNotified}, nil, nil},
	{"defence", "uncc", "", []mla.Kind{mla.DefenceAsked, mla.DefenceAnswered, mla.EvidenceExpired}, []mla.Kind{mla.RequestSubmitted}, nil},
	{"defence", "uncc", "L22", []mla.Kind{mla.DefenceAsked, mla.PreservationOrdered, mla.Transmitted}, []mla.Kind{mla.EvidenceExpired}, nil},
}

// eventsOf plays a case in virtual time, under the law between its States.
func eventsOf(t *testing.T, b *policies.Bundle, in workflows.Input) []mla.Event {
	t.Helper()
	l, err := b.Law(activities.PairOf(in.Request))
	if err != nil {
		t.Fatal(err)
	}
	_, events, err := simulation.Conduct(in, l)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestWhatGoesBesideARequestIsOnTheLogsThatKnowOfIt(t *testing.T) {
	b := law(t)
	for _, w := range ways {
		t.Run(w.name+" under "+w.regime+" with "+w.safeguards, func(t *testing.T) {
			in := wayInput(t, b, w.name, w.regime, w.safeguards)
			l, err := b.Law(activities.PairOf(in.Request))
			if err != nil {
				t.Fatal(err)
			}
			_, events, err := simulation.Conduct(in, l)
			if err != nil {
				t.Fatal(err)
			}
			kinds, logs := map[mla.Kind]int{}, map[mla.State]bool{}
			for _, e := range events {
				kinds[e.Kind]++
				logs[e.Party] = logs[e.Party] || e.Kind != mla.ObservationEnded
				if in.Request.Channel != mla.Formal && (e.Kind == mla.RequestSubmitted || e.Kind == mla.RequestDrafted) {
					t.Errorf("%s: a request, where there is none", e.ID())
				}
				if e.Kind == mla.TransborderAccessed && (len(e.Articles) > 0) != (w.regime == "budapest") {
					t.Errorf("%s is done under %v", e.ID(), e.Articles)
				}
			}
			for _, k := range w.occur {
				if kinds[k] == 0 {
					t.Errorf("no %s; there are %v", k, kinds)
				}
			}
			for _, k := range w.never {
				if kinds[k] > 0 {
					t.Errorf("%d %s", kinds[k], k)
				}
			}
			for _, s := range w.silent {
				if logs[s] {
					t.Errorf("%s has more on its log than that the observation ended", s)
				}
			}
			duties, err := docket.DutiesOn(l, in.Known[mla.CentralAuthority], events)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range invariant.Check(duties, events) {
				t.Error(v)
			}
		})
	}
}

func TestWhatGoesBesideARequestHasTheSameEventsOnBothClocks(t *testing.T) {
	b, s := law(t), server(t)
	for _, w := range ways {
		t.Run(w.name+" under "+w.regime+" with "+w.safeguards, func(t *testing.T) {
			t.Parallel()
			in := wayInput(t, b, w.name, w.regime, w.safeguards)
			l, err := b.Law(activities.PairOf(in.Request))
			if err != nil {
				t.Fatal(err)
			}
			wantResult, want, err := simulation.Conduct(in, l)
			if err != nil {
				t.Fatal(err)
			}
			gotResult, got := onTemporal(t, s, b, in, 0)
			if diff := cmp.Diff(wantResult, gotResult); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(lines(t, want), lines(t, got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A cap on renewals ends what would go on, and no sooner than the period that was granted last.
func TestACapEndsPreservationAfterItsLastExtension(t *testing.T) {
	b := law(t)
	extended := map[string]int{}
	for _, safeguards := range []string{"", "L21"} {
		in := wayInput(t, b, "renewal", "uncc", safeguards)
		events := eventsOf(t, b, in)
		for _, e := range events {
			if e.Kind == mla.PreservationExtended {
				extended[safeguards]++
				if !slices.Contains(e.Articles, "uncc 42(9)") {
					t.Errorf("%s: %v", e.ID(), e.Articles)
				}
			}
		}
	}
	if extended[""] != 4 || extended["L21"] != 2 {
		t.Errorf("%v, want 4 extensions and, capped, 2", extended)
	}
}

func wayInput(t *testing.T, b *policies.Bundle, name, regime, safeguards string) workflows.Input {
	t.Helper()
	c, err := scenario.Load(filepath.Join("testdata", "beside", name+".yaml"), b)
	if err != nil {
		t.Fatal(err)
	}
	o := docket.Options{Case: c, Source: []byte(name), Instruments: []string{regime}, Bundle: b, Seed: "ways"}
	if safeguards != "" {
		o.Safeguards = strings.Split(safeguards, ",")
	}
	return o.Input()
}

// A law that changes does not bring the provisions on requests to a way that has none.
func TestALawThatChangesKeepsToItsWay(t *testing.T) {
	b := law(t)
	conduct := func(name string, change mla.LegislateAnswer) []mla.Event {
		in := wayInput(t, b, name, "uncc", "")
		in.Script[mla.QLegislate] = []mla.ReplyTo{change}
		events := eventsOf(t, b, in)
		return events
	}
	used := 0
	for _, e := range conduct("spontaneous", mla.LegislateAnswer{Safeguards: []string{"L08"}, What: "figures"}) {
		if e.Kind == mla.UseRecorded {
			used++
			if len(e.Articles) > 0 {
				t.Errorf("%s under %v", e.ID(), e.Articles)
			}
		}
	}
	if used == 0 {
		t.Error("nothing was used")
	}
}

// An offence by another name has the maximum of that name.
func TestARequestMadeAgainCarriesItsOwnOffence(t *testing.T) {
	b := law(t)
	in := wayInput(t, b, "retry", "uncc", "")
	events := eventsOf(t, b, in)
	var offences []mla.Offence
	for _, e := range events {
		if b, ok := e.Body.(mla.RequestSubmittedBody); ok && e.Passage == mla.Sent {
			offences = append(offences, b.Request.Offence)
		}
	}
	want := []mla.Offence{{Label: "fraud", MaxPenaltyYears: 8}, {Label: "forgery", MaxPenaltyYears: 5}}
	if diff := cmp.Diff(want, offences); diff != "" {
		t.Error(diff)
	}
}
