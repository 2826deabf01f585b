package policies

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// Case is one of the law's own tests: a small set of facts under a name that no other case of its rule has, and what the
// rule, or the terms, must then be. What a case does not give is unknown; the letter's silence is no answer either.
type Case struct {
	Name        string
	Rule        string
	Instruments []string
	Safeguards  []string
	Yields      []string
	Requesting  mla.State
	Requested   mla.State
	Known       mla.Facts // of the case and of the letter
	Holds       mla.Answer
	Missing     []mla.Path // where unknown
	Silent      string     // the article that switches the rule off; empty: not looked at
	Terms       []string   // expected of the terms: "preservation.floor_days = 60"
	Trap        int        // of the modelling traps of the research notes, by their numbers; 0: none
	Source      string
	File        string
	Line        int

	at      entry
	expects []expectation
}

// Traps is how many modelling traps the research notes number.
const Traps = 18

// Coverage says which cases each rule has.
type Coverage struct {
	Cases int            `json:"cases"`
	Rules []RuleCoverage `json:"rules"`
}

// RuleCoverage lists the names of one rule's cases by the answer they ask for. A rule that always holds needs none: the
// engine shows it.
type RuleCoverage struct {
	Rule    string   `json:"rule"`
	Always  bool     `json:"always,omitempty"`
	Yes     []string `json:"yes,omitempty"`
	No      []string `json:"no,omitempty"`
	Unknown []string `json:"unknown,omitempty"`
}

// Lacks lists the answers that no case of the rule asks for.
func (r RuleCoverage) Lacks() (out []mla.Answer) {
	if r.Always {
		return nil
	}
	for _, a := range mla.Answers {
		if len(r.of(a)) == 0 {
			out = append(out, a)
		}
	}
	return out
}

func (r RuleCoverage) of(a mla.Answer) []string {
	switch a {
	case mla.Yes:
		return r.Yes
	case mla.No:
		return r.No
	case mla.Unknown:
	}
	return r.Unknown
}

// Covered counts the rules that have all they need.
func (c Coverage) Covered() (n int) {
	for _, r := range c.Rules {
		if len(r.Lacks()) == 0 {
			n++
		}
	}
	return n
}

// String writes the coverage in one line.
func (c Coverage) String() string {
	return fmt.Sprintf("%d cases; %d of %d rules covered three ways", c.Cases, c.Covered(), len(c.Rules))
}

// WithCases returns the same law with other case files in place of its own.
func (b *Bundle) WithCases(files map[string][]byte) *Bundle {
	return &Bundle{files: b.files, caseFiles: files, digest: b.digest, facts: b.facts, byPath: b.byPath, language: b.language, regimes: b.regimes,
		states: b.states, safeguards: b.safeguards, readings: b.readings, classes: b.classes, laws: map[string]*Law{}}
}

// Cases reads the bundle's cases, in the order of files and lines.
func (b *Bundle) Cases() ([]Case, []Fault) {
	var faults Faults
	var out []Case
	roots := map[string]entry{}
	parseAll(b.caseFiles, roots, &faults)
	names := map[string]Case{}
	for _, name := range sortedKeys(roots) {
		list, ok := roots[name].fields("cases").need("cases")
		if !ok {
			continue
		}
		for _, e := range list.list() {
			c, ok := b.readCase(e)
			if !ok {
				continue
			}
			key := c.Rule + "\x00" + c.Name
			if first, twice := names[key]; twice {
				e.faultf("say what sets this one apart", "the name %s is taken by %s:%d", quoted(c.Name), first.File, first.Line)
				continue
			}
			names[key] = c
			out = append(out, c)
		}
	}
	return out, faults.sorted()
}

