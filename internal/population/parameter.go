package population

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"rogatory/internal/fault"
)

// Basis says what a number rests on.
type Basis string

// The bases.
const (
	Published   Basis = "published"
	Transferred Basis = "transferred" // published of another population
	Derived     Basis = "derived"     // arithmetic on published figures
	Assumed     Basis = "assumed"
)

// Letter is the basis as it stands beside a result: P, T, D or A.
func (b Basis) Letter() string { return strings.ToUpper(string(b[:1])) }

// Parameter is one number of the population.
type Parameter struct {
	ID      string     `yaml:"id" json:"id"`
	Value   float64    `yaml:"value" json:"value"`
	Unit    string     `yaml:"unit" json:"unit"`
	Basis   Basis      `yaml:"basis" json:"basis"`
	Source  string     `yaml:"source" json:"source"`
	Sweep   [2]float64 `yaml:"sweep" json:"sweep"`     // the range to try
	Support [2]float64 `yaml:"support" json:"support"` // what it may be at all
	Says    string     `yaml:"says" json:"says"`
}

// Parameters are all numbers of a population, in the order of their file. They are never changed; With makes others.
type Parameters struct {
	list []Parameter
	at   map[string]int
}

//go:embed parameters.yaml
var shipped []byte

// Shipped returns the parameters that ship.
func Shipped() (Parameters, error) { return ReadParameters("parameters.yaml", shipped) }

// ReadParameters reads a file of parameters. It must give every number of the model, once, and nothing else; all that is
// wrong with it is reported together, as fault.Fault joined by errors.Join.
func ReadParameters(name string, content []byte) (Parameters, error) {
	p := Parameters{at: map[string]int{}}
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		return p, fault.Fault{File: name, Message: err.Error(), Fix: "correct the YAML"}
	}
	var faults []error
	say := func(n ast.Node, fix, format string, args ...any) {
		f := fault.Fault{File: name, Message: fmt.Sprintf(format, args...), Fix: fix}
		if n != nil {
			f.Line, f.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
		}
		faults = append(faults, f)
	}
	var items []ast.Node
	for _, d := range file.Docs {
		list, ok := d.Body.(*ast.SequenceNode)
		if !ok {
			say(d.Body, "give a list of parameters", "the file is no list")
			continue
		}
		items = append(items, list.Values...)
	}
	known := modelFields()
	for _, n := range items {
		var x Parameter
		if err := yaml.NodeToValue(n, &x, yaml.Strict()); err != nil {
			say(n, "id, value, unit, basis, source, sweep, support and says, nothing else", "%s", strings.SplitN(yaml.FormatError(err, false, false), "\n", 2)[0])
			continue
		}
		_, twice := p.at[x.ID]
		switch {
		case known[x.ID] == nil:
			say(n, "remove it, or correct the name", "the model has no parameter %q", x.ID)
		case twice:
			say(n, "remove one", "%s is there twice", x.ID)
		case !slices.Contains([]Basis{Published, Transferred, Derived, Assumed}, x.Basis):
			say(n, "published, transferred, derived or assumed", "%s: basis %q is none", x.ID, x.Basis)
		case x.Source == "" || x.Says == "" || x.Unit == "":
			say(n, "say what it is, in which unit, and where it is from", "%s: source, says or unit is missing", x.ID)
		case x.Sweep[0] > x.Sweep[1] || x.Sweep[0] < x.Support[0] || x.Sweep[1] > x.Support[1]:
			say(n, "the sweep lies within the support, the lower end first", "%s: sweep %v, support %v", x.ID, x.Sweep, x.Support)
		default:
			if err := x.Check(x.Value); err != nil {
				say(n, "give a value within the support", "%v", err)
			}
		}
		p.at[x.ID] = len(p.list)
		p.list = append(p.list, x)
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if _, ok := p.at[id]; !ok && len(faults) == 0 {
			say(nil, "add it, with its basis and source", "parameter %s is missing", id)
		}
	}
	return p, errors.Join(faults...)
}

// Check says whether the parameter may have a value.
func (p Parameter) Check(v float64) error {
	if v != v || v < p.Support[0] || v > p.Support[1] {
		return fmt.Errorf("%s: %v is outside its support, %v to %v", p.ID, v, p.Support[0], p.Support[1])
	}
	return nil
}

// List returns all parameters in the order of their file.
func (p Parameters) List() []Parameter { return slices.Clone(p.list) }

// Get finds a parameter.
func (p Parameters) Get(id string) (Parameter, error) {
	i, ok := p.at[id]
	if !ok {
		ids := slices.Collect(maps.Keys(p.at))
		return Parameter{}, fmt.Errorf("no parameter is called %q; the nearest is %s", id, nearest(id, ids))
	}
	return p.list[i], nil
}

func nearest(id string, ids []string) string {
	slices.Sort(ids)
	return slices.MinFunc(ids, func(a, b string) int { return fault.Distance(id, a) - fault.Distance(id, b) })
}

// With returns the parameters with other values. A value outside its support is an error.
func (p Parameters) With(values map[string]float64) (Parameters, error) {
	out := Parameters{list: slices.Clone(p.list), at: p.at}
	var errs []error
	for _, id := range slices.Sorted(maps.Keys(values)) {
		x, err := p.Get(id)
		if err == nil {
			err = x.Check(values[id])
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out.list[p.at[id]].Value = values[id]
	}
	return out, errors.Join(errs...)
}

// modelFields gives the fields of Model by the id of their parameter.
func modelFields() map[string][]int {
	out := map[string][]int{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Model]()) {
		if id := f.Tag.Get("id"); id != "" {
			out[id] = f.Index
		}
	}
	return out
}

// Model returns the values as the model reads them.
func (p Parameters) Model() (m Model) {
	v := reflect.ValueOf(&m).Elem()
	for id, index := range modelFields() {
		v.FieldByIndex(index).SetFloat(p.list[p.at[id]].Value)
	}
	return m
}

// Source returns the file of the parameters that ship, as it stands.
func Source() []byte { return slices.Clone(shipped) }
