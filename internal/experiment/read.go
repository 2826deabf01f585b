package experiment

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"rogatory/internal/fault"
	"rogatory/internal/measure"
	"rogatory/internal/population"
	"rogatory/policies"
)

//go:embed designs/*.yaml
var shipped embed.FS

// Faults is all that is wrong with a design.
type Faults []fault.Fault

// Error writes one fault a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, x := range f {
		lines[i] = x.Error()
	}
	return strings.Join(lines, "\n")
}

// Detail writes each fault with the line it is about.
func (f Faults) Detail() string {
	lines := make([]string, len(f))
	for i, x := range f {
		lines[i] = x.Detail()
	}
	return strings.Join(lines, "\n")
}

// IDs lists the designs that ship, in the order in which they are best run.
func IDs() []string {
	return []string{"baseline", "instruments", "safeguards", "secrecy", "load", "urgency", "coverage", "sampling", "scope", "waterbed", "direct", "evidence-threshold"}
}

// Open reads a design: one that ships, by its id, or a file. What is wrong with it is Faults.
func Open(name string, b *policies.Bundle, p population.Parameters) (*Design, error) {
	if slices.Contains(IDs(), name) {
		file := path.Join("designs", name+".yaml")
		content, err := shipped.ReadFile(file)
		if err != nil {
			return nil, err
		}
		return Parse(file, content, b, p)
	}
	content, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("no design and no file is called %q; the designs are: %s", name, strings.Join(IDs(), ", "))
	}
	if err != nil {
		return nil, err
	}
	return Parse(name, content, b, p)
}

// reader is a design file with its faults.
type reader struct {
	file   string
	lines  []string
	tree   *ast.File
	unfit  map[string]bool // places that were told of, and left out
	faults Faults
}

