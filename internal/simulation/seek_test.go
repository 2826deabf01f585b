package simulation_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/docket"
	"rogatory/internal/experiment"
	"rogatory/internal/invariant"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/workflows"
)

// everyWay opens every channel to every matter, and has enough of each kind in a small population.
var everyWay = map[string]float64{"channel.choice": 1, "channel.elastic": 0.5, "urgent.share": 0.3, "emergency.share": 0.15, "retry.share": 1,
	"habit.contact": 1, "habit.spontaneous": 0.4, "forged.share": 0.1, "sender.checked": 0.5, "disclose.other": 0.5, "challenge.share": 0.3,
	"improper.scale": 4, "staff.scale": 0.8}

var settings = []population.Setting{
	{Instruments: []string{"uncc", "budapest", "us-mlat"}},
	{Instruments: []string{"uncc"}, Safeguards: []string{"L13", "L15", "L18"}},
	{Instruments: []string{"budapest-2ap"}, Safeguards: []string{"L05", "L09", "L14"}},
	{Instruments: []string{"uncc", "eu-e-evidence"}, Safeguards: []string{"L03", "L04", "L12"}},
	{Instruments: []string{"cloud-act", "budapest"}},
}

// With no choice, whatever else is set of channels changes nothing at all.
func TestWithoutAChoiceEveryMatterIsALetter(t *testing.T) {
	both := population.Setting{Instruments: []string{"uncc", "budapest"}, Safeguards: []string{"L05"}}
	plain := simulate(t, world(t, nil, both), 6, 0, nil)
	set := map[string]float64{}
	for id, v := range everyWay {
		switch id {
		case "channel.elastic", "habit.contact", "habit.spontaneous", "sender.checked", "disclose.other":
			set[id] = v
		}
	}
	other := simulate(t, world(t, set, both), 6, 0, func(e *simulation.Ended) {
		if e.Case.Request.Channel != mla.Formal || e.Case.Displaced {
			t.Errorf("%s went by %q", e.Case.ID, e.Case.Request.Channel)
		}
	})
	if plain != other {
		t.Errorf("%+v, with other habits %+v", plain, other)
	}
}

// seen is the way of each matter at its first attempt.
func seen(t *testing.T, set map[string]float64, s population.Setting) (ways map[string]mla.Channel, displaced int) {
	t.Helper()
	ways = map[string]mla.Channel{}
	simulate(t, world(t, set, s), 12, 0, func(e *simulation.Ended) {
		if e.Case.Again() {
			return
		}
		ways[e.Case.ID] = e.Case.Request.Channel
		if e.Case.Displaced {
			displaced++
		}
	})
	return ways, displaced
}

// At elasticity 0 ways are taken by habit: neither a safeguard nor a pile moves a single matter.
func TestNothingIsDisplacedWhereNobodyMindsTheCost(t *testing.T) {
	habits := map[string]float64{"channel.choice": 1, "channel.elastic": 0}
	strained := map[string]float64{"channel.choice": 1, "channel.elastic": 0, "staff.scale": 0.5}
	want, displaced := seen(t, habits, uncc)
	got, also := seen(t, strained, population.Setting{Instruments: uncc.Instruments, Safeguards: []string{"L05", "L06", "L12", "L14"}})
	if diff := cmp.Diff(want, got); diff != "" || displaced+also > 0 {
		t.Errorf("%d and %d displaced: %s", displaced, also, diff)
	}
	counts := map[mla.Channel]int{}
	for _, to := range want {
		counts[to]++
	}
	if len(counts) != 6 {
		t.Errorf("not every way was taken: %v", counts)
	}
}

