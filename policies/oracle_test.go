package policies_test

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"github.com/goccy/go-yaml"

	"rogatory/internal/mla"
)

// The oracle reads the law files anew, by its own reader, and answers by trying every completion with CEL. It shares
// nothing with the engine but the files.
type oracle struct {
	env     *cel.Env
	facts   map[mla.Path]oracleFact
	regimes map[string]oracleRegime
	states  map[mla.State]oracleState
	points  []int64 // around every number that any condition names
}

type oracleFact struct {
	Path    mla.Path `yaml:"path"`
	Type    string   `yaml:"type"`
	Domain  []string `yaml:"domain"`
	Min     int64    `yaml:"min"`
	Max     int64    `yaml:"max"`
	KnownBy string   `yaml:"known_by"`
}

type oracleRule struct {
	ID       string    `yaml:"id"`
	Article  string    `yaml:"article"`
	Stage    mla.Stage `yaml:"stage"`
	When     string    `yaml:"when"`
	Unless   string    `yaml:"unless"`
	GivesWay *bool     `yaml:"gives_way"`

	when, unless cel.Program
}

type oracleRegime struct {
	Offences []struct {
		Label string `yaml:"label"`
	} `yaml:"offences"`
	DualCriminality any `yaml:"dual_criminality"`
	Stacking        struct {
		GivesWay   string   `yaml:"gives_way_to"`
		Paragraphs []any    `yaml:"paragraphs"`
		Always     []string `yaml:"always"`
	} `yaml:"stacking"`
	Facts       []oracleFact `yaml:"facts"`
	Seriousness struct {
		Years int64 `yaml:"threshold_years"`
	} `yaml:"seriousness"`
	Rules []*oracleRule `yaml:"rules"`

	byConduct cel.Program
}

type oracleState struct {
	Offences []*struct {
		Label    string `yaml:"label"`
		Years    int64  `yaml:"max_penalty_years"`
		Elements string `yaml:"elements"`
		Defences []struct {
			When string `yaml:"when"`
		} `yaml:"defences"`
		holds cel.Program
	} `yaml:"offences"`
	DualCriminality struct {
		RequiredFor []string `yaml:"required_for"`
		Reserved    bool     `yaml:"reserved_at_preservation"`
	} `yaml:"dual_criminality"`
	Overlay []*oracleRule `yaml:"overlay"`
}

