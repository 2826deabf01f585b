package auditlog

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/transparency-dev/tessera/api/layout"
)

// settle brings what lies beside the tree to what its leaves speak of: it cuts off what a killed writer left, and gets
// ready to write on. What a leaf speaks of and is not there is ErrDamaged, and nothing is changed then. Of a full bundle
// it asks only that it is there; files of any other name stay, for the verifier to report.
func (b *beside) settle(h *history) error {
	if err := b.close(); err != nil {
		return err
	}
	size := h.size()
	b.number = size / entriesPerTile
	wanted := map[string]bool{}
	last := map[string]bool{} // ids of the keys first met in the bundle in hand
	for n := range (size + entriesPerTile - 1) / entriesPerTile {
		wanted[SealedPath(n)] = true
	}
	for id, first := range h.keys {
		n := first / entriesPerTile
		wanted[KeysPath(n)] = true
		if n == b.number {
			last[id] = true
		}
	}
	for name := range wanted {
		if _, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("%w: a leaf speaks of %s: %w", ErrDamaged, name, err)
		}
	}
	sealed, err := b.load(SealedPath(b.number), wanted)
	if err != nil {
		return err
	}
	bodies, err := cutBodies(sealed, int(size%entriesPerTile))
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, SealedPath(b.number), err)
	}
	keys, err := b.load(KeysPath(b.number), wanted)
	if err != nil {
		return err
	}
	notes, err := b.cutKeys(keys, last)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, KeysPath(b.number), err)
	}
	if err := b.sweep(wanted); err != nil {
		return err
	}
	if b.sealed, err = b.resume(SealedPath(b.number), sealed, bodies); err != nil {
		return err
	}
	b.keys, err = b.resume(KeysPath(b.number), keys, notes)
	b.sum = sha256.New()
	b.sum.Write(notes)
	return err
}

// load reads a file if it is wanted.
func (b *beside) load(name string, wanted map[string]bool) ([]byte, error) {
	if !wanted[name] {
		return nil, nil
	}
	return os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
}

// resume opens a file to write on, after putting want in the place of what it holds. A file of nothing is not opened.
func (b *beside) resume(name string, holds, want []byte) (*os.File, error) {
	if len(want) == 0 {
		return nil, nil
	}
	name = filepath.Join(b.dir, filepath.FromSlash(name))
	if len(holds) != len(want) {
		err := writeFile(filepath.Join(b.dir, StateDir), name, want, 0o644)
		if err = errors.Join(err, syncDir(filepath.Dir(name))); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
}

// cutBodies returns the first n sealed bodies, each with its length.
func cutBodies(raw []byte, n int) ([]byte, error) {
	at := 0
	for i := range n {
		if at+2 > len(raw) || at+2+int(binary.BigEndian.Uint16(raw[at:])) > len(raw) {
			return nil, fmt.Errorf("it ends in sealed body %d, and the tree has %d leaves there", i, n)
		}
		at += 2 + int(binary.BigEndian.Uint16(raw[at:]))
	}
	return raw[:at], nil
}

// cutKeys returns the key notes with the keys wanted, all of which must be there. Tessera may have written the leaves
// of one note by halves: a note of which the tree knows some keys is signed anew with those.
func (b *beside) cutKeys(raw []byte, wanted map[string]bool) ([]byte, error) {
	end, left := 0, len(wanted)
	var tail []byte
	for left > 0 {
		lines, length, ok := cutKeyNote(raw[end:])
		if !ok {
			return nil, fmt.Errorf("%d keys of the leaves are not in it", left)
		}
		all := len(lines)
		lines = slices.DeleteFunc(lines, func(line []byte) bool {
			var k keyForm
			return json.Unmarshal(line, &k) != nil || !wanted[k.Key]
		})
		if left -= len(lines); len(lines) < all {
			before := sha256.Sum256(raw[:end])
			var err error
			if tail, err = signKeys(b.signer, before[:], lines); err != nil {
				return nil, err
			}
			break
		}
		end += length
	}
	if left != 0 {
		return nil, fmt.Errorf("%d keys of the leaves are not in it", left)
	}
	return append(raw[:end:end], tail...), nil
}

// sweep removes the files of bundles that the tree does not have.
func (b *beside) sweep(wanted map[string]bool) error {
	for _, top := range []string{keysDir, sealedDir} {
		err := filepath.WalkDir(filepath.Join(b.dir, top), func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			rel, err := filepath.Rel(b.dir, name)
			if err != nil {
				return err
			}
			if rel = filepath.ToSlash(rel); !wanted[rel] && isBundle(rel) {
				return remove(name)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// isBundle reports whether a path below keys or sealed is one that KeysPath or SealedPath makes.
func isBundle(rel string) bool {
	top, number, _ := strings.Cut(rel, "/")
	n, partial, err := layout.ParseTileIndexPartial(number)
	return err == nil && partial == 0 && rel == top+"/"+layout.NWithSuffix(0, n, 0)
}
