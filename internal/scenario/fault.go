package scenario

import (
	"cmp"
	"slices"
	"strings"

	"rogatory/internal/fault"
)

// Fault is one thing wrong with a case file.
type Fault = fault.Fault

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
