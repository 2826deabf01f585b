package workflows

import (
	"maps"
	"time"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Input opens a case. What the author of the case stipulates is not in it: the procedure cannot reach it.
type Input struct {
	Case    string                 `json:"case"`   // id; also the request's reference
	Name    string                 `json:"name"`   // of the case file
	Policy  string                 `json:"policy"` // digest of the policy bundle in force
	Start   time.Time              `json:"start"`
	Horizon mla.Days               `json:"horizon"` // how long the case is watched
	Request mla.Request            `json:"request"`
	Stated  mla.Facts              `json:"stated"`          // what the letter states
	Known   map[mla.Role]mla.Facts `json:"known,omitempty"` // what roles of the requested State know by themselves
	Script  mla.Script             `json:"script"`
	Live    []mla.Role             `json:"live,omitempty"` // roles whose answers come from persons
}

// Result is how a case ended. Everything else about it is on the logs.
type Result struct {
	Outcome mla.Outcome `json:"outcome"`
	Ended   time.Time   `json:"ended"`  // legal time
	Events  int         `json:"events"` // recorded, on all logs
}

// Case is one request under way: one legal clock, two States, the procedures of both, and those of any State that is
// drawn in.
type Case struct {
	in         Input
	scheduler  *scheduler
	request    mla.Request
	terms      policies.Terms
	requesting *party
	requested  *party
	executing  *party      // whose law the measure is carried out under: the requested State, or whoever orders by itself
	parties    []*party    // the two, then any other, in the order in which they were drawn in
	heard      mla.Outcome // what the requesting State was told last
	closed     bool        // the requesting State's side

	// What the procedures of the requested State must know of one another.
	outcome   mla.Outcome
	arrived   bool // the letter is here
	settled   bool // nothing more will be produced on the request
	decided   mla.DecidedBody
	reached   mla.Scope // what is asked, or was granted or authorised since
	preserved string    // the preservation order in force; empty: none
	lapsed    bool      // what was preserved is gone
	noticed   bool      // the person's notice is under way
	over      bool      // the need for a State's own order has ended, and it has said so
	deleted   bool      // the evidence is no longer to be used
	expired   bool      // the provider deleted the data before anybody had them kept

	drafted bool     // the letter is out
	forged  []string // messages to the provider that nobody sent

	ordinal      int   // of the request, from 1
	before, next *Case // the requests made before and after it for the same conduct

	aftermath
}

// never is the instant that does not come.
var never time.Time

// NewCase prepares a case; Conduct runs it.
func NewCase(in Input) *Case {
	c := &Case{in: in, request: in.Request, ordinal: 1, outcome: mla.Lapsed, heard: mla.Lapsed, reached: in.Request.Scope}
	c.request.Reference = in.Case
	c.scheduler = &scheduler{
		now:    in.Start.UTC(),
		policy: in.Policy,
		desk:   &answers{script: in.Script.Under(in.Request.Safeguards), live: in.Live, request: in.Request.Scope, asked: map[mla.Question]int{}},
	}
	c.requesting = c.party(in.Request.Requesting)
	c.requested = c.party(in.Request.Requested)
	c.executing = c.requested
	return c
}

// Conduct runs the case in an office until its observation ends.
func (c *Case) Conduct(o Office) (Result, error) {
	err := c.scheduler.run(o, c.observe)
	return c.result(), err
}

func (c *Case) result() Result {
	r := Result{Outcome: c.last().outcome, Ended: c.scheduler.now}
	for _, p := range c.parties {
		r.Events += p.sequence
	}
	return r
}

// observe opens the procedures of the case and watches until the horizon.
func (c *Case) observe(k Clerk) {
	c.readLaw(k)
	if c.ordersAbroad() {
		k.Open(c.directOrder)
	} else {
		c.begin(k)
	}
	if c.volunteers(mla.QLegislate) {
		k.Open(c.legislation)
	}
	k.Then(k.Now().AddDate(0, 0, int(c.in.Horizon)), c.observed)
}

// observed ends the observation. A secret that still stands is counted up to this day; a grant that nothing came of has
// lapsed. What went by a State leaves nothing on its log but that the observation ended.
func (c *Case) observed(k Clerk) {
	for e := c; e != nil; e = e.next {
		if e.outcome.Grants() && !e.settled {
			e.outcome = mla.Lapsed
		}
	}
	for _, p := range c.parties {
		p.record(k, p.keeper, mla.ObservationEndedBody{Outcome: c.stood(p), Standing: p.secrets, InPost: p.posted})
	}
}

// readLaw reads off the law what the procedure has to know of it. On a channel that goes by without a request the provisions
// on requests do not speak: a decision is not one to help, and no limit on use comes with what was never asked for.
func (c *Case) readLaw(k Clerk) {
	c.terms = k.Terms(c.request, c.ownFiles())
	if c.request.Channel != mla.Formal && c.request.Channel != mla.Direct {
		c.terms.Acts = maps.Clone(c.terms.Acts)
		delete(c.terms.Acts, mla.Decided)
		delete(c.terms.Acts, mla.UseRecorded)
		c.terms.Use = policies.Use{Exculpatory: c.terms.Use.Exculpatory, Tokens: c.terms.Use.Tokens}
	}
}

// stood is how a State's side stood: of the State that asks, by what it was told last; of one that was asked, by its own
// last decision; of any other, not at all.
func (c *Case) stood(p *party) (o mla.Outcome) {
	switch p {
	case c.executing:
		if c.ordersAbroad() {
			return c.outcome
		}
	case c.requesting:
		return c.last().heard
	}
	for e := c; e != nil; e = e.next {
		if e.requested.journal == p.journal {
			o = e.outcome
		}
	}
	return o
}
