package scenario

import "strings"

// suggest says which of the words was probably meant; where none is near it lists them.
func suggest(word string, words []string) string {
	best, at := "", max(2, len(word)/3)+1
	if len(word) <= 100 {
		for _, w := range words {
			if d := distance(strings.ToLower(word), w); d < at {
				best, at = w, d
			}
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return "one of: " + strings.Join(words, ", ")
}

// distance counts the insertions, deletions and substitutions between a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			d := diagonal
			if a[i] != b[j] {
				d++
			}
			diagonal = row[j+1]
			row[j+1] = min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// quoted writes a word of the file for a message, shortened where it is long.
func quoted(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "..."
	}
	return `"` + s + `"`
}
