package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// keeping is what the receiver does with its copy: it keeps it until a script has it deleted, or, where a time is set (L12),
// until the need or the time has ended.
func (c *Case) keeping(k Clerk, e mla.Evidence) {
	duty, owed := c.terms.Duty("L12 retention")
	b := mla.DeletedBody{Evidence: e.ID, Holder: c.receiver(), Why: "its time is over", Confirmed: true}
	switch {
	case c.volunteers(mla.QKeep):
		a, ok := c.after(k, c.requesting, mla.QKeep)
		if !ok || a.(mla.KeepAnswer).Keeps {
			return
		}
		b.Why, b.Confirmed = "by the holder's own rule", a.(mla.KeepAnswer).Proof
	case !owed:
		return
	case k.Await(k.Now().AddDate(0, 0, duty.Days), func() bool { return c.needless }):
		b.Why = "it is no longer needed"
	}
	c.deleted = true
	c.requesting.record(k, mla.RequestingAuthority, b)
}

// breach is a leak of the receiver's copy. Who learns of it depends on a safeguard (L12), or an instrument, that has it told;
// otherwise on the receiver alone.
func (c *Case) breach(k Clerk, e mla.Evidence) {
	a, ok := c.after(k, c.requesting, mla.QBreach)
	if !ok || c.deleted {
		return
	}
	us, leak := c.requesting, a.(mla.BreachAnswer)
	us.record(k, mla.RequestingAuthority, mla.BreachFoundBody{Evidence: e.ID, Holder: c.receiver(), Persons: leak.Persons})
	duty, owed := c.terms.Duty("L12 breach")
	owed = owed || len(c.terms.Acts[mla.BreachNotified]) > 0
	hours := leak.TellsAfter
	if hours == 0 {
		hours = duty.Hours
	}
	if leak.Silent || !owed && leak.TellsAfter == 0 {
		return
	}
	k.Await(k.Now().Add(time.Duration(hours)*time.Hour), nil)
	us.send(k, mla.CentralAuthority, mla.BreachNotifiedBody{To: string(c.requested.state), HoursAfter: hours}, c.requested, mla.CentralAuthority)
	us.record(k, mla.CentralAuthority, mla.BreachNotifiedBody{To: "the persons", HoursAfter: hours})
}

// receiver holds the copy that was delivered.
func (c *Case) receiver() string {
	return mla.Actor{Role: mla.RequestingAuthority, State: c.requesting.state}.String()
}
