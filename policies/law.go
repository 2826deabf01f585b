package policies

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"rogatory/internal/mla"
)

// Pair is who asks whom, under which instruments. Where several instruments bind the two States, each says what it says;
// where only one answer is possible (how dual criminality is tested, what is serious, a duty's article), the first that
// speaks gives it; Tests has what each answers.
type Pair struct {
	Instruments []string
	Requesting  mla.State
	Requested   mla.State
	// Safeguards are switched on over the instruments.
	Safeguards []string
	// Yields is a reading of instruments that each give way to the other (UNCC 40(7), Budapest 27(1)): those named give
	// way, the rest speak. Where it is empty, all speak, and what hangs on the reading is marked contested.
	Yields []string
}

func (p Pair) key() string {
	parts := []string{string(p.Requesting), string(p.Requested)}
	for _, list := range [][]string{p.Instruments, p.Safeguards, p.Yields} {
		parts = append(append(parts, list...), "\x01")
	}
	return strings.Join(parts, "\x00")
}

// Law is the law between two States, compiled. It never changes and may be used by many goroutines at once.
type Law struct {
	bundle     *Bundle
	pair       Pair
	regimes    []*Regime
	requesting *StateLaw
	requested  *StateLaw
	safeguards []*Safeguard
	stack      stack
	diagram    diagram
	stages     map[mla.Stage]*stagePlan
	tests      []testPlan // one for each instrument
	tested     int        // of tests, the one whose provision on dual criminality speaks for the pair
	scratch    sync.Pool
}

// stagePlan is what there is to ask at one stage.
type stagePlan struct {
	rules   []plannedRule
	grounds []int  // of rules, those that can be raised
	used    []bool // by fact: a case fact that the stage's rules or tests mention
}

type plannedRule struct {
	rule    *Rule
	holds   int32
	finding mla.Finding // all but its answer
}

// testPlan is dual criminality and seriousness by one instrument.
type testPlan struct {
	required, byLabel, byConduct             int32
	seriousRequired, seriousHere, seriousAll int32
}

// Pair returns who asks whom, under which instruments.
func (l *Law) Pair() Pair { return l.pair }

// Between returns the law of the same bundle between another pair; of the same pair, the law itself.
func (l *Law) Between(p Pair) (*Law, error) {
	if p.Requested == l.pair.Requested && p.Requesting == l.pair.Requesting && slices.Equal(p.Instruments, l.pair.Instruments) &&
		slices.Equal(p.Safeguards, l.pair.Safeguards) && slices.Equal(p.Yields, l.pair.Yields) {
		return l, nil
	}
	return l.bundle.Law(p)
}

// Law compiles the law between two States, once; later calls return the same. An unknown instrument or State is an
// error that says which there are.
func (b *Bundle) Law(p Pair) (*Law, error) {
	key := p.key()
	b.mu.Lock()
	l := b.laws[key]
	b.mu.Unlock()
	if l != nil {
		return l, nil
	}
	l, err := b.compile(p)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if first := b.laws[key]; first != nil {
		return first, nil
	}
	b.laws[key] = l
	return l, nil
}

func (b *Bundle) compile(p Pair) (*Law, error) {
	l, err := b.resolve(p)
	if err != nil {
		return nil, err
	}
	build := newBuilder(l)
	if err := l.plan(build); err != nil {
		return nil, err
	}
	l.diagram = build.diagram
	l.scratch.New = func() any { return newRestriction(&l.diagram, b.classes) }
	return l, nil
}

// resolve finds what a pair names.
func (b *Bundle) resolve(p Pair) (*Law, error) {
	p.Instruments, p.Safeguards, p.Yields = slices.Clone(p.Instruments), slices.Clone(p.Safeguards), slices.Clone(p.Yields)
	l := &Law{bundle: b, pair: p, stages: map[mla.Stage]*stagePlan{}}
	if len(p.Instruments) == 0 {
		return nil, fmt.Errorf("no instrument between %s and %s: name one of %s", p.Requesting, p.Requested, listed(b.InstrumentIDs()))
	}
	for i, id := range p.Instruments {
		r, err := b.Instrument(id)
		if err != nil {
			return nil, err
		}
		for _, earlier := range p.Instruments[:i] {
			if earlier == id {
				return nil, fmt.Errorf("instrument %s is named twice", id)
			}
		}
		l.regimes = append(l.regimes, r)
	}
	var err error
	if l.requesting, err = b.State(p.Requesting); err != nil {
		return nil, err
	}
	if l.requested, err = b.State(p.Requested); err != nil {
		return nil, err
	}
	if p.Requesting == p.Requested {
		return nil, fmt.Errorf("%s cannot ask itself: name two States", p.Requesting)
	}
	if l.safeguards, err = b.safeguardsOf(p.Safeguards); err != nil {
		return nil, err
	}
	if l.stack, err = newStack(l.regimes, p.Yields); err != nil {
		return nil, err
	}
	return l, nil
}

