package workflows

import (
	"slices"
	"time"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// secrecy settles whether the request will be carried out in secret. Where secrecy cannot be kept, the instruments part:
// UNCC 40(20) has the requesting State told, and says no more; Budapest 27(8) has it told and lets it decide whether to
// go on. It reports whether a secret is to be imposed and whether the request goes on.
func (c *Case) secrecy(k Clerk) (secret, goesOn bool) {
	us := c.requested
	possible, known := us.known[mla.CentralAuthority]["secrecy.possible"].AsBool()
	if !c.request.Confidential || !known || possible {
		return c.request.Confidential, true
	}
	decides := c.terms.Secrecy.Impossible == policies.RequestingDecides
	us.send(k, mla.CentralAuthority, mla.SecrecyImpossibleBody{
		Why: "it cannot be carried out without becoming known", RequestingDecides: decides,
	}, c.requesting, mla.RequestingAuthority, c.terms.Secrecy.ImpossibleArticle)
	if !decides {
		return false, true
	}
	if !us.await(k, us.patience(k), c.takenBack, mla.SecrecyAnswered) {
		if !c.takenBack() {
			c.lapse(k, "whether to go on without secrecy was for the requesting State to say, and it did not")
		}
		return false, false
	}
	if !us.taken.Body.(mla.SecrecyAnsweredBody).GoesOn {
		c.outcome = mla.Withdrawn
		return false, false
	}
	return false, true
}

// gag says what binds the provider to silence: a duty the instrument has States create for this measure, or the
// requested State's own law in answer to the other's demand. Nil: nothing does.
func (c *Case) gag(secret bool) *policies.ProviderSecrecy {
	if treaty, ok := c.terms.Secrecy.Treaty[c.request.Measure]; ok {
		return &treaty
	}
	if secret {
		law := c.terms.Secrecy.Law
		law.Article = c.terms.Secrecy.RequestArticle
		return &law
	}
	return nil
}

// confidentiality imposes a secret on a provider and lets its clock run, if it has one. A secret without end is an
// event: no clock runs for it, and it stands until somebody lifts it; that the need has ended does not.
func (c *Case) confidentiality(k Clerk, role mla.Role, order string, gag policies.ProviderSecrecy) {
	if c.saidOver() {
		return
	}
	us := c.executing
	imposed := mla.ConfidentialityImposedBody{
		Order: order, On: c.request.Provider, Basis: gag.Basis, Persons: c.reached.Persons,
	}
	if gag.Days > 0 {
		end := k.Now().AddDate(0, 0, gag.Days)
		imposed.ExpiresAt = &end
	}
	us.secrets = append(us.secrets, order)
	us.sealed[order] = mla.Opened{Provider: c.request.Provider, Since: k.Now(), Scope: c.reached}
	us.record(k, role, imposed, gag.Article)
	if c.terms.Notice.Owed {
		deferred, by := c.deferral(role)
		deferred.Until = imposed.ExpiresAt
		us.record(k, role, deferred, c.terms.Notice.Basis, by)
	}
	if imposed.ExpiresAt != nil {
		end := *imposed.ExpiresAt
		k.Open(func(k Clerk) { c.term(k, order, gag, end) })
	}
}

// deferral says why the person is not told while a secret stands, and by which article. An instrument that itself has the
// person told sets a test for not doing so yet, and a secret that binds the provider does not meet it (Regulation 2023/1543,
// 13(2) and 13(4)): who waits on nothing but the secret departs from the duty to tell.
func (c *Case) deferral(role mla.Role) (b mla.NoticeDeferredBody, by string) {
	b = mla.NoticeDeferredBody{Person: c.request.Person, Why: "the secret stands"}
	if c.terms.Direct.Delay == "" {
		return b, ""
	}
	if justified, _ := c.executing.known[role]["notice.delay_justified"].AsBool(); !justified {
		b.Why += ", and nothing shows that the test for a delay is met"
		b.Departures = []mla.Ground{{Rule: rule(c.terms.Direct.Person), Article: c.terms.Direct.Person}}
		return b, ""
	}
	b.Why += ", and the test for a delay is met"
	return b, c.terms.Direct.Delay
}

// term is the clock of a secret that has one: it ends, by lift or renewal, at every term. Where a renewal takes fresh facts
// (L02), those count that the authority did not have when the term began.
func (c *Case) term(k Clerk, order string, gag policies.ProviderSecrecy, end time.Time) {
	us := c.executing
	over := func() bool { return c.saidOver() || !slices.Contains(us.secrets, order) }
	for renewals := 0; ; renewals++ {
		before := us.known[mla.CentralAuthority]
		if c.owes("L02 fresh-facts") && c.attended(mla.QRenewSecrecy) {
			us.ask(k, mla.QRenewSecrecy, end, over)
		}
		ended := k.Await(end, over)
		fresh := changed(before, us.known[mla.CentralAuthority])
		switch {
		case ended && !slices.Contains(us.secrets, order):
			return
		case ended:
			c.lift(k, order, "the requesting State said that the need has ended")
			return
		case renewals >= gag.Renewals || c.settled && !gag.Automatic:
			c.lift(k, order, "its term is over")
			return
		case !c.owes("L02 fresh-facts"):
			fresh = nil
		case len(fresh) == 0:
			c.lift(k, order, "its term is over, and no fact is fresh")
			return
		}
		end = end.AddDate(0, 0, gag.Days)
		us.record(k, mla.CentralAuthority, mla.ConfidentialityRenewedBody{Order: order, ExpiresAt: end, Facts: fresh})
	}
}

// changed lists the facts that are known now and were not, or otherwise.
func changed(before, now mla.Facts) []mla.Path {
	return slices.DeleteFunc(now.Paths(), func(p mla.Path) bool { return before[p] == now[p] })
}

// saidOver reports whether the requesting State has written that the need has ended.
func (c *Case) saidOver() bool {
	return c.over || slices.ContainsFunc(c.requested.box, func(e mla.Event) bool { return e.Kind == mla.NeedEnded })
}

// askLift is the provider asking for its silence to end.
func (c *Case) askLift(k Clerk, order string) {
	a, ok := c.executing.ask(k, mla.QAskLift, never, nil)
	if !ok || !slices.Contains(c.executing.secrets, order) {
		return
	}
	l := a.(mla.AskLiftAnswer)
	c.executing.record(k, mla.Provider, mla.LiftAskedBody{Order: order, Answer: l.Answer})
	if l.Lifted {
		c.lift(k, order, "the provider asked")
	}
}

// lift ends a secret, and opens to the person what was sealed where a safeguard has it (L02). Where the State's law owes the
// person notice, its clock starts here.
func (c *Case) lift(k Clerk, order, why string) {
	us := c.executing
	us.secrets = slices.DeleteFunc(slices.Clone(us.secrets), func(o string) bool { return o == order })
	b := mla.ConfidentialityLiftedBody{Order: order, Why: why}
	if sealed, ok := us.sealed[order]; ok && c.owes("L02 unsealing") {
		b.Opened = &sealed
	}
	us.record(k, mla.CentralAuthority, b)
	if c.terms.Notice.Owed && len(us.secrets) == 0 && (c.settled || !c.arrived) {
		k.Open(c.notice)
	}
	c.openDocket(k)
}