func (b *Bundle) readCase(e entry) (Case, bool) {
	before := len(*e.doc.faults)
	f := e.fields("name", "trap", "rule", "instruments", "safeguards", "yields", "between", "letter", "facts", "holds", "missing", "silent",
		"terms", "source")
	line, _ := e.start()
	c := Case{Name: f.text("name"), Silent: f.optional("silent"), Source: f.optional("source"), Known: mla.Facts{}, File: e.doc.file, Line: line, at: e}
	if f.has("rule") || f.has("holds") || !f.has("terms") {
		c.Rule, c.Holds = f.text("rule"), pick(f, "holds", mla.Answers)
	}
	if f.has("trap") {
		c.Trap = f.values["trap"].number(1, Traps)
	}
	c.Instruments = words(f, "instruments", "instrument", b.InstrumentIDs())
	c.Safeguards = words(f, "safeguards", "safeguard", b.SafeguardIDs())
	c.Yields = words(f, "yields", "instrument", b.InstrumentIDs())
	if _, ok := f.need("instruments"); ok && len(f.list("instruments")) == 0 {
		f.values["instruments"].fault("a case has at least one instrument", "name it, as [uncc]")
	}
	if between, ok := f.need("between"); ok {
		states := words(f, "between", "State", b.StateIDs())
		if len(states) == 2 {
			c.Requesting, c.Requested = states[0], states[1]
		} else if len(*e.doc.faults) == before {
			between.fault("a case is between two States", "write [requesting, requested]")
		}
	}
	b.readCaseLetter(f, &c)
	b.readCaseFacts(f, &c)
	c.readExpected(f)
	for _, m := range f.list("missing") {
		if p, ok := m.text(); ok {
			if _, err := b.Fact(mla.Path(p)); err != nil {
				m.fault("unknown fact "+p, fixOf(err))
				continue
			}
			c.Missing = append(c.Missing, mla.Path(p))
		}
	}
	slices.Sort(c.Missing)
	switch {
	case c.Holds == mla.Unknown && len(c.Missing) == 0 && !f.has("missing"):
		f.at.fault("an unknown case says what is missing", "add missing: with the facts for want of which it is unknown")
	case c.Holds != mla.Unknown && len(c.Missing) > 0:
		f.keys["missing"].fault("nothing is missing where the answer is "+string(c.Holds), "remove missing:")
	}
	if c.Silent != "" && c.Rule == "" {
		f.keys["silent"].fault("no rule is named that could be silent", "add rule:")
	}
	if c.Rule != "" {
		if ids := b.idsOfRules(); !slices.Contains(ids, c.Rule) {
			f.values["rule"].fault("unknown rule "+quoted(c.Rule), suggest(c.Rule, ids))
		}
	}
	return c, len(*e.doc.faults) == before
}

// letterFields are the facts of the letter under the names a case gives them.
var letterFields = map[string]mla.Path{"measure": measureFact, "category": categoryFact, "label": labelFact,
	"max_penalty_years": penaltyFact, "confidential": confidentialFact, "urgent": urgentFact}

func (b *Bundle) readCaseLetter(f fields, c *Case) {
	l, ok := f.optionalSub("letter", sortedKeys(letterFields)...)
	if !ok {
		return
	}
	for _, name := range l.order {
		if path, known := letterFields[name]; known {
			b.giveFact(l.values[name], path, c)
		}
	}
}

func (b *Bundle) readCaseFacts(f fields, c *Case) {
	if !f.has("facts") {
		return
	}
	m := f.values["facts"].mapping()
	for _, name := range m.order {
		fact, err := b.Fact(mla.Path(name))
		switch {
		case err != nil:
			m.keys[name].fault("unknown fact "+name, fixOf(err))
		case fact.KnownBy == LawSays:
			m.keys[name].fault("fact "+name+" follows from the instruments and State files", "leave it out, or give the conduct from which it follows")
		case fact.KnownBy == LetterSays:
			m.keys[name].fault("fact "+name+" is read off the letter", "put it under letter:")
		default:
			b.giveFact(m.values[name], mla.Path(name), c)
		}
	}
}

// giveFact reads one value of a case.
func (b *Bundle) giveFact(e entry, path mla.Path, c *Case) {
	v, ok := valueOf(e)
	if !ok {
		return
	}
	f := b.byPath[path]
	if err := f.check(v); err != nil {
		e.faultf(fixOf(err), "%s cannot be %s", path, v)
		return
	}
	c.Known[path] = v
}

// valueOf reads a truth value, a number or a word.
func valueOf(e entry) (mla.Value, bool) {
	switch n := e.node.(type) {
	case *ast.BoolNode:
		return mla.Bool(n.Value), true
	case *ast.IntegerNode:
		return mla.Int(int64(e.number(-1<<31, 1<<31))), true
	}
	s, ok := e.text()
	return mla.Word(s), ok
}

// fixOf takes the advice from an error that ends in it.
func fixOf(err error) string {
	_, fix, _ := strings.Cut(err.Error(), ": ")
	return fix
}

func (b *Bundle) idsOfRules() []string {
	all := b.rules()
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = r.ID
	}
	return out
}

