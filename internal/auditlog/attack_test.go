package auditlog_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// attacked is a log in an attacker's hands.
type attacked struct {
	*rand.Rand
	t      *testing.T
	files  map[string][]byte // as published; to be changed
	before map[string][]byte // as published when the log was shorter
	with   verify.Options    // what the auditor has besides the directory
	copied string            // another copy, if the auditor has one
	victim *victim
}

// found says where a finding must be: in this file, or at this leaf, or either if one is empty.
type found struct {
	file string
	leaf int // -1: any
}

// attackKinds are the ways in which a log is attacked. docs/audit.md has a line for each.
var attackKinds = map[string]func(a *attacked) found{
	// By whoever holds the files, without a key.
	"bit-flip": func(a *attacked) found {
		a.with.Policy = a.victim.policy // without it nobody answers for a witness's line
		name := a.pick(func(n string) bool { return !strings.HasPrefix(n, "tile/entries/") })
		raw := bytes.Clone(a.files[name])
		raw[a.IntN(len(raw))] ^= 1 << a.IntN(8)
		a.files[name] = raw
		return found{name, -1}
	},
	"leaf-bit-flip": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		leaves[i] = bytes.Clone(leaves[i])
		leaves[i][a.IntN(len(leaves[i]))] ^= 1 << a.IntN(8)
		a.layBundles(leaves)
		return found{"", i}
	},
	"cut-file": func(a *attacked) found {
		a.with.Policy = a.victim.policy
		name := a.pick(nil)
		a.files[name] = a.files[name][:a.IntN(len(a.files[name]))]
		return found{name, -1}
	},
	"dropped-file": func(a *attacked) found {
		name := a.pick(nil)
		delete(a.files, name)
		return found{name, -1}
	},
	"added-file": func(a *attacked) found {
		name := []func(uint64) string{auditlog.SealedPath, auditlog.KeysPath}[a.IntN(2)](2 + a.Uint64N(1e6))
		a.files[name] = a.files[a.pick(nil)]
		return found{name, -1}
	},
	"dropped-leaf": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		a.lay(slices.Delete(leaves, i, i+1))
		return found{auditlog.CheckpointPath, -1}.or("tile/")
	},
	"swapped-leaves": func(a *attacked) found {
		leaves := a.leaves()
		i, j := a.two(len(leaves))
		leaves[i], leaves[j] = leaves[j], leaves[i]
		a.lay(leaves)
		return found{auditlog.CheckpointPath, -1}
	},
	"replayed-leaf": func(a *attacked) found {
		leaves := a.leaves()
		i, j := a.two(len(leaves))
		leaves[j] = leaves[i]
		a.lay(leaves)
		return found{auditlog.CheckpointPath, -1}
	},
	"swapped-bodies": func(a *attacked) found {
		bodies := a.bodies()
		i, j := a.two(len(bodies))
		bodies[i], bodies[j] = bodies[j], bodies[i]
		a.layBodies(bodies)
		return found{auditlog.SealedPath(uint64(i / 256)), i}
	},
	"dropped-body": func(a *attacked) found {
		i := a.IntN(300)
		name := auditlog.SealedPath(uint64(i / 256))
		some := split(a.files[name])
		a.files[name] = join(slices.Delete(some, i%256, i%256+1))
		return found{name, i}
	},
	"swapped-key-notes": func(a *attacked) found {
		notes := a.notes()
		i, j := a.two(len(notes))
		notes[i], notes[j] = notes[j], notes[i]
		a.files[auditlog.KeysPath(0)] = bytes.Join(notes, nil)
		return found{auditlog.KeysPath(0), -1}
	},
	"dropped-key-note": func(a *attacked) found {
		notes := a.notes()
		i := a.IntN(len(notes))
		a.files[auditlog.KeysPath(0)] = bytes.Join(slices.Delete(notes, i, i+1), nil)
		return found{auditlog.KeysPath(0), -1}
	},
	"rewritten-checkpoint": func(a *attacked) found {
		lines := strings.SplitN(string(a.files[auditlog.CheckpointPath]), "\n", 4) // signed and cosigned, for another root
		root := sha256.Sum256([]byte{byte(a.IntN(256))})
		lines[2] = base64.StdEncoding.EncodeToString(root[:])
		a.files[auditlog.CheckpointPath] = []byte(strings.Join(lines, "\n"))
		return found{auditlog.CheckpointPath, -1}
	},
	"replayed-checkpoint": func(a *attacked) found {
		a.files[auditlog.CheckpointPath] = a.before[auditlog.CheckpointPath]
		return found{"tile/", -1}
	},
	"rollback": func(a *attacked) found {
		a.with.Since = a.files[auditlog.CheckpointPath]
		a.become(a.before)
		return found{auditlog.CheckpointPath, len(a.leaves())}
	},
	"stale-copy": func(a *attacked) found {
		a.copied = a.victim.dir
		a.become(a.before)
		return found{auditlog.CheckpointPath, len(a.leaves())}
	},

	// By the operator, who has the signing key.
	"truncation": func(a *attacked) found {
		a.with.Since = a.files[auditlog.CheckpointPath]
		leaves := a.leaves()
		n := 1 + a.IntN(len(leaves)-1)
		a.sign(leaves[:n])
		return found{auditlog.CheckpointPath, n}
	},
	"history-rewritten": func(a *attacked) found {
		a.with.Since = a.before[auditlog.CheckpointPath]
		leaves := a.leaves()
		i := a.IntN(a.victim.earlier)
		a.forge(leaves, i, func(l map[string]any) { l["commitment"] = hex.EncodeToString(make([]byte, 32)) })
		a.sign(leaves)
		return found{auditlog.CheckpointPath, -1}
	},
	"fork": func(a *attacked) found {
		a.copied = a.victim.dir
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		a.forge(leaves, i, func(l map[string]any) { l["commitment"] = hex.EncodeToString(make([]byte, 32)) })
		a.sign(leaves)
		return found{"", i}
	},
	"forged-gap": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		a.forge(leaves, i, func(l map[string]any) { l["cover"].(map[string]any)["sequence"] = 1000 })
		a.sign(leaves)
		return found{"", i}
	},
	"forged-double": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		a.sign(append(leaves, leaves[i]))
		return found{"", len(leaves)}
	},
	"forged-clock-reversal": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		for mustLeaf(a.t, leaves[i]).Cover.Sequence == 0 {
			i = a.IntN(len(leaves))
		}
		a.forge(leaves, i, func(l map[string]any) { l["cover"].(map[string]any)["at"] = "1999-01-01T00:00:00Z" })
		a.sign(leaves)
		return found{"", i}
	},
	"forged-event": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		a.forge(leaves, i, func(l map[string]any) {
			l["cover"].(map[string]any)["kind"] = []string{"Whispered", "decided", ""}[a.IntN(3)]
		})
		a.sign(leaves)
		return found{"", i}
	},
	"forged-party": func(a *attacked) found {
		leaves := a.leaves()
		i := 1 + a.IntN(len(leaves)-1)
		a.forge(leaves, i, func(l map[string]any) { l["cover"].(map[string]any)["party"] = "birch" })
		a.sign(leaves)
		return found{"", i}
	},
	"exchanged-body": func(a *attacked) found {
		a.with.Keys = a.victim.keys
		leaves := a.leaves()
		i := a.readable(leaves, mla.Auditor)
		bodies := a.bodies()
		bodies[i] = make([]byte, 528)
		sum := sha256.Sum256(bodies[i])
		a.layBodies(bodies)
		a.forge(leaves, i, func(l map[string]any) { l["sealed"] = hex.EncodeToString(sum[:]) })
		a.sign(leaves)
		return found{auditlog.SealedPath(uint64(i / 256)), i}
	},
	"resealed-to-fewer": func(a *attacked) found {
		i := a.reseal(func(readers []age.Recipient) []age.Recipient { return readers[1:] })
		return found{auditlog.KeysPath(0), i}
	},
	"resealed-to-a-stranger": func(a *attacked) found {
		a.with.Keys = a.victim.keys
		i := a.reseal(func(readers []age.Recipient) []age.Recipient {
			stranger, err := age.GenerateX25519Identity()
			if err != nil {
				a.t.Fatal(err)
			}
			return append([]age.Recipient{stranger.Recipient()}, readers[1:]...)
		})
		return found{auditlog.KeysPath(0), i}
	},
	"relabelled-readers": func(a *attacked) found {
		leaves := a.leaves()
		i := a.IntN(len(leaves))
		a.forge(leaves, i, func(l map[string]any) { l["cover"].(map[string]any)["readers"] = []string{"court", "person"} })
		a.sign(leaves)
		return found{"", i}
	},
	"replaced-key": func(a *attacked) found {
		a.with.VerifierKey = strings.TrimSpace(string(a.files[auditlog.VerifierKeyPath]))
		other := []byte(fmt.Sprintf("another seed, drawn as %016x", a.Uint64()))
		vkey, err := auditlog.VerifierKey(origin, other)
		if err != nil {
			a.t.Fatal(err)
		}
		a.files[auditlog.VerifierKeyPath] = []byte(vkey + "\n")
		a.signWith(a.leaves(), other)
		return found{auditlog.VerifierKeyPath, -1}
	},
	"stripped-cosignature": func(a *attacked) found {
		a.with.Policy = a.victim.policy
		lines := bytes.SplitAfter(a.files[auditlog.CheckpointPath], []byte("\n"))
		a.files[auditlog.CheckpointPath] = bytes.Join(lines[:len(lines)-2], nil)
		return found{auditlog.CheckpointPath, -1}
	},
	"forged-cosignature": func(a *attacked) found {
		a.with.Policy = a.victim.policy
		lines := bytes.SplitAfter(a.files[auditlog.CheckpointPath], []byte("\n"))
		fields := strings.Fields(string(lines[len(lines)-2]))
		sig, err := base64.StdEncoding.DecodeString(fields[2])
		if err != nil {
			a.t.Fatal(err)
		}
		for i := 4 + a.IntN(len(sig)-4); i < len(sig); i++ { // time and signature; the key id stays
			sig[i] ^= byte(1 + a.IntN(255))
		}
		lines[len(lines)-2] = []byte("— " + fields[1] + " " + base64.StdEncoding.EncodeToString(sig) + "\n")
		a.files[auditlog.CheckpointPath] = bytes.Join(lines, nil)
		return found{auditlog.CheckpointPath, -1}
	},
}

