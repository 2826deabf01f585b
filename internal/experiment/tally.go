package experiment

import (
	"cmp"
	"math"
	"slices"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/simulation"
)

// Part is what one figure came to in one replication of one arm.
type Part struct {
	Figure string  `json:"figure"`
	Part   float64 `json:"part"`  // of a share or mean the sum; of a quantile, a quotient or a measure the figure itself
	Whole  float64 `json:"whole"` // over how many, of a measure cases; 0: the figure is undefined
	Untold int     `json:"untold,omitempty"`
}

// Value is the figure, and whether it is defined. One case that a view cannot tell leaves the whole untold.
func (p Part) Value() (float64, bool) {
	f, _ := FigureOf(p.Figure)
	switch {
	case p.Whole == 0 || p.Untold > 0:
		return 0, false
	case f.Outcome == nil || f.Outcome.whole():
		return p.Part, true
	}
	return p.Part / p.Whole, true
}

// Step is one step of a survival curve: how many secrets stood at least so many days, and how many ended on that day.
type Step struct {
	Day    int `json:"day"`
	AtRisk int `json:"at_risk"`
	Ended  int `json:"ended"`
}

// Evidence is the score of decided letters, for the curve of detection over false stops.
type Evidence struct {
	Honest   []int `json:"honest"` // letters by tenth of a standard deviation, from -4 to 6
	Improper []int `json:"improper"`
}

const (
	scoreFrom, scoreTo = -4, 6
	scoreBins          = (scoreTo - scoreFrom) * 10
)

// tally adds up the counted cases of a replication.
type tally struct {
	figures []Figure
	ids     []string
	parts   []Part
	samples [][]float64  // of quantiles
	against [][2]float64 // part and whole of the second mean of a quotient
	spans   map[int][2]int
	scores  Evidence
	// gathered are the measures, by view.
	gathered map[measure.View]*measure.Gathering
}

func newTally(ids []string) *tally {
	t := &tally{spans: map[int][2]int{}, scores: Evidence{make([]int, scoreBins), make([]int, scoreBins)}, gathered: map[measure.View]*measure.Gathering{}}
	wanted := map[measure.View][]string{}
	for _, id := range withPrices(ids) {
		f, ok := FigureOf(id)
		if !ok {
			continue // a design that passed its check names none such
		}
		t.figures, t.ids, t.parts = append(t.figures, f), append(t.ids, id), append(t.parts, Part{Figure: id})
		t.samples, t.against = append(t.samples, nil), append(t.against, [2]float64{})
		if f.Measure != nil {
			wanted[f.View] = append(wanted[f.View], f.Measure.ID)
		}
	}
	for view, of := range wanted {
		t.gathered[view] = measure.Gather(of...)
	}
	return t
}

// withPrices adds what is always reported beside an effect.
func withPrices(ids []string) []string {
	out := slices.Clone(ids)
	for _, id := range slices.Concat(prices, []string{"input.improper", "input.secret", "input.produced", "input.denied", "input.returned", "input.urgent", "days.all"}) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// add counts a case.
func (t *tally) add(r *Row, e *simulation.Ended, st func() *measure.Stipulated) {
	for i, f := range t.figures {
		if f.Outcome == nil || !f.Outcome.counts(r) {
			continue
		}
		if f.Outcome.against != nil {
			if part, whole := f.Outcome.against(r); whole != 0 {
				t.against[i][0] += part
				t.against[i][1] += whole
			}
		}
		part, whole := f.Outcome.of(r)
		if whole == 0 {
			continue
		}
		if f.Outcome.Quantile > 0 {
			t.samples[i] = append(t.samples[i], part)
		}
		t.parts[i].Part += part
		t.parts[i].Whole += whole
	}
	for _, s := range r.durations {
		n := t.spans[s.days]
		n[0]++
		if s.ended {
			n[1]++
		}
		t.spans[s.days] = n
	}
	if len(t.gathered) > 0 {
		t.measures(e.Events, st())
	}
	if r.Channel != string(mla.Formal) {
		return
	}
	bin := min(max(int((r.score-scoreFrom)*10), 0), scoreBins-1)
	if r.Abusive {
		t.scores.Improper[bin]++
	} else {
		t.scores.Honest[bin]++
	}
}

// measures is the one place that hangs on how measures are computed: as the catalogue says, over all cases of the unit.
func (t *tally) measures(events []mla.Event, st *measure.Stipulated) {
	for view, g := range t.gathered {
		given := st
		if view != measure.Omniscient {
			given = nil
		}
		g.Read(events, view, given)
	}
}

// done returns the parts, with quantiles, quotients and measures in place.
func (t *tally) done() []Part {
	values := map[measure.View]map[string]measure.Value{}
	for view, g := range t.gathered {
		values[view] = g.Values()
	}
	for i, f := range t.figures {
		switch o := f.Outcome; {
		case o == nil:
			v, p := values[f.View][f.Measure.ID], &t.parts[i]
			if p.Untold = t.gathered[f.View].Untold(f.Measure.ID); v.Defined {
				p.Part, p.Whole = v.Number, float64(v.Cases)
			}
		case o.against != nil:
			p, second := &t.parts[i], t.against[i]
			if p.Whole == 0 || second[0] == 0 {
				p.Part, p.Whole = 0, 0
				continue
			}
			p.Part = 1 - p.Part/p.Whole/(second[0]/second[1])
		case o.Quantile > 0 && len(t.samples[i]) > 0:
			t.parts[i].Part = quantile(t.samples[i], o.Quantile)
		}
	}
	return t.parts
}

// quantile sorts samples and returns the least that so many of them do not exceed; where two are, what is halfway.
func quantile(samples []float64, q float64) float64 {
	slices.Sort(samples)
	at := q * float64(len(samples))
	low := max(0, int(math.Ceil(at))-1)
	high := min(len(samples)-1, int(math.Floor(at)))
	return (samples[low] + samples[high]) / 2
}

// survival lists the days on which secrets ended or went out of sight, with how many stood until then.
func (t *tally) survival() []Step {
	var out []Step
	left := 0
	for day, n := range t.spans {
		out = append(out, Step{Day: day, Ended: n[1], AtRisk: n[0]})
		left += n[0]
	}
	slices.SortFunc(out, func(a, b Step) int { return cmp.Compare(a.Day, b.Day) })
	for i := range out {
		out[i].AtRisk, left = left, left-out[i].AtRisk
	}
	return out
}
