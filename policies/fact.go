package policies

import (
	"fmt"
	"slices"
	"strconv"

	"cel.dev/cel-go/cel"
	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// FactType is what values a fact takes.
type FactType string

// The types of facts.
const (
	BoolFact FactType = "bool"
	IntFact  FactType = "int"
	WordFact FactType = "word"
)

// Knower says where a fact comes from: who normally knows it, the letter, or the State files.
type Knower string

// The knowers. A fact of the law is computed from the State files and instruments; no case gives it.
const (
	RequestingKnows Knower = "requesting"
	RequestedKnows  Knower = "requested"
	LetterSays      Knower = "letter"
	LawSays         Knower = "law"
)

// Fact declares one fact: its path, its values, and who normally knows it.
type Fact struct {
	Path    mla.Path
	Type    FactType
	Unit    string
	Domain  []string // of a word
	Min     int64    // of an int, with Max its domain
	Max     int64
	KnownBy Knower
	Means   string
	// Purpose says what a fact is declared for when no rule reads it.
	Purpose string

	index        int
	raw          map[string]int // of a word: its place in the domain
	doc          *document
	line, column int
}

// widest bounds the domain of one fact, so that every value of it can be tried.
const widest = 4096

// size is the number of values; they are numbered from 0 in the order of the domain.
func (f *Fact) size() int {
	switch f.Type {
	case BoolFact:
		return 2
	case IntFact:
		return int(f.Max-f.Min) + 1
	case WordFact:
		return len(f.Domain)
	}
	return 0
}

// at returns the value numbered i.
func (f *Fact) at(i int) mla.Value {
	switch f.Type {
	case BoolFact:
		return mla.Bool(i == 1)
	case IntFact:
		return mla.Int(f.Min + int64(i))
	case WordFact:
		return mla.Word(f.Domain[i])
	}
	return mla.Value{}
}

// number returns the number of a value, and whether the fact can have it.
func (f *Fact) number(v mla.Value) (int, bool) {
	switch f.Type {
	case BoolFact:
		if b, ok := v.AsBool(); ok {
			if b {
				return 1, true
			}
			return 0, true
		}
	case IntFact:
		if n, ok := v.AsInt(); ok && n >= f.Min && n <= f.Max {
			return int(n - f.Min), true
		}
	case WordFact:
		if w, ok := v.AsWord(); ok {
			i, ok := f.raw[w]
			return i, ok
		}
	}
	return 0, false
}

func (f *Fact) celType() *cel.Type {
	switch f.Type {
	case BoolFact:
		return cel.BoolType
	case IntFact:
		return cel.IntType
	case WordFact:
		return cel.StringType
	}
	return cel.DynType
}

// wants says in words what value the fact takes.
func (f *Fact) wants() string {
	switch f.Type {
	case BoolFact:
		return "true or false"
	case IntFact:
		return fmt.Sprintf("a whole number of %s from %d to %d", f.Unit, f.Min, f.Max)
	case WordFact:
		return "one of: " + listed(f.Domain)
	}
	return ""
}

// check says why v is no value of the fact.
func (f *Fact) check(v mla.Value) error {
	if _, ok := f.number(v); ok {
		return nil
	}
	fix := f.wants()
	if w, ok := v.AsWord(); ok && f.Type == WordFact {
		fix = suggest(w, f.Domain)
	}
	return fmt.Errorf("fact %s cannot be %s: %s", f.Path, v, fix)
}

// readFacts reads facts.yaml. Broken are facts whose declaration has a fault: that is reported once, and not again
// wherever one of them is mentioned.
func readFacts(root entry) (out []*Fact, broken map[mla.Path]bool) {
	broken = map[mla.Path]bool{}
	seen := map[mla.Path]bool{}
	list, ok := root.fields("facts").need("facts")
	if !ok {
		return nil, broken
	}
	return readFactList(list.list(), nil, seen, broken), broken
}

// readOwnFacts reads the facts that an instrument or a safeguard declares for its own rules. Two files may declare one
// fact, in the same way.
func readOwnFacts(root entry, out []*Fact, broken map[mla.Path]bool) []*Fact {
	m, ok := root.node.(*ast.MappingNode)
	if !ok {
		return out
	}
	for _, pair := range m.Values {
		if pair.Key.GetToken().Value != "facts" || pair.Value == nil {
			continue
		}
		// Read beside what is there, and then merged.
		own := readFactList(entry{root.doc, pair.Value}.list(), nil, map[mla.Path]bool{}, broken)
		for _, f := range own {
			first := -1
			for i, g := range out {
				if g.Path == f.Path {
					first = i
				}
			}
			switch {
			case first < 0:
				f.index = len(out)
				out = append(out, f)
			case !f.same(out[first]):
				f.doc.fault(f.line, f.column, "fact "+string(f.Path)+" is declared otherwise elsewhere",
					fmt.Sprintf("declare it as %s:%d does, or give it another path", out[first].doc.file, out[first].line))
			}
		}
	}
	return out
}

func (f *Fact) same(g *Fact) bool {
	return f.Type == g.Type && f.KnownBy == g.KnownBy && f.Min == g.Min && f.Max == g.Max && slices.Equal(f.Domain, g.Domain)
}

// readFactList reads declarations, and numbers them after those of out.
func readFactList(list []entry, out []*Fact, seen, broken map[mla.Path]bool) []*Fact {
	for _, e := range list {
		f := e.fields("path", "type", "unit", "domain", "min", "max", "known_by", "means", "purpose")
		fact := &Fact{
			Path:    mla.Path(f.text("path")),
			Type:    pick(f, "type", []FactType{BoolFact, IntFact, WordFact}),
			KnownBy: pick(f, "known_by", []Knower{RequestingKnows, RequestedKnows, LetterSays, LawSays}),
			Means:   f.text("means"),
			Purpose: f.optional("purpose"),
		}
		broken[fact.Path] = !seen[fact.Path]
		if fact.Path == "" || fact.Type == "" {
			continue
		}
		if !wellFormed(string(fact.Path)) {
			f.values["path"].faultf("two or more lower-case names joined by dots, as conduct.deceived",
				"%s is no path of a fact", quoted(string(fact.Path)))
			continue
		}
		if seen[fact.Path] {
			f.values["path"].faultf("remove one", "fact %s is declared twice", fact.Path)
			continue
		}
		seen[fact.Path] = true
		switch fact.Type {
		case IntFact:
			fact.Unit = f.text("unit")
			fact.Min = int64(f.number("min", -1<<31, 1<<31))
			fact.Max = int64(f.number("max", -1<<31, 1<<31))
			if n := fact.Max - fact.Min; n < 0 || n >= widest {
				e.faultf("narrow min and max", "fact %s has %d values, want 1 to %d", fact.Path, n+1, widest)
				continue
			}
		case WordFact:
			fact.raw = map[string]int{}
			for _, w := range f.list("domain") {
				if s, ok := w.text(); ok {
					if _, twice := fact.raw[s]; twice {
						w.faultf("remove one", "word %s is there twice", quoted(s))
						continue
					}
					fact.raw[s] = len(fact.Domain)
					fact.Domain = append(fact.Domain, s)
				}
			}
			if len(fact.Domain) == 0 || len(fact.Domain) > widest {
				e.faultf("list the words in domain", "fact %s has %d words, want 1 to %d", fact.Path, len(fact.Domain), widest)
				continue
			}
		case BoolFact:
		}
		broken[fact.Path] = false
		fact.index = len(out)
		fact.doc = e.doc
		fact.line, fact.column = e.start()
		out = append(out, fact)
	}
	return out
}

// wellFormed reports whether a path is lower-case names joined by dots, none of which CEL reads as something else.
func wellFormed(path string) bool {
	dots, start := 0, true
	for _, r := range path {
		switch {
		case r == '.':
			if start {
				return false
			}
			dots, start = dots+1, true
		case r >= 'a' && r <= 'z', !start && (r == '_' || r >= '0' && r <= '9'):
			start = false
		default:
			return false
		}
	}
	if dots == 0 || start {
		return false
	}
	return !slices.ContainsFunc(splitDots(path), func(w string) bool { return slices.Contains(reserved, w) })
}

// reserved are the words CEL keeps for itself.
var reserved = []string{"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in",
	"let", "loop", "package", "namespace", "null", "return", "true", "var", "void", "while"}

func splitDots(path string) (out []string) {
	from := 0
	for i := range len(path) + 1 {
		if i == len(path) || path[i] == '.' {
			out = append(out, path[from:i])
			from = i + 1
		}
	}
	return out
}

// literal writes a value as CEL does.
func literal(v mla.Value) string {
	if w, ok := v.AsWord(); ok {
		return strconv.Quote(w)
	}
	return v.String()
}
