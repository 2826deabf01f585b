package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"rogatory/internal/measure"
)

// Measures is every measure of some logs as one observer can compute it; it is the object that `measure --json` prints.
type Measures struct {
	Dir       string   `json:"dir"`
	As        string   `json:"as"` // whose eyes
	Cases     int      `json:"cases"`
	Dashboard []Line   `json:"dashboard"` // empty where only some measures were asked for
	Prices    []string `json:"prices"`    // ids of the measures that stand beside every line
	Figures   []Figure `json:"figures"`
	Caveat    string   `json:"caveat"`
}

// Line is one line of the dashboard: a question, and the ids of the measures that answer it.
type Line struct {
	Asks     string   `json:"asks"`
	Measures []string `json:"measures"`
}

// Figure is one measure with all it takes to trace it: what critics say, the articles, the formula, and the events.
type Figure struct {
	ID          string            `json:"id"`
	Claim       string            `json:"claim"`
	Articles    []string          `json:"articles"`
	Formula     string            `json:"formula"`
	Unit        measure.Unit      `json:"unit"`
	Kind        measure.Kind      `json:"kind"`
	Span        measure.Span      `json:"span"`
	From        []string          `json:"from,omitempty"` // the measures it is made of
	Value       *float64          `json:"value"`          // null where undefined
	Numerator   int               `json:"numerator"`
	Denominator int               `json:"denominator"`
	Cases       int               `json:"cases"`    // that count
	Interval    *measure.Interval `json:"interval"` // of 95 %; null: one case, or a figure that has none
	// Public is the figure that the public can compute, and VisibilityGap how far it is from this one; null: the public
	// cannot compute it, which is the finding.
	Public        *float64     `json:"public"`
	VisibilityGap *float64     `json:"visibility_gap"`
	Lack          measure.Lack `json:"lack,omitempty"`
	Reason        string       `json:"reason,omitempty"`
	Events        []string     `json:"events"` // the first of those it rests on
	Rests         int          `json:"rests"`  // how many it rests on
}

// NewFigure describes a measure, its value, and what the public has of it.
func NewFigure(m measure.Measure, v, public measure.Value) Figure {
	return Figure{
		ID: m.ID, Claim: m.Claim, Articles: m.Articles, Formula: m.Formula, Unit: m.Unit, Kind: m.Kind, Span: m.Span, From: m.From,
		Value: v.Figure(), Numerator: v.Numerator, Denominator: v.Denominator, Cases: v.Cases, Interval: v.Interval,
		Public: public.Figure(), VisibilityGap: measure.VisibilityGap(v, public).Figure(),
		Lack: v.Lack, Reason: v.Reason, Events: append([]string{}, v.Events...), Rests: v.Rests,
	}
}

// NewLines takes the dashboard over.
func NewLines() []Line {
	out := []Line{}
	for _, h := range measure.Dashboard {
		out = append(out, Line(h))
	}
	return out
}

// CSV writes one row for each figure; what is undefined has no value and a reason.
func (m *Measures) CSV(w io.Writer) error {
	rows := csv.NewWriter(w)
	head := []string{"id", "value", "unit", "kind", "span", "numerator", "denominator", "cases", "low", "high", "lack", "reason", "articles", "formula", "rests", "events"}
	if err := rows.Write(head); err != nil {
		return err
	}
	for _, f := range m.Figures {
		low, high := "", ""
		if f.Interval != nil {
			low, high = exactly(f.Interval.Low), exactly(f.Interval.High)
		}
		value := ""
		if f.Value != nil {
			value = exactly(*f.Value)
		}
		row := []string{
			f.ID, value, string(f.Unit), string(f.Kind), string(f.Span), strconv.Itoa(f.Numerator), strconv.Itoa(f.Denominator),
			strconv.Itoa(f.Cases), low, high, string(f.Lack), f.Reason, strings.Join(f.Articles, "; "), f.Formula, strconv.Itoa(f.Rests), strings.Join(f.Events, " "),
		}
		if err := rows.Write(row); err != nil {
			return err
		}
	}
	rows.Flush()
	return rows.Error()
}

func exactly(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// Terminal writes the dashboard, the figures, and why some are undefined; or, of a few measures, all there is to say.
func (m *Measures) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("Measures of " + count(m.Cases, "case", "cases") + " in " + m.Dir + ", as " + m.As)
	if len(m.Dashboard) > 0 {
		p.dashboard(m)
		p.counted(m.Figures)
		p.undefined(m.Figures)
		p.blank()
		p.text(0, "Formula, articles and events of a figure: --only ID; of all: --json, --csv.", faint)
	} else {
		for _, f := range m.Figures {
			p.traced(f)
		}
	}
	p.caveat(m.Caveat)
	return p.print(w)
}

// dashboard writes the ten lines, and under them the price.
func (p *page) dashboard(m *Measures) {
	by := map[string]Figure{}
	for _, f := range m.Figures {
		by[f.ID] = f
	}
	var rows [][]cell
	line := func(asks string, ids []string) {
		for _, id := range ids {
			f := by[id]
			rows = append(rows, []cell{c(asks), c(id), f.written(), f.toThePublic(), c(f.within()).in(faint)})
			asks = ""
		}
	}
	for _, l := range m.Dashboard {
		line(l.Asks, l.Measures)
	}
	line("And the price?", m.Prices)
	p.table([]column{{head: "question"}, {head: "measure", fixed: true}, {head: "figure"}, {head: "public"}, {head: "of, 95 % interval"}}, rows)
	p.text(tableIndent, "Public: what the public can compute of the figure. Needs runs: it compares runs that differ in one thing, which an experiment makes. "+
		"Cannot tell: why is said below; it is no zero. One case has no interval.", faint)
}

