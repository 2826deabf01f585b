package activities

import "context"

// Notify tells a person that their data were sought.
func (a *Activities) Notify(ctx context.Context, act Act) (Receipt, error) { return a.do(ctx, act) }
