package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
)

// notice tells the person, as many days after the secret ended as the State's law says; once. Bystanders are told with them
// where that is asked for, and there are more of them than may go untold (L03).
func (c *Case) notice(k Clerk) {
	if c.noticed {
		return
	}
	c.noticed = true
	k.Await(k.Now().AddDate(0, 0, c.terms.Notice.Days), nil)
	persons := 1
	if duty, owed := c.terms.Duty("L03 bystanders"); owed && c.reached.Persons-1 > duty.Most {
		persons = c.reached.Persons
	}
	c.executing.act(k, activities.Notify, "notice", c.request.Person, c.reached, 0)
	c.executing.record(k, c.applicant(), mla.SubjectNotifiedBody{Person: c.request.Person, Persons: persons}, c.terms.Notice.Basis)
	c.remedy(k)
}

// informPerson gives the person word of what was done with their data and no request came of.
func (c *Case) informPerson(k Clerk, key string, persons int) {
	c.requested.act(k, activities.Notify, key, c.request.Person, c.request.Scope, 0)
	c.requested.record(k, mla.CentralAuthority, mla.SubjectNotifiedBody{Person: c.request.Person, Persons: persons})
}
