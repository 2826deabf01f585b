package policies

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// document is one law file with its lines, so that every fault can name its place.
type document struct {
	file   string
	lines  []string
	faults *Faults
}

// entry is one value of a document, at its place.
type entry struct {
	doc  *document
	node ast.Node
}

// parse reads a file into its root value. What cannot be read at all is a fault and gives no root.
func parse(file string, content []byte, faults *Faults) (root entry, ok bool) {
	doc := &document{file: file, lines: strings.Split(string(content), "\n"), faults: faults}
	parsed, err := parseYAML(content)
	if err != nil {
		var at interface {
			GetToken() *token.Token
			GetMessage() string
		}
		if errors.As(err, &at) && at.GetToken() != nil {
			p := at.GetToken().Position
			doc.fault(p.Line, p.Column, at.GetMessage(), "correct the YAML here")
		} else {
			doc.fault(0, 0, err.Error(), "correct the YAML")
		}
		return entry{}, false
	}
	var bodies []ast.Node
	for _, d := range parsed.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		doc.fault(0, 0, "the file is empty", "see another file of the folder for its form")
	case len(bodies) > 1:
		entry{doc, bodies[1]}.fault("a second document in one file", "one file holds one document")
	default:
		return entry{doc, bodies[0]}, true
	}
	return entry{}, false
}

// parseYAML turns a panic of the YAML parser, which some broken files cause, into an error.
func parseYAML(content []byte) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, errors.New("the file cannot be read as YAML")
		}
	}()
	return parser.ParseBytes(content, 0)
}

func (d *document) fault(line, column int, message, fix string) {
	*d.faults = append(*d.faults, d.faultAt(line, column, message, fix))
}

// faultAt makes a fault with the line that it is about.
func (d *document) faultAt(line, column int, message, fix string) Fault {
	f := Fault{File: d.file, Line: line, Column: column, Message: message, Fix: fix}
	if line >= 1 && line <= len(d.lines) {
		f.Column = max(1, column)
		f.Excerpt = strings.TrimRightFunc(d.lines[line-1], unicode.IsSpace)
	}
	return f
}

// start returns the line and column at which the value begins.
func (e entry) start() (line, column int) {
	t := e.node.GetToken()
	if m, ok := e.node.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		t = m.Values[0].Key.GetToken()
	} else if m, ok := e.node.(*ast.MappingValueNode); ok {
		t = m.Key.GetToken()
	}
	if t == nil || t.Position == nil {
		return 0, 0
	}
	return t.Position.Line, t.Position.Column
}

func (e entry) fault(message, fix string) {
	line, column := e.start()
	e.doc.fault(line, column, message, fix)
}

func (e entry) faultf(fix, format string, args ...any) { e.fault(fmt.Sprintf(format, args...), fix) }

// plain reports a fault for YAML features that law files do without, and whether e is free of them.
func (e entry) plain() bool {
	switch n := e.node.(type) {
	case *ast.AnchorNode:
		name := n.Name.GetToken().Value
		if n.Value != nil && slices.ContainsFunc(ast.Filter(ast.AliasType, n.Value), func(a ast.Node) bool {
			return a.(*ast.AliasNode).Value.GetToken().Value == name
		}) {
			e.faultf("write the value out where it is used", "the anchor &%s contains itself", name)
		} else {
			e.faultf("write the value out where it is used", "law files have no anchors, found &%s", name)
		}
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		e.faultf("write the value out", "nothing here is called *%s: law files have no anchors", name)
	case *ast.TagNode:
		e.faultf("put an expression that begins with ! in double quotes", "%s is read as a YAML tag", n.Start.Value)
	case *ast.MergeKeyNode:
		e.fault("law files have no merge keys", "write the values out")
	default:
		return true
	}
	return false
}

// text reads a scalar that is text.
func (e entry) text() (string, bool) {
	if !e.plain() {
		return "", false
	}
	switch n := e.node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		e.faultf("put it in double quotes", "want text, got %s", e.node.GetToken().Value)
	default:
		e.faultf("write one line of words after the colon", "want text, got %s", e.form())
	}
	return "", false
}

func (e entry) number(low, high int) int {
	if !e.plain() {
		return 0
	}
	if n, ok := e.node.(*ast.IntegerNode); ok {
		if v, err := strconv.Atoi(n.GetToken().Value); err == nil && v >= low && v <= high {
			return v
		}
		e.faultf("give a number between them", "want a whole number from %d to %d, got %s", low, high, n.GetToken().Value)
		return 0
	}
	e.faultf("write it in digits, without quotes", "want a whole number from %d to %d, got %s", low, high, e.form())
	return 0
}

func (e entry) flag() bool {
	if !e.plain() {
		return false
	}
	if n, ok := e.node.(*ast.BoolNode); ok {
		return n.Value
	}
	e.faultf("write true or false, without quotes", "want true or false, got %s", e.form())
	return false
}

func (e entry) list() []entry {
	if !e.plain() {
		return nil
	}
	switch n := e.node.(type) {
	case *ast.SequenceNode:
		out := make([]entry, 0, len(n.Values))
		for _, v := range n.Values {
			out = append(out, entry{e.doc, v})
		}
		return out
	case *ast.NullNode:
		return nil
	}
	e.faultf("put it in square brackets, or each on a line after a dash", "want a list, got %s", e.form())
	return nil
}

// form names the YAML form of a value, for a reader of law rather than of YAML.
func (e entry) form() string {
	switch n := e.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "named fields"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.StringNode:
		return strconv.Quote(n.Value)
	case *ast.LiteralNode:
		return "a block of text"
	}
	if t := e.node.GetToken(); t != nil {
		return t.Value
	}
	return "something else"
}

// place returns the line and column of the expression's rune at the given line (from 1) and column (from 0) of its text,
// through whatever folding, quoting or indentation the file has: these change white space only.
func (e entry) place(text string, line, column int) (int, int) {
	before := 0
	for i, l := range strings.Split(text, "\n") {
		if i == line-1 {
			l = firstRunes(l, column)
		} else if i >= line {
			break
		}
		before += inked(l)
	}
	before = max(0, min(before, inked(text)-1))
	atLine, atColumn := e.start()
	if _, block := e.node.(*ast.LiteralNode); block {
		atLine, atColumn = atLine+1, 1
	} else if t := e.node.GetToken(); t != nil && (t.Type == token.DoubleQuoteType || t.Type == token.SingleQuoteType) {
		atColumn++
	}
	for n := atLine; n >= 1 && n <= len(e.doc.lines); n++ {
		for i, r := range []rune(e.doc.lines[n-1]) {
			if n == atLine && i < atColumn-1 || unicode.IsSpace(r) {
				continue
			}
			if before == 0 {
				return n, i + 1
			}
			before--
		}
	}
	return e.start()
}

func inked(s string) (n int) {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
