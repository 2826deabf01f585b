package scenario_test

import (
	"fmt"
	"slices"
	"strings"
)

// oneOf refuses a word outside a set, with the nearest of the set.
func oneOf(what, word string, set []string) error {
	if slices.Contains(set, word) {
		return nil
	}
	for _, s := range set {
		if strings.Contains(s, word) || strings.Contains(word, s) {
			return fmt.Errorf("unknown %s %q (did you mean %s?)", what, word, s)
		}
	}
	return fmt.Errorf("unknown %s %q (there are %d)", what, word, len(set))
}
