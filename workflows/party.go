package workflows

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// party is one State in a case, or a provider that keeps a register: its journal, and its letter box for one request.
type party struct {
	*journal
	c     *Case
	box   []mla.Event     // received and not yet taken up, in order of arrival
	taken mla.Event       // taken up last
	terms *policies.Terms // where it is neither of the two: those of a request to it, once they were read
}

// journal is what a State has one of, however many requests there are: its numbering, what its roles know, what stands.
type journal struct {
	state    mla.State
	keeper   mla.Role // who closes it
	sequence int
	known    map[mla.Role]mla.Facts // the fold of the events each role may read
	issued   int                    // how many papers were numbered
	secrets  []string               // secrecy orders standing
	sealed   map[string]mla.Opened  // what each of them keeps from the person
	posted   []string               // messages sent and not yet arrived
}

// party is one State's part in the case. A State that is neither of the two is drawn in on first use, and has a log from
// its first event on.
func (c *Case) party(s mla.State) *party {
	if i := slices.IndexFunc(c.parties, func(p *party) bool { return p.state == s }); i >= 0 {
		return c.parties[i]
	}
	p := &party{c: c}
	if c.before != nil {
		p.journal = c.before.party(s).journal
	} else {
		p.journal = &journal{state: s, keeper: mla.CentralAuthority, known: map[mla.Role]mla.Facts{}, sealed: map[string]mla.Opened{}}
	}
	c.parties = append(c.parties, p)
	return p
}

// number names what this State issues next: an order, evidence, a docket, a token of consent.
func (p *party) number(kind string) string {
	p.issued++
	return fmt.Sprintf("%s-%s-%d", p.state, kind, p.issued)
}

// act does one thing outside, in this State's name.
func (p *party) act(k Clerk, v activities.Verb, key, subject string, scope mla.Scope, records int) activities.Receipt {
	return k.Act(activities.Act{
		Verb: v, Case: p.c.in.Case, State: p.state, Key: key, Subject: subject, Scope: scope, Records: records,
	})
}

// law is where this State's readers and working times stand: of a third State, in the terms of a request to it.
func (p *party) law(k Clerk) *policies.Terms {
	if p == p.c.requesting || p == p.c.requested {
		return &p.c.terms
	}
	if p.terms == nil {
		r := p.c.request
		r.Requested = p.state
		terms := k.Terms(r, nil)
		p.terms = &terms
	}
	return p.terms
}

// record puts an event of this State on its log, under the provisions its instruments give for such an act and any
// further ones.
func (p *party) record(k Clerk, role mla.Role, b mla.Body, articles ...string) {
	p.write(k, role, b, "", mla.Internal, articles)
}

// send puts a message on the sender's log and, when it arrives, on the receiver's, where it is taken up by role. It returns
// the message's id.
func (p *party) send(k Clerk, from mla.Role, b mla.Body, to *party, role mla.Role, articles ...string) (message string) {
	return p.post(k, k.Now().AddDate(0, 0, p.law(k).Practice[p.state].TransitDays), from, b, to, role, articles)
}

// notify sends a message that arrives at once, as the windows of a few hours suppose that notices between States do.
func (p *party) notify(k Clerk, from mla.Role, b mla.Body, to *party, role mla.Role, articles ...string) (message string) {
	return p.post(k, k.Now(), from, b, to, role, articles)
}

func (p *party) post(k Clerk, arrives time.Time, from mla.Role, b mla.Body, to *party, role mla.Role, articles []string) (message string) {
	message = mla.EventID(p.c.in.Case, p.state, p.sequence)
	p.write(k, from, b, message, mla.Sent, articles)
	p.posted = append(p.posted, message)
	k.Open(func(k Clerk) {
		k.Then(arrives, func(k Clerk) {
			got := to.write(k, role, b, message, mla.Received, articles)
			p.posted = slices.DeleteFunc(p.posted, func(m string) bool { return m == message })
			to.box = append(to.box, got)
		})
	})
	return message
}

// note puts on this State's log what somebody in another State did towards it. Whoever did it does not read this log.
func (p *party) note(k Clerk, by mla.Actor, b mla.Body, articles ...string) {
	p.append(k, p.event(k, by, b, articles))
}

