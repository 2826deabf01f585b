package policies

import (
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// Rule is one provision as the law data states it. What When and Unless say together is the rule's condition: the rule
// holds where When is met and Unless is not.
type Rule struct {
	ID         string // "uncc/40(22)"
	Instrument string // "uncc"; "state" for a State's own law
	Article    string // "40(22)"
	Confidence mla.Confidence
	Reading    mla.Reading
	Stage      mla.Stage
	Effect     mla.Effect
	Standard   mla.Standard
	When       string
	Unless     string
	// Always says that nothing can make the rule not hold. The engine checks that it is so.
	Always bool
	// GivesWay is the article by which the rule gives way to another treaty on mutual legal assistance that binds the
	// pair, or empty.
	GivesWay string
	Says     string
	// Subject is, of a rule without a condition, what it is about. Rules of one subject say the same law, in whatever words.
	Subject string
	Source  string // where its text was checked, or why it was not
	File    string
	Line    int

	when, unless, givesWay *expression
}

// Address writes instrument and article as events do: "uncc 40(22)".
func (r *Rule) Address() string { return r.Instrument + " " + r.Article }

// otherTreaty is the fact that makes gap-fillers give way (UNCC 40(7), Budapest 27(1) and 28(1)).
const otherTreaty mla.Path = "pair.other_mla_treaty"

// author is whose rules are read, and what rules it can make.
type author struct {
	prefix     string // of the ids, before a slash
	instrument string
	called     string // in a fault
	gap        *gapFiller
	effects    []mla.Effect // nil: any
	mandatory  bool         // may have grounds on which help must be refused
}

// readRules reads the rules of an instrument, of a State's own law, or of a safeguard.
func (l *language) readRules(list []entry, by author) []*Rule {
	var out []*Rule
	for _, e := range list {
		f := e.fields("id", "article", "confidence", "reading", "stage", "effect", "standard", "when", "unless",
			"gives_way", "always", "says", "subject", "source")
		line, _ := e.start()
		r := &Rule{
			Instrument: by.instrument,
			Article:    f.text("article"),
			Confidence: pick(f, "confidence", mla.Confidences),
			Reading:    pickOr(f, "reading", mla.Readings, mla.Settled),
			Stage:      pick(f, "stage", mla.Stages),
			Effect:     pick(f, "effect", mla.Effects),
			Standard:   pickOr(f, "standard", mla.Standards, mla.Objective),
			Says:       f.text("says"),
			Subject:    f.optional("subject"),
			Source:     f.optional("source"),
			Always:     f.optionalFlag("always"),
			File:       e.doc.file,
			Line:       line,
		}
		id := f.text("id")
		if strings.ContainsAny(id, "/\n") {
			f.values["id"].fault("the id "+quoted(id)+" has a slash or more than one line", "the id is the citation, as 40(22)")
		}
		r.ID = by.prefix + "/" + id
		fits := true
		if by.effects != nil && r.Effect != "" && !slices.Contains(by.effects, r.Effect) {
			f.values["effect"].faultf("one of: "+listed(by.effects), "%s cannot be %s", by.called, r.Effect)
			fits = false
		}
		if r.Effect == mla.MustRefuse && !by.mandatory {
			f.values["effect"].fault("no treaty here has a mandatory ground for refusal", "put it into a State file, under overlay")
			fits = false
		}
		if claim, fix := overclaims(r.Says, r.Effect); fits && claim != "" {
			f.values["says"].faultf(fix, "the words say %s, and the rule's effect is %s", quoted(claim), r.Effect)
		}
		if w, ok := f.need("when"); ok {
			if r.when = l.compile(w, nil); r.when != nil {
				r.When = r.when.text
			}
		}
		if r.Subject != "" && (r.When != "true" || f.has("unless")) {
			f.keys["subject"].fault("a rule with a condition is compared by its condition", "remove subject:")
		}
		if f.has("unless") {
			if r.unless = l.compile(f.values["unless"], nil); r.unless != nil {
				r.Unless = r.unless.text
			}
		}
		stands := f.has("gives_way") && !f.values["gives_way"].flag()
		if by.gap.covers(r.Article) && !stands {
			r.GivesWay, r.givesWay = by.gap.article, by.gap.condition
		}
		if first := l.rules[r.ID]; first != nil && id != "" {
			f.values["id"].faultf("add a word that tells the two apart", "the id %s is taken by %s:%d", quoted(id), first.File, first.Line)
			continue
		}
		l.rules[r.ID] = r
		if id != "" {
			out = append(out, r)
		}
	}
	return out
}

// Words of refusal: as a duty or an act, and as a power.
var (
	refusesByDuty  = []string{"must refuse", "must be refused", "must decline", "must be declined", "shall refuse", "shall be refused", "has to refuse", "has to be refused", "is to be refused", "will refuse", "will be refused", "refuses", "is refused", "declines", "rejects", "is rejected", "must be rejected"}
	refusesByPower = []string{"may refuse", "may be refused", "may decline", "may be declined", "can refuse", "can be refused", "is free to refuse", "may reject", "may be rejected"}
)

// overclaims finds words of refusal in what a rule says that its effect does not bear: a power that is told as a duty or
// an act, a duty told as a power, or a refusal where the rule gives no ground at all.
func overclaims(says string, e mla.Effect) (claim, fix string) {
	find := func(words []string) string {
		for _, w := range words {
			if at := strings.Index(strings.ToLower(says), w); at >= 0 {
				return w
			}
		}
		return ""
	}
	switch {
	case e != mla.MustRefuse && find(refusesByDuty) != "":
		claim = find(refusesByDuty)
	case e != mla.MayRefuse && find(refusesByPower) != "":
		claim = find(refusesByPower)
	}
	switch e {
	case mla.NoDuty:
		fix = `say "nothing obliges", not that anybody refuses`
	case mla.MayRefuse:
		fix = `say "may be refused"`
	case mla.MustRefuse:
		fix = `say "must be refused"`
	case mla.Gate, mla.MustNotRefuse, mla.Must, mla.May, mla.Endeavour:
		fix = "say what it does without a refusal, or give it the effect may-refuse or must-refuse"
	}
	return claim, fix
}

// ownLaw is the instrument of rules that come from a State's own law.
const ownLaw = "state"
