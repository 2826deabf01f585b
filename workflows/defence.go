package workflows

import "rogatory/internal/mla"

// defence is the person's side asking for evidence abroad. The instruments speak of authorities alone, so nobody may carry
// it; where a safeguard gives a way, a court does, with a request for quick preservation ahead of the letter.
func (c *Case) defence(k Clerk) {
	us := c.requesting
	a, ok := c.ask(k, us, mla.QDefence)
	if !ok {
		return
	}
	asked := mla.DefenceAskedBody{Scope: c.request.Scope, Why: a.(mla.DefenceAnswer).Why}
	if !c.terms.Channels.Defence {
		us.record(k, mla.Person, asked)
		us.record(k, mla.CentralAuthority, mla.DefenceAnsweredBody{Why: "no provision lets anybody carry it"})
		return
	}
	asked.Through = "court"
	us.record(k, mla.Person, asked)
	if c.drafted || c.request.Preserve {
		us.record(k, mla.Court, mla.DefenceAnsweredBody{Carried: true, Why: "a request for the same data is under way"})
		return
	}
	us.record(k, mla.Court, mla.DefenceAnsweredBody{Carried: true, Why: "the court asks in its own name"})
	us.send(k, mla.Court, mla.PreservationRequestedBody{Request: c.request, Facts: c.in.Stated, Silence: c.request.Confidential},
		c.requested, mla.ContactPoint)
	k.Open(c.preservation)
	c.letter(k)
}

// retention is the provider deleting in the usual course what nobody has had it keep.
func (c *Case) retention(k Clerk) {
	a, ok := k.Ask(mla.QRetention, never, nil)
	if !ok || c.preserved != "" || c.lapsed {
		return
	}
	c.expired = true
	c.register().record(k, mla.Provider, mla.EvidenceExpiredBody{Provider: c.request.Provider, Why: a.(mla.RetentionAnswer).Why})
}
