package verify

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"
)

// readLeaves reads the leaves of the signed tree in order, gives those of each bundle to visit, and returns their
// hashes. It stops at the first bundle that is not there or not whole, for nothing after it has a known index, and at
// an error of visit.
func readLeaves(ctx context.Context, d *directory, a *anchor, c *collector, visit func(file string, first uint64, entries [][]byte) error) (levels, error) {
	var all levels
	var stopped error
	tilesOf(a.tree.N, -1, func(t tileName) bool {
		if stopped = ctx.Err(); stopped != nil {
			return false
		}
		name := t.String()
		raw, err := d.read(name, maxBundle)
		if err != nil {
			c.add(name, leafPlace(uint64(t.first())), "%v", err)
			return false
		}
		entries, err := splitBundle(raw, t.width)
		for _, e := range entries {
			all.append(tlog.RecordHash(e))
		}
		if stopped = visit(name, uint64(t.first()), entries); stopped != nil {
			return false
		}
		if err != nil {
			c.add(name, leafPlace(uint64(t.first())+uint64(len(entries))), "%v", err)
		}
		return err == nil
	})
	if stopped != nil {
		return nil, stopped
	}
	return all, nil
}

// checkRoot holds the leaves read against the checkpoint, and reports whether they are those that it signs.
func checkRoot(all levels, a *anchor, c *collector) bool {
	if all.size() != a.tree.N {
		return false // readLeaves said why
	}
	root, err := tlog.TreeHash(a.tree.N, all)
	if err != nil {
		c.add(checkpointFile, "", "the root cannot be computed: %v", err)
		return false
	}
	if root != a.tree.Hash {
		c.add(checkpointFile, "", "its root is %s, that of the leaves %s: leaves were changed, or the checkpoint is of other leaves", a.tree.Hash, root)
	}
	return root == a.tree.Hash
}

// checkTiles holds every tile and bundle there is against the leaves, needed or left from a smaller tree, and asks for
// each one needed.
func checkTiles(ctx context.Context, d *directory, a *anchor, all levels, c *collector) error {
	for level := -1; level < 0 || a.tree.N>>(tileHeight*level) > 0; level++ {
		tilesOf(a.tree.N, level, func(t tileName) bool {
			if !d.has(t.String()) && t.first() < all.size()>>(tileHeight*t.treeLevel()) {
				c.add(t.String(), "", "%v", errMissing)
			}
			return len(c.found) <= maxFindings && t.first() < all.size()
		})
	}
	for _, name := range d.names {
		if err := ctx.Err(); err != nil {
			return err
		}
		t, ok := parseTileName(name)
		if !ok || t.level < 0 && d.files[name] {
			continue
		}
		end := t.first() + int64(t.width)
		if end > a.tree.N>>(tileHeight*t.treeLevel()) {
			c.add(name, "", "beyond the %d leaves of the checkpoint: an old checkpoint was put back, or the log was not closed", a.tree.N)
			d.account(name)
			continue
		}
		limit := maxTile
		if t.level < 0 {
			limit = maxBundle
		}
		raw, err := d.read(name, limit)
		if err != nil {
			c.add(name, "", "%v", err)
			continue
		}
		if t.level < 0 {
			checkBundle(name, t, raw, all, c)
		} else {
			checkTile(name, t, raw, all, c)
		}
	}
	return nil
}

// checkBundle holds a bundle that the tree no longer needs against it.
func checkBundle(name string, t tileName, raw []byte, all levels, c *collector) {
	entries, err := splitBundle(raw, t.width)
	for i, e := range entries {
		if at := t.first() + int64(i); at < all.size() && tlog.RecordHash(e) != all[0][at] {
			c.add(name, leafPlace(uint64(at)), "another leaf than the log has")
			return
		}
	}
	if err != nil {
		c.add(name, leafPlace(uint64(t.first())+uint64(len(entries))), "%v", err)
	}
}

// checkTile holds a tile of hashes against those of the leaves.
func checkTile(name string, t tileName, raw []byte, all levels, c *collector) {
	if len(raw) != t.width*hashSize {
		c.add(name, "", "%d bytes, want %d hashes of %d", len(raw), t.width, hashSize)
		return
	}
	if t.level >= len(all) {
		return // the leaves were not read so far; readLeaves said why
	}
	for i := range t.width {
		at := t.first() + int64(i)
		if at < int64(len(all[t.level])) && tlog.Hash(raw[i*hashSize:(i+1)*hashSize]) != all[t.level][at] {
			place := bytePlace(i * hashSize)
			if t.level == 0 {
				place = leafPlace(uint64(at))
			}
			c.add(name, place, "another hash than the leaves give")
			return
		}
	}
}
