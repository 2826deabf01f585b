package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// collection takes data as they arise, for as long as was authorised or, where nothing stops it (L01), as long as it runs.
// It reports whether production is to follow; a withdrawal ends it, and so does a court that sets the order aside.
func (c *Case) collection(k Clerk, order string) bool {
	m := c.request.Measure
	if m != mla.RealTimeTraffic && m != mla.Interception {
		return true
	}
	us, days := c.requested, c.authorisedDays()
	runs := mla.InterceptAnswer{}
	if c.attended(mla.QIntercept) {
		a, ok := c.ask(k, us, mla.QIntercept)
		if !ok {
			return false
		}
		runs = a.(mla.InterceptAnswer)
	}
	lasts := days
	if int(runs.Days) > 0 && (int(runs.Days) < days || !c.owes("L01 hard-stop")) {
		lasts = int(runs.Days)
	}
	articles := c.terms.RealTime[m]
	us.record(k, mla.Provider, mla.InterceptionStartedBody{Order: order, Measure: m, Days: days}, articles...)
	began := k.Now()
	k.Await(began.AddDate(0, 0, lasts), func() bool { return c.takenBack() || c.left != nil && c.left.Empty() })
	b := mla.InterceptionStoppedBody{Order: order, TargetDays: int(k.Now().Sub(began) / (24 * time.Hour)), Bystanders: runs.Bystanders}
	if runs.Points > 0 {
		b.Points, b.Tier = runs.Points, "traffic"
		if c.owes("L27 tier") {
			b.Tier = "location"
		}
		if cap, ok := c.terms.Duty("L27 hourly"); ok {
			b.Points = min(b.Points, cap.Most*b.TargetDays)
		}
	}
	us.record(k, mla.Provider, b, articles...)
	return !c.takenBack()
}

// authorisedDays is how long the ruling lets collection run; where it does not say, as long as the letter asks.
func (c *Case) authorisedDays() int {
	if c.days > 0 {
		return c.days
	}
	return 30 * max(1, c.request.Scope.Months)
}
