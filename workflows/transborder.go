package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
)

// transborder takes stored data in another State with the consent of whoever may disclose them, and asks no State
// (Budapest 32(b)). An instrument without such a power makes the act neither impossible nor lawful: it is recorded, and
// under no article. The other State has nothing on its log either way.
func (c *Case) transborder(k Clerk) {
	us := c.requesting
	for {
		a, ok := c.ask(k, us, mla.QAccess)
		if !ok {
			return
		}
		access := a.(mla.AccessAnswer)
		id := us.number("evidence")
		r := us.act(k, activities.Produce, id, c.request.Provider, c.request.Scope, access.Records)
		e := mla.Evidence{ID: id, Scope: c.request.Scope, Records: access.Records, Hash: r.Hash}
		us.record(k, mla.RequestingAuthority, mla.TransborderAccessedBody{Evidence: e, Consent: access.Consent})
		k.Open(func(k Clerk) { c.obtained(k, e) })
	}
}
