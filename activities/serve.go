package activities

import "context"

// Serve puts an order into a provider's hands (UNCC 27-30; Budapest 18-21).
func (a *Activities) Serve(ctx context.Context, act Act) (Receipt, error) { return a.do(ctx, act) }
