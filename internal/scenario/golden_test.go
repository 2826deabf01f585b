package scenario

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every file in testdata/bad has one mistake. What a reader is told about it, down to the caret, is in the file beside it.
func TestEachMistakeIsNamedWithItsPlace(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 20 {
		t.Fatalf("found %d broken files, error %v", len(files), err)
	}
	v := newFixed(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			file = filepath.ToSlash(file)
			c, err := Load(file, v)
			var faults Faults
			if !errors.As(err, &faults) || len(faults) == 0 || c != nil {
				t.Fatalf("Load gave %v and the error %v, want Faults", c, err)
			}
			if !strings.HasPrefix(err.Error(), file+":") {
				t.Errorf("the error does not begin with the file's name: %s", err)
			}
			again, _ := os.ReadFile(file)
			if _, err2 := Parse(file, again, v); err2 == nil || err2.Error() != err.Error() {
				t.Errorf("a second reading says something else: %v", err2)
			}
			got := faults.Detail() + "\n"
			golden := strings.TrimSuffix(file, ".yaml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if n := len(faults); n != 1 && !strings.Contains(file, "several") {
				t.Errorf("one mistake is reported as %d faults", n)
			}
			whole := []string{"empty", "only-comments"}
			if f := faults[0]; f.Line < 1 && !contains(whole, file) {
				t.Errorf("the first fault has no line: %+v", f)
			}
		})
	}
}

func contains(words []string, file string) bool {
	for _, w := range words {
		if filepath.Base(file) == w+".yaml" {
			return true
		}
	}
	return false
}

// The file that the broken ones are made from has nothing wrong.
func TestTheFileBehindTheBrokenOnesLoads(t *testing.T) {
	for _, file := range []string{"testdata/small.yaml", "testdata/small-taught.yaml", "testdata/small-after.yaml"} {
		if _, err := Load(file, newFixed(t)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := Load("testdata/small.yaml", newFixed(t)); err != nil {
		t.Fatal(err)
	}
}
