package auditlog_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// leaves returns the entry bundles that the closed log in dir needs, by path.
func leaves(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, raw := range published(t, dir) {
		if strings.HasPrefix(name, "tile/") {
			out[name] = string(raw)
		}
	}
	return out
}

// published returns the files of a log that are not private.
func published(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() && d.Name() != auditlog.StateDir:
			return err
		case d.IsDir():
			return filepath.SkipDir
		}
		rel, err := filepath.Rel(dir, name)
		if err == nil {
			out[filepath.ToSlash(rel)], err = os.ReadFile(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameSeedAndEventsGiveTheSameTree(t *testing.T) {
	all := slices.Concat(events("c-1", 70), events("c-2", 30), events("c-3", 200))
	build := func(batch int, seed []byte) (map[string]string, []byte) {
		dir, o := t.TempDir(), options()
		o.Seed = seed
		l, err := auditlog.Open(context.Background(), dir, o)
		if err != nil {
			t.Fatal(err)
		}
		add(t, l, all, batch)
		shut(t, l)
		return leaves(t, dir), l.Root()
	}
	one, root := build(64, seed)
	two, again := build(37, seed)
	if diff := cmp.Diff(one, two); diff != "" || !slices.Equal(root, again) {
		t.Errorf("batches of 64 and of 37 differ:\n%.500s", diff)
	}
	if len(one) != 5 {
		t.Errorf("%d tiles, want the five of a tree of 300 leaves", len(one))
	}
	if _, other := build(64, []byte("another seed of some length")); slices.Equal(root, other) {
		t.Error("another seed gave the same root")
	}
}

func TestOpenRefusesADirectoryItCannotContinue(t *testing.T) {
	for _, c := range []struct {
		name  string
		want  error
		spoil func(t *testing.T, dir string, o *auditlog.Options)
	}{
		{"another seed", auditlog.ErrDamaged, func(t *testing.T, dir string, o *auditlog.Options) { o.Seed = []byte("another seed of some length") }},
		{"another origin", auditlog.ErrDamaged, func(t *testing.T, dir string, o *auditlog.Options) { o.Origin = "rogatory.example/birch" }},
		{"another party", auditlog.ErrDamaged, func(t *testing.T, dir string, o *auditlog.Options) { o.Party = "birch" }},
		{"a short seed", auditlog.ErrOptions, func(t *testing.T, dir string, o *auditlog.Options) { o.Seed = []byte("short") }},
		{"an origin with a space", auditlog.ErrOptions, func(t *testing.T, dir string, o *auditlog.Options) { o.Origin = "a log" }},
		{"an origin with a plus", auditlog.ErrOptions, func(t *testing.T, dir string, o *auditlog.Options) { o.Origin = "a+b" }},
		{"no party", auditlog.ErrOptions, func(t *testing.T, dir string, o *auditlog.Options) { o.Party = "" }},
		{"a published copy, without its private state", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { drop(t, dir, auditlog.StateDir+"/treeState") }},
		{"a private state older than the checkpoint", auditlog.ErrDamaged, func(t *testing.T, dir string, _ *auditlog.Options) {
			younger := t.TempDir()
			l := open(t, younger)
			add(t, l, events("c-1", 3), 3)
			shut(t, l)
			for _, name := range []string{auditlog.StateDir + "/treeState", "tile/entries/000.p/3", "tile/0/000.p/3"} {
				raw, err := os.ReadFile(filepath.Join(younger, name))
				if err != nil {
					t.Fatal(err)
				}
				put(t, dir, name, raw)
			}
		}},
		{"a private state of another tree", auditlog.ErrDamaged, func(t *testing.T, dir string, _ *auditlog.Options) {
			drop(t, dir, "checkpoint")
			put(t, dir, auditlog.StateDir+"/treeState", []byte(`{"size":6,"root":"AAAA"}`))
		}},
		{"a private state that is none", auditlog.ErrDamaged, func(t *testing.T, dir string, _ *auditlog.Options) {
			put(t, dir, auditlog.StateDir+"/treeState", nil)
		}},
		{"a changed leaf", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { flip(t, dir, "tile/entries/000.p/6", 60) }},
		{"a missing bundle", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { drop(t, dir, "tile/entries/000.p/6") }},
		{"a changed checkpoint", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { flip(t, dir, "checkpoint", 30) }},
		{"missing bodies", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { drop(t, dir, "sealed/000") }},
		{"bodies cut off", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { cut(t, dir, "sealed/000") }},
		{"missing key notes", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { drop(t, dir, "keys/000") }},
		{"key notes cut off", auditlog.ErrDamaged,
			func(t *testing.T, dir string, _ *auditlog.Options) { cut(t, dir, "keys/000") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir, o := t.TempDir(), options()
			l := open(t, dir)
			add(t, l, events("c-1", 6), 6)
			shut(t, l)
			c.spoil(t, dir, &o)
			before := published(t, dir)
			l, err := auditlog.Open(context.Background(), dir, o)
			if err == nil {
				shut(t, l)
			}
			if !errors.Is(err, c.want) || auditlog.Retryable(err) {
				t.Errorf("error %v, want %v, not retryable", err, c.want)
			}
			if diff := cmp.Diff(before, published(t, dir)); diff != "" {
				t.Errorf("a refused directory was changed (-before +after):\n%s", diff)
			}
		})
	}
}

func TestOpenRemovesWhatAKilledWriterLeft(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	add(t, l, events("c-1", 6), 6)
	shut(t, l)
	want := published(t, dir)
	stray := event("c-1", 6)
	for name, from := range map[string]string{
		"tile/entries/000.p/9":         "tile/entries/000.p/6", // ahead of the tree
		"tile/entries/000.p/3":         "tile/entries/000.p/6", // a temporary file that looks like a tile
		"tile/entries/000":             "tile/entries/000.p/6",
		"tile/0/000.p/61234567":        "tile/0/000.p/6",
		"tile/0/0001234567":            "tile/0/000.p/6",
		"tile/1/000.p/1":               "tile/0/000.p/6",
		"checkpoint1234567":            "checkpoint",
		".state/treeState1234567":      "checkpoint",
		".state/writing-1234567":       "checkpoint",
		auditlog.KeysPath(1):           "keys/000",
		auditlog.SealedPath(1):         "sealed/000",
		auditlog.SealedPath(1_234_567): "sealed/000",
	} {
		put(t, dir, name, want[from])
	}
	// Bodies and keys of leaves that the tree did not get, the last not written to its end.
	put(t, dir, "sealed/000", slices.Concat(want["sealed/000"], want["sealed/000"][:1000]))
	put(t, dir, "keys/000", slices.Concat(want["keys/000"], []byte("rogatory keys 1\n")))
	l = open(t, dir)
	if diff := cmp.Diff(want, published(t, dir)); diff != "" {
		t.Errorf("left behind (-want +got):\n%s", diff)
	}
	add(t, l, []mla.Event{stray}, 1)
	shut(t, l)
	checked(t, dir)
	if left, err := filepath.Glob(filepath.Join(dir, auditlog.StateDir, "*1234567")); err != nil || len(left) > 0 {
		t.Errorf("left in the private directory: %v, %v", left, err)
	}
}

// A kill may come between two writes of the leaves of one append. Bodies and keys of all are on disk then.
func TestOpenGoesOnFromAnAppendWrittenByHalves(t *testing.T) {
	for _, kept := range []int{1, 2, 3, 5, 255, 256, 257} {
		half, whole := t.TempDir(), t.TempDir()
		long := slices.Concat(events("c-0", 60), events("c-1", 60), events("c-2", 60), events("c-3", 60), events("c-4", 60))
		l := open(t, half)
		add(t, l, long[:kept], 64)
		shut(t, l)
		l = open(t, whole)
		add(t, l, long, 64)
		shut(t, l)
		for name, raw := range published(t, whole) {
			if strings.HasPrefix(name, "sealed/") || strings.HasPrefix(name, "keys/") {
				put(t, half, name, raw)
			}
		}
		l = open(t, half)
		shut(t, l)
		if r := checked(t, half); r.Size != uint64(kept) {
			t.Errorf("%d leaves, want %d", r.Size, kept)
		}
		l = open(t, half)
		add(t, l, long, 50)
		shut(t, l)
		checked(t, half)
		if diff := cmp.Diff(leaves(t, whole), leaves(t, half)); diff != "" {
			t.Errorf("from %d leaves on:\n%.300s", kept, diff)
		}
		for _, name := range []string{"sealed/000", "sealed/001"} {
			if !bytes.Equal(published(t, whole)[name], published(t, half)[name]) {
				t.Errorf("from %d leaves on: %s differs", kept, name)
			}
		}
	}
}

func TestOpenLeavesStrangersForTheVerifier(t *testing.T) {
	dir := t.TempDir()
	shut(t, open(t, dir))
	strangers := []string{"sealed/README", "keys/ab/README", "keys/0000", "sealed/1", "tile/notes.txt", "notes/1"}
	for _, name := range strangers {
		put(t, dir, name, nil)
	}
	shut(t, open(t, dir))
	found := objections(t, dir)
	for _, name := range strangers {
		if !slices.ContainsFunc(found, func(f verify.Finding) bool { return f.File == name }) {
			t.Errorf("%s is gone: findings %v", name, found)
		}
	}
}

func TestRoleKeysAreKeptAndReused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	k, err := auditlog.OpenKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(k) != len(mla.Roles)-1 || k[mla.Public] != nil {
		t.Errorf("keys of %d roles, want one each but for the public", len(k))
	}
	drop(t, dir, "court.key")
	again, err := auditlog.OpenKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	for r := range k {
		if same := again[r].String() == k[r].String(); same != (r != mla.Court) {
			t.Errorf("%s: same key again: %v", r, same)
		}
		info, err := os.Stat(filepath.Join(dir, string(r)+".key"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v, want mode 0600", r, info, err)
		}
	}
	if err := auditlog.SaveKeys(dir, k); err == nil || !strings.Contains(err.Error(), "court.key") {
		t.Errorf("another key was saved over court.key: %v", err)
	}
	put(t, dir, "auditor.key", []byte("not a key\n"))
	if _, err := auditlog.OpenKeys(dir); err == nil || !strings.Contains(err.Error(), "auditor.key") {
		t.Errorf("a damaged key file was not named: %v", err)
	}
}

func put(t testing.TB, dir, name string, raw []byte) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, raw, 0o644)); err != nil {
		t.Fatal(err)
	}
}

func drop(t testing.TB, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}

// cut takes the last byte off a file.
func cut(t testing.TB, dir, name string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, name, raw[:len(raw)-1])
}

func flip(t testing.TB, dir, name string, at int) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	raw[at] ^= 1
	put(t, dir, name, raw)
}
