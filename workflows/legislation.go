package workflows

import (
	"slices"

	"rogatory/internal/mla"
)

// legislation is a change, while the case runs, of the law that the measure is carried out under. Nothing else moves the law
// of a case: what was done before stands, and what is done after, on every request to that State, is done under the new law.
func (c *Case) legislation(k Clerk) {
	for c.volunteers(mla.QLegislate) {
		a, ok := c.after(k, c.executing, mla.QLegislate)
		if !ok {
			return
		}
		change := a.(mla.LegislateAnswer)
		c.scheduler.desk.script = c.in.Script.Under(change.Safeguards)
		for e := c; e != nil; e = e.next {
			if e.executing.state != c.executing.state {
				continue
			}
			e.request.Safeguards = slices.Clone(change.Safeguards)
			if e.readLaw(k); e.executing == e.requesting {
				e.ownLaw(k)
			}
		}
		c.executing.record(k, mla.CentralAuthority, mla.LawChangedBody{
			State: c.executing.state, What: change.What, Safeguards: append([]string{}, change.Safeguards...),
		})
	}
}
