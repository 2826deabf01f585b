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
	Instruments     []Instrument        `json:"instruments"`
	Requesting      mla.State           `json:"requesting"`
	Requested       mla.State           `json:"requested"`
	Offence         mla.Offence         `json:"offence"`
	Measure         mla.Measure         `json:"measure"`
	DualCriminality mla.DualCriminality `json:"dual_criminality"` // on what the letter states and the authority knows
	// DualCriminalityOnStipulated is the same test on what the author of the case stipulates.
	DualCriminalityOnStipulated mla.DualCriminality `json:"dual_criminality_on_stipulated"`
	Seriousness                 mla.Seriousness     `json:"seriousness"`
	Rules
	Missing []Missing `json:"missing"` // facts for want of which something is unknown
	// Safeguards are those switched on; AskedFor is what they ask and nothing acts on.
	Safeguards []string        `json:"safeguards"`
	AskedFor   []policies.Duty `json:"asked_for"`
	// Contests are points on which the instruments leave open which of them speaks, and Yields the reading chosen.
	Contests []Contest `json:"contests"`
	Yields   []string  `json:"yields"`
	Ladder   []Rung    `json:"ladder,omitempty"` // with --why: on what the letter states and the authority knows
	Policy   string    `json:"policy"`
	Caveat   string    `json:"caveat"`
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
	p.safeguards(a.Safeguards)
	if len(a.Yields) > 0 {
		p.text(tableIndent, "On the reading that "+list(a.Yields)+" gives way.", ordinary)
	}
	for _, k := range a.Contests {
		p.text(tableIndent, "Contested: "+k.Says+" To choose a reading: --yields "+strings.Join(k.Instruments, " or --yields ")+".", notable)
	}
	p.text(tableIndent, "The law alone: nobody decides anything here.", faint)
	p.grounds(groundsPart{heading: "Scope", known: "as known", quiet: quietGates}, a.Scope)
	p.grounds(groundsPart{heading: "Grounds for not helping", known: "as known", quiet: quietGrounds}, a.Grounds)
	if len(a.Forbidden) > 0 {
		p.grounds(groundsPart{heading: "Reasons that are forbidden", known: "as known", quiet: quietReasons}, a.Forbidden)
	}
	p.dualCriminality(a.DualCriminality, &a.DualCriminalityOnStipulated)
	p.seriousness(a.Seriousness)
	p.duties(a.Duties)
	if len(a.AskedFor) > 0 {
		p.heading("Asked for, and not acted on by the procedure")
		p.askedFor(a.AskedFor)
	}
	p.missing(a.Missing)
	p.ladders(a.Ladder)
	p.caveat(a.Caveat)
	return p.print(w)
}

// duties lists what the States must or may do, where it holds on what is known or what is stipulated.
func (p *page) duties(all []Ground) {
	p.heading("Duties and powers")
	var rows [][]cell
	quiet := 0
	for _, g := range all {
		if g.Silence != nil {
			continue
		}
		if g.silent() {
			quiet++
			continue
		}
		rows = append(rows, []cell{c(g.Name()), c(string(g.Stage)), c(effectName(g.Effect)), c(yesNo(g.Holds)), c(g.Says)})
	}
	p.table([]column{{head: "rule"}, {head: "stage"}, {head: "effect"}, {head: "holds"}, {head: "says"}}, rows)
	if quiet > 0 {
		p.text(tableIndent, strconv.Itoa(quiet)+" more do not hold on either set of facts.", faint)
	}
	p.silenced(all)
	if len(all) == 0 {
		p.text(tableIndent, "None is written down.", ordinary)
	}
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
