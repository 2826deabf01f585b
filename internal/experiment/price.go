package experiment

import (
	"context"
	"time"

	"gocloud.dev/blob/memblob"
)

// Cost is what a design would take, judged from a short run of its first arm.
type Cost struct {
	Arms, Replications int
	CasesEach, Cases   int
	Rate               float64 // cases a second on one core
	Time               time.Duration
	Bytes              int64 // of parquet, by unit and together
	Names              []string
}

// Price runs a little of the first arm and says what the whole would cost at that pace.
func (x *Experiment) Price(ctx context.Context) (Cost, error) {
	c := Cost{Arms: len(x.arms), Replications: x.Design.most()}
	for _, a := range x.arms {
		c.Names = append(c.Names, a.Name)
	}
	w, err := x.world(x.arms[0])
	if err != nil {
		return c, err
	}
	for week := range x.Design.weeks() {
		c.CasesEach += w.Arrivals(0, week)
	}
	if x.Design.Cases > 0 {
		c.CasesEach = x.Design.Cases
		for week := range x.Design.from() {
			c.CasesEach += w.Arrivals(0, week)
		}
	}
	c.Cases = c.CasesEach * c.Arms * c.Replications
	little := *x.Design
	little.Cases, little.WarmUp = min(2000, max(1, c.CasesEach)), 0
	y := New(&little, x.Seed, x.Bundle, x.Parameters)
	b := memblob.OpenBucket(nil)
	defer func() { _ = b.Close() }() // it is memory
	began := time.Now()
	if _, err := y.Run(ctx, b, Unit{}, nil); err != nil {
		return c, err
	}
	took := time.Since(began)
	c.Rate = float64(little.Cases) / took.Seconds()
	c.Time = time.Duration(float64(c.Cases) / c.Rate * float64(time.Second))
	withEvents := 0
	for a := range x.arms {
		withEvents += int(whether(x.keepsEvents(Unit{Arm: a})))
	}
	for name, cases := range map[string]int{"cases.parquet": c.Cases, "events.parquet": withEvents * c.CasesEach} {
		file, err := b.Attributes(ctx, y.key(Unit{})+"/"+name)
		if err != nil {
			return c, err
		}
		c.Bytes += file.Size * int64(cases) / int64(little.Cases)
	}
	c.Bytes *= 2 // by unit, and together
	return c, nil
}
