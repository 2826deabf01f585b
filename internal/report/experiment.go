package report

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"rogatory/internal/measure"
)

// Experiment is what an experiment came to. It is all worked out before it comes here.
type Experiment struct {
	ID           string             `json:"id"`
	Title        string             `json:"title"`
	Says         string             `json:"says"`
	Seed         string             `json:"seed"`
	Replications int                `json:"replications"`
	Complete     bool               `json:"complete"`
	Cases        int                `json:"cases"`
	Events       int                `json:"events"`
	Base         string             `json:"base"` // what the arms are held against
	Arms         []string           `json:"arms"`
	ArmsSay      []ArmLine          `json:"arms_say"` // of those that have rows; the tornado's have a picture
	Figures      []ExperimentFigure `json:"figures"`
	Where        string             `json:"where,omitempty"`
	Plots        []Plot             `json:"-"`
	Assumptions  []Assumption       `json:"assumptions"`
	Caveat       string             `json:"caveat"`
}

// ArmLine is what an arm is, in words.
type ArmLine struct {
	Name string `json:"arm"`
	Says string `json:"says"`
}

// Compares reports whether there is an arm to hold against the base.
func (x *Experiment) Compares() bool { return len(x.ArmsSay) > 1 }

// ExperimentFigure is one figure under every arm.
type ExperimentFigure struct {
	ID      string       `json:"id"`
	Says    string       `json:"says"`
	Unit    measure.Unit `json:"unit"`
	Kind    measure.Kind `json:"kind"`
	Letters string       `json:"rests_on"`
	Price   bool         `json:"price"`
	Rows    []EffectRow  `json:"rows"`
}

// EffectRow is a figure under one arm: its level and its paired difference from the base, each with its 95% interval.
// What is undefined is null.
type EffectRow struct {
	Arm        string   `json:"arm"`
	N          int      `json:"n"` // replications
	Level      *float64 `json:"level"`
	LevelLow   *float64 `json:"level_low"`
	LevelHigh  *float64 `json:"level_high"`
	LevelBy    string   `json:"level_by"` // t, log-t, logit-t, none-seen or same
	Effect     *float64 `json:"effect"`
	EffectLow  *float64 `json:"effect_low"`
	EffectHigh *float64 `json:"effect_high"`
	EffectBy   string   `json:"effect_by"` // t, or same
	BootLow    *float64 `json:"boot_low"`
	BootHigh   *float64 `json:"boot_high"`
	Thin       bool     `json:"thin"`  // the effect shows in fewer than five replications, and not in others
	Clear      bool     `json:"clear"` // the interval of the effect leaves out zero, and is not thin
}

// intervalsSay is what a reader has to know of every interval.
const intervalsSay = "Intervals hold the chance of the simulation, not the uncertainty of parameters. The change of a share is in percentage points. That of a change is Student's t; that of a level is worked out on the scale of its logarithm or log-odds, so that it stays within what the figure can be. \"Same in all\" says that every replication gave the same, which proves no certainty; \"thin\", that the change shows in fewer than five replications and not in others, so that its interval is too narrow."

// LevelSpread is the interval of a level in words.
func (r EffectRow) LevelSpread(u measure.Unit) string {
	return spread(r.LevelLow, r.LevelHigh, r.LevelBy, false, u)
}

// EffectSpread is the interval of a change in words.
func (r EffectRow) EffectSpread(u measure.Unit) string {
	return spread(r.EffectLow, r.EffectHigh, r.EffectBy, r.Thin, changeOf(u))
}

// changeOf is the unit of a difference: of two shares it is percentage points.
func changeOf(u measure.Unit) measure.Unit {
	if u == measure.Share {
		return measure.Points
	}
	return u
}

// headed adds to the head of a column the unit that its figures do not carry themselves.
func headed(head string, u measure.Unit) string {
	if u == measure.Share || u == measure.Count {
		return head
	}
	return head + ", " + string(u)
}

func spread(low, high *float64, by string, thin bool, u measure.Unit) string {
	switch {
	case by == "same":
		return "same in all"
	case by != "" && (low == nil || high == nil):
		return "one value alone"
	case thin:
		return between(low, high, u) + ", thin"
	}
	return between(low, high, u)
}

