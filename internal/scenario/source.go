package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of a case file. The shipped ones use a twentieth of them or less; the YAML parser's time grows with the square of the
// marks and its stack with the depth.
const (
	maxBytes = 1 << 20
	maxLine  = 2000   // characters in a line
	maxMarks = 10_000 // characters that can begin or end something in YAML
	maxDepth = 64     // brackets within brackets
)

// source is the text of one case file, and the faults found in it.
type source struct {
	file   string
	lines  []string
	faults Faults
}

// read returns the content of a case file. Anything but a regular file of at most maxBytes is refused before it is read.
func read(path string) ([]byte, error) {
	whole := func(message, fix string) error { return Faults{{File: path, Message: message, Fix: fix}} }
	small := func(info os.FileInfo) error {
		switch {
		case info.IsDir():
			return whole("a folder, not a case file", "name a file in it")
		case !info.Mode().IsRegular():
			return whole("not a regular file", "a case is a YAML file")
		case info.Size() > maxBytes:
			return whole(fmt.Sprintf("%d bytes, and a case file has at most %d", info.Size(), maxBytes), "a case is one request; see a shipped case for the form")
		}
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, whole("cannot be read: "+reason(err), "check the path")
	}
	if err := small(info); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, whole("cannot be read: "+reason(err), "check its permissions")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, whole("cannot be read: "+reason(err), "check the file")
	}
	if len(data) > maxBytes {
		return nil, whole(fmt.Sprintf("more than %d bytes", maxBytes), "a case is one request")
	}
	return data, nil
}

// reason is an error of the operating system without the path, which the fault names already.
func reason(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// open turns content into the root of its YAML. Content that the parser should not be given, or cannot read, is a fault
// and gives no root.
func open(file string, data []byte) (*source, ast.Node) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	s := &source{file: file}
	if len(data) > maxBytes {
		s.fault(0, 0, fmt.Sprintf("more than %d bytes", maxBytes), "a case is one request")
		return s, nil
	}
	s.lines = strings.Split(string(data), "\n")
	if !s.fit() {
		return s, nil
	}
	tree, err := parseYAML(data)
	if err != nil {
		var at interface {
			GetToken() *token.Token
			GetMessage() string
		}
		if errors.As(err, &at) && at.GetToken() != nil {
			p := at.GetToken().Position
			s.fault(p.Line, p.Column, at.GetMessage(), "correct the YAML here")
		} else {
			s.fault(0, 0, "this is not YAML: "+err.Error(), "see a shipped case for the form")
		}
		return s, nil
	}
	var bodies []ast.Node
	for _, d := range tree.Docs {
		if d.Body != nil {
			if _, comment := d.Body.(*ast.CommentGroupNode); !comment {
				bodies = append(bodies, d.Body)
			}
		}
	}
	switch len(bodies) {
	case 0:
		s.fault(0, 0, "the file is empty", "see a shipped case for the form")
		return s, nil
	case 1:
		if s.plain(bodies[0]) {
			return s, bodies[0]
		}
		return s, nil
	}
	line, column := place(bodies[1])
	s.fault(line, column, "a second document in one file", "one file holds one case")
	return s, nil
}

// plain reports a fault for the first anchor, alias, tag or merge key, and whether there is none: without them a value is
// as large as its text.
func (s *source) plain(root ast.Node) bool {
	w := &finder{}
	ast.Walk(w, root)
	if w.found == nil {
		return true
	}
	line, column := place(w.found)
	s.fault(line, column, w.message, w.fix)
	return false
}

// finder walks a tree up to the first node that a case file does without.
type finder struct {
	found        ast.Node
	message, fix string
}

func (f *finder) Visit(n ast.Node) ast.Visitor {
	if f.found != nil {
		return nil
	}
	switch x := n.(type) {
	case *ast.AnchorNode:
		f.message, f.fix = "case files have no anchors, found &"+x.Name.GetToken().Value, "write the value out where it is used"
	case *ast.AliasNode:
		f.message, f.fix = "case files have no anchors, so *"+x.Value.GetToken().Value+" stands for nothing", "write the value out"
	case *ast.TagNode:
		f.message, f.fix = x.Start.Value+" is read as a YAML tag", "remove it, or put the text in double quotes"
	case *ast.MergeKeyNode:
		f.message, f.fix = "case files have no merge keys", "write the values out"
	default:
		return f
	}
	f.found = n
	return nil
}

// fit reports whether the text may be given to the YAML parser.
func (s *source) fit() bool {
	marks, depth := 0, 0
	for i, line := range s.lines {
		if !utf8.ValidString(line) {
			s.lines[i] = strings.ToValidUTF8(line, "\uFFFD")
			s.fault(i+1, 1, "this line is not UTF-8 text", "save the file as UTF-8")
			return false
		}
		if n := utf8.RuneCountInString(line); n > maxLine {
			s.lines[i] = string([]rune(line)[:80]) + "..."
			s.fault(i+1, 1, fmt.Sprintf("a line of %d characters", n), fmt.Sprintf("break it; a line has at most %d", maxLine))
			return false
		}
		for j, r := range []rune(line) {
			if unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' {
				s.lines[i] = strings.Map(printable, line)
				s.fault(i+1, j+1, fmt.Sprintf("a control character (U+%04X)", r), "remove it")
				return false
			}
			switch r {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			if strings.ContainsRune("[]{},:'\"-#&*!|>?%@`", r) {
				marks++
			}
			if depth > maxDepth || marks > maxMarks {
				s.fault(i+1, j+1, "too much structure for a case file", "a case is one request; see a shipped case for the form")
				return false
			}
		}
	}
	return true
}

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' {
		return '\uFFFD'
	}
	return r
}

// parseYAML turns a panic of the YAML parser, which some broken files cause, into an error.
func parseYAML(data []byte) (f *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, errors.New("the parser gives up on it")
		}
	}()
	return parser.ParseBytes(data, 0)
}

func (s *source) fault(line, column int, message, fix string) {
	f := Fault{File: s.file, Line: line, Column: column, Message: message, Fix: fix}
	if line >= 1 && line <= len(s.lines) {
		f.Column = max(1, column)
		f.Excerpt = strings.TrimRightFunc(s.lines[line-1], unicode.IsSpace)
		if r := []rune(f.Excerpt); len(r) > f.Column+60 && len(r) > 160 {
			f.Excerpt = string(r[:max(160, f.Column+60)]) + "..."
		}
	}
	s.faults = append(s.faults, f)
}

// place returns the line and column at which a value begins.
func place(n ast.Node) (line, column int) {
	t := n.GetToken()
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return place(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return place(n.Key)
	}
	if t == nil || t.Position == nil {
		return 0, 0
	}
	return t.Position.Line, t.Position.Column
}
