package workflows

import (
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// order is an order to a provider in another State, under way.
type order struct {
	id         string
	scope      mla.Scope
	said       findings // what the law said to whoever issues it
	urgent     bool     // an emergency is claimed
	departures []mla.Ground
	served     time.Time // moved on by what it took to make the order clear
	staff      string    // of the firm, whom it is meant for in person, by pseudonym; empty: the firm
	notices    []*told   // the States that were told
	produced   bool
	pending    bool   // its validation is still to come
	invalid    string // why its validation failed; empty: it did not
}

// ordersAbroad reports whether no State is asked: the order goes straight to the provider.
func (c *Case) ordersAbroad() bool {
	return c.request.Channel == mla.Direct || c.request.Channel == mla.Formal && c.terms.Direct.Only
}

// directOrder is the procedure of a State that asks no State: issue, authorise, serve, tell whoever must be told, wait,
// receive, and undo what should not have been delivered. All of it is on the log of the State that issues. On the log of the
// State where the provider is there is only what that State is told; where nothing has it told, there is nothing.
func (c *Case) directOrder(k Clerk) {
	c.ownLaw(k)
	o, ok := c.issue(k)
	if !ok {
		return
	}
	if c.approved(k, o) {
		c.serve(k, o)
		c.tellOfOrder(k, o)
		if e, ok := c.provided(k, o); ok {
			c.delivered(k, o, e)
		}
	}
	c.heard = c.outcome
	c.settled = true
	c.closeRequesting(k)
	if c.terms.Statistics.Published {
		k.Open(c.statistics)
	}
}

// ownLaw puts the issuing State's own law where that of a requested State stands, with what the instrument asks of it.
func (c *Case) ownLaw(k Clerk) {
	c.request.Channel, c.executing = mla.Direct, c.requesting
	home := c.request
	home.Requesting, home.Requested = c.request.Requested, c.request.Requesting
	c.terms = c.terms.OrderedUnder(k.Terms(home, nil), c.request.Scope.Categories)
	c.in.Stated = c.in.Stated.With(mla.Facts{"channel.route": mla.Word("provider-order")})
}

// issue is the order as the issuing authority draws it up, with what the law says of it on what that authority knows. An
// order that is known to lie outside the instrument is not issued under it.
func (c *Case) issue(k Clerk) (*order, bool) {
	us := c.requesting
	a, ok := c.ask(k, us, mla.QDraft)
	if !ok {
		return nil, false
	}
	draft := a.(mla.DraftAnswer)
	o := &order{scope: c.request.Scope, urgent: c.request.Urgent, pending: draft.Unvalidated}
	if !c.owes("L16 firm") {
		o.staff = draft.Staff
	}
	us.record(k, mla.RequestingAuthority, mla.RequestDraftedBody{Request: c.request})
	if !c.terms.Direct.Asks {
		return o, true
	}
	us.learn(k, mla.RequestingAuthority, c.in.Stated, "its own file")
	for _, stage := range []mla.Stage{mla.StageScope, mla.StageAdmissibility} {
		o.said = append(o.said, c.assessBy(k, us, mla.RequestingAuthority, stage, mla.NotTested).Findings)
	}
	if len(o.said.grounds(closedGate)) > 0 {
		c.outcome, c.heard, c.settled = mla.OutOfScope, mla.OutOfScope, true
		c.closeRequesting(k)
		return nil, false
	}
	return o, true
}

// says is the law's answer on one rule, to whoever issued the order.
func (o *order) says(rule string) mla.Answer {
	for f := range o.said.each {
		if f.Rule == rule {
			return f.Holds
		}
	}
	return mla.No
}

// approved puts the order to whoever the issuing State's law, and the instrument, say must issue or validate it, by the kinds
// of data it asks for. In an emergency the instrument may let it go first (Regulation 2023/1543, 4(5)); an order that goes
// first without that power departs from the law, and goes all the same.
func (c *Case) approved(k Clerk, o *order) bool {
	if !o.pending {
		scope, ok := c.authorisation(k, o.scope)
		if !ok {
			c.outcome = mla.Refused
		}
		o.scope = scope
		return ok
	}
	power := c.terms.Direct.Emergency
	if power == "" || o.says(power) != mla.Yes {
		by := c.terms.Authority(c.request.Measure, o.scope)
		o.departures = []mla.Ground{{Rule: string(c.requesting.state) + "/own-law", Article: by.Basis}}
	}
	return true
}

// serve puts the order into the provider's hands, with the secret that goes with it, and has it validated now if it was not
// before.
func (c *Case) serve(k Clerk, o *order) {
	us := c.requesting
	o.id, o.served, c.reached, c.arrived = us.number("order"), k.Now(), o.scope, true
	us.act(k, activities.Serve, o.id, c.request.Provider, o.scope, 0)
	us.record(k, mla.RequestingAuthority, mla.OrderServedBody{
		Order: o.id, Provider: c.request.Provider, Measure: c.request.Measure, Scope: o.scope,
		ChallengeAvailable: c.terms.Challenge.Available, Departures: o.departures, Person: o.staff,
	})
	k.Open(c.need)
	if gag := c.gag(c.request.Confidential); gag != nil {
		c.confidentiality(k, mla.RequestingAuthority, o.id, *gag)
		k.Open(func(k Clerk) { c.askLift(k, o.id) })
	}
	if o.pending {
		c.seekValidation(k, o)
	}
}

// seekValidation asks for the validation that the order went ahead of. It comes in its time or not at all.
func (c *Case) seekValidation(k Clerk, o *order) {
	us, by, limit := c.requesting, c.terms.Authority(c.request.Measure, o.scope), c.terms.Direct.Periods[policies.Validation]
	us.record(k, mla.RequestingAuthority, mla.AuthorisationSoughtBody{
		Stage: mla.StageAfter, Measure: c.request.Measure, Scope: o.scope, Authority: by.Authority, Independent: by.Independent,
	}, by.Basis, limit.Article)
	k.Open(func(k Clerk) {
		a, ok := us.ask(k, mla.QValidate, limit.After(o.served), nil)
		o.pending = false
		if !ok {
			o.invalid = "no validation came in time"
			return
		}
		answer := a.(mla.ValidateAnswer)
		ruling, left := ruled(answer.Ruling, answer.Scope, o.scope)
		us.record(k, mla.Court, mla.AuthorisationDecidedBody{
			Stage: mla.StageAfter, Authority: by.Authority, Independent: by.Independent, Ruling: ruling, Scope: left, Reasons: answer.Reasons,
		}, by.Basis, limit.Article)
		if o.scope = left; ruling == mla.RulingDeny {
			o.invalid = "its validation was refused"
		}
	})
}

// tellOfOrder tells the State where the provider is, where the instrument has it told (Regulation 2023/1543, 8(1)); what is
// unknown does not excuse from telling. A safeguard has that State, and any third State concerned, told in every case (L18), or
// has it agree first as to a request (L13).
func (c *Case) tellOfOrder(k Clerk, o *order) {
	us, direct := c.requesting, c.terms.Direct
	if direct.Notice != "" && o.says(direct.Notice) != mla.No {
		window := direct.Periods[policies.Assessment]
		if o.urgent {
			window = direct.Periods[policies.ObjectionEmergency]
		}
		n := &told{party: c.requested, by: window.After(k.Now()), window: window.Article, listed: true, suspends: !o.urgent && direct.Periods[policies.OrderNotified].Length > 0}
		c.tell(k, us, mla.RequestingAuthority, "enforcing", n, mla.QObject, "")
		o.notices = append(o.notices, n)
	} else if gated := c.terms.Channels.Gated; gated || c.terms.ThirdState.Days > 0 {
		n := &told{party: c.requested, window: c.terms.ThirdState.Basis, suspends: true, gates: gated}
		if c.terms.ThirdState.Days > 0 {
			n.by = c.window(k)
		}
		c.tell(k, us, mla.RequestingAuthority, "host", n, mla.QObject, c.terms.ThirdState.Basis)
		o.notices = append(o.notices, n)
	}
	o.notices = append(o.notices, c.tellThirdStates(k, us, mla.RequestingAuthority)...)
}

// stopped says why the order has no effect any more; empty: it has.
func (o *order) stopped() string {
	if objector(o.notices) != nil {
		return "a State that was told objects"
	}
	return o.invalid
}

// delivered is what follows: the data are used, the person is told, and as long as a State may still object or the validation
// is still to come, all of it may have to be undone.
func (c *Case) delivered(k Clerk, o *order, e mla.Evidence) {
	c.outcome, c.reached, c.settled = mla.Granted, e.Scope, true
	if !c.request.Scope.Within(e.Scope) {
		c.outcome = mla.PartlyGranted
	}
	c.heard = c.outcome
	limited := c.terms.Use.Limited
	k.Open(func(k Clerk) {
		if a, ok := c.requesting.ask(k, mla.QUse, never, func() bool { return c.deleted }); ok {
			c.used(k, e, a.(mla.UseAnswer), limited)
		}
	})
	k.Open(func(k Clerk) { c.passOn(k, e, limited) })
	if c.terms.Notice.Owed && len(c.requesting.secrets) == 0 {
		k.Open(c.notice)
	}
	stands := func() bool {
		return !o.pending && first(o.notices, func(n *told) bool { return !n.closed && !n.by.IsZero() }) == nil
	}
	if k.Await(never, func() bool { return o.stopped() != "" || stands() }); o.stopped() != "" || !e.Scope.Within(o.scope) {
		c.undo(k, o, e)
	}
}

// undo is the duty to delete what was delivered, or to restrict its use, once a State has objected or the validation was
// refused; what was delivered beyond a narrower validation is restricted to it. The State that objected is told of both the
// duty and the deed. Until the deed is done the case stays open.
func (c *Case) undo(k Clerk, o *order, e mla.Evidence) {
	us, why, restrict := c.requesting, o.stopped(), false
	basis := c.terms.Direct.Periods[policies.Validation].Article
	tell := func(b mla.Body) { us.record(k, mla.RequestingAuthority, b, basis) }
	switch n := objector(o.notices); {
	case n != nil:
		c.outcome, restrict, basis = mla.Refused, n.objected.Restrict, n.window
		tell = func(b mla.Body) { us.notify(k, mla.RequestingAuthority, b, n.party, mla.CentralAuthority, basis) }
	case why != "":
		c.outcome = mla.Refused
	default:
		c.outcome, why, restrict = mla.PartlyGranted, "it was validated for less", true
	}
	tell(mla.DeliveryUndoneBody{Evidence: e.ID, Why: why, Restrict: restrict})
	a, ok := us.ask(k, mla.QDelete, never, nil)
	if !ok {
		return
	}
	c.deleted = true
	if !restrict {
		tell(mla.DeletedBody{
			Evidence: e.ID, Holder: mla.Actor{Role: mla.RequestingAuthority, State: us.state}.String(), Why: why,
			Confirmed: a.(mla.DeleteAnswer).Confirmed,
		})
	}
}
