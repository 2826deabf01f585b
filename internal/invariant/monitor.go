package invariant

import (
	"fmt"
	"slices"
	"time"

	"rogatory/internal/mla"
)

// Violation is one broken promise.
type Violation struct {
	Invariant int    `json:"invariant"` // 1 to 8, as the package comment numbers them
	Event     string `json:"event"`     // id of the event at which it shows
	Says      string `json:"says"`      // what is wrong, in words
}

// String writes the violation on one line.
func (v Violation) String() string {
	return fmt.Sprintf("invariant %d at %s: %s", v.Invariant, v.Event, v.Says)
}

// Monitor watches one case. Each of the eight promises is checked on its own; an event that is on a log twice is
// reported once and otherwise ignored.
//
// A Monitor is not safe for concurrent use.
type Monitor struct {
	duties Duties
	logs   []*watch // in order of first sight
	post   post
	last   time.Time // the latest legal instant on any log
}

// watch is what is known of one log.
type watch struct {
	party    mla.State
	sequence sequence
	rules    []rule
}

// rule is one promise over the events of one log, in their order.
type rule interface {
	number() int
	observe(e mla.Event, c *complaints)
	// finish is called once after the last event; last is the latest legal instant on any log.
	finish(last time.Time, c *complaints)
}

// complaints collects what one promise has to say.
type complaints struct {
	invariant int
	found     []Violation
}

func (c *complaints) about(event, format string, args ...any) {
	c.found = append(c.found, Violation{Invariant: c.invariant, Event: event, Says: fmt.Sprintf(format, args...)})
}

// New starts watching a case.
func New(d Duties) *Monitor { return &Monitor{duties: d} }

// Check watches the events of one case to their end. They may come interleaved from all logs or one log after the
// other, each log in its order.
func Check(d Duties, events []mla.Event) []Violation {
	m := New(d)
	var found []Violation
	for _, e := range events {
		found = append(found, m.Observe(e)...)
	}
	return append(found, m.Finish()...)
}

// Observe takes the next event of any log and returns what shows to be wrong by it.
func (m *Monitor) Observe(e mla.Event) []Violation {
	w := m.watch(e.Party)
	c := &complaints{invariant: 7}
	fresh := w.sequence.observe(e, c)
	if !fresh {
		return c.found
	}
	if e.At.After(m.last) {
		m.last = e.At
	}
	for _, r := range w.rules {
		c.invariant = r.number()
		r.observe(e, c)
	}
	c.invariant = 8
	m.post.observe(e, c)
	return c.found
}

// Finish ends the watch and returns what can only be known now: what was owed and did not come.
func (m *Monitor) Finish() []Violation {
	c := &complaints{}
	for _, w := range m.logs {
		for _, r := range w.rules {
			c.invariant = r.number()
			r.finish(m.last, c)
		}
	}
	c.invariant = 8
	m.post.finish(c)
	return c.found
}

func (m *Monitor) watch(party mla.State) *watch {
	if i := slices.IndexFunc(m.logs, func(w *watch) bool { return w.party == party }); i >= 0 {
		return m.logs[i]
	}
	w := &watch{party: party, rules: []rule{
		&production{gated: m.duties.Gated},
		&departures{assessed: map[mla.Role]map[mla.Stage]mla.Assessment{}},
		&reasons{all: m.duties, duties: m.duties},
		&knowledge{known: map[mla.Role]mla.Facts{}, letters: map[mla.Role]mla.Request{}},
		&scopes{orders: map[string]mla.Scope{}, kept: map[string]kept{}, produced: map[string]mla.Scope{}},
		&secrets{all: m.duties, on: m.duties},
	}}
	m.logs = append(m.logs, w)
	return w
}

// received reports whether the event only notes what the other State did.
func received(e mla.Event) bool { return e.Passage == mla.Received }
