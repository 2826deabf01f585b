package experiment

import (
	"context"
	"fmt"
	"slices"

	"rogatory/internal/population"
	"rogatory/internal/simulation"
)

// Files runs one replication of an arm again and returns the case files of some of its letters, by id.
func (x *Experiment) Files(ctx context.Context, u Unit, ids []string) (map[string][]byte, error) {
	w, err := x.world(x.arms[u.Arm])
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	_, err = simulation.Population{World: w, Policy: x.Bundle.Digest(), Replication: u.Replication, Weeks: x.Design.weeks(),
		From: x.Design.from(), Limit: x.Design.Cases, Scripts: true, Take: func(e *simulation.Ended) error {
			if !slices.Contains(ids, e.Case.ID) {
				return nil
			}
			file, err := e.Case.File(e.Script, w.Horizon)
			out[e.Case.ID] = file
			return err
		}}.Run(ctx)
	for _, id := range ids {
		if out[id] == nil && err == nil {
			err = fmt.Errorf("replication %d of %s has no letter %s", u.Replication, x.arms[u.Arm].Name, id)
		}
	}
	return out, err
}

var sampling = population.PurposeOf("sample")

// Sample draws ids of letters of a replication that are counted.
func (x *Experiment) Sample(u Unit, n int) ([]string, error) {
	w, err := x.world(x.arms[u.Arm])
	if err != nil {
		return nil, err
	}
	var ids []string
	for week, left := x.Design.from(), x.Design.Cases; week < x.Design.weeks() || left > 0; week++ {
		arrived := w.Arrivals(u.Replication, week)
		if x.Design.Cases > 0 {
			arrived = min(arrived, left)
			left -= arrived
		}
		for place := range arrived {
			ids = append(ids, population.ID(u.Replication, population.Number(week, place)))
		}
	}
	s := population.Draw(x.seed, u.Replication, u.Arm, sampling)
	for i := range min(n, len(ids)) { // the first steps of a Fisher-Yates shuffle
		j := i + int(s.Uniform()*float64(len(ids)-i))
		ids[i], ids[j] = ids[j], ids[i]
	}
	return ids[:min(n, len(ids))], nil
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
