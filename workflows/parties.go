package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// Parties answer in place of a script: a model of what roles do, whose answer may have to wait until somebody has time.
type Parties interface {
	// Put hands over a question at the instant it is put. The answer is given to its turn then or at any later instant
	// before the one at which it is heard, or never.
	Put(k Key, now time.Time, t *Turn)
}

// Turn is one question that was put to Parties.
type Turn struct {
	from, deadline time.Time
	reply          mla.ReplyTo
	late           bool
	waits          *wait // nil: the question is not yet waited on
	over           bool
}

// Over reports that nobody waits for the answer any longer.
func (t *Turn) Over() bool { return t.over }

// Give gives the answer. It is heard as many days after the question as its timing says, like a script's.
func (t *Turn) Give(a mla.ReplyTo) {
	t.reply = a
	if t.waits != nil {
		t.waits.until = t.wake()
	}
}

// wake is the instant at which the answer is heard, or the deadline that comes before it.
func (t *Turn) wake() time.Time {
	if t.reply == nil {
		return t.deadline
	}
	at := heard(t.from, t.reply)
	if t.late = !t.deadline.IsZero() && at.After(t.deadline); t.late {
		return t.deadline
	}
	return at
}

// askParties puts a question to a model and waits as for a script's answer. What happened before it is on record by then.
func (k *clerk) askParties(e *entry, deadline time.Time, idle func() bool) (mla.ReplyTo, bool) {
	k.flush()
	t := &Turn{from: k.now, deadline: deadline}
	k.desk.parties.Put(e.Key, k.now, t)
	t.waits = k.wait
	came := k.Await(t.wake(), idle)
	t.waits, t.over = nil, true
	if came || t.late || t.reply == nil {
		return nil, false
	}
	return t.reply, true
}

// Begin opens the case for a caller that conducts many cases on one clock, with parties that answer for every role.
func (c *Case) Begin(o Office, p Parties) {
	c.scheduler.desk.parties = p
	c.scheduler.begin(o, c.observe)
}

// GoOn lets legal time come to an instant and takes every turn that is due then. It returns the instant at which the case
// goes on by itself, which is zero where it only waits for parties, and whether it is over.
func (c *Case) GoOn(at time.Time) (next time.Time, over bool) {
	s := c.scheduler
	if at.After(s.now) {
		s.now = at
	}
	w := s.settle()
	if s.over || w == nil {
		return never, s.over
	}
	return w.until, false
}

// End unwinds what still waits and says how the case ended.
func (c *Case) End() (Result, error) {
	c.scheduler.end()
	return c.result(), c.scheduler.failed
}
