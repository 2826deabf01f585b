package workflows

import "rogatory/internal/mla"

// police is what one State's police passes to another's (UNCC 47). No limit on use, list of grounds or central authority
// comes with it.
func (c *Case) police(k Clerk) {
	c.shares(k, false, c.between(""))
}

// between sends between police authorities, in a team's name or in none.
func (c *Case) between(team string) func(Clerk, mla.ShareAnswer, string, mla.Evidence) {
	return func(k Clerk, s mla.ShareAnswer, docket string, e mla.Evidence) {
		c.requested.send(k, mla.RequestingAuthority, mla.PoliceSharedBody{Team: team, Evidence: e, Why: s.Why, Docket: docket},
			c.requesting, mla.RequestingAuthority)
	}
}
