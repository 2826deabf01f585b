package training

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

// Days that finding out more takes; assumed, like all working times.
const (
	OwnInquiryDays = 10 // in the State's own files and registers
	AbroadDays     = 45 // by a letter to the requesting State
)

// Session is one case with a person at one desk.
type Session struct {
	Case   *scenario.Case
	Input  workflows.Input
	Law    *policies.Law
	Bundle *policies.Bundle
}

// Trainee answers the question of a sitting. An error ends the session.
type Trainee interface {
	Answer(*Sitting) (Answer, error)
}

// ErrNoDesk is a case that puts no question to a trainee.
var ErrNoDesk = errors.New("it puts no question to a trainee")

// ErrNotAsked is a run in which the desk's question never comes.
var ErrNotAsked = errors.New("under this law the question is never put")

// Hold runs the case to its end with the trainee at the desk, and returns what was recorded, the sitting and its answer.
func (s *Session) Hold(t Trainee) (*Sitting, Answer, []mla.Event, error) {
	desk := s.Case.Train
	if desk.Desk == "" {
		return nil, Answer{}, nil, ErrNoDesk
	}
	p := &parties{session: s, trainee: t}
	_, events, err := simulation.ConductWith(s.Input, s.Law, func(recorded func() []mla.Event) workflows.Parties {
		p.recorded = recorded
		return p
	})
	switch {
	case p.err != nil:
		err = p.err
	case err == nil && p.sitting == nil:
		err = ErrNotAsked
	}
	return p.sitting, p.answer, events, err
}

// Replay runs the case again with an answer already given, under another law.
func (s *Session) Replay(a Answer, law *policies.Law, in workflows.Input) ([]mla.Event, error) {
	again := &Session{Case: s.Case, Input: in, Law: law, Bundle: s.Bundle}
	_, _, events, err := again.Hold(given(a))
	if errors.Is(err, ErrNotAsked) {
		err = nil
	}
	return events, err
}

// given is a trainee whose answer is known.
type given Answer

func (g given) Answer(*Sitting) (Answer, error) { return Answer(g), nil }

// parties put the trainee's question to the trainee, the time that the case names, and leave the rest to the script.
type parties struct {
	session  *Session
	trainee  Trainee
	recorded func() []mla.Event
	asked    int // how often the desk's question was put
	sitting  *Sitting
	answer   Answer
	err      error
}

// Put implements workflows.Parties.
func (p *parties) Put(k workflows.Key, now time.Time, t *workflows.Turn) {
	desk := p.session.Case.Train
	scripted, ok := p.session.Input.Script.Under(p.session.Input.Request.Safeguards).Answer(k.Question, k.Ordinal)
	if k.Question == desk.Question {
		p.asked++
	}
	if k.Question != desk.Question || p.asked != max(1, desk.Time) || p.err != nil {
		if ok {
			t.Give(scripted)
		}
		return
	}
	if p.sitting, p.err = newSitting(p.session, k, now, p.recorded()); p.err != nil {
		return
	}
	if p.answer, p.err = p.trainee.Answer(p.sitting); p.err != nil {
		return
	}
	reply, err := p.answer.reply(scripted, k.Question)
	if err != nil {
		p.err = err
		return
	}
	if reply != nil { // a role that does nothing says nothing
		t.Give(reply)
	}
}

// Rubric judges an answer by the first entry that fits it.
func Rubric(t scenario.Training, a Answer) scenario.Judged {
	for _, j := range t.Rubric {
		fits := j.Answer == scenario.AnyAnswer || j.Answer == a.Word
		if fits && len(j.On) > 0 {
			fits = slices.ContainsFunc(j.On, func(on string) bool {
				return slices.ContainsFunc(a.On, func(n string) bool { return sameGround(on, n) })
			})
		}
		if fits {
			return j
		}
	}
	return scenario.Judged{Answer: scenario.AnyAnswer, Why: fmt.Sprintf("The author of the case did not think of %q.", a.Word)}
}
