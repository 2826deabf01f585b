package workflows

import "rogatory/internal/mla"

// spontaneous is information given without a request (UNCC 40(4), Budapest 26). Its conditions bind whoever accepts it
// (UNCC 40(5), Budapest 26(2)). A call before it, if there was one, is on no log.
func (c *Case) spontaneous(k Clerk) {
	c.shares(k, false, func(k Clerk, s mla.ShareAnswer, docket string, e mla.Evidence) {
		c.requested.send(k, mla.RequestingAuthority, mla.InformationSharedBody{
			Evidence: e, Why: s.Why, Conditions: s.Conditions, Docket: docket,
		}, c.requesting, mla.RequestingAuthority)
	})
}
