package simulation

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/policies"
	"rogatory/workflows"
)

// Ended is one case of a population when its observation is over. It is valid until the call it was given to returns.
type Ended struct {
	Case   *population.Case
	Input  workflows.Input // its script is empty: a model answered
	Result workflows.Result
	Events []mla.Event // in the order in which they were recorded
	Script mla.Script  // what the parties answered, if asked for; replayed by any clock, it gives the same events
	// Load is that of the officers' desk when they took the letter up, and Waited the days it lay there; both are below
	// zero where nobody took it up.
	Load   float64
	Waited float64
}

// Population says what to simulate.
type Population struct {
	World       *population.World
	Policy      string // digest of the law
	Replication int
	// Weeks is for how long letters are begun, from population.Start. With a Limit above zero it is as long as it takes to
	// begin so many after the first From weeks.
	Weeks, From, Limit int
	Scripts            bool // give what the parties answered
	// Awake is how many letters under way are kept in memory whole, at most; 0: MostAwake. It changes nothing but time and
	// memory; see rest.
	Awake int
	// Take is called with each case when its observation is over, in an order that hangs on nothing but the population.
	Take func(*Ended) error
	// Record is called with each event as it is recorded, of all cases in one order: that of the leaves under Whole.Root. Nil:
	// nobody asks. Its hash is that of the leaf.
	Record func(e *mla.Event, leaf [sha256.Size]byte) error
}

// Whole is what a population came to.
type Whole struct {
	Cases, Events int
	Root          [sha256.Size]byte // Merkle root (RFC 6962) over the canonical bytes of all events, in the order in which they were recorded
	InFlight      int               // at most, at one time
	Recalled      int               // letters that were at rest and were played again; see rest
}

// Run simulates a population on one virtual clock. It gives the same events on every machine of one architecture.
func (p Population) Run(ctx context.Context) (Whole, error) {
	r := &run{Population: p, ctx: ctx, tree: newTree()}
	for i := range r.desks {
		r.desks[i] = make([]desk[job], len(population.States))
		for s, state := range population.States {
			r.desks[i][s].staff = p.World.Staff(population.Desk(i), state)
		}
	}
	defer r.close()
	err := r.run()
	if err == nil {
		r.whole.Root, err = r.tree.root()
	}
	return r.whole, err
}

// close ends the procedures of letters that are under way still, as they are where a run is stopped: a fiber that waits would
// keep its letter in memory for good.
func (r *run) close() {
	for _, c := range r.cases {
		if c.legal != nil {
			_, _ = c.legal.End() // nobody asks any longer what came of it
		}
	}
	r.fibers.close()
}

const day = 24 * 60 * 60

// Kinds of happening.
const (
	weekBegins int32 = iota
	caseGoesOn
	deskFrees
	againBegins
)

type run struct {
	Population
	kernel
	ctx    context.Context
	fibers fibers
	desks  [population.Desks][]desk[job]
	cases  []*conduct
	free   []int32
	again  []*population.Case // to be begun, or begun
	begun  int
	flying int
	awake  int
	hand   int           // of the clock that finds who is put to rest
	spare  [][]mla.Event // room for the events of a letter
	tree   *tree
	whole  Whole
	room   workflows.Encoded
}

// job is a question at a desk.
type job struct {
	whom    *conduct // nil: a file of before the population
	life    int      // of whom, when it was put
	place   int      // of the question, among those of the letter
	asked   int64
	effort  float64 // seconds of one person
	latency float64 // seconds
	desk    int32
}

// conduct is one case under way; it is used again when the case is over.
type conduct struct {
	run    *run
	place  int32
	life   int
	drawn  *population.Case
	input  *workflows.Input // nil: it is at rest
	legal  *workflows.Case  // nil: it is at rest
	events []mla.Event
	asked  []question
	met    int   // how many of them it has put since it was last at rest
	until  int64 // up to when it has gone on
	again  bool  // it is played again
	recent bool  // it has gone on since the hand passed
	due    int64 // earliest instant at which it is to go on; 0: none
	going  bool
	jobs   int  // at a desk
	closed bool // the requested State's side
	ahead  bool // it runs to its end by itself
	load   float64
	waited float64
}

