package experiment

import (
	"math"

	"rogatory/internal/population"
	"rogatory/internal/report"
)

// Told is the result as reports tell it.
func (r *Result) Told(where string) *report.Experiment {
	x := r.Experiment
	out := &report.Experiment{
		ID: x.Design.ID, Title: x.Design.Title, Says: x.Design.Says, Seed: x.Seed, Replications: r.Replications, Complete: r.Complete,
		Base: x.arms[0].Name, Where: where, Caveat: report.Caveat,
	}
	for a := range x.arms {
		out.Arms = append(out.Arms, x.arms[a].Name)
		for _, s := range r.Summaries[a] {
			out.Cases += s.Cases
			out.Events += s.Events
		}
	}
	at := map[string]int{}
	for _, e := range r.Effects {
		i, ok := at[e.Figure]
		if !ok {
			i = len(out.Figures)
			at[e.Figure] = i
			out.Figures = append(out.Figures, report.ExperimentFigure{ID: e.Figure, Says: e.Says, Unit: e.Unit, Kind: e.Kind, Letters: e.Letters, Price: e.Price})
		}
		if x.arms[e.Arm].Tornado != "" {
			continue // the tornado's arms have a picture of their own
		}
		row := report.EffectRow{Arm: e.Name, N: e.Level.N, Clear: e.Clear(), LevelBy: string(e.Level.By), EffectBy: string(e.Effect.By), Thin: e.Effect.Thin}
		if e.Level.N > 0 {
			row.Level, row.LevelLow, row.LevelHigh = finite(e.Level.Mean), finite(e.Level.Low), finite(e.Level.High)
		}
		if e.Effect.N > 0 {
			row.Effect, row.EffectLow, row.EffectHigh = finite(e.Effect.Mean), finite(e.Effect.Low), finite(e.Effect.High)
			row.BootLow, row.BootHigh = finite(e.Effect.BootLow), finite(e.Effect.BootHigh)
		}
		out.Figures[i].Rows = append(out.Figures[i].Rows, row)
	}
	for _, p := range x.Parameters.List() {
		out.Assumptions = append(out.Assumptions, Assumption(p))
	}
	return out
}

// Assumption is a parameter as reports tell it.
func Assumption(p population.Parameter) report.Assumption {
	return report.Assumption{ID: p.ID, Says: p.Says, Value: p.Value, Unit: p.Unit, Letter: p.Basis.Letter(), Source: p.Source, Low: p.Sweep[0], High: p.Sweep[1]}
}

func finite(v float64) *float64 {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return &v
}
