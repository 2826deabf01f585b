package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
)

// begin opens the procedures of the case, by the way in which the data are sought. Only the first is a request; on the
// others no log shows one, and what the receiver wanted is known to nobody but the author of the case.
func (c *Case) begin(k Clerk) {
	switch c.request.Channel {
	case mla.Spontaneous:
		k.Open(c.spontaneous, func(k Clerk) { c.putToUse(k, mla.InformationShared) })
	case mla.Contact:
		k.Open(c.contactAsks, c.contactPoint, func(k Clerk) { c.putToUse(k, mla.ContactAnswered) })
	case mla.Police:
		k.Open(c.police, func(k Clerk) { c.putToUse(k, mla.PoliceShared) })
	case mla.JointTeam:
		k.Open(c.formTeam, c.jointTeam, func(k Clerk) { c.putToUse(k, mla.PoliceShared) })
	case mla.Voluntary:
		k.Open(c.approach, c.voluntary, func(k Clerk) { c.putToUse(k, mla.VoluntaryDisclosed) })
	case mla.Transborder:
		k.Open(c.transborder)
	default:
		k.Open(c.requestingState, c.requestedState)
		if c.request.Preserve {
			k.Open(c.preservation)
			c.openIfAttended(k, mla.QRenewal, c.renewals)
		}
		c.openIfAttended(k, mla.QRetention, c.retention)
		c.openIfAttended(k, mla.QDefence, c.defence)
	}
}

// gate is parity of channels: before anything leaves without a request, it is entered on a docket and the central
// authority looks at the grounds it would look at in a request. Whether an instrument reaches the offence is no question
// here: these channels have no threshold, or one of their own. Where nobody asks for parity, the gate is open.
func (c *Case) gate(k Clerk, wanted bool) (docket string, scope mla.Scope, open bool) {
	if !wanted && !c.terms.Channels.Gated {
		return "", c.request.Scope, true
	}
	docket = c.requested.number("docket")
	d, _, ok := c.look(k, docket)
	return docket, d.Scope, ok && d.Outcome.Grants()
}

// look is the central authority's decision on what is entered on a docket, with its reasons. False: nobody decided.
func (c *Case) look(k Clerk, docket string) (mla.DecidedBody, string, bool) {
	us := c.requested
	us.learn(k, mla.CentralAuthority, c.in.Stated, "what is entered under "+docket)
	us.learn(k, mla.CentralAuthority, c.in.Known[mla.CentralAuthority], "its own files and law")
	for {
		a, ok := c.ask(k, us, mla.QDecide)
		if !ok {
			return mla.DecidedBody{}, "", false
		}
		answer := a.(mla.DecideAnswer)
		floored := c.floor(k, &answer)
		said, _ := c.examine(k, answer, floored)
		c.decided = c.weigh(answer, said)
		if c.executing == us { // an order abroad comes out as it does for whoever gives it
			c.outcome, c.settled = c.decided.Outcome, c.decided.Final
		}
		us.record(k, mla.CentralAuthority, c.decided, articles(c.decided.Grounds)...)
		if c.decided.Final {
			return c.decided, answer.Reasons, true
		}
		k.Await(k.Now().AddDate(0, 0, int(answer.Resumes)), nil)
	}
}

// shares lets the investigating authority of the State that holds the data send them, as often as it likes, past the
// gate.
func (c *Case) shares(k Clerk, gated bool, send func(k Clerk, s mla.ShareAnswer, docket string, e mla.Evidence)) {
	for {
		a, ok := c.ask(k, c.requested, mla.QShare)
		if !ok {
			return
		}
		share := a.(mla.ShareAnswer)
		if docket, scope, open := c.gate(k, gated); open {
			send(k, share, docket, c.gathered(k, scope, share.Records))
		}
	}
}

// gathered is evidence that leaves the State that holds it without an order.
func (c *Case) gathered(k Clerk, scope mla.Scope, records int) mla.Evidence {
	id := c.requested.number("evidence")
	r := c.requested.act(k, activities.Transmit, id, string(c.requesting.state), scope, records)
	return mla.Evidence{ID: id, Scope: scope, Records: records, Hash: r.Hash}
}

// putToUse takes up, one by one, what came without a request.
func (c *Case) putToUse(k Clerk, kind mla.Kind) {
	us := c.requesting
	for us.await(k, never, nil, kind) {
		var e mla.Evidence
		switch b := us.taken.Body.(type) {
		case mla.InformationSharedBody:
			e = b.Evidence
		case mla.PoliceSharedBody:
			e = b.Evidence
		case mla.VoluntaryDisclosedBody:
			e = b.Evidence
		case mla.ContactAnsweredBody:
			if b.Evidence == nil {
				continue
			}
			e = *b.Evidence
		}
		c.obtained(k, e)
	}
}

// obtained is what was done with data that no State was asked for: no provision limits their use. Where a registry of uses
// is kept (L11), it is kept of these too.
func (c *Case) obtained(k Clerk, e mla.Evidence) {
	k.Open(func(k Clerk) { c.passOn(k, e, false) })
	if a, ok := c.ask(k, c.requesting, mla.QUse); ok {
		c.used(k, e, a.(mla.UseAnswer), false)
	}
}