// question is one that a letter has put.
type question struct {
	key    workflows.Key
	turn   *workflows.Turn // nil: the letter is at rest
	answer mla.ReplyTo     // nil: none yet
	idle   bool            // of a letter at rest: nobody waits for the answer any longer
}

// over reports that nobody waits for the answer any longer.
func (q *question) over() bool {
	if q.turn == nil {
		return q.idle
	}
	return q.turn.Over()
}

func (r *run) run() error {
	r.backlog()
	r.at(0, weekBegins, 0)
	for n := 0; ; n++ {
		if n%4096 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		h, ok := r.next()
		if !ok {
			return nil
		}
		var err error
		switch h.kind {
		case weekBegins:
			err = r.week(int(h.whom))
		case caseGoesOn:
			err = r.goOn(h)
		case deskFrees:
			r.freed(h.whom)
		case againBegins:
			r.begin(r.again[h.whom])
			r.again[h.whom] = nil
		}
		if err != nil {
			return err
		}
	}
}

// backlog puts files on the officers' desks that were there before.
func (r *run) backlog() {
	m := &r.World.Model
	for s := range population.States {
		d := &r.desks[population.Officers][s]
		for i := range int(m.StaffBacklog * float64(d.staff)) {
			chance := population.Draw(r.World.Seed, r.Replication, i, population.PurposeOf("backlog of "+string(population.States[s])))
			r.put(job{effort: chance.LogNormal(m.ReviewMedian, m.ReviewSigma) * 365 / population.WorkingDays * day, desk: deskOf(population.Officers, s)}, false)
		}
	}
}

func deskOf(d population.Desk, state int) int32 { return int32(int(d)*len(population.States) + state) }

func (r *run) week(week int) error {
	if week > population.MostYears*365/7 {
		return fmt.Errorf("%d of %d letters were begun in %d years, and at most so many years are simulated", r.begun, r.Limit, population.MostYears)
	}
	n := r.World.Arrivals(r.Replication, week)
	for place := range n {
		if r.Limit > 0 && week >= r.From {
			if r.begun == r.Limit {
				return nil
			}
			r.begun++
		}
		r.begin(r.World.Draw(r.Replication, population.Number(week, place)))
	}
	if week+1 < r.Weeks || r.Limit > 0 {
		r.at(int64(week+1)*7*day, weekBegins, int32(week+1))
	}
	return nil
}

// attending says that a reviewer is there, should a case be drawn for review; what the reviewer says comes from the model.
var attending = mla.Script{mla.QReview: {mla.ReviewAnswer{}}}

// begin opens a case; it goes on from its first day.
func (r *run) begin(drawn *population.Case) {
	var c *conduct
	if n := len(r.free); n > 0 {
		c, r.free = r.cases[r.free[n-1]], r.free[:n-1]
	} else {
		c = &conduct{run: r, place: int32(len(r.cases))}
		r.cases = append(r.cases, c)
	}
	r.World.Seek(drawn, r.pile(drawn.Request.Requested))
	r.flying++
	r.whole.InFlight = max(r.whole.InFlight, r.flying)
	c.drawn, c.load, c.waited, c.jobs, c.closed, c.ahead = drawn, -1, -1, 0, false, false
	c.due = seconds(drawn.Start)
	c.until = c.due - 1
	r.at(c.due, caseGoesOn, c.place)
}

// pile is how many days a file that came now would lie with the officers of a State.
func (r *run) pile(state mla.State) float64 {
	return r.desk(deskOf(population.Officers, place(state))).backlog() / day
}

// place is where a State stands among those of a population.
func place(state mla.State) int { return slices.Index(population.States, state) }

// seconds and instant count from population.Start, over more years than a time.Duration holds (292).
func seconds(t time.Time) int64 { return t.Unix() - population.Start.Unix() }

func instant(s int64) time.Time { return time.Unix(population.Start.Unix()+s, 0).UTC() }

