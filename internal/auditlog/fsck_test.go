package auditlog_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"

	"rogatory/internal/auditlog"
)

// tesseraSays is the judgement of Tessera's own checker, which knows the tree and nothing of what is in it.
func tesseraSays(t *testing.T, dir string) error {
	t.Helper()
	key, err := auditlog.VerifierKey(origin, seed)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	hashes := func(raw []byte) ([][]byte, error) {
		var b api.EntryBundle
		if err := b.UnmarshalText(raw); err != nil {
			return nil, err
		}
		var out [][]byte
		for _, e := range b.Entries {
			out = append(out, rfc6962.DefaultHasher.HashLeaf(e))
		}
		return out, nil
	}
	// A worker ends at its first objection, and Check hangs once there are none left to take the other tiles.
	return fsck.New(origin, v, client.FileFetcher{Root: dir}, hashes, fsck.Opts{N: 16}).Check(context.Background())
}

func TestTesserasOwnCheckerAgrees(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	for _, c := range []string{"c-1", "c-2", "c-3", "c-4", "c-5"} {
		add(t, l, events(c, 60), 60)
	}
	shut(t, l)
	if err := tesseraSays(t, dir); err != nil {
		t.Errorf("an untouched log: %v", err)
	}
	if r := checked(t, dir); r.Size != 300 {
		t.Errorf("size %d, want 300", r.Size)
	}
	for _, name := range []string{"tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "checkpoint"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		flip(t, dir, name, len(raw)/2)
		if err := tesseraSays(t, dir); err == nil {
			t.Errorf("%s was changed, and Tessera's checker accepts it", name)
		}
		if len(objections(t, dir)) == 0 {
			t.Errorf("%s was changed, and Check accepts it", name)
		}
		put(t, dir, name, raw)
	}
}
