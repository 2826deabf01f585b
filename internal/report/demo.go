package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// Demo is one case run under several instruments; it is the object that `demo --json` prints.
type Demo struct {
	Dir    string   `json:"dir"`
	Runs   []*Run   `json:"runs"`
	Next   []string `json:"next"` // commands to try
	Caveat string   `json:"caveat"`
	// Events are those of all logs, run by run.
	Events [][]mla.Event `json:"-"`
	Took   time.Duration `json:"-"` // of the wall clock
}

// Terminal tells each run in full, sets the runs side by side, and says what to try next.
func (d *Demo) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	for i, r := range d.Runs {
		if i > 0 {
			p.rule()
		}
		p.theCase(r, d.Events[i])
		p.told(r, d.Events[i])
	}
	p.rule()
	p.sideBySide(d)
	p.heading("Next")
	for _, line := range d.Next {
		p.verbatim(tableIndent, line)
	}
	p.caveat(d.Caveat)
	return p.print(w)
}

// sideBySide sets what differs between the runs next to each other.
func (p *page) sideBySide(d *Demo) {
	p.heading("The same request, side by side")
	columns := []column{{}}
	lines := []struct {
		name string
		says func(r *Run, events []mla.Event) cell
	}{
		{"outcome", func(r *Run, _ []mla.Event) cell { return c(outcomeName(r.Outcome)).in(strong) }},
		{"raised", func(r *Run, _ []mla.Event) cell {
			return c(orNone(list(r.named(func(g Ground) bool { return g.Raised }))))
		}},
		{"open on what the authority knew, not raised", func(r *Run, _ []mla.Event) cell {
			return c(orNone(list(r.named(func(g Ground) bool { return g.Holds == mla.Yes && !g.Raised }))))
		}},
		{"open only on what is stipulated", func(r *Run, _ []mla.Event) cell {
			return c(orNone(list(r.named(func(g Ground) bool { return g.Holds != mla.Yes && g.OnStipulated == mla.Yes }))))
		}},
		{"evidence delivered", func(r *Run, _ []mla.Event) cell {
			if r.Days.ToDelivery == nil {
				return c("never")
			}
			return c("after " + count(*r.Days.ToDelivery, "day", "days"))
		}},
		{"bound to silence on the last day", func(_ *Run, events []mla.Event) cell {
			standing, _ := secrets(events)
			standing = slices.DeleteFunc(standing, func(s *secret) bool { return s.lifted != nil })
			return c(orNone(strings.Join(boundBy(standing), ", ")))
		}},
	}
	rows := make([][]cell, len(lines))
	for i, line := range lines {
		rows[i] = append(rows[i], c(line.name))
		for n, r := range d.Runs {
			rows[i] = append(rows[i], line.says(r, d.Events[n]))
		}
	}
	for _, r := range d.Runs {
		columns = append(columns, column{head: r.Regime})
	}
	p.table(columns, rows)
	if d.Took > 0 {
		p.text(tableIndent, legalTime(d.Events)+" of legal time passed in "+strconv.FormatFloat(d.Took.Seconds(), 'f', 1, 64)+" s.", faint)
	}
}

func boundBy(orders []*secret) []string {
	var out []string
	for _, s := range orders {
		out = append(out, someone(s.on))
	}
	return out
}

// legalTime says how much legal time the runs span.
func legalTime(runs [][]mla.Event) string {
	days := 0
	for _, events := range runs {
		if len(events) > 0 {
			days += dayOf(events[len(events)-1].At, events[0].At)
		}
	}
	return count(days, "day", "days")
}

// named lists the grounds of a kind.
func (r *Run) named(which func(Ground) bool) []string {
	var out []string
	for _, g := range r.Grounds {
		if which(g) {
			out = append(out, g.Name())
		}
	}
	return out
}
