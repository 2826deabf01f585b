package measure

import (
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
		if _, had := out[g.id]; !had && g.part > 0 {
			out[g.id] = g
		}
	}
	return out
}

// sides lists the logs of a case that a measure must have whole.
func sides(m Measure) []mla.State {
	out := []mla.State{alder}
	if slices.Contains(m.Sides, mla.Requesting) {
		out = append(out, cassia)
	}
	return out
}

func TestEveryMeasureHasATellingCase(t *testing.T) {
	for _, m := range Measures {
		if _, ok := telling()[m.ID]; !ok {
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

// Even if the numbers were made to fit, the figure does not become zero: at most the case no longer counts, or what it
// rests on is found wanting.
func TestAKindThatNeverWasMakesNoZero(t *testing.T) {
	for id, g := range telling() {
		m := measured(t, id)
		for _, k := range m.Needs {
			v := m.Compute(See(g.play.without(k).events(), Omniscient), g.st)
			if v.Defined && v.Number == 0 {
				t.Errorf("%s without %s is zero: %+v", id, k, v)
			}
			if !v.Defined && v.Reason == "" {
				t.Errorf("%s without %s is undefined without a reason", id, k)
			}
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
					met = met || seen[i].Cover.Party == alder
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
	ids := make([]string, len(Measures))
	for i, m := range Measures {
		ids[i] = m.ID
	}
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
		if v.Defined && (v.Numerator != g.part || v.Denominator != g.of) {
			t.Fatalf("%s: %d over %d, and %d over %d on the whole", id, v.Numerator, v.Denominator, g.part, g.of)
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
	if v := Pool(m.Unit, []Value{m.Compute(parts[0], nil), m.Compute(parts[1], nil)}); v.Numerator != 2 || v.Denominator != 4 || v.Number != 0.5 {
		t.Errorf("two cases pooled: %+v, want 2 of 4", v)
	}
}

func TestPool(t *testing.T) {
	tests := []struct {
		name   string
		unit   Unit
		values []Value
		want   float64
		lack   Lack
	}{
		{"shares weigh by their denominators", Share, []Value{share(1, 1), share(0, 3)}, 0.25, ""},
		{"amounts add up", Days, []Value{amount(10, 1), amount(5, 2)}, 15, ""},
		{"cases that do not count change nothing", Share, []Value{share(1, 2), none("no secret")}, 0.5, ""},
		{"a case that cannot be told is not left out", Share, []Value{share(1, 2), cannot("sealed")}, 0, CannotTell},
		{"no case counts", Share, []Value{none("no secret")}, 0, NoneOnRecord},
		{"no case at all", Count, nil, 0, NoneOnRecord},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := Pool(tt.unit, tt.values)
			if v.Lack != tt.lack || v.Defined != (tt.lack == "") || v.Number != tt.want {
				t.Errorf("got %+v, want %v %q", v, tt.want, tt.lack)
			}
		})
	}
}
