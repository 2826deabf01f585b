package activities

import "context"

// Publish makes a figure public.
func (a *Activities) Publish(ctx context.Context, act Act) (Receipt, error) { return a.do(ctx, act) }
