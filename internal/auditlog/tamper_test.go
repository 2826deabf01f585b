package auditlog_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// small is the published directory of a log that is still open: four leaves, one to each reader set, with tiles left
// from the tree of two leaves. Before are the files as they were then.
func small(t testing.TB) (files, before map[string][]byte) {
	t.Helper()
	dir := t.TempDir()
	l := open(t, dir)
	defer shut(t, l)
	settle := func() map[string][]byte {
		if err := l.Publish(context.Background()); err != nil {
			t.Fatal(err)
		}
		return published(t, dir)
	}
	add(t, l, events("c-1", 2), 2)
	before = settle()
	add(t, l, events("c-1", 4), 4)
	return settle(), before
}

func lay(t testing.TB, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, raw := range files {
		put(t, dir, name, raw)
	}
	return dir
}

// stale reports whether a file of the small log is left from one of its smaller trees.
func stale(name string) bool {
	return strings.Contains(name, ".p/") && !strings.HasSuffix(name, ".p/4")
}

// objections are the findings of a check without a pinned key: the directory against itself.
func objections(t testing.TB, dir string) []verify.Finding {
	t.Helper()
	r, err := verify.Check(context.Background(), dir, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

func TestCheckObjectsToEveryFlippedByte(t *testing.T) {
	files, _ := small(t)
	left := 0
	for name := range files {
		if stale(name) {
			left++
		}
	}
	if left != 2 {
		t.Fatalf("%d tiles left from smaller trees, want 2", left)
	}
	names := make(chan string)
	go func() {
		for name := range files {
			names <- name
		}
		close(names)
	}()
	for range 2 {
		t.Run("worker", func(t *testing.T) {
			t.Parallel()
			dir := lay(t, files)
			if found := objections(t, dir); len(found) > 0 {
				t.Fatalf("the untouched log: %v", found)
			}
			for name := range names {
				flipAll(t, dir, name, files[name])
			}
		})
	}
}

// flipAll changes each byte of a file in turn, the signed ones in all eight bits, and wants a finding each time.
func flipAll(t *testing.T, dir, name string, raw []byte) {
	full := filepath.Join(dir, filepath.FromSlash(name))
	f, err := os.OpenFile(full, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, b := range raw {
		masks := []byte{0x01, 0x80, 0xff, 0x20, 0x03}[i%5:][:1]
		if name == auditlog.CheckpointPath || name == auditlog.VerifierKeyPath {
			masks = []byte{1, 2, 4, 8, 16, 32, 64, 128}
		}
		for _, mask := range masks {
			if _, err := f.WriteAt([]byte{b ^ mask}, int64(i)); err != nil {
				t.Fatal(err)
			}
			if len(objections(t, dir)) == 0 {
				t.Errorf("%s, byte %d: %#02x for %#02x was not seen", name, i, b^mask, b)
			}
		}
		if _, err := f.WriteAt([]byte{b}, int64(i)); err != nil {
			t.Fatal(err)
		}
	}
	if found := objections(t, dir); len(found) > 0 {
		t.Fatalf("%s was put back: %v", name, found)
	}
}

func TestCheckNamesEveryFileThatIsCutDroppedLengthenedOrAdded(t *testing.T) {
	files, _ := small(t)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for what, change := range map[string]func([]byte) ([]byte, bool){
			"cut by a byte":         func(b []byte) ([]byte, bool) { return b[:len(b)-1], true },
			"cut in half":           func(b []byte) ([]byte, bool) { return b[:len(b)/2], true },
			"emptied":               func([]byte) ([]byte, bool) { return nil, true },
			"longer by a line feed": func(b []byte) ([]byte, bool) { return append(slices.Clone(b), '\n'), true },
			"longer by a zero":      func(b []byte) ([]byte, bool) { return append(slices.Clone(b), 0), true },
			"doubled":               func(b []byte) ([]byte, bool) { return append(slices.Clone(b), b...), true },
			"dropped":               func([]byte) ([]byte, bool) { return nil, false },
		} {
			changed := map[string][]byte{}
			for n, raw := range files {
				changed[n] = raw
			}
			raw, keep := change(files[name])
			changed[name] = raw
			if !keep {
				delete(changed, name)
			}
			found := objections(t, lay(t, changed))
			named := slices.ContainsFunc(found, func(f verify.Finding) bool { return f.File == name })
			if want := keep || !stale(name); named != want {
				t.Errorf("%s %s: named: %v, want %v; findings %v", name, what, named, want, found)
			}
		}
	}
	for _, name := range []string{
		"README", "tile/README", "tile/0/000.p/3", "tile/0/000.p/04", "tile/0/000.p/256", "tile/0/001", "tile/1/000.p/1", "tile/00/000.p/2",
		"tile/entries/000.p/9", "tile/data/000", "tile/8/0/000", "checkpoint.old", "keys/001", "keys/000.p/4", "log.vkey.old",
		"sealed/001", "sealed/000.p/4", "sealed/x001/000", ".hidden", "tile/.state/x", "tile/0/.p/3", ".p",
	} {
		changed := map[string][]byte{name: files["tile/0/000.p/4"]}
		for n, raw := range files {
			changed[n] = raw
		}
		found := objections(t, lay(t, changed))
		if !slices.ContainsFunc(found, func(f verify.Finding) bool { return f.File == name }) {
			t.Errorf("%s was added and not named: %v", name, found)
		}
	}
}

func TestCheckSeesWhatWasMovedReplacedOrReplayed(t *testing.T) {
	files, before := small(t)
	resign := func(f map[string][]byte, name string, change func(string) string) {
		f[name] = []byte(change(string(f[name])))
	}
	for _, c := range []struct {
		name, file string
		change     func(t *testing.T, f map[string][]byte)
	}{
		{"two sealed bodies change places", "sealed/000", func(t *testing.T, f map[string][]byte) {
			all := split(f["sealed/000"])
			all[0], all[1] = all[1], all[0]
			f["sealed/000"] = join(all)
		}},
		{"two key notes change places", "keys/000", func(t *testing.T, f map[string][]byte) {
			first := len(before["keys/000"])
			f["keys/000"] = slices.Concat(f["keys/000"][first:], f["keys/000"][:first])
		}},
		{"an earlier key note is taken out", "keys/000", func(t *testing.T, f map[string][]byte) {
			f["keys/000"] = f["keys/000"][len(before["keys/000"]):]
		}},
		{"the key notes of an old tree stand for the new", "keys/000", func(t *testing.T, f map[string][]byte) {
			f["keys/000"] = before["keys/000"]
		}},
		{"the bodies of an old tree stand for the new", "sealed/000", func(t *testing.T, f map[string][]byte) {
			f["sealed/000"] = before["sealed/000"]
		}},
		{"an old checkpoint is put back", "tile/entries/000.p/4", func(t *testing.T, f map[string][]byte) {
			f["checkpoint"] = before["checkpoint"]
		}},
		{"the tiles of an old tree stand for the new", "tile/entries/000.p/4", func(t *testing.T, f map[string][]byte) {
			f["tile/entries/000.p/4"] = before["tile/entries/000.p/2"]
		}},
		{"a key note stands for the checkpoint", "checkpoint", func(t *testing.T, f map[string][]byte) { f["checkpoint"] = before["keys/000"] }},
		{"the checkpoint stands for a key note", "keys/000", func(t *testing.T, f map[string][]byte) { f["keys/000"] = f["checkpoint"] }},
		{"a second signature", "checkpoint", func(t *testing.T, f map[string][]byte) {
			resign(f, "checkpoint", func(s string) string {
				return s + "— other.example " + base64.StdEncoding.EncodeToString(make([]byte, 68)) + "\n"
			})
		}},
		{"the same signature twice", "checkpoint", func(t *testing.T, f map[string][]byte) {
			resign(f, "checkpoint", func(s string) string { return s + s[strings.Index(s, "— "):] })
		}},
		{"a signature in another base64", "checkpoint", func(t *testing.T, f map[string][]byte) {
			resign(f, "checkpoint", func(s string) string {
				alphabet := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
				i := strings.LastIndex(s, "=\n") - 1
				return s[:i] + string(alphabet[strings.IndexByte(alphabet, s[i])+1]) + s[i+1:]
			})
		}},
		{"another log's key and checkpoint", "tile/entries/000.p/4", func(t *testing.T, f map[string][]byte) {
			dir, o := t.TempDir(), options()
			o.Seed = []byte("another seed of some length")
			l, err := auditlog.Open(context.Background(), dir, o)
			if err != nil {
				t.Fatal(err)
			}
			shut(t, l)
			for name, raw := range published(t, dir) {
				f[name] = raw
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := map[string][]byte{}
			for n, raw := range files {
				changed[n] = raw
			}
			c.change(t, changed)
			found := objections(t, lay(t, changed))
			if !slices.ContainsFunc(found, func(f verify.Finding) bool { return f.File == c.file }) {
				t.Errorf("%s is not named in %v", c.file, found)
			}
		})
	}
}

func TestCheckHoldsALogToAPinnedKey(t *testing.T) {
	files, _ := small(t)
	dir := lay(t, files)
	checked(t, dir)
	other, err := auditlog.VerifierKey(origin, []byte("another seed of some length"))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := verify.Check(context.Background(), dir, verify.Options{VerifierKey: other}); err != nil || r.OK() {
		t.Errorf("pinned to another key: %+v, %v", r, err)
	}
	if _, err := verify.Check(context.Background(), dir, verify.Options{VerifierKey: "nonsense"}); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("pinned to nonsense: %v", err)
	}
}

func TestCheckSaysOfWhatIsNoLogThatItIsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	put(t, filepath.Dir(file), "file", nil)
	for _, dir := range []string{t.TempDir(), file, file + "-not-there", lay(t, map[string][]byte{"tile/0/000": nil})} {
		_, err := verify.Check(context.Background(), dir, verify.Options{})
		_, again := verify.Read(context.Background(), dir, nil)
		for _, err := range []error{err, again} {
			if err == nil || !strings.Contains(err.Error(), dir) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: error %v, want one line that names it", dir, err)
			}
		}
	}
}