func (r *run) goOn(h happening) error {
	c := r.cases[h.whom]
	if h.at != c.due {
		return nil // it was put off, or is over
	}
	c.due, c.going, c.recent = 0, true, true
	if c.legal == nil {
		c.recall()
	}
	next, over := c.legal.GoOn(instant(h.at))
	// What is left of a letter whose side is closed concerns no desk: terms of secrets, the need, notice, figures. It runs
	// to its end at once, so that what is in memory is the letters under way and not those watched.
	c.ahead = c.closed && c.jobs == 0
	for c.ahead && !over && !next.IsZero() {
		next, over = c.legal.GoOn(next)
	}
	c.going, c.until = false, h.at
	if over {
		return r.end(c)
	}
	if !next.IsZero() {
		c.wake(seconds(next))
	}
	return r.makeRoom()
}

// wake has the case go on at an instant, if nothing earlier is to come.
func (c *conduct) wake(at int64) {
	if c.due == 0 || at < c.due {
		c.due = at
		c.run.at(at, caseGoesOn, c.place)
	}
}

func (r *run) end(c *conduct) error {
	result, err := c.legal.End()
	if err != nil {
		return err
	}
	c.input.Script = nil
	r.whole.Cases++
	r.whole.Events += len(c.events)
	err = r.Take(&Ended{Case: c.drawn, Input: *c.input, Result: result, Events: c.events, Script: c.script(), Load: c.load, Waited: c.waited})
	c.letGo()
	clear(c.asked)
	c.drawn, c.asked = nil, c.asked[:0]
	c.life++
	r.flying--
	r.free = append(r.free, c.place)
	return err
}

// Put implements workflows.Parties.
func (c *conduct) Put(k workflows.Key, now time.Time, t *workflows.Turn) {
	c.Aside(func() { c.put(k, now, t) })
}

func (c *conduct) put(k workflows.Key, now time.Time, t *workflows.Turn) {
	nth := c.met
	c.met++
	if c.again {
		c.putAgain(&c.asked[nth], k, t)
		return
	}
	c.asked = append(c.asked, question{key: k, turn: t})
	w := c.run.World.Work(c.drawn, k.Question, k.Ordinal)
	if w.Silent {
		c.closed = c.closed || k.Question == mla.QShare // nothing is sent, or nothing more
		return
	}
	j := job{whom: c, life: c.life, place: nth, asked: seconds(now), latency: w.Latency * day}
	j.effort = w.Effort * 365 / population.WorkingDays * day
	if w.Desk == population.NoDesk || c.ahead { // of a closed side nobody asks a desk; if one were asked, it would not queue
		c.answer(j, j.asked+int64(math.Ceil(j.effort)), 0)
		return
	}
	c.jobs++
	of := c.drawn.Request.Requested
	if w.Home {
		of = c.drawn.Request.Requesting
	}
	j.desk = deskOf(w.Desk, place(of))
	c.run.put(j, c.run.World.First(c.drawn))
}

func (r *run) desk(place int32) *desk[job] {
	n := int32(len(population.States))
	return &r.desks[place/n][place%n]
}

func (r *run) put(j job, urgent bool) {
	if r.desk(j.desk).arrive(j, urgent, j.effort) {
		r.serve(j)
	}
}

// freed lets a desk take up its next file; files that nobody waits for any longer are laid aside.
func (r *run) freed(place int32) {
	d := r.desk(place)
	for {
		j, ok := d.leave()
		if !ok {
			return
		}
		d.work -= j.effort
		switch c := j.whom; {
		case c == nil:
			r.serve(j)
			return
		case j.life != c.life:
		case c.asked[j.place].over():
			c.jobs--
		default:
			r.serve(j)
			return
		}
	}
}

// serve has somebody take a file up, which settles when its answer comes.
func (r *run) serve(j job) {
	minutes, effort := 0, j.effort
	if c := j.whom; c != nil && (c.asked[j.place].key.Question == mla.QDecide || c.asked[j.place].key.Question == mla.QObject) {
		load := r.desk(j.desk).load(r.World.Model.ScrutinyWindow * day)
		var added float64
		minutes, added = r.World.Scrutiny(c.drawn, load)
		effort += added * 365 / population.WorkingDays * day
		if c.asked[j.place].key.Question == mla.QDecide {
			c.load, c.waited = load, float64(r.now-j.asked)/day
		}
	}
	end := r.now + int64(math.Ceil(effort))
	r.at(end, deskFrees, j.desk)
	if j.whom != nil {
		j.whom.jobs--
		j.whom.answer(j, end, minutes)
	}
}

