package invariant

import (
	"fmt"
	"slices"
	"time"

	"rogatory/internal/mla"
)

// secrets is promise 6 on the log of the State that imposes them.
type secrets struct {
	all      Duties
	on       Duties   // the request that came last
	changed  bool     // the law has, and what was promised rested on that before
	standing []secret // in order of imposition
	ended    bool     // the observation
}

type secret struct {
	order    string
	event    string      // its imposition
	end      mla.Instant // nil: none
	fresh    bool        // a renewal rests on facts learned since the term began
	unseals  bool        // a lift opens to the person what was sealed
	learned  mla.Facts   // since the term began
	reported bool
}

func (*secrets) number() int { return 6 }

func (s *secrets) observe(e mla.Event, c *complaints) {
	s.overdue(e.At, c)
	if e.ReadableBy(mla.CentralAuthority) {
		for i := range s.standing {
			s.standing[i].learned = s.standing[i].learned.With(mla.Learned(e.Body))
		}
	}
	switch b := e.Body.(type) {
	case mla.RequestSubmittedBody:
		if again, ok := s.all.Again[b.Request.Reference]; ok && !s.changed {
			s.on = again
		}
	case mla.ConfidentialityImposedBody:
		s.standing = append(s.standing, secret{order: b.Order, event: e.ID(), end: b.ExpiresAt, fresh: s.on.Fresh, unseals: s.on.Unseals})
	case mla.ConfidentialityRenewedBody:
		if i := s.find(b.Order); i < 0 {
			c.about(e.ID(), "secret %s is renewed and does not stand", b.Order)
		} else {
			s.renewed(&s.standing[i], e.ID(), b, c)
		}
	case mla.ConfidentialityLiftedBody:
		i := s.find(b.Order)
		if i < 0 {
			c.about(e.ID(), "secret %s is lifted and does not stand", b.Order)
			break
		}
		if s.standing[i].unseals && (b.Opened == nil || !e.ReadableBy(mla.Person)) {
			c.about(e.ID(), "secret %s is lifted and what it sealed is not open to the person", b.Order)
		}
		s.standing = slices.Delete(s.standing, i, i+1)
	case mla.LawChangedBody:
		s.changed, s.on = true, Duties{}
		for i := range s.standing {
			s.standing[i].fresh, s.standing[i].unseals = false, false
		}
	case mla.ObservationEndedBody:
		s.ended = true
		for _, x := range s.standing {
			if !slices.Contains(b.Standing, x.order) {
				c.about(e.ID(), "secret %s still stands and is not named", x.order)
			}
		}
		for _, order := range b.Standing {
			if s.find(order) < 0 {
				c.about(e.ID(), "secret %s is named as standing and does not stand", order)
			}
		}
	}
}

func (s *secrets) renewed(x *secret, event string, b mla.ConfidentialityRenewedBody, c *complaints) {
	for _, p := range b.Facts {
		if x.learned[p].IsZero() {
			c.about(event, "secret %s is renewed on %s, which was not learned in its term", b.Order, p)
		}
	}
	if x.fresh && len(b.Facts) == 0 {
		c.about(event, "secret %s is renewed on no fresh fact", b.Order)
	}
	x.end, x.learned = &b.ExpiresAt, nil
}

func (s *secrets) find(order string) int {
	return slices.IndexFunc(s.standing, func(x secret) bool { return x.order == order })
}

// overdue complains, once each, of secrets whose end has passed.
func (s *secrets) overdue(now time.Time, c *complaints) {
	for i := range s.standing {
		if x := &s.standing[i]; !s.ended && !x.reported && x.end != nil && now.After(*x.end) {
			x.reported = true
			c.about(x.event, "secret %s was to end by %s and was neither lifted nor renewed", x.order, stamp(*x.end))
		}
	}
}

func (s *secrets) finish(last time.Time, c *complaints) { s.overdue(last, c) }

// stamp writes a legal instant.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") }

// measure writes a scope in words.
func measure(s mla.Scope) string {
	return fmt.Sprintf("%v, %d accounts, %d persons, %d months", s.Categories, s.Accounts, s.Persons, s.Months)
}
