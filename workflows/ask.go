package workflows

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

// ask puts a question to a role of this State and records what the role found out before it answered.
func (p *party) ask(k Clerk, q mla.Question, deadline time.Time, idle func() bool) (mla.ReplyTo, bool) {
	a, ok := k.Ask(q, deadline, idle)
	if ok {
		t := a.When()
		p.learn(k, mla.Desks[q].Role, t.Learns, t.Source)
	}
	return a, ok
}

// ask puts a question that the request waits for. False: the answer has become idle, because the request was withdrawn or,
// on the requesting side, closed. A role that stays silent holds its procedure up until then.
func (c *Case) ask(k Clerk, p *party, q mla.Question) (mla.ReplyTo, bool) {
	if p == c.requesting {
		return p.ask(k, q, never, func() bool { return c.closed })
	}
	return p.ask(k, q, never, c.takenBack)
}

// after puts a question whose answer nothing waits for any longer: the side that is asked may have closed. Nobody there is
// no answer.
func (c *Case) after(k Clerk, p *party, q mla.Question) (mla.ReplyTo, bool) {
	if !c.attended(q) {
		return nil, false
	}
	return p.ask(k, q, never, nil)
}

// attended reports whether somebody is there to answer: a person at the desk, or a script with more to say. What a role may
// do, and nothing obliges it to, holds the request up only then.
func (c *Case) attended(q mla.Question) bool {
	return slices.Contains(c.scheduler.desk.live, mla.Desks[q].Role) || c.volunteers(q)
}

// openIfAttended opens a procedure that begins with a question. Where nobody is there to answer, it would wait for ever.
func (c *Case) openIfAttended(k Clerk, q mla.Question, procedure func(Clerk)) {
	if c.attended(q) {
		k.Open(procedure)
	}
}

// volunteers reports whether a role's script has more to say on a question: it acts though nothing obliges it to.
func (c *Case) volunteers(q mla.Question) bool {
	d := c.scheduler.desk
	return !slices.Contains(d.live, mla.Desks[q].Role) && d.asked[q] < len(d.script[q])
}

// owes reports whether a duty that a safeguard adds binds in the case; see policies.Duty.
func (c *Case) owes(duty string) bool {
	_, owed := c.terms.Duty(duty)
	return owed
}
