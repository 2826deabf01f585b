package workflows

import (
	"time"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// remedy is the person going to law over what was done with their data. It takes four things: to be told, a court that hears
// such a case, standing before it, and success. Whoever is never told seeks nothing.
func (c *Case) remedy(k Clerk) {
	if c.sought || c.measured.IsZero() {
		return
	}
	c.sought = true
	told := k.Now()
	if _, ok := c.after(k, c.executing, mla.QRemedy); !ok {
		return
	}
	p, law := c.forum()
	b := mla.RemedySoughtBody{Standing: mla.Unknown}
	if p == nil {
		c.executing.record(k, mla.Person, b)
		return
	}
	b.Forum, b.Standing = mla.Actor{Role: mla.Court, State: p.state}.String(), c.standing(law)
	p.record(k, mla.Person, b, law.Basis)
	if late := c.lateness(law, told); b.Standing == mla.No || !late.IsZero() && k.Now().After(late) {
		reason := "no standing"
		if b.Standing != mla.No {
			reason = "out of time"
		}
		p.record(k, mla.Court, mla.RemedyDecidedBody{Reason: reason}, law.Basis)
		return
	}
	if a, ok := c.after(k, p, mla.QRemedyRuling); ok {
		r := a.(mla.RemedyRulingAnswer)
		p.record(k, mla.Court, mla.RemedyDecidedBody{Granted: r.Grants, Reason: r.Reason}, law.Basis)
	}
}

// forum is the State whose courts hear the person: the one that carried the measure out, then the other. Where a forum is
// asked for (L19) there is one. Nil: none.
func (c *Case) forum() (*party, policies.Remedy) {
	for _, p := range []*party{c.executing, c.requested, c.requesting} {
		if law := c.terms.Remedies[p.state]; law.Available {
			return p, law
		}
	}
	if c.owes("L19 forum") {
		return c.executing, policies.Remedy{Available: true, Basis: "safeguard L19"}
	}
	return nil, policies.Remedy{}
}

// standing is whether the courts hear this person; where the law does not say, it is for them.
func (c *Case) standing(law policies.Remedy) mla.Answer {
	switch {
	case c.owes("L19 forum") || law.Standing == policies.Anyone:
		return mla.Yes
	case law.Standing == policies.Accused:
		return mla.AnswerOf(c.charged)
	}
	return mla.Unknown
}

// lateness is the last instant for going to law, or the zero instant where there is none. Where the law lets time run from a
// measure that nobody knew of, it may be over before anybody could act, unless time waits (L19).
func (c *Case) lateness(law policies.Remedy, told time.Time) time.Time {
	switch {
	case law.Days == 0:
		return never
	case law.FromMeasure && !c.owes("L19 tolling"):
		return c.measured.AddDate(0, 0, law.Days)
	}
	return told.AddDate(0, 0, law.Days)
}
