package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// Limits of the values of a case, so that every event made from it fits a log.
const (
	maxText  = 4000 // characters
	maxItems = 200  // of a list or mapping
)

// binder reads YAML values into Go values, strictly: what the Go type does not name is a fault at its place.
type binder struct {
	*source
	v      Vocabulary
	places map[string]ast.Node // where each value was found, by its path from the root: "script.decide[0].raises"
}

// bind reads n into into. The path names the value; its last part is the name of its field.
func (b *binder) bind(n ast.Node, into reflect.Value, path string) {
	if !b.given(n) {
		return
	}
	b.places[path] = n
	switch into := into.Addr().Interface().(type) {
	case *time.Time:
		*into = b.date(n, path)
		return
	case *mla.Value:
		*into, _ = b.value(n)
		return
	case *mla.Facts:
		*into = b.facts(n, path)
		return
	case *map[mla.Path]Layers:
		*into = b.rows(n, path)
		return
	case *mla.Script:
		*into = b.script(n, path)
		return
	}
	switch into.Kind() {
	case reflect.String:
		b.bindText(n, into, path)
	case reflect.Bool:
		if t, ok := n.(*ast.BoolNode); ok {
			into.SetBool(t.Value)
		} else {
			b.faultAt(n, fmt.Sprintf("%s: want true or false, got %s", field(path), form(n)), "")
		}
	case reflect.Int:
		if i, ok := b.number(n, path); ok {
			into.SetInt(int64(i))
		}
	case reflect.Float64:
		switch n.(type) {
		case *ast.IntegerNode, *ast.FloatNode:
			if f, err := strconv.ParseFloat(n.GetToken().Value, 64); err == nil && f == f && f-f == 0 {
				into.SetFloat(f)
				return
			}
		}
		b.faultAt(n, fmt.Sprintf("%s: want a number, got %s", field(path), form(n)), "")
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		b.bind(n, into.Elem(), path)
	case reflect.Slice:
		b.bindList(n, into, path)
	case reflect.Map:
		b.bindMap(n, into, path)
	case reflect.Struct:
		b.bindStruct(n, into, path)
	default:
		panic("scenario: no way to read a " + into.Type().String())
	}
}

func (b *binder) bindText(n ast.Node, into reflect.Value, path string) {
	s, ok := b.text(n, path)
	if !ok {
		return
	}
	if words, closed := closedSets[into.Type()]; closed && !slices.Contains(words, s) {
		b.faultAt(n, fmt.Sprintf("%s: unknown %s", field(path), quoted(s)), suggest(s, words))
		return
	}
	into.SetString(s)
	if check, ok := vocabulary[field(path)]; ok {
		b.vouched(n, check(b.v, s))
	}
}

func (b *binder) text(n ast.Node, path string) (string, bool) {
	var s string
	switch n := n.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		b.faultAt(n, fmt.Sprintf("%s: want text, got %s", field(path), n.GetToken().Value), "put it in double quotes")
		return "", false
	default:
		b.faultAt(n, fmt.Sprintf("%s: want text, got %s", field(path), form(n)), "")
		return "", false
	}
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		b.faultAt(n, field(path)+" is empty", "say what it is")
	case utf8.RuneCountInString(s) > maxText:
		b.faultAt(n, fmt.Sprintf("%s: %d characters", field(path), utf8.RuneCountInString(s)), fmt.Sprintf("shorten it to %d", maxText))
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }):
		b.faultAt(n, field(path)+": a control character", "remove it")
	default:
		return s, true
	}
	return "", false
}

func (b *binder) number(n ast.Node, path string) (int, bool) {
	if _, ok := n.(*ast.IntegerNode); ok {
		if i, err := strconv.Atoi(n.GetToken().Value); err == nil && i >= -1<<53 && i <= 1<<53 {
			return i, true
		}
	}
	b.faultAt(n, fmt.Sprintf("%s: want a whole number, got %s", field(path), form(n)), "")
	return 0, false
}

func (b *binder) bindList(n ast.Node, into reflect.Value, path string) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		b.faultAt(n, fmt.Sprintf("%s: want a list, got %s", field(path), form(n)), "write it as [a, b] or with dashes")
		return
	}
	if len(list.Values) > maxItems {
		b.faultAt(n, fmt.Sprintf("%s: %d items", field(path), len(list.Values)), fmt.Sprintf("at most %d", maxItems))
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		b.bind(item, into.Index(i), fmt.Sprintf("%s[%d]", path, i))
	}
}

func (b *binder) bindMap(n ast.Node, into reflect.Value, path string) {
	into.Set(reflect.MakeMap(into.Type()))
	pairs, _ := b.pairs(n, path)
	for _, p := range pairs {
		name := key(p)
		b.places[keyOf(join(path, name))] = p.Key
		if check, ok := vocabulary[field(path)+" key"]; ok && !b.vouched(p.Key, check(b.v, name)) {
			continue
		}
		v := reflect.New(into.Type().Elem()).Elem()
		if _, null := p.Value.(*ast.NullNode); !null || v.Kind() != reflect.Pointer {
			b.bind(p.Value, v, join(path, name))
		}
		into.SetMapIndex(reflect.ValueOf(name).Convert(into.Type().Key()), v)
	}
}