// What was displaced is exactly what the same lot would have made a letter in the same world with no safeguard and no pile.
func TestADisplacedMatterWouldHaveBeenALetter(t *testing.T) {
	set := map[string]float64{"channel.choice": 1, "channel.elastic": 1.5}
	strict := population.Setting{Instruments: uncc.Instruments, Safeguards: []string{"L05"}}
	w, plain, moved := world(t, set, strict), world(t, set, uncc), 0
	simulate(t, w, 12, 0, func(e *simulation.Ended) {
		if e.Case.Again() {
			return
		}
		replication, number, err := population.ParseID(e.Case.ID)
		if err != nil {
			t.Fatal(err)
		}
		free := plain.Draw(replication, number)
		plain.Seek(free, 0)
		was, is := free.Request.Channel == mla.Formal, e.Case.Request.Channel == mla.Formal
		if e.Case.Displaced != (was && !is) {
			t.Errorf("%s: displaced %v, went by %q, without hindrance by %q", e.Case.ID, e.Case.Displaced, e.Case.Request.Channel, free.Request.Channel)
		}
		if e.Case.Displaced {
			moved++
		}
	})
	if moved == 0 {
		t.Error("nothing was displaced")
	}
}

// A matter is drawn again alone, by whatever channel it went.
func TestAMatterOnAnyChannelIsDrawnAloneAsInItsPopulation(t *testing.T) {
	for _, s := range settings {
		w, ways := world(t, everyWay, s), map[mla.Channel]int{}
		simulate(t, world(t, everyWay, s), 12, 0, func(e *simulation.Ended) {
			replication, number, err := population.ParseID(e.Case.ID)
			if err != nil {
				t.Fatal(err)
			}
			ways[e.Case.Request.Channel]++
			alone := w.Draw(replication, number)
			w.Seek(alone, e.Case.Pile)
			if diff := cmp.Diff(e.Case.Request, alone.Request); diff != "" || alone.Displaced != e.Case.Displaced || alone.Truth != e.Case.Truth {
				t.Fatalf("%s: %s", e.Case.ID, diff)
			}
			if diff := cmp.Diff(e.Case.Stipulated, alone.Stipulated); diff != "" {
				t.Fatalf("%s: %s", e.Case.ID, diff)
			}
		})
		if len(ways) < 4 {
			t.Errorf("%v: only %v", s, ways)
		}
	}
}

// exported plays a case from nothing but its case file.
func exported(t *testing.T, e *simulation.Ended, s population.Setting) workflows.Input {
	t.Helper()
	file, err := e.Case.File(e.Script, 1825)
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.Parse(e.Case.ID+".yaml", file, law(t))
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	in := docket.Options{Case: c, Source: file, Instruments: c.Regimes, Safeguards: s.Safeguards, Bundle: law(t), Seed: "clocks"}.Input()
	in.Case = e.Case.ID // a case that is run has an id of its own
	return in
}

