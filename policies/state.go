package policies

import (
	"fmt"
	"maps"
	"strings"

	"rogatory/internal/mla"
)

// StateOffence is an offence of one State: when conduct is one, what excuses it, and what it costs.
type StateOffence struct {
	ID              string
	Label           string
	MaxPenaltyYears int
	Elements        string
	Defences        []Defence

	elements *expression
	defences []*expression
}

// Defence takes conduct that meets the elements out of the offence.
type Defence struct {
	Says string
	When string
}

// StateLaw is one fictional State as its file states it: attributes, never an epithet.
type StateLaw struct {
	ID            mla.State
	Name          string
	Attributes    []string
	Offences      []*StateOffence
	Authorisation map[mla.Measure]Authorisation
	Secrecy       ProviderSecrecy
	Challenge     Challenge
	Notice        Notice
	Statistics    Statistics
	Remedy        Remedy
	// DataProtection says whether an independent authority watches over transfers.
	DataProtection DataProtection
	Staff          Staff
	Discretion     Discretion
	Practice       Practice
	Overlay        []*Rule
	// RequiredFor are the measures of which dual criminality is a condition; Reserved says that the State has made the
	// reservation on it at preservation.
	RequiredFor []mla.Measure
	Reserved    bool

	byCategory map[mla.Measure]map[mla.Category]Authorisation
	records    map[mla.Role][]mla.Kind
	labels     *expression // offence.label is the label of one of its offences
	requires   *expression // dual criminality is a condition of the measure asked for
	reserves   *expression // it has made the reservation at preservation
}

// oversight are the roles whose access is each State's to decide; of the others see readers.yaml.
var oversight = []mla.Role{mla.Auditor, mla.Public, mla.Person}

func (l *language) readState(root entry, stem string) *StateLaw {
	f := root.fields("id", "name", "attributes", "offences", "authorisation", "dual_criminality", "secrecy", "challenge",
		"notice", "statistics", "remedy", "data_protection", "staff", "discretion", "records", "overlay", "practice")
	s := &StateLaw{ID: mla.State(f.text("id")), Name: f.text("name"), Attributes: f.texts("attributes")}
	if s.ID != "" && string(s.ID) != stem {
		f.values["id"].faultf("the id is the file's name without .yaml", "the id %s stands in a file named %s", quoted(string(s.ID)), stem)
	}
	for _, name := range []string{"id", "name"} {
		if f.has(name) {
			if given, _ := f.values[name].text(); realName(given) {
				f.values[name].faultf("States are fictional: use the name of a plant", "%s is a real State or firm", quoted(given))
			}
		}
	}
	s.readOffences(f, l)
	s.readAuthorisation(f)
	dc := f.sub("dual_criminality", "required_for", "reserved_at_preservation")
	s.RequiredFor, s.Reserved = words(dc, "required_for", "measure", mla.Measures), dc.at.node != nil && dc.flag("reserved_at_preservation")
	s.requires = l.compileText(f.at, oneOf(measureFact, s.RequiredFor), nil)
	s.reserves = l.compileText(f.at, fmt.Sprint(s.Reserved), nil)
	if g, ok := f.optionalSub("secrecy", "basis", "days", "renewals", "automatic"); ok {
		s.Secrecy = ProviderSecrecy{Basis: g.text("basis"), Days: g.number("days", 0, 36500),
			Renewals: g.number("renewals", 0, 1000), Automatic: g.flag("automatic")}
		if s.Secrecy.Days == 0 && (s.Secrecy.Renewals > 0 || s.Secrecy.Automatic) {
			g.at.fault("a gag without end is not renewed", "give it days, or set renewals to 0 and automatic to false")
		}
	}
	if c, ok := f.optionalSub("challenge", "available", "stays", "basis"); ok {
		s.Challenge = Challenge{Available: c.flag("available"), Stays: c.optionalFlag("stays"), Basis: c.optional("basis")}
	}
	if n, ok := f.optionalSub("notice", "owed", "days", "basis"); ok {
		s.Notice = Notice{Owed: n.flag("owed"), Basis: n.optional("basis")}
		if s.Notice.Owed {
			s.Notice.Days = n.number("days", 0, 36500)
		}
	}
	if t, ok := f.optionalSub("statistics", "published", "basis"); ok {
		s.Statistics = Statistics{Published: t.flag("published"), Basis: t.optional("basis")}
	}
	s.readInstitutions(f)
	s.readRecords(f)
	s.Overlay = l.readRules(f.list("overlay"), author{prefix: string(s.ID), instrument: ownLaw, called: "a rule of a State's own law",
		effects: []mla.Effect{mla.MustRefuse, mla.MayRefuse, mla.MustNotRefuse, mla.Must, mla.May}, mandatory: true})
	p := f.sub("practice", "transit_days", "patience_days", "basis")
	if p.at.node != nil {
		s.Practice = Practice{TransitDays: p.number("transit_days", 0, 3650), PatienceDays: p.number("patience_days", 1, 3650)}
		pick(p, "basis", bases)
	}
	return s
}

