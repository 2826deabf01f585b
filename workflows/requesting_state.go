package workflows

import (
	"slices"

	"rogatory/internal/mla"
)

// requestingState is the procedure of the State that asks: draft, preserve, send, answer questions, receive, use, close. A
// letter that is never drafted is never sent, whatever was preserved for it.
func (c *Case) requestingState(k Clerk) {
	us := c.requesting
	if c.request.Preserve {
		us.send(k, mla.RequestingAuthority, mla.PreservationRequestedBody{
			Request: c.request, Facts: c.in.Stated, Silence: c.request.Confidential,
		}, c.requested, mla.ContactPoint)
	}
	c.ask(k, us, mla.QDraft)
	c.letter(k)
}

// letter is the request itself, from its sending to its end, and what is tried after a refusal. It goes out once.
func (c *Case) letter(k Clerk) {
	if c.drafted {
		return
	}
	c.drafted = true
	c.requesting.record(k, mla.RequestingAuthority, mla.RequestDraftedBody{Request: c.request})
	c.submit(k, 1)
	k.Open(c.need)
	c.correspond(k)
	c.retry(k)
}

// submit sends the letter.
func (c *Case) submit(k Clerk, submission int) {
	c.requesting.send(k, mla.CentralAuthority, mla.RequestSubmittedBody{
		Request: c.request, Facts: c.in.Stated, Submission: submission,
	}, c.requested, mla.CentralAuthority)
}

// correspond answers what the requested State writes until the request is settled.
func (c *Case) correspond(k Clerk) {
	us, final := c.requesting, false
	closed := func() bool { return c.closed }
	for submission := 1; us.await(k, never, closed, mla.RequestReturned, mla.SupplementAsked, mla.Consulted,
		mla.SecrecyImpossible, mla.Decided, mla.Transmitted, mla.ReasonsGiven, mla.AssuranceAsked); {
		m := us.taken
		switch b := m.Body.(type) {
		case mla.RequestReturnedBody:
			if a, ok := c.ask(k, us, mla.QComplete); ok && a.(mla.CompleteAnswer).Withdraws {
				c.withdraw(k, "the letter was returned for completion")
				continue
			}
			submission++
			c.submit(k, submission)
		case mla.SupplementAskedBody:
			k.Open(func(k Clerk) { c.supply(k, b.Missing) })
		case mla.ConsultedBody:
			k.Open(func(k Clerk) { c.answerConsultation(k, m.Message) })
		case mla.SecrecyImpossibleBody:
			k.Open(func(k Clerk) { c.choose(k, b) })
		case mla.DecidedBody:
			c.heard = b.Outcome
			final = b.Final && !b.Outcome.Grants()
			if final && !slices.Contains(c.terms.Reasons.Outcomes, b.Outcome) {
				c.closeRequesting(k)
			}
		case mla.AssuranceAskedBody:
			k.Open(func(k Clerk) { c.assure(k, b.Of) })
		case mla.ReasonsGivenBody:
			if final {
				c.closeRequesting(k)
			}
		case mla.TransmittedBody:
			c.use(k, b)
			c.closeRequesting(k)
		}
	}
}

// closeRequesting ends this State's side, once. What it goes on to do is no longer part of the correspondence.
func (c *Case) closeRequesting(k Clerk) {
	if c.closed {
		return
	}
	c.closed = true
	c.requesting.record(k, mla.CentralAuthority, mla.CaseClosedBody{Outcome: c.heard})
}

// supply gives the facts asked for that the requesting State is willing to give.
func (c *Case) supply(k Clerk, missing []mla.Path) {
	a, ok := c.ask(k, c.requesting, mla.QSupplement)
	if !ok {
		return
	}
	offered, rather := a.(mla.SupplementAnswer).Facts, a.(mla.SupplementAnswer).Withdraws
	if i := slices.IndexFunc(missing, func(p mla.Path) bool { return slices.Contains(rather, p) }); i >= 0 {
		c.withdraw(k, "it was asked for "+string(missing[i]))
		return
	}
	given, declined := mla.Facts{}, []mla.Path{}
	for _, p := range missing {
		if v, ok := offered[p]; ok {
			given[p] = v
		} else {
			declined = append(declined, p)
		}
	}
	c.requesting.send(k, mla.RequestingAuthority, mla.SupplementGivenBody{Facts: given, Declined: declined},
		c.requested, mla.CentralAuthority)
}

// answerConsultation takes the conditions offered in a message, or does not.
func (c *Case) answerConsultation(k Clerk, message string) {
	if a, ok := c.ask(k, c.requesting, mla.QConsultation); ok {
		c.requesting.send(k, mla.RequestingAuthority, mla.ConsultationAnsweredBody{
			To: message, Accepts: a.(mla.ConsultationReply).Accepts,
		}, c.requested, mla.CentralAuthority)
	}
}

// choose is what the requesting State does once it is told that secrecy cannot be kept. Budapest 27(8) gives it the
// choice; UNCC 40(20) only has it told, and the requested State has not stopped meanwhile.
func (c *Case) choose(k Clerk, told mla.SecrecyImpossibleBody) {
	a, ok := c.ask(k, c.requesting, mla.QSecrecyImpossible)
	if !ok {
		return
	}
	goesOn := a.(mla.SecrecyReply).GoesOn
	if told.RequestingDecides {
		c.requesting.send(k, mla.RequestingAuthority, mla.SecrecyAnsweredBody{GoesOn: goesOn}, c.requested, mla.CentralAuthority)
	}
	if !goesOn {
		c.withdraw(k, "secrecy cannot be kept: "+told.Why)
	}
}

// withdraw takes the request back and closes the requesting side.
func (c *Case) withdraw(k Clerk, why string) {
	c.requesting.send(k, mla.RequestingAuthority, mla.RequestWithdrawnBody{Why: why}, c.requested, mla.CentralAuthority)
	c.heard = mla.Withdrawn
	c.closeRequesting(k)
}

// use takes the evidence into custody, unless it was shown where it is, and records what it was used for.
func (c *Case) use(k Clerk, b mla.TransmittedBody) {
	us := c.requesting
	if !b.InPlace {
		e := c.carry(k, b.Evidence)
		k.Open(func(k Clerk) { c.keeping(k, e) })
		k.Open(func(k Clerk) { c.breach(k, e) })
		k.Open(func(k Clerk) { c.passOn(k, e, b.UseLimited) })
	}
	k.Open(func(k Clerk) { c.trial(k, b.Evidence) })
	if a, ok := c.ask(k, us, mla.QUse); ok {
		c.used(k, b.Evidence, a.(mla.UseAnswer), b.UseLimited)
	}
}

// need runs beside the correspondence: one day the requesting authority no longer needs the help or the secrecy. Whether
// it says so is its own affair (UNCC 40(26) asks it to say when help is no longer needed). Nothing is left to say once
// the request has come to nothing.
func (c *Case) need(k Clerk) {
	a, _ := c.requesting.ask(k, mla.QNeedEnds, never, nil)
	if c.heard == mla.Refused || c.heard == mla.OutOfScope || c.heard == mla.Withdrawn {
		return
	}
	n := a.(mla.NeedEndsAnswer)
	b := mla.NeedEndedBody{Why: n.Why, Tells: n.Tells}
	if !n.Tells || c.executing == c.requesting {
		c.over = n.Tells
		c.requesting.record(k, mla.RequestingAuthority, b)
		return
	}
	c.requesting.send(k, mla.RequestingAuthority, b, c.requested, mla.CentralAuthority)
}
