package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
)

// execution considers whose help is needed, serves the provider, binds it to silence where a secret is due, hears its challenge
// where it has a right to one, and takes the evidence. The duty to produce and the duty of silence come from the requested
// State's law; a treaty binds States only.
func (c *Case) execution(k Clerk, scope mla.Scope, secret bool) (mla.Evidence, bool) {
	us := c.requested
	help, ok := c.compelledHelp(k)
	if !ok {
		return mla.Evidence{}, false
	}
	order := us.number("order")
	us.act(k, activities.Serve, order, c.request.Provider, scope, 0)
	us.record(k, mla.CentralAuthority, mla.OrderServedBody{
		Order: order, Provider: c.request.Provider, Measure: c.request.Measure, Scope: scope,
		ChallengeAvailable: c.terms.Challenge.Available,
	})
	if gag := c.gag(secret); gag != nil {
		c.confidentiality(k, mla.CentralAuthority, order, *gag)
		k.Open(func(k Clerk) { c.askLift(k, order) })
	}
	if help != nil {
		us.record(k, mla.CentralAuthority, *help)
	}
	a, ok := c.ask(k, us, mla.QComply)
	if !ok {
		return mla.Evidence{}, false
	}
	comply := a.(mla.ComplyAnswer)
	if comply.Challenges != "" && c.terms.Challenge.Available {
		if scope, ok = c.challenge(k, order, scope, comply.Challenges); !ok {
			return mla.Evidence{}, false
		}
	}
	if !c.collection(k, order) {
		return mla.Evidence{}, false
	}
	if c.left != nil {
		if scope, ok = c.obey(k, scope, *c.left); !ok {
			return mla.Evidence{}, false
		}
	}
	return c.produce(k, order, scope, comply)
}

// challenge files the provider's motion. Where the State's law stays the order, production waits for the ruling and
// follows it; elsewhere the ruling comes too late, unless data are still being collected as they arise.
func (c *Case) challenge(k Clerk, order string, scope mla.Scope, why string) (mla.Scope, bool) {
	c.requested.record(k, mla.Provider, mla.ChallengeFiledBody{Order: order, Why: why}, c.terms.Challenge.Basis)
	if !c.terms.Challenge.Stays {
		k.Open(func(k Clerk) {
			if left, ok := c.hear(k, order, scope); ok {
				c.left = &left
			}
		})
		return scope, true
	}
	left, ok := c.hear(k, order, scope)
	if !ok {
		return mla.Scope{}, false
	}
	return c.obey(k, scope, left)
}

// obey follows a ruling on a challenge that comes before production.
func (c *Case) obey(k Clerk, scope, left mla.Scope) (mla.Scope, bool) {
	switch {
	case left.Empty():
		c.barred(k, "the order was set aside on the provider's challenge")
		return mla.Scope{}, false
	case !scope.Within(left):
		c.narrow(k, left, "the order was narrowed on the provider's challenge")
	}
	return left, true
}

// hear is the court's ruling on a challenge and what it leaves of the order: granted, the order falls; modified, something
// is left of it; denied, it stands.
func (c *Case) hear(k Clerk, order string, scope mla.Scope) (mla.Scope, bool) {
	a, ok := c.ask(k, c.executing, mla.QChallenge)
	if !ok {
		return mla.Scope{}, false
	}
	answer := a.(mla.ChallengeAnswer)
	b := mla.ChallengeDecidedBody{Order: order, Ruling: answer.Ruling}
	switch answer.Ruling {
	case mla.RulingDeny:
		b.Scope = scope
	case mla.RulingModify:
		if b.Scope = narrower(answer.Scope, scope); b.Scope.Empty() {
			b.Ruling, b.Scope = mla.RulingGrant, mla.Scope{}
		}
	case mla.RulingGrant:
	}
	c.executing.record(k, mla.Court, b, c.terms.Challenge.Basis)
	return b.Scope, true
}

// produce takes the evidence. What was preserved and has lapsed is gone: nothing is produced from it.
func (c *Case) produce(k Clerk, order string, scope mla.Scope, comply mla.ComplyAnswer) (mla.Evidence, bool) {
	if c.lapsed {
		c.lapse(k, "what was preserved is gone")
		return mla.Evidence{}, false
	}
	if c.gone() {
		c.lapse(k, "the provider had deleted it in the usual course")
		return mla.Evidence{}, false
	}
	us, id := c.requested, c.requested.number("evidence")
	receipt := us.act(k, activities.Produce, id, c.request.Provider, scope, comply.Records)
	e := mla.Evidence{ID: id, Scope: scope, Records: comply.Records, Needed: comply.Needed, Hash: receipt.Hash}
	us.record(k, mla.Provider, mla.ProducedBody{Order: order, Evidence: e, From: c.preserved})
	return c.export(k, e), true
}

// gone reports whether the provider no longer has the data.
func (c *Case) gone() bool {
	for e := c; e != nil; e = e.before {
		if e.expired && e.requested.state == c.requested.state {
			return true
		}
	}
	return false
}
