package policies

import (
	"slices"

	"rogatory/internal/mla"
)

// Assess says what the law makes of a request at one stage, on the facts known. Every rule of the stage speaks; none
// silences another. The letter gives the facts that are read off it, over whatever known says of them; the law gives
// those that follow from it. A value that CheckFact would reject counts as not given.
//
// An answer is yes or no where every completion of the unknown facts gives it, and unknown otherwise; Missing then lists
// the facts of which some completion of the others hangs on that fact alone. So learning a fact never turns yes or no
// into unknown.
func (l *Law) Assess(stage mla.Stage, req mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	return l.assess(nil, stage, req, known, method)
}

func (l *Law) assess(m *Memory, stage mla.Stage, req mla.Request, known mla.Facts, method mla.Method) mla.Assessment {
	a := mla.Assessment{Stage: stage, Policy: l.bundle.digest}
	r := l.restriction(m, req, known)
	defer l.scratch.Put(r)
	plan := l.stages[stage]
	if plan == nil {
		plan = &stagePlan{used: make([]bool, len(l.bundle.facts))}
	}
	if m != nil {
		a.Findings, a.Used = m.findingsOf(l, stage, plan, r), m.usedOf(l, stage, plan, known)
	} else {
		a.Findings, a.Used = l.findings(plan, r), l.used(plan, known)
	}
	a.DualCriminality = l.dualCriminality(r, l.tested, stage, method)
	a.Seriousness = l.seriousness(r, 0)
	return a
}

// Test is dual criminality and seriousness as one instrument has them.
type Test struct {
	Instrument string `json:"instrument"`
	// Article has dual criminality tested by conduct; empty where the instrument does not say how it is tested.
	Article         string              `json:"article,omitempty"`
	DualCriminality mla.DualCriminality `json:"dual_criminality"`
	Seriousness     mla.Seriousness     `json:"seriousness"`
	// Governs is true of the instrument whose answer on dual criminality the Assessment gives, and Measures of the one
	// whose answer on seriousness it gives.
	Governs  bool `json:"governs"`
	Measures bool `json:"measures"`
}

// Tests gives dual criminality and seriousness by each instrument, in the order of the pair.
func (l *Law) Tests(stage mla.Stage, req mla.Request, known mla.Facts, method mla.Method) []Test {
	r := l.restriction(nil, req, known)
	defer l.scratch.Put(r)
	out := make([]Test, len(l.regimes))
	for i, regime := range l.regimes {
		out[i] = Test{Instrument: regime.ID, DualCriminality: l.dualCriminality(r, i, stage, method), Seriousness: l.seriousness(r, i),
			Governs: i == l.tested, Measures: i == 0}
		if regime.conductArticle != "" {
			out[i].Article = regime.address(regime.conductArticle)
		}
	}
	return out
}

// findings lets every rule of a stage speak.
func (l *Law) findings(plan *stagePlan, r *restriction) []mla.Finding {
	out := make([]mla.Finding, len(plan.rules))
	for i := range plan.rules {
		p := &plan.rules[i]
		f := &out[i]
		*f = p.finding
		switch id := r.decide(p.holds); id {
		case never:
			f.Holds = mla.No
		case always:
			f.Holds = mla.Yes
		default:
			f.Holds, f.Missing = mla.Unknown, r.missing(id, l.bundle.facts)
		}
	}
	return out
}

// seriousness answers in both readings by one instrument.
func (l *Law) seriousness(r *restriction, instrument int) mla.Seriousness {
	t, regime := &l.tests[instrument], l.regimes[instrument]
	out := mla.Seriousness{
		Required:       r.answer(t.seriousRequired),
		RequestingLaw:  r.answer(t.seriousHere),
		BothLaws:       r.answer(t.seriousAll),
		ThresholdYears: regime.threshold,
	}
	if regime.thresholdArticle != "" {
		out.Article = regime.address(regime.thresholdArticle)
	}
	return out
}

// used lists the known values that a stage looks at.
func (l *Law) used(plan *stagePlan, known mla.Facts) mla.Facts {
	out := make(mla.Facts, len(known))
	for path, v := range known {
		f := l.bundle.byPath[path]
		if f == nil || !plan.used[f.index] {
			continue
		}
		if _, ok := f.number(v); ok {
			out[path] = v
		}
	}
	return out
}

// dualCriminality answers both ways of testing by one instrument. It may forbid the test at preservation (UNCC 42(4),
// Budapest 29(3)), whatever the State's law requires later.
func (l *Law) dualCriminality(r *restriction, instrument int, stage mla.Stage, method mla.Method) mla.DualCriminality {
	t := &l.tests[instrument]
	d := mla.DualCriminality{
		Required:  r.answer(t.required),
		Method:    method,
		Met:       mla.Unknown,
		ByLabel:   r.answer(t.byLabel),
		ByConduct: r.answer(t.byConduct),
	}
	if stage == mla.StagePreservation && l.regimes[instrument].barredAtPreserving != "" {
		d.Required = mla.No
	}
	switch method {
	case mla.ByConduct:
		d.Met = d.ByConduct
	case mla.ByLabel:
		d.Met = d.ByLabel
	case mla.NotTested:
	}
	return d
}

// restriction returns scratch space with the known facts put in. Give it back to l.scratch.
func (l *Law) restriction(m *Memory, req mla.Request, known mla.Facts) *restriction {
	r := l.scratch.Get().(*restriction)
	r.clear()
	if m != nil {
		for i, n := range m.number(known) {
			if n != none && l.bundle.facts[i].KnownBy != LawSays {
				r.known[i] = l.bundle.classes[i].of[n]
			}
		}
	} else {
		for path, v := range known {
			if f := l.bundle.byPath[path]; f != nil && f.KnownBy != LawSays {
				l.put(r, f, v)
			}
		}
	}
	eachOfLetter(req, func(path mla.Path, v mla.Value) { l.put(r, l.bundle.byPath[path], v) })
	return r
}

// put makes a fact known, if it can have the value.
func (l *Law) put(r *restriction, f *Fact, v mla.Value) {
	if n, ok := f.number(v); ok {
		r.known[f.index] = l.bundle.classes[f.index].of[n]
	}
}

// eachOfLetter gives the facts that are read off the letter. An offence without a name states no penalty either.
func eachOfLetter(req mla.Request, give func(mla.Path, mla.Value)) {
	if req.Measure != "" {
		give(measureFact, mla.Word(string(req.Measure)))
	}
	if c := mostIntrusive(req.Scope.Categories); c != "" {
		give(categoryFact, mla.Word(string(c)))
	}
	give(urgentFact, mla.Bool(req.Urgent))
	give(confidentialFact, mla.Bool(req.Confidential))
	if req.Offence.Label != "" {
		give(labelFact, mla.Word(req.Offence.Label))
		give(penaltyFact, mla.Int(int64(req.Offence.MaxPenaltyYears)))
	}
}

// mostIntrusive returns the category of data that weighs most, or "" where none is named.
func mostIntrusive(cs []mla.Category) mla.Category {
	for _, c := range slices.Backward(mla.Categories) {
		if slices.Contains(cs, c) {
			return c
		}
	}
	return ""
}
