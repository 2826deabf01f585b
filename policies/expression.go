package policies

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"rogatory/internal/mla"
)

// language is CEL over the declared facts, and every test of facts that the law makes.
type language struct {
	env    *cel.Env
	facts  []*Fact
	byPath map[mla.Path]*Fact
	atoms  map[string]*atom
	rules  map[string]*Rule  // by id
	broken map[mla.Path]bool // facts whose declaration has a fault
	asked  int               // answers that CEL has given so far
}

// expression is a condition as a law file writes it, parsed and type-checked.
type expression struct {
	text  string
	at    entry
	ast   *ast.AST
	facts []*Fact         // it mentions, in order of declaration; facts of the law included
	tests map[int64]*atom // by the id of the sub-expression
}

// atom is a test of facts that has no and, or, not or if at its top. CEL itself has judged it on every value the facts
// can have; table holds its answers, the last fact varying fastest.
type atom struct {
	text  string
	facts []*Fact
	table []bool
}

// Bounds on what one law may cost to load.
const (
	largestTable      = 1 << 16
	mostAnswers       = 1 << 22
	largestExpression = 4096
	deepestExpression = 100
)

func newLanguage(facts []*Fact) (*language, error) {
	l := &language{facts: facts, byPath: map[mla.Path]*Fact{}, atoms: map[string]*atom{}, rules: map[string]*Rule{}}
	opts := []cel.EnvOption{
		cel.ClearMacros(),
		cel.ParserExpressionSizeLimit(largestExpression),
		cel.ParserRecursionLimit(deepestExpression),
	}
	for _, f := range facts {
		l.byPath[f.Path] = f
		opts = append(opts, cel.Variable(string(f.Path), f.celType()))
	}
	env, err := cel.NewEnv(opts...)
	if err != nil {
		return nil, err
	}
	l.env = env
	return l, nil
}

// compile reads an expression that a law file holds at e. Faults are put at their own place within it. May says which
// facts it may mention (nil: all), and hint what to write instead of others.
func (l *language) compile(e entry, may func(*Fact) bool, hint ...string) *expression {
	text, ok := e.text()
	if !ok {
		return nil
	}
	if strings.TrimSpace(text) == "" {
		e.fault("the expression is empty", `write a condition over facts, or "true"`)
		return nil
	}
	return l.compileText(e, text, may, hint...)
}

// compileText compiles a text that stands at e, or follows from what stands there.
func (l *language) compileText(e entry, text string, may func(*Fact) bool, hint ...string) *expression {
	fault := func(line, column int, message, fix string) {
		_, column = name(text, line, column)
		line, column = e.place(text, line, column)
		e.doc.fault(line, column, message, fix)
	}
	checked, issues := l.env.Compile(text)
	if issues.Err() != nil {
		for _, err := range issues.Errors() {
			at, _ := name(text, err.Location.Line(), err.Location.Column())
			if l.broken[mla.Path(at)] {
				continue
			}
			message, fix := l.explain(err.Message, at)
			fault(err.Location.Line(), err.Location.Column(), message, fix)
		}
		return nil
	}
	if !checked.OutputType().IsExactType(cel.BoolType) {
		fault(1, 0, fmt.Sprintf("want a condition, got %s", kindOf(checked.OutputType())), "compare it with something")
		return nil
	}
	x := &expression{text: text, at: e, ast: checked.NativeRep(), tests: map[int64]*atom{}}
	ok := true
	for _, id := range identifiers(x.ast.Expr()) {
		f := l.byPath[mla.Path(id.AsIdent())]
		if f == nil {
			continue
		}
		if may != nil && !may(f) {
			at := x.ast.SourceInfo().GetStartLocation(id.ID())
			fault(at.Line(), at.Column(), fmt.Sprintf("%s may not be mentioned here", f.Path), strings.Join(hint, "; "))
			ok = false
		}
		if !slices.Contains(x.facts, f) {
			x.facts = append(x.facts, f)
		}
	}
	slices.SortFunc(x.facts, func(a, b *Fact) int { return a.index - b.index })
	for _, bad := range l.misspelt(x.ast.Expr()) {
		at := x.ast.SourceInfo().GetStartLocation(bad.id)
		fault(at.Line(), at.Column(), fmt.Sprintf("%s is never %s", bad.fact.Path, quoted(bad.word)), suggest(bad.word, bad.fact.Domain))
		ok = false
	}
	if !ok {
		return nil
	}
	for _, test := range tests(x.ast.Expr()) {
		a, err := l.judge(x.ast, test)
		if err != nil {
			at := x.ast.SourceInfo().GetStartLocation(test.ID())
			fault(at.Line(), at.Column(), err.Error(), "split the condition with && or ||, or use other facts")
			return nil
		}
		x.tests[test.ID()] = a
	}
	return x
}

