package workflows

import "rogatory/internal/mla"

// minutes is the scrutiny a file gets. One marked urgent is read faster; where urgency has a price (L26), only one whose
// letter shows why.
func (c *Case) minutes(a mla.DecideAnswer) int {
	if !c.request.Urgent || a.UrgentMinutes == 0 || c.owes("L26 full-reading") && !c.knows("urgency.shown") {
		return a.Minutes
	}
	return a.UrgentMinutes
}
