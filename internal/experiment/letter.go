package experiment

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/simulation"
)

// Letter is one letter of a replication when its observation is over, with what it takes to play it again.
type Letter struct {
	ID      string
	Outcome mla.Outcome
	File    []byte      // a case file, with the instrument, the safeguards and what the parties answered
	Events  []mla.Event // in the order in which they were recorded
}

// ErrNoLetter says that a replication has no letter of an id. The caller gives another id or another arm.
var ErrNoLetter = errors.New("no such letter")

// Letters runs one replication of an arm again and hands over those of its letters that are wanted, as they end.
func (x *Experiment) Letters(ctx context.Context, u Unit, wanted func(*population.Case) bool, take func(Letter) error) error {
	w, err := x.world(x.arms[u.Arm])
	if err != nil {
		return err
	}
	_, err = simulation.Population{World: w, Policy: x.Bundle.Digest(), Replication: u.Replication, Weeks: x.Design.weeks(),
		From: x.Design.from(), Limit: x.Design.Cases, Scripts: true, Take: func(e *simulation.Ended) error {
			if !wanted(e.Case) {
				return nil
			}
			file, err := e.Case.File(withLot(e), w.Horizon)
			if err != nil {
				return fmt.Errorf("the case file of letter %s: %w", e.Case.ID, err)
			}
			return take(Letter{ID: e.Case.ID, Outcome: e.Result.Outcome, File: file, Events: slices.Clone(e.Events)})
		}}.Run(ctx)
	return err
}

// withLot is what the parties answered, and how the lot fell where a sample is read again (L09): it falls by the case's id,
// and a file that is played may be given another.
func withLot(e *simulation.Ended) mla.Script {
	if _, samples := e.Case.Law().Terms(e.Case.Known).Duty("L09 samples"); !samples {
		return e.Script
	}
	review := mla.ReviewAnswer{Drawn: mla.NotDrawn}
	if answers := e.Script[mla.QReview]; len(answers) > 0 {
		review = answers[0].(mla.ReviewAnswer)
	}
	for i := range e.Events {
		if b, ok := e.Events[i].Body.(mla.ReviewOpenedBody); ok {
			review.Drawn = mla.Drawn(b.Drawn)
		}
	}
	out := maps.Clone(e.Script)
	out[mla.QReview] = []mla.ReplyTo{review}
	return out
}

// Named are letters of a replication, in the order of their ids as given. Its error may be ErrNoLetter.
func (x *Experiment) Named(ctx context.Context, u Unit, ids []string) ([]Letter, error) {
	found := map[string]Letter{}
	err := x.Letters(ctx, u, func(c *population.Case) bool { return slices.Contains(ids, c.ID) }, func(l Letter) error {
		found[l.ID] = l
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []Letter
	for _, id := range ids {
		l, ok := found[id]
		if !ok {
			return nil, fmt.Errorf("%w: replication %d of arm %q has no %s; cases.parquet lists those it has", ErrNoLetter, u.Replication, x.arms[u.Arm].Name, id)
		}
		out = append(out, l)
	}
	return out, nil
}

var sampling = population.PurposeOf("sample")

// Sample draws letters of a replication from those that are counted, any of them as likely as any other, in the order of
// the lot. Letters tried again after a refusal are among them.
func (x *Experiment) Sample(ctx context.Context, u Unit, n int) ([]Letter, error) {
	type ticket struct {
		lot float64
		Letter
	}
	var drawn []ticket // the lowest lots so far
	lot := func(number int) float64 {
		s := population.Draw(x.seed, u.Replication, number, sampling+population.Purpose(u.Arm))
		return s.Uniform()
	}
	next := 0.0
	err := x.Letters(ctx, u, func(c *population.Case) bool {
		next = lot(c.Number)
		return c.Began() >= 7*x.Design.from() && (len(drawn) < n || next < drawn[n-1].lot)
	}, func(l Letter) error {
		at, _ := slices.BinarySearchFunc(drawn, next, func(t ticket, lot float64) int { return cmp.Compare(t.lot, lot) })
		drawn = slices.Insert(drawn, at, ticket{next, l})
		drawn = drawn[:min(n, len(drawn))]
		return nil
	})
	out := make([]Letter, len(drawn))
	for i := range drawn {
		out[i] = drawn[i].Letter
	}
	return out, err
}

// ArmNamed finds an arm by its name.
func (x *Experiment) ArmNamed(name string) (int, error) {
	var names []string
	for i, a := range x.arms {
		if a.Name == name {
			return i, nil
		}
		names = append(names, a.Name)
	}
	return 0, fmt.Errorf("no arm is called %q; there are %q", name, names)
}
