package policies

import (
	"regexp"
	"slices"

	"rogatory/internal/mla"
)

// Safeguard is something critics ask for, as a small change to any instrument: values of Terms, rules, and duties that the
// procedure may or may not act on. It is a demand, never law in force: what it asks can be met or not met, and not violated.
type Safeguard struct {
	ID     string
	Name   string
	Asks   string   // in one sentence
	Source string   // who asks
	Price  string   // what it costs, to be reported beside what it does
	Closes []string // gaps of the catalogue, "G01"
	Rules  []*Rule
	Duties []Duty
	// Conflicts lists safeguards that cannot be switched on beside this one.
	Conflicts []string

	changes changes
}

// Setting is one value that a safeguard sets in Terms, by its name in the file: "secrecy.days".
type Setting struct {
	Term  string `json:"term"`
	Value string `json:"value"`
}

// Settings lists what the safeguard sets in Terms, and last whom it lets read what: "readers.public".
func (s *Safeguard) Settings() []Setting {
	out := slices.Clone(s.changes.settings)
	for _, role := range oversight {
		if kinds := s.changes.readers[role]; len(kinds) == len(mla.Kinds) {
			out = append(out, Setting{"readers." + string(role), "all"})
		} else if len(kinds) > 0 {
			out = append(out, Setting{"readers." + string(role), listed(kinds)})
		}
	}
	return out
}

var (
	safeguardID = regexp.MustCompile(`^L[0-9]{2}$`)
	gapID       = regexp.MustCompile(`^G[0-9]{2}$`)
)

func (l *language) readSafeguard(root entry, stem string) *Safeguard {
	f := root.fields("id", "name", "asks", "source", "price", "closes", "terms", "facts", "rules", "duties", "conflicts_with")
	s := &Safeguard{ID: f.text("id"), Name: f.text("name"), Asks: f.text("asks"), Source: f.text("source"), Price: f.text("price")}
	if s.ID == "" {
		return s
	}
	if s.ID != stem {
		f.values["id"].faultf("the id is the file's name without .yaml", "the id %s stands in a file named %s", quoted(s.ID), stem)
	}
	if !safeguardID.MatchString(s.ID) {
		f.values["id"].faultf("L and two digits, as L07", "%s is no id of a safeguard", quoted(s.ID))
	}
	for _, e := range f.list("closes") {
		g, ok := e.text()
		if ok && !gapID.MatchString(g) {
			e.faultf("G and two digits, as G31", "%s is no gap of the catalogue", quoted(g))
		} else if ok && slices.Contains(s.Closes, g) {
			e.faultf("remove one", "gap %s is there twice", g)
		}
		s.Closes = append(s.Closes, g)
	}
	if len(s.Closes) == 0 {
		f.at.fault("closes is missing", "name the gaps it closes, as [G01]")
	}
	s.Conflicts = f.texts("conflicts_with")
	s.changes = readChanges(f)
	s.Rules = l.readRules(f.list("rules"), author{prefix: s.ID, instrument: s.ID, called: "a rule of a safeguard", mandatory: true,
		effects: []mla.Effect{mla.MustRefuse, mla.MayRefuse, mla.NoDuty, mla.MustNotRefuse, mla.Must, mla.May}})
	for _, e := range f.list("duties") {
		s.Duties = append(s.Duties, readDuty(s.ID, e.fields("id", "says", "acts", "days", "hours", "percent", "most")))
	}
	if len(s.Rules) == 0 && len(s.Duties) == 0 && s.changes.empty() {
		f.at.fault("the safeguard changes nothing", "give it terms, rules or duties")
	}
	return s
}
