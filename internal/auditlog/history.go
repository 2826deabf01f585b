package auditlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/api/layout"

	"rogatory/internal/mla"
)

// history is what the writer remembers of the leaves: enough to place the next event and to answer a repeated one.
type history struct {
	cases map[string]*course
	keys  map[string]uint64 // by id of a key: the first leaf that speaks of it
	tree  *compact.Range
}

// course is one case on this log. Its events are places[sequence].
type course struct {
	at     time.Time // of the last event
	places []place
}

type place struct {
	index uint64
	leaf  [sha256.Size]byte // SHA-256 of the leaf's bytes
}

func newHistory() *history {
	ranges := compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}
	return &history{cases: map[string]*course{}, keys: map[string]uint64{}, tree: ranges.NewEmptyRange(0)}
}

func (h *history) size() uint64 { return h.tree.End() }

func (h *history) root() ([]byte, error) {
	if h.size() == 0 {
		return rfc6962.DefaultHasher.EmptyRoot(), nil
	}
	return h.tree.GetRootHash(nil)
}

// add puts a leaf at the end.
func (h *history) add(cover mla.Cover, key string, leaf []byte, sum [sha256.Size]byte) error {
	index := h.size()
	if err := h.tree.Append(rfc6962.DefaultHasher.HashLeaf(leaf), nil); err != nil {
		return err
	}
	c := h.cases[cover.Case]
	if c == nil {
		c = &course{}
		h.cases[cover.Case] = c
	}
	c.at = cover.At
	c.places = append(c.places, place{index, sum})
	if _, met := h.keys[key]; !met {
		h.keys[key] = index
	}
	return nil
}

// readHistory rebuilds the memory of the first size leaves from the tiles in dir, and calls visit after each leaf.
func readHistory(dir string, party mla.State, size uint64, visit func(*history) error) (*history, error) {
	h := newHistory()
	for h.size() < size {
		n := h.size() / entriesPerTile
		name := layout.EntriesPath(n, layout.PartialTileSize(0, n, size))
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		var bundle api.EntryBundle
		if err := bundle.UnmarshalText(raw); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
		}
		if want := min(size-h.size(), entriesPerTile); uint64(len(bundle.Entries)) != want {
			return nil, fmt.Errorf("%w: %s holds %d leaves, want %d", ErrDamaged, name, len(bundle.Entries), want)
		}
		for _, raw := range bundle.Entries {
			var leaf leafForm
			if err := json.Unmarshal(raw, &leaf); err != nil {
				return nil, fmt.Errorf("%w: leaf %d: %w", ErrDamaged, h.size(), err)
			}
			course := h.cases[leaf.Cover.Case]
			if leaf.Cover.Party != party || leaf.Cover.Sequence != course.next() {
				return nil, fmt.Errorf("%w: leaf %d is %s, on the log of %s that wants sequence %d next", ErrDamaged, h.size(),
					mla.EventID(leaf.Cover.Case, leaf.Cover.Party, leaf.Cover.Sequence), party, course.next())
			}
			if err := h.add(leaf.Cover, leaf.Key, raw, sha256.Sum256(raw)); err != nil {
				return nil, err
			}
			if err := visit(h); err != nil {
				return nil, err
			}
		}
	}
	return h, nil
}

// next is the sequence of the next event; of a case not met yet, 0.
func (c *course) next() int {
	if c == nil {
		return 0
	}
	return len(c.places)
}

// treeState is what Tessera's POSIX driver keeps of the tree it has on disk. The file is private to the driver: we
// read it before the driver does, because the driver publishes an empty or shorter checkpoint over a longer one
// without asking.
type treeState struct {
	Size uint64 `json:"size"`
	Root []byte `json:"root"`
}

// readTreeState returns nil if there is none.
func readTreeState(dir string) (*treeState, error) {
	raw, err := os.ReadFile(filepath.Join(dir, StateDir, "treeState"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s := new(treeState)
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, fmt.Errorf("%w: %s/treeState: %w", ErrDamaged, StateDir, err)
	}
	return s, nil
}

// rebuild reads the whole history and holds it against the tree state and the checkpoint, either of which may be nil.
func rebuild(dir string, party mla.State, state *treeState, cp *checkpoint) (*history, error) {
	if state == nil {
		if cp != nil {
			return nil, fmt.Errorf("%w: %s is missing: this is a published copy", ErrDamaged, StateDir)
		}
		return newHistory(), nil
	}
	if cp != nil && cp.size > state.Size {
		return nil, fmt.Errorf("%w: the checkpoint covers %d leaves, %s knows of %d", ErrDamaged, cp.size, StateDir, state.Size)
	}
	agree := func(h *history) error {
		root, err := h.root()
		if err != nil {
			return err
		}
		if cp != nil && h.size() == cp.size && !bytes.Equal(root, cp.root) {
			return fmt.Errorf("%w: the first %d leaves have root %x, the checkpoint says %x", ErrDamaged, cp.size, root, cp.root)
		}
		if h.size() == state.Size && !bytes.Equal(root, state.Root) {
			return fmt.Errorf("%w: %d leaves have root %x, %s says %x", ErrDamaged, state.Size, root, StateDir, state.Root)
		}
		return nil
	}
	h, err := readHistory(dir, party, state.Size, func(h *history) error {
		if h.size() == state.Size || cp != nil && h.size() == cp.size {
			return agree(h)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err == nil && h.size() == 0 {
		err = agree(h)
	}
	return h, err
}