func (b *binder) bindStruct(n ast.Node, into reflect.Value, path string) {
	pairs, ok := b.pairs(n, path)
	if !ok {
		return
	}
	known := names(into.Type())
	if len(pairs) > 0 && !slices.ContainsFunc(pairs, func(p *ast.MappingValueNode) bool { return known[key(p)] != nil }) && path == "" {
		b.faultAt(n, "this is no case: it has none of a case's keys", "see a shipped case for the form")
		return
	}
	var misspelt []string
	for _, p := range pairs {
		name := key(p)
		i, ok := known[name]
		if !ok {
			fix := suggest(name, sortedNames(known))
			misspelt = append(misspelt, fix)
			b.faultAt(p.Key, "unknown key "+quoted(name)+in(path), fix)
			continue
		}
		b.places[keyOf(join(path, name))] = p.Key
		b.bind(p.Value, into.FieldByIndex(i), join(path, name))
	}
	for _, name := range required[into.Type()] {
		_, given := b.places[keyOf(join(path, name))]
		if !given && !slices.Contains(misspelt, "did you mean "+name+"?") {
			b.faultAt(n, name+" is missing"+in(path), "add "+name+": here")
		}
	}
}

// key is the name in a pair.
func key(p *ast.MappingValueNode) string { return p.Key.GetToken().Value }

// keyOf is where the name of the value with that path was found, among the binder's places.
func keyOf(path string) string { return path + "#key" }

// pairs returns the pairs of a mapping, and whether n is one of a size that a case may have.
func (b *binder) pairs(n ast.Node, path string) ([]*ast.MappingValueNode, bool) {
	var out []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		out = m.Values
	case *ast.MappingValueNode:
		out = []*ast.MappingValueNode{m}
	default:
		b.faultAt(n, fmt.Sprintf("want named values%s, got %s", in(path), form(n)), "write them as name: value")
		return nil, false
	}
	if len(out) > maxItems {
		b.faultAt(n, fmt.Sprintf("%d names%s", len(out), in(path)), fmt.Sprintf("at most %d", maxItems))
		return nil, false
	}
	return slices.DeleteFunc(slices.Clone(out), func(p *ast.MappingValueNode) bool {
		if _, text := p.Key.(*ast.StringNode); text {
			return p.Value == nil
		}
		b.faultAt(p.Key, "want a name before the colon, got "+form(p.Key), "names are plain words")
		return true
	}), true
}

// given reports whether n is a value at all; a key with nothing after it is a fault.
func (b *binder) given(n ast.Node) bool {
	if n == nil {
		return false
	}
	_, null := n.(*ast.NullNode)
	if null {
		b.faultAt(n, "nothing is given here", "give a value, or remove the key")
	}
	return !null
}

// vouched reports what the vocabulary says against a word, and whether it says nothing.
func (b *binder) vouched(n ast.Node, err error) bool {
	if err == nil {
		return true
	}
	message, fix := err.Error(), ""
	if i := strings.LastIndex(message, " ("); i > 0 && strings.HasSuffix(message, ")") {
		message, fix = message[:i], message[i+2:len(message)-1]
	} else if what, meant, ok := strings.Cut(message, ": did you mean "); ok {
		message, fix = what, "did you mean "+meant
	}
	b.faultAt(n, message, fix)
	return false
}

func (b *binder) faultAt(n ast.Node, message, fix string) {
	line, column := place(n)
	b.fault(line, column, message, fix)
}

// faultOn reports a fault at the value with the given path, or at the nearest value that holds it.
func (b *binder) faultOn(path, message, fix string) {
	for {
		if n, ok := b.places[path]; ok {
			b.faultAt(n, message, fix)
			return
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			break
		}
		path = path[:i]
	}
	b.faultAt(b.places[""], message, fix)
}

// form names the YAML form of a value, for a reader of cases rather than of YAML.
func form(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "named values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.StringNode:
		return quoted(n.Value)
	case *ast.LiteralNode:
		return "a block of text"
	}
	if t := n.GetToken(); t != nil {
		return t.Value
	}
	return "something else"
}

// date reads a day as its first instant, UTC.
func (b *binder) date(n ast.Node, path string) time.Time {
	s, ok := b.text(n, path)
	if !ok {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case err != nil:
		b.faultAt(n, fmt.Sprintf("%s: %s is not a date", field(path), quoted(s)), "write it as 2027-03-01")
	case t.Year() < 2000 || t.Year() > 2100:
		b.faultAt(n, fmt.Sprintf("%s: the year %d is outside 2000 to 2100", field(path), t.Year()), "choose a year within")
	}
	return t
}
