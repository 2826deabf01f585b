package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// floor prolongs a review that is shorter than the floor of scrutiny to it, or than what is asked for where a finding stands
// against whoever asks (L20), and takes the time: the file waits rather than being stamped. It returns the minutes added.
func (c *Case) floor(k Clerk, a *mla.DecideAnswer) int {
	a.Minutes, a.UrgentMinutes = c.minutes(*a), 0
	least := c.terms.Scrutiny.FloorMinutes
	if duty, owed := c.terms.Duty("L20 enhanced"); owed && c.knows("authority.found_before") {
		least = max(least, 60*duty.Hours)
	}
	short := least - a.Minutes
	if short <= 0 {
		return 0
	}
	a.Minutes += short
	k.Await(k.Now().Add(time.Duration(short)*time.Minute), c.takenBack)
	return short
}
