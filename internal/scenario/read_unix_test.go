//go:build unix

package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A file that is no case is refused before it is read.
func TestFilesThatAreNotRead(t *testing.T) {
	v := newFixed(t)
	dir := t.TempDir()
	large := filepath.Join(dir, "large.yaml")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 100<<20); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(dir, "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]string{
		large:                           "104857600 bytes",
		pipe:                            "not a regular file",
		dir:                             "a folder",
		"/dev/zero":                     "not a regular file",
		filepath.Join(dir, "none.yaml"): "no such file",
	} {
		allocated := testing.AllocsPerRun(1, func() {
			_, err := Load(path, v)
			if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), path+": ") {
				t.Errorf("Load(%s) says %v, want %q", path, err, want)
			}
		})
		if allocated > 100 {
			t.Errorf("Load(%s) allocates %v times", path, allocated)
		}
	}
}
