package report

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/measure"
)

// viewName says whose eyes a column of figures is.
func viewName(v measure.View) string {
	switch v {
	case measure.Omniscient:
		return "all-knowing"
	case measure.AuditorFull:
		return "auditor: full"
	case measure.Auditor:
		return "auditor: by law"
	case measure.AuditorNone:
		return "auditor: none"
	case measure.Public:
		return "public"
	}
	return string(v)
}

// views shows each measure as each observer can compute it. A figure that a view cannot compute is not a zero: it is the
// gap. Of the many measures it tells those of the gaps that the case is about and the dashboard's; `measure` tells all.
func (p *page) views(all []measure.Result, gaps string) {
	results := about(all, gaps)
	p.heading("What each observer could see")
	p.text(tableIndent, "The all-knowing observer has what the author of the case stipulates too. An auditor holds the logs with all keys, "+
		"with those that the State's law gives, or with none. The public has what is addressed to it.", faint)
	counted, idle := countable(results)
	columns := []column{{head: "measure", fixed: true}}
	for _, v := range measure.Views {
		columns = append(columns, column{head: viewName(v)})
	}
	var rows [][]cell
	for _, r := range counted {
		row := []cell{c(r.ID)}
		for _, v := range measure.Views {
			row = append(row, figure(r, v))
		}
		rows = append(rows, row)
	}
	p.table(columns, rows)
	p.reasons(counted)
	if len(idle) > 0 {
		p.text(tableIndent, "Nothing to count in this case: "+strings.Join(idle, ", ")+".", faint)
	}
	if more := len(all) - len(results); more > 0 {
		p.text(tableIndent, count(more, "more measure", "more measures")+" of other gaps: --json, or measure on the directory of the run.", faint)
	}
	if len(results) == 0 {
		p.text(tableIndent, "No measure was taken.", ordinary)
	}
}

// about picks the measures of some gaps ("G01, G03") and those of the dashboard.
func about(all []measure.Result, gaps string) []measure.Result {
	return slices.DeleteFunc(slices.Clone(all), func(r measure.Result) bool {
		headline := slices.ContainsFunc(measure.Dashboard, func(h measure.Headline) bool { return slices.Contains(h.Measures, r.ID) })
		return !headline && !strings.Contains(gaps, gapOf(r.ID))
	})
}

// countable parts the measures that count something in a case from those that do not.
func countable(results []measure.Result) (counted []measure.Result, idle []string) {
	for _, r := range results {
		if lack(r, measure.Omniscient) == measure.NoneOnRecord {
			idle = append(idle, r.ID)
			continue
		}
		counted = append(counted, r)
	}
	return counted, idle
}

// lack says why a view has no figure, as far as the result tells.
func lack(r measure.Result, v measure.View) measure.Lack { return r.Values[v].Lack }

func figure(r measure.Result, v measure.View) cell {
	f := r.Views[v]
	switch {
	case f == nil && lack(r, v) == measure.NoneOnRecord:
		return c("nothing to count").in(faint)
	case f == nil:
		return c("cannot tell").in(notable)
	case r.Unit == measure.Share:
		return c(percent(*f))
	}
	return c(rounded(*f) + unitName(r.Unit, *f))
}

// percent writes a share; what is neither none nor all is not rounded to it.
func percent(f float64) string {
	n := math.Round(f * 100)
	switch {
	case n == 0 && f > 0:
		return "under 1 %"
	case n == 100 && f < 1:
		return "over 99 %"
	}
	return strconv.FormatFloat(n, 'f', 0, 64) + nbsp + "%"
}

func unitName(u measure.Unit, n float64) string {
	switch u {
	case measure.Days:
		if n == 1 {
			return " day"
		}
		return " days"
	case measure.Count, measure.Share, measure.Times:
		return ""
	case measure.Points:
		return " (difference of shares)"
	default:
		return " " + string(u)
	}
}

// reasons says why some views have no figure, each reason once, with the gaps it stands in the way of.
func (p *page) reasons(results []measure.Result) {
	type reason struct {
		text  string
		views []string
		gaps  []string
	}
	var all []*reason
	for _, r := range results {
		for _, v := range measure.Views {
			text := kindsInWords(r.Reasons[v])
			if r.Views[v] != nil || text == "" {
				continue
			}
			i := slices.IndexFunc(all, func(x *reason) bool { return x.text == text })
			if i < 0 {
				i = len(all)
				all = append(all, &reason{text: text})
			}
			if name := viewName(v); !slices.Contains(all[i].views, name) {
				all[i].views = append(all[i].views, name)
			}
			if gap := gapOf(r.ID); !slices.Contains(all[i].gaps, gap) {
				all[i].gaps = append(all[i].gaps, gap)
			}
		}
	}
	for _, x := range all {
		p.item(tableIndent, "?", list(x.gaps)+", "+list(x.views)+": "+x.text+".", faint)
	}
}

// gapOf is the part of a measure's id that names the gap.
func gapOf(id string) string {
	gap, _, _ := strings.Cut(id, ".")
	return gap
}

// figures says what the measures of one or more runs count, and what kind of claim each is.
func (p *page) figures(results []measure.Result, gaps string) {
	counted, _ := countable(about(results, gaps))
	if len(counted) == 0 {
		return
	}
	p.heading("What the figures are")
	gap := ""
	for _, r := range counted {
		m, ok := measure.ByID(r.ID)
		if !ok {
			continue
		}
		if m.Gap != gap {
			gap = m.Gap
			p.text(tableIndent, gap+". "+m.Claim, ordinary)
		}
		p.item(2*tableIndent, "·", strings.TrimPrefix(r.ID, gap+".")+" ("+kindName(r.Kind)+"): "+strings.TrimRight(m.Formula, ".")+".", faint)
	}
}

func kindName(k measure.Kind) string {
	switch k {
	case measure.Structural:
		return "follows from the rule"
	case measure.Image:
		return "restates what the case assumes"
	case measure.Emergent:
		return "comes out of the interplay"
	}
	return string(k)
}
