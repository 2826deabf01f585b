package workflows

import (
	"slices"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// order is an order to a provider in another State, under way.
type order struct {
	id         string
	scope      mla.Scope
	rules      []mla.Finding // what the law said to whoever issues it
	urgent     bool          // an emergency is claimed
	departures []mla.Ground
	served     time.Time // moved on by what it took to make the order clear
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

// ownLaw puts the issuing State's own law where that of a requested State stands: who authorises, what binds the provider to
// silence, whether it may go to court, whether the person is told. An instrument that carries orders across the border asks
// something of that law; one that only has States create such a power says nothing of what follows.
func (c *Case) ownLaw(k Clerk) {
	c.request.Channel, c.executing = mla.Direct, c.requesting
	at := c.request
	at.Requesting, at.Requested = c.request.Requested, c.request.Requesting
	own, direct := k.Terms(at, nil), c.terms.Direct
	c.terms.Authorisation, c.terms.AuthorisationByCategory = own.Authorisation, own.AuthorisationByCategory
	c.terms.Secrecy, c.terms.Challenge, c.terms.Notice, c.terms.Statistics = own.Secrecy, own.Challenge, own.Notice, own.Statistics
	if c.terms.AuthorisationByCategory == nil {
		c.terms.AuthorisationByCategory = map[mla.Measure]map[mla.Category]policies.Authorisation{}
	}
	for _, category := range mla.Categories {
		asks, ok := direct.Authorisation[category]
		by := c.authority(mla.Produce, mla.Scope{Categories: []mla.Category{category}})
		if !ok || by.Independent && !asks.Independent {
			continue
		}
		if c.terms.AuthorisationByCategory[mla.Produce] == nil {
			c.terms.AuthorisationByCategory[mla.Produce] = map[mla.Category]policies.Authorisation{}
		}
		c.terms.AuthorisationByCategory[mla.Produce][category] = asks
	}
	if direct.Challenge != "" {
		hold := direct.Periods[policies.ObjectionHold].Kind == policies.Hold
		c.terms.Challenge = policies.Challenge{Available: true, Stays: hold || c.terms.Challenge.Stays, Basis: direct.Challenge}
	}
	if direct.Person != "" {
		c.terms.Notice.Owed, c.terms.Notice.Basis = true, direct.Person
	}
	if !direct.Asks { // what the instruments say of requests between States is not what happens here
		c.terms.Acts = map[mla.Kind][]string{}
		c.terms.Secrecy.Treaty, c.terms.Secrecy.RequestArticle = nil, ""
		c.terms.Use = policies.Use{Tokens: c.terms.Use.Tokens} // no State has furnished anything
		if direct.Article != "" && !slices.ContainsFunc(c.request.Scope.Categories, func(d mla.Category) bool { return !slices.Contains(direct.Categories, d) }) {
			c.terms.Acts[mla.OrderServed] = []string{direct.Article}
		}
	}
}

// issue is the order as the issuing authority draws it up, with what the law says of it on what that authority knows. An
// order that is known to lie outside the instrument is not issued under it.
func (c *Case) issue(k Clerk) (*order, bool) {
	us := c.requesting
	a, ok := c.ask(k, us, mla.QDraft)
	if !ok {
		return nil, false
	}
	o := &order{scope: c.request.Scope, urgent: c.request.Urgent, pending: a.(mla.DraftAnswer).Unvalidated}
	us.record(k, mla.RequestingAuthority, mla.RequestDraftedBody{Request: c.request})
	if !c.terms.Direct.Asks {
		return o, true
	}
	us.learn(k, mla.RequestingAuthority, c.in.Stated, "its own file")
	for _, stage := range []mla.Stage{mla.StageScope, mla.StageAdmissibility} {
		o.rules = append(o.rules, c.assessBy(k, us, mla.RequestingAuthority, stage, mla.NotTested).Findings...)
	}
	if len(grounds(o.rules, closedGate)) > 0 {
		c.outcome, c.heard, c.settled = mla.OutOfScope, mla.OutOfScope, true
		c.closeRequesting(k)
		return nil, false
	}
	return o, true
}

// says is the law's answer on one rule, to whoever issued the order.
func (o *order) says(rule string) mla.Answer {
	for _, f := range o.rules {
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
		by := c.authority(c.request.Measure, o.scope)
		o.departures = []mla.Ground{{Rule: string(c.requesting.state) + "/own-law", Article: by.Basis}}
	}
	return true
}

// serve puts the order into the provider's hands, with the secret that goes with it, and has it validated now if it was not
// before.
func (c *Case) serve(k Clerk, o *order) {
	us := c.requesting
	o.id, o.served, c.reached, c.arrived = us.order("order"), k.Now(), o.scope, true
	c.act(k, activities.Serve, o.id, c.request.Provider, o.scope, 0)
	us.record(k, mla.RequestingAuthority, mla.OrderServedBody{
		Order: o.id, Provider: c.request.Provider, Measure: c.request.Measure, Scope: o.scope,
		ChallengeAvailable: c.terms.Challenge.Available, Departures: o.departures,
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
	us, by, limit := c.requesting, c.authority(c.request.Measure, o.scope), c.terms.Direct.Periods[policies.Validation]
	us.record(k, mla.RequestingAuthority, mla.AuthorisationSoughtBody{
		Stage: mla.StageAfter, Measure: c.request.Measure, Scope: o.scope, Authority: by.Authority, Independent: by.Independent,
	}, by.Basis, limit.Article)
	k.Open(func(k Clerk) {
		a, ok := k.Ask(mla.QValidate, limit.After(o.served), nil)
		o.pending = false
		if !ok {
			o.invalid = "no validation came in time"
			return
		}
		us.learn(k, mla.Court, a.When().Learns, a.When().Source)
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
// unknown does not excuse from telling. A safeguard has that State, and any third State concerned, told in every case.
func (c *Case) tellOfOrder(k Clerk, o *order) {
	us, direct := c.requesting, c.terms.Direct
	if direct.Notice != "" && o.says(direct.Notice) != mla.No {
		window := direct.Periods[policies.Assessment]
		if o.urgent {
			window = direct.Periods[policies.ObjectionEmergency]
		}
		n := &told{party: c.requested, by: window.After(k.Now()), listed: true, suspends: !o.urgent && direct.Periods[policies.OrderNotified].Length > 0}
		c.tell(k, us, mla.RequestingAuthority, "enforcing", n, mla.QObject, "")
		o.notices = append(o.notices, n)
	} else if c.terms.ThirdState.Days > 0 {
		n := &told{party: c.requested, by: c.window(k), suspends: true}
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

// provided is the provider's part: it asks what is not clear to it, objects where it may, waits as long as a State that was
// told may still object, and produces.
func (c *Case) provided(k Clerk, o *order) (mla.Evidence, bool) {
	stopped := func() bool { return o.stopped() != "" }
	for {
		a, ok := k.Ask(mla.QComply, never, stopped)
		if !ok {
			return c.falls(mla.Refused)
		}
		answer := a.(mla.ComplyAnswer)
		if len(answer.Clarifies) > 0 {
			if !c.clarified(k, o, answer.Clarifies) {
				return c.falls(mla.Lapsed)
			}
			continue
		}
		if answer.Challenges != "" && c.terms.Challenge.Available && c.inTime(k, o) && !c.withstands(k, o, answer.Challenges) {
			return c.falls(mla.Refused)
		}
		if k.Await(never, func() bool { return stopped() || open(o.notices) == nil }); stopped() {
			return c.falls(mla.Refused)
		}
		return c.take(k, o, answer.Records), true
	}
}

func (c *Case) falls(o mla.Outcome) (mla.Evidence, bool) {
	c.outcome = o
	return mla.Evidence{}, false
}

// clarified asks the issuing authority what the order leaves unclear. The periods of the order do not run meanwhile
// (Regulation 2023/1543, 10(6)); an order that is not made clear in time falls.
func (c *Case) clarified(k Clerk, o *order, missing []mla.Path) bool {
	us, asked := c.requesting, k.Now()
	us.note(k, c.provider(), mla.SupplementAskedBody{Missing: missing})
	a, ok := k.Ask(mla.QSupplement, c.terms.Direct.Periods[policies.Clarification].After(asked), nil)
	if !ok {
		return false
	}
	o.served = o.served.Add(k.Now().Sub(asked))
	us.learn(k, mla.RequestingAuthority, a.When().Learns, a.When().Source)
	us.record(k, mla.RequestingAuthority, mla.SupplementGivenBody{Facts: a.(mla.SupplementAnswer).Facts})
	return true
}

// inTime reports whether the provider may still object.
func (c *Case) inTime(k Clerk, o *order) bool {
	end := c.terms.Direct.Periods[policies.ObjectionForeign].After(o.served)
	return end.IsZero() || !k.Now().After(end)
}

// withstands is the provider's objection, heard by a court of the issuing State, with the order on hold meanwhile where the
// law says so (Regulation 2023/1543, 17). Where the provider may then take the matter to its own State, that State is told by
// the provider and may stop the order (18 USC 2523(b)(4)(K)).
func (c *Case) withstands(k Clerk, o *order, why string) bool {
	c.requesting.note(k, c.provider(), mla.ChallengeFiledBody{Order: o.id, Why: why}, c.terms.Challenge.Basis)
	if !c.terms.Challenge.Stays {
		k.Open(func(k Clerk) {
			if left, ok := c.hear(k, o.id, o.scope); ok && !o.produced {
				o.narrow(left)
			}
		})
	} else {
		left, ok := c.hear(k, o.id, o.scope)
		if !ok {
			return false
		}
		if o.narrow(left); o.stopped() != "" {
			return false
		}
	}
	if c.terms.Direct.Bar != "" {
		n := &told{party: c.requested, by: c.requesting.patience(k), listed: true, suspends: true}
		c.tell(k, c.requesting, mla.RequestingAuthority, "provider's State", n, mla.QObject, c.terms.Challenge.Basis)
		o.notices = append(o.notices, n)
	}
	return true
}

// narrow is what a court left of the order before anything was produced.
func (o *order) narrow(to mla.Scope) {
	if o.scope = narrower(&to, o.scope); o.scope.Empty() && o.invalid == "" {
		o.invalid = "it was set aside on the provider's challenge"
	}
}

// provider is whoever the order goes to, in the other State.
func (c *Case) provider() mla.Actor { return mla.Actor{Role: mla.Provider, State: c.requested.state} }

// take has the data go from the provider straight to the issuing authority, and says by which period they came too late.
func (c *Case) take(k Clerk, o *order, records int) mla.Evidence {
	us, id := c.requesting, c.requesting.order("evidence")
	o.produced = true
	receipt := c.act(k, activities.Produce, id, c.request.Provider, o.scope, records)
	e := mla.Evidence{ID: id, Scope: o.scope, Records: records, Hash: receipt.Hash}
	us.note(k, c.provider(), mla.ProducedBody{Order: o.id, Evidence: e, Departures: c.late(k, o)})
	us.record(k, mla.RequestingAuthority, mla.CustodyHandoffBody{
		Evidence: id,
		From:     c.provider().String(),
		To:       mla.Actor{Role: mla.RequestingAuthority, State: us.state}.String(),
		HashIn:   e.Hash,
		HashOut:  e.Hash,
	})
	return e
}

func (c *Case) late(k Clerk, o *order) []mla.Ground {
	limit := c.terms.Direct.Periods[policies.OrderNotNotified]
	switch {
	case o.urgent:
		limit = c.terms.Direct.Periods[policies.OrderEmergency]
	case len(o.notices) > 0:
		return nil
	}
	if end := limit.After(o.served); end.IsZero() || !k.Now().After(end) {
		return nil
	}
	return []mla.Ground{{Rule: rule(limit.Article), Article: limit.Article}}
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
		if a, ok := k.Ask(mla.QUse, never, func() bool { return c.deleted }); ok {
			c.requesting.learn(k, mla.RequestingAuthority, a.When().Learns, a.When().Source)
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
	tell := func(b mla.Body) { us.record(k, mla.RequestingAuthority, b) }
	switch n := objector(o.notices); {
	case n != nil:
		c.outcome, restrict = mla.Refused, n.objected.Restrict
		tell = func(b mla.Body) { us.notify(k, mla.RequestingAuthority, b, n.party, mla.CentralAuthority) }
	case why != "":
		c.outcome = mla.Refused
	default:
		c.outcome, why, restrict = mla.PartlyGranted, "it was validated for less", true
	}
	tell(mla.DeliveryUndoneBody{Evidence: e.ID, Why: why, Restrict: restrict})
	a, ok := k.Ask(mla.QDelete, never, nil)
	if !ok {
		return
	}
	us.learn(k, mla.RequestingAuthority, a.When().Learns, a.When().Source)
	c.deleted = true
	if !restrict {
		tell(mla.DeletedBody{
			Evidence: e.ID, Holder: mla.Actor{Role: mla.RequestingAuthority, State: us.state}.String(), Why: why,
			Confirmed: a.(mla.DeleteAnswer).Confirmed,
		})
	}
}
