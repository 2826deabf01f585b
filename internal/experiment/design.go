package experiment

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/population"
	"rogatory/policies"
)

// Design is an experiment: a population, what is changed in it, and what is looked at.
type Design struct {
	ID     string   `yaml:"id" json:"id"`
	Title  string   `yaml:"title" json:"title"`
	Gaps   []string `yaml:"gaps" json:"gaps,omitempty"` // of the catalogue, that it simulates
	Says   string   `yaml:"says" json:"says"`
	Base   Base     `yaml:"base" json:"base"`
	Plan   Plan     `yaml:"plan" json:"plan"`
	Factor []struct {
		Factor string `yaml:"factor" json:"factor"`
		Levels []any  `yaml:"levels" json:"levels"`
	} `yaml:"factors" json:"factors"`
	// Tornado names parameters to set to both ends of their sweep, one at a time, or is the one word assumed.
	Tornado []string `yaml:"tornado" json:"tornado"`
	// Replications is how many there are; with HalfWidth, how many there are at least.
	Replications int        `yaml:"replications" json:"replications"`
	HalfWidth    *HalfWidth `yaml:"half_width" json:"half_width,omitempty"`
	Years        float64    `yaml:"years" json:"years"`     // for how long letters are begun
	WarmUp       float64    `yaml:"warm_up" json:"warm_up"` // years at the start that are not counted
	Watch        int        `yaml:"watch" json:"watch"`     // days a case is watched
	Outcomes     []string   `yaml:"outcomes" json:"outcomes"`
	// Cases is how many letters of a replication are counted, in place of years; 0: as many as the years bring.
	Cases int `yaml:"-" json:"cases,omitempty"`

	file    string
	content []byte
}

// Base is the setting that every arm starts from.
type Base struct {
	Instruments []string           `yaml:"instruments" json:"instruments"`
	Safeguards  []string           `yaml:"safeguards" json:"safeguards"`
	Parameters  map[string]float64 `yaml:"parameters" json:"parameters"`
}

// HalfWidth lets replications go on until an interval is narrow enough.
type HalfWidth struct {
	Outcome      string  `yaml:"outcome" json:"outcome"`
	AtMost       float64 `yaml:"at_most" json:"at_most"`
	Replications int     `yaml:"replications" json:"replications"` // at most
}

// Plan says how levels of factors are put together.
type Plan string

// The plans: each level alone against the base, or every combination.
const (
	OneAtATime Plan = "one-at-a-time"
	Factorial  Plan = "factorial"
)

// Factors that are no parameter.
const (
	instrumentFactor = "instruments"
	safeguardFactor  = "safeguards"
)

// Arm is one setting of an experiment. The first is the base.
type Arm struct {
	Name       string             `json:"name"`
	Setting    population.Setting `json:"setting"`
	Parameters map[string]float64 `json:"parameters"` // that differ from those that ship
	Tornado    string             `json:"tornado,omitempty"`
	End        int                `json:"end,omitempty"` // of the tornado's parameter: -1 the low end, 1 the high one
}

// Arms lists the settings, the base first. The design must have passed Check.
func (d *Design) Arms(p population.Parameters) []Arm {
	base := Arm{Name: "base", Setting: population.Setting{Instruments: d.Base.Instruments, Safeguards: d.Base.Safeguards},
		Parameters: maps.Clone(d.Base.Parameters)}
	if base.Parameters == nil {
		base.Parameters = map[string]float64{}
	}
	arms := []Arm{base}
	if d.Plan == Factorial {
		arms = arms[:0]
		combined := []Arm{{Setting: base.Setting, Parameters: base.Parameters}}
		for _, f := range d.Factor {
			var next []Arm
			for _, a := range combined {
				for _, l := range f.Levels {
					next = append(next, a.with(f.Factor, l))
				}
			}
			combined = next
		}
		arms = append(arms, combined...)
	} else {
		for _, f := range d.Factor {
			for _, l := range f.Levels {
				arms = append(arms, base.with(f.Factor, l))
			}
		}
	}
	for _, x := range d.swept(p) {
		for end, v := range map[int]float64{-1: x.Sweep[0], 1: x.Sweep[1]} {
			a := base.with(x.ID, v)
			a.Tornado, a.End = x.ID, end
			arms = append(arms, a)
		}
		slices.SortFunc(arms[len(arms)-2:], func(a, b Arm) int { return a.End - b.End })
	}
	return arms
}

// swept lists the parameters of the tornado.
func (d *Design) swept(p population.Parameters) (out []population.Parameter) {
	for _, x := range p.List() {
		all := len(d.Tornado) == 1 && d.Tornado[0] == string(population.Assumed) && x.Basis == population.Assumed
		if (all || slices.Contains(d.Tornado, x.ID)) && x.Sweep[0] < x.Sweep[1] {
			out = append(out, x)
		}
	}
	return out
}

func (a Arm) with(factor string, level any) Arm {
	out := a
	out.Parameters = maps.Clone(a.Parameters)
	name := ""
	switch factor {
	case instrumentFactor:
		out.Setting.Instruments = words(level)
		name = strings.Join(words(level), " or ")
	case safeguardFactor:
		out.Setting.Safeguards = slices.Concat(a.Setting.Safeguards, words(level))
		slices.Sort(out.Setting.Safeguards)
		out.Setting.Safeguards = slices.Compact(out.Setting.Safeguards)
		name = strings.Join(words(level), "+")
		if name == "" {
			name = "none"
		}
	default:
		v, _ := number(level)
		out.Parameters[factor] = v
		name = factor + "=" + strconv.FormatFloat(v, 'g', -1, 64)
	}
	if a.Name == "" || a.Name == "base" {
		out.Name = name
	} else {
		out.Name = a.Name + ", " + name
	}
	return out
}

// names reads a level that is a list of words, or one word. False: it is neither.
func names(level any) (out []string, ok bool) {
	switch l := level.(type) {
	case string:
		return []string{l}, true
	case []any:
		for _, x := range l {
			word, ok := x.(string)
			if !ok {
				return nil, false
			}
			out = append(out, word)
		}
		return out, true
	}
	return nil, false
}

// words are the names of a level that passed the check.
func words(level any) []string {
	out, _ := names(level)
	return out
}

func number(level any) (float64, bool) {
	switch n := level.(type) {
	case float64:
		return n, true
	case uint64:
		return float64(n), true
	case int64:
		return float64(n), true
	case int:
		return float64(n), true
	}
	return 0, false
}

// most is how many replications there can be.
func (d *Design) most() int {
	if d.HalfWidth != nil {
		return max(d.Replications, d.HalfWidth.Replications)
	}
	return d.Replications
}

// weeks is for how many weeks letters are begun.
func (d *Design) weeks() int { return max(1, int(d.Years*365/7)) }

// from is the week whose letters are the first to be counted.
func (d *Design) from() int { return int(d.WarmUp * 365 / 7) }

// asks reports whether a State asks another under an instrument, or a provider only.
func asks(b *policies.Bundle, id string) (state bool, err error) {
	r, err := b.Instrument(id)
	switch {
	case err != nil:
		return false, err
	case slices.Contains(r.Asks, policies.AskNobody):
		return false, fmt.Errorf("by %s nobody is asked", id)
	case len(r.Rules) == 0:
		return false, fmt.Errorf("the text of %s was not seen, so it has no rules", id)
	}
	return slices.Contains(r.Asks, policies.AskState), nil
}
