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
	r := l.restriction(req, known)
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
	a.DualCriminality = l.dualCriminality(r, stage, method)
	a.Seriousness = mla.Seriousness{
		Required:       r.answer(l.tests.seriousRequired),
		RequestingLaw:  r.answer(l.tests.seriousHere),
		BothLaws:       r.answer(l.tests.seriousAll),
		ThresholdYears: l.regimes[0].threshold,
	}
	if article := l.regimes[0].thresholdArticle; article != "" {
		a.Seriousness.Article = l.regimes[0].ID + " " + article
	}
	return a
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

// dualCriminality answers both ways of testing. An instrument may forbid the test at preservation (UNCC 42(4), Budapest
// 29(3)), whatever the State's law requires later.
func (l *Law) dualCriminality(r *restriction, stage mla.Stage, method mla.Method) mla.DualCriminality {
	d := mla.DualCriminality{
		Required:  r.answer(l.tests.required),
		Method:    method,
		Met:       mla.Unknown,
		ByLabel:   r.answer(l.tests.byLabel),
		ByConduct: r.answer(l.tests.byConduct),
	}
	if stage == mla.StagePreservation && l.regimes[0].barredAtPreserving != "" {
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
func (l *Law) restriction(req mla.Request, known mla.Facts) *restriction {
	r := l.scratch.Get().(*restriction)
	r.clear()
	for path, v := range known {
		if f := l.bundle.byPath[path]; f != nil && f.KnownBy != LawSays {
			l.put(r, f, v)
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
