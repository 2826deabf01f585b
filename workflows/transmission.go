package workflows

import (
	"strconv"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
)

// transmission asks the law once more, now about the transfer, and hands the evidence over with what binds its use: by
// default (UNCC 40(19)), or only where the requested State sets it as a condition (Budapest 28(2)).
func (c *Case) transmission(k Clerk, e mla.Evidence) {
	conditions := c.decided.Conditions
	c.assess(k, mla.CentralAuthority, mla.StageTransfer, mla.NotTested)
	c.act(k, activities.Transmit, e.ID, string(c.requesting.state), e.Scope, e.Records)
	limited := c.terms.Use.Limited || c.terms.Use.Condition && len(conditions) > 0
	article := ""
	if limited {
		article = c.terms.Use.Article
	}
	c.requested.send(k, mla.CentralAuthority, mla.TransmittedBody{Evidence: e, UseLimited: limited, Conditions: conditions},
		c.requesting, mla.CentralAuthority, article)
	if c.terms.Notice.Owed && len(c.requested.secrets) == 0 {
		k.Open(c.notice)
	}
}

// notice tells the person, as many days after the secret ended as the State's law says; once.
func (c *Case) notice(k Clerk) {
	if c.noticed {
		return
	}
	c.noticed = true
	k.Await(k.Now().AddDate(0, 0, c.terms.Notice.Days), nil)
	c.act(k, activities.Notify, "notice", c.request.Person, c.reached, 0)
	c.executing.record(k, c.applicant(), mla.SubjectNotifiedBody{Person: c.request.Person, Persons: c.reached.Persons},
		c.terms.Notice.Basis)
}

// statistics publishes the year's figures where the State's law says so.
func (c *Case) statistics(k Clerk) {
	year := k.Now().Year()
	k.Await(time.Date(year+1, time.January, 31, 0, 0, 0, 0, time.UTC), nil)
	c.act(k, activities.Publish, strconv.Itoa(year), string(mla.Public), mla.Scope{}, 1)
	c.executing.record(k, mla.CentralAuthority, mla.StatisticPublishedBody{
		Period: strconv.Itoa(year), Counts: map[string]int{string(c.outcome): 1}, Basis: c.terms.Statistics.Basis, Received: 1,
	}, c.terms.Statistics.Basis)
}
