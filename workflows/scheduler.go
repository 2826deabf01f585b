package workflows

import (
	"fmt"
	"slices"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// scheduler runs the procedures of one case, one at a time, in the order of legal time and then of scheduling. It is
// the same code on every clock, which is why every clock has the same events.
type scheduler struct {
	now     time.Time
	order   int
	waiting []*wait
	over    bool
	failed  error
	buffer  []mla.Event
	office  Office // of the coroutine that runs the scheduler
	desk    *answers
	policy  string
}

// Failure is what an Office panics with when it cannot go on: the case ends at once with its error.
type Failure struct{ Err error }

// wait is a procedure that waits for an instant, a condition, or either. One that has not begun needs no fiber.
type wait struct {
	until     time.Time // zero: never
	order     int
	condition func() bool // nil: none
	came      bool        // the condition, not the instant, woke it
	procedure func(Clerk)
	resume    func() (ended bool) // nil: it has not begun
	then      func(Clerk)         // what it goes on with at an instant once it has ended; nil: nothing
	main      bool                // the case is over when it has ended
}

// unwind is what a waiting procedure is woken with when its case is over.
type unwind struct{}

// open adds a procedure; it starts at the present instant, after those already due.
func (s *scheduler) open(procedure func(Clerk)) *wait {
	w := &wait{until: s.now, order: s.next(), procedure: procedure}
	s.waiting = append(s.waiting, w)
	return w
}

// start gives a procedure a fiber.
func (s *scheduler) start(w *wait) {
	w.resume = s.office.Fiber(func(o Office, pause func()) {
		defer s.unwound()
		k := &clerk{scheduler: s, office: o, pause: pause, wait: w}
		w.procedure(k)
		k.flush() // before the case is over, for then nothing is recorded
		switch {
		case w.then != nil:
			w.procedure, w.resume, w.then = w.then, nil, nil
			w.condition, w.came, w.order = nil, false, s.next()
			s.waiting = append(s.waiting, w)
		case w.main:
			s.over = true
		}
	})
}

// unwound ends a coroutine whose case is over, and ends the case where an Office could not go on.
func (s *scheduler) unwound() {
	switch r := recover().(type) {
	case nil, unwind:
	case Failure:
		s.failed, s.over = r.Err, true
	default:
		panic(r)
	}
}

func (s *scheduler) next() int {
	s.order++
	return s.order
}

// run lets the procedures take turns until the main one has ended, then unwinds what still waits.
func (s *scheduler) run(o Office, main func(Clerk)) error {
	s.begin(o, main)
	s.takeTurns(o)
	s.end()
	return s.failed
}

// begin opens the main procedure.
func (s *scheduler) begin(o Office, main func(Clerk)) {
	s.office = o
	s.open(main).main = true
}

// end unwinds what still waits.
func (s *scheduler) end() {
	s.over = true
	s.desk.close()
	for len(s.waiting) > 0 {
		if w := s.waiting[0]; w.resume != nil {
			s.turn(w)
		} else {
			s.waiting = s.waiting[1:]
		}
	}
}

func (s *scheduler) takeTurns(o Office) {
	defer s.unwound()
	for {
		w := s.settle()
		if w == nil {
			return
		}
		reached := o.Advance(s.now, w.until, s.desk.arrived)
		if reached.After(s.now) {
			s.now = reached
		}
		if s.now.Before(w.until) {
			s.desk.deliver()
			continue
		}
		s.turn(w)
	}
}

// settle takes every turn that is due now and returns who goes next, later. Nil: nobody ever can, or the case is over.
func (s *scheduler) settle() *wait {
	for !s.over {
		w := s.due()
		if w == nil || w.until.After(s.now) && !w.came {
			return w
		}
		s.turn(w)
	}
	return nil
}

// due picks who goes next: the first in order whose condition holds, else the earliest instant. Nil: nobody ever can.
// Whoever waits anew comes last, so waiting is in order.
func (s *scheduler) due() *wait {
	var earliest *wait
	for _, w := range s.waiting {
		if w.condition != nil && w.condition() {
			w.came = true
			return w
		}
		if !w.until.IsZero() && (earliest == nil || w.until.Before(earliest.until)) {
			earliest = w
		}
	}
	return earliest
}

func (s *scheduler) turn(w *wait) {
	i := slices.Index(s.waiting, w)
	s.waiting = slices.Delete(s.waiting, i, i+1)
	if w.resume == nil {
		s.start(w)
	}
	w.resume()
}

// clerk is one procedure's clerk.
type clerk struct {
	*scheduler
	office Office
	pause  func()
	wait   *wait
}

func (k *clerk) Now() time.Time { return k.now }

func (k *clerk) Await(until time.Time, condition func() bool) bool {
	if condition != nil && condition() {
		return true
	}
	k.flush()
	k.wait.until, k.wait.condition, k.wait.came, k.wait.order = until, condition, false, k.next()
	k.waiting = append(k.waiting, k.wait)
	k.pause()
	if k.over {
		panic(unwind{})
	}
	return k.wait.came
}

func (k *clerk) Ask(q mla.Question, deadline time.Time, idle func() bool) (mla.ReplyTo, bool) {
	if idle == nil {
		idle = func() bool { return false }
	}
	e := k.desk.put(q, k.now)
	if k.desk.parties != nil {
		return k.askParties(e, deadline, idle)
	}
	if e.scripted == nil {
		k.Await(deadline, func() bool { return e.reply != nil || idle() })
		e.closed = true
		return e.reply, e.reply != nil
	}
	at, late := heard(k.now, e.scripted), false
	if !deadline.IsZero() && at.After(deadline) {
		at, late = deadline, true
	}
	if k.Await(at, idle) || late {
		return nil, false
	}
	return e.scripted, true
}

// heard is when an answer to a question that was put at an instant is heard.
func heard(put time.Time, a mla.ReplyTo) time.Time {
	t := a.When()
	return put.AddDate(0, 0, int(t.After)).Add(time.Duration(t.Hours) * time.Hour)
}

func (k *clerk) Assess(stage mla.Stage, r mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	return k.office.Assess(activities.AssessInput{Policy: k.policy, Stage: stage, Request: r, Known: known, Method: method})
}

func (k *clerk) Terms(r mla.Request, known mla.Facts) policies.Terms {
	return k.office.Terms(activities.TermsInput{Policy: k.policy, Request: r, Known: known})
}

func (k *clerk) Act(act activities.Act) activities.Receipt {
	k.flush()
	return k.office.Act(act)
}

func (k *clerk) Record(e mla.Event) { k.buffer = append(k.buffer, e) }

func (k *clerk) Open(procedures ...func(Clerk)) {
	for _, p := range procedures {
		k.open(p)
	}
}

func (k *clerk) Then(at time.Time, procedure func(Clerk)) { k.wait.until, k.wait.then = at, procedure }

// Encoded is room for the canonical bytes of a batch of events, to be used again.
type Encoded struct {
	bytes   []byte
	ends    []int
	encoder mla.Encoder
}

// Event returns the canonical bytes of the nth event of the batch; they are valid until the next batch.
func (e *Encoded) Event(n int) []byte {
	start := 0
	if n > 0 {
		start = e.ends[n-1]
	}
	return e.bytes[start:e.ends[n]]
}

// Ledger is an Office that also wants the canonical bytes of what it appends. The scheduler has them anyway.
type Ledger interface {
	// Room is what Append may read them from. Nil: what is appended was appended before, in the same order, by an earlier
	// run of the case, and its bytes are not wanted again.
	Room() *Encoded
	// Aside does some work off the fiber that asks for it, and returns when it is done. A population keeps thousands of
	// fibers, whose stacks stay small where what is deep is done elsewhere.
	Aside(work func())
}

// flush makes what was recorded durable.
func (k *clerk) flush() {
	if len(k.buffer) == 0 {
		return
	}
	if l, ok := k.office.(Ledger); ok {
		l.Aside(func() { k.append(l.Room()) })
	} else {
		k.append(&Encoded{})
	}
}

// append hands the buffer over, in as many batches as it takes.
func (k *clerk) append(room *Encoded) {
	for left := k.buffer; len(left) > 0; {
		n := len(left)
		if room != nil {
			n = batch(left, room)
		}
		k.office.Append(left[:n])
		left = left[n:]
	}
	clear(k.buffer)
	k.buffer = k.buffer[:0]
}

// batch encodes the events that fit into one append and counts them. An event that fits into none ends the case.
func batch(events []mla.Event, room *Encoded) int {
	room.bytes, room.ends = room.bytes[:0], room.ends[:0]
	for i := range events {
		e, before := &events[i], len(room.bytes)
		raw, err := room.encoder.Append(room.bytes, e)
		if err != nil {
			panic(Failure{fmt.Errorf("event %s (%s): %w", e.ID(), e.Kind, err)})
		}
		if n := len(raw) - before; n > maxEventBytes {
			panic(Failure{fmt.Errorf("event %s (%s) has %d bytes, limit %d: shorten the texts and lists of the case", e.ID(), e.Kind, n, maxEventBytes)})
		}
		if i == maxBatchEvents || len(raw) > maxBatchBytes {
			return i
		}
		room.bytes, room.ends = raw, append(room.ends, len(raw))
	}
	return len(events)
}
