package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"rogatory/internal/audit"
)

// Answered is what the table of constraints found; it is the object that `audit check --json` prints.
type Answered struct {
	Dir         string          `json:"dir"`
	As          []string        `json:"as"`
	Cases       int             `json:"cases"`
	Events      int             `json:"events"`
	Opened      int             `json:"opened"`
	Constraints []audit.Tally   `json:"constraints"`
	Gap         audit.Gap       `json:"auditors_gap"`
	Clearances  []ClearanceGap  `json:"clearances,omitzero"` // the gap at each, where asked for
	Findings    []audit.Finding `json:"findings"`            // the negative ones; with --all every answer
	Sheets      []string        `json:"sheets,omitempty"`
	Notes       []string        `json:"notes"`
	Caveat      string          `json:"caveat"`

	// Proofs holds, by event, the inclusion proof in the tlog-proof format, where asked for.
	Proofs map[string]string `json:"proofs,omitempty"`
}

// ClearanceGap is the auditor's gap at one clearance.
type ClearanceGap struct {
	As     string    `json:"as"`
	Events int       `json:"events"`
	Opened int       `json:"opened"`
	Gap    audit.Gap `json:"auditors_gap"`
}

// mostShown bounds the findings on a page.
const mostShown = 40

// Terminal writes the answers for a reader: counts by constraint, the findings, and the auditor's gap.
func (v *Answered) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(v.Dir + ", as " + list(v.As))
	p.text(tableIndent, count(v.Cases, "case", "cases")+"; "+count(v.Events, "event", "events")+", of which "+strconv.Itoa(v.Opened)+" can be read; "+
		count(len(v.Constraints), "constraint", "constraints")+".", ordinary)
	for _, n := range v.Notes {
		p.text(tableIndent, n, notable)
	}
	if v.Cases > 1 {
		p.tallies(v.Constraints)
	}
	p.checked("Violated", audit.Violated, v.Findings, alarming)
	p.checked("Not met", audit.NotMet, v.Findings, notable)
	if v.Cases == 1 {
		p.checked("Cannot tell", audit.CannotTell, v.Findings, faint)
		p.checked("Holds", audit.Holds, v.Findings, good)
		p.totals(v.Constraints)
	}
	p.heading("The auditor's gap")
	p.text(tableIndent, gapInWords(v.Gap), ordinary)
	var rows [][]cell
	for _, k := range v.Clearances {
		rows = append(rows, []cell{
			c(k.As), c(strconv.Itoa(k.Opened)), c(strconv.Itoa(k.Events)), c(strconv.Itoa(k.Gap.CannotTell)), c(strconv.Itoa(k.Gap.Answers)),
			c(fmt.Sprintf("%.0f%%", 100*k.Gap.Share)),
		})
	}
	p.table([]column{{head: "clearance"}, {head: "reads", right: true}, {head: "of events", right: true}, {head: "cannot tell", right: true},
		{head: "of answers", right: true}, {head: "gap", right: true}}, rows)
	if len(v.Sheets) > 0 {
		p.heading("Finding sheets")
		p.text(tableIndent, count(len(v.Sheets), "sheet", "sheets")+", each as text and as JSON, with the proofs of its events; the first is "+v.Sheets[0]+".", ordinary)
	}
	p.caveat(v.Caveat)
	return p.print(w)
}

func gapInWords(g audit.Gap) string {
	if g.Answers == 0 {
		return "Nothing was on record that a constraint is about."
	}
	return fmt.Sprintf("At this clearance %d of %d answers (%.0f%%) are cannot tell.", g.CannotTell, g.Answers, 100*g.Share)
}

// tallies is the table of many cases.
func (p *page) tallies(all []audit.Tally) {
	p.heading("Answers by constraint, in cases")
	number := func(n int, i ink) cell {
		if n == 0 {
			return c("·").in(faint)
		}
		return c(strconv.Itoa(n)).in(i)
	}
	var rows [][]cell
	for _, t := range all {
		if t.Answers() == 0 {
			continue
		}
		rows = append(rows, []cell{
			c(t.Constraint), number(t.Violated, alarming), number(t.NotMet, notable), number(t.CannotTell, faint), number(t.Holds, good), c(strconv.Itoa(t.Answers())),
		})
	}
	p.table([]column{{head: "constraint"}, {head: "violated", right: true}, {head: "not met", right: true}, {head: "cannot tell", right: true},
		{head: "holds", right: true}, {head: "of", right: true}}, rows)
}

// checked lists the findings of one verdict.
func (p *page) checked(head string, v audit.Verdict, all []audit.Finding, i ink) {
	shown, of := 0, 0
	for _, f := range all {
		if f.Verdict != v {
			continue
		}
		if of++; of == 1 {
			p.heading(head)
		}
		if shown == mostShown {
			continue
		}
		shown++
		p.item(tableIndent, verdictMark(v), f.Says+" "+f.BasisInWords(), i)
		p.text(tableIndent+2, sentenceCase(kindsInWords(f.Because))+". ["+f.Constraint+"]", ordinary)
	}
	if of > shown {
		p.text(tableIndent, fmt.Sprintf("… and %d more; --json or --csv lists them all.", of-shown), faint)
	}
}

func verdictMark(v audit.Verdict) string {
	return map[audit.Verdict]string{audit.Violated: "✗", audit.NotMet: "○", audit.CannotTell: "?", audit.Holds: "✓"}[v]
}

// totals says in one line how one case was answered.
func (p *page) totals(all []audit.Tally) {
	var t audit.Tally
	for _, x := range all {
		t.Violated += x.Violated
		t.NotMet += x.NotMet
		t.CannotTell += x.CannotTell
		t.Holds += x.Holds
		t.NoOccasion += x.NoOccasion
	}
	p.heading("In all")
	p.text(tableIndent, fmt.Sprintf("%d violated, %d not met, %d cannot tell, %d hold; for %d there was no occasion.",
		t.Violated, t.NotMet, t.CannotTell, t.Holds, t.NoOccasion), ordinary)
}

// CSV writes one row for each finding.
func (v *Answered) CSV(w io.Writer) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"case", "constraint", "template", "verdict", "basis", "articles", "as_if_in_force", "says", "because", "events"}}
	for _, f := range v.Findings {
		ids := []string{}
		for _, e := range f.Events {
			ids = append(ids, e.ID)
		}
		rows = append(rows, []string{
			f.Case, f.Constraint, string(f.Template), string(f.Verdict), string(f.Basis), strings.Join(f.Articles, "; "),
			strings.Join(f.AsIf, "; "), f.Says, f.Because, strings.Join(ids, " "),
		})
	}
	return c.WriteAll(rows)
}
