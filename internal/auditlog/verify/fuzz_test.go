package verify

import (
	"crypto/ed25519"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"rogatory/internal/mla"
)

const sample = "../testdata/alder"

func sampleFile(t testing.TB, pattern string) []byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(sample, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("no %s in the sample log: %v", pattern, err)
	}
	raw, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// anySignature takes every signature, so that what is behind one is fuzzed too.
type anySignature struct{ note.Verifier }

func (anySignature) Verify(_, sig []byte) bool { return len(sig) == ed25519.SignatureSize }

// FuzzParsers gives any bytes to everything that reads published bytes. What a parser takes must have one form only.
func FuzzParsers(f *testing.F) {
	key := sampleFile(f, "log.vkey")
	real, err := parseKey(key)
	if err != nil {
		f.Fatal(err)
	}
	lenient := anySignature{real}
	bundle := sampleFile(f, "tile/entries/000.p/8")
	entries, err := splitBundle(bundle, 8)
	if err != nil {
		f.Fatal(err)
	}
	of, err := parseLeaf(entries[0], real.Name())
	if err != nil {
		f.Fatal(err)
	}
	lines, fault := openKeys(sampleFile(f, "keys/000"), real)
	if fault != nil {
		f.Fatal(fault)
	}
	for _, line := range lines {
		f.Add([]byte(line))
	}
	for _, seed := range [][]byte{
		key, sampleFile(f, "checkpoint"), sampleFile(f, "keys/000"), bundle, entries[0], entries[7], []byte("tile/0/x001/234.p/5"),
		[]byte(`{"actor":{"role":"court","state":"x"},"articles":[],"body":{"minutes":1,"checks":[]},"message":"","passage":"","policy":""}`),
		[]byte("rogatory.example/alder\n9223372036854775807\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if v, err := parseKey(raw); err == nil && v.Name() == "" {
			t.Error("a key without a name")
		}
		if text, err := openNote(raw, lenient); err == nil {
			if tree, err := parseCheckpoint(text, real.Name()); err == nil && (tree.N < 0 || tree.N > maxLeaves) {
				t.Errorf("a tree of %d leaves", tree.N)
			}
		}
		if lines, fault := openKeys(raw, lenient); fault == nil && len(lines) == 0 {
			t.Errorf("%q was taken for key notes", raw)
		}
		quick, plain := scanKeyLine(string(raw), of)
		if w, err := parseAnyKeyLine(string(raw), real, of); plain && (err != nil || !reflect.DeepEqual(quick, w)) {
			t.Errorf("%q: quickly %+v, by the definition %+v, %v", raw, quick, w, err)
		}
		if w, err := parseKeyLine(string(raw), real, of); err == nil {
			if w.Key != of.Key || lineKey(string(raw)) != of.Key {
				t.Errorf("the line of key %s was taken for %s", w.Key, of.Key)
			}
			// An error is fine here; only a panic is not.
			_, _ = w.open(nil)
		}
		if l, err := parseLeaf(raw, real.Name()); err == nil {
			again, err := mla.Canonical(l)
			if err != nil || string(again) != string(raw) {
				t.Errorf("leaf %q was taken, and is written %q, %v", raw, again, err)
			}
		}
		if name, ok := parseTileName(string(raw)); ok && name.String() != string(raw) {
			t.Errorf("tile %q was taken, and is named %s", raw, name)
		}
		if entries, err := splitBundle(raw, 3); err == nil && len(entries) != 3 {
			t.Errorf("a bundle of 3 holds %d", len(entries))
		}
		for _, kind := range []mla.Kind{mla.ReviewPerformed, mla.FactLearned, mla.NoticeDeferred} {
			if e, err := parseRest(mla.Cover{Kind: kind}, raw); err == nil && e.Body.Kind() != kind {
				t.Errorf("a body of %s was taken for %s", e.Body.Kind(), kind)
			}
		}
	})
}

func TestTheSampleOpensOnlyWithItsKeyUnderItsCover(t *testing.T) {
	real, err := parseKey(sampleFile(t, "log.vkey"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := splitBundle(sampleFile(t, "tile/entries/000.p/8"), 8)
	if err != nil {
		t.Fatal(err)
	}
	l, err := parseLeaf(entries[2], real.Name()) // the public reads it
	if err != nil {
		t.Fatal(err)
	}
	lines, fault := openKeys(sampleFile(t, "keys/000"), real)
	if fault != nil || len(lines) != 4 {
		t.Fatal(lines, fault)
	}
	w, err := parseKeyLine(lines[2], real, l)
	if err != nil {
		t.Fatal(err)
	}
	key, err := w.open(nil)
	if err != nil {
		t.Fatal(err)
	}
	bodies, err := splitBundle(sampleFile(t, "sealed/000"), 8)
	if err != nil {
		t.Fatal(err)
	}
	ciphertext := bodies[2]
	if e, err := openBody(l, key, ciphertext); err != nil || e.Kind != mla.ReviewPerformed {
		t.Fatalf("the untouched body: %v, %v", e, err)
	}
	flip := func(b []byte) []byte { return append([]byte{b[0] ^ 1}, b[1:]...) }
	later, forged, tail := l, l, l
	tail.Commitment = l.Commitment[:63] + string("10"[l.Commitment[63]&1]) // beyond what the nonce is taken from
	later.Cover.Sequence++
	forged.Commitment = "00" + forged.Commitment[2:]
	for what, try := range map[string]func() error{
		"another key":        func() error { _, err := openBody(l, flip(key), ciphertext); return err },
		"another ciphertext": func() error { _, err := openBody(l, key, flip(ciphertext)); return err },
		"another cover":      func() error { _, err := openBody(later, key, ciphertext); return err },
		"another tail":       func() error { _, err := openBody(tail, key, ciphertext); return err },
		"another commitment": func() error { _, err := openBody(forged, key, ciphertext); return err },
	} {
		if try() == nil {
			t.Errorf("opened with %s", what)
		}
	}
}

func TestAReportIsJSONWithFindingsAsAList(t *testing.T) {
	r, err := Check(t.Context(), sample, Options{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(r)
	const head, tail = `{"origin":"rogatory.example/alder","size":8,"root":"`, `"cases":1,"events":8,"cosigners":[],"findings":[]}`
	if err != nil || !strings.HasPrefix(string(raw), head) || !strings.HasSuffix(string(raw), tail) {
		t.Errorf("%s, %v", raw, err)
	}
}
