// Package fault says what is wrong with a file that a person wrote: where, what, and what to do about it. Law files and case
// files are told of in the same words. It reads no files and knows nothing of what stands in them.
package fault

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with a file: where, what, and what to do about it.
type Fault struct {
	File    string
	Line    int // from 1; 0 when the fault is the file's, not a line's
	Column  int // from 1, in characters
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
	before := []rune(f.Excerpt)
	before = before[:max(0, min(len(before), f.Column-1))]
	pad := strings.Map(func(r rune) rune {
		if r == '\t' {
			return '\t'
		}
		return ' '
	}, string(before))
	return f.Error() + "\n    " + f.Excerpt + "\n    " + pad + "^"
}

// Distance counts the insertions, deletions and substitutions between a and b.
func Distance(a, b string) int {
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
