package workflows

import (
	"strconv"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
)

// statistics publishes the year's figures where the State's law says so: what it received and what became of it, or the
// twelve core fields where those are asked for (L08). They are of this case; a year's figures are their sum.
func (c *Case) statistics(k Clerk) {
	year := k.Now().Year()
	k.Await(time.Date(year+1, time.January, 31, 0, 0, 0, 0, time.UTC), nil)
	c.executing.act(k, activities.Publish, strconv.Itoa(year), string(mla.Public), mla.Scope{}, 1)
	b := mla.StatisticPublishedBody{
		Period: strconv.Itoa(year), Counts: map[string]int{string(c.outcome): 1}, Basis: c.terms.Statistics.Basis, Received: 1,
	}
	if c.owes("L08 core-figures") {
		b.Partner, b.Counts = c.partner(), c.coreFigures()
	}
	c.executing.record(k, mla.CentralAuthority, b, c.terms.Statistics.Basis)
	if c.served > 0 && c.owes("L08 providers") {
		c.requested.record(k, mla.Provider, mla.StatisticPublishedBody{Period: strconv.Itoa(year), Partner: c.partner(),
			Counts: map[string]int{"orders": c.served, "persons": c.reached.Persons, "secrecy orders": c.gagged}, Basis: c.terms.Statistics.Basis, Received: c.served})
	}
}

// partner is the other State, of the one that publishes.
func (c *Case) partner() mla.State {
	if c.executing == c.requesting {
		return c.requested.state
	}
	return c.requesting.state
}

// coreFigures are the twelve core fields.
func (c *Case) coreFigures() map[string]int {
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	granted, ended := c.outcome.Grants(), c.outcome == mla.Withdrawn || c.outcome == mla.Lapsed || c.outcome == mla.OutOfScope
	return map[string]int{
		"received":         1,
		"granted":          one(granted),
		"refused":          one(c.outcome == mla.Refused),
		"postponed":        one(c.outcome == mla.Postponed),
		"ended otherwise":  one(ended),
		"content":          one(gravest(c.request.Scope) == mla.Content),
		"urgent":           one(c.request.Urgent),
		"persons":          c.reached.Persons * one(granted),
		"judged":           c.judged,
		"secrecy orders":   c.gagged,
		"secrets standing": len(c.executing.secrets),
		"persons told":     c.told,
	}
}
