package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
)

// transmission asks the law once more, now about the transfer, and hands the evidence over with what binds its use: by
// default (UNCC 40(19)), or only where the requested State sets it as a condition (Budapest 28(2)).
func (c *Case) transmission(k Clerk, e mla.Evidence) {
	e, ok := c.filter(k, e)
	if !ok || c.takenBack() {
		return
	}
	conditions := c.decided.Conditions
	c.assess(k, mla.CentralAuthority, mla.StageTransfer, mla.NotTested)
	inPlace := c.owes("L29 in-place") && c.knows("conduct.sexual_image_of_minor")
	if inPlace {
		e.Records, e.Needed = 0, 0
	}
	c.requested.act(k, activities.Transmit, e.ID, string(c.requesting.state), e.Scope, e.Records)
	limited := c.terms.Use.Limited || c.terms.Use.Condition && len(conditions) > 0
	article := ""
	if limited {
		article = c.terms.Use.Article
	}
	c.requested.send(k, mla.CentralAuthority, mla.TransmittedBody{Evidence: e, UseLimited: limited, Conditions: conditions, InPlace: inPlace},
		c.requesting, mla.CentralAuthority, article)
	if c.terms.Notice.Owed && len(c.requested.secrets) == 0 {
		k.Open(c.notice)
	}
}
