package verify

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"rogatory/internal/mla"
)

// forger writes logs that are properly signed and hashed, and say whatever it likes: what a dishonest or broken writer
// could publish.
type forger struct {
	t      *testing.T
	dir    string
	signer note.Signer
	vkey   string
	size   string // of the checkpoint, if not that of the leaves
	root   string // likewise
	raw    [][]byte
	bodies []byte
	keys   []string // lines of the key note
	met    map[string]bool
}

func newForger(t *testing.T) *forger {
	t.Helper()
	skey, vkey, err := note.GenerateKey(rand.Reader, "forged.example")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return &forger{t: t, dir: t.TempDir(), signer: signer, vkey: vkey, met: map[string]bool{}}
}

func (f *forger) put(name, text string) {
	f.t.Helper()
	name = filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f *forger) sign(text string) string {
	f.t.Helper()
	raw, err := note.Sign(&note.Note{Text: text}, f.signer)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(raw)
}

// cover is of the event of case c-1 that follows n others, and has no readers.
func cover(n int) mla.Cover {
	return mla.Cover{Case: "c-1", Party: "alder", Sequence: n, At: time.Unix(1.9e9+int64(n), 0).UTC(), Kind: mla.Decided}
}

// leaf adds a leaf with a sealed body of no meaning and a key note, each as the changes leave them.
func (f *forger) leaf(c mla.Cover, changes ...func(*leaf, *wrapped)) {
	f.t.Helper()
	body := fmt.Sprint("sealed ", len(f.raw))
	sum := sha256.Sum256([]byte(body))
	l := leaf{Version: 1, Cover: c, Key: keyID("forged.example", c.Case, c.Readers), Commitment: strings.Repeat("00", 32), Sealed: hex.EncodeToString(sum[:])}
	w := wrapped{Case: c.Case, Key: l.Key, Readers: c.Readers}
	for _, change := range changes {
		change(&l, &w)
	}
	raw, err := mla.Canonical(l)
	if err != nil {
		f.t.Fatal(err)
	}
	line, err := mla.Canonical(w)
	if err != nil {
		f.t.Fatal(err)
	}
	if !f.met[l.Key] {
		f.keys = append(f.keys, string(line)+"\n")
		f.met[l.Key] = true
	}
	f.bodies = append(binary.BigEndian.AppendUint16(f.bodies, uint16(len(body))), body...)
	f.raw = append(f.raw, raw)
}

// check publishes the leaves and returns what Check finds, one finding a line.
func (f *forger) check() string {
	f.t.Helper()
	var all levels
	var bundle, hashes []byte
	for _, raw := range f.raw {
		h := tlog.RecordHash(raw)
		all.append(h)
		bundle = append(binary.BigEndian.AppendUint16(bundle, uint16(len(raw))), raw...)
		hashes = append(hashes, h[:]...)
	}
	root, err := tlog.TreeHash(all.size(), all)
	if err != nil {
		f.t.Fatal(err)
	}
	if f.size == "" {
		f.size = fmt.Sprint(len(f.raw))
	}
	if f.root == "" {
		f.root = root.String()
	}
	f.put("log.vkey", f.vkey+"\n")
	f.put("checkpoint", f.sign("forged.example\n"+f.size+"\n"+f.root+"\n"))
	if len(f.raw) > 0 {
		before := sha256.Sum256(nil)
		f.put(keysFile(0), f.sign(fmt.Sprintf("%s\n%x\n%s", keyNoteTitle, before, strings.Join(f.keys, ""))))
		f.put(sealedFile(0), string(f.bodies))
		f.put(tileName{-1, 0, len(f.raw)}.String(), string(bundle))
		f.put(tileName{0, 0, len(f.raw)}.String(), string(hashes))
	}
	r, err := Check(f.t.Context(), f.dir, Options{VerifierKey: f.vkey})
	if err != nil {
		f.t.Fatal(err)
	}
	var out []string
	for _, x := range r.Findings {
		out = append(out, x.String())
	}
	// Reading what was forged must not fall over either; its answer is not looked at.
	_, _ = Read(f.t.Context(), f.dir, nil)
	return strings.Join(out, "\n")
}

