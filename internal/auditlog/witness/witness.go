// Package witness is a witness of transparency logs: it cosigns a checkpoint of a log it knows once the log has shown
// that it kept every leaf of the checkpoint cosigned before, and never another. In a run it stands for the oversight
// body of another State.
//
// It speaks C2SP's tlog-witness and tlog-cosignature (Ed25519), so any log may ask it and any verifier may read what it
// says. It keeps one checkpoint for each log and its own key, in one directory, and sees no leaf. It shares no code
// with the logs it watches.
package witness

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/google/renameio/v2"
	cosignature "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Witness cosigns checkpoints. Its methods are safe for concurrent use.
type Witness struct {
	dir    string
	vkey   string
	signer *cosignature.Signer
	logs   map[string]note.Verifier // by origin
	unlock func() error

	mu     sync.Mutex // held from the check of a checkpoint to its being on disk
	latest map[string]cosigned
}

// cosigned is the latest checkpoint that was cosigned of a log.
type cosigned struct {
	tree tlog.Tree
	raw  []byte // with the log's signature and ours
}

// Names in the witness's directory. Each log has a directory there, named by the SHA-256 of its origin.
const (
	keyFile        = "witness.key"
	vkeyFile       = "witness.vkey"
	checkpointFile = "checkpoint"
)

// Open takes up the witness in dir, or makes it there with a new key. The name is what stands in its cosignatures: a URL
// without scheme; it must be the same each time. The logs are those it cosigns, by their verifier keys. One process at
// a time may hold the directory.
func Open(dir, name string, logs []string) (_ *Witness, err error) {
	fail := func(err error) (*Witness, error) { return nil, fmt.Errorf("witness in %s: %w", dir, err) }
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fail(err)
	}
	w := &Witness{dir: dir, logs: map[string]note.Verifier{}, latest: map[string]cosigned{}}
	if w.unlock, err = lock(dir); err != nil {
		return fail(err)
	}
	if err = w.ownKey(name); err == nil {
		err = w.know(logs)
	}
	if err != nil {
		return fail(errors.Join(err, w.unlock()))
	}
	return w, nil
}

// Close lets go of the directory.
func (w *Witness) Close() error { return w.unlock() }

// VerifierKey is the key by which its cosignatures are checked, as a policy has it.
func (w *Witness) VerifierKey() string { return w.vkey }

// ownKey reads the witness's key, or draws it.
func (w *Witness) ownKey(name string) error {
	file := filepath.Join(w.dir, keyFile)
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		var skey, vkey string
		if skey, vkey, err = note.GenerateKey(rand.Reader, name); err != nil {
			return fmt.Errorf("name %q: %w", name, err)
		}
		if vkey, err = cosignature.VKeyToCosignatureV1(vkey); err != nil {
			return fmt.Errorf("name %q: want a URL without scheme, spaces and plus signs: %w", name, err)
		}
		raw = []byte(skey + "\n" + vkey + "\n")
		if err = keep(file, raw, 0o600); err == nil {
			err = keep(filepath.Join(w.dir, vkeyFile), []byte(vkey+"\n"), 0o644)
		}
	}
	if err != nil {
		return err
	}
	skey, rest, _ := strings.Cut(string(raw), "\n")
	if w.signer, err = cosignature.NewSignerForCosignatureV1(skey); err != nil {
		return fmt.Errorf("%s: %w: restore it; a witness with another key is another witness", file, err)
	}
	if w.signer.Name() != name {
		return fmt.Errorf("%s is the key of %s, not of %q", file, w.signer.Name(), name)
	}
	w.vkey = strings.TrimSpace(rest)
	v, err := cosignature.NewVerifierForCosignatureV1(w.vkey)
	if err != nil || v.KeyHash() != w.signer.KeyHash() {
		return fmt.Errorf("%s: its second line is not the verifier key of its first", file)
	}
	return nil
}

