package mla

import (
	"reflect"
	"slices"
	"strconv"
)

// event writes an event's canonical form field by field. It is what reflection makes of it, only faster: events are what
// most canonical bytes are made for, and most of their bytes are findings of the law.
func (e *encoder) event(x *Event) {
	e.named(`{"actor":{"role":`, string(x.Actor.Role))
	e.named(`,"state":`, string(x.Actor.State))
	e.b = append(e.b, `},"articles":`...)
	texts(e, x.Articles)
	e.b = append(e.b, `,"at":`...)
	e.instant(x.At)
	e.b = append(e.b, `,"body":`...)
	if a, ok := x.Body.(AssessedBody); ok {
		e.b = append(e.b, `{"assessment":`...)
		e.assessment(&a.Assessment)
		e.b = append(e.b, '}')
	} else {
		e.value(reflect.ValueOf(x.Body))
	}
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
	e.b = append(e.b, `},"findings":[`...)
	for i := range a.Findings {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.finding(&a.Findings[i])
	}
	e.named(`],"policy":`, a.Policy)
	e.b = append(e.b, `,"seriousness":`...)
	e.value(reflect.ValueOf(&a.Seriousness))
	e.named(`,"stage":`, string(a.Stage))
	e.b = append(e.b, `,"used":`...)
	e.facts(a.Used)
	e.b = append(e.b, '}')
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
	var room [64]Path
	paths, simple := room[:0], true
	for p := range f { //workflowcheck:ignore sorted below
		paths, simple = append(paths, p), simple && plain(string(p))
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
}
