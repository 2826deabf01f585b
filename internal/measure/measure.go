package measure

import (
	"slices"

	"rogatory/internal/mla"
)

// Unit is what a figure counts in.
type Unit string

// The units.
const (
	Share      Unit = "share" // 0 to 1
	Days       Unit = "days"  // whole legal days
	PersonDays Unit = "person-days"
	Count      Unit = "count"
)

// Kind is what kind of claim a figure is.
type Kind string

// The kinds: it follows from the rule alone, it restates an assumed parameter and is never a finding, or it comes out of
// the interplay. Only what is structural may be asserted.
const (
	Structural Kind = "structural"
	Image      Kind = "image"
	Emergent   Kind = "emergent"
)

// Measure is one number of the catalogue.
type Measure struct {
	ID       string // "G01.IndefiniteShare"
	Gap      string // "G01"
	Claim    string // what critics say; no claim of ours
	Articles []string
	Unit     Unit
	Kind     Kind
	Formula  string // in words, over a population
	// About is the kind of event without which, on the requested State's log, the case is not one of those that count.
	// That much the covers tell.
	About mla.Kind
	// Needs lists the kinds of event whose bodies it reads, all on the requested State's log; one of them sealed and it
	// cannot be computed. Sides lists whose logs it must have whole; of the requesting State's the covers are enough.
	Needs []mla.Kind
	Sides []mla.Side
	// Stipulates is true where it compares with what is stipulated, so that only the omniscient view can have it.
	Stipulates bool

	compute func(r *record, st *Stipulated) Value
}

// Compute works the measure out on the sightings of one case. It reads nothing else; st is nil for every view but the
// omniscient one.
func (m Measure) Compute(seen []Sighting, st *Stipulated) Value { return m.on(newRecord(seen), st) }

func (m Measure) on(r *record, st *Stipulated) Value {
	if why := r.broken(m.Sides); why != "" {
		return cannot("%s", why)
	}
	if len(r.requested.covers(m.About)) == 0 {
		return none("no %s is on record", words[m.About])
	}
	if why := r.requested.closed(m.Needs); why != "" {
		return cannot("%s", why)
	}
	if m.Stipulates && st == nil {
		return cannot("it compares with what is stipulated, and no log holds that")
	}
	return m.compute(r, st)
}

// words for what a measure is about.
var words = map[mla.Kind]string{
	mla.ConfidentialityImposed: "secret",
	mla.Decided:                "decision",
	mla.DualCriminalityTested:  "test of dual criminality",
	mla.Produced:               "production",
	mla.RequestSubmitted:       "letter",
}

// requested and bothSides are the logs a measure may need.
var (
	requested = []mla.Side{mla.Requested}
	bothSides = []mla.Side{mla.Requesting, mla.Requested}
)

// Measures lists every measure, in the order of the catalogue.
var Measures = slices.Concat(
	perpetualSecrecy,
	seriousByLabel,
	unjudged,
	researchers,
	minors,
	dualCriminality,
	unusedGrounds,
	politicalOffence,
)

// ByGap lists the measures of one gap: "G01".
func ByGap(gap string) []Measure {
	return slices.DeleteFunc(slices.Clone(Measures), func(m Measure) bool { return m.Gap != gap })
}

// ByID finds a measure.
func ByID(id string) (Measure, bool) {
	i := slices.IndexFunc(Measures, func(m Measure) bool { return m.ID == id })
	if i < 0 {
		return Measure{}, false
	}
	return Measures[i], true
}
