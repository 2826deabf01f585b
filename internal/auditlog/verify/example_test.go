package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Nothing of Rogatory or Tessera is needed to check that a log is what its State signed: here it is done with the Go
// checksum database's own packages, offline, for a log of fewer than 256 leaves.
func Example_withoutRogatory() {
	const dir = "../testdata/alder/"
	read := func(name string) []byte {
		raw, err := os.ReadFile(dir + name)
		if err != nil {
			panic(err)
		}
		return raw
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read("log.vkey"))))
	if err != nil {
		panic(err)
	}
	signed, err := note.Open(read("checkpoint"), note.VerifierList(verifier))
	if err != nil {
		panic(err)
	}
	var origin, root64 string
	var size int64
	if _, err := fmt.Sscanf(signed.Text, "%s\n%d\n%s\n", &origin, &size, &root64); err != nil {
		panic(err)
	}
	root, err := base64.StdEncoding.DecodeString(root64)
	if err != nil {
		panic(err)
	}
	fmt.Println("signed by", origin, "for", size, "leaves")

	var stored []tlog.Hash
	hashes := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	bodies := 0
	sealed := read("sealed/000")
	entries := read(fmt.Sprintf("tile/entries/000.p/%d", size))
	for n := int64(0); len(entries) > 0; n++ {
		length := binary.BigEndian.Uint16(entries)
		leaf := entries[2 : 2+length]
		entries = entries[2+length:]
		more, err := tlog.StoredHashes(n, leaf, hashes)
		if err != nil {
			panic(err)
		}
		stored = append(stored, more...)
		length = binary.BigEndian.Uint16(sealed)
		sum := sha256.Sum256(sealed[2 : 2+length])
		sealed = sealed[2+length:]
		var l struct{ Sealed string }
		if err := json.Unmarshal(leaf, &l); err != nil {
			panic(err)
		}
		if hex.EncodeToString(sum[:]) == l.Sealed {
			bodies++
		}
	}
	computed, err := tlog.TreeHash(size, hashes)
	if err != nil {
		panic(err)
	}
	fmt.Println("root of the leaves is the signed one:", bytes.Equal(computed[:], root))
	fmt.Println("sealed bodies that are what their leaves say:", bodies)
	// Output:
	// signed by rogatory.example/alder for 8 leaves
	// root of the leaves is the signed one: true
	// sealed bodies that are what their leaves say: 8
}
