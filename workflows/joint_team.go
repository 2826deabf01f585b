package workflows

import "rogatory/internal/mla"

// formTeam is the agreement on a joint team (UNCC 48, second protocol 12).
func (c *Case) formTeam(k Clerk) {
	us := c.requesting
	a, ok := c.ask(k, us, mla.QTeam)
	if !ok {
		return
	}
	t := a.(mla.TeamAnswer)
	us.send(k, mla.RequestingAuthority, mla.TeamFormedBody{
		Team: t.Name, Members: []mla.State{us.state, c.requested.state}, Purpose: t.Purpose,
		CentralAuthority: t.CentralAuthority || c.terms.Channels.Gated,
	}, c.requested, mla.RequestingAuthority)
}

// jointTeam is what is pooled within it. The grounds are looked at only where the central authority is a member.
func (c *Case) jointTeam(k Clerk) {
	us := c.requested
	if us.await(k, never, c.takenBack, mla.TeamFormed) {
		team := us.taken.Body.(mla.TeamFormedBody)
		c.shares(k, team.CentralAuthority, c.between(team.Team))
	}
}