func TestALinkIsNotAFile(t *testing.T) {
	files, _ := small(t)
	dir := lay(t, files)
	target := auditlog.StateDir + "/"
	target += strings.Repeat("x", len(files["checkpoint"])-len(target)) // the size of a link is that of its text
	put(t, dir, target, files["checkpoint"])
	drop(t, dir, "checkpoint")
	if err := os.Symlink(target, filepath.Join(dir, "checkpoint")); err != nil {
		t.Fatal(err)
	}
	if found := objections(t, dir); len(found) == 0 || found[0].File != "checkpoint" {
		t.Errorf("findings %v, want the link named first", found)
	}
}

// Read need not see every change, but what it shows must be what was logged.
func TestReadNeverShowsWhatWasNotLogged(t *testing.T) {
	files, _ := small(t)
	dir := lay(t, files)
	who := roleKeys().Identities(mla.Auditor, mla.CentralAuthority)
	honest := read(t, dir, who...)
	lost := 0
	for name, raw := range files {
		for i := 0; i < len(raw); i += 23 {
			bad := bytes.Clone(raw)
			bad[i] ^= 1 << (i % 7)
			put(t, dir, name, bad)
			got, err := verify.Read(context.Background(), dir, who)
			if err != nil {
				lost++
				continue
			}
			for k, s := range got {
				if s.Fault != "" && s.Event == nil {
					lost++
					got[k] = honest[k]
				}
			}
			if diff := cmp.Diff(honest, got, cmp.Comparer(func(a, b mla.Value) bool { return a == b })); diff != "" {
				t.Fatalf("%s, byte %d flipped (-logged +shown):\n%s", name, i, diff)
			}
		}
		put(t, dir, name, raw)
	}
	if lost == 0 {
		t.Error("no flip was noticed: the test flips nothing that Read looks at")
	}
}

func TestAMissingBodyIsAFaultOnlyForItsReaders(t *testing.T) {
	files, _ := small(t)
	dir := lay(t, files)
	for name := range files {
		if strings.HasPrefix(name, "sealed/") {
			drop(t, dir, name)
		}
	}
	for _, c := range []struct {
		who   []age.Identity
		fault func(mla.Event) bool
	}{
		{nil, func(e mla.Event) bool { return e.ReadableBy(mla.Public) }},
		{roleKeys().Identities(mla.CentralAuthority), func(e mla.Event) bool { return len(e.Readers) > 0 }},
	} {
		for _, s := range read(t, dir, c.who...) {
			want := c.fault(event(s.Cover.Case, s.Cover.Sequence))
			if (s.Fault != "") != want || s.Event != nil {
				t.Errorf("event %d to %v: fault %q, want one: %v", s.Index, s.Cover.Readers, s.Fault, want)
			}
		}
	}
}
