package experiment

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"rogatory/internal/measure"
	"rogatory/internal/report"
)

// Colours that stay apart in print and for the colour-blind.
var inks = []color.RGBA{{0x1f, 0x5a, 0x92, 0xff}, {0xb4, 0x53, 0x09, 0xff}, {0x2e, 0x7d, 0x4f, 0xff}, {0x7a, 0x3e, 0x8c, 0xff}, {0x8a, 0x1c, 0x2c, 0xff}, {0x4a, 0x55, 0x60, 0xff}}

// plots draws every picture that the result has the data for.
func (r *Result) plots() ([]report.Plot, error) {
	if r.Replications == 0 {
		return nil, nil
	}
	var out []report.Plot
	for _, draw := range []func() (*report.Plot, error){r.effectsPlot, r.byInstrument, r.againstLoad, r.rocPlot, r.survivalPlot, r.tornadoPlot} {
		p, err := draw()
		if err != nil {
			return nil, err
		}
		if p != nil {
			out = append(out, *p)
		}
	}
	return out, nil
}

// picture finishes a plot.
func picture(name, title, words string, p *plot.Plot, height vg.Length) (*report.Plot, error) {
	c := vgsvg.New(22*vg.Centimeter, height)
	p.Draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	return &report.Plot{Name: name, Title: title, Words: words, SVG: accessible(b.Bytes(), title)}, nil
}

var svgOpen = regexp.MustCompile(`<svg[^>]*>`)

// accessible gives a picture a name for those who do not see it, and letters to whoever lacks the fonts it was measured with.
func accessible(svg []byte, title string) []byte {
	svg = bytes.ReplaceAll(svg, []byte("font-family:Liberation Serif"), []byte("font-family:Liberation Serif,Times New Roman,serif"))
	at := svgOpen.FindIndex(svg)
	if at == nil {
		return svg
	}
	open := strings.TrimSuffix(string(svg[at[0]:at[1]]), ">") + ` role="img" aria-label="` + title + `">`
	return slices.Concat(svg[:at[0]], []byte(open), svg[at[1]:])
}

// main is the figure that a design is about: its first outcome.
func (r *Result) main() string { return r.Experiment.Design.Outcomes[0] }

func (r *Result) effects(figure string) (out []Effect) {
	for _, e := range r.Effects {
		if e.Figure == figure && r.Experiment.arms[e.Arm].Tornado == "" {
			out = append(out, e)
		}
	}
	return out
}

// looksAt reports whether some outcome of the design begins so.
func (r *Result) looksAt(prefix string) bool {
	return slices.ContainsFunc(r.Experiment.Design.Outcomes, func(id string) bool { return strings.HasPrefix(id, prefix) })
}

// scale is what differences in a unit are multiplied by to be read, and how that is called.
func scale(u measure.Unit) (float64, string) {
	if u == measure.Share || u == measure.Points {
		return 100, "percentage points"
	}
	return 1, string(u)
}

// dots is a horizontal chart of values with their intervals.
type dots struct {
	names             []string
	values, low, high []float64
}

func (d *dots) add(name string, i Interval, by float64) {
	if i.N == 0 || math.IsInf(i.Low, 0) {
		return
	}
	d.names = append(d.names, name)
	d.values, d.low, d.high = append(d.values, by*i.Mean), append(d.low, by*i.Low), append(d.high, by*i.High)
}

func (d *dots) draw(label string) (*plot.Plot, vg.Length, error) {
	p := plot.New()
	p.X.Label.Text = label
	n := len(d.names)
	xy := make(plotter.XYs, n)
	names := make([]string, n)
	for i := range n {
		y := float64(n - 1 - i)
		names[n-1-i] = d.names[i]
		xy[i] = plotter.XY{X: d.values[i], Y: y}
		bar, err := plotter.NewLine(plotter.XYs{{X: d.low[i], Y: y}, {X: d.high[i], Y: y}})
		if err != nil {
			return nil, 0, err
		}
		bar.Color, bar.Width = inks[0], vg.Points(1.6)
		p.Add(bar)
	}
	points, err := plotter.NewScatter(xy)
	if err != nil {
		return nil, 0, err
	}
	points.GlyphStyle = draw.GlyphStyle{Color: inks[0], Radius: vg.Points(3), Shape: draw.CircleGlyph{}}
	zero, err := plotter.NewLine(plotter.XYs{{X: 0, Y: -0.5}, {X: 0, Y: float64(n) - 0.5}})
	if err != nil {
		return nil, 0, err
	}
	zero.Color, zero.Dashes = inks[5], []vg.Length{vg.Points(3), vg.Points(3)}
	p.Add(zero, points)
	p.NominalY(names...)
	p.Y.Min, p.Y.Max = -0.5, float64(n)-0.5
	return p, vg.Length(n)*0.62*vg.Centimeter + 2.4*vg.Centimeter, nil
}

