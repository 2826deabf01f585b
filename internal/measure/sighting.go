package measure

import (
	"cmp"
	"slices"

	"rogatory/internal/mla"
)

// Sighting is one event as somebody sees it.
type Sighting struct {
	Cover mla.Cover
	Event *mla.Event // nil: sealed to others
}

// id names the event.
func (s Sighting) id() string { return mla.EventID(s.Cover.Case, s.Cover.Party, s.Cover.Sequence) }

// View is whose eyes a measure is computed for.
type View string

// The views. The omniscient one reads all that was recorded and what is stipulated; an auditor reads everything, what
// the State's law lets an auditor read, or what holders of the log read without a key; the public does not hold the log
// and sees nothing but what is addressed to it.
const (
	Omniscient  View = "omniscient"
	AuditorFull View = "auditor_full"
	Auditor     View = "auditor"
	AuditorNone View = "auditor_none"
	Public      View = "public"
)

// Views lists the views, from the one that sees most.
var Views = []View{Omniscient, AuditorFull, Auditor, AuditorNone, Public}

// See shows the events of a case as a view has them. Sightings read from a sealed log with the keys of that view are
// the same: an auditor without keys holds every cover and reads the bodies that are open to the public. A provider's register
// is no State's log, and no auditor holds it.
func See(events []mla.Event, v View) []Sighting {
	return see(make([]Sighting, 0, len(events)), events, v)
}

func see(seen []Sighting, events []mla.Event, v View) []Sighting {
	for i := range events {
		e := &events[i]
		public := e.ReadableBy(mla.Public)
		s := Sighting{Cover: e.Cover()}
		if v == Public && !public || v != Omniscient && s.OnRegister() {
			continue
		}
		if public || v == Omniscient || v == AuditorFull || v == Auditor && e.ReadableBy(mla.Auditor) {
			s.Event = e
		}
		seen = append(seen, s)
	}
	return seen
}

// OnRegister reports whether the sheet is one of a provider's own register: such a sheet is the provider's alone to read.
func (s Sighting) OnRegister() bool {
	return len(s.Cover.Readers) == 1 && s.Cover.Readers[0] == mla.Provider
}

// SeeAll shows the events of a case in every view.
func SeeAll(events []mla.Event) map[View][]Sighting {
	out := make(map[View][]Sighting, len(Views))
	for _, v := range Views {
		out[v] = See(events, v)
	}
	return out
}

// Split parts sightings of many cases by case, in the order of the cases' ids.
func Split(seen []Sighting) [][]Sighting {
	var out [][]Sighting
	at := map[string]int{}
	for _, s := range seen {
		i, ok := at[s.Cover.Case]
		if !ok {
			i = len(out)
			at[s.Cover.Case] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], s)
	}
	slices.SortFunc(out, func(a, b []Sighting) int { return cmp.Compare(a[0].Cover.Case, b[0].Cover.Case) })
	return out
}
