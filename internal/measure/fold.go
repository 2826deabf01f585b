package measure

// Kept is how many event ids a figure of many cases names; of the rest it gives the number.
const Kept = 20

// Fold gathers the contributions of many cases to one measure, in memory that does not grow with them. The zero Fold is
// of no measure; NewFold makes one.
type Fold struct {
	Cases   int // added
	Counted int // of them, those that are among what the measure counts
	Untold  int // of them, those that cannot be told

	unit      Unit
	kind      Kind
	statistic Statistic

	part, whole            int
	parts2, wholes2, cross float64
	samples                histogram
	waits                  waits
	events                 []string // the first of them
	keep                   int      // how many of them
	rests                  int      // how many there are
	lacking, idle          string   // the first reasons met
}

// NewFold returns a fold of no case yet.
func NewFold(m Measure) Fold {
	return Fold{unit: m.Unit, kind: m.Kind, statistic: m.Statistic, keep: Kept}
}

// Add gathers one case's contribution.
func (f *Fold) Add(c *Contribution) {
	f.Cases++
	switch c.lack {
	case NoneOnRecord:
		if f.idle == "" {
			f.idle = c.why()
		}
		return
	case CannotTell:
		f.Untold++
		if f.lacking == "" {
			f.lacking = c.why()
		}
		return
	}
	f.Counted++
	f.part += c.Part
	f.whole += c.Whole
	p, w := float64(c.Part), float64(c.Whole)
	f.parts2, f.wholes2, f.cross = f.parts2+p*p, f.wholes2+w*w, f.cross+p*w
	if f.statistic.form == quantile {
		for _, n := range c.Samples {
			f.samples.add(n, 1)
		}
	}
	for _, s := range c.Spells {
		f.waits.add(s)
	}
	f.rests += len(c.events)
	for _, s := range c.events {
		if len(f.events) >= f.keep {
			break
		}
		f.events = append(f.events, s.id())
	}
}

// Merge adds what another fold of the same measure has gathered, as if its cases had been added after f's own.
func (f *Fold) Merge(o *Fold) {
	f.Cases += o.Cases
	f.Counted += o.Counted
	f.Untold += o.Untold
	f.part += o.part
	f.whole += o.whole
	f.parts2, f.wholes2, f.cross = f.parts2+o.parts2, f.wholes2+o.wholes2, f.cross+o.cross
	f.samples.merge(o.samples)
	f.waits.merge(o.waits)
	f.rests += o.rests
	f.events = append(f.events, o.events[:min(len(o.events), max(0, f.keep-len(f.events)))]...)
	if f.idle == "" {
		f.idle = o.idle
	}
	if f.lacking == "" {
		f.lacking = o.lacking
	}
}

// Value is the figure of what was gathered. Cases that do not count change nothing; one that cannot be told makes the
// whole untold, because leaving it out would choose the cases by what may be seen of them.
func (f *Fold) Value() Value {
	var v Value
	switch {
	case f.Untold > 0 && f.Cases == 1:
		v = cannot("%s", f.lacking)
	case f.Untold > 0:
		v = cannot("%d of %d cases cannot be told: %s", f.Untold, f.Cases, f.lacking)
	case f.Counted == 0 && f.Cases == 1:
		v = none("%s", f.idle)
	case f.Counted == 0:
		v = none("none of %d cases counts", f.Cases)
	default:
		v = f.statistic.of(f)
	}
	v.Cases = f.Counted
	if v.Defined {
		v.Events, v.Rests = f.events, f.rests
	}
	return v
}
