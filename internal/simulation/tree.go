package simulation

import (
	"crypto/sha256"
	"hash"

	"github.com/transparency-dev/merkle/rfc6962"
)

// tree is a Merkle tree (RFC 6962) that grows by its leaves. It keeps the roots of its whole subtrees, the largest first, and
// takes no memory per leaf.
type tree struct {
	size  uint64
	roots [][sha256.Size]byte
	hash  hash.Hash
	room  [1 + 2*sha256.Size]byte
}

func newTree() *tree { return &tree{hash: sha256.New()} }

// add puts a leaf at the end and returns its hash.
func (t *tree) add(raw []byte) (leaf [sha256.Size]byte) {
	t.hash.Reset()
	t.room[0] = rfc6962.RFC6962LeafHashPrefix
	t.hash.Write(t.room[:1])
	t.hash.Write(raw)
	t.hash.Sum(leaf[:0])
	t.roots = append(t.roots, leaf)
	t.size++
	for n := t.size; n&1 == 0; n >>= 1 {
		right := len(t.roots) - 1
		t.roots[right-1] = t.node(&t.roots[right-1], &t.roots[right])
		t.roots = t.roots[:right]
	}
	return leaf
}

// root is the tree's; that of a tree without leaves is zero.
func (t *tree) root() (out [sha256.Size]byte) {
	for i := len(t.roots) - 1; i >= 0; i-- {
		if i == len(t.roots)-1 {
			out = t.roots[i]
			continue
		}
		out = t.node(&t.roots[i], &out)
	}
	return out
}

func (t *tree) node(left, right *[sha256.Size]byte) [sha256.Size]byte {
	t.room[0] = rfc6962.RFC6962NodeHashPrefix
	copy(t.room[1:], left[:])
	copy(t.room[1+sha256.Size:], right[:])
	return sha256.Sum256(t.room[:])
}
