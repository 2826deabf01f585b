package docket

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

// Books are the logs of all States below one directory, each opened when first written to. Two programs must not keep
// the same books.
type Books struct {
	dir  string
	seed string

	mu     sync.Mutex // guards the rest
	logs   map[mla.State]*auditlog.Log
	closed bool
}

// OpenBooks keeps logs below dir/logs and keys below dir/keys. The seed fixes signing keys and leaves; whoever knows it
// can write in a State's name.
func OpenBooks(dir, seed string) *Books {
	return &Books{dir: dir, seed: seed, logs: map[mla.State]*auditlog.Log{}}
}

// Append puts events on one State's log; see auditlog.Log.
func (b *Books) Append(ctx context.Context, s mla.State, events []mla.Event) error {
	log, err := b.open(ctx, s)
	if err != nil {
		return err
	}
	_, err = log.Append(ctx, events)
	return err
}

func (b *Books) open(ctx context.Context, s mla.State) (*auditlog.Log, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, auditlog.ErrClosed
	}
	if l, ok := b.logs[s]; ok {
		return l, nil
	}
	keys, err := auditlog.OpenKeys(keysDir(b.dir, s))
	if err != nil {
		return nil, err
	}
	seed := sha256.Sum256([]byte("rogatory log seed\x00" + b.seed + "\x00" + string(s)))
	l, err := auditlog.Open(context.WithoutCancel(ctx), logDir(b.dir, s), auditlog.Options{
		Origin: Origin(s), Party: s, Seed: seed[:], Recipients: keys.Recipients(),
	})
	if err != nil {
		return nil, err
	}
	b.logs[s] = l
	return l, nil
}

// TakeUp opens every log that is there, so that Close publishes what an earlier process appended and was killed before
// publishing.
func (b *Books) TakeUp(ctx context.Context) error {
	entries, err := os.ReadDir(filepath.Join(b.dir, "logs"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if _, err := b.open(ctx, mla.State(e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// Close publishes checkpoints that cover everything and lets go of the logs.
func (b *Books) Close(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	var errs []error
	for _, l := range b.logs {
		errs = append(errs, l.Close(ctx))
	}
	b.closed = true
	return errors.Join(errs...)
}

// Origin is the name of a State's log in its checkpoints.
func Origin(s mla.State) string { return "rogatory.example/" + string(s) }

func logDir(dir string, s mla.State) string  { return filepath.Join(dir, "logs", string(s)) }
func keysDir(dir string, s mla.State) string { return filepath.Join(dir, "keys", string(s)) }
