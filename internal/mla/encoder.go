package mla

import "reflect"

// Encoder writes the canonical bytes of events, as AppendCanonical does, and remembers those of the facts and the findings it
// has met: the events of a case share them, and so do cases of a population. Nothing that it was given may change afterwards.
// The zero Encoder is ready; it is for one goroutine at a time.
type Encoder struct {
	encoder encoder
	memory  memory
}

// Append appends the canonical bytes of an event to b. An error says why it has none.
func (x *Encoder) Append(b []byte, v *Event) ([]byte, error) {
	x.encoder = encoder{b: b, memory: &x.memory}
	x.encoder.event(v)
	return x.encoder.b, x.encoder.err
}

// memory finds the bytes of lists by which list it is, not by what it holds. A nil memory remembers nothing.
type memory struct {
	facts    map[uintptr]writtenFacts
	findings map[*Finding]writtenFindings
	size     int // bytes
}

type writtenFacts struct {
	of  Facts // kept, so that its address stays its own
	raw []byte
}

type writtenFindings struct {
	length int
	raw    []byte
}

// remembered bounds the bytes of a memory; beyond it the memory starts anew. Lists of fewer entries than worthwhile are
// written as fast as they are found.
const (
	remembered = 24 << 20
	worthwhile = 4
)

func (m *memory) ofFacts(f Facts) (raw []byte, ok bool) {
	if m == nil || len(f) < worthwhile {
		return nil, false
	}
	w, ok := m.facts[reflect.ValueOf(f).Pointer()]
	return w.raw, ok
}

func (m *memory) keepFacts(f Facts, raw []byte) {
	if m == nil || len(f) < worthwhile {
		return
	}
	m.grow(len(raw))
	m.facts[reflect.ValueOf(f).Pointer()] = writtenFacts{f, append([]byte(nil), raw...)}
}

func (m *memory) ofFindings(list []Finding) (raw []byte, ok bool) {
	if m == nil || len(list) < worthwhile {
		return nil, false
	}
	w, ok := m.findings[&list[0]]
	return w.raw, ok && w.length == len(list)
}

func (m *memory) keepFindings(list []Finding, raw []byte) {
	if m == nil || len(list) < worthwhile {
		return
	}
	m.grow(len(raw))
	m.findings[&list[0]] = writtenFindings{len(list), append([]byte(nil), raw...)}
}

// grow makes room for so many bytes.
func (m *memory) grow(n int) {
	if m.facts == nil || m.size+n > remembered {
		*m = memory{facts: map[uintptr]writtenFacts{}, findings: map[*Finding]writtenFindings{}}
	}
	m.size += n
}
