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
		if by.effects != nil && r.Effect != "" && !slices.Contains(by.effects, r.Effect) {
			f.values["effect"].faultf("one of: "+listed(by.effects), "%s cannot be %s", by.called, r.Effect)
		}
		if r.Effect == mla.MustRefuse && !by.mandatory {
			f.values["effect"].fault("no treaty here has a mandatory ground for refusal", "put it into a State file, under overlay")
		}
		if saysRefuse(r.Says) && r.Effect == mla.NoDuty {
			f.values["says"].fault("a rule that nothing obliges does not let a State refuse", `say "nothing obliges", not "may refuse"`)
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

// saysRefuse reports whether words claim a power to refuse.
func saysRefuse(says string) bool {
	return strings.Contains(says, "may refuse") || strings.Contains(says, "must refuse")
}

// ownLaw is the instrument of rules that come from a State's own law.
const ownLaw = "state"
