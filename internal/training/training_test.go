package training_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/internal/training"
	"rogatory/policies"
)

// trainee is a test's way of answering.
type trainee func(*training.Sitting) (training.Answer, error)

func (t trainee) Answer(x *training.Sitting) (training.Answer, error) { return t(x) }

func session(t *testing.T, id, regime string) (*training.Session, docket.Options) {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.ByID(id, b)
	if err != nil {
		t.Fatal(err)
	}
	source, err := scenario.Source(id)
	if err != nil {
		t.Fatal(err)
	}
	o := docket.Options{Case: c, Source: source, Instruments: []string{regime}, Bundle: b, Clock: docket.Sim, Seed: "1"}
	law, err := b.Law(policies.Pair{Instruments: o.Instruments, Requesting: c.Requesting, Requested: c.Requested})
	if err != nil {
		t.Fatal(err)
	}
	return &training.Session{Case: c, Input: o.Input(), Law: law, Bundle: b}, o
}

func TestATraineesAnswerDecidesTheCaseAndIsOnTheLog(t *testing.T) {
	s, o := session(t, "g29", "uncc")
	x, a, events, err := s.Hold(trainee(func(x *training.Sitting) (training.Answer, error) {
		if open, _ := x.Open("uncc/40(22)"); open {
			t.Error("the motive is open to somebody who does not know it")
		}
		if open, _ := x.Open("uncc/40(21)(b)"); !open {
			t.Error("the wide clause is not open")
		}
		return training.Answer{Word: "refused", On: []string{"uncc/40(21)(b)"}, Reasons: "Our own order.", Inquiry: x.Inquiry}, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	told, err := docket.Told(o, events)
	if err != nil {
		t.Fatal(err)
	}
	if told.Outcome != mla.Refused || len(told.Invariants) > 0 {
		t.Errorf("outcome %s, invariants %v", told.Outcome, told.Invariants)
	}
	if j := training.Rubric(s.Case.Train, a); !j.Defensible {
		t.Errorf("judged %+v", j)
	}
	owed := map[string]bool{}
	for _, d := range x.Drafts(a) {
		owed[d.Kind] = d.Owed
	}
	if !owed["consultation"] || !owed["reasons"] {
		t.Errorf("owed: %v", owed)
	}
}

func TestATraineeSeesNothingThatTheRoleMayNotRead(t *testing.T) {
	s, _ := session(t, "g29", "uncc")
	_, _, _, err := s.Hold(trainee(func(x *training.Sitting) (training.Answer, error) {
		for _, e := range x.Seen {
			if e.Party != x.State || !slices.Contains(e.Readers, x.Role) || e.At.After(x.At) {
				t.Errorf("it sees %s on the log of %s", e.Kind, e.Party)
			}
		}
		if _, known := x.Known["motive.protected_ground"]; !known || x.Known["conduct.peaceful"] != mla.Bool(false) {
			t.Errorf("it knows %v", x.Known)
		}
		return training.Answer{Word: "granted"}, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnInquiryTakesTimeAndFindsOnlyWhatIsInReach(t *testing.T) {
	s, o := session(t, "g29", "uncc")
	base, err := s.Replay(training.Answer{Word: "granted"}, s.Law, s.Input)
	if err != nil {
		t.Fatal(err)
	}
	var found []training.Found
	_, _, events, err := s.Hold(trainee(func(x *training.Sitting) (training.Answer, error) {
		for _, path := range []mla.Path{"motive.protected_ground", "conduct.peaceful"} {
			f, err := x.Inquire(path)
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, f)
		}
		if _, err := x.Inquire("no.such"); err == nil {
			t.Error("a fact that is not declared was found")
		}
		return training.Answer{Word: "granted", Inquiry: x.Inquiry}, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if found[0].Days != 0 || found[0].Value != mla.Word("none") {
		t.Errorf("what is in its own files: %+v", found[0])
	}
	if found[1].Days == 0 || found[1].Value == mla.Bool(true) {
		t.Errorf("what lies with a State that does not say: %+v", found[1])
	}
	before, err := docket.Told(o, base)
	if err != nil {
		t.Fatal(err)
	}
	after, err := docket.Told(o, events)
	if err != nil {
		t.Fatal(err)
	}
	if *after.Days.ToDecision != *before.Days.ToDecision+found[1].Days {
		t.Errorf("decided on day %d, without asking on day %d", *after.Days.ToDecision, *before.Days.ToDecision)
	}
}

func TestASessionEndsWithItsTrainee(t *testing.T) {
	s, _ := session(t, "g29", "uncc")
	gone := errors.New("gone")
	if _, _, _, err := s.Hold(trainee(func(*training.Sitting) (training.Answer, error) { return training.Answer{}, gone })); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	s, _ = session(t, "honest", "uncc")
	s.Case.Train = scenario.Training{}
	if _, _, _, err := s.Hold(trainee(nil)); !errors.Is(err, training.ErrNoDesk) {
		t.Errorf("got %v", err)
	}
}

// At the desk of an order abroad, a trainee who answers as the script does leaves the events of the script, hour by hour:
// the court is that of the State whose order it is.
func TestATraineeWhoAnswersAsTheScriptChangesNothing(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	c, err := scenario.Load("../docket/testdata/emergency.yaml", b)
	if err != nil {
		t.Fatal(err)
	}
	c.Train = scenario.Training{Desk: mla.Court, Question: mla.QAuthorise}
	in := docket.Options{Case: c, Source: []byte(c.ID), Instruments: c.Regimes, Bundle: b, Clock: docket.Sim, Seed: "1"}.Input()
	law, err := b.Law(policies.Pair{Instruments: c.Regimes, Requesting: c.Requesting, Requested: c.Requested})
	if err != nil {
		t.Fatal(err)
	}
	_, want, err := simulation.Conduct(in, law)
	if err != nil {
		t.Fatal(err)
	}
	s := &training.Session{Case: c, Input: in, Law: law, Bundle: b}
	x, _, got, err := s.Hold(trainee(func(*training.Sitting) (training.Answer, error) { return training.Answer{Word: "grant"}, nil }))
	if err != nil {
		t.Fatal(err)
	}
	if x.State != c.Requesting || x.Request.Channel != mla.Direct {
		t.Errorf("the court of %s, by channel %q", x.State, x.Request.Channel)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(mla.Value{})); diff != "" {
		t.Errorf("(-script +trainee):\n%s", diff)
	}
}
