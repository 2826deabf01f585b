//go:build unix

package verify

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestAPipeKeepsNobodyWaiting puts a pipe that nobody writes to in the place of each file of a log.
func TestAPipeKeepsNobodyWaiting(t *testing.T) {
	const sample = "../testdata/alder"
	var names []string
	if err := filepath.WalkDir(sample, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(sample, name)
			names = append(names, rel)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Check(t.Context(), dir, Options{})
		if err != nil || r.OK() || !strings.HasPrefix(r.Findings[0].String(), filepath.ToSlash(name)) {
			t.Errorf("%s: %v %v", name, r.Findings, err)
		}
		if _, err := Read(t.Context(), dir, nil); err == nil && (strings.HasPrefix(name, "tile/entries") || !strings.Contains(name, "/")) {
			t.Errorf("%s: read as if it were there", name)
		}
	}
}
