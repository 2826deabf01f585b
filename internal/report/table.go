package report

import "strings"

// cell is a text in a table.
type cell struct {
	text string
	ink  ink
}

func c(s string) cell { return cell{text: s} }

func (k cell) in(i ink) cell { return cell{k.text, i} }

// column is one column of a table. A fixed column is never narrower than its longest text.
type column struct {
	head  string
	fixed bool
	right bool
}

const (
	tableIndent = 2
	columnGap   = 2
)

// table writes rows under their heads. Columns that are not fixed give way, the widest first, and their texts wrap.
func (p *page) table(columns []column, rows [][]cell) {
	if len(rows) == 0 {
		return
	}
	for _, row := range rows {
		for i := range row {
			row[i].text = plain(row[i].text)
		}
	}
	widths := p.widths(columns, rows)
	heads, headed := make([]cell, len(columns)), false
	for i, col := range columns {
		heads[i] = cell{col.head, faint}
		headed = headed || col.head != ""
	}
	if headed {
		p.row(columns, widths, heads)
	}
	for _, row := range rows {
		p.row(columns, widths, row)
	}
}

// widths shares the page out among the columns.
func (p *page) widths(columns []column, rows [][]cell) []int {
	widths, least := make([]int, len(columns)), make([]int, len(columns))
	spare := p.width - tableIndent - columnGap*(len(columns)-1)
	for i, col := range columns {
		widths[i], least[i] = cells(col.head), longest(col.head)
		for _, row := range rows {
			widths[i] = max(widths[i], cells(row[i].text))
			least[i] = max(least[i], longest(row[i].text))
		}
		if col.fixed {
			least[i] = widths[i]
		}
		spare -= widths[i]
	}
	for _, whole := range []bool{true, false} { // at first no word is broken
		for spare < 0 {
			at := -1
			for i, col := range columns {
				floor := least[i]
				if !whole && !col.fixed {
					floor = 2
				}
				if widths[i] > floor && (at < 0 || widths[i] > widths[at]) {
					at = i
				}
			}
			if at < 0 {
				break
			}
			widths[at]--
			spare++
		}
	}
	for i, col := range columns { // no wider than what the lines, now broken, take
		used := 0
		for _, line := range wrap(col.head, widths[i]) {
			used = max(used, cells(line))
		}
		for _, row := range rows {
			for _, line := range wrap(row[i].text, widths[i]) {
				used = max(used, cells(line))
			}
		}
		widths[i] = used
	}
	return widths
}

func (p *page) row(columns []column, widths []int, row []cell) {
	lines, most := make([][]string, len(row)), 1
	for i, k := range row {
		lines[i] = wrap(k.text, widths[i])
		most = max(most, len(lines[i]))
	}
	for n := range most {
		var b strings.Builder
		gap := tableIndent
		for i, k := range row {
			text := ""
			if n < len(lines[i]) {
				text = lines[i][n]
			}
			fill := max(0, widths[i]-cells(text))
			if text == "" {
				gap += fill + columnGap
				continue
			}
			if columns[i].right {
				gap, fill = gap+fill, 0
			}
			b.WriteString(strings.Repeat(" ", gap) + p.set(text, k.ink))
			gap = fill + columnGap
		}
		p.b.WriteString(b.String() + "\n")
	}
}
