package simulation

import (
	"bytes"
	"testing"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
)

func TestTheTreeHasTheRootThatTheLibraryGives(t *testing.T) {
	ours, theirs := newTree(), (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for n := range 300 {
		leaf := bytes.Repeat([]byte{byte(n)}, n)
		ours.add(leaf)
		if err := theirs.Append(rfc6962.DefaultHasher.HashLeaf(leaf), nil); err != nil {
			t.Fatal(err)
		}
		want, err := theirs.GetRootHash(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := ours.root(); !bytes.Equal(got[:], want) {
			t.Fatalf("of %d leaves: got %x, want %x", n+1, got, want)
		}
	}
}
