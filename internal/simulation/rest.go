package simulation

import (
	"fmt"

	"rogatory/internal/mla"
	"rogatory/workflows"
)

// MostAwake is how many letters under way are kept in memory whole, if nobody says otherwise.
const MostAwake = 4 << 10

// A letter under way has seldom more than a few events, and one that has ended seldom more than the usual number: what it
// had room for then is used again.
const (
	fewEvents   = 14
	usualEvents = 40
)

// keep adds events to those of the letter.
func (c *conduct) keep(events []mla.Event) {
	if need := len(c.events) + len(events); need > cap(c.events) && need <= usualEvents {
		room, r := []mla.Event(nil), c.run
		if n := len(r.spare); n > 0 {
			room, r.spare = r.spare[n-1], r.spare[:n-1]
		} else {
			room = make([]mla.Event, 0, usualEvents)
		}
		c.events = append(room, c.events...)
	}
	c.events = append(c.events, events...)
}

// makeRoom puts letters to rest until no more are awake than may be: those that have not gone on since the hand of a clock
// passed them.
func (r *run) makeRoom() error {
	most := r.Awake
	if most == 0 {
		most = MostAwake
	}
	for r.awake > most {
		c := r.cases[r.hand]
		r.hand = (r.hand + 1) % len(r.cases)
		if c.recent {
			c.recent = false
		} else if c.legal != nil {
			if err := c.rest(); err != nil {
				return err
			}
		}
	}
	return nil
}

// rest lets go of a letter's procedures and events, and keeps what they follow from: the letter as it was drawn, and the
// answers so far. A letter that waits years for an officer is then a few hundred bytes. As of a workflow that has left the
// cache of its worker, nobody can tell from its events that it was at rest.
func (c *conduct) rest() error {
	for i := range c.asked {
		q := &c.asked[i]
		q.idle, q.turn = q.over(), nil
	}
	_, err := c.legal.End()
	c.letGo()
	return err
}

// letGo gives back what a letter at rest, or ended, does without.
func (c *conduct) letGo() {
	if clear(c.events); cap(c.events) >= usualEvents {
		c.run.spare = append(c.run.spare, c.events[:0])
	}
	c.events, c.legal, c.input = nil, nil, nil
	c.run.awake--
}

// recall opens a letter, and plays it again up to where it was put to rest: what it asks again has the answers it had, and
// what it records again is on record.
func (c *conduct) recall() {
	r := c.run
	r.awake++
	c.events = make([]mla.Event, 0, fewEvents)
	known := map[mla.Role]mla.Facts{mla.CentralAuthority: c.drawn.Known, mla.ContactPoint: c.drawn.Known}
	c.input = &workflows.Input{Case: c.drawn.ID, Name: c.drawn.ID, Policy: r.Policy, Start: c.drawn.Start, Horizon: r.World.Horizon,
		Request: c.drawn.Request, Stated: c.drawn.Stated, Known: known, Script: attending}
	c.legal = workflows.NewCase(*c.input)
	c.legal.Begin(c, c)
	c.met = 0
	if at := seconds(c.drawn.Start); at <= c.until {
		r.whole.Recalled++
		c.again = true
		for at <= c.until {
			next, over := c.legal.GoOn(instant(at))
			if over || next.IsZero() {
				break
			}
			at = seconds(next)
		}
		c.again = false
	}
}

// putAgain gives a question the answer it had.
func (c *conduct) putAgain(q *question, k workflows.Key, t *workflows.Turn) {
	if q.key != k {
		panic(workflows.Failure{Err: fmt.Errorf("case %s asks %s (%d), and asked %s (%d) before", c.drawn.ID, k.Question, k.Ordinal, q.key.Question, q.key.Ordinal)})
	}
	q.turn = t
	if q.answer != nil {
		t.Give(q.answer)
	}
}

// script is what the parties answered, if somebody wants it.
func (c *conduct) script() mla.Script {
	if !c.run.Scripts {
		return nil
	}
	out := mla.Script{}
	for _, q := range c.asked {
		if q.answer != nil {
			out[q.key.Question] = append(out[q.key.Question], q.answer)
		}
	}
	return out
}
