package policies

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"rogatory/internal/mla"
)

// InWords writes a rule's condition in plain words, from what facts.yaml says its facts mean.
func (r *Rule) InWords(b *Bundle) string {
	out := r.conditionInWords(b)
	if r.GivesWay != "" {
		out += "; and no other treaty on mutual legal assistance takes its place (" + r.GivesWay + ")"
	}
	return out
}

// conditionInWords leaves out to what the rule gives way.
func (r *Rule) conditionInWords(b *Bundle) string {
	if r.when == nil {
		return ""
	}
	out := b.words(r.when.ast.Expr())
	if r.When == "true" {
		out = "always"
	}
	if r.unless != nil {
		out += "; unless " + b.words(r.unless.ast.Expr())
	}
	return out
}

func (b *Bundle) words(e ast.Expr) string {
	op, parts := operands(e)
	switch op {
	case operators.LogicalAnd:
		return b.joined(chain(op, e), ", and ")
	case operators.LogicalOr:
		return b.joined(chain(op, e), ", or ")
	case operators.LogicalNot:
		if parts[0].Kind() == ast.IdentKind {
			return "it is not so that " + b.meaning(parts[0])
		}
		return "it is not so that (" + b.words(parts[0]) + ")"
	case operators.Conditional:
		return "if " + b.words(parts[0]) + ", then " + b.words(parts[1]) + ", else " + b.words(parts[2])
	}
	switch e.Kind() {
	case ast.IdentKind:
		return b.meaning(e)
	case ast.LiteralKind:
		return literalWords(e)
	case ast.CallKind:
		return b.comparison(e.AsCall())
	default:
		return "a test of facts"
	}
}

// joined puts the parts of an and or an or side by side, with brackets around those that are joined in turn.
func (b *Bundle) joined(parts []ast.Expr, by string) string {
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = b.words(p)
		if op, _ := operands(p); op == operators.LogicalAnd || op == operators.LogicalOr {
			out[i] = "(" + out[i] + ")"
		}
	}
	return strings.Join(out, by)
}

// meaning is what a fact's declaration says, as a part of a sentence.
func (b *Bundle) meaning(e ast.Expr) string {
	f := b.byPath[mla.Path(e.AsIdent())]
	if f == nil {
		return e.AsIdent()
	}
	s := strings.TrimSuffix(f.Means, ".")
	first, _, _ := strings.Cut(s, " ")
	if first == "A" || len(first) > 1 && first != strings.ToUpper(first) {
		s = strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

var relations = map[string]string{
	operators.Equals: "is", operators.NotEquals: "is not", operators.Less: "is less than", operators.LessEquals: "is at most",
	operators.Greater: "is more than", operators.GreaterEquals: "is at least", operators.In: "is one of",
}

func (b *Bundle) comparison(c ast.CallExpr) string {
	args := c.Args()
	relation, ok := relations[c.FunctionName()]
	if !ok || len(args) != 2 {
		return "a calculation over facts"
	}
	return b.term(args[0]) + " " + relation + " " + b.term(args[1])
}

// term writes one side of a comparison: the meaning of a fact in quotes, or a word or number.
func (b *Bundle) term(e ast.Expr) string {
	switch e.Kind() {
	case ast.IdentKind:
		name, _, _ := strings.Cut(b.meaning(e), ";") // what follows says how it is counted
		return "“" + name + "”"
	case ast.LiteralKind:
		return literalWords(e)
	case ast.ListKind:
		var out []string
		for _, x := range e.AsList().Elements() {
			out = append(out, b.term(x))
		}
		return strings.Join(out, ", ")
	default:
		return b.words(e)
	}
}

func literalWords(e ast.Expr) string {
	switch v := e.AsLiteral().(type) {
	case types.String:
		return strings.ReplaceAll(string(v), "-", " ")
	case types.Bool:
		if v {
			return "always"
		}
		return "never"
	}
	return fmt.Sprint(e.AsLiteral().Value())
}
