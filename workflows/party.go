package workflows

import (
	"reflect"
	"slices"
	"time"

	"rogatory/internal/mla"
)

// party is one State in a case: its numbering, what its roles know, and its letter box.
type party struct {
	c        *Case
	state    mla.State
	sequence int
	known    map[mla.Role]mla.Facts // the fold of the events each role may read
	box      []mla.Event            // received and not yet taken up, in order of arrival
	taken    mla.Event              // taken up last
	orders   int
	secrets  []string // secrecy orders standing
	posted   []string // messages sent and not yet arrived
}

func newParty(c *Case, s mla.State) *party {
	return &party{c: c, state: s, known: map[mla.Role]mla.Facts{}}
}

// record puts an event of this State on its log, under the provisions its instruments give for such an act and any
// further ones.
func (p *party) record(k Clerk, role mla.Role, b mla.Body, articles ...string) mla.Event {
	return p.write(k, role, b, "", mla.Internal, articles)
}

// send puts a message on the sender's log and, when it arrives, on the receiver's, where it is taken up by role.
func (p *party) send(k Clerk, from mla.Role, b mla.Body, to *party, role mla.Role, articles ...string) mla.Event {
	sent := p.write(k, from, b, mla.EventID(p.c.in.Case, p.state, p.sequence), mla.Sent, articles)
	p.posted = append(p.posted, sent.Message)
	arrives := k.Now().AddDate(0, 0, p.c.terms.Practice[p.state].TransitDays)
	k.Open(func(k Clerk) {
		k.Await(arrives, nil)
		got := to.write(k, role, b, sent.Message, mla.Received, articles)
		p.posted = slices.DeleteFunc(p.posted, func(m string) bool { return m == sent.Message })
		to.box = append(to.box, got)
	})
	return sent
}

func (p *party) write(k Clerk, role mla.Role, b mla.Body, message string, passage mla.Passage, articles []string) mla.Event {
	e := mla.Event{
		Case:     p.c.in.Case,
		Party:    p.state,
		Sequence: p.sequence,
		At:       k.Now(),
		Actor:    mla.Actor{Role: role, State: p.state},
		Kind:     b.Kind(),
		Articles: cite(p.c.terms.Acts[b.Kind()], articles),
		Policy:   p.c.in.Policy,
		Message:  message,
		Passage:  passage,
		Readers:  withRole(p.c.terms.Readers[p.state][b.Kind()], role),
		Body:     b,
	}
	p.sequence++
	if learned := mla.Learned(b); learned != nil {
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
	return e
}

// await waits for a message of one of the kinds, for a condition that ends the waiting, or for a deadline; the zero
// deadline never comes. It reports whether the message came, and leaves it on top of taken.
func (p *party) await(k Clerk, deadline time.Time, idle func() bool, kinds ...mla.Kind) bool {
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
	return k.Now().AddDate(0, 0, p.c.terms.Practice[p.state].PatienceDays)
}

// withRole adds the role that acts to those who may read: it knows what it did itself.
func withRole(readers []mla.Role, r mla.Role) []mla.Role {
	if slices.Contains(readers, r) {
		return readers
	}
	return slices.Sorted(slices.Values(append(slices.Clone(readers), r)))
}

// cite joins provisions, each once, leaving out the empty ones that stand for an instrument's silence.
func cite(lists ...[]string) []string {
	cited := []string{}
	for _, list := range lists {
		for _, a := range list {
			if a != "" && !slices.Contains(cited, a) {
				cited = append(cited, a)
			}
		}
	}
	return cited
}
