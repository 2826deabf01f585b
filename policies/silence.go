package policies

import (
	"fmt"
	"slices"

	"rogatory/internal/mla"
)

// stack is how the instruments between two States stand to each other.
type stack struct {
	regimes []*Regime
	// bound gives, for an instrument whose gap-filler gives way by the stack alone, the treaty it gives way to. Otherwise
	// it hangs on the fact pair.other_mla_treaty.
	bound map[*Regime]*Regime
	// rivals gives, for a gap-filler, another that gives way to it in turn; no reading has been chosen.
	rivals map[*Regime]*Regime
	chosen bool // the reading says who gives way
}

// newStack reads off which gap-fillers give way. A treaty on assistance that gives way to none silences the gap-fillers
// beside it; of two that defer to each other neither is chosen here: yields says, or the matter stays contested.
func newStack(regimes []*Regime, yields []string) (stack, error) {
	s := stack{regimes: regimes, bound: map[*Regime]*Regime{}, rivals: map[*Regime]*Regime{}, chosen: len(yields) > 0}
	ids := make([]string, len(regimes))
	for i, r := range regimes {
		ids[i] = r.ID
	}
	for _, id := range yields {
		if !slices.Contains(ids, id) {
			return s, fmt.Errorf("instrument %q is to give way, and is not among %s", id, listed(ids))
		}
	}
	for _, r := range regimes {
		yielding := slices.Contains(yields, r.ID)
		if yielding && r.gap == nil {
			return s, fmt.Errorf("instrument %s gives way to no other treaty: leave it out of the reading", r.ID)
		}
		if r.gap == nil {
			continue
		}
		for _, o := range regimes {
			switch {
			case o == r || !o.assists() || s.bound[r] != nil:
			case o.gap == nil || yielding && !slices.Contains(yields, o.ID):
				s.bound[r] = o
			case !slices.Contains(yields, o.ID) && !yielding:
				s.rivals[r] = o
			}
		}
		if yielding && s.bound[r] == nil {
			return s, fmt.Errorf("there is no treaty for %s to give way to: one must speak", r.ID)
		}
	}
	if len(yields) > 0 {
		for r := range s.rivals {
			if s.bound[r] != nil {
				delete(s.rivals, r)
			}
		}
	}
	return s, nil
}

// Silence is why a provision does not speak.
type Silence struct {
	By         string // the article that switches it off: "uncc 40(7)"
	Instrument string // whose words take its place, or empty where a fact says only that another treaty binds
	Says       string
}

// replaced returns what takes the place of a rule.
func (s *stack) replaced(r *Regime, rule *Rule) *Silence {
	if rule.Instrument != r.ID {
		return nil
	}
	return s.replacement(r, rule.Article)
}

func (s *stack) replacement(r *Regime, article string) *Silence {
	for _, o := range s.regimes {
		for _, c := range o.replaces {
			if o != r && c.instrument == r.ID && among(article, c.ranges) {
				return &Silence{By: o.address(c.article), Instrument: o.ID,
					Says: fmt.Sprintf("Silent: %s %s takes the place of %s %s.", o.Short, c.article, r.Short, article)}
			}
		}
	}
	return nil
}

// silent says why a provision is switched off by the stack, or by a treaty outside it.
func (s *stack) silent(r *Regime, article string, other bool) *Silence {
	if by := s.replacement(r, article); by != nil {
		return by
	}
	if !r.gap.covers(article) {
		return nil
	}
	if o := s.bound[r]; o != nil {
		return &Silence{By: r.address(r.gap.article), Instrument: o.ID,
			Says: fmt.Sprintf("Silent: by %s %s it gives way to %s, which binds the two States.", r.Short, r.gap.article, o.Short)}
	}
	if other {
		return &Silence{By: r.address(r.gap.article),
			Says: fmt.Sprintf("Silent: by %s %s it gives way to another treaty on mutual legal assistance that binds the two States.", r.Short, r.gap.article)}
	}
	return nil
}

