package report

import (
	"fmt"
	"io"
)

// Designs is the designs that ship, and what a design may name.
type Designs struct {
	Designs    []DesignLine `json:"designs"`
	Parameters []Assumption `json:"parameters"`
	Figures    []string     `json:"outcomes"`
	Caveat     string       `json:"caveat"`
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
	p.blank()
	p.heading("Parameters, each a factor")
	rows = nil
	for _, x := range d.Parameters {
		rows = append(rows, []cell{c(x.ID), c(fmt.Sprintf("%g", x.Value)), c(x.Letter).in(faint), c(x.Says).in(faint)})
	}
	p.table([]column{{head: "parameter", fixed: true}, {head: "value", right: true, fixed: true}, {head: "basis", fixed: true}, {head: "what it is"}}, rows)
	p.blank()
	p.heading("Outcomes")
	p.text(tableIndent, list(d.Figures)+". A measure may name a view: G01.StandingDays@public.", ordinary)
	p.blank()
	p.text(0, "Basis: P published, T published of another population, D derived, A assumed. Factors beside these: instruments, safeguards.", faint)
	p.caveat(d.Caveat)
	return p.print(w)
}
