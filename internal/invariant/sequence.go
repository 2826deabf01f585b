package invariant

import (
	"bytes"

	"rogatory/internal/mla"
)

// sequence is promise 7 on one log. It comes before the others: what it calls a double they do not see.
type sequence struct {
	events []mla.Event // as observed, without doubles
	next   int
}

// observe reports whether the event is new to the log.
func (s *sequence) observe(e mla.Event, c *complaints) (fresh bool) {
	if e.Sequence < s.next {
		for _, f := range s.events {
			if f.Sequence == e.Sequence && f.Case == e.Case {
				s.double(f, e, c)
				return false
			}
		}
		c.about(e.ID(), "sequence %d comes after %d", e.Sequence, s.next-1)
	}
	if e.Sequence > s.next {
		c.about(e.ID(), "sequence jumps from %d to %d", s.next-1, e.Sequence)
	}
	if len(s.events) > 0 {
		last := s.events[len(s.events)-1]
		if e.At.Before(last.At) {
			c.about(e.ID(), "legal time runs back from %s to %s", stamp(last.At), stamp(e.At))
		}
		if e.Case != last.Case {
			c.about(e.ID(), "an event of case %s among those of case %s", e.Case, last.Case)
		}
	}
	s.events = append(s.events, e)
	s.next = max(s.next, e.Sequence+1)
	return true
}

func (s *sequence) double(f, e mla.Event, c *complaints) {
	if same(f, e) {
		c.about(e.ID(), "the same event is on the log twice")
		return
	}
	c.about(e.ID(), "two different events have one id")
}

// same reports whether two values have the same canonical bytes; what has none is like nothing.
func same(a, b any) bool {
	x, err := mla.Canonical(a)
	if err != nil {
		return false
	}
	y, err := mla.Canonical(b)
	return err == nil && bytes.Equal(x, y)
}
