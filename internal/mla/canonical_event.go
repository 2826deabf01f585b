package mla

import (
	"reflect"
	"slices"
	"strconv"
)

// event writes an event's canonical form field by field. It is what reflection makes of it, only faster: events are what
// most canonical bytes are made for, and most of their bytes are letters, facts and findings of the law.
func (e *encoder) event(x *Event) {
	e.named(`{"actor":{"role":`, string(x.Actor.Role))
	e.named(`,"state":`, string(x.Actor.State))
	e.b = append(e.b, `},"articles":`...)
	texts(e, x.Articles)
	e.b = append(e.b, `,"at":`...)
	e.instant(x.At)
	e.b = append(e.b, `,"body":`...)
	e.body(x.Body)
	e.named(`,"case":`, x.Case)
	e.named(`,"kind":`, string(x.Kind))
	e.named(`,"message":`, x.Message)
	e.named(`,"party":`, string(x.Party))
	e.named(`,"passage":`, string(x.Passage))
	e.named(`,"policy":`, x.Policy)
	e.b = append(e.b, `,"readers":`...)
	texts(e, x.Readers)
	e.b = append(e.b, `,"sequence":`...)
	e.number(int64(x.Sequence))
	e.b = append(e.b, '}')
}

func (e *encoder) body(b Body) {
	switch b := b.(type) {
	case AssessedBody:
		e.b = append(e.b, `{"assessment":`...)
		e.assessment(&b.Assessment)
	case RequestDraftedBody:
		e.b = append(e.b, `{"request":`...)
		e.request(&b.Request)
	case RequestSubmittedBody:
		e.b = append(e.b, `{"facts":`...)
		e.facts(b.Facts)
		e.b = append(e.b, `,"request":`...)
		e.request(&b.Request)
		e.b = append(e.b, `,"submission":`...)
		e.number(int64(b.Submission))
	case FactLearnedBody:
		e.b = append(e.b, `{"facts":`...)
		e.facts(b.Facts)
		e.named(`,"source":`, b.Source)
	default:
		e.value(reflect.ValueOf(b))
		return
	}
	e.b = append(e.b, '}')
}

func (e *encoder) request(r *Request) {
	e.named(`{"authority":`, r.Authority)
	e.optional(`,"channel":`, string(r.Channel))
	e.named(`,"conduct":`, r.Conduct)
	e.flag(`,"confidential":`, r.Confidential)
	e.optional(`,"host":`, string(r.Host))
	e.b = append(e.b, `,"instruments":`...)
	texts(e, r.Instruments)
	e.named(`,"measure":`, string(r.Measure))
	e.named(`,"offence":{"label":`, r.Offence.Label)
	e.b = append(e.b, `,"max_penalty_years":`...)
	e.number(int64(r.Offence.MaxPenaltyYears))
	e.named(`},"person":`, r.Person)
	e.flag(`,"preserve":`, r.Preserve)
	e.named(`,"provider":`, r.Provider)
	e.named(`,"purpose":`, r.Purpose)
	e.named(`,"reference":`, r.Reference)
	e.named(`,"requested":`, string(r.Requested))
	e.named(`,"requesting":`, string(r.Requesting))
	e.optional(`,"residence":`, string(r.Residence))
	if len(r.Safeguards) > 0 {
		e.b = append(e.b, `,"safeguards":`...)
		texts(e, r.Safeguards)
	}
	e.b = append(e.b, `,"scope":{"accounts":`...)
	e.number(int64(r.Scope.Accounts))
	e.b = append(e.b, `,"categories":`...)
	texts(e, r.Scope.Categories)
	e.b = append(e.b, `,"months":`...)
	e.number(int64(r.Scope.Months))
	e.b = append(e.b, `,"persons":`...)
	e.number(int64(r.Scope.Persons))
	e.flag(`},"urgent":`, r.Urgent)
	if len(r.Yields) > 0 {
		e.b = append(e.b, `,"yields":`...)
		texts(e, r.Yields)
	}
	e.b = append(e.b, '}')
}

