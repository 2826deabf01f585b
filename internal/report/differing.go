package report

import (
	"io"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Differing is two subjects held against each other; it is the object that `policies diff --json` prints.
type Differing struct {
	A           Side                     `json:"a"`
	B           Side                     `json:"b"`
	Differences []policies.ParameterDiff `json:"differences"`
	Caveat      string                   `json:"caveat"`
}

// Side is one of them: an instrument, with or without safeguards.
type Side struct {
	Name       string     `json:"name"` // "uncc with L01, L02"
	Instrument Instrument `json:"instrument"`
	Safeguards []string   `json:"safeguards"`
}

// sorts are the parts of a difference, in the order in which they are told.
var sorts = []struct{ sort, heading, head string }{
	{"parameter", "Parameter by parameter", "parameter"},
	{"rule", "Rules that only one of them has, or words otherwise", "rule"},
	{"timer", "Periods", "period"},
	{"term", "Terms that a safeguard sets", "term"},
	{"duty", "Duties that a safeguard asks for", "duty"},
}

// Terminal writes the differences side by side, sort by sort.
func (d *Differing) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(d.A.Name + " and " + d.B.Name)
	sides := []Instrument{d.A.Instrument}
	if d.B.Instrument.ID != d.A.Instrument.ID {
		sides = append(sides, d.B.Instrument)
	}
	p.instruments(sides)
	if len(d.A.Safeguards)+len(d.B.Safeguards) > 0 {
		p.text(tableIndent, "Safeguards are what critics ask for; they are no law in force.", faint)
	}
	if len(d.Differences) == 0 {
		p.text(tableIndent, "There is no difference.", ordinary)
	}
	for _, part := range sorts {
		var rows [][]cell
		for _, x := range d.Differences {
			if x.Sort == part.sort {
				key := x.Key
				if part.sort == "parameter" {
					key = parameterName(policies.ParameterKey(key))
				}
				rows = append(rows, []cell{c(key), c(orDash(x.A)), c(orDash(x.B))})
			}
		}
		if len(rows) == 0 {
			continue
		}
		p.heading(part.heading)
		if part.sort == "rule" {
			p.oneSided(d, rows)
			continue
		}
		p.table([]column{{head: part.head}, {head: d.A.Name}, {head: d.B.Name}}, rows)
	}
	p.caveat(d.Caveat)
	return p.print(w)
}

// oneSided lists the rules that stand on one side only, first those of the one, then those of the other.
func (p *page) oneSided(d *Differing, rows [][]cell) {
	for i, side := range []Side{d.A, d.B} {
		first := true
		for _, row := range rows {
			if row[1+i].text == dash {
				continue
			}
			if first {
				p.text(tableIndent, "Only "+side.Name+":", strong)
				first = false
			}
			where, _, _ := strings.Cut(row[0].text, ", ")
			stage, effect, _ := strings.Cut(where, ": ")
			p.item(2*tableIndent, "·", strings.TrimRight(row[1+i].text, ".")+" ("+stage+", "+effectName(mla.Effect(effect))+").", ordinary)
		}
	}
}

const dash = "–"

func orDash(s string) string {
	if s == "" {
		return dash
	}
	return s
}

// Compared is the comparison of all instruments; it is the object that `policies compare --json` prints.
type Compared struct {
	Table     policies.Table        `json:"table"`
	Explained []policies.Difference `json:"explained"` // cells that say why they differ from the research notes
	Against   []policies.Difference `json:"against"`   // cells that are of another sort in the notes that were given
	Caveat    string                `json:"caveat"`
}

// Unexplained are the cells that differ from the notes, and the data do not say why.
func (v *Compared) Unexplained() (out []policies.Difference) {
	for _, d := range v.Against {
		if d.Why == "" {
			out = append(out, d)
		}
	}
	return out
}

// Terminal writes the comparison as Markdown, whatever the width: it is made to be kept in a file.
func (v *Compared) Terminal(w io.Writer, _ Style) error {
	var b strings.Builder
	b.WriteString(v.Table.Markdown())
	if len(v.Against) > 0 {
		b.WriteString("\nOf another sort in the notes that were given:\n\n")
		for _, d := range v.Against {
			why := d.Why
			if why == "" {
				why = "the data do not say why"
			}
			b.WriteString("- " + d.Instrument + ", " + string(d.Key) + " (there: " + d.Says + "): " + why + "\n")
		}
	}
	b.WriteString("\n" + v.Caveat + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
