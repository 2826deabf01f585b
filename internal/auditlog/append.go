package auditlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/transparency-dev/tessera"

	"rogatory/internal/mla"
)

// maxGroup bounds how many entries are written at once, whichever requests they are from.
const maxGroup = 256

// request is one call of Append on its way through the writing goroutine.
type request struct {
	events  []*sealedEvent
	indices []uint64
	err     error
	done    chan struct{} // closed when indices and err are final
}

// Append puts events on the log and returns their indices once they are on disk. It answers an event that the log
// already has with the index it has there, so the same call may be repeated until it succeeds, in any company. A
// batch is refused whole or not at all (ErrRefused and its children say why).
//
// Events of one case must come in their sequence, from 0, and their legal time must not run back; different cases may
// be mixed. When the context ends first, the events may or may not be appended: call again to learn.
func (l *Log) Append(ctx context.Context, events []mla.Event) ([]uint64, error) {
	r := &request{events: make([]*sealedEvent, len(events)), done: make(chan struct{})}
	if len(events) > MaxBatch {
		return nil, l.failed(fmt.Errorf("%d events, limit %d: %w", len(events), MaxBatch, ErrTooLarge))
	}
	total := 0
	for i, e := range events {
		s, err := l.sealer.seal(e)
		if err != nil {
			return nil, l.failed(err)
		}
		r.events[i] = s
		if total += s.size; total > MaxBatchBytes {
			return nil, l.failed(fmt.Errorf("%d events have more than %d bytes: %w", len(events), MaxBatchBytes, ErrTooLarge))
		}
	}
	if err := l.submit(ctx, r); err != nil {
		return nil, l.failed(err)
	}
	select {
	case <-r.done:
	case <-ctx.Done():
		return nil, l.failed(fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err()))
	}
	if r.err != nil {
		return nil, l.failed(r.err)
	}
	return r.indices, nil
}

func (l *Log) failed(err error) error {
	return fmt.Errorf("append to the log of %s: %w", l.sealer.party, err)
}

func (l *Log) submit(ctx context.Context, r *request) error {
	l.closing.RLock()
	defer l.closing.RUnlock()
	if l.closed {
		return ErrClosed
	}
	select {
	case l.requests <- r:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrUnavailable, ctx.Err())
	}
}

// run is the writing goroutine: it takes the requests that wait and writes their events together.
func (l *Log) run() {
	defer close(l.stopped)
	for r := range l.requests {
		group, n := []*request{r}, len(r.events)
	gather:
		for n <= maxGroup-MaxBatch {
			select {
			case more, ok := <-l.requests:
				if !ok {
					break gather
				}
				group, n = append(group, more), n+len(more.events)
			default:
				break gather
			}
		}
		l.write(group)
		for _, r := range group {
			close(r.done)
		}
	}
}

func (l *Log) write(group []*request) {
	err := l.broken
	if err != nil {
		err = l.resume()
	}
	var fresh []*sealedEvent
	if l.broken = err; err == nil {
		for _, r := range group {
			if r.err = l.admit(r); r.err == nil {
				fresh = append(fresh, l.place(r)...)
			}
		}
		err = l.commit(fresh)
	}
	if err == nil {
		return
	}
	// The disk may hold all, some or none of the group. Memory is read anew before the next write; the callers are
	// told to retry, and find there what was kept.
	l.broken = err
	for _, r := range group {
		if r.err == nil {
			r.indices, r.err = nil, fmt.Errorf("%w: %w", ErrStorage, err)
		}
	}
}

// admit decides whether a request's events fit on the end of the log, and changes nothing.
func (l *Log) admit(r *request) error {
	type end struct {
		from   int // the first sequence that is new in this request
		events []*sealedEvent
	}
	ends := map[string]*end{}
	for _, s := range r.events {
		id := mla.EventID(s.cover.Case, s.cover.Party, s.cover.Sequence)
		known := l.history.cases[s.cover.Case]
		if n := s.cover.Sequence; n < known.next() {
			if known.places[n].leaf != s.leafHash {
				return fmt.Errorf("event %s (%s): %w: the log holds it at index %d", id, s.cover.Kind, ErrConflict, known.places[n].index)
			}
			continue
		}
		if err := haveRecipients(l.recipients, s.cover.Readers); err != nil {
			return fmt.Errorf("event %s (%s): %w", id, s.cover.Kind, err)
		}
		e := ends[s.cover.Case]
		if e == nil {
			e = &end{from: known.next()}
			ends[s.cover.Case] = e
		}
		last := time.Time{}
		if known != nil {
			last = known.at
		}
		if n := len(e.events); n > 0 {
			last = e.events[n-1].cover.At
		}
		switch k := s.cover.Sequence - e.from; {
		case k < len(e.events) && e.events[k].leafHash == s.leafHash:
			continue
		case k < len(e.events):
			return fmt.Errorf("event %s (%s): %w: twice in this batch", id, s.cover.Kind, ErrConflict)
		case k > len(e.events):
			return fmt.Errorf("event %s (%s): %w: sequence %d is next", id, s.cover.Kind, ErrOrder, e.from+len(e.events))
		case s.cover.At.Before(last):
			return fmt.Errorf("event %s (%s): %w: at %s, after an event at %s", id, s.cover.Kind, ErrOrder,
				s.cover.At.Format(time.RFC3339), last.Format(time.RFC3339))
		}
		e.events = append(e.events, s)
	}
	return nil
}

// place gives each event of an admitted request its index, and returns those that are new.
func (l *Log) place(r *request) (fresh []*sealedEvent) {
	r.indices = make([]uint64, len(r.events))
	for i, s := range r.events {
		if s.cover.Sequence == l.history.cases[s.cover.Case].next() {
			_, met := l.history.keys[s.key]
			s.newKey = !met
			// compact.Range fails only on a hash of the wrong size.
			if err := l.history.add(s.cover, s.key, s.leaf, s.leafHash); err != nil {
				panic(err)
			}
			fresh = append(fresh, s)
		}
		r.indices[i] = l.history.cases[s.cover.Case].places[s.cover.Sequence].index
	}
	return fresh
}

// commit puts placed events on disk: sealed bodies and key notes, then leaves.
func (l *Log) commit(fresh []*sealedEvent) error {
	if len(fresh) == 0 {
		return nil
	}
	from := l.history.size() - uint64(len(fresh))
	if err := l.beside.write(from, fresh); err != nil {
		return err
	}
	futures := make([]tessera.IndexFuture, len(fresh))
	for i, s := range fresh {
		futures[i] = l.appender.Add(context.Background(), tessera.NewEntry(s.leaf))
	}
	var failed error
	for i, future := range futures {
		got, err := future()
		if err == nil && got.Index != from+uint64(i) {
			err = fmt.Errorf("leaf %d was given index %d", from+uint64(i), got.Index)
		}
		failed = errors.Join(failed, err)
	}
	if failed != nil {
		return failed
	}
	return l.note()
}
