package workflows

import "rogatory/internal/mla"

// contactAsks is a message from one contact point to the other (UNCC 41, Budapest 35).
func (c *Case) contactAsks(k Clerk) {
	a, ok := c.ask(k, c.requesting, mla.QContact)
	if !ok {
		return
	}
	m := a.(mla.ContactAnswer)
	c.requesting.notify(k, mla.ContactPoint, mla.ContactAskedBody{
		Ask: m.Ask, Claim: m.Claim, Urgent: c.request.Urgent, Person: c.request.Person, Provider: c.request.Provider, Scope: c.request.Scope,
	}, c.requested, mla.ContactPoint)
}

// contactPoint is what the other does: preserve, tell or decline. The articles let it give data in an emergency where its
// law permits, and say nothing of a request to follow. Under parity of channels the message is tied to a docket, and what
// is personal is kept until a request comes.
func (c *Case) contactPoint(k Clerk) {
	us := c.requested
	if !us.await(k, never, c.takenBack, mla.ContactAsked) {
		return
	}
	asked := us.taken.Body.(mla.ContactAskedBody)
	reply, ok := c.ask(k, us, mla.QContactTell)
	if !ok {
		return
	}
	a := reply.(mla.ContactTellAnswer)
	b := mla.ContactAnsweredBody{Answer: a.Answer, Why: a.Why}
	if a.Checks || c.terms.Channels.CallBack {
		switch genuine := c.callBack(k); {
		case genuine == mla.No:
			b.Answer, b.Why = mla.ContactDeclines, "the message does not come from whom it names"
		case genuine == mla.Unknown && b.Answer == mla.ContactTells && c.terms.Channels.CallBack:
			b.Answer, b.Why = mla.ContactPreserves, "nobody could confirm who asks"
		}
	}
	if c.terms.Channels.Gated {
		b.Docket = us.number("docket")
		if b.Answer == mla.ContactTells {
			b.Answer, b.Why = mla.ContactPreserves, "personal data are told on a request only"
		}
	}
	switch b.Answer {
	case mla.ContactTells:
		e := c.gathered(k, asked.Scope, a.Records)
		b.Evidence = &e
	case mla.ContactPreserves:
		if !c.mayPreserve(k) {
			b.Answer, b.Why = mla.ContactDeclines, "preservation was not authorised"
		}
	case mla.ContactDeclines:
	}
	us.notify(k, mla.ContactPoint, b, c.requesting, mla.ContactPoint)
	if b.Answer == mla.ContactPreserves {
		order, until := c.keep(k)
		k.Await(until, nil)
		c.release(k, order, "its period is over and no request came")
	}
}

// callBack asks the other contact point, by a number of its own, whether the message is from there. Where nobody finds
// out in time, it stays unknown. The State named is told of a false one where senders are authenticated.
func (c *Case) callBack(k Clerk) mla.Answer {
	us, found := c.requested, mla.SenderCheckedBody{Sender: mla.Actor{Role: mla.ContactPoint, State: c.requesting.state}.String(), Genuine: mla.Unknown}
	if a, ok := us.ask(k, mla.QCallBack, us.patience(k), nil); ok {
		check := a.(mla.CallBackAnswer)
		found.How, found.Genuine = check.How, check.Genuine
	}
	us.record(k, mla.ContactPoint, found)
	if found.Genuine == mla.No && c.terms.Channels.CallBack {
		us.notify(k, mla.ContactPoint, mla.SenderAlertedBody{Sender: found.Sender, Genuine: found.Genuine}, c.requesting, mla.CentralAuthority)
	}
	return found.Genuine
}
