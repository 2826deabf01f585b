package auditlog_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

var update = flag.Bool("update", false, "write testdata anew")

// The sample log freezes the format: a change that moves one byte of a leaf, a body or a path shows as a diff. After
// a change that is meant to, run the test with -update.
func TestTheSampleLogIsWhatTheWriterMakes(t *testing.T) {
	const sample = "testdata/alder"
	keys, err := auditlog.OpenKeys("testdata/keys")
	if err != nil {
		t.Fatal(err)
	}
	dir, o := t.TempDir(), options()
	o.Recipients = keys.Recipients()
	l, err := auditlog.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	add(t, l, events("c-1", 8), 3)
	shut(t, l)
	made := published(t, dir)
	if *update {
		if err := os.RemoveAll(sample); err != nil {
			t.Fatal(err)
		}
		for name, raw := range made {
			put(t, sample, name, raw)
		}
	}
	kept := published(t, sample)
	for _, files := range []map[string][]byte{made, kept} {
		for name := range files {
			if strings.HasPrefix(name, "keys/") {
				files[name] = nil // age draws fresh keys each time
			}
		}
	}
	if diff := cmp.Diff(kept, made); diff != "" {
		t.Errorf("testdata (-kept +made):\n%s", diff)
	}
	checked(t, sample)
	readable := 0
	for _, s := range read(t, sample, keys.Identities(mla.Auditor)...) {
		if s.Event != nil {
			readable++
		}
	}
	if readable != 4 {
		t.Errorf("the auditor's key opens %d of 8 events, want 4", readable)
	}
	if left, err := filepath.Glob(sample + "/.*"); err != nil || len(left) > 0 {
		t.Errorf("private files in testdata: %v, %v", left, err)
	}
}
