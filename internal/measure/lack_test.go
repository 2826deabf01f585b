package measure

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rogatory/internal/mla"
)

// telling returns, for each measure, a case in which its figure is not zero, so that a zero would be a loss.
func telling() map[string]golden {
	out := map[string]golden{}
	for _, g := range goldens() {
		if _, had := out[g.id]; !had && (g.part > 0 || g.number > 0) {
			out[g.id] = g
		}
	}
	return out
}

// sides lists the logs of a case that a measure must have whole.
func sides(m Measure) []mla.State {
	if slices.Contains(m.Sides, mla.Requesting) {
		return []mla.State{alder, birch, cassia}
	}
	return []mla.State{alder}
}

func TestEveryMeasureHasATellingCase(t *testing.T) {
	for _, m := range Measures {
		if _, ok := telling()[m.ID]; !ok && m.take != nil {
			t.Errorf("%s is zero in every case worked out by hand", m.ID)
		}
	}
}

// What is deleted from a log leaves a hole, and a log with a hole proves no absence.
func TestADeletedKindMakesTheFigureUndefined(t *testing.T) {
	for id, g := range telling() {
		m, events := measured(t, id), g.play.events()
		for _, k := range mla.Kinds {
			left := slices.DeleteFunc(slices.Clone(events), func(e mla.Event) bool { return e.Kind == k })
			touched := slices.ContainsFunc(events, func(e mla.Event) bool { return e.Kind == k && slices.Contains(sides(m), e.Party) })
			v := m.Compute(See(left, Omniscient), g.st)
			if touched && (v.Defined || v.Lack != CannotTell || v.Reason == "") {
				t.Errorf("%s without %s: %+v, want that it cannot be told", id, k, v)
			}
			if !touched && !v.Defined {
				t.Errorf("%s without %s, which it does not need: %s", id, k, v.Reason)
			}
		}
	}
}

// Even if the numbers were made to fit, the figure does not become zero where nothing of what it is about ever was: the
// case no longer counts.
func TestWhatNeverWasMakesNoZero(t *testing.T) {
	for id, g := range telling() {
		m, p := measured(t, id), g.play
		for _, k := range m.About {
			p = p.without(k)
		}
		if v := m.Compute(See(p.events(), Omniscient), g.st); v.Defined || v.Reason == "" {
			t.Errorf("%s without %v: %+v, want undefined with a reason", id, m.About, v)
		}
	}
}

func TestASealedKindMakesTheFigureUndefined(t *testing.T) {
	for id, g := range telling() {
		m := measured(t, id)
		for _, k := range mla.Kinds {
			seen, met := See(g.play.events(), Omniscient), false
			for i := range seen {
				if seen[i].Cover.Kind == k {
					seen[i].Event = nil
					met = met || seen[i].Cover.Party == alder || m.anywhere
				}
			}
			v := m.Compute(seen, g.st)
			if met && slices.Contains(m.Needs, k) {
				if v.Defined || v.Lack != CannotTell || v.Reason == "" {
					t.Errorf("%s with %s sealed: %+v, want that it cannot be told", id, k, v)
				}
			} else if !v.Defined {
				t.Errorf("%s with %s sealed, whose body it does not need: %s", id, k, v.Reason)
			}
		}
	}
}

// Whatever is deleted or sealed, a measure says what it said of the whole or that it cannot tell.
func TestAPartialRecordNeverTellsAnotherFigure(t *testing.T) {
	cases := telling()
	ids := slices.Sorted(maps.Keys(cases))
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(ids).Draw(t, "measure")
		g := cases[id]
		m, _ := ByID(id)
		whole := See(g.play.events(), Omniscient)
		indices := rapid.SliceOfN(rapid.IntRange(0, len(whole)-1), 0, 5)
		deleted, sealed := indices.Draw(t, "deleted"), indices.Draw(t, "sealed")
		if rapid.Bool().Draw(t, "none deleted") {
			deleted = nil
		}
		gone := rapid.SampledFrom([]mla.State{"", "", "", cassia, alder}).Draw(t, "log not seen at all")
		var part []Sighting
		for i, s := range whole {
			if slices.Contains(deleted, i) || s.Cover.Party == gone {
				continue
			}
			if slices.Contains(sealed, i) {
				s.Event = nil
			}
			part = append(part, s)
		}
		v := m.Compute(part, g.st)
		if v.Defined && !near(v.Number, g.expected(m)) {
			t.Fatalf("%s: %v, and %v on the whole", id, v.Number, g.expected(m))
		}
		if !v.Defined && v.Lack == NoneOnRecord {
			t.Fatalf("%s: %q, and there is one on the whole", id, v.Reason)
		}
	})
}

func TestALogThatRepeatsAnEventIsNotTrusted(t *testing.T) {
	seen := See(granted("fraud").events(), AuditorFull)
	i := slices.IndexFunc(seen, func(s Sighting) bool { return s.Cover.Kind == mla.ConfidentialityImposed })
	v := measured(t, "G01.IndefiniteShare").Compute(append(seen, seen[i]), nil)
	if v.Defined || v.Lack != CannotTell {
		t.Errorf("got %+v, want that it cannot be told", v)
	}
}

func TestOneStatesLogIsEnoughWhereTheOtherIsNotNeeded(t *testing.T) {
	seen := slices.DeleteFunc(See(granted("fraud").events(), AuditorFull), func(s Sighting) bool { return s.Cover.Party == cassia })
	if v := measured(t, "G01.IndefiniteShare").Compute(seen, nil); v.Number != 0.5 {
		t.Errorf("share of endless secrets on the requested State's log alone: %+v, want 0.5", v)
	}
	for i := range seen {
		if seen[i].Cover.Kind != mla.ConfidentialityImposed {
			seen[i].Event = nil
		}
	}
	if v := measured(t, "G01.IndefiniteShare").Compute(seen, nil); v.Number != 0.5 {
		t.Errorf("the same with all else sealed: %+v, want 0.5", v)
	}
	if v := measured(t, "G01.StandingDays").Compute(seen, nil); v.Defined || v.Lack != CannotTell {
		t.Errorf("days past the need without the requesting State's log: %+v, want that it cannot be told", v)
	}
}

func TestSeveralCasesAreNotTakenForOne(t *testing.T) {
	events := granted("fraud").events()
	other := slices.Clone(events)
	for i := range other {
		other[i].Case = "c0"
	}
	mixed := See(slices.Concat(events, other), AuditorFull)
	m := measured(t, "G01.IndefiniteShare")
	if v := m.Compute(mixed, nil); v.Defined || !strings.Contains(v.Reason, "several cases") {
		t.Errorf("two cases together: %+v, want undefined because they are two", v)
	}
	parts := Split(mixed)
	if len(parts) != 2 || parts[0][0].Cover.Case != "c0" || parts[1][0].Cover.Case != "c1" {
		t.Fatalf("Split gives %d parts", len(parts))
	}
	g := Gather()
	g.Add(parts[0], nil)
	g.Add(parts[1], nil)
	if v := g.Values()[m.ID]; v.Numerator != 2 || v.Denominator != 4 || v.Number != 0.5 || v.Cases != 2 {
		t.Errorf("two cases gathered: %+v, want 2 of 4", v)
	}
}
