// Package activities holds what touches the outside of the procedure: the law as answered from a policy bundle, the acts
// of officers, and the logs.
//
// Every activity is idempotent: asked again with the same input it gives the same receipt and changes nothing more. Each
// verb of the procedure has a file of its own. The package knows nothing of the procedure that calls it.
package activities

import (
	"context"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Activities carries the outside. Workflows hold a nil pointer to it, for method names only.
type Activities struct {
	Law   Bundles // by digest
	Logs  Logs    // one per State
	Spool string  // directory in which acts leave their trace; empty: none is kept
}

// Bundles finds the policy bundle a case was opened under. A digest it does not know is an error that may be retried on
// another worker.
type Bundles interface {
	Bundle(digest string) (*policies.Bundle, error)
}

// Logs appends events to the log of one State.
type Logs interface {
	Append(ctx context.Context, state mla.State, events []mla.Event) error
}
