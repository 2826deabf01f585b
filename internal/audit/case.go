package audit

import (
	"cmp"
	"fmt"
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

// Case is one request as a clearance sees it. The log of a State that is not seen is empty and never ended.
type Case struct {
	ID         string
	Requesting *Log
	Requested  *Log
	Letter     *mla.Request // as the clearance can read it; nil: sealed
	Policy     string       // digest of the law that its events name; empty: none is open
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
	c := &Case{ID: id}
	slices.SortFunc(logs, func(a, b *Log) int { return cmp.Compare(a.Party, b.Party) })
	for _, l := range logs {
		l.arrange()
	}
	c.Letter, c.Policy = letterOn(logs)
	asks := func(l *Log) bool {
		if c.Letter != nil {
			return l.Party == c.Letter.Requesting
		}
		return len(l.byKind[mla.RequestDrafted]) > 0 // the cover tells who asks
	}
	for _, l := range logs {
		if asks(l) && c.Requesting == nil {
			c.Requesting = l
		} else if c.Requested == nil {
			c.Requested = l
		}
	}
	for _, side := range []**Log{&c.Requesting, &c.Requested} {
		if *side == nil {
			*side = &Log{Hole: -1}
		}
	}
	return c
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

// Describe says in how many cases and events something was looked at.
func Describe(cases []*Case) string {
	events := 0
	for _, c := range cases {
		events += len(c.Requesting.Seen) + len(c.Requested.Seen)
	}
	return fmt.Sprintf("%d cases, %d events", len(cases), events)
}
