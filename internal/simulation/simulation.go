// Package simulation runs the procedure in virtual time, in this process, without a server: the simulated clerk. The
// procedure, its scheduler and its events are those of a Temporal workflow; only the office beneath differs.
package simulation

import (
	"errors"
	"iter"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
	"rogatory/workflows"
)

// Conduct runs one case under a law and returns how it ended, with its events in the order in which they were recorded.
func Conduct(in workflows.Input, law *policies.Law) (workflows.Result, []mla.Event, error) {
	if len(in.Live) > 0 {
		return workflows.Result{}, nil, errors.New("simulated time does not wait for persons: every role needs a script")
	}
	o := &office{law: law}
	result, err := workflows.NewCase(in).Conduct(o)
	return result, o.events, err
}

// ConductWith runs one case whose questions go to parties instead of its script. They are given a function that returns
// what has been recorded so far.
func ConductWith(in workflows.Input, law *policies.Law, parties func(recorded func() []mla.Event) workflows.Parties) (workflows.Result, []mla.Event, error) {
	o := &office{law: law}
	c := workflows.NewCase(in)
	c.Begin(o, parties(func() []mla.Event { return o.events }))
	for at, over := c.GoOn(in.Start.UTC()); !over && !at.IsZero(); {
		at, over = c.GoOn(at)
	}
	result, err := c.End()
	return result, o.events, err
}

// office is an office in virtual time. Its fibers share it: one runs at a time.
type office struct {
	law    *policies.Law
	events []mla.Event
}

func (o *office) Fiber(body func(workflows.Office, func())) (resume func() (ended bool)) {
	next, _ := iter.Pull(func(yield func(struct{}) bool) {
		body(o, func() { yield(struct{}{}) })
	})
	return func() bool {
		_, goesOn := next()
		return !goesOn
	}
}

func (o *office) Advance(_, to time.Time, _ func() bool) time.Time { return to }

func (o *office) Assess(in activities.AssessInput) mla.Assessment {
	return o.between(in.Request).Assess(in.Stage, in.Request, in.Known, in.Method)
}

func (o *office) Terms(in activities.TermsInput) policies.Terms {
	return o.between(in.Request).Terms(in.Known)
}

// between is the law of the case, or, once another State or instrument comes in, the law between the two of a request.
func (o *office) between(r mla.Request) *policies.Law {
	law, err := o.law.Between(activities.PairOf(r))
	if err != nil {
		panic(workflows.Failure{Err: err})
	}
	return law
}

func (o *office) Act(a activities.Act) activities.Receipt {
	_, r, err := activities.ReceiptFor(a)
	if err != nil {
		panic(workflows.Failure{Err: err})
	}
	return r
}

func (o *office) Append(events []mla.Event) { o.events = append(o.events, events...) }
