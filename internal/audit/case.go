package audit

import (
	"cmp"
	"slices"
	"time"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// Log is what a clearance sees of one State's part of a case, in the order of its sequence.
type Log struct {
	Party mla.State
	Dir   string // the log's directory, where proofs come from; empty in memory
	Seen  []verify.Sighting
	// Hole is the first sequence that is not seen although a later one is; -1: none. What is not seen may exist.
	Hole int
	// Ended reports that the log is seen up to the end of observation: only then is what has not come by then absent.
	Ended bool

	byKind map[mla.Kind][]verify.Sighting
}

// last is the latest legal instant on the log; zero if nothing is seen.
func (l *Log) last() time.Time {
	if len(l.Seen) == 0 {
		return time.Time{}
	}
	return l.Seen[len(l.Seen)-1].Cover.At
}

// Case is what was done about one measure as a clearance sees it: one request as a rule, none where the data came another
// way, and several where the same was asked again. The log of a State that is not seen is empty and never ended.
type Case struct {
	ID   string
	Logs []*Log // every log at hand, of States and of providers that keep one, by party
	// Requesting and Requested are the two sides of the request that was made last. Where no request was made nobody is
	// either: then Requesting is who sought or used the data, and Requested another whose log is at hand.
	Requesting *Log
	Requested  *Log
	Letter     *mla.Request // of that request, as the clearance can read it; nil: sealed
	Policy     string       // digest of the law that its events name; empty: none is open

	requests []*Case // in the order in which they arrived; empty: this one
	from, to int     // the sequences on the requested State's log that are about this request; to 0: to the end
	beside   bool    // covers show that no request was made
}

// Requests lists the requests of a case in the order in which they arrived: as a rule the case itself.
func (c *Case) Requests() []*Case {
	if len(c.requests) == 0 {
		return []*Case{c}
	}
	return c.requests
}

// about says whether a sequence on the requested State's log is about this request.
func (c *Case) about(sequence int) bool {
	return sequence >= c.from && (c.to == 0 || sequence < c.to)
}

// requested lists what of a kind the requested State's log has about this request.
func (c *Case) requested(k mla.Kind) (out []verify.Sighting) {
	for _, s := range c.Requested.byKind[k] {
		if c.about(s.Cover.Sequence) {
			out = append(out, s)
		}
	}
	return out
}

// log returns a party's log; nil: it is not at hand.
func (c *Case) log(s mla.State) *Log {
	for _, l := range c.Logs {
		if l.Party == s {
			return l
		}
	}
	return nil
}

// On returns the log of a side; the requested State's where none is named.
func (c *Case) On(s mla.Side) *Log {
	if s == mla.Requesting {
		return c.Requesting
	}
	return c.Requested
}

// Source is one log as read: where it is and what a clearance sees of it.
type Source struct {
	Dir  string
	Seen []verify.Sighting
}

// Cases sorts what is seen on the logs of one run into cases, in the order of their ids.
func Cases(sources []Source) []*Case {
	byCase := map[string][]*Log{}
	for _, s := range sources {
		of := map[string]*Log{}
		for _, x := range s.Seen {
			l := of[x.Cover.Case]
			if l == nil {
				l = &Log{Party: x.Cover.Party, Dir: s.Dir}
				of[x.Cover.Case] = l
				byCase[x.Cover.Case] = append(byCase[x.Cover.Case], l)
			}
			l.Seen = append(l.Seen, x)
		}
	}
	out := make([]*Case, 0, len(byCase))
	for id, logs := range byCase {
		out = append(out, newCase(id, logs))
	}
	slices.SortFunc(out, func(a, b *Case) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func newCase(id string, logs []*Log) *Case {
	slices.SortFunc(logs, func(a, b *Log) int { return cmp.Compare(a.Party, b.Party) })
	for _, l := range logs {
		l.arrange()
	}
	c := &Case{ID: id, Logs: logs, Requesting: asking(logs)}
	letter, policy := letterOn(logs)
	c.beside = c.Requesting == nil && !slices.ContainsFunc(logs, func(l *Log) bool { return l.Hole >= 0 || l.has(seeking...) })
	if c.beside {
		c.Requesting = users(logs)
	}
	if c.Requesting == nil {
		c.Requesting = &Log{Hole: -1}
	}
	requests := c.arrived()
	if len(requests) == 0 {
		c.Requested, c.Letter, c.Policy = c.asked(letter), letter, policy
		return c
	}
	for _, r := range requests {
		r.Letter = r.letter()
		if r.Letter == nil && len(requests) == 1 {
			r.Letter = letter
		}
		r.Policy = policy
	}
	last := requests[len(requests)-1]
	c.Requested, c.Letter, c.Policy, c.from = last.Requested, last.Letter, policy, last.from
	if len(requests) > 1 {
		c.requests = requests
	}
	return c
}

// seeking are the kinds that show on their covers that a request was made.
var seeking = []mla.Kind{mla.RequestDrafted, mla.PreservationRequested, mla.RequestSubmitted}

func (l *Log) has(kinds ...mla.Kind) bool {
	return slices.ContainsFunc(kinds, func(k mla.Kind) bool { return len(l.byKind[k]) > 0 })
}

// asking is the log of the State that asks: the one that drafted a letter, by its cover, or that the letter names.
func asking(logs []*Log) *Log {
	letter, _ := letterOn(logs)
	for _, l := range logs {
		if letter != nil && l.Party == letter.Requesting || letter == nil && l.has(mla.RequestDrafted) {
			return l
		}
	}
	return nil
}

// users is the log of whoever sought or used data without a request.
func users(logs []*Log) *Log {
	for _, l := range logs {
		if l.has(mla.UseRecorded) {
			return l
		}
	}
	return logs[0]
}

// arrived finds the requests that reached a State, by covers: a letter that arrives after the case was closed there is
// another request, and one that arrives before is the same, sent anew.
func (c *Case) arrived() (out []*Case) {
	for _, l := range c.Logs {
		if l == c.Requesting || !l.has(mla.RequestSubmitted, mla.PreservationRequested) {
			continue
		}
		if c.Requesting.Party == "" && l.Hole >= 0 && !l.has(mla.IntakeChecked, mla.PreservationDecided) {
			continue // what is missing may show that it is the log of the State that asks
		}
		r := &Case{ID: c.ID, Logs: c.Logs, Requesting: c.Requesting, Requested: l}
		out = append(out, r)
		came, closed := false, false
		for _, s := range l.Seen {
			switch s.Cover.Kind {
			case mla.CaseClosed:
				closed = came
			case mla.RequestSubmitted:
				if closed {
					r.to = s.Cover.Sequence
					r = &Case{ID: c.ID, Logs: c.Logs, Requesting: c.Requesting, Requested: l, from: s.Cover.Sequence}
					out = append(out, r)
				}
				came, closed = true, false
			default:
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *Case) int { return Arrived(a).Compare(Arrived(b)) })
	return out
}

// letter is the last that is open of those that arrived for this request.
func (c *Case) letter() (letter *mla.Request) {
	for _, k := range []mla.Kind{mla.PreservationRequested, mla.RequestSubmitted} {
		for _, s := range c.requested(k) {
			if s.Event == nil {
				continue
			}
			switch b := s.Event.Body.(type) {
			case mla.PreservationRequestedBody:
				letter = &b.Request
			case mla.RequestSubmittedBody:
				letter = &b.Request
			}
		}
	}
	return letter
}

// asked is the log of the State that a letter is to, where none is on record as arrived.
func (c *Case) asked(letter *mla.Request) *Log {
	if letter != nil {
		if l := c.log(letter.Requested); l != nil {
			return l
		}
		return &Log{Hole: -1}
	}
	for _, l := range c.Logs {
		if l != c.Requesting && c.Requesting.Party != "" {
			return l
		}
	}
	return &Log{Hole: -1}
}

// arrange puts the log in order and finds what is missing from it.
func (l *Log) arrange() {
	slices.SortStableFunc(l.Seen, func(a, b verify.Sighting) int { return a.Cover.Sequence - b.Cover.Sequence })
	l.Hole, l.byKind = -1, map[mla.Kind][]verify.Sighting{}
	next := 0
	for _, s := range l.Seen {
		if s.Cover.Sequence > next && l.Hole < 0 {
			l.Hole = next
		}
		next = max(next, s.Cover.Sequence+1)
		l.byKind[s.Cover.Kind] = append(l.byKind[s.Cover.Kind], s)
	}
	l.Ended = len(l.byKind[mla.ObservationEnded]) > 0
}

// letterOn finds the letter where the clearance can read one, the last that is open, and the law it names.
func letterOn(logs []*Log) (letter *mla.Request, policy string) {
	for _, l := range logs {
		for _, k := range []mla.Kind{mla.RequestDrafted, mla.PreservationRequested, mla.RequestSubmitted} {
			for _, s := range l.byKind[k] {
				if s.Event == nil {
					continue
				}
				policy = s.Event.Policy
				switch b := s.Event.Body.(type) {
				case mla.RequestDraftedBody:
					letter = &b.Request
				case mla.PreservationRequestedBody:
					letter = &b.Request
				case mla.RequestSubmittedBody:
					letter = &b.Request
				}
			}
		}
	}
	return letter, policy
}

// See shows events as a clearance has them, without a log: the bodies for which open says so.
func See(events []mla.Event, open func(mla.Event) bool) []Source {
	var out []Source
	for i := range events {
		e := &events[i]
		at := slices.IndexFunc(out, func(s Source) bool { return s.Seen[0].Cover.Party == e.Party })
		if at < 0 {
			at = len(out)
			out = append(out, Source{})
		}
		s := verify.Sighting{Index: uint64(len(out[at].Seen)), Cover: e.Cover()}
		if open(*e) {
			s.Event = e
		}
		out[at].Seen = append(out[at].Seen, s)
	}
	return out
}

// idOf names the event a sighting is of.
func idOf(s verify.Sighting) string {
	return mla.EventID(s.Cover.Case, s.Cover.Party, s.Cover.Sequence)
}
