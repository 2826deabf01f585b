package scenario

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// offTheLetter are the facts that the request itself says. A case gives them once, there.
var offTheLetter = map[mla.Path]string{
	"request.measure":           "request.measure",
	"request.category":          "request.scope.categories",
	"request.urgent":            "request.urgent",
	"request.confidential":      "request.confidential",
	"offence.label":             "request.offence.label",
	"offence.max_penalty_years": "request.offence.max_penalty_years",
}

// rows reads one row per fact: a plain value is stipulated and stated alike; named values part the layers.
func (b *binder) rows(n ast.Node, path string) map[mla.Path]Layers {
	facts := map[mla.Path]Layers{}
	pairs, _ := b.pairs(n, path)
	for _, p := range pairs {
		name := key(p)
		b.places[keyOf(path+"."+name)] = p.Key
		if !b.declared(p) {
			continue
		}
		if l, ok := b.layers(mla.Path(name), p.Value, path+"."+name); ok {
			facts[mla.Path(name)] = l
		}
	}
	return facts
}

// declared reports whether a case may give the fact that a row names.
func (b *binder) declared(row *ast.MappingValueNode) bool { return b.isFact(row.Key, key(row)) }

// isFact reports whether a case may give the fact of a name: neither the letter nor the law gives it, and some value would
// do for it. Where none does, the name is at fault and not the value.
func (b *binder) isFact(at ast.Node, name string) bool {
	if from, ok := offTheLetter[mla.Path(name)]; ok {
		b.faultAt(at, name+" is read off the letter", "remove it, and set "+from)
		return false
	}
	var said error
	for _, v := range []mla.Value{mla.Bool(true), mla.Int(0), mla.Word("none")} {
		err := b.v.CheckFact(mla.Path(name), v)
		if err == nil || said != nil && said.Error() != err.Error() {
			return true
		}
		said = err
	}
	return b.vouched(at, said)
}

// areFacts reports whether a list names facts that a case may give.
func (b *binder) areFacts(list []mla.Path, path string) bool {
	ok := true
	for i, p := range list {
		ok = b.isFact(b.places[fmt.Sprintf("%s[%d]", path, i)], string(p)) && ok
	}
	return ok
}

// layers reads the layers of one fact.
func (b *binder) layers(p mla.Path, n ast.Node, path string) (Layers, bool) {
	if !b.given(n) {
		return Layers{}, false
	}
	b.places[path] = n
	if !isMapping(n) {
		v, ok := b.value(n)
		ok = ok && b.vouched(n, b.v.CheckFact(p, v))
		return Layers{Stipulated: v, Stated: v}, ok
	}
	var l Layers
	before := len(b.faults)
	layers := append([]string{"stipulated", "stated"}, words(mla.Roles)...)
	pairs, _ := b.pairs(n, path)
	for _, pair := range pairs {
		layer := key(pair)
		if !slices.Contains(layers, layer) {
			b.faultAt(pair.Key, "unknown layer "+quoted(layer), suggest(layer, layers))
			continue
		}
		if !b.given(pair.Value) {
			continue
		}
		v, ok := b.value(pair.Value)
		if !ok || !b.vouched(pair.Value, b.v.CheckFact(p, v)) {
			continue
		}
		switch layer {
		case "stipulated":
			l.Stipulated = v
		case "stated":
			l.Stated = v
		default:
			if l.Known == nil {
				l.Known = map[mla.Role]mla.Value{}
			}
			l.Known[mla.Role(layer)] = v
		}
	}
	if len(b.faults) == before && l.Stipulated.IsZero() {
		b.faultAt(n, string(p)+" has no stipulated value", "say what is so: {stipulated: ..., "+sortedLayer(l)+"}")
	}
	return l, len(b.faults) == before
}

// sortedLayer names one layer that is given, for a message.
func sortedLayer(l Layers) string {
	if !l.Stated.IsZero() {
		return "stated: " + l.Stated.String()
	}
	for _, r := range mla.Roles {
		if v, ok := l.Known[r]; ok {
			return string(r) + ": " + v.String()
		}
	}
	return "stated: ..."
}

// facts reads what a party gives or finds out in the course of the case.
func (b *binder) facts(n ast.Node, path string) mla.Facts {
	facts := mla.Facts{}
	pairs, _ := b.pairs(n, path)
	for _, p := range pairs {
		if !b.declared(p) || !b.given(p.Value) {
			continue
		}
		name := mla.Path(key(p))
		if v, ok := b.value(p.Value); ok && b.vouched(p.Value, b.v.CheckFact(name, v)) {
			facts[name] = v
		}
	}
	return facts
}

func isMapping(n ast.Node) bool {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// value reads the value of a fact.
func (b *binder) value(n ast.Node) (mla.Value, bool) {
	switch n := n.(type) {
	case *ast.BoolNode:
		return mla.Bool(n.Value), true
	case *ast.IntegerNode:
		i, ok := b.number(n, "a fact")
		return mla.Int(int64(i)), ok
	case *ast.StringNode:
		if s, ok := b.text(n, "a fact"); ok {
			return mla.Word(s), true
		}
		return mla.Value{}, false
	}
	b.faultAt(n, "want true, false, a whole number or a word, got "+form(n), "")
	return mla.Value{}, false
}
