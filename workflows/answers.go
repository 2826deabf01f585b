package workflows

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"rogatory/internal/mla"
)

// Key names one question as it was put: the same question may be put to the same role more than once.
type Key struct {
	Question mla.Question `json:"question"`
	Ordinal  int          `json:"ordinal"` // from 0
}

// Pending is a question that waits for a person.
type Pending struct {
	Key
	Role  mla.Role  `json:"role"`
	Side  mla.Side  `json:"side"`
	Since time.Time `json:"since"`
}

// entry is a question that was put, and where its answer comes from.
type entry struct {
	Pending
	scripted mla.ReplyTo // nil: a person answers, or nobody
	arrived  mla.ReplyTo // a person's, not yet delivered
	reply    mla.ReplyTo // a person's, delivered
	closed   bool        // the deadline came first
}

// answers is where questions wait for their answers, whoever gives them.
type answers struct {
	script   mla.Script
	parties  Parties // nil: the script and persons answer
	live     []mla.Role
	asked    map[mla.Question]int
	waiting  []*entry
	arrivals []*entry
	request  mla.Scope     // what is asked for; a person may not grant nothing of it
	spoke    []mla.Finding // what the law has said in the case; a person may raise no other rule
}

// put registers a question.
func (d *answers) put(q mla.Question, now time.Time) *entry {
	desk := mla.Desks[q]
	n := d.asked[q]
	d.asked[q]++
	e := &entry{Pending: Pending{Key: Key{Question: q, Ordinal: n}, Role: desk.Role, Side: desk.Side, Since: now}}
	if slices.Contains(d.live, desk.Role) {
		d.waiting = append(d.waiting, e)
		return e
	}
	if a, ok := d.script.Answer(q, n); ok {
		e.scripted = a
	}
	return e
}

// open finds a question that waits for a person.
func (d *answers) open(k Key) *entry {
	for _, e := range d.waiting {
		if e.Key == k && !e.closed && e.arrived == nil && e.reply == nil {
			return e
		}
	}
	return nil
}

// check says whether an answer may be given now; a person's is refused before it enters the case's history.
func (d *answers) check(k Key, raw json.RawMessage) error {
	if d.open(k) == nil {
		return fmt.Errorf("no question %s (%d) waits for an answer", k.Question, k.Ordinal)
	}
	a, err := mla.DecodeAnswer(k.Question, raw)
	if err != nil {
		return err
	}
	if err := mla.CheckAnswer(a); err != nil {
		return err
	}
	if len(a.When().With) > 0 {
		return fmt.Errorf("answer to %s: with: a person answers under the law as it stands: leave it out", a.Question())
	}
	if err := checkSize(a); err != nil {
		return err
	}
	if b, ok := a.(mla.DecideAnswer); ok && b.Otherwise == mla.PartlyGranted && narrower(b.Scope, d.request).Empty() {
		return fmt.Errorf("answer to %s: scope: nothing of it was asked for", a.Question())
	}
	return d.checkRules(a)
}

// maxAnswerBytes leaves room, in the one event that an answer fills most, for what else stands in it.
const maxAnswerBytes = maxEventBytes / 2

// checkSize refuses an answer of which no event can be made.
func checkSize(a mla.ReplyTo) error {
	raw, err := mla.Canonical(a)
	if err != nil {
		return fmt.Errorf("answer to %s: %w", a.Question(), err)
	}
	if len(raw) > maxAnswerBytes {
		return fmt.Errorf("answer to %s: it has %d bytes, limit %d: shorten its texts", a.Question(), len(raw), maxAnswerBytes)
	}
	return nil
}

// checkRules refuses an answer that names a rule the law has not spoken of in this case, or raises one that is not open on
// what is known: a person is told, where a script's ground would lapse.
func (d *answers) checkRules(a mla.ReplyTo) error {
	var raises, considers []string
	switch a := a.(type) {
	case mla.DecideAnswer:
		raises, considers = a.Raises, a.Considers
	case mla.PreservationAnswer:
		raises = a.Raises
	case mla.ObjectAnswer:
		raises, considers = a.Raises, a.Considers
	}
	for _, n := range slices.Concat(raises, considers) {
		if len(d.latest(n)) == 0 {
			return fmt.Errorf("answer to %s: no rule %q speaks in this case", a.Question(), n)
		}
	}
	for _, n := range raises {
		spoke := d.latest(n)
		if !slices.ContainsFunc(spoke, func(f mla.Finding) bool { return f.Holds == mla.Yes }) {
			return fmt.Errorf("answer to %s: %s is not open on what is known: %s, missing %v", a.Question(), n, spoke[0].Holds, spoke[0].Missing)
		}
	}
	return nil
}

// latest is what the law said last on the rules a name stands for.
func (d *answers) latest(name string) []mla.Finding {
	last := map[string]int{}
	var out []mla.Finding
	for _, f := range d.spoke {
		if !named([]string{name}, &f) {
			continue
		}
		if i, ok := last[f.Rule]; ok {
			out[i] = f
			continue
		}
		last[f.Rule] = len(out)
		out = append(out, f)
	}
	return out
}

// accept takes a person's answer; the procedure sees it when it next takes a turn.
// It was checked when it was offered; replaying a history does not check it again by newer rules.
func (d *answers) accept(k Key, raw json.RawMessage) error {
	e := d.open(k)
	if e == nil {
		return fmt.Errorf("no question %s (%d) waits for an answer", k.Question, k.Ordinal)
	}
	a, err := mla.DecodeAnswer(k.Question, raw)
	if err != nil {
		return err
	}
	e.arrived = a
	d.arrivals = append(d.arrivals, e)
	return nil
}

func (d *answers) arrived() bool { return len(d.arrivals) > 0 }

// deliver hands over what arrived, and reports whether anything did.
func (d *answers) deliver() bool {
	for _, e := range d.arrivals {
		e.reply = e.arrived
		d.waiting = slices.DeleteFunc(d.waiting, func(x *entry) bool { return x == e })
	}
	n := len(d.arrivals)
	d.arrivals = nil
	return n > 0
}

// close ends the waiting: the case is over, and no answer would be heard.
func (d *answers) close() { d.waiting = nil }

// pending lists the questions that wait for a person.
func (d *answers) pending() []Pending {
	out := []Pending{}
	for _, e := range d.waiting {
		if !e.closed {
			out = append(out, e.Pending)
		}
	}
	return out
}
