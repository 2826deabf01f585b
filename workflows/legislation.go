package workflows

import (
	"slices"

	"rogatory/internal/mla"
)

// legislation is a change of the requested State's law while the case runs. Nothing else moves the law of a case: what was
// done before stands, and what is done after is done under the new law.
func (c *Case) legislation(k Clerk) {
	for c.volunteers(mla.QLegislate) {
		a, ok := c.after(k, c.requested, mla.QLegislate, nil)
		if !ok {
			return
		}
		change := a.(mla.LegislateAnswer)
		c.request.Safeguards = slices.Clone(change.Safeguards)
		c.terms = k.Terms(c.request, c.in.Known[mla.CentralAuthority])
		c.requested.record(k, mla.CentralAuthority, mla.LawChangedBody{
			State: c.requested.state, What: change.What, Safeguards: append([]string{}, change.Safeguards...),
		})
	}
}
