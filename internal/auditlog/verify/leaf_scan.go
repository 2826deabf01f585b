package verify

import (
	"strings"
	"time"

	"rogatory/internal/mla"
)

// scan reads a leaf in the one order that its canonical form has, without a JSON decoder. It takes nothing that
// parseLeaf would not, and leaves to it what is not plain: text with escapes or beyond ASCII, and whatever is wrong.
// It checks the form and the readers; the rest is for the caller, who gets the readers' JSON too.
func (r *leafReader) scan(raw string) (l leaf, readers string, ok bool) {
	s := scanner{rest: raw, ok: true}
	s.skip(`{"commitment":"`)
	l.Commitment = s.text()
	s.skip(`,"cover":{"at":"`)
	at := s.text()
	s.skip(`,"case":"`)
	l.Cover.Case = s.text()
	s.skip(`,"kind":"`)
	l.Cover.Kind = mla.Kind(s.text())
	s.skip(`,"party":"`)
	l.Cover.Party = mla.State(s.text())
	s.skip(`,"readers":`)
	readers = s.until(']')
	s.skip(`,"sequence":`)
	l.Cover.Sequence = s.number()
	s.skip(`},"key":"`)
	l.Key = s.text()
	s.skip(`,"sealed":"`)
	l.Sealed = s.text()
	s.skip(`,"v":`)
	l.Version = s.number()
	s.skip(`}`)
	if !s.ok || s.rest != "" {
		return l, "", false
	}
	if l.Cover.Readers, ok = r.readerSet(readers); !ok {
		return l, "", false
	}
	l.Cover.Case = r.word(l.Cover.Case)
	l.Cover.Kind = mla.Kind(r.word(string(l.Cover.Kind)))
	l.Cover.Party = mla.State(r.word(string(l.Cover.Party)))
	l.Cover.At, ok = instant(at)
	return l, readers, ok
}

// readerSet reads a list of roles in its canonical form.
func (r *leafReader) readerSet(raw string) ([]mla.Role, bool) {
	if set, met := r.readers[raw]; met {
		return set, true
	}
	raw = strings.Clone(raw)
	s := scanner{rest: raw, ok: true}
	set := []mla.Role{}
	s.skip("[")
	for s.ok && s.rest != "]" {
		if len(set) > 0 {
			s.skip(",")
		}
		s.skip(`"`)
		set = append(set, mla.Role(s.text()))
	}
	if !s.ok || goodReaders(set) != nil {
		return nil, false
	}
	r.readers[raw] = set
	return set, true
}

// instant reads legal time as mla.Canonical writes it.
func instant(s string) (time.Time, bool) {
	t, err := time.Parse("2006-01-02T15:04:05Z", s)
	if err != nil {
		return t, false
	}
	var b [32]byte
	return t, string(t.AppendFormat(b[:0], "2006-01-02T15:04:05Z")) == s
}

// scanner takes a text apart from its front. Once something is not as expected it is not ok, and stays so.
type scanner struct {
	rest string
	ok   bool
}

func (s *scanner) skip(want string) {
	rest, ok := strings.CutPrefix(s.rest, want)
	s.rest, s.ok = rest, s.ok && ok
}

// text takes what is before the next quotation mark, and the mark. It must need no escape, and be ASCII.
func (s *scanner) text() string {
	for i := range len(s.rest) {
		switch c := s.rest[i]; {
		case c == '"':
			out := s.rest[:i]
			s.rest = s.rest[i+1:]
			return out
		case c < ' ' || c >= 0x7f || c == '\\':
			s.ok = false
			return ""
		}
	}
	s.ok = false
	return ""
}

// until takes what is before the next such byte, and the byte.
func (s *scanner) until(end byte) string {
	i := strings.IndexByte(s.rest, end)
	if i < 0 {
		s.ok = false
		return ""
	}
	out := s.rest[:i+1]
	s.rest = s.rest[i+1:]
	return out
}

// number takes a whole number from 0 as JSON writes it.
func (s *scanner) number() int {
	n, i := 0, 0
	for ; i < len(s.rest) && i < 15 && s.rest[i] >= '0' && s.rest[i] <= '9'; i++ {
		n = n*10 + int(s.rest[i]-'0')
	}
	s.ok = s.ok && i > 0 && i < 15 && (i == 1 || s.rest[0] != '0')
	s.rest = s.rest[i:]
	return n
}