// explain turns a CEL message into one a lawyer can act on; name is the name it is about.
func (l *language) explain(message, name string) (string, string) {
	if strings.HasPrefix(message, "undeclared reference to '") {
		paths := make([]mla.Path, len(l.facts))
		for i, f := range l.facts {
			paths[i] = f.Path
		}
		if n := nearest(name, paths); n != "" {
			return "unknown fact " + name, "did you mean " + n + "?"
		}
		return "unknown fact " + name, "facts.yaml lists those there are; declare it there, or under facts: of this file"
	}
	if rest, ok := strings.CutPrefix(message, "found no matching overload for '"); ok {
		name, applied, _ := strings.Cut(rest, "' applied to '")
		for cel, ours := range map[string]string{"string": "word", "int": "number", "bool": "truth value"} {
			applied = strings.ReplaceAll(applied, cel, ours)
		}
		return fmt.Sprintf("%s does not fit %s", strings.Trim(name, "_@"), strings.TrimSuffix(applied, "'")),
			"compare a truth value with true or false, a number with a number, a word with a word in quotes"
	}
	if rest, ok := strings.CutPrefix(message, "Syntax error: "); ok {
		rest, _, _ = strings.Cut(rest, " expecting ")
		if strings.Contains(rest, "<EOF>") {
			rest = "it ends too early"
		}
		return "cannot read the condition: " + rest, "write facts, && || ! == != < >, words in double quotes"
	}
	return strings.ReplaceAll(message, "\n", " "), "correct the expression"
}

func kindOf(t *cel.Type) string {
	if t.IsExactType(cel.IntType) || t.IsExactType(cel.UintType) || t.IsExactType(cel.DoubleType) {
		return "a number"
	}
	if t.IsExactType(cel.StringType) {
		return "a word"
	}
	return "a " + t.String()
}

// name returns the dotted name that stands around a column of a line of the text, and the column where it begins; for a
// place that is in no name, "" and the column itself. CEL puts a dotted name at its last dot.
func name(text string, line, column int) (string, int) {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) {
		return "", column
	}
	r := []rune(lines[line-1])
	in := func(i int) bool {
		return i >= 0 && i < len(r) && (r[i] == '.' || r[i] == '_' || r[i] >= 'a' && r[i] <= 'z' || r[i] >= 'A' && r[i] <= 'Z' || r[i] >= '0' && r[i] <= '9')
	}
	if !in(column) {
		return "", column
	}
	from, to := column, column
	for in(from - 1) {
		from--
	}
	for in(to) {
		to++
	}
	return string(r[from:to]), from
}

// operands returns the parts of an expression joined by and, or, not or if, and what joins them; a test has none.
func operands(e ast.Expr) (op string, parts []ast.Expr) {
	if e.Kind() != ast.CallKind {
		return "", nil
	}
	switch c := e.AsCall(); c.FunctionName() {
	case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional:
		return c.FunctionName(), c.Args()
	}
	return "", nil
}

// tests lists the tests of an expression from left to right.
func tests(e ast.Expr) []ast.Expr {
	op, parts := operands(e)
	if op == "" {
		return []ast.Expr{e}
	}
	var out []ast.Expr
	for _, p := range parts {
		out = append(out, tests(p)...)
	}
	return out
}

