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
	us := c.requested
	docket = us.number("docket")
	us.learn(k, mla.CentralAuthority, c.in.Stated, "what is entered under "+docket)
	us.learn(k, mla.CentralAuthority, c.in.Known[mla.CentralAuthority], "its own files and law")
	for {
		a, ok := c.ask(k, us, mla.QDecide)
		if !ok {
			return docket, mla.Scope{}, false
		}
		answer := a.(mla.DecideAnswer)
		floored := c.floor(k, &answer)
		said, _ := c.examine(k, answer, floored)
		d := c.weigh(answer, said)
		c.outcome, c.decided, c.settled = d.Outcome, d, d.Final
		us.record(k, mla.CentralAuthority, d, articles(d.Grounds)...)
		if d.Final {
			return docket, d.Scope, d.Outcome.Grants()
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

// putToUse records what was done with what came without a request.
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
		a, ok := c.ask(k, us, mla.QUse)
		if !ok {
			return
		}
		us.record(k, mla.RequestingAuthority, use(e, a.(mla.UseAnswer)))
	}
}
