package experiment

import (
	"context"

	"gocloud.dev/blob/memblob"

	"rogatory/internal/population"
	"rogatory/internal/report"
	"rogatory/policies"
)

// target is a figure published or put in, and the band within which the model should bring it out.
type target struct {
	arm, figure string
	says        string
	published   float64
	low, high   float64
	source      string
	why         string // where it is known to fall outside: why
}

// inputs are what was put in. Bringing them out again checks the code and not the model.
var inputs = []target{
	{"base", "input.improper", "letters made for an improper purpose", 0.020, 0.012, 0.030, "5.3, 5.4", ""},
	{"base", "input.secret", "letters that demand secrecy", 0.70, 0.68, 0.72, "6.4", ""},
	{"base", "input.urgent", "letters marked urgent", 0.10, 0.09, 0.11, "8.8", ""},
	{"base", "input.returned", "letters returned for completion", 0.35, 0.33, 0.37, "9.2", ""},
	{"base", "input.produced", "orders that yield some data", 0.76, 0.74, 0.78, "3.4, 3.5, 3.9", ""},
	{"base", "input.denied", "independently authorised, modified", 0.239 / (1 - 0.062), 0.20, 0.31, "4.5", ""},
	{"base", "false-stop", "honest letters refused", 0.04, 0.02, 0.08, "9.2, an assumption", "States of the cast differ in what is an offence at all, and a denied authorisation is a refusal too; the assumption counts neither"},
	{"base", "secret.endless", "secrets imposed without an end", 0.68, 0.55, 0.95, "6.1", "the share is that of States whose file sets no end, weighted by their letters; no parameter sets it"},
}

// heldOut are figures that nothing was fitted to: published response times, and the staffing pattern that a queue of the same
// parameters gives without any procedure (9.3). As in that queue, no letter is withdrawn before an officer has seen it.
var heldOut = []target{
	{"12 officers", "days.all", "mean days, load 0.69", 141, 120, 162, "9.3; States that answer in 154 days (1.5)", ""},
	{"9 officers", "days.all", "mean days, load 0.92", 145, 123, 167, "9.3", ""},
	{"8 officers", "days.all", "mean days, load 1.04", 178, 151, 205, "9.3", ""},
	{"8 officers, 350 waiting", "days.all", "mean days, load 1.04 and 350 files at the start", 307, 261, 353, "9.3; 290 days (1.4), about 10 months (1.1)", ""},
	{"8 officers, 700 waiting", "days.all", "mean days, load 1.04 and 700 files at the start", 451, 383, 519, "9.3; upper half of 6 to 24 months (1.3)", ""},
	{"7 officers", "days.all", "mean days, load 1.19", 315, 268, 362, "9.3", ""},
	{"6 officers", "days.all", "mean days, load 1.39", 512, 435, 589, "9.3", ""},
	{"base", "days.all", "mean days over the whole cast", 304, 130, 420, "1.1, 1.4, 1.5: 154 to 304 days", ""},
}

// Validate runs the population as it stands and under the staffing of 9.3, and holds both lists against it.
func Validate(ctx context.Context, b *policies.Bundle, p population.Parameters, seed string, replications, workers int, tell func(Progress)) (*report.Validation, error) {
	x := New(&Design{ID: "validation", Title: "Validation", Base: Base{Instruments: []string{"uncc"}}, Plan: OneAtATime, Replications: replications,
		Years: 4, WarmUp: 1, Watch: 1825, Outcomes: []string{"days.all", "wait", "secret.endless"}}, seed, b, p)
	base := x.arms[0]
	for _, s := range []struct {
		name              string
		officers, waiting int
	}{{"12 officers", 12, 0}, {"9 officers", 9, 0}, {"8 officers", 8, 0}, {"8 officers, 350 waiting", 8, 350}, {"8 officers, 700 waiting", 8, 700}, {"7 officers", 7, 0}, {"6 officers", 6, 0}} {
		a := Arm{Name: s.name, Setting: base.Setting, Parameters: map[string]float64{"requests.per_year": 1000, "host.alder": 1, "abandoned.share": 0,
			"staff.alder": float64(s.officers), "staff.backlog": float64(s.waiting) / float64(s.officers)}}
		for _, state := range population.States[1:] {
			a.Parameters["host."+string(state)] = 0
		}
		x.arms = append(x.arms, a)
	}
	bucket := memblob.OpenBucket(nil)
	defer func() { _ = bucket.Close() }() // it is memory
	r, err := x.RunAll(ctx, bucket, workers, tell)
	if err != nil {
		return nil, err
	}
	v := &report.Validation{Seed: seed, Replications: r.Replications, Complete: r.Complete, Caveat: report.Caveat}
	for _, s := range r.Summaries {
		for _, y := range s {
			v.Cases += y.Cases
		}
	}
	v.Inputs, v.HeldOut = r.checked(inputs), r.checked(heldOut)
	return v, nil
}

func (r *Result) checked(targets []target) []report.Check {
	var out []report.Check
	for _, t := range targets {
		c := report.Check{Arm: t.arm, Figure: t.figure, Says: t.says, Published: t.published, Low: t.low, High: t.high, Source: t.source}
		for a, arm := range r.Experiment.arms {
			if arm.Name != t.arm {
				continue
			}
			f, _ := FigureOf(t.figure)
			c.Unit = f.Unit()
			levels, _, of := series(r.Summaries, a, t.figure, r.Replications)
			i := level(levels, f.support(), of)
			if i.N > 0 {
				c.Model, c.ModelLow, c.ModelHigh = finite(i.Mean), finite(i.Low), finite(i.High)
				c.Within = i.Mean >= t.low && i.Mean <= t.high
			}
		}
		if !c.Within {
			c.Why = t.why
		}
		out = append(out, c)
	}
	return out
}
