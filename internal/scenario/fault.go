package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing wrong with a case file: where, what, and what to do about it.
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

// maxFaults bounds what one file can have reported; a file with more is not a case file.
const maxFaults = 20

// Faults are the faults of one file in the order of its lines, at most maxFaults. Parse and Load return them as their
// error.
type Faults []Fault

// Error writes one fault a line.
func (fs Faults) Error() string { return fs.joined(Fault.Error) }

// Detail writes each fault with its line of the file.
func (fs Faults) Detail() string { return fs.joined(Fault.Detail) }

// Unwrap gives each fault to errors.As.
func (fs Faults) Unwrap() []error {
	errs := make([]error, len(fs))
	for i, f := range fs {
		errs[i] = f
	}
	return errs
}

func (fs Faults) joined(write func(Fault) string) string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = write(f)
	}
	return strings.Join(lines, "\n")
}

func (fs Faults) sorted() Faults {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	fs = slices.Compact(fs)
	return fs[:min(len(fs), maxFaults)]
}
