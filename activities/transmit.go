package activities

import "context"

// Transmit hands the evidence to the requesting State (UNCC 40(1); Budapest 25(1)).
func (a *Activities) Transmit(ctx context.Context, act Act) (Receipt, error) { return a.do(ctx, act) }
