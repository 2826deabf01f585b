package simulation

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/transparency-dev/merkle/rfc6962"
)

// rootOf is the Merkle tree hash by its definition (RFC 6962, 2.1).
func rootOf(leaves [][]byte) []byte {
	if len(leaves) == 1 {
		return rfc6962.DefaultHasher.HashLeaf(leaves[0])
	}
	left := 1
	for 2*left < len(leaves) {
		left *= 2
	}
	return rfc6962.DefaultHasher.HashChildren(rootOf(leaves[:left]), rootOf(leaves[left:]))
}

func TestTheTreeHasTheRootOfItsDefinition(t *testing.T) {
	tr := newTree()
	if got, err := tr.root(); err != nil || got != [sha256.Size]byte{} {
		t.Fatalf("of no leaves: got %x, %v", got, err)
	}
	var leaves [][]byte
	for n := range 300 {
		leaf := bytes.Repeat([]byte{byte(n)}, n)
		leaves = append(leaves, leaf)
		hash, err := tr.add(leaf)
		if err != nil || !bytes.Equal(hash[:], rfc6962.DefaultHasher.HashLeaf(leaf)) {
			t.Fatalf("leaf %d: got %x, %v", n, hash, err)
		}
		got, err := tr.root()
		if want := rootOf(leaves); err != nil || !bytes.Equal(got[:], want) {
			t.Fatalf("of %d leaves: got %x, want %x, %v", n+1, got, want, err)
		}
	}
}