// answer gives the answer to a question whose work ends at an instant.
func (c *conduct) answer(j job, end int64, minutes int) {
	after := mla.Days(math.Ceil((float64(end-j.asked) + j.latency) / day))
	q := &c.asked[j.place]
	q.answer = c.run.World.Answer(c.drawn, q.key.Question, q.key.Ordinal, after, minutes)
	if q.answer == nil {
		return
	}
	if q.turn != nil {
		q.turn.Give(q.answer)
	}
	if !c.going {
		c.wake(j.asked + int64(after)*day)
	}
}

// refused may have the requesting State try the letter again, under another instrument or by another channel.
func (c *conduct) refused(heard time.Time) {
	r := c.run
	if number, after, again := r.World.Retry(c.drawn); again {
		drawn := r.World.Draw(r.Replication, number)
		drawn.Start = heard.AddDate(0, 0, int(after))
		r.again = append(r.again, drawn)
		r.at(seconds(drawn.Start), againBegins, int32(len(r.again)-1))
	}
}

// Fiber implements workflows.Office.
func (c *conduct) Fiber(body func(workflows.Office, func())) (resume func() (ended bool)) {
	pool := &c.run.fibers
	f := pool.take(c, body)
	return func() bool { return pool.resume(f) }
}

// Advance implements workflows.Office; a population lets its cases go on itself.
func (c *conduct) Advance(_, to time.Time, _ func() bool) time.Time { return to }

// Assess implements workflows.Office.
func (c *conduct) Assess(in activities.AssessInput) (a mla.Assessment) {
	c.Aside(func() { a = c.run.World.Assess(c.drawn, in.Stage, in.Request, in.Known, in.Method) })
	return a
}

// Terms implements workflows.Office.
func (c *conduct) Terms(in activities.TermsInput) policies.Terms {
	return c.run.World.Terms(c.drawn, in.Request)
}

// Act implements workflows.Office.
func (c *conduct) Act(a activities.Act) (r activities.Receipt) {
	c.Aside(func() {
		var err error
		if _, r, err = activities.ReceiptFor(a); err != nil {
			panic(workflows.Failure{Err: err})
		}
	})
	return r
}

// Room implements workflows.Ledger.
func (c *conduct) Room() *workflows.Encoded {
	if c.again {
		return nil
	}
	return &c.run.room
}

// Aside implements workflows.Ledger.
func (c *conduct) Aside(work func()) { c.run.fibers.aside(work) }

// Append implements workflows.Office.
func (c *conduct) Append(events []mla.Event) {
	c.keep(events)
	if c.again {
		return
	}
	for i := range events {
		leaf, err := c.run.tree.add(c.run.room.Event(i))
		if err != nil {
			panic(workflows.Failure{Err: err})
		}
		if c.run.Record != nil {
			if err := c.run.Record(&events[i], leaf); err != nil {
				panic(workflows.Failure{Err: err})
			}
		}
		if b, ok := events[i].Body.(mla.DecidedBody); ok && b.Outcome == mla.Refused && b.Final && events[i].Passage == mla.Received {
			c.refused(events[i].At)
		}
		c.closed = c.closed || settles(&events[i], &c.drawn.Request)
	}
}

// settles reports whether an event leaves nothing for a desk to do: the side that helps, or that gave the order, has closed,
// or what nobody asked for on record has been given or kept back.
func settles(e *mla.Event, r *mla.Request) bool {
	switch r.Channel {
	case mla.Formal:
		return e.Kind == mla.CaseClosed && e.Party == r.Requested
	case mla.Direct:
		return e.Kind == mla.CaseClosed && e.Party == r.Requesting
	case mla.Voluntary:
		return e.Kind == mla.VoluntaryDisclosed || e.Kind == mla.DisclosureDeclined
	case mla.Contact:
		return e.Kind == mla.ContactAnswered
	case mla.Spontaneous, mla.Police, mla.JointTeam, mla.Transborder: // more may be sent, until nobody answers: see put
	}
	return false
}
