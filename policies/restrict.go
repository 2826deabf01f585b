package policies

import (
	"slices"

	"rogatory/internal/mla"
)

// unknownClass stands for a fact of which nothing is known.
const unknownClass = -1

// restriction puts known values into a law's diagrams. It is scratch space, used again and again.
type restriction struct {
	on    *diagram
	known []int16 // class of each fact's value, or unknownClass
	width []int32 // number of classes of each fact

	memo   []int32 // by node of on: the restricted node, where stamp is current
	stamp  []uint32
	now    uint32
	fresh  diagram
	chains map[uint64][]int32
	kids   []int32
	asked  []bool
	seen   []bool
}

func newRestriction(d *diagram, c []classes) *restriction {
	r := &restriction{on: d, known: make([]int16, len(c)), width: make([]int32, len(c)), memo: make([]int32, len(d.nodes)),
		stamp: make([]uint32, len(d.nodes)), chains: map[uint64][]int32{}, asked: make([]bool, len(c))}
	for i := range c {
		r.width[i] = int32(len(c[i].first))
	}
	r.clear()
	return r
}

// clear forgets every known value.
func (r *restriction) clear() {
	for i := range r.known {
		r.known[i] = unknownClass
	}
	r.now++
	if r.now == 0 {
		clear(r.stamp)
		r.now = 1
	}
	r.fresh.nodes, r.fresh.kids = r.fresh.nodes[:0], r.fresh.kids[:0]
	clear(r.chains)
}

// decide returns what the known values make of a condition: never, always, or a restricted node that is neither.
func (r *restriction) decide(id int32) int32 {
	for id >= inner {
		n := r.on.nodes[id-inner]
		c := r.known[n.fact]
		if c == unknownClass {
			return r.restrict(id)
		}
		id = r.on.kids[n.first+int32(c)]
	}
	return id
}

func (r *restriction) answer(id int32) mla.Answer {
	switch r.decide(id) {
	case never:
		return mla.No
	case always:
		return mla.Yes
	}
	return mla.Unknown
}

func (r *restriction) restrict(id int32) int32 {
	if id < inner {
		return id
	}
	i := id - inner
	if r.stamp[i] == r.now {
		return r.memo[i]
	}
	n := r.on.nodes[i]
	var out int32
	if c := r.known[n.fact]; c != unknownClass {
		out = r.restrict(r.on.kids[n.first+int32(c)])
	} else {
		from := len(r.kids)
		for k := range r.width[n.fact] {
			kid := r.restrict(r.on.kids[n.first+k])
			r.kids = append(r.kids, kid)
		}
		out = r.ask(n.fact, r.kids[from:])
		r.kids = r.kids[:from]
	}
	r.stamp[i], r.memo[i] = r.now, out
	return out
}

// ask returns the reduced restricted node.
func (r *restriction) ask(fact int32, kids []int32) int32 {
	hash, same := uint64(fact)+14695981039346656037, true
	for _, k := range kids {
		same = same && k == kids[0]
		hash = (hash ^ uint64(k)) * 1099511628211
	}
	if same {
		return kids[0]
	}
	for _, id := range r.chains[hash] {
		n := r.fresh.nodes[id-inner]
		if n.fact == fact && slices.Equal(r.fresh.kids[n.first:int(n.first)+len(kids)], kids) {
			return id
		}
	}
	id := inner + int32(len(r.fresh.nodes))
	r.fresh.nodes = append(r.fresh.nodes, node{fact, int32(len(r.fresh.kids))})
	r.fresh.kids = append(r.fresh.kids, kids...)
	r.chains[hash] = append(r.chains[hash], id)
	return id
}

// missing lists, in order, the facts that a restricted node still asks.
func (r *restriction) missing(id int32, facts []*Fact) []mla.Path {
	clear(r.asked)
	r.seen = append(r.seen[:0], make([]bool, len(r.fresh.nodes))...)
	r.visit(id)
	var out []mla.Path
	for i, asked := range r.asked {
		if asked {
			out = append(out, facts[i].Path)
		}
	}
	slices.Sort(out)
	return out
}

func (r *restriction) visit(id int32) {
	if id < inner || r.seen[id-inner] {
		return
	}
	r.seen[id-inner] = true
	n := r.fresh.nodes[id-inner]
	r.asked[n.fact] = true
	for k := range r.width[n.fact] {
		r.visit(r.fresh.kids[n.first+k])
	}
}
