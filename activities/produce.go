package activities

import "context"

// Produce takes the evidence from the provider; the receipt's hash is the evidence's.
func (a *Activities) Produce(ctx context.Context, act Act) (Receipt, error) { return a.do(ctx, act) }
