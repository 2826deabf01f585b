package mla

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Path names a fact as policies/facts.yaml declares it: "conduct.security_bypassed".
type Path string

// Value is what a fact is: a truth value, a whole number in the unit its declaration gives, or one word of a closed
// domain. The zero Value is no value and never stands in a Facts.
type Value struct {
	kind valueKind
	n    int64
	s    string
}

type valueKind uint8

const (
	noValue valueKind = iota
	boolValue
	intValue
	wordValue
)

// Bool, Int and Word make values.
func Bool(b bool) Value {
	if b {
		return Value{kind: boolValue, n: 1}
	}
	return Value{kind: boolValue}
}

// Int makes a whole-number value.
func Int(n int64) Value { return Value{kind: intValue, n: n} }

// Word makes a value that is one word of a closed domain.
func Word(s string) Value { return Value{kind: wordValue, s: s} }

// IsZero reports that v is no value at all.
func (v Value) IsZero() bool { return v.kind == noValue }

// Equal reports whether two values are the same.
func (v Value) Equal(w Value) bool { return v == w }

// AsBool returns the truth value and whether v is one.
func (v Value) AsBool() (value, ok bool) { return v.n == 1, v.kind == boolValue }

// AsInt returns the number and whether v is one.
func (v Value) AsInt() (int64, bool) { return v.n, v.kind == intValue }

// AsWord returns the word and whether v is one.
func (v Value) AsWord() (string, bool) { return v.s, v.kind == wordValue }

// Any returns v as bool, int64 or string, or nil for no value.
func (v Value) Any() any {
	switch v.kind {
	case boolValue:
		return v.n == 1
	case intValue:
		return v.n
	case wordValue:
		return v.s
	case noValue:
	}
	return nil
}

// String writes the value as a reader would.
func (v Value) String() string {
	switch v.kind {
	case boolValue:
		return strconv.FormatBool(v.n == 1)
	case intValue:
		return strconv.FormatInt(v.n, 10)
	case wordValue:
		return v.s
	case noValue:
	}
	return "(no value)"
}

// ValueOf makes a value of what a YAML or JSON reader returns for a scalar.
func ValueOf(x any) (Value, error) {
	switch x := x.(type) {
	case bool:
		return Bool(x), nil
	case string:
		return Word(x), nil
	case int:
		return Int(int64(x)), nil
	case int64:
		return Int(x), nil
	case uint64:
		if x > 1<<53 {
			return Value{}, fmt.Errorf("number %d is too large", x)
		}
		return Int(int64(x)), nil
	default:
		return Value{}, fmt.Errorf("want true, false, a whole number or a word, got %v", x)
	}
}

// MarshalJSON writes true, 4 or "word".
func (v Value) MarshalJSON() ([]byte, error) { return v.appendCanonical(nil), nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "true":
		*v = Bool(true)
	case string(b) == "false":
		*v = Bool(false)
	case len(b) > 0 && b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*v = Word(s)
	default:
		n, err := strconv.ParseInt(string(b), 10, 64)
		if err != nil {
			return fmt.Errorf("fact value %s: want true, false, a whole number or a word", b)
		}
		*v = Int(n)
	}
	return nil
}

// UnmarshalYAML reads a scalar.
func (v *Value) UnmarshalYAML(unmarshal func(any) error) error {
	var x any
	if err := unmarshal(&x); err != nil {
		return err
	}
	w, err := ValueOf(x)
	*v = w
	return err
}

// Facts are the values one layer holds. A path that is absent is unknown in that layer; there is no default.
type Facts map[Path]Value

// Paths lists the facts in order.
func (f Facts) Paths() []Path { return slices.Sorted(maps.Keys(f)) }

// With returns f overlaid by later facts: what is learnt later replaces what was believed. It is f itself where nothing new
// is learnt, so nobody may write into what it gives.
func (f Facts) With(later Facts) Facts {
	if f != nil && f.holds(later) {
		return f
	}
	out := make(Facts, len(f)+len(later))
	maps.Copy(out, f)
	maps.Copy(out, later)
	return out
}

// holds reports whether f has everything that other facts have.
func (f Facts) holds(other Facts) bool {
	for p, v := range other { //workflowcheck:ignore the answer does not hang on the order
		if is, ok := f[p]; !ok || is != v {
			return false
		}
	}
	return true
}
