package scenario

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"

	"rogatory/internal/mla"
)

// fixed is a vocabulary that the growing law does not move: the declared facts, two States, two instruments, four rules.
type fixed struct {
	facts map[string]declared
	paths []string
}

type declared struct {
	Path    string   `yaml:"path"`
	Type    string   `yaml:"type"`
	Domain  []string `yaml:"domain"`
	Min     int64    `yaml:"min"`
	Max     int64    `yaml:"max"`
	KnownBy string   `yaml:"known_by"`
}

func newFixed(t testing.TB) fixed {
	t.Helper()
	raw, err := os.ReadFile("../../policies/facts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Facts []declared `yaml:"facts"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	v := fixed{facts: map[string]declared{}}
	for _, f := range file.Facts {
		v.facts[f.Path] = f
		v.paths = append(v.paths, f.Path)
	}
	return v
}

func (v fixed) CheckFact(p mla.Path, x mla.Value) error {
	f, ok := v.facts[string(p)]
	if !ok {
		return fmt.Errorf("unknown fact %s (%s)", p, suggest(string(p), v.paths))
	}
	if f.KnownBy == "law" {
		return fmt.Errorf("fact %s follows from the instruments and State files (leave it out)", p)
	}
	if _, is := x.AsBool(); f.Type == "bool" && !is {
		return fmt.Errorf("%s: want true or false, got %s", p, x)
	}
	if n, is := x.AsInt(); f.Type == "int" && (!is || n < f.Min || n > f.Max) {
		return fmt.Errorf("%s: want a whole number from %d to %d, got %s", p, f.Min, f.Max, x)
	}
	if w, is := x.AsWord(); f.Type == "word" && (!is || !slices.Contains(f.Domain, w)) {
		return fmt.Errorf("%s cannot be %s (%s)", p, x, suggest(w, f.Domain))
	}
	return nil
}

func (fixed) CheckRule(id string) error {
	return among("rule", id, []string{"uncc/40(8)", "uncc/40(21)(b)", "uncc/40(22)", "budapest/27(4)(a)"})
}

func (fixed) CheckState(s mla.State) error {
	return among("State", string(s), []string{"alder", "cassia"})
}

func (fixed) CheckInstrument(id string) error {
	return among("instrument", id, []string{"uncc", "budapest"})
}

func among(what, word string, set []string) error {
	if slices.Contains(set, word) {
		return nil
	}
	return fmt.Errorf("unknown %s %s (%s)", what, quoted(word), suggest(word, set))
}

func (v fixed) CheckSafeguards(ids []string) error {
	for _, id := range ids {
		if known := []string{"L02", "L05"}; !slices.Contains(known, id) {
			return fmt.Errorf("unknown safeguard %q (%s)", id, suggest(id, known))
		}
	}
	return nil
}