func (r *Result) effectsPlot() (*report.Plot, error) {
	id := r.main()
	var d dots
	f, _ := FigureOf(id)
	by, unit := scale(f.Unit())
	clear := 0
	for _, e := range r.effects(id) {
		if e.Arm > 0 {
			d.add(e.Name, e.Effect, by)
			clear += int(whether(e.Clear()))
		}
	}
	if len(d.names) == 0 {
		return nil, nil
	}
	p, height, err := d.draw("change in " + id + ", " + unit)
	if err != nil {
		return nil, err
	}
	return picture("effects", "What each arm changes: "+id, fmt.Sprintf(
		"Each dot is the mean change in %s (%s) against %s, over %d replications in which both met the same letters; the bar is its 95%% interval. A dot without a bar changed nothing, or the same in every replication. The intervals of %d of %d arms leave out zero. The figure is %s; it rests on %s. What it costs stands in the tables under days and false-stop.",
		id, f.Says(), r.Experiment.arms[0].Name, r.Replications, clear, len(d.names), kindInWords(f.Kind()), basesInWords(r.Experiment.lettersOf(f))), p, height)
}

func kindInWords(k measure.Kind) string {
	switch k {
	case measure.Structural:
		return "structural: it follows from the rule"
	case measure.Image:
		return "an image of an assumption, and never a finding"
	case measure.Emergent:
	}
	return "emergent: it comes out of the interplay"
}

func basesInWords(letters string) string {
	if letters == "-" || letters == "" {
		return "no parameter"
	}
	var out []string
	for _, l := range letters {
		out = append(out, map[rune]string{'P': "published", 'T': "transferred", 'D': "derived", 'A': "assumed"}[l])
	}
	return strings.Join(out, ", ") + " parameters"
}

// byInstrument shows the level of the main figure under each instrument.
func (r *Result) byInstrument() (*report.Plot, error) {
	id := r.main()
	f, _ := FigureOf(id)
	by, unit := scale(f.Unit())
	if f.Unit() == measure.Share {
		unit = "percent"
	}
	var d dots
	for _, e := range r.effects(id) {
		a, base := r.Experiment.arms[e.Arm], r.Experiment.arms[0]
		if e.Arm > 0 && slices.Equal(a.Setting.Instruments, base.Setting.Instruments) {
			continue
		}
		d.add(strings.Join(a.Setting.Instruments, " or "), e.Level, by)
	}
	if len(d.names) < 2 {
		return nil, nil
	}
	p, height, err := d.draw(id + ", " + unit)
	if err != nil {
		return nil, err
	}
	return picture("instruments", "The same letters under each instrument: "+id, fmt.Sprintf(
		"Each dot is the level of %s (%s) when every letter goes under that instrument, with its 95%% interval over %d replications. The letters, the States and what officers find are the same; only the text differs. An instrument that is silent on a ground leaves nothing to raise, which is not the same as approving.",
		id, f.Says(), r.Replications), p, height)
}

// curve adds a line to a plot, with its name in the legend.
func curve(p *plot.Plot, n int, name string, xy plotter.XYs, marks bool) error {
	line, points, err := plotter.NewLinePoints(xy)
	if err != nil {
		return err
	}
	line.Color, line.Width = inks[n%len(inks)], vg.Points(1.6)
	if n >= len(inks) {
		line.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
	}
	points.Color, points.Shape, points.Radius = inks[n%len(inks)], draw.CircleGlyph{}, vg.Points(2.5)
	p.Add(line)
	if marks {
		p.Add(points)
	}
	p.Legend.Add(name, line)
	return nil
}

