package main

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// edit replaces a text in a file: edit FILE OLD NEW.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o600))
}

// waitFor waits until a program in the background has written a file.
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	for range 2400 { // two minutes: the machine may be busy with other tests
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s was not written", args[0])
}

// foreign makes a log of others: whole, signed, and with a leaf that is none of Rogatory's.
func foreign(ts *testscript.TestScript, _ bool, args []string) {
	skey, vkey, err := note.GenerateKey(rand.Reader, "sum.example")
	ts.Check(err)
	signer, err := note.NewSigner(skey)
	ts.Check(err)
	leaf := []byte("a module and its hash")
	hash := tlog.RecordHash(leaf)
	checkpoint, err := note.Sign(&note.Note{Text: fmt.Sprintf("sum.example\n1\n%s\n", hash)}, signer)
	ts.Check(err)
	for name, raw := range map[string][]byte{
		"log.vkey": []byte(vkey + "\n"), "checkpoint": checkpoint, "tile/0/000.p/1": hash[:],
		"tile/entries/000.p/1": append(binary.BigEndian.AppendUint16(nil, uint16(len(leaf))), leaf...),
	} {
		at := filepath.Join(ts.MkAbs(args[0]), filepath.FromSlash(name))
		ts.Check(os.MkdirAll(filepath.Dir(at), 0o755))
		ts.Check(os.WriteFile(at, raw, 0o600))
	}
}
