package policies

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with a law file: where, what, and what to do about it.
type Fault struct {
	File    string
	Line    int // from 1; 0 when the fault is the file's, not a line's
	Column  int // from 1
	Excerpt string
	Message string
	Fix     string
}

// Error writes file:line:column: message (fix).
func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	b.WriteString(": " + f.Message)
	if f.Fix != "" {
		b.WriteString(" (" + f.Fix + ")")
	}
	return b.String()
}

// Detail writes the fault with the offending line and a caret under its column.
func (f Fault) Detail() string {
	if f.Excerpt == "" {
		return f.Error()
	}
	pad := strings.Map(func(r rune) rune {
		if r == '\t' {
			return '\t'
		}
		return ' '
	}, firstRunes(f.Excerpt, f.Column-1))
	return f.Error() + "\n    " + f.Excerpt + "\n    " + pad + "^"
}

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
		if d := distance(word, string(c)); d < at || d == at && best == "" && d <= len(word)/3 {
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
