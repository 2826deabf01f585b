package experiment

import (
	"fmt"
	"math"
	"slices"
	"strings"

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
		if x.arms[a].Tornado == "" {
			out.ArmsSay = append(out.ArmsSay, report.ArmLine{Name: x.arms[a].Name, Says: x.says(x.arms[a])})
		}
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

// says is what an arm is, in words: of the base everything, of any other what sets it apart from the base.
func (x *Experiment) says(a Arm) string {
	base := &x.arms[0]
	if a.Name == base.Name {
		base = nil
	}
	var out []string
	if base == nil || !slices.Equal(a.Setting.Instruments, base.Setting.Instruments) {
		out = append(out, "under "+strings.Join(a.Setting.Instruments, " or "))
	}
	safeguards := func(how string, ids, but []string) {
		for _, id := range ids {
			if s, err := x.Bundle.Safeguard(id); err == nil && !slices.Contains(but, id) { // a design that passed its check names none that is not there
				out = append(out, how+" "+id+", "+s.Name)
			}
		}
	}
	if base == nil {
		safeguards("with", a.Setting.Safeguards, nil)
	} else {
		safeguards("with", a.Setting.Safeguards, base.Setting.Safeguards)
		safeguards("without", base.Setting.Safeguards, a.Setting.Safeguards)
	}
	for _, p := range x.Parameters.List() {
		value := func(of *Arm) float64 {
			if of != nil {
				if v, set := of.Parameters[p.ID]; set {
					return v
				}
			}
			return p.Value
		}
		if v, before := value(&a), value(base); v != before {
			out = append(out, p.Says+": "+inUnit(v, p.Unit)+" in place of "+inUnit(before, p.Unit))
		}
	}
	if len(out) == 0 {
		return "as the base"
	}
	return strings.Join(out, "; ")
}

// inUnit writes a parameter's value as a reader does. Some units name no more than what kind of number it is.
func inUnit(v float64, unit string) string {
	switch unit {
	case "share":
		return fmt.Sprintf("%.4g%%", 100*v)
	case "accounts", "days", "files", "judges", "minutes", "officers", "persons", "requests", "working days", "a year", "for 100 days", "for each no":
		return fmt.Sprintf("%g %s", v, unit)
	}
	return fmt.Sprintf("%g", v)
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
