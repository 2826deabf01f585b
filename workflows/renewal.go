package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// renewals is the requesting State asking for longer preservation, before the period is over (UNCC 42(9)). Nothing has it
// follow up with a request.
func (c *Case) renewals(k Clerk) {
	for n := 1; ; n++ {
		if _, ok := c.ask(k, c.requesting, mla.QRenewal); !ok {
			return
		}
		c.requesting.send(k, mla.RequestingAuthority, mla.PreservationRequestedBody{
			Request: c.request, Facts: c.in.Stated, Silence: c.request.Confidential, Renewal: n,
		}, c.requested, mla.ContactPoint)
	}
}

// extend keeps preserved data for longer as often as the other State asks in time, until a letter is here. It returns the
// end of the period, and whether an extension was refused because there had been as many as a safeguard allows.
func (c *Case) extend(k Clerk, order string, floor time.Time) (end time.Time, capped bool) {
	us := c.requested
	for n := 0; us.await(k, floor, func() bool { return c.arrived }, mla.PreservationRequested); {
		longer := k.Now().AddDate(0, 0, c.terms.Preservation.FloorDays)
		if !longer.After(floor) {
			continue // it moves nothing
		}
		if c.terms.Channels.Capped && n >= c.terms.Channels.Renewals {
			capped = true
			continue
		}
		n, floor = n+1, longer
		us.record(k, mla.ContactPoint, mla.PreservationExtendedBody{Order: order, Until: floor}, c.terms.Preservation.ExtensionArticle)
	}
	return floor, capped
}
