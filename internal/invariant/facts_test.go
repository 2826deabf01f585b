package invariant

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"rogatory/internal/mla"
)

// What promise 4 takes as read off the letter or the law is what policies/facts.yaml declares so.
func TestFactsOfLetterAndLawAreAsDeclared(t *testing.T) {
	raw, err := os.ReadFile("../../policies/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var declared struct {
		Facts []struct {
			Path    mla.Path `yaml:"path"`
			KnownBy string   `yaml:"known_by"`
		} `yaml:"facts"`
	}
	if err := yaml.Unmarshal(raw, &declared); err != nil {
		t.Fatal(err)
	}
	if len(declared.Facts) < 30 {
		t.Fatalf("facts.yaml declares %d facts", len(declared.Facts))
	}
	full := letter
	for _, f := range declared.Facts {
		if _, got := letterFact(f.Path, full); got != (f.KnownBy == "letter") {
			t.Errorf("%s is known by %s; read off the letter: %v", f.Path, f.KnownBy, got)
		}
		if got := lawFact(f.Path); got != (f.KnownBy == "law") {
			t.Errorf("%s is known by %s; taken from the law: %v", f.Path, f.KnownBy, got)
		}
	}
}

func TestViolationReadsAsOneLine(t *testing.T) {
	v := Violation{Invariant: 3, Event: "c1/alder/9", Says: "refused names no ground"}
	if got := v.String(); !strings.HasPrefix(got, "invariant 3 at c1/alder/9: ") {
		t.Errorf("got %q", got)
	}
}