// identifiers lists the identifiers in an expression from left to right.
func identifiers(e ast.Expr) []ast.Expr {
	var out []ast.Expr
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(x ast.Expr) {
		if x.Kind() == ast.IdentKind {
			out = append(out, x)
		}
	}))
	return out
}

type misspelling struct {
	id   int64
	fact *Fact
	word string
}

// misspelt finds words compared with a fact whose domain lacks them: such a test could never be met.
func (l *language) misspelt(root ast.Expr) (out []misspelling) {
	ast.PreOrderVisit(root, ast.NewExprVisitor(func(x ast.Expr) {
		if x.Kind() != ast.CallKind {
			return
		}
		c := x.AsCall()
		if name := c.FunctionName(); name != operators.Equals && name != operators.NotEquals && name != operators.In {
			return
		}
		var fact *Fact
		var literals []ast.Expr
		for _, arg := range c.Args() {
			if kind := arg.Kind(); kind == ast.IdentKind {
				fact = l.byPath[mla.Path(arg.AsIdent())]
			} else if kind == ast.ListKind {
				literals = append(literals, arg.AsList().Elements()...)
			} else {
				literals = append(literals, arg)
			}
		}
		if fact == nil || fact.Type != WordFact {
			return
		}
		for _, lit := range literals {
			if lit.Kind() != ast.LiteralKind {
				continue
			}
			if w, ok := lit.AsLiteral().(types.String); ok {
				if _, known := fact.raw[string(w)]; !known {
					out = append(out, misspelling{lit.ID(), fact, string(w)})
				}
			}
		}
	}))
	return out
}

// judge asks CEL for the answer of a test on every combination of the values its facts can have.
func (l *language) judge(whole *ast.AST, test ast.Expr) (*atom, error) {
	text, err := cel.ExprToString(test, whole.SourceInfo())
	if err != nil {
		return nil, err
	}
	if a := l.atoms[text]; a != nil {
		return a, nil
	}
	a := &atom{text: text}
	size := 1
	for _, id := range identifiers(test) {
		if f := l.byPath[mla.Path(id.AsIdent())]; f != nil && !slices.Contains(a.facts, f) {
			a.facts = append(a.facts, f)
			if size *= f.size(); size > largestTable {
				return nil, fmt.Errorf("%s has more than %d combinations of values", quoted(text), largestTable)
			}
		}
	}
	if l.asked += size; l.asked > mostAnswers {
		return nil, fmt.Errorf("the tests of this law have more than %d combinations of values in all", mostAnswers)
	}
	slices.SortFunc(a.facts, func(a, b *Fact) int { return a.index - b.index })
	a.table = make([]bool, size)
	if test.Kind() == ast.IdentKind && len(a.facts) == 1 {
		a.table[1] = true
		l.atoms[text] = a
		return a, nil
	}
	program, err := l.env.PlanProgram(ast.NewCheckedAST(ast.NewAST(test, whole.SourceInfo()), whole.TypeMap(), whole.ReferenceMap()))
	if err != nil {
		return nil, err
	}
	input := make(map[string]any, len(a.facts))
	for row := range a.table {
		rest := row
		for _, f := range slices.Backward(a.facts) {
			input[string(f.Path)] = f.at(rest % f.size()).Any()
			rest /= f.size()
		}
		v, _, err := program.Eval(input)
		if err != nil {
			return nil, fmt.Errorf("%s has no answer for %s: %w", quoted(text), written(a.facts, input), err)
		}
		b, ok := v.(types.Bool)
		if !ok {
			return nil, fmt.Errorf("%s is neither true nor false", quoted(text))
		}
		a.table[row] = bool(b)
	}
	l.atoms[text] = a
	return a, nil
}

func written(facts []*Fact, input map[string]any) string {
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = fmt.Sprintf("%s = %v", f.Path, input[string(f.Path)])
	}
	return strings.Join(out, ", ")
}
