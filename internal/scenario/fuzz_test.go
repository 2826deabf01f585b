package scenario

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Whatever a file holds, it gives a case or faults that name it, the same each time, and never a panic.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"cases/*.yaml", "testdata/*.yaml", "testdata/bad/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("no seed matches %s", pattern)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	v := newFixed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip("the parser's time is bounded by limits of their own test")
		}
		c, err := Parse("fuzz.yaml", data, v)
		again, err2 := Parse("fuzz.yaml", data, v)
		switch {
		case (c == nil) == (err == nil):
			t.Fatalf("case %v and error %v", c, err)
		case (again == nil) != (c == nil):
			t.Fatalf("first %v, then %v", err, err2)
		case err == nil:
			if c.ID == "" || c.Horizon < 1 || c.Requesting == c.Requested || len(c.Regimes) == 0 {
				t.Fatalf("accepted %+v", c)
			}
			return
		case err.Error() != err2.Error():
			t.Fatalf("first %v, then %v", err, err2)
		}
		var faults Faults
		if !errors.As(err, &faults) || len(faults) == 0 || len(faults) > maxFaults {
			t.Fatalf("error %T with %d faults", err, len(faults))
		}
		for _, x := range faults {
			if x.File != "fuzz.yaml" || x.Message == "" || x.Line < 0 || x.Line > 0 && x.Column < 1 || len(x.Detail()) > 64<<10 {
				t.Fatalf("fault %+v", x)
			}
		}
	})
}
