package auditlog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/transparency-dev/tessera/api/layout"
)

// sweepTiles removes what a reader of trees of the given sizes does not need: partial tiles of other sizes, tiles a
// killed writer wrote ahead of the tree, and Tessera's temporary files, which it makes beside the published ones.
func sweepTiles(dir string, sizes ...uint64) error {
	err := filepath.WalkDir(filepath.Join(dir, tileDir), func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		level, n, partial, ok := parseTile(filepath.ToSlash(rel))
		if !ok && !digits(filepath.Base(name)) {
			return nil
		}
		for _, size := range sizes {
			if ok && needs(size, level, n, partial) {
				return nil
			}
		}
		return errors.Join(remove(name), removeEmpty(filepath.Dir(name)))
	})
	if err != nil {
		return err
	}
	for _, top := range []struct{ dir, prefix string }{
		{dir, CheckpointPath}, {filepath.Join(dir, StateDir), "treeState"}, {filepath.Join(dir, StateDir), "gcState"},
		{filepath.Join(dir, StateDir), "version"}, {filepath.Join(dir, StateDir), tempPrefix},
	} {
		entries, err := os.ReadDir(top.dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if rest, ok := strings.CutPrefix(e.Name(), top.prefix); ok && digits(rest) {
				if err := remove(filepath.Join(top.dir, e.Name())); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// removeEmpty removes a directory of partial tiles if it is empty now.
func removeEmpty(dir string) error {
	if !strings.HasSuffix(dir, ".p") {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || len(entries) > 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return remove(dir)
}

// remove is content when the file is gone already: Tessera collects partial tiles too.
func remove(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// parseTile reads the path of a tile or entry bundle; bundles are on level 0 with the hashes of their entries.
func parseTile(rel string) (level, n uint64, partial uint8, ok bool) {
	_, rest, _ := strings.Cut(rel, "/")
	first, number, _ := strings.Cut(rest, "/")
	number, width, isPartial := strings.Cut(number, ".p/")
	if isPartial {
		w, err := strconv.ParseUint(width, 10, 8)
		if err != nil || w == 0 {
			return 0, 0, 0, false
		}
		partial = uint8(w)
	}
	for part := range strings.SplitSeq(number, "/") {
		d, err := strconv.ParseUint(strings.TrimPrefix(part, "x"), 10, 64)
		if err != nil || n > 1<<50 {
			return 0, 0, 0, false
		}
		n = n*1000 + d
	}
	if first == "entries" {
		return 0, n, partial, layout.EntriesPath(n, partial) == rel
	}
	level, err := strconv.ParseUint(first, 10, 6)
	return level, n, partial, err == nil && layout.TilePath(level, n, partial) == rel
}

// needs reports whether a tree of this size has this tile.
func needs(size, level, n uint64, partial uint8) bool {
	hashes := size >> (layout.TileHeight * level)
	if partial == 0 {
		return n < hashes/layout.TileWidth
	}
	return n == hashes/layout.TileWidth && uint64(partial) == hashes%layout.TileWidth
}
