package workflows

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

// Most of what follows is done by nobody unless a safeguard obliges somebody to, or a role does it of its own accord. A
// question about it holds the request up only where somebody is there to answer.

// owes reports whether a duty that a safeguard adds binds in the case; see policies.Duty.
func (c *Case) owes(duty string) bool {
	_, owed := c.terms.Duty(duty)
	return owed
}

// volunteers reports whether a role's script has more to say on a question: it acts though nothing obliges it to.
func (c *Case) volunteers(q mla.Question) bool {
	d := c.scheduler.desk
	return !slices.Contains(d.live, mla.Desks[q].Role) && d.asked[q] < len(d.script[q])
}

// attended reports whether somebody is there to answer: a person at the desk, or a script with more to say.
func (c *Case) attended(q mla.Question) bool {
	return slices.Contains(c.scheduler.desk.live, mla.Desks[q].Role) || c.volunteers(q)
}

// after puts a question whose answer nothing waits for any longer: the side that is asked may have closed. Nobody there is
// no answer.
func (c *Case) after(k Clerk, p *party, q mla.Question, idle func() bool) (mla.ReplyTo, bool) {
	if !c.attended(q) {
		return nil, false
	}
	a, ok := k.Ask(q, never, idle)
	if ok {
		t := a.When()
		p.learn(k, mla.Desks[q].Role, t.Learns, t.Source)
	}
	return a, ok
}

// knows reports whether the central authority of the requested State takes a fact to be so.
func (c *Case) knows(p mla.Path) bool {
	is, known := c.requested.known[mla.CentralAuthority][p].AsBool()
	return known && is
}

// inDays is a whole number of days from an instant.
func inDays(from time.Time, n int) time.Time { return from.AddDate(0, 0, n) }
