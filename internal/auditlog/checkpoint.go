package auditlog

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

type checkpoint struct {
	size uint64
	root []byte
}

// readCheckpoint returns the published checkpoint, or nil if there is none. One that this log's key did not sign is
// ErrDamaged.
func readCheckpoint(dir, vkey string) (*checkpoint, error) {
	raw, err := os.ReadFile(filepath.Join(dir, CheckpointPath))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	n, err := note.Open(raw, note.VerifierList(verifier))
	if err != nil {
		return nil, fmt.Errorf("%w: checkpoint, with the key %s: %w", ErrDamaged, vkey, err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return nil, fmt.Errorf("%w: checkpoint is not one of %s", ErrDamaged, verifier.Name())
	}
	size, err := strconv.ParseUint(lines[1], 10, 63)
	if err != nil {
		return nil, fmt.Errorf("%w: checkpoint size: %w", ErrDamaged, err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return nil, fmt.Errorf("%w: checkpoint root: %w", ErrDamaged, err)
	}
	return &checkpoint{size, root}, nil
}

// rawSignature is a signature of a note without its key id.
func rawSignature(s note.Signature) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) < 4 {
		return nil, fmt.Errorf("%w: signature of %s", ErrDamaged, s.Name)
	}
	return raw[4:], nil
}