// or lets a finding be in any file of a kind instead.
func (f found) or(prefix string) found { return found{f.file + "|" + prefix, f.leaf} }

func (f found) in(all []verify.Finding) bool {
	return slices.ContainsFunc(all, func(x verify.Finding) bool {
		file := f.file == ""
		for want := range strings.SplitSeq(f.file, "|") {
			file = file || x.File == want || strings.HasSuffix(want, "/") && strings.HasPrefix(x.File, want)
		}
		return file && (f.leaf < 0 || x.Place == fmt.Sprintf("leaf %d", f.leaf))
	})
}

// victim is the log that all attacks are on.
type victim struct {
	dir           string // untouched
	files, before map[string][]byte
	earlier       int // leaves of before
	keys          map[mla.Role]age.Identity
	policy        *verify.Policy
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	v := &victim{dir: t.TempDir(), keys: map[mla.Role]age.Identity{mla.Auditor: roleKeys()[mla.Auditor], mla.CentralAuthority: roleKeys()[mla.CentralAuthority]}}
	for _, size := range []int{8, 20} {
		l := open(t, v.dir)
		for n := range 15 {
			add(t, l, events(fmt.Sprintf("c-%d", n), size), 20)
		}
		shut(t, l)
		if size == 20 {
			text := serve(t, t.TempDir())
			if err := auditlog.Cosign(t.Context(), v.dir, []byte(text)); err != nil {
				t.Fatal(err)
			}
			var err error
			if v.policy, err = verify.ParsePolicy([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		v.before, v.files = v.files, published(t, v.dir)
		if v.before == nil {
			v.earlier = 15 * size
		}
	}
	drop := filepath.Join(v.dir, auditlog.StateDir)
	if err := os.RemoveAll(drop); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestEveryAttackIsDetectedAndPlaced makes a thousand attacks, each from its own seed, and one check of the untouched
// log before and after.
func TestEveryAttackIsDetectedAndPlaced(t *testing.T) {
	v := newVictim(t)
	dir := lay(t, v.files)
	untouched := verify.Options{Keys: v.keys, Since: v.before[auditlog.CheckpointPath], Policy: v.policy}
	if r, err := verify.Compare(t.Context(), dir, v.dir, untouched); err != nil || !r.OK() {
		t.Fatalf("the untouched log: %v, %v", r.Findings, err)
	}
	kinds := slices.Sorted(maps.Keys(attackKinds))
	made := map[string]int{}
	for seed := range 1000 {
		kind := kinds[seed%len(kinds)]
		a := &attacked{
			Rand: rand.New(rand.NewPCG(uint64(seed), 1)), t: t, files: maps.Clone(v.files), before: v.before, victim: v,
		}
		want := attackKinds[kind](a)
		change(t, dir, v.files, a.files)
		var r verify.Report
		var err error
		if a.copied != "" {
			r, err = verify.Compare(t.Context(), dir, a.copied, a.with)
		} else {
			r, err = verify.Check(t.Context(), dir, a.with)
		}
		if kind == "dropped-file" && err != nil { // both names of a log
			t.Fatal(err)
		}
		if err != nil || !want.in(r.Findings) {
			t.Errorf("attack %d, %s: want a finding in %+v, got %v, %v", seed, kind, want, r.Findings[:min(5, len(r.Findings))], err)
		}
		change(t, dir, a.files, v.files)
		made[kind]++
	}
	if r, err := verify.Compare(t.Context(), dir, v.dir, untouched); err != nil || !r.OK() {
		t.Fatalf("the log put back: %v, %v", r.Findings, err)
	}
	if len(made) != len(attackKinds) {
		t.Errorf("%d kinds of attack of %d were made", len(made), len(attackKinds))
	}
}

// TestTheDocumentListsEveryAttack holds docs/audit.md to the attacks there are.
func TestTheDocumentListsEveryAttack(t *testing.T) {
	raw, err := os.ReadFile("../../docs/audit.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(raw), "## What is attacked, and what finds it")
	table, _, _ = strings.Cut(table, "\n## ")
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllStringSubmatch(table, -1) {
		listed[m[1]] = true
	}
	for kind := range attackKinds {
		if !listed[kind] {
			t.Errorf("docs/audit.md does not list the attack %s", kind)
		}
		delete(listed, kind)
	}
	for kind := range listed {
		t.Errorf("docs/audit.md lists the attack %s, which no test makes", kind)
	}
}

// change makes a directory that holds one set of files hold another.
func change(t *testing.T, dir string, from, to map[string][]byte) {
	t.Helper()
	for name := range from {
		if _, keep := to[name]; !keep {
			drop(t, dir, name)
		}
	}
	for name, raw := range to {
		if was, there := from[name]; !there || !bytes.Equal(was, raw) {
			put(t, dir, name, raw)
		}
	}
}

func (a *attacked) pick(which func(string) bool) string {
	names := slices.Sorted(maps.Keys(a.files))
	if which != nil {
		names = slices.DeleteFunc(names, func(n string) bool { return !which(n) })
	}
	return names[a.IntN(len(names))]
}

func (a *attacked) two(n int) (int, int) {
	i := a.IntN(n)
	return i, (i + 1 + a.IntN(n-1)) % n
}

func (a *attacked) become(files map[string][]byte) {
	clear(a.files)
	maps.Copy(a.files, files)
}

// leaves are those in the entry bundles.
func (a *attacked) leaves() [][]byte { return a.all("tile/entries/") }

// bodies are the sealed ones, in the order of their leaves.
func (a *attacked) bodies() [][]byte { return a.all("sealed/") }

func (a *attacked) all(prefix string) (out [][]byte) {
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		if strings.HasPrefix(name, prefix) {
			out = append(out, split(a.files[name])...)
		}
	}
	return out
}

// notes are the key notes; all keys of the victim are met in its first bundle.
func (a *attacked) notes() (out [][]byte) {
	for raw := a.files[auditlog.KeysPath(0)]; len(raw) > 0; {
		n := bytes.Index(raw, []byte("\n\n")) + 2
		n += bytes.IndexByte(raw[n:], '\n') + 1
		out, raw = append(out, raw[:n]), raw[n:]
	}
	return out
}

// split takes a bundle apart: entries, each after its length in two bytes.
func split(raw []byte) (out [][]byte) {
	for len(raw) > 0 {
		n := 2 + int(binary.BigEndian.Uint16(raw))
		out, raw = append(out, raw[2:n]), raw[n:]
	}
	return out
}

func join(entries [][]byte) (raw []byte) {
	for _, e := range entries {
		raw = append(binary.BigEndian.AppendUint16(raw, uint16(len(e))), e...)
	}
	return raw
}

// layBundles puts other leaves into the entry bundles, and leaves the hashes as they are.
func (a *attacked) layBundles(leaves [][]byte) {
	for name := range a.files {
		if strings.HasPrefix(name, "tile/entries/") {
			delete(a.files, name)
		}
	}
	for n := 0; n < len(leaves); n += 256 {
		some := leaves[n:min(n+256, len(leaves))]
		a.files[tilePath("entries", n/256, len(some))] = join(some)
	}
}

// layBodies puts other sealed bodies beside the bundles.
func (a *attacked) layBodies(bodies [][]byte) {
	for n := 0; n < len(bodies); n += 256 {
		a.files[auditlog.SealedPath(uint64(n/256))] = join(bodies[n:min(n+256, len(bodies))])
	}
}

// lay puts other leaves into the log, with the hashes of their tree: all that takes no key.
func (a *attacked) lay(leaves [][]byte) {
	for name := range a.files {
		if strings.HasPrefix(name, "tile/") {
			delete(a.files, name)
		}
	}
	a.layBundles(leaves)
	row := make([]tlog.Hash, len(leaves))
	for i, l := range leaves {
		row[i] = tlog.RecordHash(l)
	}
	for level := 0; len(row) > 0; level++ {
		var above []tlog.Hash
		for n := 0; n < len(row); n += 256 {
			some := row[n:min(n+256, len(row))]
			var raw []byte
			for _, h := range some {
				raw = append(raw, h[:]...)
			}
			a.files[tilePath(fmt.Sprint(level), n/256, len(some))] = raw
			if len(some) == 256 {
				above = append(above, treeHash(some))
			}
		}
		row = above
	}
}

func tilePath(level string, n, width int) string {
	if width < 256 {
		return fmt.Sprintf("tile/%s/%03d.p/%d", level, n, width)
	}
	return fmt.Sprintf("tile/%s/%03d", level, n)
}

// treeHash is RFC 6962's, from its definition.
func treeHash(leaves []tlog.Hash) tlog.Hash {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	return tlog.NodeHash(treeHash(leaves[:k]), treeHash(leaves[k:]))
}

func (a *attacked) sign(leaves [][]byte) { a.signWith(leaves, seed) }

// signWith puts other leaves into the log and signs for them.
func (a *attacked) signWith(leaves [][]byte, seed []byte) {
	a.lay(leaves)
	var hashes []tlog.Hash
	for _, l := range leaves {
		hashes = append(hashes, tlog.RecordHash(l))
	}
	a.files[auditlog.CheckpointPath] = a.note(fmt.Sprintf("%s\n%d\n%s\n", origin, len(leaves), treeHash(hashes)), seed)
}

func (a *attacked) note(text string, seed []byte) []byte {
	signer, err := auditlog.SignerOf(origin, seed)
	if err != nil {
		a.t.Fatal(err)
	}
	raw, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	return raw
}

// forge changes one leaf, and keeps its form canonical: the JSON of a map has its keys sorted.
func (a *attacked) forge(leaves [][]byte, i int, change func(map[string]any)) {
	var l map[string]any
	if err := json.Unmarshal(leaves[i], &l); err != nil {
		a.t.Fatal(err)
	}
	change(l)
	raw, err := json.Marshal(l)
	if err != nil {
		a.t.Fatal(err)
	}
	leaves[i] = raw
}

type leafForm struct {
	Cover       mla.Cover
	Key, Sealed string
}

func mustLeaf(t *testing.T, raw []byte) leafForm {
	t.Helper()
	var l leafForm
	if err := json.Unmarshal(raw, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// readable picks a leaf that a role reads and the public does not.
func (a *attacked) readable(leaves [][]byte, r mla.Role) int {
	for {
		i := a.IntN(len(leaves))
		readers := mustLeaf(a.t, leaves[i]).Cover.Readers
		if slices.Contains(readers, r) && !slices.Contains(readers, mla.Public) {
			return i
		}
	}
}

// reseal wraps the key of an event that auditor and authority read to others, and signs a note that says the same
// readers. It returns the first leaf that speaks of the key.
func (a *attacked) reseal(to func([]age.Recipient) []age.Recipient) int {
	leaves := a.leaves()
	key := mustLeaf(a.t, leaves[a.readable(leaves, mla.Auditor)]).Key
	var out bytes.Buffer
	keys := roleKeys().Recipients()
	w, err := age.Encrypt(&out, to([]age.Recipient{keys[mla.Auditor], keys[mla.CentralAuthority]})...)
	if err != nil {
		a.t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, 32)); err != nil {
		a.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		a.t.Fatal(err)
	}
	var file []byte
	for _, raw := range a.notes() {
		text, _, _ := strings.Cut(string(raw), "\n\n")
		before := sha256.Sum256(file)
		signed := fmt.Sprintf("rogatory keys 1\n%x\n", before)
		for _, line := range strings.Split(text, "\n")[2:] {
			var form map[string]any
			if err := json.Unmarshal([]byte(line), &form); err != nil {
				a.t.Fatal(err)
			}
			if form["key"] == key {
				form["wrapped"] = base64.StdEncoding.EncodeToString(out.Bytes())
			}
			again, err := json.Marshal(form)
			if err != nil {
				a.t.Fatal(err)
			}
			signed += string(again) + "\n"
		}
		file = append(file, a.note(signed, seed)...)
	}
	a.files[auditlog.KeysPath(0)] = file
	return slices.IndexFunc(leaves, func(raw []byte) bool { return mustLeaf(a.t, raw).Key == key })
}
