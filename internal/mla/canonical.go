package mla

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Canonical returns the one byte form of v: JSON by RFC 8785 (sorted keys, no white space, shortest escapes), with
// legal instants as RFC 3339 in UTC to the second. It takes what events are made of: structs with json tags, strings,
// whole numbers within ±2^53, booleans, slices, maps with string keys, pointers, Value and time.Time. A nil slice or
// map is written as empty, so that what was read back has the same bytes. Anything else is an error, and so is text
// that is not UTF-8: two different texts must not share one form.
func Canonical(v any) ([]byte, error) { return AppendCanonical(make([]byte, 0, 512), v) }

// AppendCanonical appends the canonical bytes of v to b.
func AppendCanonical(b []byte, v any) ([]byte, error) {
	e := encoder{b: b}
	switch x := v.(type) {
	case Event:
		e.event(&x)
	case *Event:
		e.event(x)
	default:
		e.value(reflect.ValueOf(v))
	}
	return e.b, e.err
}

type encoder struct {
	b      []byte
	err    error
	memory *memory // nil: none
}

func (e *encoder) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf("canonical form: "+format, args...)
	}
}

var (
	timeType  = reflect.TypeFor[time.Time]()
	valueType = reflect.TypeFor[Value]()
	factsType = reflect.TypeFor[Facts]()
)

func (e *encoder) value(v reflect.Value) {
	if !v.IsValid() {
		e.b = append(e.b, "null"...)
		return
	}
	switch v.Type() {
	case timeType:
		e.instant(v.Interface().(time.Time))
		return
	case valueType:
		x := v.Interface().(Value)
		if !x.canonical() {
			e.fail("fact value %q has none", x.String())
		}
		e.b = x.appendCanonical(e.b)
		return
	case factsType:
		e.facts(v.Interface().(Facts))
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		e.value(v.Elem())
	case reflect.Bool:
		e.b = strconv.AppendBool(e.b, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := v.Int()
		if !exact(n) {
			e.fail("number %d is beyond ±2^53", n)
		}
		e.b = strconv.AppendInt(e.b, n, 10)
	case reflect.String:
		e.text(v.String())
	case reflect.Slice:
		e.b = append(e.b, '[')
		for i := range v.Len() {
			if i > 0 {
				e.b = append(e.b, ',')
			}
			e.value(v.Index(i))
		}
		e.b = append(e.b, ']')
	case reflect.Map:
		e.dictionary(v)
	case reflect.Struct:
		e.structure(v)
	default:
		e.fail("a %s has no canonical form", v.Type())
	}
}

func (e *encoder) instant(t time.Time) {
	if t.Nanosecond() != 0 || t.Year() < 0 || t.Year() > 9999 {
		e.fail("instant %v: want whole seconds and a four-digit year", t)
		return
	}
	t = t.UTC()
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	e.b = append(e.b, '"')
	e.b = twoDigits(twoDigits(e.b, year/100), year%100)
	e.b = append(twoDigits(append(e.b, '-'), int(month)), '-')
	e.b = append(twoDigits(e.b, day), 'T')
	e.b = append(twoDigits(e.b, hour), ':')
	e.b = append(twoDigits(e.b, minute), ':')
	e.b = append(twoDigits(e.b, second), 'Z', '"')
}

func twoDigits(b []byte, n int) []byte { return append(b, '0'+byte(n/10), '0'+byte(n%10)) }

func (e *encoder) dictionary(v reflect.Value) {
	if v.Type().Key().Kind() != reflect.String {
		e.fail("a %s has no canonical form", v.Type())
		return
	}
	e.b = append(e.b, '{')
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return byUTF16(a.String(), b.String()) })
	for i, k := range keys {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.text(k.String())
		e.b = append(e.b, ':')
		e.value(v.MapIndex(k))
	}
	e.b = append(e.b, '}')
}

// byUTF16 orders keys as RFC 8785 does, by UTF-16 code units; for text without surrogates this is code-point order.
func byUTF16(a, b string) int {
	if c := strings.Compare(a, b); c == 0 || ascii(a) && ascii(b) {
		return c
	}
	return slices.Compare(utf16Units(a), utf16Units(b))
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func utf16Units(s string) []uint16 {
	var u []uint16
	for _, r := range s {
		if r >= 0x10000 {
			r -= 0x10000
			u = append(u, uint16(0xd800+(r>>10)), uint16(0xdc00+(r&0x3ff)))
			continue
		}
		u = append(u, uint16(r))
	}
	return u
}

type field struct {
	name      string
	index     int
	omitEmpty bool
}

// plans holds the sorted fields of each struct type, worked out once.
var plans sync.Map

func planOf(t reflect.Type) []field {
	if p, ok := plans.Load(t); ok {
		return p.([]field)
	}
	byName := map[string]field{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || name == "-" {
			continue
		}
		byName[cmp.Or(name, f.Name)] = field{name: cmp.Or(name, f.Name), index: i, omitEmpty: options == "omitempty"}
	}
	plan := slices.SortedFunc(maps.Values(byName), func(a, b field) int { return strings.Compare(a.name, b.name) })
	p, _ := plans.LoadOrStore(t, plan)
	return p.([]field)
}

func (e *encoder) structure(v reflect.Value) {
	e.b = append(e.b, '{')
	first := true
	for _, f := range planOf(v.Type()) {
		x := v.Field(f.index)
		if f.omitEmpty && emptyValue(x) {
			continue
		}
		if !first {
			e.b = append(e.b, ',')
		}
		first = false
		e.text(f.name)
		e.b = append(e.b, ':')
		e.value(x)
	}
	e.b = append(e.b, '}')
}

func emptyValue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Pointer, reflect.Interface:
		return v.IsNil()
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}

const hexDigits = "0123456789abcdef"

func (e *encoder) text(s string) {
	e.b = append(e.b, '"')
	start := len(e.b)
	if e.b = append(e.b, s...); !plain(e.b[start:]) {
		if !utf8.ValidString(s) {
			e.fail("%q is not UTF-8", s)
			return
		}
		e.b = appendEscaped(e.b[:start], s)
	}
	e.b = append(e.b, '"')
}

// plain reports that a text is ASCII and needs no escape. It looks at eight bytes at once: of each, the high bit is set below
// where the byte is not ASCII, is less than a space, or is equal to what must be escaped.
func plain(s []byte) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for ; len(s) >= 8; s = s[8:] {
		w := binary.LittleEndian.Uint64(s)
		quote, slash := w^'"'*ones, w^'\\'*ones
		if (w|(w-' '*ones)|(quote-ones)&^quote|(slash-ones)&^slash)&highs != 0 {
			return false
		}
	}
	for _, c := range s {
		if c < 0x20 || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func appendText(b []byte, s string) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c >= 0x20:
			b = append(b, c)
		case c == '\b':
			b = append(b, '\\', 'b')
		case c == '\t':
			b = append(b, '\\', 't')
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\f':
			b = append(b, '\\', 'f')
		case c == '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return b
}

// exact reports whether every reader of JSON has the number as it is.
func exact(n int64) bool { return -1<<53 <= n && n <= 1<<53 }

func (v Value) canonical() bool {
	return exact(v.n) && utf8.ValidString(v.s)
}

func (v Value) appendCanonical(b []byte) []byte {
	switch v.kind {
	case boolValue:
		return strconv.AppendBool(b, v.n == 1)
	case intValue:
		return strconv.AppendInt(b, v.n, 10)
	case wordValue:
		return appendText(b, v.s)
	case noValue:
	}
	return append(b, "null"...)
}
