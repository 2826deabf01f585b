package auditlog_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"rogatory/internal/auditlog"
)

// sumdbSays is the judgement of a verifier that knows nothing but golang.org/x/mod/sumdb: it checks every leaf against
// the signed root by its proof, read from the tiles. It wants the tiles of x/mod at height 8, whose paths differ from
// those of tlog-tiles in having the height, and in their word for entries.
func sumdbSays(dir string) error {
	read := func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))) }
	key, err := read("log.vkey")
	if err != nil {
		return err
	}
	v, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	raw, err := read("checkpoint")
	if err != nil {
		return err
	}
	n, err := note.Open(raw, note.VerifierList(v))
	if err != nil {
		return err
	}
	var tree tlog.Tree
	var root string
	if _, err := fmt.Sscanf(n.Text, v.Name()+"\n%d\n%s\n", &tree.N, &root); err != nil {
		return err
	}
	if tree.Hash, err = tlog.ParseHash(root); err != nil {
		return err
	}
	path := func(t tlog.Tile) string {
		rest := strings.TrimPrefix(t.Path(), "tile/8/")
		return "tile/" + strings.Replace(rest, "data/", "entries/", 1)
	}
	hashes := tlog.TileHashReader(tree, tileReader{func(t tlog.Tile) ([]byte, error) { return read(path(t)) }})
	for at := int64(0); at < tree.N; {
		t := tlog.Tile{H: 8, L: -1, N: at / 256, W: int(min(256, tree.N-at))}
		bundle, err := read(path(t))
		if err != nil {
			return err
		}
		for ; len(bundle) > 0; at++ {
			size := 2 + int(binary.BigEndian.Uint16(bundle))
			proof, err := tlog.ProveRecord(tree.N, at, hashes)
			if err != nil {
				return err
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, at, tlog.RecordHash(bundle[2:size])); err != nil {
				return fmt.Errorf("leaf %d: %w", at, err)
			}
			bundle = bundle[size:]
		}
	}
	return nil
}

type tileReader struct {
	read func(tlog.Tile) ([]byte, error)
}

func (tileReader) Height() int { return 8 }

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, t := range tiles {
		raw, err := r.read(t)
		if err != nil {
			return nil, err
		}
		out[i] = raw
	}
	return out, nil
}

func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

func TestAVerifierOfSumdbAloneAgrees(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	for _, c := range []string{"c-1", "c-2", "c-3", "c-4", "c-5"} {
		add(t, l, events(c, 60), 60)
	}
	shut(t, l)
	if err := sumdbSays(dir); err != nil {
		t.Errorf("an untouched log: %v", err)
	}
	for _, name := range []string{"tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/1/000.p/1", auditlog.CheckpointPath} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		flip(t, dir, name, len(raw)/2)
		if err := sumdbSays(dir); err == nil {
			t.Errorf("%s was changed, and x/mod/sumdb accepts it", name)
		}
		put(t, dir, name, raw)
	}
}
