package activities

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// do leaves the act's trace in the spool, whole or not at all, and returns its receipt. A trace that is there already is
// left as it is: the act was done before.
func (a *Activities) do(_ context.Context, act Act) (Receipt, error) {
	trace, receipt, err := ReceiptFor(act)
	if err != nil || a.Spool == "" {
		return receipt, err
	}
	dir := filepath.Join(a.Spool, string(act.State), string(act.Verb))
	path := filepath.Join(dir, receipt.Hash+".json")
	if _, err := os.Stat(path); err == nil {
		return receipt, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return Receipt{}, fmt.Errorf("%s %s: %w", act.Verb, act.Key, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Receipt{}, fmt.Errorf("%s %s: %w", act.Verb, act.Key, err)
	}
	if err := renameio.WriteFile(path, trace, 0o600); err != nil {
		return Receipt{}, fmt.Errorf("%s %s: %w", act.Verb, act.Key, err)
	}
	return receipt, nil
}
