package policies

import (
	"reflect"
	"strconv"

	"rogatory/internal/mla"
)

// Memory keeps lists of findings and of used facts that a law has given before, so that a population, which asks the same
// over and over, holds each list once. What it gives is shared, and what it was asked on it knows again by which facts it is:
// nobody may change either. It is for one goroutine at a time.
type Memory struct {
	law      *Law
	findings map[string][]mla.Finding
	used     map[string]mla.Facts
	key      []byte
	numbered [2]numbered // met last: a case asks on what is known and on what is stipulated, stage after stage
}

// numbered are facts by the place of their declaration: the number of each value, or none.
type numbered struct {
	of      mla.Facts
	numbers []int32
}

const none = -1

// Memory makes an empty one.
func (l *Law) Memory() *Memory {
	return &Memory{law: l, findings: map[string][]mla.Finding{}, used: map[string]mla.Facts{}}
}

// Assess says what Law.Assess says.
func (m *Memory) Assess(stage mla.Stage, req mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	return m.law.assess(m, stage, req, known, method)
}

// remembered bounds each of the two; beyond it the memory starts anew. A population has a memory for each pair of States.
const remembered = 1 << 8

func (m *Memory) findingsOf(l *Law, stage mla.Stage, plan *stagePlan, r *restriction) []mla.Finding {
	k := append(m.key[:0], stage...)
	for i := range plan.rules {
		switch id := r.decide(plan.rules[i].holds); id {
		case never:
			k = append(k, 'n')
		case always:
			k = append(k, 'y')
		default:
			k = append(k, '?')
			for _, p := range r.missing(id, l.bundle.facts) {
				k = append(append(k, p...), ' ')
			}
		}
	}
	m.key = k
	out, ok := m.findings[string(k)]
	if !ok {
		if len(m.findings) == remembered {
			clear(m.findings)
		}
		out = l.findings(plan, r)
		m.findings[string(k)] = out
	}
	return out
}

// number gives the numbers of the values of facts.
func (m *Memory) number(known mla.Facts) []int32 {
	same := reflect.ValueOf(known).Pointer()
	for i := range m.numbered {
		if n := &m.numbered[i]; n.of != nil && reflect.ValueOf(n.of).Pointer() == same {
			return n.numbers
		}
	}
	m.numbered[0], m.numbered[1] = m.numbered[1], m.numbered[0]
	n := &m.numbered[0]
	n.of, n.numbers = known, n.numbers[:0]
	for range m.law.bundle.facts {
		n.numbers = append(n.numbers, none)
	}
	for path, v := range known {
		if f := m.law.bundle.byPath[path]; f != nil {
			if number, ok := f.number(v); ok {
				n.numbers[f.index] = int32(number)
			}
		}
	}
	return n.numbers
}

func (m *Memory) usedOf(l *Law, stage mla.Stage, plan *stagePlan, known mla.Facts) mla.Facts {
	k := append(m.key[:0], stage...)
	for i, n := range m.number(known) {
		switch {
		case !plan.used[i]:
		case n == none:
			k = append(k, '-')
		default:
			k = append(strconv.AppendInt(k, int64(n), 36), ' ')
		}
	}
	m.key = k
	out, ok := m.used[string(k)]
	if !ok {
		if len(m.used) == remembered {
			clear(m.used)
		}
		out = l.used(plan, known)
		m.used[string(k)] = out
	}
	return out
}
