package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
)

// preservation is the contact point's part: quick preservation of stored data for a request that is to follow (UNCC
// 41-42, Budapest 29, 35). The grounds for saying no are a closed list, and dual criminality is not among them. The
// period is a floor; once the letter has arrived it becomes a hold until the request is decided. Each domestic order has
// a ceiling and is renewed while the floor or the hold lasts.
func (c *Case) preservation(k Clerk) {
	us := c.requested
	if _, ok := us.await(k, c.forever(), mla.PreservationRequested); !ok {
		return
	}
	us.learn(k, mla.ContactPoint, c.in.Known[mla.ContactPoint], "its own files and law")
	a, ok := c.ask(k, us, mla.QPreservation)
	if !ok {
		return
	}
	assessment := c.assess(k, mla.ContactPoint, mla.StagePreservation, mla.NotTested)
	raised := grounds(assessment.Findings, func(f mla.Finding) bool {
		return f.Open() && named(a.(mla.PreservationAnswer).Raises, f)
	})
	us.send(k, mla.ContactPoint, mla.PreservationDecidedBody{Granted: len(raised) == 0, Grounds: raised},
		c.requesting, mla.RequestingAuthority)
	if len(raised) > 0 {
		return
	}
	order, scope := us.order("preservation"), c.request.Scope
	c.act(k, activities.Preserve, order, scope, 0)
	floor := k.Now().AddDate(0, 0, c.terms.Preservation.FloorDays)
	us.record(k, mla.ContactPoint, mla.PreservationOrderedBody{Order: order, Provider: c.request.Provider, Until: floor},
		c.terms.Preservation.Article)
	c.preserved = order
	if !k.Await(floor, func() bool { return c.arrived }) || !c.terms.Preservation.Hold {
		c.lapse(k, order, "its period is over and no request came")
		return
	}
	us.record(k, mla.ContactPoint, mla.PreservationHeldBody{Order: order}, c.terms.Preservation.HoldArticle)
	for {
		until := k.Now().AddDate(0, 0, c.terms.Preservation.CeilingDays)
		if k.Await(until, func() bool { return c.settled }) {
			c.lapse(k, order, "the request is settled")
			return
		}
		us.record(k, mla.ContactPoint, mla.PreservationExtendedBody{
			Order: order, Until: k.Now().AddDate(0, 0, c.terms.Preservation.CeilingDays),
		}, c.terms.Preservation.HomeArticle)
	}
}

func (c *Case) lapse(k Clerk, order, why string) {
	c.lapsed, c.preserved = true, ""
	c.requested.record(k, mla.ContactPoint, mla.PreservationLapsedBody{Order: order, Why: why})
}
