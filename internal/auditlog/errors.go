package auditlog

import (
	"errors"
	"fmt"
)

// ErrRefused is the parent of the errors that the same call meets every time: the caller must not retry, but treat
// them as a fault in what it recorded. In an activity they are non-retryable.
var ErrRefused = errors.New("audit log refuses")

// Children of ErrRefused. A refused batch is refused whole: none of its new events is on the log.
var (
	// ErrConflict: the log holds other bytes under this event id. What the log holds stands.
	ErrConflict = fmt.Errorf("%w: another event has this id", ErrRefused)
	// ErrOrder: a hole in a case's sequence, or legal time running back within a case.
	ErrOrder = fmt.Errorf("%w: out of order", ErrRefused)
	// ErrForeign: the event belongs on another State's log.
	ErrForeign = fmt.Errorf("%w: event of another party", ErrRefused)
	// ErrTooLarge: the event or the batch is beyond MaxEvent, MaxBatch or MaxBatchBytes.
	ErrTooLarge = fmt.Errorf("%w: too large", ErrRefused)
	// ErrMalformed: the event has no canonical form, no body of its kind, or readers that are unknown, unsorted or
	// without a recipient.
	ErrMalformed = fmt.Errorf("%w: malformed event", ErrRefused)
	// ErrDamaged: the directory is not one that this writer, with this seed and origin, can go on from. Nothing was
	// changed. Check it with package verify; restore it or take another directory.
	ErrDamaged = fmt.Errorf("%w: directory cannot be continued", ErrRefused)
	// ErrOptions: Open was given options that can never work.
	ErrOptions = fmt.Errorf("%w: options", ErrRefused)
)

// ErrUnavailable is the parent of the errors after which the caller should retry the same call: whatever part of it
// had reached the log is found there and answered with its old index.
var ErrUnavailable = errors.New("audit log unavailable")

// Children of ErrUnavailable.
var (
	// ErrLocked: another writer has the directory open. Retry Open when it is done.
	ErrLocked = fmt.Errorf("%w: another writer holds the directory", ErrUnavailable)
	// ErrClosed: this Log was closed. Open the directory again and retry there.
	ErrClosed = fmt.Errorf("%w: closed", ErrUnavailable)
	// ErrStorage: the disk failed. Retry; if it persists, close the log and open it again.
	ErrStorage = fmt.Errorf("%w: storage failed", ErrUnavailable)
)

// Retryable reports whether the call that gave err may succeed when it is made again: everything but ErrRefused.
func Retryable(err error) bool { return err != nil && !errors.Is(err, ErrRefused) }
