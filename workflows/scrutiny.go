package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// floor prolongs a review that is shorter than the floor of scrutiny to it, and takes the time: the file waits rather than
// being stamped. It returns the minutes added.
func (c *Case) floor(k Clerk, a *mla.DecideAnswer) int {
	a.Minutes, a.UrgentMinutes = c.minutes(*a), 0
	short := c.terms.Scrutiny.FloorMinutes - a.Minutes
	if short <= 0 {
		return 0
	}
	a.Minutes += short
	k.Await(k.Now().Add(time.Duration(short)*time.Minute), c.takenBack)
	return short
}
