package policies

import (
	"errors"
	"fmt"
	"io/fs"

	"rogatory/internal/mla"
)

// Check reports everything Load would, and facts that nothing reads.
func Check(fsys fs.FS) []Fault {
	b, faults := load(fsys)
	if b != nil {
		faults = append(faults, b.unused()...)
	}
	return faults.sorted()
}

// unused reports facts that no rule, offence or test reads and that say of no other purpose.
func (b *Bundle) unused() (faults Faults) {
	read := map[mla.Path]bool{otherTreaty: true}
	for _, a := range b.language.atoms {
		for _, f := range a.facts {
			read[f.Path] = true
		}
	}
	for _, f := range b.facts {
		if !read[f.Path] && f.Purpose == "" {
			faults = append(faults, Fault{File: "facts.yaml", Line: f.line, Column: f.column,
				Message: fmt.Sprintf("nothing reads the fact %s", f.Path), Fix: "remove it, or say under purpose what it is for"})
		}
	}
	return faults
}

// tooLarge compiles the law of every pair under every instrument, and reports what goes beyond bounds.
func (b *Bundle) tooLarge() (faults Faults) {
	for _, id := range b.InstrumentIDs() {
		for _, requesting := range b.StateIDs() {
			for _, requested := range b.StateIDs() {
				if requesting == requested {
					continue
				}
				if _, err := b.Law(Pair{Instruments: []string{id}, Requesting: requesting, Requested: requested}); err != nil {
					var fault Fault
					if !errors.As(err, &fault) {
						fault = Fault{File: "regimes/" + id + ".yaml", Message: err.Error()}
					}
					return append(faults, fault)
				}
			}
		}
	}
	return faults
}
