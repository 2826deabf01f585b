package policies

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"rogatory/internal/mla"
)

// Check reports everything Load would, facts that nothing reads, subjects that one rule has to itself, and rules whose
// condition decides nothing.
func Check(fsys fs.FS) []Fault {
	b, faults := load(fsys)
	if b != nil {
		faults = append(faults, b.unused()...)
		faults = append(faults, b.alone()...)
		faults = append(faults, b.idle()...)
	}
	return faults.sorted()
}

// alone reports subjects that no second rule has, so that nothing is compared by them.
func (b *Bundle) alone() (faults Faults) {
	rules := map[string][]*Rule{}
	for _, r := range b.rules() {
		if r.Subject != "" {
			rules[r.Subject] = append(rules[r.Subject], r)
		}
	}
	for _, subject := range sortedKeys(rules) {
		if r := rules[subject]; len(r) == 1 {
			faults = append(faults, r[0].when.at.doc.faultAt(r[0].Line, 1,
				fmt.Sprintf("no other rule has the subject %s", quoted(subject)), suggestOther(subject, sortedKeys(rules))))
		}
	}
	return faults
}

// suggestOther looks for a word that was meant, among others than itself.
func suggestOther(word string, candidates []string) string {
	candidates = slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return c == word })
	if n := nearest(word, candidates); n != "" {
		return "did you mean " + quoted(n) + "?"
	}
	return "remove it, or give it to the rule that says the same law"
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
			faults = append(faults, f.doc.faultAt(f.line, f.column,
				fmt.Sprintf("nothing reads the fact %s", f.Path), "remove it, or say under purpose what it is for"))
		}
	}
	return faults
}

// tooLarge builds the law of every pair under every instrument, pair beside pair, and reports what goes beyond bounds, and
// what says it always holds and need not. The instruments of a pair share what they ask of its States.
func (b *Bundle) tooLarge() Faults {
	states := b.StateIDs()
	found := make([]Faults, len(states))
	var all sync.WaitGroup
	for i, requesting := range states {
		all.Go(func() { found[i] = b.tooLargeFor(requesting) })
	}
	all.Wait()
	for _, faults := range found {
		if len(faults) > 0 {
			return faults
		}
	}
	return b.safeguardsTooLarge()
}

func (b *Bundle) tooLargeFor(requesting mla.State) Faults {
	for _, requested := range b.StateIDs() {
		if requesting == requested {
			continue
		}
		var build *builder
		for _, id := range b.InstrumentIDs() {
			l, err := b.resolve(Pair{Instruments: []string{id}, Requesting: requesting, Requested: requested})
			if err == nil {
				if build == nil {
					build = newBuilder(l)
				}
				build.law = l
				err = l.plan(build)
			}
			if err != nil {
				return faultsOf(err, "regimes/"+id+".yaml")
			}
		}
	}
	return nil
}

// safeguardsTooLarge compiles each safeguard once, over the first instrument and two States; what its rules ask of the
// States is bounded with the rest.
func (b *Bundle) safeguardsTooLarge() Faults {
	states := b.StateIDs()
	if len(states) < 2 || len(b.regimes) == 0 {
		return nil
	}
	for _, id := range b.SafeguardIDs() {
		if _, err := b.Law(Pair{Instruments: b.InstrumentIDs()[:1], Requesting: states[0], Requested: states[1], Safeguards: []string{id}}); err != nil {
			return faultsOf(err, "safeguards/"+id+".yaml")
		}
	}
	return nil
}

func faultsOf(err error, file string) Faults {
	var fault Fault
	if !errors.As(err, &fault) {
		fault = Fault{File: file, Message: err.Error()}
	}
	return Faults{fault}
}
