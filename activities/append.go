package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/temporal"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

// AppendInput is a batch of events of one case, in the order in which they happened, on whichever logs they belong.
type AppendInput struct {
	Events []mla.Event `json:"events"`
}

// Append puts events on their States' logs and returns once they are durable. An event that is there already is not
// put there again. An event the log must refuse (a hole, a clock running back, another event of the same id) fails the
// case for good: no retry can mend it. A worker that cannot open its log, for want of the right seed say, fails only the
// attempt: another worker, or this one put right, may succeed.
func (a *Activities) Append(ctx context.Context, in AppendInput) error {
	err := AppendTo(ctx, a.Logs, in.Events)
	misconfigured := errors.Is(err, auditlog.ErrDamaged) || errors.Is(err, auditlog.ErrOptions)
	if errors.Is(err, auditlog.ErrRefused) && !misconfigured {
		return temporal.NewNonRetryableApplicationError("the log refuses what the procedure recorded", "refused-by-log", err)
	}
	return err
}

// AppendTo puts any number of events on the logs they belong to, in order.
func AppendTo(ctx context.Context, logs Logs, events []mla.Event) error {
	const most = auditlog.MaxBatchBytes / auditlog.MaxEvent
	for start := 0; start < len(events); {
		end := start + 1
		for end < len(events) && end-start < most && events[end].Party == events[start].Party {
			end++
		}
		if err := logs.Append(ctx, events[start].Party, events[start:end]); err != nil {
			return err
		}
		start = end
	}
	return nil
}
