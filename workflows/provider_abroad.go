package workflows

import (
	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

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
		for _, n := range o.notices {
			if n.left != nil {
				o.scope = narrower(n.left, o.scope)
			}
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
	a, ok := us.ask(k, mla.QSupplement, c.terms.Direct.Periods[policies.Clarification].After(asked), nil)
	if !ok {
		return false
	}
	o.served = o.served.Add(k.Now().Sub(asked))
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
	us, id := c.requesting, c.requesting.number("evidence")
	o.produced = true
	receipt := us.act(k, activities.Produce, id, c.request.Provider, o.scope, records)
	e := mla.Evidence{ID: id, Scope: o.scope, Records: records, Hash: receipt.Hash}
	us.note(k, c.provider(), mla.ProducedBody{Order: o.id, Evidence: e, Departures: c.late(k, o)}, c.due(o).Article)
	us.record(k, mla.RequestingAuthority, mla.CustodyHandoffBody{
		Evidence: id,
		From:     c.provider().String(),
		To:       mla.Actor{Role: mla.RequestingAuthority, State: us.state}.String(),
		HashIn:   e.Hash,
		HashOut:  e.Hash,
	})
	return e
}

// due is the period by which the data come: in an emergency, once a State was told, or where nobody was (Regulation
// 2023/1543, 10(4), 10(2) and 10(3)).
func (c *Case) due(o *order) policies.Period {
	switch {
	case o.urgent:
		return c.terms.Direct.Periods[policies.OrderEmergency]
	case len(o.notices) > 0:
		return c.terms.Direct.Periods[policies.OrderNotified]
	}
	return c.terms.Direct.Periods[policies.OrderNotNotified]
}

// late is what the provider departs from by producing after its time. A wait is no time to be late for.
func (c *Case) late(k Clerk, o *order) []mla.Ground {
	limit := c.due(o)
	if end := limit.After(o.served); limit.Kind == policies.Wait || end.IsZero() || !k.Now().After(end) {
		return nil
	}
	return []mla.Ground{{Rule: rule(limit.Article), Article: limit.Article}}
}
