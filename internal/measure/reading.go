package measure

import "rogatory/internal/mla"

// Reading is one case as a view has it, made ready once for any number of measures and filled again with the next. The zero
// Reading is of no case yet. It is for one goroutine at a time.
type Reading struct {
	record record
	seen   []Sighting
	c      Contribution
	keep   int // how many of the events that a figure rests on it names
}

// Fill takes up a case. The events must stay as they are until the next.
func (x *Reading) Fill(events []mla.Event, v View) {
	x.seen = see(x.seen[:0], events, v)
	x.record.fill(x.seen)
}

// Compute works a measure out, as Measure.Compute does, and names no events.
func (x *Reading) Compute(m *Measure, st *Stipulated) Value {
	switch {
	case m.take != nil:
		return x.of(m, st)
	case m.derive == nil:
		return none("it compares runs, and this is one")
	}
	from := make([]Value, len(m.From))
	for i, id := range m.From {
		from[i] = x.of(&Measures[at[id]], st)
	}
	return m.derived(from)
}

func (x *Reading) of(m *Measure, st *Stipulated) Value {
	m.contribute(&x.record, st, &x.c)
	f := NewFold(*m)
	f.keep = x.keep
	f.Add(&x.c)
	return f.Value()
}
