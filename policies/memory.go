package policies

import (
	"strconv"

	"rogatory/internal/mla"
)

// Memory keeps lists of findings and of used facts that a law has given before, so that a population, which asks the same
// over and over, holds each list once. What it gives is shared: nobody may change it. It is for one goroutine at a time.
type Memory struct {
	law      *Law
	findings map[string][]mla.Finding
	used     map[string]mla.Facts
	key      []byte
}

// Memory makes an empty one.
func (l *Law) Memory() *Memory {
	return &Memory{law: l, findings: map[string][]mla.Finding{}, used: map[string]mla.Facts{}}
}

// Assess says what Law.Assess says.
func (m *Memory) Assess(stage mla.Stage, req mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	return m.law.assess(m, stage, req, known, method)
}

// remembered bounds each of the two; beyond it the memory starts anew.
const remembered = 1 << 12

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

func (m *Memory) usedOf(l *Law, stage mla.Stage, plan *stagePlan, known mla.Facts) mla.Facts {
	k := append(m.key[:0], stage...)
	for i, f := range l.bundle.facts {
		if !plan.used[i] {
			continue
		}
		v, ok := known[f.Path]
		if !ok {
			k = append(k, '-')
			continue
		}
		n, ok := f.number(v)
		if !ok {
			k = append(k, '-')
			continue
		}
		k = append(strconv.AppendInt(k, int64(n), 36), ' ')
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
