package report

import (
	"io"
	"strings"
)

// Style says how text is laid out for a terminal.
type Style struct {
	Width  int  // in cells; kept between 60 and 100
	Colour bool // the reader is a terminal that shows it
}

// Bounds of a page's width: what can be read without a search for the next line.
const (
	narrowest = 60
	widest    = 100
)

// ink is how a text is set where the reader sees colour.
type ink string

const (
	ordinary ink = ""
	strong   ink = "1"
	faint    ink = "2"
	alarming ink = "31"
	good     ink = "32"
	notable  ink = "33"
)

// page collects lines.
type page struct {
	width  int
	colour bool
	b      strings.Builder
}

func newPage(s Style) *page {
	w := s.Width
	if w == 0 {
		w = widest
	}
	return &page{width: min(max(w, narrowest), widest), colour: s.Colour}
}

// print writes the page out.
func (p *page) print(w io.Writer) error {
	_, err := io.WriteString(w, p.b.String())
	return err
}

func (p *page) set(s string, i ink) string {
	if !p.colour || i == ordinary || s == "" {
		return s
	}
	return "\x1b[" + string(i) + "m" + s + "\x1b[0m"
}

// heading starts a part of the page.
func (p *page) heading(s string) {
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
	p.b.WriteString(p.set(strings.ReplaceAll(plain(s), nbsp, " "), strong) + "\n")
}

func (p *page) blank() { p.b.WriteByte('\n') }

// text writes a paragraph with an indent.
func (p *page) text(indent int, s string, i ink) {
	for _, line := range wrap(plain(s), p.width-indent) {
		p.b.WriteString(strings.Repeat(" ", indent) + p.set(line, i) + "\n")
	}
}

// item writes a paragraph behind a mark, its further lines under the first.
func (p *page) item(indent int, mark, s string, i ink) {
	hang := indent + cells(mark) + 1
	for n, line := range wrap(plain(s), p.width-hang) {
		lead := strings.Repeat(" ", hang)
		if n == 0 {
			lead = strings.Repeat(" ", indent) + mark + " "
		}
		p.b.WriteString(lead + p.set(line, i) + "\n")
	}
}

// verbatim writes a line as it is, however long: a command must be copied whole.
func (p *page) verbatim(indent int, s string) {
	p.b.WriteString(strings.Repeat(" ", indent) + plain(s) + "\n")
}

// rule parts what is told from what is told next.
func (p *page) rule() {
	p.b.WriteString("\n" + p.set(strings.Repeat("─", p.width), faint) + "\n")
}
