package training_test

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/training"
	"rogatory/policies"
)

// A desk has what its role in its State has read, wherever the desk stands: a provider the paper served on it from abroad and
// no letter, a provider that is asked without an order its own register, a third State the notice it was given.
func TestADeskHasWhatItsRoleHasRead(t *testing.T) {
	for _, c := range []struct {
		id, regime string
		with       []string
		question   mla.Question // empty: the case's own
		state      mla.State
		logs       []mla.State // whose events are seen
		sees       mla.Kind
		letter     bool
	}{
		{"g22", "uncc", nil, "", "alder", []mla.State{"cassia"}, mla.OrderServed, false},
		{"g22", "eu-e-evidence", nil, "", "alder", []mla.State{"cassia"}, mla.ConfidentialityImposed, false},
		{"g08", "uncc", nil, mla.QComply, "birch", []mla.State{"birch"}, mla.OrderServed, false},
		{"g48", "uncc", nil, "", "alder", []mla.State{"quillmail"}, mla.DisclosureAsked, false},
		{"g42", "uncc", []string{"L18"}, mla.QObjectResidence, "birch", []mla.State{"birch"}, mla.StateNotified, true},
		{"g25", "budapest", nil, "", "alder", []mla.State{"alder"}, mla.RequestSubmitted, true},
	} {
		s, _ := session(t, c.id, c.regime)
		law, err := s.Bundle.Law(policies.Pair{Instruments: []string{c.regime}, Safeguards: c.with, Requesting: s.Case.Requesting, Requested: s.Case.Requested})
		if err != nil {
			t.Fatal(err)
		}
		s.Law, s.Input.Request.Safeguards = law, c.with
		if c.question != "" {
			s.Case.Train = scenario.Training{Desk: mla.Desks[c.question].Role, Question: c.question}
		}
		x, _, _, err := s.Hold(trainee(func(x *training.Sitting) (training.Answer, error) {
			return training.Answer{Word: x.Words[0]}, nil
		}))
		if err != nil {
			t.Fatalf("%s, %s: %v", c.id, c.regime, err)
		}
		if x.State != c.state || (x.Letter != nil) != c.letter {
			t.Errorf("%s, %s: a desk in %s, with the letter: %t", c.id, c.regime, x.State, x.Letter != nil)
		}
		for _, e := range x.Seen {
			if !slices.Contains(c.logs, e.Party) || e.At.After(x.At) || x.Later(e) {
				t.Errorf("%s, %s: it sees %s of %s", c.id, c.regime, e.Kind, e.Party)
			}
		}
		if !slices.ContainsFunc(x.Seen, func(e mla.Event) bool { return e.Kind == c.sees }) {
			t.Errorf("%s, %s: it does not see %s", c.id, c.regime, c.sees)
		}
	}
}

// Where a case asks for the second time that a question is put, the desk has the second letter, under its own instrument.
func TestATraineeMaySitWhenTheQuestionComesBack(t *testing.T) {
	s, _ := session(t, "g25", "budapest")
	x, _, events, err := s.Hold(trainee(func(*training.Sitting) (training.Answer, error) {
		return training.Answer{Word: "partly-granted", Scope: &mla.Scope{Categories: []mla.Category{mla.Subscriber}, Accounts: 1, Persons: 1, Months: 1}}, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if x.Letter.Offence.Label != "fraud" || !slices.Equal(x.Request.Instruments, []string{"uncc"}) {
		t.Errorf("the letter is on %s, under %v", x.Letter.Offence.Label, x.Request.Instruments)
	}
	var outcomes []mla.Outcome
	for _, e := range events {
		if d, ok := e.Body.(mla.DecidedBody); ok && e.Passage == mla.Sent {
			outcomes = append(outcomes, d.Outcome)
		}
	}
	if !slices.Equal(outcomes, []mla.Outcome{mla.Refused, mla.PartlyGranted}) {
		t.Errorf("decided: %v", outcomes)
	}
}