// ask answers one rule on facts, the letter's among them; what is not given is unknown.
func (l *Law) ask(rule string, known mla.Facts) (holds mla.Answer, missing []mla.Path, ok bool) {
	for _, stage := range mla.Stages {
		for i := range l.stages[stage].rules {
			p := &l.stages[stage].rules[i]
			if p.rule.ID != rule {
				continue
			}
			r := l.scratch.Get().(*restriction)
			defer l.scratch.Put(r)
			r.clear()
			for path, v := range known {
				if f := l.bundle.byPath[path]; f != nil && f.KnownBy != LawSays {
					l.put(r, f, v)
				}
			}
			switch id := r.decide(p.holds); id {
			case never:
				return mla.No, nil, true
			case always:
				return mla.Yes, nil, true
			default:
				return mla.Unknown, r.missing(id, l.bundle.facts), true
			}
		}
	}
	return "", nil, false
}

// RunCases runs every case of a bundle and counts them by rule. The faults are what a case file has wrong, cases whose
// answer is another, and rules that lack a case for one of the three answers.
func RunCases(b *Bundle) (Coverage, []Fault) {
	cases, faults := b.Cases()
	rules := b.rules()
	cover := Coverage{Cases: len(cases), Rules: make([]RuleCoverage, len(rules))}
	at := map[string]*RuleCoverage{}
	for i, r := range rules {
		cover.Rules[i] = RuleCoverage{Rule: r.ID, Always: r.Always}
		at[r.ID] = &cover.Rules[i]
	}
	for i := range cases {
		c := &cases[i]
		if f := b.runCase(c); f != nil {
			faults = append(faults, *f)
			continue
		}
		if c.Rule == "" {
			continue
		}
		switch r := at[c.Rule]; c.Holds {
		case mla.Yes:
			r.Yes = append(r.Yes, c.Name)
		case mla.No:
			r.No = append(r.No, c.Name)
		case mla.Unknown:
			r.Unknown = append(r.Unknown, c.Name)
		}
	}
	for _, r := range rules {
		if lacks := at[r.ID].Lacks(); len(lacks) > 0 {
			faults = append(faults, Fault{File: r.File, Line: r.Line, Column: 1,
				Message: fmt.Sprintf("rule %s has no case whose answer is %s", r.ID, listed(lacks)),
				Fix:     "add it to the folder cases, or say always: true if nothing can make it not hold"})
		}
	}
	return cover, Faults(faults).sorted()
}

// wrong reports a fault at one part of the case.
func (c *Case) wrong(at entry, fix, format string, args ...any) *Fault {
	var fs Faults
	doc := *at.doc
	doc.faults = &fs
	entry{&doc, at.node}.faultf(fix, format, args...)
	return &fs[0]
}

func (b *Bundle) runCase(c *Case) *Fault {
	law, err := b.Law(Pair{Instruments: c.Instruments, Requesting: c.Requesting, Requested: c.Requested, Safeguards: c.Safeguards, Yields: c.Yields})
	if err != nil {
		return c.wrong(c.at, "correct the case", "the case cannot be put: %s", err)
	}
	if c.Rule != "" {
		if fault := c.checkAnswer(law); fault != nil {
			return fault
		}
	}
	return c.checkTerms(law)
}

func (c *Case) checkAnswer(law *Law) *Fault {
	holds, missing, ok := law.ask(c.Rule, c.Known)
	switch {
	case !ok:
		return c.wrong(c.at, "name the instrument, State or safeguard it belongs to", "rule %s does not speak between these two States under %s", c.Rule, listed(c.Instruments))
	case holds != c.Holds:
		return c.wrong(c.at, "correct the case or the rule; "+whatIsMissing(missing), "%s: want %s, the law answers %s", c.Rule, c.Holds, holds)
	case !slices.Equal(missing, c.Missing):
		return c.wrong(c.at, "correct missing: or the facts", "%s: want missing %s, the law misses %s", c.Rule, listed(c.Missing), listed(missing))
	}
	if c.Silent != "" {
		by := ""
		if s := law.Silence(c.Rule, c.Known); s != nil {
			by = s.By
		}
		if by != c.Silent {
			return c.wrong(c.at, "correct silent: or the stacking of the instruments", "%s: want it silent by %s, the law has %s", c.Rule, quoted(c.Silent), quoted(by))
		}
	}
	return nil
}

func whatIsMissing(paths []mla.Path) string {
	if len(paths) == 0 {
		return "nothing is missing"
	}
	return "missing are " + listed(paths)
}
