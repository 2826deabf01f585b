package measure

import (
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// Unit is what a figure counts in.
type Unit string

// The units.
const (
	Share       Unit = "share" // 0 to 1
	Points      Unit = "points"
	Times       Unit = "times" // one figure over another
	Minutes     Unit = "minutes"
	Days        Unit = "days" // whole legal days
	PersonDays  Unit = "person-days"
	PersonYears Unit = "person-years"
	Count       Unit = "count"
	PerMille    Unit = "per 1,000 requests"
	PerCent     Unit = "per 100"
)

// Units lists the units.
var Units = []Unit{Share, Points, Times, Minutes, Days, PersonDays, PersonYears, Count, PerMille, PerCent}

// Kind is what kind of claim a figure is.
type Kind string

// The kinds: it follows from the rule alone, it restates an assumed parameter and is never a finding, or it comes out of
// the interplay. Only what is structural may be asserted.
const (
	Structural Kind = "structural"
	Image      Kind = "image"
	Emergent   Kind = "emergent"
)

// Span is what a figure is of.
type Span string

// The spans: one case or many; one case alone, a card with no claim about many; many cases, because it sets figures of
// some beside those of others; whole runs that differ in one thing, which an experiment makes.
const (
	Cases      Span = "cases"
	Card       Span = "card"
	Population Span = "population"
	Runs       Span = "runs"
)

// Measure is one number of the catalogue.
type Measure struct {
	ID        string // "G01.IndefiniteShare"
	Gap       string // "G01"; "Price" for what a safeguard costs honest requests
	Claim     string // what critics say; no claim of ours
	Articles  []string
	Unit      Unit
	Kind      Kind
	Span      Span
	Statistic Statistic
	Formula   string // in words, over a population
	// About lists the kinds of event of which at least one must be there, or the case is not one of those that count. That
	// much the covers tell.
	About []mla.Kind
	// Needs lists the kinds of event whose bodies it reads; one of them sealed and it cannot be computed.
	Needs []mla.Kind
	// Sides lists whose logs it must have whole. It reads the requested State's log, and of the requesting State's the
	// covers; where none is given, it reads every log there is, and must have both.
	Sides []mla.Side
	// Stipulates is true where it compares with what is stipulated, so that only the omniscient view can have it.
	Stipulates bool
	// From lists the measures it is made of, if it is made of others.
	From []string

	take    func(r *record, st *Stipulated, c *Contribution)
	derive  func(from []Value) Value
	compare func(runs []Run, from []string) Value

	anywhere     bool
	about, needs kindSet
	idle         string
}

// Compute works the measure out on the sightings of one case. It reads nothing else; st is nil for every view but the
// omniscient one.
func (m Measure) Compute(seen []Sighting, st *Stipulated) Value {
	r := newRecord(seen)
	of := func(m Measure) Value {
		var c Contribution
		m.contribute(r, st, &c)
		f := NewFold(m)
		f.keep = len(c.events)
		f.Add(&c)
		return f.Value()
	}
	switch {
	case m.take != nil:
		return of(m)
	case m.derive == nil:
		return none("it compares runs, and this is one")
	}
	from := make([]Value, len(m.From))
	for i, id := range m.From {
		from[i] = of(Measures[at[id]])
	}
	return m.derived(from)
}

// contribute writes what the case adds into c.
func (m *Measure) contribute(r *record, st *Stipulated, c *Contribution) {
	c.reset()
	if why := r.broken(m.Sides); why != "" {
		c.lack, c.reason = CannotTell, why
		return
	}
	where := r.requested
	if m.anywhere {
		where = &r.anywhere
	}
	if where.present.and(m.about).empty() {
		c.none(m.idle)
		return
	}
	if !m.needs.and(where.sealed).empty() {
		c.lack, c.sealed, c.needs = CannotTell, where, m.needs
		return
	}
	if m.Stipulates && st == nil {
		c.cannot("it compares with what is stipulated, and no log holds that")
		return
	}
	m.take(r, st, c)
	if c.idle() && m.Statistic.form != total {
		c.none("there is nothing of what it is over")
	}
}

func (m *Measure) derived(from []Value) Value {
	v := m.derive(from)
	for _, x := range from {
		if !v.Defined {
			break
		}
		v.Cases = max(v.Cases, x.Cases)
		v.Rests += x.Rests
		v.Events = append(v.Events, x.Events[:min(len(x.Events), Kept-min(Kept, len(v.Events)))]...)
	}
	return v
}

// Compare sets whole runs side by side. It is for the measures whose span is Runs, and says what is missing otherwise.
func (m Measure) Compare(runs []Run) Value {
	if m.compare == nil {
		return none("it is of cases, not of runs")
	}
	for _, run := range runs {
		for _, id := range m.From {
			if v, ok := run.Values[id]; !ok || !v.Defined {
				return cannot("a run has no figure for %s: %s", id, v.Reason)
			}
		}
	}
	return m.compare(runs, m.From)
}

// words for what a measure is about.
var words = map[mla.Kind]string{
	mla.AdmissibilityRuled:     "ruling on admissibility",
	mla.Assessed:               "assessment",
	mla.AssistanceCompelled:    "compelled help",
	mla.AssuranceGiven:         "assurance",
	mla.AuthorisationDecided:   "ruling on a measure",
	mla.BreachFound:            "leak",
	mla.ChallengeFiled:         "challenge",
	mla.ConfidentialityImposed: "secret",
	mla.ContactAnswered:        "answer of a contact point",
	mla.ContactAsked:           "message to a contact point",
	mla.CustodyHandoff:         "hand-over of evidence",
	mla.Decided:                "decision",
	mla.DefenceAsked:           "request of the defence",
	mla.DisclosureAsked:        "request to a provider",
	mla.DualCriminalityTested:  "test of dual criminality",
	mla.EvidenceExpired:        "expiry of evidence",
	mla.GroundConsidered:       "ground considered",
	mla.InformationShared:      "sharing of information",
	mla.InterceptionStarted:    "interception",
	mla.InterceptionStopped:    "interception that ended",
	mla.LedgerConsulted:        "look into the shared ledger",
	mla.OnwardTransferred:      "passing on of evidence",
	mla.OrderServed:            "order",
	mla.PoliceShared:           "sharing between police",
	mla.PreservationOrdered:    "preservation order",
	mla.Produced:               "production",
	mla.ReasonsGiven:           "statement of reasons",
	mla.RegimeChosen:           "choice of an instrument",
	mla.RemedySought:           "suit",
	mla.RequestSubmitted:       "letter",
	mla.ReviewClosed:           "finding of a review",
	mla.ReviewPerformed:        "review",
	mla.RoleScreened:           "screening",
	mla.TransborderAccessed:    "access across a border",
	mla.Transmitted:            "transmission",
	mla.UseRecorded:            "use of evidence",
	mla.VoluntaryDisclosed:     "voluntary disclosure",
}

// requested and bothSides are the logs a measure may need.
var (
	requested = []mla.Side{mla.Requested}
	bothSides = []mla.Side{mla.Requesting, mla.Requested}
)

// Measures lists every measure, in the order of the catalogue.
var Measures = ready(slices.Concat(
	perpetualSecrecy, // G01
	seriousByLabel,   // G02
	unjudged,         // G03
	transparency,     // G04
	challenges,       // G05
	conflicts,        // G06
	compelled,        // G07
	interception,     // G08
	location,         // G09
	press,            // G10
	researchers,      // G11
	minors,           // G12
	hotlines,         // G13
	homeLaw,          // G14
	custody,          // G15
	load,             // G16
	paper,            // G17
	scopeCreep,       // G18
	camouflage,       // G19
	staff,            // G20
	keeping,          // G21
	longArm,          // G22
	followUp,         // G23
	laundering,       // G24
	forums,           // G25
	shields,          // G26
	dualCriminality,  // G27
	unusedGrounds,    // G28
	politicalOffence, // G29
	discrimination,   // G30
	notices,          // G31
	remedies,         // G32
	otherUses,        // G33
	conditions,       // G34
	spontaneous,      // G35
	contactPoint,     // G36
	voluntary,        // G37
	police,           // G38
	preservation,     // G39
	overbreadth,      // G40
	refusals,         // G41
	diaspora,         // G42
	defence,          // G43
	privilege,        // G44
	downstream,       // G45
	oversight,        // G46
	urgency,          // G47
	forged,           // G48
	price,
))

// at finds a measure by its id.
var at = func() map[string]int {
	out := make(map[string]int, len(Measures))
	for i, m := range Measures {
		out[m.ID] = i
	}
	return out
}()

// ready fills in what every measure says by saying nothing else, and what is looked up for every case.
func ready(all []Measure) []Measure {
	for i := range all {
		m := &all[i]
		m.Gap, _, _ = strings.Cut(m.ID, ".")
		if m.Span == "" {
			m.Span = Cases
		}
		if m.Statistic == (Statistic{}) && m.Unit == Share {
			m.Statistic = Ratio
		}
		if m.Sides == nil {
			m.Sides, m.anywhere = bothSides, true
		}
		m.about, m.needs = setOf(m.About), setOf(m.Needs)
		names := []string{}
		for _, k := range m.About {
			names = append(names, words[k])
		}
		m.idle = "no " + strings.Join(names, " or ") + " is on record"
	}
	for i := range all { // what is made of figures that stipulate does so too
		m := &all[i]
		m.Stipulates = m.Stipulates || slices.ContainsFunc(all, func(of Measure) bool { return of.Stipulates && slices.Contains(m.From, of.ID) })
	}
	return all
}

// ByGap lists the measures of one gap: "G01".
func ByGap(gap string) []Measure {
	return slices.DeleteFunc(slices.Clone(Measures), func(m Measure) bool { return m.Gap != gap })
}

// ByID finds a measure.
func ByID(id string) (Measure, bool) {
	i, ok := at[id]
	if !ok {
		return Measure{}, false
	}
	return Measures[i], true
}
