package invariant

import (
	"slices"

	"rogatory/internal/mla"
)

// post is promise 8, across the logs. They may be read one after the other, so a pair is judged when its second end
// is seen, and what is missing only at the finish.
type post struct {
	messages []*message // in order of first sight
	byID     map[string]*message
	ends     []mla.Event // ObservationEnded, of each log
}

// message is what was seen of the two ends of one message.
type message struct {
	id       string
	sent     *mla.Event
	received *mla.Event
}

func (p *post) observe(e mla.Event, c *complaints) {
	if e.Kind == mla.ObservationEnded {
		p.ends = append(p.ends, e)
	}
	switch e.Passage {
	case mla.Internal:
		if e.Message != "" {
			c.about(e.ID(), "an internal event names the message %s", e.Message)
		}
	case mla.Sent:
		if e.Message != e.ID() {
			c.about(e.ID(), "a sent message is named %q instead of by its event", e.Message)
			return
		}
		m := p.message(e.Message)
		sent := e
		m.sent = &sent
		m.compare(c)
	case mla.Received:
		m := p.message(e.Message)
		if m.received != nil {
			c.about(e.ID(), "message %s is received a second time", e.Message)
			return
		}
		got := e
		m.received = &got
		m.compare(c)
	default:
		c.about(e.ID(), "passage %q is none", e.Passage)
	}
}

func (p *post) message(id string) *message {
	if m := p.byID[id]; m != nil {
		return m
	}
	if p.byID == nil {
		p.byID = map[string]*message{}
	}
	m := &message{id: id}
	p.byID[id] = m
	p.messages = append(p.messages, m)
	return m
}

// compare judges a message whose two ends are known.
func (m *message) compare(c *complaints) {
	s, r := m.sent, m.received
	if s == nil || r == nil {
		return
	}
	if r.Party == s.Party {
		c.about(r.ID(), "message %s is received on the log it was sent from", m.id)
	}
	if r.At.Before(s.At) {
		c.about(r.ID(), "message %s is received on %s and sent on %s", m.id, stamp(r.At), stamp(s.At))
	}
	if r.Kind != s.Kind {
		c.about(r.ID(), "message %s was sent as %s and is received as %s", m.id, s.Kind, r.Kind)
	} else if !same(r.Body, s.Body) {
		c.about(r.ID(), "message %s is received with another body than was sent", m.id)
	}
}

func (p *post) finish(c *complaints) {
	for _, m := range p.messages {
		switch {
		case p.forged(m):
		case m.sent == nil:
			c.about(m.received.ID(), "message %s is received and was never sent", m.id)
		case m.received == nil && !p.inPost(m.sent.Party, m.id):
			c.about(m.id, "the message is never received, and not in the post when observation ends")
		}
	}
	for _, e := range p.ends {
		for _, id := range inPost(e) {
			m := p.byID[id]
			switch {
			case m == nil || m.sent == nil || m.sent.Party != e.Party:
				c.about(e.ID(), "message %s is in the post and was never sent from here", id)
			case m.received != nil:
				c.about(e.ID(), "message %s is in the post and was received", id)
			}
		}
	}
}

// forged reports whether a message is a forger's to a provider, or the provider's answer to one: the first names a message
// that nobody sent, and the second arrives with no State. That the ends do not meet is what shows it.
func (p *post) forged(m *message) bool {
	if m.received != nil {
		return m.sent == nil && m.received.Kind == mla.DisclosureAsked
	}
	return (m.sent.Kind == mla.VoluntaryDisclosed || m.sent.Kind == mla.DisclosureDeclined) &&
		slices.ContainsFunc(p.messages, func(o *message) bool { return o.sent == nil && o.received.Kind == mla.DisclosureAsked })
}

// inPost reports whether a State's log says at its end that a message of its own is still on its way.
func (p *post) inPost(sender mla.State, id string) bool {
	return slices.ContainsFunc(p.ends, func(e mla.Event) bool {
		return e.Party == sender && slices.Contains(inPost(e), id)
	})
}

func inPost(e mla.Event) []string {
	b, _ := e.Body.(mla.ObservationEndedBody)
	return b.InPost
}
