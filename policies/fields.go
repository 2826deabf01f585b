package policies

import (
	"maps"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// fields are the named values of one mapping. What is asked for and absent is a fault at the mapping's place.
type fields struct {
	at     entry
	values map[string]entry
	keys   map[string]entry
	order  []string
}

// fields reads a mapping whose names are among known. Other names are faults.
func (e entry) fields(known ...string) fields {
	f := e.mapping()
	for _, name := range f.order {
		if !slices.Contains(known, name) {
			f.keys[name].fault("unknown field "+name, suggest(name, known))
		}
	}
	return f
}

// mapping reads a mapping with any names.
func (e entry) mapping() fields {
	f := fields{at: e, values: map[string]entry{}, keys: map[string]entry{}}
	if !e.plain() {
		return f
	}
	var pairs []*ast.MappingValueNode
	switch n := e.node.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	case *ast.NullNode:
	default:
		e.faultf("", "want named fields, got %s", e.form())
	}
	for _, p := range pairs {
		key, ok := p.Key.(ast.Node)
		if !ok || p.Value == nil {
			continue
		}
		if _, merge := key.(*ast.MergeKeyNode); merge {
			entry{e.doc, key}.plain()
			continue
		}
		name := key.GetToken().Value
		f.order = append(f.order, name)
		f.keys[name], f.values[name] = entry{e.doc, key}, entry{e.doc, p.Value}
	}
	return f
}

func (f fields) has(name string) bool {
	e, ok := f.values[name]
	if !ok {
		return false
	}
	_, null := e.node.(*ast.NullNode)
	return !null
}

func (f fields) need(name string) (entry, bool) {
	if f.has(name) {
		return f.values[name], true
	}
	if f.at.node != nil {
		f.at.fault(name+" is missing", "add "+name+": here")
	}
	return entry{}, false
}

// text reads a field that must be there and say something.
func (f fields) text(name string) string {
	e, ok := f.need(name)
	if !ok {
		return ""
	}
	s, ok := e.text()
	if ok && s == "" {
		e.fault(name+" is empty", "say what it is")
	}
	return s
}

// optional reads a text that may be absent or empty.
func (f fields) optional(name string) string {
	if !f.has(name) {
		return ""
	}
	s, _ := f.values[name].text()
	return s
}

func (f fields) number(name string, low, high int) int {
	if e, ok := f.need(name); ok {
		return e.number(low, high)
	}
	return 0
}

func (f fields) flag(name string) bool {
	if e, ok := f.need(name); ok {
		return e.flag()
	}
	return false
}

// optionalFlag reads false where the field is absent.
func (f fields) optionalFlag(name string) bool { return f.has(name) && f.values[name].flag() }

func (f fields) list(name string) []entry {
	if !f.has(name) {
		return nil
	}
	return f.values[name].list()
}

// texts reads a list of texts, absent meaning none.
func (f fields) texts(name string) []string {
	var out []string
	for _, e := range f.list(name) {
		if s, ok := e.text(); ok {
			out = append(out, s)
		}
	}
	return out
}

// sub reads a mapping that must be there.
func (f fields) sub(name string, known ...string) fields {
	if e, ok := f.need(name); ok {
		return e.fields(known...)
	}
	return fields{values: map[string]entry{}}
}

// optionalSub reads a mapping that may be absent, and whether it is there.
func (f fields) optionalSub(name string, known ...string) (fields, bool) {
	if !f.has(name) {
		return fields{values: map[string]entry{}}, false
	}
	return f.values[name].fields(known...), true
}

// wordOf reads a text that must be one of a closed set.
func wordOf[T ~string](e entry, what string, set []T) (T, bool) {
	s, ok := e.text()
	if !ok {
		return "", false
	}
	if !slices.Contains(set, T(s)) {
		e.fault("unknown "+what+" "+quoted(s), suggest(s, set))
		return "", false
	}
	return T(s), true
}

// pick reads a field that must be there and one of a closed set.
func pick[T ~string](f fields, name string, set []T) T {
	e, ok := f.need(name)
	if !ok {
		return ""
	}
	w, _ := wordOf(e, name, set)
	return w
}

// pickOr reads a field of a closed set, with the value its absence stands for.
func pickOr[T ~string](f fields, name string, set []T, absent T) T {
	if !f.has(name) {
		return absent
	}
	w, ok := wordOf(f.values[name], name, set)
	if !ok {
		return absent
	}
	return w
}

// words reads a list each of whose items must be one of a closed set, without repetition.
func words[T ~string](f fields, name, what string, set []T) []T {
	var out []T
	for _, e := range f.list(name) {
		if w, ok := wordOf(e, what, set); ok {
			if slices.Contains(out, w) {
				e.fault(what+" "+quoted(string(w))+" is there twice", "remove one")
				continue
			}
			out = append(out, w)
		}
	}
	return out
}

func quoted(s string) string {
	if len(s) > 60 {
		s = firstRunes(s, 57) + "..."
	}
	return `"` + s + `"`
}

func sortedKeys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
