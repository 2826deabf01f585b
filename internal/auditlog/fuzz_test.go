package auditlog_test

import (
	"bytes"
	"slices"
	"testing"

	"rogatory/internal/auditlog/verify"
)

// FuzzCheck puts any bytes in the place of any published file: Check must find them, and neither Check nor Read may
// fall over.
func FuzzCheck(f *testing.F) {
	files := published(f, "testdata/alder") // the same in every fuzzing process
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		f.Add(byte(i), files[name])
		f.Add(byte(i), files[names[(i+1)%len(names)]])
		f.Add(byte(i), bytes.Repeat([]byte{0xff}, 70))
	}
	dir := lay(f, files)
	f.Fuzz(func(t *testing.T, which byte, raw []byte) {
		name := names[int(which)%len(names)]
		put(t, dir, name, raw)
		defer put(t, dir, name, files[name])
		found := objections(t, dir)
		if same := bytes.Equal(raw, files[name]); same != (len(found) == 0) {
			t.Errorf("%s replaced by %q (the same: %v): findings %v", name, raw, same, found)
		}
		// An error is fine here; only a panic is not.
		_, _ = verify.Read(t.Context(), dir, nil)
	})
}
