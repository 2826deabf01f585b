package experiment

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"rogatory/internal/measure"
	"rogatory/internal/population"
)

// Result is what an experiment came to over the replications of its in-order prefix.
type Result struct {
	Experiment   *Experiment
	Replications int
	Complete     bool         // every replication the design asks for is there
	Summaries    [][]*Summary // by arm, then replication
	Effects      []Effect
}

// Effect is one figure under one arm, and its difference from the first arm, letter for letter the same population.
type Effect struct {
	Arm     int          `json:"-"`
	Name    string       `json:"arm"`
	Figure  string       `json:"figure"`
	Says    string       `json:"says"`
	Unit    measure.Unit `json:"unit"`
	Kind    measure.Kind `json:"kind"`
	Letters string       `json:"rests_on"` // bases of the parameters it leans on most: P, T, D, A
	Level   Interval     `json:"level"`
	// Effect is the paired difference; of the first arm it is empty.
	Effect Interval `json:"effect"`
	Price  bool     `json:"price"` // reported beside every effect
}

// Clear reports whether the interval of a difference leaves out zero, and is not thin.
func (e Effect) Clear() bool {
	return e.Effect.N > 1 && !e.Effect.Thin && (e.Effect.Low > 0 || e.Effect.High < 0)
}

// Letters are the bases of parameters, each once, in the order P, T, D, A.
func Letters(p population.Parameters, ids []string) string {
	var out strings.Builder
	for _, b := range []population.Basis{population.Published, population.Transferred, population.Derived, population.Assumed} {
		if slices.ContainsFunc(ids, func(id string) bool { x, err := p.Get(id); return err == nil && x.Basis == b }) {
			out.WriteString(b.Letter())
		}
	}
	return out.String()
}

// lettersOf gives the letters of a figure. A measure of the catalogue leans on what the population as a whole leans on.
func (x *Experiment) lettersOf(f Figure) string {
	if f.Outcome != nil {
		return Letters(x.Parameters, f.Outcome.Rests)
	}
	if f.Measure.Kind == measure.Structural {
		return "-"
	}
	return string(population.Assumed.Letter())
}

// analyse works out every effect over the first n replications.
func (x *Experiment) analyse(summaries [][]*Summary, n int) []Effect {
	var out []Effect
	for a := range x.arms {
		for _, id := range x.figures() {
			f, _ := FigureOf(id)
			e := Effect{Arm: a, Name: x.arms[a].Name, Figure: id, Says: f.Says(), Unit: f.Unit(), Kind: f.Kind(), Letters: x.lettersOf(f), Price: slices.Contains(prices, id)}
			levels, differences, of := series(summaries, a, id, n)
			e.Level = level(levels, f.support(), of)
			if a > 0 {
				e.Effect = difference(differences)
			}
			out = append(out, e)
		}
	}
	return out
}

// figures lists what is told of: the design's outcomes and the prices.
func (x *Experiment) figures() []string {
	out := slices.Clone(x.Design.Outcomes)
	for _, id := range prices {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// series gives a figure's values in an arm, its differences from the first arm where both are defined, and over how many letters
// the values are together.
func series(summaries [][]*Summary, arm int, id string, n int) (levels, differences []float64, of float64) {
	for r := range n {
		p := summaries[arm][r].part(id)
		v, ok := p.Value()
		if !ok {
			continue
		}
		levels = append(levels, v)
		of += p.Whole
		if base, ok := summaries[0][r].part(id).Value(); ok && arm > 0 {
			differences = append(differences, v-base)
		}
	}
	return levels, differences, of
}

// part is what a figure came to; of one that is not there it is undefined.
func (s *Summary) part(id string) Part {
	if i := slices.IndexFunc(s.Parts, func(p Part) bool { return p.Figure == id }); i >= 0 {
		return s.Parts[i]
	}
	return Part{Figure: id}
}

// stops reports whether an experiment is over after its first n replications: it is judged on them alone, so that it
// stops at the same one whatever was finished beyond.
func (x *Experiment) stops(summaries [][]*Summary, n int) bool {
	d := x.Design
	switch {
	case n < d.Replications:
		return false
	case d.HalfWidth == nil || n >= d.most():
		return true
	}
	worst := 0.0
	for a := range x.arms {
		levels, differences, _ := series(summaries, a, d.HalfWidth.Outcome, n)
		if a == 0 && len(x.arms) > 1 {
			continue
		}
		if a > 0 {
			levels = differences
		}
		worst = math.Max(worst, halfWidth(len(levels), stat.StdDev(levels, nil)))
	}
	return worst <= d.HalfWidth.AtMost
}
