package simulation

import (
	"crypto/sha256"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
)

// tree is a Merkle tree (RFC 6962) that grows by its leaves.
type tree struct {
	leaves *compact.Range
	room   []byte
}

func newTree() *tree {
	return &tree{leaves: (&compact.RangeFactory{Hash: node}).NewEmptyRange(0)}
}

// add puts a leaf at the end and returns its hash.
func (t *tree) add(raw []byte) ([sha256.Size]byte, error) {
	t.room = append(append(t.room[:0], rfc6962.RFC6962LeafHashPrefix), raw...)
	leaf := sha256.Sum256(t.room)
	return leaf, t.leaves.Append(leaf[:], nil)
}

// root is the tree's; that of a tree without leaves is zero.
func (t *tree) root() (out [sha256.Size]byte, err error) {
	root, err := t.leaves.GetRootHash(nil)
	copy(out[:], root)
	return out, err
}

// node is the hash of an inner node. It is that of rfc6962.DefaultHasher with one allocation.
func node(left, right []byte) []byte {
	var room [1 + 2*sha256.Size]byte
	room[0] = rfc6962.RFC6962NodeHashPrefix
	copy(room[1:], left)
	copy(room[1+sha256.Size:], right)
	sum := sha256.Sum256(room[:])
	return sum[:]
}