var theOracle = sync.OnceValue(func() *oracle {
	b := must(policiesShipped())
	o := &oracle{facts: map[mla.Path]oracleFact{}, regimes: map[string]oracleRegime{}, states: map[mla.State]oracleState{}}
	files := b.Files()
	var declared struct {
		Facts []oracleFact `yaml:"facts"`
	}
	check(yaml.Unmarshal(files["facts.yaml"], &declared))
	for name, content := range files {
		if dir := path.Dir(name); dir == "regimes" || dir == "safeguards" {
			var own struct {
				Facts []oracleFact `yaml:"facts"`
			}
			check(yaml.Unmarshal(content, &own))
			for _, f := range own.Facts {
				if !slices.ContainsFunc(declared.Facts, func(g oracleFact) bool { return g.Path == f.Path }) {
					declared.Facts = append(declared.Facts, f)
				}
			}
		}
	}
	var opts []cel.EnvOption
	types := map[string]*cel.Type{"bool": cel.BoolType, "int": cel.IntType, "word": cel.StringType}
	for _, f := range declared.Facts {
		o.facts[f.Path] = f
		opts = append(opts, cel.Variable(string(f.Path), types[f.Type]))
	}
	o.env = must(cel.NewEnv(opts...))
	program := func(text string) cel.Program {
		ast, issues := o.env.Compile(text)
		check(issues.Err())
		return must(o.env.Program(ast))
	}
	rules := func(rs []*oracleRule) {
		for _, r := range rs {
			r.when = program(r.When)
			if r.Unless != "" {
				r.unless = program(r.Unless)
			}
		}
	}
	all := ""
	for name, content := range files {
		stem := strings.TrimSuffix(path.Base(name), ".yaml")
		switch path.Dir(name) {
		case "regimes":
			var r oracleRegime
			check(yaml.Unmarshal(content, &r))
			r.byConduct = program("requested.conduct_is_offence")
			if dc, ok := r.DualCriminality.(map[string]any); ok {
				r.byConduct = program(dc["by_conduct"].(string))
			}
			rules(r.Rules)
			o.regimes[stem] = r
			all += string(content)
		case "states":
			var s oracleState
			check(yaml.Unmarshal(content, &s))
			for _, f := range s.Offences {
				text := "(" + f.Elements + ")"
				for _, d := range f.Defences {
					text += " && !(" + d.When + ")"
				}
				f.holds = program(text)
			}
			rules(s.Overlay)
			o.states[mla.State(stem)] = s
			all += string(content)
		}
	}
	for _, digits := range regexp.MustCompile(`\b[0-9]{1,4}\b`).FindAllString(all, -1) {
		n := must(strconv.ParseInt(digits, 10, 64))
		for _, p := range []int64{n - 1, n, n + 1} {
			if !slices.Contains(o.points, p) {
				o.points = append(o.points, p)
			}
		}
	}
	slices.Sort(o.points)
	return o
})

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// values lists a fact's values, of a number those at its limits and next to any number that a file names.
func (o *oracle) values(p mla.Path) []any {
	f, ok := o.facts[p]
	if !ok {
		panic("no fact " + p)
	}
	switch f.Type {
	case "bool":
		return []any{false, true}
	case "word":
		out := make([]any, len(f.Domain))
		for i, w := range f.Domain {
			out[i] = w
		}
		return out
	}
	out := []any{f.Min, f.Max}
	for _, n := range o.points {
		if n > f.Min && n < f.Max {
			out = append(out, n)
		}
	}
	return out
}

// situation is a pair and an instrument, seen by the oracle.
type situation struct {
	*oracle
	instrument            string
	requesting, requested mla.State
}

func truth(p cel.Program, facts map[string]any) bool {
	v, _, err := p.Eval(facts)
	check(err)
	return v.Value().(bool)
}

// law adds what follows from the law to a complete set of facts.
func (s situation) law(facts map[string]any) {
	regime := s.regimes[s.instrument]
	label := facts["offence.label"]
	is := func(state mla.State) (holds bool, years int64) {
		for _, o := range s.states[state].Offences {
			if truth(o.holds, facts) {
				holds, years = true, max(years, o.Years)
			}
		}
		return holds, years
	}
	listed, labelled := false, false
	for _, o := range regime.Offences {
		listed = listed || o.Label == label
	}
	for _, o := range s.states[s.requested].Offences {
		labelled = labelled || o.Label == label
	}
	facts["requesting.conduct_is_offence"], facts["requesting.conduct_penalty_years"] = is(s.requesting)
	there, years := is(s.requested)
	facts["requested.conduct_is_offence"], facts["requested.conduct_penalty_years"] = there, years
	facts["requested.label_is_offence"] = labelled
	facts["requested.requires_dual_criminality"] = slices.Contains(s.states[s.requested].DualCriminality.RequiredFor, facts["request.measure"].(string))
	facts["requested.reserves_dual_criminality"] = s.states[s.requested].DualCriminality.Reserved
	facts["offence.listed"] = listed
	here := facts["offence.max_penalty_years"].(int64) >= regime.Seriousness.Years
	facts["offence.serious_requesting_law"] = here
	facts["offence.serious_both_laws"] = here && years >= regime.Seriousness.Years
	facts["dual_criminality.by_conduct"] = truth(regime.byConduct, facts)
	facts["dual_criminality.by_label"] = labelled
}

