package policies

import (
	"fmt"
	"slices"
	"strings"
)

// Table is the comparison of all instruments, row by row. It is made from the data, and says where the data differ from
// the table of the research notes and why.
type Table struct {
	Instruments []Instrument `json:"instruments"`
	Rows        []Row        `json:"rows"`
}

// Row is one parameter across the instruments, in the order of Table.Instruments.
type Row struct {
	Key   ParameterKey `json:"key"`
	Cells []Parameter  `json:"cells"`
}

// Difference is a cell that differs from the table of the research notes.
type Difference struct {
	Instrument string       `json:"instrument"`
	Key        ParameterKey `json:"key"`
	Says       string       `json:"says"`
	Why        string       `json:"why"` // empty: the data do not say, which is a fault
}

// comparisonOrder is the order of the columns in the research notes; other instruments follow by name.
var comparisonOrder = []string{"uncc", "budapest", "budapest-2ap", "untoc", "uncac", "un-model-treaty", "eu-e-evidence", "us-mlat",
	"cloud-act", "russia-2021", "narrow-2024", "civil-society"}

// Comparison makes the table.
func (b *Bundle) Comparison() Table {
	ids := slices.Clone(comparisonOrder)
	for _, id := range b.InstrumentIDs() {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	var t Table
	var regimes []*Regime
	for _, id := range ids {
		if r := b.regimes[id]; r != nil {
			regimes = append(regimes, r)
			t.Instruments = append(t.Instruments, Instrument{ID: r.ID, Name: r.Name, Short: r.Short, Status: r.Standing.Says, InForce: r.InForce, Standing: r.Standing})
		}
	}
	for _, key := range ParameterKeys {
		row := Row{Key: key}
		for _, r := range regimes {
			row.Cells = append(row.Cells, r.Parameter(key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Markdown writes the table, and under it why its cells differ from the research notes.
func (t Table) Markdown() string {
	var b strings.Builder
	b.WriteString("| parameter |")
	for _, i := range t.Instruments {
		name := i.ID
		if !i.InForce {
			name += " (not in force)"
		}
		fmt.Fprintf(&b, " %s |", name)
	}
	b.WriteString("\n|" + strings.Repeat("---|", len(t.Instruments)+1) + "\n")
	for _, r := range t.Rows {
		fmt.Fprintf(&b, "| %s |", r.Key)
		for _, c := range r.Cells {
			text := c.String()
			if c.Is == Says {
				text += " [" + string(c.Confidence) + "]"
			}
			fmt.Fprintf(&b, " %s |", strings.ReplaceAll(text, "|", "/"))
		}
		b.WriteString("\n")
	}
	first := true
	for _, d := range t.Differences() {
		if first {
			b.WriteString("\nDifferences from the table of the research notes:\n\n")
			first = false
		}
		fmt.Fprintf(&b, "- %s, %s: %s\n", d.Instrument, d.Key, d.Why)
	}
	return b.String()
}

// Differences lists the cells that say why they differ from the research notes.
func (t Table) Differences() (out []Difference) {
	for _, r := range t.Rows {
		for i, c := range r.Cells {
			if c.Differs != "" {
				out = append(out, Difference{t.Instruments[i].ID, r.Key, c.String(), c.Differs})
			}
		}
	}
	return out
}

// notesRows gives each row of the research notes' table its key, in order.
var notesRows = ParameterKeys

// Against holds the table against that of the research notes, in Markdown, and lists each cell that is of another sort
// there: silent here and not there, or not seen here and said there. Why is empty where the data do not explain it.
func (t Table) Against(notes string) ([]Difference, error) {
	columns, rows := map[string]int{}, 0
	var out []Difference
	for line := range strings.Lines(notes) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|-") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(columns) == 0 {
			if len(cells) != len(comparisonOrder)+1 {
				return nil, fmt.Errorf("the notes have %d columns, want %d", len(cells)-1, len(comparisonOrder))
			}
			for i, id := range comparisonOrder {
				columns[id] = i + 1
			}
			continue
		}
		if rows >= len(notesRows) {
			return nil, fmt.Errorf("the notes have more rows than %d", len(notesRows))
		}
		key := notesRows[rows]
		rows++
		for i, in := range t.Instruments {
			at, ok := columns[in.ID]
			if !ok || at >= len(cells) {
				continue
			}
			cell := strings.TrimSpace(cells[at])
			here := t.Rows[slices.Index(ParameterKeys, key)].Cells[i]
			if like := presenceOf(cell); like != "" && like != here.Is && !(like == Silent && strings.HasPrefix(strings.ToLower(here.Says), "no")) {
				out = append(out, Difference{in.ID, key, cell, here.Differs})
			}
		}
	}
	if rows != len(notesRows) {
		return nil, fmt.Errorf("the notes have %d rows, want %d", rows, len(notesRows))
	}
	return out, nil
}

// presenceOf reads a cell of the notes. A dash, and what leans on another column ("same"), say nothing definite.
func presenceOf(cell string) Presence {
	bare := strings.ToLower(strings.Trim(cell, "* "))
	for _, tag := range []string{" [v]", " [s]", " [u]", " [u?]"} {
		bare = strings.TrimSuffix(bare, tag)
	}
	switch {
	case bare == "" || bare == "no" || strings.HasPrefix(bare, "-") || strings.HasPrefix(bare, "same") || strings.HasPrefix(bare, "no ") ||
		strings.HasPrefix(bare, "not said") || strings.HasPrefix(bare, "none") && bare != "none" && bare != "none named":
		return ""
	case bare == "none" || bare == "none named" || bare == "not regulated":
		return Silent
	case bare == "not seen":
		return NotSeen
	case bare == "not stated":
		return NotStated
	}
	return Says
}
