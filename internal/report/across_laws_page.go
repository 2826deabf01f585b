package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/measure"
)

//go:embed across_laws.html
var comparedHTML string

var comparedPage = template.Must(template.New("compared").Funcs(template.FuncMap{
	"style":    style,
	"shared":   func(articles []string) string { return strings.Join(shared(articles), "; ") },
	"sentence": func(s string) string { return sentenceCase(strings.TrimRight(s, ".")) + "." },
	"state":    stateName,
	"heading":  func() string { return useRateHeading },
	"note":     func() string { return useRateNote },
}).Parse(comparedHTML))

// HTML writes the comparison as a document that needs no other file and no script, and prints on A4.
func (c *AcrossLaws) HTML(w io.Writer) error {
	v := comparedView{AcrossLaws: c}
	for at, x := range c.Variants {
		log := comparedLog{ID: lawID(at), Law: x.Name, DayZero: firstDay(x.Events)}
		var stepOf map[string]int
		log.Steps, stepOf = stepsOf(x.Events)
		v.Logs = append(v.Logs, log)
		var row []comparedCell
		for i, l := range c.lines() {
			k := l.says(x)
			row = append(row, comparedCell{Text: k.text, Changed: k.ink == notable, Right: l.right})
			switch {
			case i == 0:
				row[i].To = log.ID
			case l.step != nil && l.step(x, stepOf) > 0:
				row[i].To = stepID(log.ID, l.step(x, stepOf))
			}
		}
		v.Rows = append(v.Rows, row)
		for _, i := range x.Run.Instruments {
			if !slices.ContainsFunc(v.Standing, func(j Instrument) bool { return j.ID == i.ID }) {
				v.Standing = append(v.Standing, i)
			}
		}
	}
	for _, l := range c.lines() {
		v.Heads = append(v.Heads, comparedCell{Text: l.head, Right: l.right})
	}
	for _, view := range comparedViews {
		v.Views = append(v.Views, viewName(view))
	}
	for _, id := range c.Measures {
		if g, ok := c.gap(id); ok {
			v.Tables = append(v.Tables, g)
		}
	}
	var b bytes.Buffer
	if err := comparedPage.Execute(&b, v); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

// comparedView is a comparison as its page tells it.
type comparedView struct {
	*AcrossLaws
	Heads    []comparedCell
	Rows     [][]comparedCell
	Views    []string
	Tables   []comparedGap
	Standing []Instrument
	Logs     []comparedLog
}

type comparedCell struct {
	Text           string
	To             string // place on the page; empty: none
	Changed, Right bool
}

// comparedLog is what happened under one law, step by step.
type comparedLog struct {
	ID, Law, DayZero string
	Steps            []stepView
}

func lawID(variant int) string { return "law-" + strconv.Itoa(variant+1) }

func stepID(law string, n int) string { return law + "-step-" + strconv.Itoa(n) }

// comparedGap is one measure across the variants.
type comparedGap struct {
	ID, Claim, Formula, Kind, Articles string
	Rows                               []comparedFigure
}

// comparedFigure is the measure under one law, with the steps it is counted from.
type comparedFigure struct {
	figureView
	Steps []comparedCell
}

func (c *AcrossLaws) gap(id string) (comparedGap, bool) {
	m, ok := measure.ByID(id)
	if !ok {
		return comparedGap{}, false
	}
	g := comparedGap{ID: id, Claim: m.Claim, Formula: m.Formula, Kind: kindName(m.Kind), Articles: list(m.Articles)}
	for at, v := range c.Variants {
		i := slices.IndexFunc(v.Run.Gaps, func(r measure.Result) bool { return r.ID == id })
		if i < 0 || lack(v.Run.Gaps[i], measure.Omniscient) == measure.NoneOnRecord {
			continue
		}
		row := comparedFigure{figureView: figureView{ID: v.Name}}
		for _, view := range comparedViews {
			row.Cells = append(row.Cells, figureCell{Text: figure(v.Run.Gaps[i], view).text, Known: v.Run.Gaps[i].Views[view] != nil})
		}
		_, stepOf := stepsOf(v.Events)
		for _, n := range measured(m, v.Run.Gaps[i].Values[measure.Omniscient], stepOf).Steps {
			row.Steps = append(row.Steps, comparedCell{Text: strconv.Itoa(n), To: stepID(lawID(at), n)})
		}
		g.Rows = append(g.Rows, row)
	}
	return g, len(g.Rows) > 0
}