// know takes the logs on, each with what was cosigned of it.
func (w *Witness) know(logs []string) error {
	for _, vkey := range logs {
		v, err := note.NewVerifier(strings.TrimSpace(vkey))
		if err != nil {
			return fmt.Errorf("log key %.200q: %w", vkey, err)
		}
		if w.logs[v.Name()] != nil {
			return fmt.Errorf("log %s is given twice", v.Name())
		}
		w.logs[v.Name()] = v
		raw, err := os.ReadFile(w.checkpointOf(v.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		n, err := note.Open(raw, note.VerifierList(v, w.signer.Verifier()))
		if err != nil || len(n.Sigs) != 2 {
			return fmt.Errorf("%s is not a checkpoint that %s signed and this witness cosigned: restore it", w.checkpointOf(v.Name()), v.Name())
		}
		tree, err := parseTree(n.Text, v.Name())
		if err != nil {
			return fmt.Errorf("%s: %w", w.checkpointOf(v.Name()), err)
		}
		w.latest[v.Name()] = cosigned{tree, raw}
	}
	return nil
}

func (w *Witness) checkpointOf(origin string) string {
	return filepath.Join(w.dir, originHash(origin), checkpointFile)
}

// originHash names a log in paths and URLs.
func originHash(origin string) string {
	sum := sha256.Sum256([]byte(origin))
	return hex.EncodeToString(sum[:])
}

// Why a checkpoint was not cosigned.
var (
	ErrRequest  = errors.New("malformed request")
	ErrUnknown  = errors.New("unknown log")
	ErrUnsigned = errors.New("not signed by the log")
	// ErrConflict: the checkpoint is not asked for on top of the one cosigned last.
	ErrConflict = errors.New("another checkpoint was cosigned last")
	// ErrInconsistent: the log cannot show that it kept what was cosigned before: it was rolled back or forked.
	ErrInconsistent = errors.New("not consistent with what was cosigned before")
)

// Conflict is an ErrConflict that says of how many leaves the checkpoint cosigned last is.
type Conflict struct{ Size int64 }

func (c Conflict) Error() string { return fmt.Sprintf("%v: of %d leaves", ErrConflict, c.Size) }

// Is makes a Conflict an ErrConflict.
func (c Conflict) Is(target error) bool { return target == ErrConflict }

// Request asks for a cosignature: a checkpoint, and the proof that its tree goes on from the one of Old leaves.
type Request struct {
	Old        int64
	Proof      tlog.TreeProof
	Checkpoint []byte
}

const maxProof = 63 // hashes, by tlog-witness

// parseRequest reads the body of an add-checkpoint.
func parseRequest(body []byte) (Request, error) {
	head, checkpoint, ok := bytes.Cut(body, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	old, isOld := strings.CutPrefix(lines[0], "old ")
	n, err := strconv.ParseInt(old, 10, 64)
	if !ok || !isOld || err != nil || n < 0 || strconv.FormatInt(n, 10) != old || len(lines) > 1+maxProof {
		return Request{}, fmt.Errorf("%w: want old SIZE, up to %d hashes, an empty line and a checkpoint", ErrRequest, maxProof)
	}
	r := Request{Old: n, Checkpoint: checkpoint}
	for _, line := range lines[1:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return Request{}, fmt.Errorf("%w: %.60q is no hash", ErrRequest, line)
		}
		r.Proof = append(r.Proof, h)
	}
	return r, nil
}

// Cosign checks a request by the rules of tlog-witness and returns the cosignature line. By then the checkpoint is on
// disk as the latest of its log.
func (w *Witness) Cosign(r Request) ([]byte, error) {
	origin, _, _ := strings.Cut(string(r.Checkpoint), "\n")
	log := w.logs[origin]
	if log == nil {
		return nil, fmt.Errorf("%w: %.100q", ErrUnknown, origin)
	}
	n, err := note.Open(r.Checkpoint, note.VerifierList(log))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsigned, err)
	}
	tree, err := parseTree(n.Text, origin)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	if r.Old > tree.N {
		return nil, fmt.Errorf("%w: old size %d of a checkpoint of %d leaves", ErrRequest, r.Old, tree.N)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	last := w.latest[origin]
	if r.Old != last.tree.N {
		return nil, Conflict{last.tree.N}
	}
	if !follows(last.tree, tree, r.Proof) {
		return nil, fmt.Errorf("%w: %d leaves, then %d", ErrInconsistent, last.tree.N, tree.N)
	}
	both, err := note.Sign(&note.Note{Text: n.Text, Sigs: n.Sigs}, w.signer)
	if err != nil {
		return nil, err
	}
	if err := keep(w.checkpointOf(origin), both, 0o644); err != nil {
		return nil, err
	}
	w.latest[origin] = cosigned{tree, both}
	end := bytes.TrimSuffix(both, []byte("\n"))
	return both[bytes.LastIndexByte(end, '\n')+1:], nil
}

// follows reports whether the proof shows that a tree goes on from another.
func follows(from, to tlog.Tree, proof tlog.TreeProof) bool {
	switch {
	case to.N == 0 && to.Hash != sha256.Sum256(nil):
		return false
	case from.N == 0:
		return len(proof) == 0
	case from.N == to.N:
		return len(proof) == 0 && from.Hash == to.Hash
	}
	return tlog.CheckTree(proof, to.N, to.Hash, from.N, from.Hash) == nil
}

// Latest returns the checkpoint cosigned last of the log whose origin has this hash, or nil.
func (w *Witness) Latest(hash string) []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	for origin, c := range w.latest {
		if originHash(origin) == hash {
			return c.raw
		}
	}
	return nil
}

// parseTree reads the text of a checkpoint. Lines after the third are the log's own affair.
func parseTree(text, origin string) (tlog.Tree, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) != 4 || lines[0] != origin {
		return tlog.Tree{}, errors.New("want three lines: origin, size, root")
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("size %.30q is no number of leaves", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("root %.60q is no hash", lines[2])
	}
	return tlog.Tree{N: n, Hash: root}, nil
}

// keep writes a file whole, with its name on disk when it returns.
func keep(name string, data []byte, mode fs.FileMode) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := renameio.WriteFile(name, data, mode, renameio.WithTempDir(dir)); err != nil {
		return err
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		f, err := os.Open(d)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// lock takes the directory for one process; the system frees it when the process dies.
func lock(dir string) (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(dir, "witness.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another witness holds the directory: %w", err), f.Close())
	}
	return f.Close, nil
}
