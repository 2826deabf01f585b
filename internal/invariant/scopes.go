package invariant

import (
	"time"

	"rogatory/internal/mla"
)

// scopes is promise 5 on the log of the requested State: each step asks for no more than the one before it.
type scopes struct {
	letters
	requested  *mla.Scope  // by the latest letter
	granted    *mla.Scope  // by the latest decision; nil if it does not grant
	authorised []mla.Scope // one for each authorisation given
	orders     map[string]mla.Scope
	kept       map[string]kept
	produced   map[string]mla.Scope // by evidence
}

// kept is a preservation.
type kept struct {
	until  time.Time
	held   bool // until the request is decided, whatever until says
	lapsed bool
}

func (*scopes) number() int { return 5 }

func (s *scopes) observe(e mla.Event, c *complaints) {
	if s.another(e) {
		s.granted, s.authorised = nil, nil
	}
	switch b := e.Body.(type) {
	case mla.RequestSubmittedBody:
		s.requested = &b.Request.Scope
	case mla.RequestDraftedBody:
		if b.Request.Channel == mla.Direct {
			s.requested = &b.Request.Scope
		}
	case mla.PreservationOrderedBody:
		s.kept[b.Order] = kept{until: b.Until}
	case mla.PreservationExtendedBody:
		k := s.kept[b.Order]
		k.until = b.Until
		s.kept[b.Order] = k
	case mla.PreservationHeldBody:
		k := s.kept[b.Order]
		k.held = true
		s.kept[b.Order] = k
	case mla.PreservationLapsedBody:
		k := s.kept[b.Order]
		k.lapsed = true
		s.kept[b.Order] = k
	}
	if !received(e) {
		s.narrow(e, c)
	}
}

// narrow follows the scope from decision to delivery.
func (s *scopes) narrow(e mla.Event, c *complaints) {
	switch b := e.Body.(type) {
	case mla.DecidedBody:
		s.granted = nil
		if !b.Outcome.Grants() {
			return
		}
		s.granted = &b.Scope
		if e.Passage == mla.Internal && s.requested == nil { // on what leaves without a request
			return
		}
		if s.requested == nil {
			c.about(e.ID(), "a grant with no letter on this log")
		} else {
			within(e, "granted", b.Scope, "requested", *s.requested, c)
		}
	case mla.AuthorisationDecidedBody:
		if b.Ruling == mla.RulingDeny || b.Stage == mla.StagePreservation {
			return
		}
		if s.granted != nil {
			within(e, "authorised", b.Scope, "granted", *s.granted, c)
		}
		s.authorised = append(s.authorised, b.Scope)
	case mla.OrderServedBody:
		s.orders[b.Order] = b.Scope
		for _, a := range s.authorised {
			if !within(e, "ordered", b.Scope, "authorised", a, c) {
				return
			}
		}
	case mla.ChallengeDecidedBody:
		s.challenged(e, b, c)
	case mla.ProducedBody:
		s.produce(e, b, c)
	case mla.TransmittedBody:
		if had, ok := s.produced[b.Evidence.ID]; !ok {
			c.about(e.ID(), "evidence %s is transmitted and was never produced", b.Evidence.ID)
		} else {
			within(e, "transmitted", b.Evidence.Scope, "produced", had, c)
		}
	}
}

func (s *scopes) challenged(e mla.Event, b mla.ChallengeDecidedBody, c *complaints) {
	order, ok := s.orders[b.Order]
	switch {
	case b.Ruling == mla.RulingGrant:
		s.orders[b.Order] = mla.Scope{}
	case b.Ruling == mla.RulingModify:
		if ok {
			within(e, "left after the challenge", b.Scope, "ordered", order, c)
		}
		s.orders[b.Order] = b.Scope
	}
}

func (s *scopes) produce(e mla.Event, b mla.ProducedBody, c *complaints) {
	scope := b.Evidence.Scope
	s.produced[b.Evidence.ID] = scope
	s.fromKept(e, b.From, c)
	if order, ok := s.orders[b.Order]; ok && !within(e, "produced", scope, "left of the order", order, c) {
		return
	}
	for _, a := range s.authorised {
		if !within(e, "produced", scope, "authorised", a, c) {
			return
		}
	}
	if s.granted != nil && !within(e, "produced", scope, "granted", *s.granted, c) {
		return
	}
	if s.requested != nil {
		within(e, "produced", scope, "requested", *s.requested, c)
	}
}

// fromKept complains where data come from a preservation that was over.
func (s *scopes) fromKept(e mla.Event, order string, c *complaints) {
	if order == "" {
		return
	}
	k, ok := s.kept[order]
	switch {
	case !ok:
		c.about(e.ID(), "produced from preservation %s, which was never ordered", order)
	case k.lapsed:
		c.about(e.ID(), "produced from preservation %s, which had lapsed", order)
	case !k.held && e.At.After(k.until):
		c.about(e.ID(), "produced from preservation %s, whose period had ended on %s", order, stamp(k.until))
	}
}

func within(e mla.Event, inner string, s mla.Scope, outer string, of mla.Scope, c *complaints) bool {
	if s.Within(of) {
		return true
	}
	c.about(e.ID(), "what is %s (%s) is more than what is %s (%s)", inner, measure(s), outer, measure(of))
	return false
}

func (*scopes) finish(time.Time, *complaints) {}
