package activities

import "context"

// Preserve keeps stored data where it is (UNCC 25, 42; Budapest 16, 29).
func (a *Activities) Preserve(ctx context.Context, act Act) (Receipt, error) { return a.do(ctx, act) }