// testing finds, by its place, the instrument whose provision on dual criminality speaks for the pair: the first that has
// one and gives way to none beside it, for its ground is the one that speaks; else the first whose provision stands,
// though its grounds give way; else the first.
func (s *stack) testing() int {
	stands := func(r *Regime) bool { return r.conductArticle != "" && s.silent(r, r.conductArticle, false) == nil }
	if i := slices.IndexFunc(s.regimes, func(r *Regime) bool { return stands(r) && s.bound[r] == nil }); i >= 0 {
		return i
	}
	return max(slices.IndexFunc(s.regimes, stands), 0)
}

// silencer says why the stack alone switches a rule off.
func (s *stack) silencer(r *Regime, rule *Rule) *Silence {
	if rule.Instrument != r.ID {
		return nil
	}
	if rule.givesWay == nil {
		return s.replaced(r, rule)
	}
	return s.silent(r, rule.Article, false)
}

// contested reports whether a rule speaks on one reading of the stack only, and no reading was chosen.
func (s *stack) contested(r *Regime, rule *Rule) bool {
	return rule.Instrument == r.ID && rule.givesWay != nil && s.rivals[r] != nil && s.bound[r] == nil
}

// Silence says why one of the law's rules is silent, and nil where it speaks. Known decides one thing only: whether a
// treaty outside the stack binds the two States.
func (l *Law) Silence(rule string, known mla.Facts) *Silence {
	found, r := l.rule(rule)
	if found == nil || found.Instrument != r.ID {
		return nil
	}
	other, _ := known[otherTreaty].AsBool()
	if found.givesWay == nil {
		return l.stack.replaced(r, found)
	}
	return l.stack.silent(r, found.Article, other)
}

// Contest is a point on which the instruments of a stack leave open which of them speaks.
type Contest struct {
	Instruments []string // each gives way to the other; Pair.Yields takes one of them
	Articles    []string // by which they do
	Says        string
}

// Contests lists what no reading has settled: instruments that each give way to the other.
func (l *Law) Contests() (out []Contest) {
	for i, r := range l.regimes {
		for _, o := range l.regimes[i+1:] {
			if r.gap == nil || o.gap == nil || l.stack.rivals[r] == nil || l.stack.rivals[o] == nil || l.stack.bound[r] != nil || l.stack.bound[o] != nil {
				continue
			}
			out = append(out, Contest{Instruments: []string{r.ID, o.ID}, Articles: []string{r.address(r.gap.article), o.address(o.gap.article)},
				Says: fmt.Sprintf("%s %s and %s %s each give way to the other; here both speak, and every rule that hangs on it is marked contested.",
					r.Short, r.gap.article, o.Short, o.gap.article)})
		}
	}
	return out
}

// safeguardsOf finds safeguards by id. Two that contradict each other are an error.
func (b *Bundle) safeguardsOf(ids []string) (out []*Safeguard, err error) {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return nil, fmt.Errorf("safeguard %s is named twice", id)
		}
		s, err := b.Safeguard(id)
		if err != nil {
			return nil, err
		}
		for _, earlier := range out {
			if err := contradict(earlier, s); err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// CheckSafeguards refuses safeguards that there are not, and those that cannot be switched on together.
func (b *Bundle) CheckSafeguards(ids []string) error {
	_, err := b.safeguardsOf(ids)
	return err
}

// checkNames reports what one file says of another that is not there.
func (b *Bundle) checkNames(roots map[string]entry) {
	for _, id := range b.InstrumentIDs() {
		for _, c := range b.regimes[id].replaces {
			if b.regimes[c.instrument] == nil {
				c.at.fault("unknown instrument "+quoted(c.instrument), suggest(c.instrument, b.InstrumentIDs()))
			} else if c.instrument == id {
				c.at.fault("an instrument does not replace itself", "name the other one")
			}
		}
	}
	for _, id := range b.SafeguardIDs() {
		s, root := b.safeguards[id], roots["safeguards/"+id+".yaml"]
		f := fields{at: root, values: root.mapping().values}
		for _, e := range f.list("conflicts_with") {
			if other, ok := e.text(); ok && b.safeguards[other] == nil {
				e.fault("unknown safeguard "+quoted(other), suggest(other, b.SafeguardIDs()))
			} else if other == s.ID {
				e.fault("a safeguard does not exclude itself", "remove it")
			}
		}
	}
}
