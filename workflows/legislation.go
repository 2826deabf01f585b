package workflows

import (
	"slices"

	"rogatory/internal/mla"
)

// legislation is a change, while the case runs, of the law that the measure is carried out under. Nothing else moves the law of a case: what was
// done before stands, and what is done after is done under the new law.
func (c *Case) legislation(k Clerk) {
	for c.volunteers(mla.QLegislate) {
		a, ok := c.after(k, c.executing, mla.QLegislate, nil)
		if !ok {
			return
		}
		change := a.(mla.LegislateAnswer)
		c.request.Safeguards = slices.Clone(change.Safeguards)
		c.terms = k.Terms(c.request, c.in.Known[mla.CentralAuthority])
		if c.executing == c.requesting {
			c.ownLaw(k)
		}
		c.executing.record(k, mla.CentralAuthority, mla.LawChangedBody{
			State: c.executing.state, What: change.What, Safeguards: append([]string{}, change.Safeguards...),
		})
	}
}
