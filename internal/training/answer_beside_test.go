package training_test

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
	"rogatory/internal/training"
)

// What a trainee says at a desk beside a request is done, and what is held back does not happen.
func TestAnAnswerBesideARequestIsDone(t *testing.T) {
	for _, c := range []struct {
		id, word string
		kind     mla.Kind
		happens  bool
	}{
		{"g35", "send", mla.InformationShared, true},
		{"g35", "keep-back", mla.InformationShared, false},
		{"g36", "told", mla.UseRecorded, true},
		{"g36", "preserved", mla.PreservationOrdered, true},
		{"g36", "declined", mla.PreservationOrdered, false},
		{"g48", "disclose", mla.SenderChecked, false},
		{"g48", "check-first", mla.SenderChecked, true},
		{"g33", "pass-on", mla.ConsentAsked, false},
		{"g33", "ask-first", mla.ConsentAsked, true},
		{"g33", "keep-back", mla.OnwardTransferred, false},
		{"g43", "keep", mla.EvidenceExpired, false},
		{"g43", "delete", mla.EvidenceExpired, true},
	} {
		s, _ := session(t, c.id, "uncc")
		_, _, events, err := s.Hold(trainee(func(*training.Sitting) (training.Answer, error) { return training.Answer{Word: c.word}, nil }))
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(events, func(e mla.Event) bool { return e.Kind == c.kind }); got != c.happens {
			t.Errorf("%s, %s: %s is on a log: %t", c.id, c.word, c.kind, got)
		}
	}
}