// optional leaves out what is empty.
func (e *encoder) optional(name, s string) {
	if s != "" {
		e.named(name, s)
	}
}

func (e *encoder) flag(name string, is bool) { e.b = strconv.AppendBool(append(e.b, name...), is) }

func (e *encoder) named(name, s string) {
	e.b = append(e.b, name...)
	e.text(s)
}

func (e *encoder) number(n int64) {
	if !exact(n) {
		e.fail("number %d is beyond ±2^53", n)
	}
	e.b = strconv.AppendInt(e.b, n, 10)
}

func texts[T ~string](e *encoder, list []T) {
	e.b = append(e.b, '[')
	for i, s := range list {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.text(string(s))
	}
	e.b = append(e.b, ']')
}

func (e *encoder) assessment(a *Assessment) {
	d := &a.DualCriminality
	e.named(`{"dual_criminality":{"by_conduct":`, string(d.ByConduct))
	e.named(`,"by_label":`, string(d.ByLabel))
	e.named(`,"met":`, string(d.Met))
	e.named(`,"method":`, string(d.Method))
	e.named(`,"required":`, string(d.Required))
	e.b = append(e.b, `},"findings":`...)
	e.findings(a.Findings)
	e.named(`,"policy":`, a.Policy)
	s := &a.Seriousness
	e.b = append(e.b, `,"seriousness":{`...)
	if s.Article != "" {
		e.named(`"article":`, s.Article)
		e.b = append(e.b, ',')
	}
	e.named(`"both_laws":`, string(s.BothLaws))
	e.named(`,"requesting_law":`, string(s.RequestingLaw))
	e.named(`,"required":`, string(s.Required))
	e.b = append(e.b, `,"threshold_years":`...)
	e.number(int64(s.ThresholdYears))
	e.named(`},"stage":`, string(a.Stage))
	e.b = append(e.b, `,"used":`...)
	e.facts(a.Used)
	e.b = append(e.b, '}')
}

func (e *encoder) findings(list []Finding) {
	if raw, ok := e.memory.ofFindings(list); ok {
		e.b = append(e.b, raw...)
		return
	}
	start := len(e.b)
	e.b = append(e.b, '[')
	for i := range list {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.finding(&list[i])
	}
	e.b = append(e.b, ']')
	if e.err == nil {
		e.memory.keepFindings(list, e.b[start:])
	}
}

func (e *encoder) finding(f *Finding) {
	e.named(`{"article":`, f.Article)
	e.named(`,"confidence":`, string(f.Confidence))
	e.named(`,"effect":`, string(f.Effect))
	e.named(`,"holds":`, string(f.Holds))
	e.named(`,"instrument":`, f.Instrument)
	if len(f.Missing) > 0 {
		e.b = append(e.b, `,"missing":`...)
		texts(e, f.Missing)
	}
	e.named(`,"reading":`, string(f.Reading))
	e.named(`,"rule":`, f.Rule)
	e.named(`,"says":`, f.Says)
	e.named(`,"stage":`, string(f.Stage))
	e.named(`,"standard":`, string(f.Standard))
	e.b = append(e.b, '}')
}

func (e *encoder) facts(f Facts) {
	if raw, ok := e.memory.ofFacts(f); ok {
		e.b = append(e.b, raw...)
		return
	}
	start := len(e.b)
	var room [64]Path
	paths, simple := room[:0], true
	for p := range f { //workflowcheck:ignore sorted below
		paths, simple = append(paths, p), simple && ascii(string(p))
	}
	if simple {
		slices.Sort(paths)
	} else {
		slices.SortFunc(paths, func(a, b Path) int { return byUTF16(string(a), string(b)) })
	}
	e.b = append(e.b, '{')
	for i, p := range paths {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.text(string(p))
		e.b = append(e.b, ':')
		v := f[p]
		if !v.canonical() {
			e.fail("fact value %q has none", v.String())
		}
		e.b = v.appendCanonical(e.b)
	}
	e.b = append(e.b, '}')
	if e.err == nil {
		e.memory.keepFacts(f, e.b[start:])
	}
}
