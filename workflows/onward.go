package workflows

import (
	"strings"

	"rogatory/internal/mla"
)

// used records what the evidence was used for. Where a registry of uses is kept, it stops a use beyond the request: no token
// covers it.
func (c *Case) used(k Clerk, e mla.Evidence, u mla.UseAnswer, limited bool) {
	if !u.WithinRequest && !c.free(u) && c.terms.Use.Tokens {
		c.block(k, e, u.Purpose, "")
		return
	}
	b := use(e, u)
	if !u.WithinRequest && !u.Consent && !c.free(u) {
		b.Departures = c.unconsented(limited)
	}
	c.requesting.record(k, mla.RequestingAuthority, b, c.limit(limited))
}

// use is what a use looks like on the log.
func use(e mla.Evidence, u mla.UseAnswer) mla.UseRecordedBody {
	return mla.UseRecordedBody{
		Evidence: e.ID, Purpose: u.Purpose, WithinRequest: u.WithinRequest, Exculpatory: u.Exculpatory, Consent: u.Consent,
	}
}

// passOn is what the requesting State does with the evidence beyond the request: it puts it to another use, or passes it on
// to another State, with or without the consent of the State it came from (UNCC 40(19)). Where a registry of uses is kept,
// each needs a token of that consent.
func (c *Case) passOn(k Clerk, e mla.Evidence, limited bool) {
	us := c.requesting
	for {
		a, ok := us.ask(k, mla.QPassOn, never, func() bool { return c.deleted })
		if !ok {
			return
		}
		p := a.(mla.PassOnAnswer)
		consent, token := p.Asks && c.consent(k, e, p), ""
		if consent && c.terms.Use.Tokens {
			token = us.taken.Body.(mla.ConsentDecidedBody).Token
		}
		var departs []mla.Ground
		if !consent {
			departs = c.unconsented(limited)
		}
		switch {
		case c.deleted:
			return
		case c.terms.Use.Tokens && token == "":
			c.block(k, e, p.Purpose, p.To)
		case p.Asks && !consent && !p.Anyway:
		case p.To == "" || p.To == us.state:
			us.record(k, mla.RequestingAuthority, mla.UseRecordedBody{
				Evidence: e.ID, Purpose: p.Purpose, Consent: consent, Token: token, Departures: departs,
			}, c.limit(limited))
		default:
			us.send(k, mla.CentralAuthority, mla.OnwardTransferredBody{
				Evidence: e, Purpose: p.Purpose, Token: token, Consent: consent, Departures: departs,
			}, c.party(p.To), mla.CentralAuthority, c.limit(limited))
		}
	}
}

// consent asks the State the evidence came from, and waits for its answer as long as this State waits for one.
func (c *Case) consent(k Clerk, e mla.Evidence, p mla.PassOnAnswer) bool {
	us := c.requesting
	sent := us.send(k, mla.CentralAuthority, mla.ConsentAskedBody{Evidence: e.ID, Use: p.Purpose, To: p.To}, c.requested, mla.CentralAuthority,
		c.terms.Use.Article)
	k.Open(c.considerConsent)
	for deadline := us.patience(k); us.await(k, deadline, func() bool { return c.deleted }, mla.ConsentDecided); {
		if b := us.taken.Body.(mla.ConsentDecidedBody); b.To == sent {
			return b.Grants
		}
	}
	return false
}

// considerConsent is the other end: the State the evidence came from agrees or does not.
func (c *Case) considerConsent(k Clerk) {
	us := c.requested
	us.await(k, never, nil, mla.ConsentAsked)
	asked := us.taken
	a, ok := us.ask(k, mla.QConsent, never, nil)
	if !ok {
		return
	}
	answer := a.(mla.ConsentAnswer)
	b := mla.ConsentDecidedBody{To: asked.Message, Grants: answer.Grants, Why: answer.Why}
	if answer.Grants && c.terms.Use.Tokens {
		b.Token = us.number("token")
	}
	us.send(k, mla.CentralAuthority, b, c.requesting, mla.CentralAuthority, c.terms.Use.Article)
}

// block is the registry of uses stopping a use.
func (c *Case) block(k Clerk, e mla.Evidence, use string, to mla.State) {
	c.requesting.record(k, mla.RequestingAuthority, mla.UseBlockedBody{Evidence: e.ID, Use: use, To: to})
}

// free reports whether the instrument leaves a use free: evidence that clears an accused (UNCC 40(19)).
func (c *Case) free(u mla.UseAnswer) bool { return u.Exculpatory && c.terms.Use.Exculpatory }

// limit is the provision that limits use, where use is limited.
func (c *Case) limit(limited bool) string {
	if limited {
		return c.terms.Use.Article
	}
	return ""
}

// unconsented is the departure of whoever uses evidence beyond the request without consent, where use is limited.
func (c *Case) unconsented(limited bool) []mla.Ground {
	article := c.limit(limited)
	if article == "" {
		return nil
	}
	return []mla.Ground{{Rule: rule(article), Article: article}}
}

// rule names a provision as rules are named: of "uncc 40(19)" it is "uncc/40(19)".
func rule(article string) string { return strings.Replace(article, " ", "/", 1) }