// plan builds every rule of the law.
func (l *Law) plan(build *builder) error {
	for _, stage := range mla.Stages {
		l.stages[stage] = &stagePlan{used: make([]bool, len(l.bundle.facts))}
	}
	l.planTests(build)
	if build.full {
		return fmt.Errorf("the offences of %s and %s are too large to compile: simplify their elements", l.pair.Requesting, l.pair.Requested)
	}
	for _, r := range l.regimes {
		if err := l.planRules(build, r.Rules, r); err != nil {
			return err
		}
	}
	if err := l.planRules(build, l.requested.Overlay, l.regimes[0]); err != nil {
		return err
	}
	for _, s := range l.safeguards {
		if err := l.planRules(build, s.Rules, l.regimes[0]); err != nil {
			return err
		}
	}
	return nil
}

// planRules builds the rules of one instrument, or of the requested State's own law seen from it.
func (l *Law) planRules(build *builder, rules []*Rule, r *Regime) error {
	for _, rule := range rules {
		holds := build.rule(rule, r)
		reading := rule.Reading
		if l.stack.contested(r, rule) {
			reading = mla.Contested
		}
		if rule.Always && holds != always && !build.full && l.stack.silencer(r, rule) == nil {
			return Fault{File: rule.File, Line: rule.Line, Column: 1, Message: fmt.Sprintf("rule %s says it always holds, and need not", rule.ID),
				Fix: "remove always: true, and give it cases"}
		}
		if build.full {
			return Fault{File: rule.File, Line: rule.Line, Column: 1,
				Message: fmt.Sprintf("rule %s is too large to compile between %s and %s", rule.ID, l.pair.Requesting, l.pair.Requested),
				Fix:     "simplify it, or the offences of the two States"}
		}
		plan := l.stages[rule.Stage]
		if rule.Effect.Ground() {
			plan.grounds = append(plan.grounds, len(plan.rules))
		}
		plan.rules = append(plan.rules, plannedRule{rule: rule, holds: holds, finding: mla.Finding{
			Rule: rule.ID, Instrument: rule.Instrument, Article: rule.Article, Stage: rule.Stage, Effect: rule.Effect,
			Standard: rule.Standard, Confidence: rule.Confidence, Reading: reading, Says: rule.Says,
		}})
		for _, x := range []*expression{rule.when, rule.unless, rule.givesWay} {
			l.mention(plan.used, x, r)
		}
	}
	return nil
}

// rule builds a rule's condition.
func (b *builder) rule(rule *Rule, r *Regime) int32 {
	if b.law.stack.replaced(r, rule) != nil {
		return never
	}
	holds := b.condition(rule.when, r)
	for _, x := range []*expression{rule.unless, rule.givesWay} {
		if x != nil {
			holds = b.join(both, holds, b.not(b.condition(x, r)))
		}
	}
	return holds
}

// mention marks the facts below an expression that a case gives.
func (l *Law) mention(used []bool, x *expression, r *Regime) {
	if x == nil {
		return
	}
	for _, f := range x.facts {
		switch f.KnownBy {
		case LetterSays:
		case LawSays:
			d := l.define(f.Path, r)
			l.mention(used, d.condition, r)
			if d.state != nil {
				for _, o := range d.state.Offences {
					l.mention(used, o.elements, r)
					for _, defence := range o.defences {
						l.mention(used, defence, r)
					}
				}
			}
		case RequestingKnows, RequestedKnows:
			used[f.index] = true
		}
	}
}

// planTests builds dual criminality and seriousness for each instrument. How serious the conduct must be is the first
// instrument's to say.
func (l *Law) planTests(build *builder) {
	l.tests, l.tested = nil, l.stack.testing()
	for _, r := range l.regimes {
		t := testPlan{
			required:        build.condition(l.requested.requires, r),
			byLabel:         build.condition(r.byLabel, r),
			byConduct:       build.condition(r.byConduct, r),
			seriousHere:     build.condition(r.seriousHere, r),
			seriousAll:      build.condition(r.seriousBoth, r),
			seriousRequired: never,
		}
		if r.seriousnessRequired {
			t.seriousRequired = build.not(build.condition(r.listed, r))
		}
		l.tests = append(l.tests, t)
	}
	first, tested := l.regimes[0], l.regimes[l.tested]
	for _, stage := range mla.Stages {
		for _, x := range []*expression{l.requested.requires, tested.byLabel, tested.byConduct} {
			l.mention(l.stages[stage].used, x, tested)
		}
		for _, x := range []*expression{first.seriousHere, first.seriousBoth} {
			l.mention(l.stages[stage].used, x, first)
		}
	}
}
