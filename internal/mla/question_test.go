package mla_test

import (
	"testing"

	"rogatory/internal/mla"
)

func TestNullIsNoAnswerToAnything(t *testing.T) {
	for _, q := range mla.Questions {
		if a, err := mla.DecodeAnswer(q, []byte(" null\n")); err == nil {
			t.Errorf("%s: null was read as %+v", q, a)
		}
	}
}

func TestADecisionIsOneThatTheAuthorityCanTake(t *testing.T) {
	for _, o := range []mla.Outcome{mla.Withdrawn, mla.Lapsed, mla.OutOfScope} {
		for name, a := range map[string]mla.DecideAnswer{
			"on_ground": {Method: mla.ByConduct, OnGround: o, Raises: []string{"uncc/40(21)(b)"}},
			"otherwise": {Method: mla.ByConduct, Otherwise: o},
		} {
			if mla.CheckAnswer(a) == nil {
				t.Errorf("%s: %s was taken as a decision", name, o)
			}
		}
	}
}