// rules lists the rules of a stage with their ids.
func (s situation) rules(stage mla.Stage) (ids []string, rules []*oracleRule) {
	for _, r := range s.regimes[s.instrument].Rules {
		if r.Stage == stage {
			ids, rules = append(ids, s.instrument+"/"+r.ID), append(rules, r)
		}
	}
	for _, r := range s.states[s.requested].Overlay {
		if r.Stage == stage {
			ids, rules = append(ids, string(s.requested)+"/"+r.ID), append(rules, r)
		}
	}
	return ids, rules
}

var (
	provision  = regexp.MustCompile(`^([^(]+)(?:\(([0-9]+)\))?`)
	writtenWay = regexp.MustCompile(`^([^(]+)(?:\(([0-9]+)\)(?:-\(([0-9]+)\))?)?$`)
)

// givesWay reports whether a provision is among the paragraphs that the instrument's own clause lets give way.
func (r oracleRegime) givesWay(article string) bool {
	if r.Stacking.GivesWay == "" || slices.Contains(r.Stacking.Always, article) {
		return false
	}
	at := provision.FindStringSubmatch(article)
	number := func(s string) int {
		n, _ := strconv.Atoi(s)
		return n
	}
	for _, p := range r.Stacking.Paragraphs {
		var name string
		var from, to int
		switch p := p.(type) {
		case string:
			m := writtenWay.FindStringSubmatch(p)
			name, from, to = m[1], number(m[2]), max(number(m[2]), number(m[3]))
		case map[string]any:
			name = p["article"].(string)
			if v, ok := p["from"]; ok {
				from, to = number(fmt.Sprint(v)), number(fmt.Sprint(p["to"]))
			}
		}
		if at[1] == name && (to == 0 || number(at[2]) >= from && number(at[2]) <= to) {
			return true
		}
	}
	return false
}

// holds answers a rule on a complete set of facts, those of the law included.
func (s situation) holds(r *oracleRule, facts map[string]any) bool {
	if !truth(r.when, facts) || r.unless != nil && truth(r.unless, facts) {
		return false
	}
	if r.GivesWay != nil && !*r.GivesWay || facts["pair.other_mla_treaty"] == false {
		return true
	}
	return !slices.Contains(s.regimes[s.instrument].Rules, r) || !s.regimes[s.instrument].givesWay(r.Article)
}

// verdict is what trying every completion shows of one rule.
type verdict struct {
	answer  mla.Answer
	missing []mla.Path
}

// try answers every rule of a stage by every completion of the unknown facts.
func (s situation) try(stage mla.Stage, known map[string]any, unknown []mla.Path) map[string]verdict {
	ids, rules := s.rules(stage)
	domains := make([][]any, len(unknown))
	total := 1
	for i, p := range unknown {
		domains[i] = s.values(p)
		total *= len(domains[i])
	}
	answers := make([][]bool, len(rules)) // by rule, by completion
	for c := range total {
		facts := map[string]any{}
		for k, v := range known {
			facts[k] = v
		}
		rest := c
		for i, p := range unknown {
			facts[string(p)] = domains[i][rest%len(domains[i])]
			rest /= len(domains[i])
		}
		s.law(facts)
		for i, r := range rules {
			answers[i] = append(answers[i], s.holds(r, facts))
		}
	}
	out := map[string]verdict{}
	for i, id := range ids {
		v := verdict{answer: mla.Unknown}
		if !slices.Contains(answers[i], !answers[i][0]) {
			v.answer = mla.AnswerOf(answers[i][0])
		}
		stride := 1
		for k, p := range unknown {
			// The fact alone flips some completion: two completions that differ in it only, with different answers.
			for c := range total {
				other := c - c/stride%len(domains[k])*stride
				if answers[i][c] != answers[i][other] {
					v.missing = append(v.missing, p)
					break
				}
			}
			stride *= len(domains[k])
		}
		slices.Sort(v.missing)
		out[id] = v
	}
	return out
}
