package auditlog_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

func TestARepeatedEventIsAnsweredWithItsOldIndex(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	l := open(t, dir)
	all := append(events("c-1", 6), events("c-2", 4)...)
	want := add(t, l, all, 4)
	root := l.Root()
	for _, batch := range []int{1, 3, 10} {
		if diff := cmp.Diff(want, add(t, l, all, batch)); diff != "" {
			t.Errorf("in batches of %d (-first +again):\n%s", batch, diff)
		}
	}
	twice, err := l.Append(ctx, []mla.Event{event("c-3", 0), event("c-3", 0), event("c-1", 2)})
	if diff := cmp.Diff([]uint64{10, 10, 2}, twice); diff != "" || err != nil {
		t.Errorf("one event twice in a batch: %v\n%s", err, diff)
	}
	shut(t, l)
	if r := checked(t, dir); r.Size != 11 {
		t.Errorf("size %d after repeats, want 11", r.Size)
	}

	l = open(t, dir)
	defer shut(t, l)
	if diff := cmp.Diff(want, add(t, l, all, 5)); diff != "" || l.Size() != 11 {
		t.Errorf("after reopening, size %d (-first +again):\n%s", l.Size(), diff)
	}
	if slices.Equal(root, l.Root()) {
		t.Error("the root did not change when c-3 was added")
	}
}

func TestAppendRefusesWhatDoesNotFit(t *testing.T) {
	change := func(e mla.Event, f func(*mla.Event)) mla.Event { f(&e); return e }
	long := strings.Repeat("x", 31<<10)
	big := func(n int) mla.Event {
		return change(event("big", n), func(e *mla.Event) {
			e.Body = mla.CaseClosedBody{Outcome: mla.Outcome(long)}
			e.Kind = mla.CaseClosed
		})
	}
	var nine []mla.Event
	for n := range 9 {
		nine = append(nine, big(n))
	}
	for _, c := range []struct {
		name  string
		want  error
		batch []mla.Event
	}{
		{"other bytes under a known id", auditlog.ErrConflict,
			[]mla.Event{change(event("c-1", 1), func(e *mla.Event) { e.Policy = "other" })}},
		{"other readers under a known id", auditlog.ErrConflict,
			[]mla.Event{change(event("c-1", 1), func(e *mla.Event) { e.Readers = nil })}},
		{"two events under one new id", auditlog.ErrConflict,
			[]mla.Event{event("c-1", 3), change(event("c-1", 3), func(e *mla.Event) { e.Message = "m" })}},
		{"a hole", auditlog.ErrOrder, []mla.Event{event("c-1", 4)}},
		{"a hole inside a batch", auditlog.ErrOrder, []mla.Event{event("c-1", 3), event("c-1", 5)}},
		{"events in the wrong order", auditlog.ErrOrder, []mla.Event{event("c-1", 4), event("c-1", 3)}},
		{"a case that does not begin at 0", auditlog.ErrOrder, []mla.Event{event("c-9", 1)}},
		{"time running back", auditlog.ErrOrder,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.At = start })}},
		{"time running back inside a batch", auditlog.ErrOrder,
			[]mla.Event{event("c-1", 3), change(event("c-1", 4), func(e *mla.Event) { e.At = event("c-1", 3).At.Add(-time.Second) })}},
		{"another party", auditlog.ErrForeign,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.Party = "birch" })}},
		{"an event beyond 32 KiB", auditlog.ErrTooLarge,
			[]mla.Event{change(big(0), func(e *mla.Event) { e.Message = strings.Repeat("y", 1<<10) })}},
		{"a batch beyond 256 KiB", auditlog.ErrTooLarge, nine},
		{"65 events", auditlog.ErrTooLarge, events("many", 65)},
		{"no body", auditlog.ErrMalformed, []mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.Body = nil })}},
		{"a body of another kind", auditlog.ErrMalformed,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.Kind = mla.Decided })}},
		{"readers out of order", auditlog.ErrMalformed,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.Readers = []mla.Role{mla.Court, mla.Auditor} })}},
		{"an unknown reader", auditlog.ErrMalformed,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.Readers = []mla.Role{"clerk"} })}},
		{"a case with a slash", auditlog.ErrMalformed, []mla.Event{event("a/b", 0)}},
		{"no case", auditlog.ErrMalformed, []mla.Event{event("", 0)}},
		{"a fraction of a second", auditlog.ErrMalformed,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.At = e.At.Add(time.Millisecond) })}},
		{"text that is not UTF-8", auditlog.ErrMalformed,
			[]mla.Event{change(event("c-1", 3), func(e *mla.Event) { e.Policy = "\xff" })}},
		{"a fact that would not read back", auditlog.ErrMalformed,
			[]mla.Event{change(event("c-1", 4), func(e *mla.Event) { e.Body = mla.FactLearnedBody{Facts: mla.Facts{"x": mla.Word("\xff")}} })}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir, ctx := t.TempDir(), context.Background()
			l := open(t, dir)
			add(t, l, events("c-1", 3), 3)
			root := l.Root()
			_, err := l.Append(ctx, c.batch)
			if !errors.Is(err, c.want) || auditlog.Retryable(err) {
				t.Errorf("error %v (retryable: %v), want %v", err, auditlog.Retryable(err), c.want)
			}
			if l.Size() != 3 || !slices.Equal(root, l.Root()) {
				t.Errorf("a refused batch changed the log: size %d", l.Size())
			}
			if got := add(t, l, events("c-1", 4), 4); got[3] != 3 {
				t.Errorf("after a refusal the next event is at %d, want 3", got[3])
			}
			shut(t, l)
			checked(t, dir)
		})
	}
}

