package report

import (
	"io"
	"strconv"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Assessment is what the law says of a case without any procedure; it is the object that `assess --json` prints.
type Assessment struct {
	Case            string              `json:"case"`
	Title           string              `json:"title"`
	Regime          string              `json:"regime"`
	ToldFor         []string            `json:"told_for,omitempty"` // instruments the case is told for, where nobody named one: the first is asked
	Instruments     []Instrument        `json:"instruments"`
	Requesting      mla.State           `json:"requesting"`
	Requested       mla.State           `json:"requested"`
	Offence         mla.Offence         `json:"offence"`
	Measure         mla.Measure         `json:"measure"`
	DualCriminality mla.DualCriminality `json:"dual_criminality"` // on what the letter states and the authority knows
	// DualCriminalityOnStipulated is the same test on what the author of the case stipulates.
	DualCriminalityOnStipulated mla.DualCriminality `json:"dual_criminality_on_stipulated"`
	Seriousness                 mla.Seriousness     `json:"seriousness"`
	// Tests are both by each instrument; the fields above are those of the instruments that give the pair's answer.
	Tests []Test `json:"tests,omitempty"`
	Rules
	Missing []Missing `json:"missing"` // facts for want of which something is unknown
	// Safeguards are those switched on; AskedFor is what they ask and nothing acts on.
	Safeguards []string        `json:"safeguards"`
	AskedFor   []policies.Duty `json:"asked_for"`
	// Contests are points on which the instruments leave open which of them speaks, and Yields the reading chosen.
	Contests []Contest `json:"contests"`
	Yields   []string  `json:"yields"`
	Ladder   []Rung    `json:"ladder,omitempty"` // with --why: on what the letter states and the authority knows
	Only     []string  `json:"only,omitempty"`   // the rules and articles whose ladders were asked for
	Policy   string    `json:"policy"`
	Caveat   string    `json:"caveat"`
}

// Test is dual criminality and seriousness by one instrument, on both sets of facts.
type Test struct {
	policies.Test
	OnStipulated mla.DualCriminality `json:"dual_criminality_on_stipulated"`
}

// Contest is a point on which instruments that bind the same pair each give way to the other.
type Contest struct {
	Instruments []string `json:"instruments"`
	Articles    []string `json:"articles"`
	Says        string   `json:"says"`
}

// Missing is a fact that is wanting, and who normally knows it.
type Missing struct {
	Fact    mla.Path `json:"fact"`
	KnownBy string   `json:"known_by"`
	Means   string   `json:"means"`
}

// Terminal writes the assessment for a reader.
func (a *Assessment) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(a.Case + " · " + a.Title)
	p.text(tableIndent, stateName(a.Requesting)+" asks "+stateName(a.Requested)+" for "+measureName(a.Measure)+offence(a.Offence)+".", ordinary)
	p.instruments(a.Instruments)
	if len(a.ToldFor) == 1 {
		p.text(tableIndent, "No --regime was given: "+a.Regime+" is what the case is told for.", faint)
	} else if len(a.ToldFor) > 1 {
		p.text(tableIndent, "No --regime was given: "+a.Regime+" is the first that the case is told for, of "+list(a.ToldFor)+".", faint)
	}
	p.safeguards(a.Safeguards)
	if len(a.Yields) > 0 {
		p.text(tableIndent, "On the reading that "+list(a.Yields)+" gives way.", ordinary)
	}
	for _, k := range a.Contests {
		p.text(tableIndent, "Contested: "+k.Says+" To choose a reading: --yields "+strings.Join(k.Instruments, " or --yields ")+".", notable)
	}
	p.text(tableIndent, "The law alone: nobody decides anything here.", faint)
	if len(a.Only) > 0 {
		p.ladders(a.Ladder, true)
		p.caveat(a.Caveat)
		return p.print(w)
	}
	p.grounds(groundsPart{heading: "Scope", known: "as known", quiet: quietGates}, a.Scope)
	p.grounds(groundsPart{heading: "Grounds for not helping", known: "as known", quiet: quietGrounds}, a.Grounds)
	if len(a.Forbidden) > 0 {
		p.grounds(groundsPart{heading: "Reasons that are forbidden", known: "as known", quiet: quietReasons}, a.Forbidden)
	}
	p.dualCriminality(a.DualCriminality, &a.DualCriminalityOnStipulated)
	p.seriousness(a.Seriousness)
	p.tests(a.Tests)
	p.duties(a.Duties)
	if len(a.AskedFor) > 0 {
		p.heading("Asked for, and not acted on by the procedure")
		p.askedFor(a.AskedFor)
	}
	p.missing(a.Missing)
	p.ladders(a.Ladder, false)
	p.caveat(a.Caveat)
	return p.print(w)
}

