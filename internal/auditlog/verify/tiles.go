package verify

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	hashSize   = tlog.HashSize
)

// tileName is the name of a tile or, at level -1, of an entry bundle.
type tileName struct {
	level int
	n     int64
	width int // 1 to tileWidth
}

// String is the path by tlog-tiles. Those of x/mod differ: they hold the height, and say data for entries.
func (t tileName) String() string {
	level := "entries"
	if t.level >= 0 {
		level = strconv.Itoa(t.level)
	}
	number := numbered(t.n)
	if t.width < tileWidth {
		number += ".p/" + strconv.Itoa(t.width)
	}
	return "tile/" + level + "/" + number
}

// numbered writes the number of a tile by tlog-tiles.
func numbered(n int64) string {
	number := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		number = fmt.Sprintf("x%03d/%s", n%1000, number)
	}
	return number
}

// keysFile and sealedFile name what lies beside the entry bundle that begins with leaf first.
func keysFile(first uint64) string   { return "keys/" + numbered(int64(first/tileWidth)) }
func sealedFile(first uint64) string { return "sealed/" + numbered(int64(first/tileWidth)) }

// parseTileName reads a path; ok is false if String would not write it so.
func parseTileName(name string) (t tileName, ok bool) {
	rest, isTile := strings.CutPrefix(name, "tile/")
	level, number, _ := strings.Cut(rest, "/")
	number, width, partial := strings.Cut(number, ".p/")
	t.width = tileWidth
	var err error
	if partial {
		if t.width, err = strconv.Atoi(width); err != nil || t.width < 1 || t.width >= tileWidth {
			return tileName{}, false
		}
	}
	if t.level = -1; level != "entries" {
		if t.level, err = strconv.Atoi(level); err != nil || t.level < 0 || t.level > 63/tileHeight {
			return tileName{}, false
		}
	}
	for part := range strings.SplitSeq(number, "/") {
		d, err := strconv.ParseUint(strings.TrimPrefix(part, "x"), 10, 10)
		if err != nil || d > 999 || t.n > 1<<50 {
			return tileName{}, false
		}
		t.n = t.n*1000 + int64(d)
	}
	return t, isTile && t.String() == name
}

// first is the index, among the hashes of its level, of the tile's first hash.
func (t tileName) first() int64 { return t.n * tileWidth }

// treeLevel is the level in tiles whose hashes the tile or bundle speaks of.
func (t tileName) treeLevel() int { return max(t.level, 0) }

// tilesOf calls yield for each tile that a tree of size n must have at a level, up to the first for which yield
// returns false.
func tilesOf(n int64, level int, yield func(tileName) bool) {
	hashes := n >> (tileHeight * max(level, 0))
	for i := range (hashes + tileWidth - 1) / tileWidth {
		if !yield(tileName{level, i, int(min(hashes-i*tileWidth, tileWidth))}) {
			return
		}
	}
}

// levels holds the hashes of a tree at each level of its tiles: levels[0] are those of the leaves.
type levels [][]tlog.Hash

// append adds the hash of the next leaf.
func (l *levels) append(h tlog.Hash) {
	for i := 0; ; i++ {
		if i == len(*l) {
			*l = append(*l, nil)
		}
		(*l)[i] = append((*l)[i], h)
		n := len((*l)[i])
		if n%tileWidth != 0 {
			return
		}
		h = subtree((*l)[i][n-tileWidth:])
	}
}

// subtree is the hash over a whole tile.
func subtree(hashes []tlog.Hash) tlog.Hash {
	var row [tileWidth]tlog.Hash
	copy(row[:], hashes)
	for n := len(hashes); n > 1; n /= 2 {
		for i := range n / 2 {
			row[i] = tlog.NodeHash(row[2*i], row[2*i+1])
		}
	}
	return row[0]
}

// ReadHashes gives stored hashes to tlog, by which roots and proofs are computed.
func (l levels) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		row, below := level/tileHeight, level%tileHeight
		from, width := n<<below, int64(1)<<below
		if row >= len(l) || from+width > int64(len(l[row])) {
			return nil, fmt.Errorf("no hash %d at level %d", n, level)
		}
		out[i] = subtree(l[row][from : from+width])
	}
	return out, nil
}

func (l levels) size() int64 {
	if len(l) == 0 {
		return 0
	}
	return int64(len(l[0]))
}

// splitBundle returns the leaves in an entry bundle, or the sealed bodies in the file beside it, which must be exactly n.
func splitBundle(raw []byte, n int) ([][]byte, error) {
	out := make([][]byte, 0, n)
	for at := 0; at < len(raw); {
		if len(out) == n {
			return out, fmt.Errorf("bytes after the %d entries it should hold, at byte %d", n, at)
		}
		if at+2 > len(raw) {
			return out, fmt.Errorf("cut off at byte %d", at)
		}
		end := at + 2 + int(binary.BigEndian.Uint16(raw[at:]))
		if end > len(raw) {
			return out, fmt.Errorf("the entry at byte %d is cut off", at)
		}
		out = append(out, raw[at+2:end])
		at = end
	}
	if len(out) < n {
		return out, errTooFew
	}
	return out, nil
}

var errTooFew = errors.New("fewer entries than it should hold")