// Every case of a population replays from its case file, whatever channel it went by, and breaks no invariant.
func TestMattersOnEveryChannelReplayAndBreakNoInvariant(t *testing.T) {
	kinds := map[mla.Kind]int{}
	for _, s := range settings {
		ways := map[mla.Channel]int{}
		simulate(t, world(t, everyWay, s), 10, 0, func(e *simulation.Ended) {
			ways[e.Case.Request.Channel]++
			for _, v := range e.Events {
				kinds[v.Kind]++
			}
			duties, err := docket.DutiesOn(e.Case.Law(), e.Case.Known, e.Events)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range invariant.Check(duties, e.Events) {
				t.Errorf("%s by %q: %v", e.Case.ID, e.Case.Request.Channel, v)
			}
			if ways[e.Case.Request.Channel] > 40 {
				return
			}
			result, events, err := simulation.Conduct(exported(t, e, s), e.Case.Law())
			if err != nil {
				t.Fatal(err)
			}
			if result != e.Result {
				t.Errorf("%s by %q: %v, replayed %v", e.Case.ID, e.Case.Request.Channel, e.Result, result)
			}
			if diff := cmp.Diff(lines(t, e.Events), lines(t, events)); diff != "" {
				t.Fatalf("%s by %q: %s", e.Case.ID, e.Case.Request.Channel, diff)
			}
		})
		t.Logf("%v: %v", s, ways)
	}
	for _, k := range []mla.Kind{mla.OrderServed, mla.Produced, mla.StateNotified, mla.StateObjected, mla.DeliveryUndone, mla.Deleted, mla.PoliceShared,
		mla.InformationShared, mla.DisclosureAsked, mla.VoluntaryDisclosed, mla.DisclosureDeclined, mla.SenderChecked, mla.EmergencyValidated,
		mla.ContactAsked, mla.ContactAnswered, mla.ChallengeDecided, mla.SubjectNotified} {
		if kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
}

// Matters of the designs on channels, as case files, have the same events on a server: some of each way, under arms that
// leave a way as it is and arms that gate it.
func TestMattersOfTheDesignsOnChannelsAreTheSameOnTemporal(t *testing.T) {
	b, s := law(t), server(t)
	p, err := population.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	// Enough of what is rare in a population, so that a small one has it.
	n, more := 0, map[string]float64{"urgent.share": 0.4, "emergency.share": 0.2, "forged.share": 0.05, "sender.checked": 0.5, "retry.share": 1, "challenge.share": 0.3}
	for design, arms := range map[string][]string{
		"waterbed": {"base", "L05+L06+L12+L14", "L13", "uncc"},
		"direct":   {"base", "L18", "L04+L13+L18", "budapest-2ap", "uncc or eu-e-evidence", "channel.choice=0"},
	} {
		d, err := experiment.Open(design, b, p)
		if err != nil {
			t.Fatal(err)
		}
		left := slices.Clone(arms)
		for _, arm := range d.Arms(p) {
			i := slices.Index(left, arm.Name)
			if i < 0 {
				continue
			}
			left = slices.Delete(left, i, i+1)
			set := maps.Clone(arm.Parameters)
			maps.Copy(set, more)
			if design == "waterbed" {
				set["habit.contact"], set["habit.spontaneous"] = 1, 0.3
			}
			t.Run(design+" "+arm.Name, func(t *testing.T) {
				played := map[mla.Channel]int{}
				n++ // the server knows a case by its id, so that no two arms play the same
				_, err := simulation.Population{World: world(t, set, arm.Setting), Policy: b.Digest(), Replication: n, Weeks: 4, Scripts: true, Take: func(e *simulation.Ended) error {
					if played[e.Case.Request.Channel] == 2 || len(e.Script) == 0 {
						return nil
					}
					played[e.Case.Request.Channel]++
					result, events := onTemporal(t, s, b, exported(t, e, arm.Setting), 0)
					if result != e.Result {
						t.Errorf("%s by %q: simulated %v, on Temporal %v", e.Case.ID, e.Case.Request.Channel, e.Result, result)
					}
					if diff := cmp.Diff(lines(t, e.Events), lines(t, events)); diff != "" {
						t.Errorf("%s by %q: %s", e.Case.ID, e.Case.Request.Channel, diff)
					}
					return nil
				}}.Run(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				want := 2 // ways that have been played
				switch {
				case arm.Name == "channel.choice=0":
					want = 1
				case design == "waterbed" && slices.Contains(arm.Setting.Safeguards, "L13"):
					want = 5 // a gated contact point gives nothing away, so that nobody asks it
				case design == "waterbed":
					want = 6
				}
				if len(played) != want {
					t.Errorf("played %v", played)
				}
			})
		}
		if len(left) > 0 {
			t.Errorf("design %s has no arm %q", design, left)
		}
	}
}

// A matter that is put to rest is played again to the same events, by whatever channel it goes.
func TestAMatterAtRestGoesOnByItsChannel(t *testing.T) {
	for _, s := range settings {
		p := simulation.Population{World: world(t, everyWay, s), Policy: law(t).Digest(), Weeks: 4, Take: func(*simulation.Ended) error { return nil }}
		awake, err := p.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p.World, p.Awake = world(t, everyWay, s), 8
		rested, err := p.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if rested.Root != awake.Root || rested.Recalled == 0 {
			t.Errorf("%v: %d were recalled, and the root is the same: %v", s, rested.Recalled, rested.Root == awake.Root)
		}
	}
}