func TestCheckTrustsNoSignerToKeepTheRules(t *testing.T) {
	public := func(n int) mla.Cover { c := cover(n); c.Readers = []mla.Role{mla.Public}; return c }
	for _, c := range []struct {
		name, want string // in the one finding; empty: none
		forge      func(f *forger)
	}{
		{"nothing wrong", "", func(f *forger) { f.leaf(cover(0)); f.leaf(cover(1)) }},
		{"no leaves", "", func(f *forger) {}},
		{"a hole", "leaf 1: case \"c-1\": sequence 2 where 1 is next", func(f *forger) { f.leaf(cover(0)); f.leaf(cover(2)) }},
		{"a double", "leaf 2: case \"c-1\": sequence 1 where 2 is next", func(f *forger) { f.leaf(cover(0)); f.leaf(cover(1)); f.leaf(cover(1)) }},
		{"a late start", "leaf 0: case \"c-1\": sequence 3 where 0 is next", func(f *forger) { f.leaf(cover(3)) }},
		{"time running back", "leaf 1: case \"c-1\": 2001-09-09T01:46:40Z, after an event at", func(f *forger) {
			back := cover(1)
			back.At = time.Unix(1e9, 0)
			f.leaf(cover(0))
			f.leaf(back)
		}},
		{"another party", `leaf 1: an event of "birch" on the log of "alder"`, func(f *forger) {
			other := cover(1)
			other.Party = "birch"
			f.leaf(cover(0))
			f.leaf(other)
		}},
		{"an unknown kind", "unknown kind", func(f *forger) { c := cover(0); c.Kind = "Whispered"; f.leaf(c) }},
		{"an unknown reader", "want known roles", func(f *forger) { c := cover(0); c.Readers = []mla.Role{"clerk"}; f.leaf(c) }},
		{"readers out of order", "want known roles", func(f *forger) {
			c := cover(0)
			c.Readers = []mla.Role{mla.Court, mla.Auditor}
			f.leaf(c)
		}},
		{"a version to come", "version 2", func(f *forger) { f.leaf(cover(0), func(l *leaf, _ *wrapped) { l.Version = 2 }) }},
		{"the key of other readers", "not that of its case and readers", func(f *forger) {
			f.leaf(cover(0), func(l *leaf, w *wrapped) {
				l.Key = keyID("forged.example", "c-1", []mla.Role{mla.Court})
				w.Key = l.Key
			})
		}},
		{"a commitment of another length", "64 hexadecimal digits", func(f *forger) { f.leaf(cover(0), func(l *leaf, _ *wrapped) { l.Commitment = "00" }) }},
		{"a leaf in another form", "not in canonical form", func(f *forger) {
			f.leaf(cover(0))
			f.raw[0] = append(f.raw[0], ' ')
		}},
		{"a leaf that is none", "not a leaf", func(f *forger) { f.leaf(cover(0)); f.raw = append(f.raw, []byte("{}}")) }},
		{"a key note of another case", "leaf 0: the line of another key", func(f *forger) { f.leaf(cover(0), func(_ *leaf, w *wrapped) { w.Case = "c-2" }) }},
		{"no key", "leaf 0: missing: no note has the key", func(f *forger) { f.leaf(cover(0)); f.leaf(public(1)); f.keys = f.keys[1:] }},
		{"a key twice", "leaf 0: the key of this leaf twice", func(f *forger) { f.leaf(cover(0)); f.keys = append(f.keys, f.keys[0]) }},
		{"a key too many", "which no leaf here is the first to speak of", func(f *forger) {
			f.leaf(cover(0))
			f.keys = append(f.keys, strings.Replace(f.keys[0], `"key":"`, `"key":"00`, 1))
		}},
		{"a key in another form", "not in canonical form", func(f *forger) { f.leaf(cover(0)); f.keys[0] = " " + f.keys[0] }},
		{"a key that is none", "not a key", func(f *forger) { f.leaf(cover(0)); f.keys[0] = strings.Replace(f.keys[0], "{", "{{", 1) }},
		{"a note without keys", "keys/000, byte 0: not a key note", func(f *forger) { f.leaf(cover(0)); f.keys = nil }},
		{"a body too few", "sealed/000, leaf 1: fewer entries", func(f *forger) { f.leaf(cover(0)); f.leaf(cover(1)); f.bodies = f.bodies[:len(f.bodies)/2] }},
		{"a body too many", "sealed/000: bytes after the 1 entries", func(f *forger) { f.leaf(cover(0)); f.bodies = append(f.bodies, f.bodies...) }},
		{"a key wrapped to nobody", "not wrapped to its readers", func(f *forger) { c := cover(0); c.Readers = []mla.Role{mla.Court}; f.leaf(c) }},
		{"a key given to all", "the key is in clear", func(f *forger) { f.leaf(cover(0), func(_ *leaf, w *wrapped) { w.Clear = strings.Repeat("00", 32) }) }},
		{"a public key kept back", "the key is not in clear", func(f *forger) {
			f.leaf(public(0), func(_ *leaf, w *wrapped) { w.Wrapped = base64.StdEncoding.EncodeToString([]byte("age")) })
		}},
		{"a public body that does not open", "does not open the sealed body", func(f *forger) {
			f.leaf(public(0), func(_ *leaf, w *wrapped) { w.Clear = strings.Repeat("00", 32) })
		}},
		{"another root", "checkpoint: its root is", func(f *forger) { f.leaf(cover(0)); f.root = tlog.Hash{1}.String() }},
		{"a root that is none", "is no hash", func(f *forger) { f.leaf(cover(0)); f.root = "AAAA" }},
		{"a checkpoint beyond all leaves", "is no number of leaves", func(f *forger) { f.leaf(cover(0)); f.size = "9223372036854775807" }},
		{"a checkpoint beyond what is there", "leaf 0: missing", func(f *forger) { f.leaf(cover(0)); f.size = "1099511627776" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newForger(t)
			c.forge(f)
			got := f.check()
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("findings\n%s\nwant %q", got, c.want)
			}
		})
	}
}

func TestFindingsAreBounded(t *testing.T) {
	f := newForger(t)
	f.leaf(cover(0))
	for i := range 3 * maxFindings {
		f.put(fmt.Sprintf("stray/%d", i), "")
	}
	if n := strings.Count(f.check(), "\n") + 1; n != maxFindings+1 {
		t.Errorf("%d findings, want %d and a last word", n, maxFindings)
	}
}
