package policies

import (
	"cmp"
	"slices"
	"strings"

	"rogatory/internal/fault"
)

// Fault is one thing wrong with a law file.
type Fault = fault.Fault

// Faults are all faults of a bundle, in the order of files, lines and columns. Load returns them as its error.
type Faults []Fault

// Error writes one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each fault to errors.As.
func (fs Faults) Unwrap() []error {
	errs := make([]error, len(fs))
	for i, f := range fs {
		errs[i] = f
	}
	return errs
}

func (fs Faults) sorted() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(fs)
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:max(0, min(n, len(r)))])
}

// nearest returns the candidate that word was probably meant to be, or "".
func nearest[T ~string](word string, candidates []T) string {
	best, at := "", max(2, len(word)/3)+1
	if len(word) > 200 {
		return ""
	}
	for _, c := range candidates {
		if d := fault.Distance(word, string(c)); d < at || d == at && best == "" && d <= len(word)/3 {
			best, at = string(c), d
		}
	}
	return best
}

// suggest turns the nearest candidate into advice; without one it lists the candidates.
func suggest[T ~string](word string, candidates []T) string {
	if n := nearest(word, candidates); n != "" {
		return "did you mean " + n + "?"
	}
	return "one of: " + listed(candidates)
}

func listed[T ~string](words []T) string {
	s := make([]string, len(words))
	for i, w := range words {
		s[i] = string(w)
	}
	return strings.Join(s, ", ")
}