func (p *party) write(k Clerk, role mla.Role, b mla.Body, message string, passage mla.Passage, articles []string) mla.Event {
	e := p.event(k, mla.Actor{Role: role, State: p.state}, b, articles)
	e.Message, e.Passage, e.Readers = message, passage, withRole(e.Readers, role)
	p.append(k, e)
	return e
}

func (p *party) event(k Clerk, by mla.Actor, b mla.Body, articles []string) mla.Event {
	return mla.Event{
		Case:     p.c.in.Case,
		Party:    p.state,
		Sequence: p.sequence,
		At:       k.Now(),
		Actor:    by,
		Kind:     b.Kind(),
		Articles: cite(p.c.terms.Acts[b.Kind()], articles),
		Policy:   p.c.in.Policy,
		Readers:  p.law(k).Readers[p.state][b.Kind()],
		Body:     b,
	}
}

// append puts an event on the log; whoever may read it learns what it teaches.
func (p *party) append(k Clerk, e mla.Event) {
	if withheld(e.Body) {
		e.Readers = slices.DeleteFunc(slices.Clone(e.Readers), func(r mla.Role) bool { return r == mla.Public })
	}
	if b, ok := e.Body.(mla.ConfidentialityLiftedBody); ok && b.Opened != nil {
		e.Readers = withRole(e.Readers, mla.Person)
	}
	p.sequence++
	if e.Passage != mla.Received {
		p.c.tally(k, p, e.Body)
	}
	if learned := mla.Learned(e.Body); learned != nil {
		var before, after mla.Facts // facts are replaced, never changed, so roles that know the same share them
		for _, r := range e.Readers {
			switch was := p.known[r]; {
			case was == nil:
				p.known[r] = learned
			case before != nil && reflect.ValueOf(was).Pointer() == reflect.ValueOf(before).Pointer():
				p.known[r] = after
			default:
				before, after = was, was.With(learned)
				p.known[r] = after
			}
		}
	}
	k.Record(e)
}

// await waits for a message of one of the kinds, for a condition that ends the waiting, or for a deadline; the zero
// deadline never comes, and a nil condition never holds. It reports whether the message came, and leaves it in taken.
func (p *party) await(k Clerk, deadline time.Time, idle func() bool, kinds ...mla.Kind) bool {
	if idle == nil {
		idle = func() bool { return false }
	}
	wanted := func(e mla.Event) bool { return slices.Contains(kinds, e.Kind) }
	k.Await(deadline, func() bool { return idle() || slices.ContainsFunc(p.box, wanted) })
	i := slices.IndexFunc(p.box, wanted)
	if idle() || i < 0 {
		return false
	}
	p.taken = p.box[i]
	p.box = slices.Delete(p.box, i, i+1)
	return true
}

// learn records what a role found out by its own means.
func (p *party) learn(k Clerk, role mla.Role, facts mla.Facts, source string) {
	if len(facts) > 0 {
		p.record(k, role, mla.FactLearnedBody{Facts: facts, Source: source})
	}
}

// patience is the instant until which this State waits for an answer.
func (p *party) patience(k Clerk) time.Time {
	return k.Now().AddDate(0, 0, p.law(k).Practice[p.state].PatienceDays)
}

// withRole adds the role that acts to those who may read: it knows what it did itself.
func withRole(readers []mla.Role, r mla.Role) []mla.Role {
	if slices.Contains(readers, r) {
		return readers
	}
	return slices.Sorted(slices.Values(append(slices.Clone(readers), r)))
}

// cite joins provisions, each once, leaving out the empty ones that stand for an instrument's silence. Where there is nothing
// to add, it gives the first list itself.
func cite(terms, further []string) []string {
	var cited []string
	if once(terms) {
		cited, terms = slices.Clip(terms), nil
	}
	for _, list := range [...][]string{terms, further} {
		for _, a := range list {
			if a != "" && !slices.Contains(cited, a) {
				cited = append(cited, a)
			}
		}
	}
	if cited == nil {
		cited = []string{}
	}
	return cited
}

// once reports that a list has no empty text and none twice.
func once(list []string) bool {
	for i, a := range list {
		if a == "" || slices.Contains(list[:i], a) {
			return false
		}
	}
	return true
}
