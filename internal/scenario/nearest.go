package scenario

import (
	"strings"

	"rogatory/internal/fault"
)

// suggest says which of the words was probably meant; where none is near it lists them.
func suggest(word string, words []string) string {
	best, at := "", max(2, len(word)/3)+1
	if len(word) <= 100 {
		for _, w := range words {
			if d := fault.Distance(strings.ToLower(word), w); d < at {
				best, at = w, d
			}
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return "one of: " + strings.Join(words, ", ")
}

// quoted writes a word of the file for a message, shortened where it is long.
func quoted(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return `"` + s + `"`
}
