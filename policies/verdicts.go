package policies

import "rogatory/internal/mla"

// Knowledge is what one role knows, put into the numbers that a law's diagrams use, with the room to answer in. It is for
// one goroutine at a time; a population keeps one for each law and fills it anew for each case.
type Knowledge struct {
	law   *Law
	known []int16 // class of each fact's value, or unknownClass
	reach []uint8 // by node: which ends can be reached from it, where stamp is current
	stamp []uint32
	now   uint32
}

// The ends of a diagram, as a set.
const (
	reachesNo  uint8 = 1
	reachesYes uint8 = 2
	reachesAny       = reachesNo | reachesYes
)

// Knowledge makes room to answer from the law, with nothing known.
func (l *Law) Knowledge() *Knowledge {
	k := &Knowledge{law: l, known: make([]int16, len(l.bundle.facts)), reach: make([]uint8, len(l.diagram.nodes)),
		stamp: make([]uint32, len(l.diagram.nodes))}
	k.Forget()
	return k
}

// Forget empties the knowledge, so that it can be used for another case.
func (k *Knowledge) Forget() {
	for i := range k.known {
		k.known[i] = unknownClass
	}
	k.stale()
}

func (k *Knowledge) stale() {
	k.now++
	if k.now == 0 {
		clear(k.stamp)
		k.now = 1
	}
}

// Learn makes a fact known, and reports whether it can be: whether there is such a fact, a case can give it, and it can
// have the value.
func (k *Knowledge) Learn(path mla.Path, v mla.Value) bool {
	f := k.law.bundle.byPath[path]
	if f == nil || f.KnownBy == LawSays {
		return false
	}
	n, ok := f.number(v)
	if ok {
		k.known[f.index] = k.law.bundle.classes[f.index].of[n]
		k.stale()
	}
	return ok
}

// Read learns what the letter gives, as Assess reads it, and what is known beside it.
func (k *Knowledge) Read(req mla.Request, known mla.Facts) {
	for path, v := range known {
		k.Learn(path, v)
	}
	eachOfLetter(req, func(path mla.Path, v mla.Value) { k.Learn(path, v) })
}

// Grounds lists the rules of a stage that can be raised as grounds, in the order in which Verdicts answers them.
func (l *Law) Grounds(stage mla.Stage) (out []string) {
	plan := l.stages[stage]
	if plan == nil {
		return nil
	}
	for _, i := range plan.grounds {
		out = append(out, plan.rules[i].rule.ID)
	}
	return out
}

// Verdicts appends to dst the answer of every ground of a stage, in the order of Grounds, and returns it. It allocates
// nothing where dst has room. Its answers are those of Assess; reasons and what is missing are Assess's and Why's to give.
func (l *Law) Verdicts(dst []mla.Answer, stage mla.Stage, k *Knowledge) []mla.Answer {
	plan := l.stages[stage]
	if plan == nil || k.law != l {
		return dst
	}
	for _, i := range plan.grounds {
		dst = append(dst, k.answer(plan.rules[i].holds))
	}
	return dst
}

func (k *Knowledge) answer(id int32) mla.Answer {
	switch k.ends(id) {
	case reachesNo:
		return mla.No
	case reachesYes:
		return mla.Yes
	}
	return mla.Unknown
}

// ends returns which ends some completion of the unknown facts reaches. A fact is asked once on each path, so each path
// is a completion; and nothing beyond both ends is worth looking for.
func (k *Knowledge) ends(id int32) uint8 {
	d := &k.law.diagram
	for id >= inner {
		n := d.nodes[id-inner]
		c := k.known[n.fact]
		if c != unknownClass {
			id = d.kids[n.first+int32(c)]
			continue
		}
		if k.stamp[id-inner] == k.now {
			return k.reach[id-inner]
		}
		width := int32(len(k.law.bundle.classes[n.fact].first))
		var out uint8
		for _, kid := range d.kids[n.first : n.first+width] {
			if out |= k.ends(kid); out == reachesAny {
				break
			}
		}
		k.stamp[id-inner], k.reach[id-inner] = k.now, out
		return out
	}
	if id == always {
		return reachesYes
	}
	return reachesNo
}

// Uses lists, in the order of their declaration, the facts a case can give that bear on any of the stages.
func (l *Law) Uses(stages ...mla.Stage) (out []Fact) {
	for _, f := range l.bundle.facts {
		if f.KnownBy != RequestingKnows && f.KnownBy != RequestedKnows {
			continue
		}
		for _, s := range stages {
			if plan := l.stages[s]; plan != nil && plan.used[f.index] {
				out = append(out, *f)
				break
			}
		}
	}
	return out
}
