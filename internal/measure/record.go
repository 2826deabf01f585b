package measure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// record is what a view has of one case: the logs of the two States and of any other, as far as they are seen. It can be
// filled again with another case, so that a population costs no memory per case.
type record struct {
	requesting *log // nil: not seen
	requested  *log
	// anywhere is all logs as one, in the order of legal time; what one State sent and another received is there once.
	anywhere log

	logs    []*log
	several bool        // sightings of more than one case
	public  []*Sighting // open to the public
	ends    time.Time   // the latest legal instant on record
	spare   []*log
	heads   []int

	asked    mla.Request // what is asked for, and where that stands; nil: nowhere that is open
	asks     *Sighting
	exposed  exposures // filled when first asked for
	exposing bool
}

// log is what is seen of one State's log, in its order.
type log struct {
	party mla.State
	seen  []*Sighting
	flaw  string // why absence from it proves nothing; empty: it is whole

	byKind  []*Sighting // the same, kind by kind
	start   [kinds + 1]uint16
	present kindSet
	sealed  kindSet // kinds with a body that is not open
}

// newRecord sorts sightings of one case by log and says which log is whose. The sightings must stay as they are.
func newRecord(seen []Sighting) *record {
	r := &record{}
	r.fill(seen)
	return r
}

func (r *record) fill(seen []Sighting) {
	r.spare = append(r.spare, r.logs...)
	r.logs, r.public = r.logs[:0], r.public[:0]
	r.requesting, r.requested, r.several, r.exposing, r.ends = nil, nil, false, false, time.Time{}
	for i := range seen {
		s := &seen[i]
		r.several = r.several || s.Cover.Case != seen[0].Cover.Case
		l := r.of(s.Cover.Party)
		l.seen = append(l.seen, s)
		if slices.Contains(s.Cover.Readers, mla.Public) {
			r.public = append(r.public, s)
		}
		if s.Cover.At.After(r.ends) {
			r.ends = s.Cover.At
		}
	}
	for _, l := range r.logs {
		inOrder := func(a, b *Sighting) int { return a.Cover.Sequence - b.Cover.Sequence }
		if !slices.IsSortedFunc(l.seen, inOrder) {
			slices.SortStableFunc(l.seen, inOrder)
		}
		l.flaw = flaw(l)
		l.index()
	}
	r.sides()
	r.join()
	r.asked, r.asks = mla.Request{}, nil
	if l, ok := requestSubmitted.last(&r.anywhere); ok {
		r.asked, r.asks = l.Body.Request, l.Sighting
	} else if d, ok := requestDrafted.last(&r.anywhere); ok {
		r.asked, r.asks = d.Body.Request, d.Sighting
	}
}

// of returns the log of a State, a new one where there is none yet.
func (r *record) of(s mla.State) *log {
	for _, l := range r.logs {
		if l.party == s {
			return l
		}
	}
	var l *log
	if n := len(r.spare); n > 0 {
		l, r.spare = r.spare[n-1], r.spare[:n-1]
		l.seen = l.seen[:0]
	} else {
		l = &log{}
	}
	l.party = s
	r.logs = append(r.logs, l)
	return l
}

// index sorts a log by kind.
func (l *log) index() {
	l.start, l.present, l.sealed = [kinds + 1]uint16{}, kindSet{}, kindSet{}
	for _, s := range l.seen {
		k := numberOf(s)
		l.start[k+1]++
		l.present.add(k)
		if s.Event == nil {
			l.sealed.add(k)
		}
	}
	for k := range kinds {
		l.start[k+1] += l.start[k]
	}
	next := l.start
	l.byKind = slices.Grow(l.byKind[:0], len(l.seen))[:len(l.seen)]
	for _, s := range l.seen {
		k := numberOf(s)
		l.byKind[next[k]] = s
		next[k]++
	}
}

// covers lists the sightings of a kind, open or sealed.
func (l *log) covers(k number) []*Sighting {
	if l == nil {
		return nil
	}
	return l.byKind[l.start[k]:l.start[k+1]]
}

// sides says which log is whose: a letter that is open says who asks and who carries the measure out; on covers alone it is
// who drafted one. Where nothing says so, no letter is on record; then either is as good as the other for whatever is whole.
func (r *record) sides() {
	asks, executes := r.parties()
	for i, l := range r.logs {
		if l.party == asks || asks == "" && i == 0 && len(r.logs) > 1 {
			r.requesting = l
			if asks == "" || asks != executes {
				continue
			}
		}
		if executes == "" || l.party == executes {
			r.requested = l
		}
	}
}

