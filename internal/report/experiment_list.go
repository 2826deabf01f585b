package report

import (
	"fmt"
	"io"

	"rogatory/internal/measure"
)

// Designs is the designs that ship, and what a design may name.
type Designs struct {
	Designs    []DesignLine `json:"designs"`
	Parameters []Assumption `json:"parameters"`
	Figures    []string     `json:"outcomes"`
	Simulated  []Outcome    `json:"simulated"` // those outcomes that are no measures of the catalogue
	Caveat     string       `json:"caveat"`
}

// Outcome is a figure of a simulation alone.
type Outcome struct {
	ID   string       `json:"id"`
	Says string       `json:"says"`
	Unit measure.Unit `json:"unit"`
}

// DesignLine is one design.
type DesignLine struct {
	ID           string  `json:"id"`
	Title        string  `json:"title"`
	Says         string  `json:"says"`
	Arms         int     `json:"arms"`
	Replications int     `json:"replications"`
	Years        float64 `json:"years"`
}

// Terminal lists them.
func (d *Designs) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("Designs")
	var rows [][]cell
	for _, x := range d.Designs {
		rows = append(rows, []cell{c(x.ID).in(strong), c(x.Title), c(fmt.Sprintf("%d arms, %d replications", x.Arms, x.Replications)).in(faint)})
	}
	p.table([]column{{fixed: true}, {}, {}}, rows)
	p.heading("Parameters, each a factor")
	rows = nil
	for _, x := range d.Parameters {
		rows = append(rows, []cell{c(x.ID), c(fmt.Sprintf("%g", x.Value)), c(x.Unit), c(x.Letter).in(faint), c(x.Says).in(faint)})
	}
	p.table([]column{{head: "parameter", fixed: true}, {head: "value", right: true, fixed: true}, {head: "unit", fixed: true}, {head: "basis", fixed: true}, {head: "what it is"}}, rows)
	p.text(tableIndent, "Basis: P published, T published of another population, D derived, A assumed. Units: log is the spread of the logarithm, sd a number of standard deviations; weights are shared out among those of one name. Factors beside these: instruments, safeguards.", faint)
	p.heading("Outcomes")
	rows = nil
	for _, x := range d.Simulated {
		rows = append(rows, []cell{c(x.ID), c(string(x.Unit)), c(x.Says).in(faint)})
	}
	p.table([]column{{head: "outcome", fixed: true}, {head: "unit", fixed: true}, {head: "what it is"}}, rows)
	p.text(tableIndent, fmt.Sprintf("Beside them any of the %s of the catalogue, which gaps G22 tells for one gap; one may name a view: G01.StandingDays@public.",
		count(len(d.Figures)-len(d.Simulated), "measure", "measures")), ordinary)
	p.caveat(d.Caveat)
	return p.print(w)
}
