package measure

import "rogatory/internal/mla"

// Gathering gathers measures over many cases of one view, in memory that does not grow with them. It is not for use by
// several goroutines at once: give each its own, and Merge them.
type Gathering struct {
	wanted []bool // by the place of a measure in Measures
	folds  []Fold
	seen   []Sighting
	r      record
	c      Contribution
}

// Gather returns a gathering of no case yet: of the measures with the given ids and of those they are made of, or of all.
func Gather(ids ...string) *Gathering {
	g := &Gathering{wanted: make([]bool, len(Measures)), folds: make([]Fold, len(Measures))}
	for i, m := range Measures {
		g.folds[i] = NewFold(m)
		g.wanted[i] = g.wanted[i] || len(ids) == 0
	}
	for _, id := range ids {
		i, ok := at[id]
		if !ok {
			continue
		}
		g.wanted[i] = true
		for _, from := range Measures[i].From {
			g.wanted[at[from]] = true
		}
	}
	return g
}

// Add gathers one case, as a view has it; st is nil for every view but the omniscient one. Nothing of seen is kept.
func (g *Gathering) Add(seen []Sighting, st *Stipulated) {
	g.r.fill(seen)
	for i := range Measures {
		if m := &Measures[i]; g.wanted[i] && m.take != nil {
			m.contribute(&g.r, st, &g.c)
			g.folds[i].Add(&g.c)
		}
	}
}

// Read gathers one case from its events, as a view has them; see Add.
func (g *Gathering) Read(events []mla.Event, v View, st *Stipulated) {
	g.seen = see(g.seen[:0], events, v)
	g.Add(g.seen, st)
}

// Merge adds what another gathering has, as if its cases had been added after g's own.
func (g *Gathering) Merge(o *Gathering) {
	for i := range g.folds {
		g.folds[i].Merge(&o.folds[i])
	}
}

// Untold is how many cases cannot be told of a measure, or of one that it is made of.
func (g *Gathering) Untold(id string) int {
	m := &Measures[at[id]]
	n := g.folds[at[id]].Untold
	for _, from := range m.From {
		n = max(n, g.folds[at[from]].Untold)
	}
	return n
}

// Values returns the figure of every measure that is gathered, by id. Those that compare runs are undefined.
func (g *Gathering) Values() map[string]Value {
	out := make(map[string]Value, len(Measures))
	for i, m := range Measures {
		if g.wanted[i] && m.take != nil {
			out[m.ID] = g.folds[i].Value()
		}
	}
	for i, m := range Measures {
		switch {
		case !g.wanted[i]:
		case m.derive != nil:
			from := make([]Value, len(m.From))
			for i, id := range m.From {
				from[i] = out[id]
			}
			out[m.ID] = m.derived(from)
		case m.compare != nil:
			out[m.ID] = none("it compares runs, and this is one")
		}
	}
	return out
}

// one gathers a single case and names all its events.
func (g *Gathering) one(seen []Sighting, st *Stipulated) map[string]Value {
	for i := range g.folds {
		g.folds[i].keep = 1 << 30
	}
	g.Add(seen, st)
	return g.Values()
}
