package policies

import (
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// expectation is one term that a case says must be so: "preservation.floor_days" is 60.
type expectation struct {
	term string
	want mla.Value
	at   entry
}

// nothingSaid is what a term is where neither the instruments nor the State's law say anything.
const nothingSaid = "none"

// expectable gives, by name, the terms that a case can expect. Authority and the provider's secrecy are those of the step
// and the kind of data that the case's letter asks for; rows of the comparison and periods are the first instrument's.
func (l *Law) expectable(known mla.Facts) map[string]mla.Value {
	t := l.Terms(known)
	measure, _ := known[measureFact].AsWord()
	category, _ := known[categoryFact].AsWord()
	authority := t.authority(mla.Measure(measure), mla.Category(category))
	out := map[string]mla.Value{
		"in_force":                   mla.Bool(!slices.ContainsFunc(t.Instruments, func(i Instrument) bool { return !i.InForce })),
		"dual_criminality.article":   said(t.DualCriminality.Article),
		"preservation.article":       said(t.Preservation.Article),
		"preservation.floor_days":    counted(t.Preservation.FloorDays),
		"preservation.hold":          mla.Bool(t.Preservation.Hold),
		"preservation.ceiling_days":  counted(t.Preservation.CeilingDays),
		"secrecy.request.article":    said(t.Secrecy.RequestArticle),
		"secrecy.impossible":         said(string(t.Secrecy.Impossible)),
		"secrecy.impossible.article": said(t.Secrecy.ImpossibleArticle),
		"secrecy.treaty.article":     said(t.Secrecy.Treaty[mla.Measure(measure)].Article),
		"secrecy.law.basis":          said(t.Secrecy.Law.Basis),
		"secrecy.law.days":           counted(t.Secrecy.Law.Days),
		"reasons.article":            said(t.Reasons.Article),
		"consultation.article":       said(t.Consultation.Article),
		"consultation.must":          mla.Bool(t.Consultation.Must),
		"consultation.all":           mla.Bool(t.Consultation.All),
		"use.article":                said(t.Use.Article),
		"use.limited":                mla.Bool(t.Use.Limited),
		"use.condition":              mla.Bool(t.Use.Condition),
		"use.exculpatory":            mla.Bool(t.Use.Exculpatory),
		"authority":                  said(authority.Authority),
		"authority.independent":      mla.Bool(authority.Independent),
		"challenge.available":        mla.Bool(t.Challenge.Available),
		"notice.owed":                mla.Bool(t.Notice.Owed),
		"statistics.published":       mla.Bool(t.Statistics.Published),
		"denial":                     said(t.Denial.Article),
	}
	for _, kind := range mla.Kinds {
		out[auditorReads+string(kind)] = mla.Bool(slices.Contains(t.Readers[l.pair.Requested][kind], mla.Auditor))
	}
	first := l.regimes[0]
	for _, key := range ParameterKeys {
		out[rowOf+string(key)] = mla.Word(string(first.Parameter(key).Is))
	}
	for _, timer := range first.Timers {
		out[periodOf+timer.ID] = mla.Word(string(timer.Kind) + ", " + timer.Span())
	}
	return out
}

// The beginnings of terms that are lists: who reads an event in the requested State, a row of the comparison, a period.
const (
	auditorReads = "auditor.reads."
	rowOf        = "row."
	periodOf     = "period."
)

func said(words string) mla.Value {
	if words == "" {
		words = nothingSaid
	}
	return mla.Word(words)
}

// counted writes a number of days; where none is set, that nothing is said.
func counted(days int) mla.Value {
	if days == 0 {
		return mla.Word(nothingSaid)
	}
	return mla.Int(int64(days))
}

func (t *Terms) authority(m mla.Measure, c mla.Category) Authorisation {
	if a, ok := t.AuthorisationByCategory[m][c]; ok {
		return a
	}
	return t.Authorisation[m]
}

func (c *Case) readExpected(f fields) {
	if !f.has("terms") {
		return
	}
	m := f.values["terms"].mapping()
	for _, term := range m.order {
		if v, ok := valueOf(m.values[term]); ok {
			c.Terms = append(c.Terms, term+" = "+v.String())
			c.expects = append(c.expects, expectation{term, v, m.keys[term]})
		}
	}
}

// checkTerms reports the first term that is not as the case expects it, or that there is not.
func (c *Case) checkTerms(l *Law) *Fault {
	if len(c.expects) == 0 {
		return nil
	}
	are := l.expectable(c.Known)
	for _, e := range c.expects {
		is, ok := are[e.term]
		switch {
		case !ok:
			return c.wrong(e.at, suggest(e.term, sortedKeys(are)), "unknown term %s", quoted(e.term))
		case c.Known[measureFact].IsZero() && (strings.HasPrefix(e.term, "authority") || e.term == "secrecy.treaty.article"):
			return c.wrong(e.at, "give the letter a measure:", "%s hangs on the step that is asked for", e.term)
		case is != e.want:
			return c.wrong(e.at, "correct the case, or the file that says so", "%s: want %s, the law has %s", e.term, e.want, is)
		}
	}
	return nil
}
