package docket

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// Version is this software's, as manifests give it.
const Version = "0.1.0"

// Manifest says what a run was made of. The same manifest gives the same events and the same logs.
type Manifest struct {
	Version     string   `json:"version"`
	Case        string   `json:"case"`
	CaseID      string   `json:"case_id"`
	CaseDigest  string   `json:"case_digest"` // sha256 of the case file
	Instruments []string `json:"instruments"`
	Safeguards  []string `json:"safeguards,omitempty"`
	Yields      []string `json:"yields,omitempty"` // a reading of instruments that each give way to the other
	Policy      string   `json:"policy"`           // digest of the bundle
	Seed        string   `json:"seed"`
	Clock       Clock    `json:"clock"`
	Caveat      string   `json:"caveat"`
}

// ErrOther says that the directory holds something else than this run. The caller takes another directory, or gives the
// command that made it.
var ErrOther = errors.New("the directory is taken")

// Names in the directory of a run.
const (
	manifestFile   = "manifest.json"
	resultFile     = "result.json"
	caseFile       = "case.yaml"
	stipulatedFile = "stipulated.json"
	policyDir      = "policy"
	spoolDir       = "spool"
	serverFile     = "temporal.db"
)

// claim makes the directory this run's, or finds that it is already. It reports whether the run is complete.
func claim(dir string, m Manifest) (complete bool, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, manifestFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, fmt.Errorf("%w: %s: %w", ErrOther, dir, err)
		}
		if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !partial(e.Name()) }) {
			return false, fmt.Errorf("%w: %s is not empty and holds no run; give an empty or new directory", ErrOther, dir)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return false, fmt.Errorf("%w: %w", ErrOther, err)
		}
		return false, writeJSON(filepath.Join(dir, manifestFile), m)
	case err != nil:
		return false, fmt.Errorf("%w: %w", ErrOther, err)
	}
	var have Manifest
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&have); err != nil {
		return false, fmt.Errorf("%w: %s: %w", ErrOther, filepath.Join(dir, manifestFile), err)
	}
	a, _ := json.Marshal(have)
	b, _ := json.Marshal(m)
	if !bytes.Equal(a, b) {
		return false, fmt.Errorf("%w: %s holds a run of %s under %v with safeguards %v (clock %s, seed %s) on other inputs; give another directory",
			ErrOther, dir, have.Case, have.Instruments, have.Safeguards, have.Clock, have.Seed)
	}
	_, err = os.Stat(filepath.Join(dir, resultFile))
	return err == nil, nil
}

// partial reports whether a name is that of a manifest that was being written when a process died.
func partial(name string) bool { return strings.HasPrefix(name, "."+manifestFile) }

// keepBundle writes the law of the case beside it.
func keepBundle(dir string, b *policies.Bundle) error {
	files := b.Files()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, policyDir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := renameio.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}

func writeJSON(path string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return renameio.WriteFile(path, append(raw, '\n'), 0o644)
}

// stipulated is the layer the procedure cannot reach, kept for those who compare.
type stipulated struct {
	Facts mla.Facts      `json:"facts"`
	Truth scenario.Truth `json:"truth"`
}