// Assumption is a parameter as a reader must know it.
type Assumption struct {
	ID     string  `json:"id"`
	Says   string  `json:"says"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Letter string  `json:"basis"`
	Source string  `json:"source"`
	Low    float64 `json:"sweep_low"`
	High   float64 `json:"sweep_high"`
}

// Plot is a picture with what to see in it.
type Plot struct {
	Name  string // of the file, without .svg
	Title string
	Words string // a paragraph in plain words
	SVG   []byte
}

// Terminal writes the table of effects.
func (x *Experiment) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(x.Title)
	p.text(0, x.Says, ordinary)
	p.blank()
	state := ""
	if !x.Complete {
		state = "; not complete"
	}
	p.text(0, fmt.Sprintf("%s letters and %s events in %s of %s, seed %s%s. Mean over replications, with its 95%% interval; every arm meets the same letters, so a change is the paired difference from %s.",
		grouped(x.Cases), grouped(x.Events), count(x.Replications, "replication", "replications"), count(len(x.Arms), "arm", "arms"), x.Seed, state, x.Base), faint)
	if x.Compares() {
		p.heading("The arms")
		var rows [][]cell
		for _, a := range x.ArmsSay {
			rows = append(rows, []cell{c(a.Name).in(strong), c(a.Says)})
		}
		p.table([]column{{head: "arm", fixed: true}, {head: "what it is"}}, rows)
	}
	for _, f := range x.Figures {
		p.heading(f.ID)
		price := ""
		if f.Price {
			price = " The price of the rest."
		}
		p.text(tableIndent, fmt.Sprintf("%s (%s; %s; rests on %s).%s", sentenceCase(f.Says), f.Unit, f.Kind, f.Letters, price), faint)
		var rows [][]cell
		for _, r := range f.Rows {
			ink := ordinary
			if r.Clear {
				ink = strong
			}
			row := []cell{c(r.Arm), c(quantity(r.Level, f.Unit)), c(r.LevelSpread(f.Unit)).in(faint)}
			if x.Compares() {
				row = append(row, c(signed(r.Effect, f.Unit)).in(ink), c(r.EffectSpread(f.Unit)).in(faint))
			}
			rows = append(rows, row)
		}
		columns := []column{{head: "arm"}, {head: headed("level", f.Unit), fixed: true, right: true}, {head: "95%", fixed: true, right: true}}
		if x.Compares() {
			columns = append(columns, column{head: headed("change", changeOf(f.Unit)), fixed: true, right: true}, column{head: "95%", fixed: true, right: true})
		}
		p.table(columns, rows)
	}
	p.blank()
	p.text(0, "Rests on: P published, T published of another population, D derived, A assumed; - follows from the rule alone. An image restates an assumption and is never a finding. "+intervalsSay, faint)
	if x.Where != "" {
		p.text(0, "Kept in "+x.Where+": report.html, effects.csv, cases.parquet, events.parquet, measures.parquet, manifest.json, codebook.md, CITATION.cff, plots.", ordinary)
	}
	p.caveat(x.Caveat)
	return p.print(w)
}

// quantity writes a number as its unit is read: a share in percent, a difference of shares in percentage points, days to a tenth.
func quantity(v *float64, u measure.Unit) string {
	if v == nil {
		return "undefined"
	}
	return inFigures(*v, u, false)
}

func signed(v *float64, u measure.Unit) string {
	if v == nil {
		return ""
	}
	return inFigures(*v, changeOf(u), true)
}

func between(low, high *float64, u measure.Unit) string {
	if low == nil || high == nil {
		return ""
	}
	return inFigures(*low, u, false) + " to " + inFigures(*high, u, false)
}

func inFigures(v float64, u measure.Unit, sign bool) string {
	digits := 1
	if u == measure.Share || u == measure.Points {
		v *= 100
		if math.Abs(v) < 10 {
			digits = 2
		}
	}
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	} else if sign && v > 0 {
		s = "+" + s
	}
	if u == measure.Share {
		s += "%"
	}
	return s
}

// grouped writes a count in groups of three.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
