package experiment

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"rogatory/internal/fault"
)

// kind is what may stand at a place of a design file.
type kind string

const (
	aText    kind = "a text"
	aNumber  kind = "a number"
	aWhole   kind = "a whole number"
	aList    kind = "a list, as [a, b]"
	aMapping kind = "a mapping, as a: b"
	anything kind = "anything"
)

// shape is the form of a part of a design file.
type shape struct {
	kind   kind
	fields map[string]shape // of a mapping; nil: any key
	each   *shape           // of a list, or of a mapping with any key
}

// shapeOf is the form of what decodes into a type, by its yaml tags.
func shapeOf(t reflect.Type) shape {
	switch t.Kind() {
	case reflect.Pointer:
		return shapeOf(t.Elem())
	case reflect.String:
		return shape{kind: aText}
	case reflect.Float64:
		return shape{kind: aNumber}
	case reflect.Int:
		return shape{kind: aWhole}
	case reflect.Slice, reflect.Map:
		each := shapeOf(t.Elem())
		if t.Kind() == reflect.Map {
			return shape{kind: aMapping, each: &each}
		}
		return shape{kind: aList, each: &each}
	case reflect.Struct:
		s := shape{kind: aMapping, fields: map[string]shape{}}
		for i := range t.NumField() {
			if name := t.Field(i).Tag.Get("yaml"); name != "" && name != "-" {
				s.fields[name] = shapeOf(t.Field(i).Type)
			}
		}
		return s
	default: // a level is of any kind
		return shape{kind: anything}
	}
}

var designShape = shapeOf(reflect.TypeFor[Design]())

// fit reports all that does not fit a shape, and takes it out of the file, so that the rest can be read and checked.
func (r *reader) fit(at string, n ast.Node, s shape) bool {
	if n == nil || n.Type() == ast.NullType {
		return true
	}
	switch m := n.(type) {
	case *ast.AliasNode, *ast.MergeKeyNode:
		return true
	case *ast.AnchorNode:
		return r.fit(at, m.Value, s)
	case *ast.MappingNode:
		if s.kind == aMapping {
			kept := m.Values[:0]
			for _, v := range m.Values {
				if r.fitField(at, v, s) {
					kept = append(kept, v)
				}
			}
			m.Values = kept
			return true
		}
	case *ast.SequenceNode:
		if s.kind == aList {
			fits := true
			for i, v := range m.Values {
				fits = r.fit(fmt.Sprintf("%s[%d]", at, i), v, *s.each) && fits
			}
			return fits
		}
	case *ast.IntegerNode:
		if s.kind == aNumber || s.kind == aWhole || s.kind == aText {
			return true
		}
	case *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		if s.kind == aNumber {
			return true
		}
	case *ast.StringNode:
		if s.kind == aText || s.kind == aNumber && plainNumber(m) {
			return true
		}
	case *ast.LiteralNode:
		if s.kind == aText {
			return true
		}
	}
	if s.kind == anything {
		return true
	}
	first, _, _ := strings.Cut(strings.TrimSpace(n.String()), "\n")
	r.sayAt(n, "write "+string(s.kind), "%.40q is not %s", strings.Trim(first, `"`), s.kind)
	return false
}

// plainNumber reports whether a scalar without quotes is a number that the parser of the file took for a text, as 1e-9.
func plainNumber(n *ast.StringNode) bool {
	x, err := strconv.ParseFloat(n.Value, 64)
	return err == nil && n.Token.Type == token.StringType && !math.IsNaN(x) && !math.IsInf(x, 0)
}

// fitField reports whether a key of a mapping may stand there, with what it holds.
func (r *reader) fitField(at string, v *ast.MappingValueNode, s shape) bool {
	key := v.Key.GetToken().Value
	of, known := s.fields[key]
	if s.fields == nil {
		of, known, key = *s.each, true, quoted(key)
	}
	if !known {
		near := ""
		for name := range s.fields {
			if near == "" || fault.Distance(key, name) < fault.Distance(key, near) || fault.Distance(key, name) == fault.Distance(key, near) && name < near {
				near = name
			}
		}
		r.sayAt(v.Key, "the nearest is "+near, "no field is called %q", key)
		return false
	}
	if at += "." + key; r.fit(at, v.Value, of) {
		return true
	}
	r.unfit[at] = true
	return false
}