func TestAReaderWithoutARecipientIsRefused(t *testing.T) {
	o := options()
	delete(o.Recipients, mla.Court)
	l, err := auditlog.Open(context.Background(), t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, l)
	e := event("c-1", 0)
	e.Readers = []mla.Role{mla.CentralAuthority, mla.Court}
	if _, err := l.Append(context.Background(), []mla.Event{e}); !errors.Is(err, auditlog.ErrMalformed) {
		t.Errorf("error %v, want ErrMalformed", err)
	}
	e.Readers = []mla.Role{mla.Court, mla.Public}
	if _, err := l.Append(context.Background(), []mla.Event{e}); err != nil {
		t.Errorf("what the public reads needs no recipient: %v", err)
	}
}

func TestTheLargestBatchFits(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	add(t, l, events("c-1", auditlog.MaxBatch), auditlog.MaxBatch)
	shut(t, l)
	if r := checked(t, dir); r.Size != auditlog.MaxBatch {
		t.Errorf("size %d", r.Size)
	}
}

func TestManyCallersWriteOneLog(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	l := open(t, dir)
	const callers, each = 16, 20
	var wait sync.WaitGroup
	for i := range callers {
		// Two callers append the same case: a zombie and its retry.
		wait.Go(func() {
			all := events(fmt.Sprintf("c-%d", i/2), each)
			for n := 0; n < each; n += 4 {
				got, err := l.Append(ctx, all[n:n+4])
				if err != nil || len(got) != 4 || !slices.IsSorted(got) {
					t.Errorf("caller %d: %v, %v", i, got, err)
					return
				}
			}
		})
	}
	wait.Wait()
	shut(t, l)
	if r := checked(t, dir); r.Size != callers/2*each || r.Cases != callers/2 {
		t.Errorf("report %+v", r)
	}
}

func TestAClosedLogAndALockedDirectoryAreRetryable(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	l := open(t, dir)
	if _, err := auditlog.Open(ctx, dir, options()); !errors.Is(err, auditlog.ErrLocked) || !auditlog.Retryable(err) {
		t.Errorf("second writer: %v, want ErrLocked", err)
	}
	shut(t, l)
	if _, err := l.Append(ctx, events("c-1", 1)); !errors.Is(err, auditlog.ErrClosed) || !auditlog.Retryable(err) {
		t.Errorf("append after close: %v, want ErrClosed", err)
	}
	shut(t, l)
	shut(t, open(t, dir))
}

func TestACancelledAppendIsRetryable(t *testing.T) {
	l := open(t, t.TempDir())
	defer shut(t, l)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	// The writer may be faster than the look at the context: either answer is right, another error is not.
	if _, err := l.Append(ctx, events("c-1", 2)); err != nil && (!errors.Is(err, auditlog.ErrUnavailable) || !errors.Is(err, context.Canceled)) {
		t.Errorf("error %v, want ErrUnavailable and context.Canceled", err)
	}
	if got := add(t, l, events("c-1", 2), 2); !slices.Equal(got, []uint64{0, 1}) {
		t.Errorf("indices %v, want 0 and 1", got)
	}
}
