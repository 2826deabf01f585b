package measure

import (
	"fmt"
	"slices"
	"time"

	"rogatory/internal/mla"
)

// record is what a view has of one case: the logs of the two States, as far as they are seen. Of a State that was
// only told of it, no measure reads the log.
type record struct {
	requesting *log // nil: not seen
	requested  *log // of the State that carries the measure out
	several    bool // sightings of more than one case
}

// log is what is seen of one State's log, in its order.
type log struct {
	party mla.State
	seen  []Sighting
	flaw  string // why absence from it proves nothing; empty: it is whole
}

// newRecord sorts sightings by log and says which log is whose. Where nothing says so, no letter is on record; then
// either is as good as the other for whatever is whole.
func newRecord(seen []Sighting) *record {
	r := &record{}
	var logs []*log
	for _, s := range seen {
		r.several = r.several || s.Cover.Case != seen[0].Cover.Case
		i := slices.IndexFunc(logs, func(l *log) bool { return l.party == s.Cover.Party })
		if i < 0 {
			i = len(logs)
			logs = append(logs, &log{party: s.Cover.Party})
		}
		logs[i].seen = append(logs[i].seen, s)
	}
	for _, l := range logs {
		slices.SortStableFunc(l.seen, func(a, b Sighting) int { return a.Cover.Sequence - b.Cover.Sequence })
		l.flaw = flaw(l)
	}
	asking, executing := partsOf(logs)
	for i, l := range logs {
		if l.party == asking || asking == "" && i == 0 && len(logs) > 1 {
			r.requesting = l
		}
		if l.party == executing || executing == "" && l.party != asking && (asking != "" || i > 0 || len(logs) == 1) && r.requested == nil {
			r.requested = l
		}
	}
	return r
}

// partsOf says who asks, and who carries the measure out: the State that is asked, or the same one where its order goes straight
// to a provider abroad. An open letter says so; on covers alone, who drafted one and where the letter arrived or the order was
// served. Empty: nothing says so.
func partsOf(logs []*log) (asking, executing mla.State) {
	for _, l := range logs {
		for _, s := range l.seen {
			if s.Event == nil {
				continue
			}
			var letter mla.Request
			switch b := s.Event.Body.(type) {
			case mla.RequestDraftedBody:
				letter = b.Request
			case mla.RequestSubmittedBody:
				letter = b.Request
			case mla.PreservationRequestedBody:
				letter = b.Request
			case mla.StateNotifiedBody:
				letter = b.Request
			default:
				continue
			}
			if letter.Channel == mla.Direct {
				return letter.Requesting, letter.Requesting
			}
			return letter.Requesting, letter.Requested
		}
	}
	for _, l := range logs {
		if len(l.covers(mla.RequestDrafted)) > 0 {
			asking = l.party
			if len(l.covers(mla.OrderServed)) > 0 {
				return asking, asking
			}
		}
	}
	for _, l := range logs {
		if l.party != asking && len(l.covers(mla.RequestSubmitted))+len(l.covers(mla.PreservationRequested)) > 0 {
			return asking, l.party
		}
	}
	return asking, ""
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
// are whole.
func (r *record) broken(sides []mla.Side) string {
	if r.several {
		return "these are sightings of several cases: a measure is computed on one"
	}
	if r.requesting == nil && r.requested == nil {
		return "nothing of the case is seen"
	}
	for _, side := range sides {
		l := r.on(side)
		if l == nil {
			return fmt.Sprintf("the log of the %s State is not seen", side)
		}
		if l.flaw != "" {
			return l.flaw
		}
	}
	return ""
}

// closed says which events of some kinds a log has whose bodies are not open; empty: none.
func (l *log) closed(kinds []mla.Kind) string {
	for _, k := range kinds {
		sealed, found := 0, l.covers(k)
		for _, s := range found {
			if s.Event == nil {
				sealed++
			}
		}
		if sealed > 0 {
			return fmt.Sprintf("%d of %d %s on the log of %s are sealed to others", sealed, len(found), k, l.party)
		}
	}
	return ""
}

// covers lists the sightings of a kind, open or sealed.
func (l *log) covers(k mla.Kind) []Sighting {
	var out []Sighting
	for _, s := range l.seen {
		if s.Cover.Kind == k {
			out = append(out, s)
		}
	}
	return out
}

// last is the latest legal instant on record.
func (r *record) last() time.Time {
	var last time.Time
	for _, l := range []*log{r.requesting, r.requested} {
		if l != nil && l.seen[len(l.seen)-1].Cover.At.After(last) {
			last = l.seen[len(l.seen)-1].Cover.At
		}
	}
	return last
}

// told is an open event with its body.
type told[B mla.Body] struct {
	*mla.Event
	Body B
}

// all lists the open events of one kind on a log.
func all[B mla.Body](l *log) []told[B] {
	var out []told[B]
	for _, s := range l.seen {
		if s.Event == nil {
			continue
		}
		if b, ok := s.Event.Body.(B); ok {
			out = append(out, told[B]{s.Event, b})
		}
	}
	return out
}

// latest returns the last open event of one kind on a log for which which holds.
func latest[B mla.Body](l *log, which func(told[B]) bool) (told[B], bool) {
	for _, t := range slices.Backward(all[B](l)) {
		if which(t) {
			return t, true
		}
	}
	return told[B]{}, false
}

// decision is the requested State's last decision on the request.
func (r *record) decision() (told[mla.DecidedBody], bool) {
	return latest(r.requested, func(told[mla.DecidedBody]) bool { return true })
}

// letter is the last letter to arrive.
func (r *record) letter() (told[mla.RequestSubmittedBody], bool) {
	return latest(r.requested, func(told[mla.RequestSubmittedBody]) bool { return true })
}