func (s *StateLaw) readOffences(f fields, l *language) {
	seen := map[string]bool{}
	var labels []string
	conductOnly := func(f *Fact) bool {
		return strings.HasPrefix(string(f.Path), "conduct.") || strings.HasPrefix(string(f.Path), "person.")
	}
	const conductHint = "an offence looks at conduct and person only"
	for _, e := range f.list("offences") {
		o := e.fields("id", "label", "max_penalty_years", "elements", "defences")
		offence := &StateOffence{ID: o.text("id"), Label: o.text("label"), MaxPenaltyYears: o.number("max_penalty_years", 0, 99)}
		if seen[offence.ID] {
			e.fault("offence "+quoted(offence.ID)+" is there twice", "remove one, or give it another id")
			continue
		}
		seen[offence.ID] = true
		if l.knownLabel(o) {
			labels = append(labels, offence.Label)
		}
		if x, ok := o.need("elements"); ok {
			if offence.elements = l.compile(x, conductOnly, conductHint); offence.elements != nil {
				offence.Elements = offence.elements.text
			}
		}
		for _, d := range o.list("defences") {
			df := d.fields("says", "when")
			says := df.text("says")
			if w, ok := df.need("when"); ok {
				if x := l.compile(w, conductOnly, conductHint); x != nil {
					offence.defences = append(offence.defences, x)
					offence.Defences = append(offence.Defences, Defence{Says: says, When: x.text})
				}
			}
		}
		if offence.elements != nil {
			s.Offences = append(s.Offences, offence)
		}
	}
	s.labels = l.compileText(f.at, oneOf(labelFact, labels), nil)
}

func (s *StateLaw) readAuthorisation(f fields) {
	s.Authorisation, s.byCategory = map[mla.Measure]Authorisation{}, map[mla.Measure]map[mla.Category]Authorisation{}
	e, ok := f.need("authorisation")
	if !ok {
		return
	}
	a := e.mapping()
	for _, name := range a.order {
		m := mla.Measure(name)
		if _, ok := wordOf(a.keys[name], "measure", mla.Measures); !ok {
			continue
		}
		v := a.values[name].fields("authority", "independent", "basis", "by_category")
		s.Authorisation[m] = readAuthority(v)
		if !v.has("by_category") {
			continue
		}
		by := v.values["by_category"].mapping()
		for _, name := range by.order {
			if c, ok := wordOf(by.keys[name], "category", mla.Categories); ok {
				if s.byCategory[m] == nil {
					s.byCategory[m] = map[mla.Category]Authorisation{}
				}
				s.byCategory[m][c] = readAuthority(by.values[name].fields("authority", "independent", "basis"))
			}
		}
	}
	for _, m := range mla.Measures {
		if _, ok := s.Authorisation[m]; !ok && !a.has(string(m)) {
			e.faultf("say who authorises it, even if the same authority as for another measure", "nobody authorises %s", m)
		}
	}
}

func readAuthority(f fields) Authorisation {
	return Authorisation{Authority: f.text("authority"), Independent: f.flag("independent"), Basis: f.text("basis")}
}

// Authority says who authorises a measure for a kind of data.
func (s *StateLaw) Authority(m mla.Measure, c mla.Category) Authorisation {
	if a, ok := s.byCategory[m][c]; ok {
		return a
	}
	return s.Authorisation[m]
}

func (s *StateLaw) readRecords(f fields) {
	s.records = map[mla.Role][]mla.Kind{}
	r, _ := f.optionalSub("records", string(mla.Auditor), string(mla.Public), string(mla.Person))
	for _, role := range oversight {
		s.records[role] = kindsOf(r, string(role))
	}
}

// kindsOf reads a list of event kinds, or the word all.
func kindsOf(f fields, name string) []mla.Kind {
	if !f.has(name) {
		return nil
	}
	if all, ok := scalar(f.values[name]); ok && all == "all" {
		return mla.Kinds
	}
	return words(f, name, "kind of event", mla.Kinds)
}

// authorityByCategory returns a copy of what differs by the kind of data.
func (s *StateLaw) authorityByCategory() map[mla.Measure]map[mla.Category]Authorisation {
	if len(s.byCategory) == 0 {
		return nil
	}
	out := map[mla.Measure]map[mla.Category]Authorisation{}
	for m, by := range s.byCategory {
		out[m] = maps.Clone(by)
	}
	return out
}
