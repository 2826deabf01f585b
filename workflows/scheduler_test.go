package workflows

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// bench is an office for tests of the scheduler alone: virtual time, no law, and persons who answer at set instants.
type bench struct {
	appended []string
	answers  map[time.Time]func()
	fail     error
}

func (b *bench) Fiber(body func(Office, func())) func() bool {
	next, _ := iter.Pull(func(yield func(struct{}) bool) { body(b, func() { yield(struct{}{}) }) })
	return func() bool {
		_, goesOn := next()
		return !goesOn
	}
}

func (b *bench) Advance(from, to time.Time, answered func() bool) time.Time {
	var instants []time.Time
	for at := range b.answers {
		instants = append(instants, at)
	}
	slices.SortFunc(instants, time.Time.Compare)
	for _, at := range instants {
		if at.After(from) && at.Before(to) {
			b.answers[at]()
			delete(b.answers, at)
			if answered() {
				return at
			}
		}
	}
	return to
}

func (b *bench) Assess(activities.AssessInput) mla.Assessment { return mla.Assessment{} }
func (b *bench) Terms(activities.TermsInput) policies.Terms   { return policies.Terms{} }
func (b *bench) Act(activities.Act) activities.Receipt        { return activities.Receipt{} }
func (b *bench) Append(events []mla.Event) {
	if b.fail != nil {
		panic(Failure{b.fail})
	}
	for _, e := range events {
		b.appended = append(b.appended, e.Case)
	}
}

var day0 = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

func day(n int) time.Time { return day0.AddDate(0, 0, n) }

func conduct(t *testing.T, b *bench, d *answers, main func(Clerk)) (*scheduler, error) {
	t.Helper()
	if d == nil {
		d = &answers{}
	}
	d.asked = map[mla.Question]int{}
	s := &scheduler{now: day0, desk: d}
	return s, s.run(b, main)
}