// againstLoad shows detection over the load that officers felt, by the arms that change staff.
func (r *Result) againstLoad() (*report.Plot, error) {
	lines := map[string]plotter.XYs{}
	var order []string
	for a, arm := range r.Experiment.arms {
		if !strings.Contains(arm.Name, "staff.scale=") || arm.Tornado != "" {
			continue
		}
		name := strings.Trim(regexp.MustCompile(`staff\.scale=[0-9.]+(, )?`).ReplaceAllString(arm.Name, ""), ", ")
		looked, _, _ := series(r.Summaries, a, "detection", r.Replications)
		waits, _, _ := series(r.Summaries, a, "wait", r.Replications)
		if len(looked) == 0 || len(waits) == 0 {
			return nil, nil
		}
		if lines[name] == nil {
			order = append(order, name)
		}
		lines[name] = append(lines[name], plotter.XY{X: stat.Mean(waits, nil), Y: 100 * stat.Mean(looked, nil)})
	}
	if len(order) == 0 {
		return nil, nil
	}
	p := plot.New()
	p.X.Label.Text, p.Y.Label.Text = "mean days a letter waits for an officer", "improper letters refused, percent"
	p.Legend.Top = true
	for n, name := range order {
		slices.SortFunc(lines[name], func(a, b plotter.XY) int { return int(math.Copysign(1, a.X-b.X)) })
		if err := curve(p, n, name, lines[name], true); err != nil {
			return nil, err
		}
	}
	p.Y.Min = 0
	return picture("load", "Detection against load", fmt.Sprintf(
		"Each point is a level of staff, its place to the right the days a letter then waits, its height the improper letters refused, over %d replications. The days come out of the queue. How much is found is an image of an assumption, the exponent with which scrutiny shrinks: with an exponent of 0 load takes nothing from it, and the slope is gone. Rests on assumed parameters; no data exist on either.", r.Replications), p, 11*vg.Centimeter)
}

// rocPlot shows what share of improper letters and of honest ones lies beyond each threshold of evidence.
func (r *Result) rocPlot() (*report.Plot, error) {
	if !r.looksAt("detection") {
		return nil, nil
	}
	p := plot.New()
	p.X.Label.Text, p.Y.Label.Text = "honest letters beyond the threshold, percent", "improper letters beyond the threshold, percent"
	p.Legend.Left, p.Legend.Top = true, true
	drawn := 0
	for a, arm := range r.Experiment.arms {
		if a > 0 && (arm.Parameters["camouflage.share"] == 0 || arm.Tornado != "" || strings.Contains(arm.Name, ", ")) {
			continue
		}
		xy := roc(r.Summaries[a])
		if xy == nil {
			continue
		}
		if err := curve(p, drawn, arm.Name, xy, false); err != nil {
			return nil, err
		}
		drawn++
	}
	if drawn == 0 {
		return nil, nil
	}
	if err := curve(p, 5, "no evidence at all", plotter.XYs{{X: 0, Y: 0}, {X: 100, Y: 100}}, false); err != nil {
		return nil, err
	}
	return picture("roc", "What evidence can tell apart (ROC)", "Each point of a curve is a threshold of belief: how many improper letters lie beyond it, and how many honest ones. It is drawn from the evidence that scrutiny would show, before load and before anybody uses a ground. The spread of that evidence is assumed (A), because no figure is published on it; so the curve is the assumption made visible, and not a finding.", p, 11*vg.Centimeter)
}

func roc(all []*Summary) plotter.XYs {
	var honest, improper [scoreBins]int
	h, i := 0, 0
	for _, s := range all {
		for b := range scoreBins {
			honest[b] += s.Evidence.Honest[b]
			improper[b] += s.Evidence.Improper[b]
			h += s.Evidence.Honest[b]
			i += s.Evidence.Improper[b]
		}
	}
	if h == 0 || i == 0 {
		return nil
	}
	xy := plotter.XYs{{}}
	x, y := 0, 0
	for b := scoreBins - 1; b >= 0; b-- {
		x += honest[b]
		y += improper[b]
		xy = append(xy, plotter.XY{X: 100 * float64(x) / float64(h), Y: 100 * float64(y) / float64(i)})
	}
	return xy
}

