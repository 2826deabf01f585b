package workflows

import (
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// Clerk is all that a step of the procedure may do to the world. A step never reads another clock, touches another
// file or draws lots. Verbs return no errors: when a case is over its open procedures are unwound at their next wait.
type Clerk interface {
	// Now is the legal time, in UTC and whole seconds.
	Now() time.Time

	// Await waits for a legal instant or for a condition on the case, and reports whether the condition came first. The
	// zero instant never comes.
	Await(until time.Time, condition func() bool) bool

	// Ask puts a question to the role it belongs to and waits for the answer, the deadline, or a condition that makes the
	// answer idle; the zero deadline never comes, and a nil condition never holds. No answer is a result: ok is false. A
	// person's answer, a script's and a model's pass the same check.
	Ask(q mla.Question, deadline time.Time, idle func() bool) (answer mla.ReplyTo, ok bool)

	// Assess lets the law speak at one stage on the facts known to a role.
	Assess(stage mla.Stage, r mla.Request, known mla.Facts, method mla.Method) mla.Assessment

	// Terms reads off what the procedure has to know of the law between the States of a request.
	Terms(r mla.Request, known mla.Facts) policies.Terms

	// Act does something outside: preserve, serve, produce, transmit, notify, publish. Events recorded before it are
	// durable before it is done.
	Act(act activities.Act) activities.Receipt

	// Record puts an event on the log of its party, durably before anything that follows from it.
	Record(e mla.Event)

	// Open starts other procedures, in their order, and does not wait for them. One that is waited for is a plain call.
	Open(procedures ...func(Clerk))

	// Then has another procedure go on at a legal instant where this one ends, as if it had waited till then. It is the last
	// thing a procedure does. Between the two nothing of it is kept but what the other holds: thousands of cases may wait so.
	Then(at time.Time, procedure func(Clerk))
}

// Office is what a clerk stands on: the part of it that differs between a Temporal workflow and a simulation. Each
// fiber of a case has an Office of its own.
type Office interface {
	// Fiber prepares a coroutine. Each call of resume runs it until it calls pause or ends, and reports whether it ended.
	Fiber(body func(o Office, pause func())) (resume func() (ended bool))

	// Advance lets legal time pass from one instant to another, or until a person answers, and returns the one reached.
	Advance(from, to time.Time, answered func() bool) time.Time

	Assess(in activities.AssessInput) mla.Assessment
	Terms(in activities.TermsInput) policies.Terms
	Act(act activities.Act) activities.Receipt
	Append(events []mla.Event)
}

// Limits of one batch of events; a larger buffer goes in several.
const (
	maxBatchEvents = 64
	maxBatchBytes  = 256 << 10
	maxEventBytes  = 32 << 10
)