func TestProceduresTakeTurnsByInstantThenByOrderOfScheduling(t *testing.T) {
	var got []string
	step := func(name string, days ...int) func(Clerk) {
		return func(k Clerk) {
			for _, d := range days {
				k.Await(day(d), nil)
				got = append(got, name+k.Now().Format("02"))
			}
		}
	}
	_, err := conduct(t, &bench{}, nil, func(k Clerk) {
		k.Open(step("a", 2, 4))
		k.Open(step("b", 2, 3))
		k.Open(step("c", 1, 4))
		k.Await(day(9), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"c02", "a03", "b03", "b04", "c05", "a05"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAConditionBeatsADeadlineOnTheSameDay(t *testing.T) {
	var came, deadline, silent bool
	_, err := conduct(t, &bench{}, nil, func(k Clerk) {
		done := false
		k.Open(func(k Clerk) { k.Await(day(5), nil); done = true })
		k.Open(func(k Clerk) { came = k.Await(day(5), func() bool { return done }) })
		k.Open(func(k Clerk) { deadline = !k.Await(day(4), func() bool { return done }) })
		k.Open(func(k Clerk) { k.Await(time.Time{}, func() bool { return false }); silent = true })
		k.Await(day(6), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !came || !deadline || silent {
		t.Errorf("condition %v, deadline %v, want both; a wait for what never comes went on: %v", came, deadline, silent)
	}
}

func TestNothingRunsOnAfterTheMainProcedureHasEnded(t *testing.T) {
	b, unwound := &bench{}, false
	_, err := conduct(t, b, nil, func(k Clerk) {
		k.Open(func(k Clerk) {
			defer func() { unwound = true }()
			k.Await(day(9), nil)
			k.Record(mla.Event{Case: "late"})
		})
		k.Await(day(3), nil)
		k.Record(mla.Event{Case: "last"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if !unwound {
		t.Error("a procedure was left waiting")
	}
	if diff := cmp.Diff([]string{"last"}, b.appended); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsRecordedIsDurableBeforeAnythingThatFollows(t *testing.T) {
	b := &bench{}
	var before [][]string
	_, err := conduct(t, b, nil, func(k Clerk) {
		look := func() { before = append(before, slices.Clone(b.appended)) }
		k.Record(mla.Event{Case: "1"})
		look()
		k.Act(activities.Act{})
		look()
		k.Record(mla.Event{Case: "2"})
		k.Await(day(1), nil)
		look()
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{nil, {"1"}, {"1", "2"}}, before); diff != "" {
		t.Error(diff)
	}
}

func TestAFailureOfTheOfficeEndsTheCaseWithItsError(t *testing.T) {
	broken := errors.New("disk is gone")
	_, err := conduct(t, &bench{fail: broken}, nil, func(k Clerk) {
		k.Open(func(k Clerk) {
			k.Record(mla.Event{Case: "1"})
			k.Await(day(1), nil)
			t.Error("went on after a failed append")
		})
		k.Await(day(2), nil)
		t.Error("the main procedure went on")
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestAPersonsAnswerIsTakenWhenItComesAndTheDeadlineIsAResult(t *testing.T) {
	d := &answers{live: []mla.Role{mla.CentralAuthority}}
	k0, k1 := Key{mla.QIntake, 0}, Key{mla.QIntake, 1}
	b := &bench{answers: map[time.Time]func(){
		day(3): func() {
			if err := d.accept(k1, json.RawMessage(`{}`)); err == nil {
				t.Error("an answer to a question that was not put was taken")
			}
			if err := d.accept(k0, json.RawMessage(`{"lackng":["date"]}`)); err == nil {
				t.Error("an answer with an unknown field was taken")
			}
			if err := d.accept(k0, json.RawMessage(`{"lacking":["date"]}`)); err != nil {
				t.Error(err)
			}
			if err := d.accept(k0, json.RawMessage(`{}`)); err == nil {
				t.Error("a second answer to the same question was taken")
			}
		},
		day(30): func() {
			if err := d.accept(k1, json.RawMessage(`{}`)); err == nil {
				t.Error("an answer after the deadline was taken")
			}
		},
	}}
	_, err := conduct(t, b, d, func(k Clerk) {
		a, ok := k.Ask(mla.QIntake, day(10), nil)
		if !ok || !k.Now().Equal(day(3)) || len(a.(mla.IntakeAnswer).Lacking) != 1 {
			t.Errorf("first answer: %v %v at %v", a, ok, k.Now())
		}
		if _, ok := k.Ask(mla.QIntake, day(20), nil); ok || !k.Now().Equal(day(20)) {
			t.Errorf("second question: answered %v at %v, want the deadline", ok, k.Now())
		}
		k.Await(day(40), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAScriptAnswersAfterItsTimeOrTooLate(t *testing.T) {
	d := &answers{script: mla.Script{mla.QIntake: {
		mla.IntakeAnswer{Timing: mla.Timing{After: 5}}, mla.IntakeAnswer{Timing: mla.Timing{After: 50}},
	}}}
	_, err := conduct(t, &bench{}, d, func(k Clerk) {
		if _, ok := k.Ask(mla.QIntake, day(10), nil); !ok || !k.Now().Equal(day(5)) {
			t.Errorf("answered %v at %v", ok, k.Now())
		}
		if _, ok := k.Ask(mla.QIntake, day(10), nil); ok || !k.Now().Equal(day(10)) {
			t.Errorf("a late answer was taken: %v at %v", ok, k.Now())
		}
		if _, ok := k.Ask(mla.QIntake, day(12), nil); ok || !k.Now().Equal(day(12)) {
			t.Errorf("a question without an answer was answered: %v at %v", ok, k.Now())
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnEventThatNoLogTakesEndsTheCaseWithAnError(t *testing.T) {
	for name, b := range map[string]mla.Body{
		"too large":         mla.ReviewPerformedBody{Checks: []string{strings.Repeat("x", maxEventBytes)}},
		"no canonical form": mla.ReviewPerformedBody{Minutes: 1<<53 + 1},
	} {
		_, err := conduct(t, &bench{}, nil, func(k Clerk) {
			k.Record(mla.Event{Kind: b.Kind(), Body: b})
			k.Await(day(1), nil)
			t.Errorf("%s: the case went on", name)
		})
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAnAnswerOfWhichNoEventCanBeMadeIsRefused(t *testing.T) {
	d := &answers{live: []mla.Role{mla.Provider}}
	b := &bench{answers: map[time.Time]func(){day(3): func() {
		for _, raw := range []string{`{"challenges":"` + strings.Repeat("x", maxEventBytes) + `"}`, `{"records":9007199254740994}`} {
			if err := d.check(Key{mla.QComply, 0}, json.RawMessage(raw)); err == nil {
				t.Errorf("an answer of %d bytes was taken", len(raw))
			}
		}
	}}}
	if _, err := conduct(t, b, d, func(k Clerk) { k.Ask(mla.QComply, day(10), nil) }); err != nil {
		t.Fatal(err)
	}
}

func TestNothingWaitsForAPersonOnceTheCaseIsOver(t *testing.T) {
	d := &answers{live: []mla.Role{mla.CentralAuthority}}
	_, err := conduct(t, &bench{}, d, func(k Clerk) {
		k.Open(func(k Clerk) { k.Ask(mla.QIntake, time.Time{}, nil) })
		k.Await(day(3), nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := d.pending(); len(p) > 0 {
		t.Errorf("%v still waits", p)
	}
	if err := d.accept(Key{mla.QIntake, 0}, json.RawMessage(`{}`)); err == nil {
		t.Error("an answer was taken that nobody hears")
	}
}