// Parse reads a design from the content of a file.
func Parse(name string, content []byte, b *policies.Bundle, p population.Parameters) (*Design, error) {
	r := &reader{file: name, lines: strings.Split(string(content), "\n"), unfit: map[string]bool{}}
	var err error
	if r.tree, err = parser.ParseBytes(content, 0); err != nil {
		return nil, r.unread(err)
	}
	d := &Design{file: name, content: content}
	if len(r.tree.Docs) != 1 || r.tree.Docs[0].Body == nil {
		return nil, r.unread(errors.New("the file holds no design, or more than one"))
	}
	if !r.fit("$", r.tree.Docs[0].Body, designShape) {
		return nil, r.faults
	}
	if err := yaml.NodeToValue(r.tree.Docs[0].Body, d, yaml.Strict()); err != nil {
		return nil, append(r.faults, r.unread(err)...)
	}
	r.check(d, b, p)
	if len(r.faults) > 0 {
		slices.SortStableFunc(r.faults, func(a, b fault.Fault) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
		return nil, r.faults
	}
	return d, nil
}

// unread is the fault of a file that YAML cannot make a design of.
func (r *reader) unread(err error) Faults {
	f := fault.Fault{File: r.file, Message: err.Error(), Fix: "the designs that ship are in internal/experiment/designs"}
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if errors.As(err, &at) && at.GetToken() != nil {
		f.Line, f.Column, f.Message = at.GetToken().Position.Line, at.GetToken().Position.Column, at.GetMessage()
		r.excerpt(&f)
	}
	return Faults{f}
}

func (r *reader) excerpt(f *fault.Fault) {
	if f.Line >= 1 && f.Line <= len(r.lines) {
		f.Excerpt = r.lines[f.Line-1]
	}
}

// say reports a fault at the place of a value: "$.factors[0].levels[1]". What was left out is not told of again.
func (r *reader) say(at, fix, format string, args ...any) {
	if r.unfit[at] {
		return
	}
	var n ast.Node
	if p, err := yaml.PathString(at); err == nil {
		n, _ = p.FilterFile(r.tree) // a place that is not there has no line
	}
	r.sayAt(n, fix, format, args...)
}

// sayAt reports a fault at a node; nil: of the file.
func (r *reader) sayAt(n ast.Node, fix, format string, args ...any) {
	f := fault.Fault{File: r.file, Message: fmt.Sprintf(format, args...), Fix: fix}
	if n != nil && n.GetToken() != nil {
		f.Line, f.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
		r.excerpt(&f)
	}
	r.faults = append(r.faults, f)
}

var goodID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

func (r *reader) check(d *Design, b *policies.Bundle, p population.Parameters) {
	if !goodID.MatchString(d.ID) {
		r.say("$.id", "give small letters, digits and hyphens", "%q is no id", d.ID)
	}
	if d.Title == "" {
		r.say("$.title", "give one", "the design has no title")
	}
	for i, g := range d.Gaps {
		if len(measure.ByGap(g)) == 0 {
			r.say(fmt.Sprintf("$.gaps[%d]", i), "see gaps", "%q is no gap of the catalogue", g)
		}
	}
	if d.Plan == "" {
		d.Plan = OneAtATime
	}
	if d.Plan != OneAtATime && d.Plan != Factorial {
		r.say("$.plan", fmt.Sprintf("%s or %s", OneAtATime, Factorial), "no plan is called %q", d.Plan)
	}
	r.instruments("$.base.instruments", d.Base.Instruments, b)
	r.safeguards("$.base.safeguards", nil, d.Base.Safeguards, b)
	for id, v := range d.Base.Parameters {
		r.parameter("$.base.parameters."+quoted(id), id, v, p)
	}
	seen := map[string]bool{}
	for i, f := range d.Factor {
		at := fmt.Sprintf("$.factors[%d]", i)
		if seen[f.Factor] && d.Plan == Factorial {
			r.say(at+".factor", "put its levels together", "factor %s is there twice", f.Factor)
		}
		seen[f.Factor] = true
		if len(f.Levels) == 0 {
			r.say(at+".levels", "give at least one", "factor %q has no levels", f.Factor)
		}
		for j, l := range f.Levels {
			if again := slices.IndexFunc(f.Levels[:j], func(other any) bool { return fmt.Sprint(other) == fmt.Sprint(l) }); again >= 0 {
				r.say(fmt.Sprintf("%s.levels[%d]", at, j), "leave it out", "level %v is there twice", l)
				continue
			}
			r.level(fmt.Sprintf("%s.levels[%d]", at, j), at+".factor", j == 0, f.Factor, l, d, b, p)
		}
	}
	for i, id := range d.Tornado {
		if _, err := p.Get(id); err != nil && (len(d.Tornado) > 1 || id != string(population.Assumed)) {
			r.say(fmt.Sprintf("$.tornado[%d]", i), "name parameters, or write [assumed] for all assumed ones", "%v", err)
		}
	}
	if d.Replications < 2 {
		r.say("$.replications", "an interval needs at least 2", "replications: %d", d.Replications)
	}
	if h := d.HalfWidth; h != nil {
		r.figure("$.half_width.outcome", h.Outcome)
		if !(h.AtMost > 0) {
			r.say("$.half_width.at_most", "say how narrow, in the unit of the outcome", "at_most: %v", h.AtMost)
		}
		if h.Replications < d.Replications {
			r.say("$.half_width.replications", "at least as many as replications", "at most %d replications, and at least %d", h.Replications, d.Replications)
		}
	}
	if !(d.Years > 0 && d.Years <= population.MostYears) {
		r.say("$.years", fmt.Sprintf("letters are begun for more than 0 and at most %d years", population.MostYears), "years: %v", d.Years)
	}
	if d.Years > 0 && !(d.WarmUp >= 0 && d.WarmUp < d.Years) {
		r.say("$.warm_up", "less than years", "warm_up: %v of %v years", d.WarmUp, d.Years)
	}
	if d.Watch < 1 || d.Watch > 36500 {
		r.say("$.watch", "watch a case for 1 to 36500 days", "watch: %d", d.Watch)
	}
	if len(d.Outcomes) == 0 {
		r.say("$.outcomes", "give outcomes, such as [detection, days]", "nothing is looked at")
	}
	for i, id := range d.Outcomes {
		at := fmt.Sprintf("$.outcomes[%d]", i)
		if slices.Contains(d.Outcomes[:i], id) {
			r.say(at, "leave it out", "outcome %s is there twice", id)
			continue
		}
		r.figure(at, id)
	}
	if len(r.faults) == 0 {
		r.weights(d, p)
	}
}

// weights checks that in every arm something is left to be drawn wherever one of several is.
func (r *reader) weights(d *Design, p population.Parameters) {
	for _, a := range d.Arms(p) {
		set, err := p.With(a.Parameters)
		if err != nil {
			r.say("$.base.parameters", "give values within the support", "arm %s: %v", a.Name, err)
			continue
		}
		sums, of := map[string]float64{}, map[string]int{}
		var groups []string
		for _, x := range set.List() {
			if x.Unit != "weight" {
				continue
			}
			group, _, _ := strings.Cut(x.ID, ".")
			if !slices.Contains(groups, group) {
				groups = append(groups, group)
			}
			sums[group] += x.Value
			of[group] += int(whether(x.Value > 0))
		}
		for _, group := range groups {
			if sums[group] == 0 {
				r.say("$.base.parameters", "leave one above zero", "arm %s: every weight %s.* is zero, so that there is nothing to draw", a.Name, group)
			}
		}
	}
}

func (r *reader) figure(at, id string) {
	if _, ok := FigureOf(id); !ok {
		ids := FigureIDs()
		near := slices.MinFunc(ids, func(a, b string) int { return fault.Distance(id, a) - fault.Distance(id, b) })
		r.say(at, "the nearest is "+near+"; a measure may name its view, as G01.StandingDays@public", "no outcome is called %q", id)
	}
}

func (r *reader) instruments(at string, ids []string, b *policies.Bundle) {
	if len(ids) == 0 {
		r.say(at, "name at least one, as [uncc]", "no instrument")
	}
	letters, faults := 0, 0
	for _, id := range ids {
		switch state, err := asks(b, id); {
		case err != nil:
			faults++
			r.say(at, "name one by which a State asks a State, or a provider", "%v", err)
		case state:
			letters++
		}
	}
	if letters == 0 && faults == 0 && len(ids) > 0 {
		r.say(at, "name one by which a State asks a State", "under %s a State asks providers, and no other State", strings.Join(ids, " and "))
	}
}

// safeguards checks those of a list, with those of the base.
func (r *reader) safeguards(at string, base, ids []string, b *policies.Bundle) {
	known := func(id string) bool { return b.CheckSafeguards([]string{id}) == nil }
	for i, id := range ids {
		if err := b.CheckSafeguards([]string{id}); err != nil {
			r.say(fmt.Sprintf("%s[%d]", at, i), "see policies list", "%v", err)
			return
		}
		if slices.Contains(ids[:i], id) {
			r.say(fmt.Sprintf("%s[%d]", at, i), "leave it out", "safeguard %s is there twice", id)
			return
		}
	}
	all := slices.Concat(base, ids)
	slices.Sort(all)
	if all = slices.Compact(all); !slices.ContainsFunc(all, func(id string) bool { return !known(id) }) {
		if err := b.CheckSafeguards(all); err != nil {
			r.say(at, "choose one", "%v", err)
		}
	}
}

func (r *reader) parameter(at, id string, v float64, p population.Parameters) {
	x, err := p.Get(id)
	if err != nil {
		r.say(at, "see experiment list", "%v", err)
		return
	}
	if err := x.Check(v); err != nil {
		r.say(at, "give a value within the support", "%v", err)
	}
}

// level checks one level of a factor; a factor that is none is told of once.
func (r *reader) level(at, factorAt string, first bool, factor string, l any, d *Design, b *policies.Bundle, p population.Parameters) {
	switch factor {
	case instrumentFactor:
		if names, ok := names(l); ok && len(names) > 0 {
			r.instruments(at, names, b)
			return
		}
		r.say(at, "name instruments, as uncc or [uncc, budapest]", "%v names no instrument", l)
	case safeguardFactor:
		if names, ok := names(l); ok {
			r.safeguards(at, d.Base.Safeguards, names, b)
			return
		}
		r.say(at, "a list, as [L01, L02]; [] is none", "%v is no list of safeguards", l)
	default:
		if _, err := p.Get(factor); err != nil {
			if first {
				r.say(factorAt, "instruments, safeguards or a parameter", "%v", err)
			}
			return
		}
		v, ok := number(l)
		if !ok {
			r.say(at, "give a number", "%v is no level of %s", l, factor)
			return
		}
		r.parameter(at, factor, v, p)
	}
}

// quoted writes a key that holds dots as a part of a path.
func quoted(key string) string { return "'" + key + "'" }