// tests tells what each of several instruments makes of dual criminality and of how serious the conduct is, and whose
// answer is the pair's.
func (p *page) tests(all []Test) {
	if len(all) < 2 {
		return
	}
	var rows [][]cell
	for _, t := range all {
		how, threshold := "not said; the State's own law", dash
		if t.Article != "" {
			how = strings.TrimPrefix(t.Article, t.Instrument+" ")
		}
		if s := t.Seriousness; s.ThresholdYears > 0 {
			threshold = "from " + years(s.ThresholdYears) + ": one law " + yesNo(s.RequestingLaw) + ", both " + yesNo(s.BothLaws) + "; required " + yesNo(s.Required)
		}
		rows = append(rows, []cell{c(t.Instrument).in(strong), c(how), c(yesNo(t.DualCriminality.ByConduct)), c(yesNo(t.OnStipulated.ByConduct)), c(threshold)})
	}
	p.blank()
	p.table([]column{{head: "each by itself", fixed: true}, {head: "tested by"}, {head: "by conduct, as known"}, {head: "as stipulated"}, {head: "serious crime"}}, rows)
	var dual, serious string
	for _, t := range all {
		if t.Governs {
			dual = t.Instrument
		}
		if t.Measures {
			serious = t.Instrument
		}
	}
	p.text(tableIndent, "The answer above on dual criminality is that of "+dual+", whose provision speaks for the two States; that on serious crime is that of "+
		serious+", which was named first. A ground or gate of an instrument rests on that instrument's own test.", faint)
}

// duties lists what the States must or may do, where it holds on what is known or what is stipulated, and how each text
// was checked.
func (p *page) duties(all []Ground) {
	p.heading("Duties and powers")
	rows := map[mla.Stage][][]cell{}
	quiet := 0
	for _, g := range all {
		if g.Silence != nil {
			continue
		}
		if g.silent() {
			quiet++
			continue
		}
		rows[g.Stage] = append(rows[g.Stage], []cell{c(g.Name()).in(strong), c(effectName(g.Effect)), c(yesNo(g.Holds)), c(g.Says), doubt(g)})
	}
	first := true
	for _, stage := range mla.Stages {
		if len(rows[stage]) > 0 {
			if !first {
				p.blank()
			}
			first = false
			p.table([]column{{head: string(stage)}, {head: "effect"}, {head: "holds"}, {head: "says"}, {head: "text"}}, rows[stage])
		}
	}
	if quiet > 0 {
		p.text(tableIndent, strconv.Itoa(quiet)+" more do not hold on either set of facts.", faint)
	}
	p.silenced(all)
	if len(all) == 0 {
		p.text(tableIndent, "None is written down.", ordinary)
	}
}

// doubt marks a text that was not checked against the instrument, and a reading that is contested.
func doubt(g Ground) cell {
	var marks []string
	if g.Reading == mla.Contested {
		marks = append(marks, "contested")
	}
	switch g.Confidence {
	case mla.Unverified:
		marks = append(marks, "not verified")
	case mla.Secondary:
		marks = append(marks, "secondary")
	case mla.Verified:
	}
	if g.Reading == mla.Contested {
		return c(strings.Join(marks, ", ")).in(notable)
	}
	return c(strings.Join(marks, ", ")).in(faint)
}

// missing lists the facts that would have to be asked for.
func (p *page) missing(all []Missing) {
	p.heading("Facts that are wanting")
	if len(all) == 0 {
		p.text(tableIndent, "None: every gate and ground is decided on what is known.", ordinary)
		return
	}
	var rows [][]cell
	for _, m := range all {
		rows = append(rows, []cell{c(string(m.Fact)), c(m.KnownBy), c(m.Means)})
	}
	p.table([]column{{head: "fact"}, {head: "known by"}, {head: "what it is"}}, rows)
}
