package training_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/docket"
	"rogatory/internal/scenario"
	"rogatory/internal/training"
	"rogatory/policies"
)

// Every line of every rubric, and each ground that a line names, judges the answer of some session: under an instrument that
// the case is told for, with the safeguards that it speaks of or none, by a trainee who has found out nothing, or all there is
// to find. A ground can be named at a desk only where the law opens it there.
func TestEveryLineOfARubricJudgesSomeSession(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, c := range cases {
		if c.Train.Desk == "" {
			continue
		}
		left := map[string]bool{} // lines and their grounds that no session has come to
		for _, j := range c.Train.Rubric {
			lines++
			for _, on := range grounds(j) {
				left[j.Answer+" on "+on+": "+j.Why] = true
			}
		}
		for _, regime := range c.Regimes {
			for _, with := range safeguards(c) {
				o := docket.Options{Case: c, Source: []byte(c.ID), Instruments: []string{regime}, Safeguards: with, Bundle: b, Clock: docket.Sim, Seed: "1"}
				law, err := b.Law(policies.Pair{Instruments: o.Instruments, Safeguards: with, Requesting: c.Requesting, Requested: c.Requested})
				if err != nil {
					continue // the safeguard does not go with this instrument
				}
				s := &training.Session{Case: c, Input: o.Input(), Law: law, Bundle: b}
				_, _, _, err = s.Hold(trainee(func(x *training.Sitting) (training.Answer, error) {
					tick(left, c.Train, x)
					for _, path := range c.Stipulated().Paths() {
						for range 2 { // its own files, and beyond them
							if _, err := x.Inquire(path); err != nil {
								return training.Answer{}, err
							}
							tick(left, c.Train, x)
						}
					}
					return training.Answer{Word: x.Words[0], Inquiry: x.Inquiry}, nil
				}))
				if err != nil && !errors.Is(err, training.ErrNotAsked) {
					t.Fatalf("%s, %s with %v: %v", c.ID, regime, with, err)
				}
			}
		}
		for line := range left {
			t.Errorf("%s: no session comes to %s", c.ID, line)
		}
	}
	if lines < 100 {
		t.Errorf("only %d lines were looked at", lines)
	}
}

// tick takes off what an answer at this desk would be judged by.
func tick(left map[string]bool, r scenario.Training, x *training.Sitting) {
	for _, word := range x.Words {
		for _, j := range r.Rubric {
			for _, on := range grounds(j) {
				a := training.Answer{Word: word}
				if on != "" {
					if open, _ := x.Open(on); !open {
						continue
					}
					a.On = []string{on}
				}
				if got := training.Rubric(r, a); got.Why == j.Why {
					delete(left, j.Answer+" on "+on+": "+j.Why)
				}
			}
		}
	}
}

// grounds are those that a line names; a line that names none fits whatever is named.
func grounds(j scenario.Judged) []string {
	if len(j.On) == 0 {
		return []string{""}
	}
	return j.On
}

// safeguards are the sets that a case speaks of: none, those of its flips, and each that its rubric names.
func safeguards(c *scenario.Case) [][]string {
	out := [][]string{nil}
	add := func(with ...string) {
		if !slices.ContainsFunc(out, func(o []string) bool { return slices.Equal(o, with) }) {
			out = append(out, with)
		}
	}
	for _, f := range c.Flips {
		add(f.With...)
	}
	for _, j := range c.Train.Rubric {
		for _, on := range j.On {
			if id, _, ok := strings.Cut(on, "/"); ok && strings.HasPrefix(id, "L") {
				add(id)
			}
		}
	}
	return out
}