// parties says who asks, and who carries the measure out: the State that is asked, or the same one where its order goes
// straight to a provider abroad. Empty: nothing says so.
func (r *record) parties() (asks, executes mla.State) {
	between := func(q mla.Request) (mla.State, mla.State) {
		if q.Channel == mla.Direct {
			return q.Requesting, q.Requesting
		}
		return q.Requesting, q.Requested
	}
	for _, l := range r.logs {
		for _, k := range [...]number{requestDrafted.number, requestSubmitted.number, preservationRequested.number, stateNotified.number} {
			for _, s := range l.covers(k) {
				if s.Event == nil {
					continue
				}
				switch b := s.Event.Body.(type) {
				case mla.RequestDraftedBody:
					return between(b.Request)
				case mla.RequestSubmittedBody:
					return between(b.Request)
				case mla.PreservationRequestedBody:
					return between(b.Request)
				case mla.StateNotifiedBody:
					return between(b.Request)
				}
			}
		}
	}
	for _, l := range r.logs { // covers alone
		switch {
		case len(l.covers(requestDrafted.number)) > 0:
			asks = l.party
			if len(l.covers(orderServed.number)) > 0 {
				return asks, asks
			}
		case len(l.covers(requestSubmitted.number))+len(l.covers(preservationRequested.number)) > 0:
			executes = l.party
		}
	}
	if asks == "" {
		executes = ""
	}
	return asks, executes
}

// join puts the logs together.
func (r *record) join() {
	r.anywhere.seen = r.anywhere.seen[:0]
	r.heads = append(r.heads[:0], make([]int, len(r.logs))...)
	for {
		first := -1
		for i, l := range r.logs {
			if r.heads[i] < len(l.seen) && (first < 0 || l.seen[r.heads[i]].Cover.At.Before(r.logs[first].seen[r.heads[first]].Cover.At)) {
				first = i
			}
		}
		if first < 0 {
			break
		}
		s := r.logs[first].seen[r.heads[first]]
		r.heads[first]++
		if s.Event == nil || s.Event.Passage != mla.Received || !r.hasSender(s.Event) {
			r.anywhere.seen = append(r.anywhere.seen, s)
		}
	}
	r.anywhere.index()
}

// hasSender reports whether the event is seen by which a received message was sent. A message that nobody sent has none.
func (r *record) hasSender(e *mla.Event) bool {
	from, ok := strings.CutPrefix(e.Message, e.Case+"/")
	if !ok {
		return false
	}
	for _, l := range r.logs {
		n := len(l.party)
		if l.party == e.Party || len(from) <= n || from[n] != '/' || from[:n] != string(l.party) {
			continue
		}
		sequence, err := strconv.Atoi(from[n+1:])
		return err == nil && slices.ContainsFunc(l.seen, func(s *Sighting) bool { return s.Cover.Sequence == sequence && s.Cover.Kind == e.Kind })
	}
	return false
}

// flaw says why a log is not whole.
func flaw(l *log) string {
	for i, s := range l.seen {
		switch n := s.Cover.Sequence; {
		case n < i:
			return fmt.Sprintf("the log of %s has event %d twice", l.party, n)
		case n > i:
			return fmt.Sprintf("the log of %s is not seen whole: event %d is missing, and what is not seen may exist", l.party, i)
		}
	}
	if last := l.seen[len(l.seen)-1]; last.Cover.Kind != mla.ObservationEnded {
		return fmt.Sprintf("the log of %s is not seen to the end of observation: what is not seen may exist", l.party)
	}
	return ""
}

// on returns the log of a side; nil if it is not seen.
func (r *record) on(s mla.Side) *log {
	if s == mla.Requesting {
		return r.requesting
	}
	return r.requested
}

// broken says why a measure that must have the logs of some sides whole cannot be computed on this record; empty: they
// are whole. What is asked for on both sides must be whole wherever it is seen.
func (r *record) broken(sides []mla.Side) string {
	if r.several {
		return "these are sightings of several cases: a measure is computed on one"
	}
	if len(r.logs) == 0 {
		return "nothing of the case is seen"
	}
	for _, side := range sides {
		l := r.on(side)
		if l == nil && side == mla.Requested && len(sides) > 1 && r.asked.Channel == mla.Transborder {
			continue // no State was asked, so that none has a log of it
		}
		if l == nil {
			return unseen[side]
		}
		if l.flaw != "" {
			return l.flaw
		}
	}
	if len(sides) > 1 {
		for _, l := range r.logs {
			if l.flaw != "" {
				return l.flaw
			}
		}
	}
	return ""
}

var unseen = map[mla.Side]string{
	mla.Requesting: "the log of the requesting State is not seen",
	mla.Requested:  "the log of the requested State is not seen",
}

// closed says which events of some kinds a log has whose bodies are not open; empty: none.
func (l *log) closed(needs kindSet) string {
	hidden := needs.and(l.sealed)
	if hidden.empty() {
		return ""
	}
	k := hidden.first()
	sealed, found := 0, l.covers(k)
	for _, s := range found {
		if s.Event == nil {
			sealed++
		}
	}
	where := "the logs"
	if l.party != "" {
		where = "the log of " + string(l.party)
	}
	events, are := "events", "are"
	if len(found) == 1 {
		events, are = "event", "is"
	}
	return fmt.Sprintf("%d of %d %s %s on %s %s sealed to others", sealed, len(found), kindNames[k], events, where, are)
}

// last is the latest legal instant on record.
func (r *record) last() time.Time { return r.ends }

// later returns the later of two instants.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// wholeDays counts the days from one instant to a later one; 0 if it is not later.
func wholeDays(from, to time.Time) int { return max(0, int(to.Sub(from)/(24*time.Hour))) }
