package measure

// Gathering gathers all measures over many cases of one view, in memory that does not grow with them. It is not for use
// by several goroutines at once: give each its own, and Merge them.
type Gathering struct {
	folds []Fold
	r     record
	c     Contribution
}

// Gather returns a gathering of no case yet.
func Gather() *Gathering {
	g := &Gathering{folds: make([]Fold, len(Measures))}
	for i, m := range Measures {
		g.folds[i] = NewFold(m)
	}
	return g
}

// Add gathers one case, as a view has it; st is nil for every view but the omniscient one. Nothing of seen is kept.
func (g *Gathering) Add(seen []Sighting, st *Stipulated) {
	g.r.fill(seen)
	for i := range Measures {
		if m := &Measures[i]; m.take != nil {
			m.contribute(&g.r, st, &g.c)
			g.folds[i].Add(&g.c)
		}
	}
}

// Merge adds what another gathering has, as if its cases had been added after g's own.
func (g *Gathering) Merge(o *Gathering) {
	for i := range g.folds {
		g.folds[i].Merge(&o.folds[i])
	}
}

// Values returns the figure of every measure, by id. Those that compare runs are undefined.
func (g *Gathering) Values() map[string]Value {
	out := make(map[string]Value, len(Measures))
	for i, m := range Measures {
		if m.take != nil {
			out[m.ID] = g.folds[i].Value()
		}
	}
	for _, m := range Measures {
		switch {
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
