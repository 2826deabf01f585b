package policies

import (
	"encoding/binary"

	"rogatory/internal/mla"
)

// A condition over facts is kept as a decision diagram: a graph that asks one fact after another, in the order of
// facts.yaml, and ends in no (0) or yes (1). It is reduced: no question whose answers all lead to the same place, and no
// two places that decide alike. So a condition that every completion of the unknown facts decides in the same way *is* 0
// or 1 once the known facts are put in, and the facts it still asks are exactly those that alone can flip some
// completion. That is the definition of unknown and missing, without trying the completions one by one.
type diagram struct {
	nodes []node
	kids  []int32
}

// node asks a fact; its kids, one for each class of the fact's values, begin at first.
type node struct {
	fact  int32
	first int32
}

const (
	never  int32 = 0
	always int32 = 1
	inner  int32 = 2 // nodes are numbered from here
)

// classes numbers the values of a fact so that values no test tells apart share a number.
type classes struct {
	of    []int16 // by the number of the value
	first []int   // one value of each class, the smallest
}

// classify splits the domains of ints by what the tests tell apart, which is what splitting them by the constants they
// are compared with comes to.
func classify(facts []*Fact, atoms map[string]*atom) []classes {
	out := make([]classes, len(facts))
	for _, f := range facts {
		c := classes{of: make([]int16, f.size())}
		if f.Type != IntFact {
			for i := range c.of {
				c.of[i], c.first = int16(i), append(c.first, i)
			}
			out[f.index] = c
			continue
		}
		var about []*atom
		for _, text := range sortedKeys(atoms) {
			for _, g := range atoms[text].facts {
				if g == f {
					about = append(about, atoms[text])
				}
			}
		}
		seen := map[string]int16{}
		for i := range c.of {
			var profile []byte
			for _, a := range about {
				profile = a.profile(profile, f, i)
			}
			class, ok := seen[string(profile)]
			if !ok {
				class = int16(len(c.first))
				seen[string(profile)], c.first = class, append(c.first, i)
			}
			c.of[i] = class
		}
		out[f.index] = c
	}
	return out
}

// profile appends the answers of the test with fact f at its value i.
func (a *atom) profile(b []byte, f *Fact, i int) []byte {
	stride := 1
	for k := len(a.facts) - 1; a.facts[k] != f; k-- {
		stride *= a.facts[k].size()
	}
	for row, holds := range a.table {
		if row/stride%f.size() != i {
			continue
		}
		if holds {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	}
	return b
}

// builder makes diagrams for one pair of States.
type builder struct {
	diagram
	classes []classes
	unique  map[string]int32
	joined  map[[3]int32]int32
	defined map[definedKey][]part
	atoms   map[atomKey]int32
	law     *Law
	full    bool
	key     []byte
}

type definedKey struct {
	path   mla.Path
	regime *Regime
}

type atomKey struct {
	atom   *atom
	regime *Regime
}

// part is one value of a fact, by its number, and the condition under which the fact has it.
type part struct {
	value int
	when  int32
}

// mostNodes bounds the diagrams of one pair, and mostJoins the work of making them.
const (
	mostNodes = 1 << 18
	mostJoins = 1 << 21
)

func newBuilder(l *Law) *builder {
	return &builder{law: l, classes: l.bundle.classes, unique: map[string]int32{}, joined: map[[3]int32]int32{},
		defined: map[definedKey][]part{}, atoms: map[atomKey]int32{}}
}

// ask returns the reduced node that asks a fact.
func (b *builder) ask(fact int32, kids []int32) int32 {
	same := true
	for _, k := range kids {
		same = same && k == kids[0]
	}
	if same {
		return kids[0]
	}
	b.key = binary.LittleEndian.AppendUint32(b.key[:0], uint32(fact))
	for _, k := range kids {
		b.key = binary.LittleEndian.AppendUint32(b.key, uint32(k))
	}
	if id, ok := b.unique[string(b.key)]; ok {
		return id
	}
	if len(b.nodes) >= mostNodes || len(b.joined) >= mostJoins {
		b.full = true
		return never
	}
	id := inner + int32(len(b.nodes))
	b.nodes = append(b.nodes, node{fact, int32(len(b.kids))})
	b.kids = append(b.kids, kids...)
	b.unique[string(b.key)] = id
	return id
}

// The ways of joining two conditions.
const (
	both int32 = iota
	either
)

func (b *builder) join(op, x, y int32) int32 {
	dominant, neutral := never, always
	if op == either {
		dominant, neutral = always, never
	}
	switch {
	case x == dominant || y == dominant:
		return dominant
	case x == neutral || x == y:
		return y
	case y == neutral:
		return x
	case x > y:
		x, y = y, x
	}
	if b.full {
		return never
	}
	key := [3]int32{op, x, y}
	if r, ok := b.joined[key]; ok {
		return r
	}
	nx, ny := b.nodes[x-inner], b.nodes[y-inner]
	fact := min(nx.fact, ny.fact)
	kids := make([]int32, len(b.classes[fact].first))
	for i := range kids {
		kx, ky := x, y
		if nx.fact == fact {
			kx = b.kids[nx.first+int32(i)]
		}
		if ny.fact == fact {
			ky = b.kids[ny.first+int32(i)]
		}
		kids[i] = b.join(op, kx, ky)
	}
	r := b.ask(fact, kids)
	b.joined[key] = r
	return r
}

func (b *builder) not(x int32) int32 {
	if x < inner {
		return 1 - x
	}
	key := [3]int32{-1, x, x}
	if r, ok := b.joined[key]; ok || b.full {
		return r
	}
	n := b.nodes[x-inner]
	kids := make([]int32, len(b.classes[n.fact].first))
	for i := range kids {
		kids[i] = b.not(b.kids[n.first+int32(i)])
	}
	r := b.ask(n.fact, kids)
	b.joined[key] = r
	return r
}

// parts splits what a fact can be into its values and the condition of each.
func (b *builder) parts(f *Fact, r *Regime) []part {
	if f.KnownBy == LawSays {
		if !seenFromInstrument(f) {
			r = nil
		}
		key := definedKey{f.Path, r}
		p, ok := b.defined[key]
		if !ok {
			p = b.define(f, r)
			b.defined[key] = p
		}
		return p
	}
	if f.Path == otherTreaty && b.law.stack.bound[r] != nil {
		return []part{{1, always}}
	}
	c := b.classes[f.index]
	out := make([]part, len(c.first))
	for i, value := range c.first {
		kids := make([]int32, len(c.first))
		kids[i] = always
		out[i] = part{value, b.ask(int32(f.index), kids)}
	}
	return out
}
