package auditlog

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/client"
	"golang.org/x/mod/sumdb/note"
)

// cosignWithin bounds the wait for each witness.
const cosignWithin = 20 * time.Second

// Cosign has the published checkpoint of the log in dir cosigned by the witnesses of a policy, at the URLs it gives,
// and publishes the checkpoint with their cosignatures once the policy's quorum is met. It needs neither the seed nor
// the writer: whoever holds the directory may do it. The witnesses see the checkpoint and hashes, no leaf.
func Cosign(ctx context.Context, dir string, policy []byte) (err error) {
	fail := func(err error) error { return fmt.Errorf("have audit log %s cosigned: %w", dir, err) }
	if err := quiet(); err != nil {
		return fail(err)
	}
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return fail(fmt.Errorf("%w: policy: %w", ErrOptions, err))
	}
	by := dir
	if _, err := os.Stat(filepath.Join(dir, StateDir)); err == nil {
		by = filepath.Join(dir, StateDir)
		unlock, err := lock(dir)
		if err != nil {
			return fail(err)
		}
		defer func() { err = errors.Join(err, unlock()) }()
	}
	signed, tree, err := signature(dir)
	if err != nil {
		return fail(err)
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(signed).
		WithWitnesses(group, &tessera.WitnessOptions{Timeout: cosignWithin})
	cosign := options.CheckpointPublisher(published{files: client.FileFetcher{Root: dir}}, &http.Client{Timeout: cosignWithin})
	raw, err := cosign(ctx, tree.size, tree.root)
	if err != nil {
		return fail(fmt.Errorf("%w: %w", ErrUnavailable, err))
	}
	if err := writeFile(by, filepath.Join(dir, CheckpointPath), raw, 0o644); err != nil {
		return fail(err)
	}
	return syncDir(dir)
}

// signature reads the published checkpoint, and the log's signature of it as one who can sign nothing else.
func signature(dir string) (madeSignature, *checkpoint, error) {
	key, err := os.ReadFile(filepath.Join(dir, VerifierKeyPath))
	if err != nil {
		return madeSignature{}, nil, err
	}
	vkey := lastLine(string(key))
	cp, err := readCheckpoint(dir, vkey)
	if err != nil {
		return madeSignature{}, nil, err
	}
	if cp == nil {
		return madeSignature{}, nil, fmt.Errorf("%w: no checkpoint", ErrDamaged)
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		return madeSignature{}, nil, err
	}
	raw, err := os.ReadFile(filepath.Join(dir, CheckpointPath))
	if err != nil {
		return madeSignature{}, nil, err
	}
	n, err := note.Open(raw, note.VerifierList(v))
	if err != nil {
		return madeSignature{}, nil, err
	}
	return madeSignature{v, n}, cp, nil
}

// madeSignature signs what it has a signature for.
type madeSignature struct {
	note.Verifier
	note *note.Note
}

// Sign returns the signature that the log made, after the key id that note.Sign puts there again.
func (s madeSignature) Sign(text []byte) ([]byte, error) {
	if string(text) != s.note.Text {
		return nil, errors.New("the published checkpoint is in no form that can be signed anew")
	}
	return rawSignature(s.note.Sigs[0])
}

// published is the log as the witnesses' client needs it.
type published struct {
	tessera.LogReader // nil: no more is asked of it
	files             client.FileFetcher
}

// ReadCheckpoint answers that there is no earlier checkpoint: how far each witness is, it says itself.
func (published) ReadCheckpoint(context.Context) ([]byte, error) { return nil, os.ErrNotExist }

func (p published) ReadTile(ctx context.Context, level, index uint64, width uint8) ([]byte, error) {
	return p.files.ReadTile(ctx, level, index, width)
}