// survivalPlot shows the share of secrets that still stand after so many days (Kaplan and Meier), by arm.
func (r *Result) survivalPlot() (*report.Plot, error) {
	if !r.looksAt("secret.") {
		return nil, nil
	}
	p := plot.New()
	p.X.Label.Text, p.Y.Label.Text = "days since the secret was imposed", "secrets that still stand, percent"
	p.Y.Min, p.Y.Max = 0, 100
	drawn := 0
	for a, arm := range r.Experiment.arms {
		relevant := slices.ContainsFunc(arm.Setting.Safeguards, func(s string) bool { return s == "L02" || s == "L03" })
		if arm.Tornado != "" || a > 0 && !relevant && r.Experiment.Design.ID != "secrecy" || drawn >= 8 {
			continue
		}
		xy := survival(r.Summaries[a])
		if xy == nil {
			continue
		}
		if err := curve(p, drawn, arm.Name, xy, false); err != nil {
			return nil, err
		}
		drawn++
	}
	if drawn == 0 {
		return nil, nil
	}
	return picture("secrecy", "How long a secret stands", fmt.Sprintf(
		"The height of a curve is the share of secrets that still stand so many days after they were imposed; those still standing when observation ended, after %d days of the case, are counted up to then and not as ended (Kaplan and Meier). Where the requested State's law sets no end and nobody has to say that the need is over, the curve levels out. The level rests on assumed habits of lifting (A); that there is no end is the rule itself.", r.Experiment.Design.Watch), p, 11*vg.Centimeter)
}

func survival(all []*Summary) plotter.XYs {
	type step struct{ left, ended int }
	at := map[int]step{}
	total := 0
	for _, s := range all {
		for i, x := range s.Secrets {
			next := 0
			if i+1 < len(s.Secrets) {
				next = s.Secrets[i+1].AtRisk
			}
			v := at[x.Day]
			v.left += x.AtRisk - next
			v.ended += x.Ended
			at[x.Day] = v
			total += x.AtRisk - next
		}
	}
	if total == 0 {
		return nil
	}
	var days []int
	for d := range at {
		days = append(days, d)
	}
	slices.Sort(days)
	share, xy := 1.0, plotter.XYs{{X: 0, Y: 100}}
	for _, d := range days {
		before := share
		share *= 1 - float64(at[d].ended)/float64(total)
		total -= at[d].left
		if share != before {
			xy = append(xy, plotter.XY{X: float64(d), Y: 100 * before}, plotter.XY{X: float64(d), Y: 100 * share})
		}
	}
	return append(xy, plotter.XY{X: float64(days[len(days)-1]), Y: 100 * share})
}

// tornadoPlot shows how far each swept parameter pulls the main figure.
func (r *Result) tornadoPlot() (*report.Plot, error) {
	id := r.main()
	f, _ := FigureOf(id)
	by, unit := scale(f.Unit())
	type pull struct {
		name      string
		low, high float64
	}
	at := map[string]*pull{}
	var pulls []*pull
	for _, e := range r.Effects {
		a := r.Experiment.arms[e.Arm]
		if e.Figure != id || a.Tornado == "" || e.Effect.N == 0 {
			continue
		}
		if at[a.Tornado] == nil {
			at[a.Tornado] = &pull{name: a.Tornado}
			pulls = append(pulls, at[a.Tornado])
		}
		if a.End < 0 {
			at[a.Tornado].low = by * e.Effect.Mean
		} else {
			at[a.Tornado].high = by * e.Effect.Mean
		}
	}
	if len(pulls) == 0 {
		return nil, nil
	}
	reach := func(p *pull) float64 { return math.Max(math.Abs(p.low), math.Abs(p.high)) }
	slices.SortStableFunc(pulls, func(a, b *pull) int {
		switch {
		case reach(a) < reach(b):
			return -1
		case reach(a) > reach(b):
			return 1
		}
		return strings.Compare(b.name, a.name)
	})
	p := plot.New()
	p.X.Label.Text = "change in " + id + ", " + unit
	names := make([]string, len(pulls))
	for i, q := range pulls {
		names[i] = q.name
		for n, v := range []float64{q.low, q.high} {
			bar, err := plotter.NewLine(plotter.XYs{{X: 0, Y: float64(i)}, {X: v, Y: float64(i)}})
			if err != nil {
				return nil, err
			}
			bar.Color, bar.Width = inks[n], vg.Points(9-3*float64(n))
			p.Add(bar)
			if i == 0 {
				p.Legend.Add([]string{"low end of the sweep", "high end"}[n], bar)
			}
		}
	}
	p.NominalY(names...)
	p.Y.Min, p.Y.Max = -0.5, float64(len(pulls))-0.5
	return picture("tornado", "Which assumption pulls most: "+id, fmt.Sprintf(
		"Each bar is how far %s moves when one parameter is set to the low or high end of its sweep and all others are left as they are; the widest stand on top. This is the uncertainty of parameters, which the intervals elsewhere do not hold. %s pulls most. A figure should be quoted only together with the parameters at the top of this chart.",
		id, pulls[len(pulls)-1].name), p, vg.Length(len(pulls))*0.7*vg.Centimeter+2.6*vg.Centimeter)
}