// toThePublic is what the public has of a figure that there is.
func (f Figure) toThePublic() cell {
	switch {
	case f.Value == nil:
		return c("")
	case f.Public == nil:
		return c("cannot tell").in(notable)
	}
	return c(amountOf(*f.Public, f.Unit))
}

// counted writes the figures that are defined and not on the dashboard.
func (p *page) counted(all []Figure) {
	p.heading("All figures")
	var rows [][]cell
	for _, f := range all {
		if f.Value != nil {
			rows = append(rows, []cell{c(f.ID), f.written(), c(f.within()).in(faint), c(string(f.Kind)).in(faint)})
		}
	}
	p.table([]column{{head: "measure", fixed: true}, {head: "figure"}, {head: "of, 95 % interval"}, {head: "claim"}}, rows)
	if len(rows) == 0 {
		p.text(tableIndent, "This observer can compute none.", ordinary)
		return
	}
	for _, k := range []measure.Kind{measure.Structural, measure.Image, measure.Emergent} {
		p.item(tableIndent, "·", string(k)+": "+kindName(k)+".", faint)
	}
}

// undefined says why the others are not, each reason once. Undefined is not zero.
func (p *page) undefined(all []Figure) {
	var reasons []string
	ids := map[string][]string{}
	idle := []string{}
	for _, f := range all {
		switch {
		case f.Value != nil:
		case f.Lack == measure.NoneOnRecord:
			idle = append(idle, f.ID)
		default:
			if ids[f.Reason] == nil {
				reasons = append(reasons, f.Reason)
			}
			ids[f.Reason] = append(ids[f.Reason], f.ID)
		}
	}
	if len(reasons) > 0 {
		p.heading("Cannot be told")
	}
	for _, r := range reasons {
		p.item(tableIndent, "?", kindsInWords(r)+": "+strings.Join(ids[r], ", ")+".", ordinary)
	}
	if len(idle) > 0 {
		p.heading("Nothing to count")
		p.text(tableIndent, strings.Join(idle, ", ")+".", faint)
	}
}

// traced writes all there is to say of one figure.
func (p *page) traced(f Figure) {
	p.heading(f.ID)
	k := f.written()
	said := k.text
	if of := f.within(); of != "" {
		said += " (" + of + ")"
	}
	p.text(tableIndent, said, strong)
	if f.Reason != "" {
		p.text(tableIndent, "Because "+kindsInWords(f.Reason)+".", notable)
	}
	p.text(tableIndent, f.Claim, ordinary)
	p.item(tableIndent, "·", "What it counts: "+f.Formula+".", ordinary)
	p.item(tableIndent, "·", "What it is: "+kindName(f.Kind)+"; "+spanName(f.Span)+".", ordinary)
	p.item(tableIndent, "·", "Articles: "+strings.Join(f.Articles, ", ")+".", ordinary)
	if len(f.From) > 0 {
		p.item(tableIndent, "·", "Made of "+list(f.From)+".", ordinary)
	}
	if f.Rests > 0 {
		more := ""
		if f.Rests > len(f.Events) {
			more = " and " + strconv.Itoa(f.Rests-len(f.Events)) + " more"
		}
		p.item(tableIndent, "·", "Rests on "+strings.Join(f.Events, ", ")+more+".", faint)
	}
}

func spanName(s measure.Span) string {
	switch s {
	case measure.Cases:
		return "of one case or many"
	case measure.Card:
		return "of a case; no claim about many"
	case measure.Population:
		return "of many cases"
	case measure.Runs:
		return "of runs that differ in one thing, which an experiment makes"
	}
	return string(s)
}

// written is the figure as a reader meets it.
func (f Figure) written() cell {
	switch {
	case f.Value == nil && f.Span == measure.Runs:
		return c("needs runs").in(faint)
	case f.Value == nil && f.Lack == measure.NoneOnRecord:
		return c("nothing to count").in(faint)
	case f.Value == nil:
		return c("cannot tell").in(notable)
	}
	return c(amountOf(*f.Value, f.Unit))
}

// within is what the figure is over, and how sure it is.
func (f Figure) within() string {
	if f.Value == nil {
		return ""
	}
	of := count(f.Cases, "case", "cases")
	if f.Unit == measure.Share && f.Denominator > 0 {
		of = strconv.Itoa(f.Numerator) + " of " + strconv.Itoa(f.Denominator) + ", " + of
	}
	if f.Interval != nil {
		of += ", " + amountOf(f.Interval.Low, f.Unit) + " to " + amountOf(f.Interval.High, f.Unit)
	}
	return of
}

// amountOf writes a number with its unit.
func amountOf(n float64, u measure.Unit) string {
	if u == measure.Share {
		return percent(n)
	}
	return rounded(n) + unitName(u, n)
}

// rounded writes a number with two decimals, or none where it is whole.
func rounded(n float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 2, 64), ".00")
}
