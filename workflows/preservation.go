package workflows

import (
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
)

// preservation is the contact point's part: quick preservation of stored data for a request that is to follow (UNCC
// 41-42, Budapest 29, 35). The grounds for saying no are a closed list, and dual criminality is not among them. The
// period is a floor; once the letter has arrived it becomes a hold until the request is decided. Each domestic order has
// a ceiling and is renewed while the floor or the hold lasts.
func (c *Case) preservation(k Clerk) {
	us := c.requested
	if !us.await(k, never, c.takenBack, mla.PreservationRequested) {
		return
	}
	us.learn(k, mla.ContactPoint, c.in.Known[mla.ContactPoint], "its own files and law")
	c.assess(k, mla.ContactPoint, mla.StagePreservation, mla.NotTested)
	a, ok := c.ask(k, us, mla.QPreservation)
	if !ok || c.settled {
		return
	}
	assessment := c.assess(k, mla.ContactPoint, mla.StagePreservation, mla.NotTested)
	raised := findings{assessment.Findings}.grounds(func(f *mla.Finding) bool {
		return f.Open() && named(a.(mla.PreservationAnswer).Raises, f)
	})
	us.send(k, mla.ContactPoint, mla.PreservationDecidedBody{Granted: len(raised) == 0, Grounds: raised},
		c.requesting, mla.RequestingAuthority)
	if len(raised) > 0 {
		return
	}
	if !c.mayPreserve(k) || c.settled {
		return
	}
	ceiling := c.ceiling(k)
	order, floor := c.keep(k)
	if gag, ok := c.terms.Secrecy.Treaty[mla.Preserve]; ok && c.request.Confidential {
		c.confidentiality(k, mla.ContactPoint, order, gag)
	}
	end, capped := c.extend(k, order, floor)
	if end.After(floor) && ceiling != never {
		ceiling = end // an extension is an order of its own
	}
	floor = end
	if c.arrived && c.terms.Preservation.Hold {
		us.record(k, mla.ContactPoint, mla.PreservationHeldBody{Order: order}, c.terms.Preservation.HoldArticle)
		for !k.Await(ceiling, func() bool { return c.settled }) {
			ceiling = c.ceiling(k)
			us.record(k, mla.ContactPoint, mla.PreservationExtendedBody{Order: order, Until: ceiling}, c.terms.Preservation.HomeArticle)
		}
	}
	k.Await(floor, nil)
	why := "its period is over and no request came"
	if c.arrived {
		why = "its period is over and the request is settled"
	} else if capped {
		why = "it had been extended as often as it may be, and no request came"
	}
	c.release(k, order, why)
}

// keep orders the provider to preserve, for as long as the instrument says at least.
func (c *Case) keep(k Clerk) (order string, until time.Time) {
	us := c.requested
	order = us.number("preservation")
	us.act(k, activities.Preserve, order, c.request.Provider, c.request.Scope, 0)
	until = k.Now().AddDate(0, 0, c.terms.Preservation.FloorDays)
	us.record(k, mla.ContactPoint, mla.PreservationOrderedBody{Order: order, Provider: c.request.Provider, Until: until},
		c.terms.Preservation.Article)
	c.preserved = order
	return order, until
}

// mayPreserve asks for authorisation where the State's law has somebody independent give it.
func (c *Case) mayPreserve(k Clerk) bool {
	by := c.terms.Authority(mla.Preserve, c.request.Scope)
	if !by.Independent {
		return true
	}
	c.requested.record(k, mla.ContactPoint, mla.AuthorisationSoughtBody{
		Stage: mla.StagePreservation, Measure: mla.Preserve, Scope: c.request.Scope, Authority: by.Authority, Independent: by.Independent,
	}, by.Basis)
	a, ok := c.ask(k, c.requested, mla.QAuthorisePreservation)
	if !ok {
		return false
	}
	ruling := a.(mla.AuthorisePreservationAnswer)
	b := mla.AuthorisationDecidedBody{Stage: mla.StagePreservation, Authority: by.Authority, Independent: by.Independent, Ruling: mla.RulingDeny, Reasons: ruling.Reasons}
	if ruling.Grants {
		b.Ruling, b.Scope = mla.RulingGrant, c.request.Scope
	}
	c.requested.record(k, mla.Court, b, by.Basis)
	return ruling.Grants
}

// ceiling is the end of a domestic order made or renewed now; where the instrument sets none, it never comes.
func (c *Case) ceiling(k Clerk) time.Time {
	if c.terms.Preservation.CeilingDays == 0 {
		return never
	}
	return k.Now().AddDate(0, 0, c.terms.Preservation.CeilingDays)
}

// release lets preserved data go. Of data that were kept and never asked for, the person is told where a safeguard has it.
func (c *Case) release(k Clerk, order, why string) {
	c.lapsed, c.preserved = true, ""
	c.requested.record(k, mla.ContactPoint, mla.PreservationLapsedBody{Order: order, Why: why})
	if c.terms.Channels.LapseNotice && !c.arrived {
		c.informPerson(k, order, c.request.Scope.Persons)
	}
}
