package docket_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rogatory/internal/docket"
)

func TestADirectoryWithHiddenFilesIsNotEmptyAndOneWithAHalfWrittenManifestIs(t *testing.T) {
	o, _ := benchmarked(t)
	o.Clock, o.Dir = docket.Sim, t.TempDir()
	hidden := filepath.Join(o.Dir, ".git")
	if err := os.Mkdir(hidden, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := docket.Run(t.Context(), o); !errors.Is(err, docket.ErrOther) {
		t.Errorf("got %v, want the directory refused", err)
	}
	if err := os.Rename(hidden, filepath.Join(o.Dir, ".manifest.json123")); err != nil {
		t.Fatal(err)
	}
	if _, err := docket.Run(t.Context(), o); err != nil {
		t.Error(err)
	}
}
