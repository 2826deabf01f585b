package policies

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// Dated is one of the four facts about a treaty's standing, which are never one flag.
type Dated struct {
	Date       string         `json:"date"` // empty: it has not happened, or has no single date
	Says       string         `json:"says"`
	Confidence mla.Confidence `json:"confidence"`
}

// Standing is where a treaty stands: signed, ratified, in force and applied are four different facts.
type Standing struct {
	Says     string `json:"says"` // in one sentence, with the date on which it was true
	Signed   Dated  `json:"signed"`
	Ratified Dated  `json:"ratified"`
	InForce  Dated  `json:"in_force"`
	Applied  Dated  `json:"applied"`
}

// ListedOffence is an offence that an instrument names.
type ListedOffence struct {
	Label      string         `json:"label"`
	Article    string         `json:"article"`
	Class      string         `json:"class"` // cyber-dependent or cyber-enabled
	Confidence mla.Confidence `json:"confidence"`
}

// Kind says what an instrument is: only a treaty binds two States by itself.
type Kind string

// The kinds.
const (
	Treaty     Kind = "treaty"
	Model      Kind = "model"
	Regulation Kind = "regulation"
	Statute    Kind = "statute"
	Position   Kind = "position" // in the negotiation; no law anywhere
)

// InstrumentKinds lists the kinds.
var InstrumentKinds = []Kind{Treaty, Model, Regulation, Statute, Position}

// Asked is who a request under an instrument is put to.
type Asked string

// Who is asked: another State, a provider abroad, or nobody.
const (
	AskState    Asked = "state"
	AskProvider Asked = "provider"
	AskNobody   Asked = "nobody"
)

// WhoIsAsked lists who can be asked.
var WhoIsAsked = []Asked{AskState, AskProvider, AskNobody}

// Regime is one instrument as its file states it.
type Regime struct {
	ID       string
	Name     string
	Short    string
	Kind     Kind
	Asks     []Asked
	Standing Standing
	InForce  bool
	Offences []ListedOffence
	Timers   []Timer
	Rules    []*Rule
	// Parameters are the rows of the comparison, in their order.
	Parameters []Parameter

	threshold           int // years; 0: none
	thresholdArticle    string
	conductArticle      string // by which dual criminality is tested by conduct
	conductConfidence   mla.Confidence
	barredAtPreserving  string // article by which dual criminality is no condition of preservation
	gap                 *gapFiller
	replaces            []replacement
	treatyOnAssistance  *bool // where the file says so
	acts                map[mla.Kind][]string
	realTime            map[mla.Measure][]string // provisions on help in real time
	secrecy             regimeSecrecy
	reasons             Reasons
	consultation        Consultation
	denial              string // article that the denial of an authorisation amounts to
	use                 Use
	direct              *Direct // nil: it says nothing of orders to a provider in another State
	byConduct, byLabel  *expression
	listed              *expression
	seriousHere         *expression // by the requesting State's law
	seriousBoth         *expression
	seriousnessRequired bool
}

type regimeSecrecy struct {
	request, impossibleArticle string
	impossible                 Impossible
	provider                   map[mla.Measure]treatySecrecy
}

type treatySecrecy struct {
	article  string
	domestic bool // its period is the one the requested State's law sets
}

func (l *language) readRegime(root entry, stem string) *Regime {
	f := root.fields("id", "name", "short", "status", "in_force", "offences", "dual_criminality", "seriousness", "acts",
		"timers", "confidentiality", "reasons", "consultation", "denial", "use", "direct", "stacking", "kind", "asks", "parameters", "facts",
		"real_time", "rules")
	r := &Regime{ID: f.text("id"), Name: f.text("name"), Short: f.text("short"), InForce: f.flag("in_force")}
	if r.ID != "" && r.ID != stem {
		f.values["id"].faultf("the id is the file's name without .yaml", "the id %s stands in a file named %s", quoted(r.ID), stem)
	}
	if r.ID == ownLaw {
		f.values["id"].fault("no instrument may be called "+ownLaw, "choose another id")
	}
	r.Standing = readStanding(f)
	r.Kind = pick(f, "kind", InstrumentKinds)
	r.readAsks(f)
	l.readStacking(f, r)
	r.readParameters(f)
	r.readOffences(f, l)
	r.readTests(f, l)
	r.readTimers(f)
	r.readConfidentiality(f)
	r.readDuties(f)
	r.readDirect(f)
	r.acts = map[mla.Kind][]string{}
	if f.has("acts") {
		acts := f.values["acts"].mapping()
		for _, name := range acts.order {
			if !slices.Contains(mla.Kinds, mla.Kind(name)) {
				acts.keys[name].fault("unknown kind of event "+quoted(name), suggest(name, mla.Kinds))
				continue
			}
			r.acts[mla.Kind(name)] = acts.texts(name)
		}
	}
	r.realTime = map[mla.Measure][]string{}
	if live, ok := f.optionalSub("real_time", string(mla.RealTimeTraffic), string(mla.Interception)); ok {
		for _, m := range []mla.Measure{mla.RealTimeTraffic, mla.Interception} {
			r.realTime[m] = live.texts(string(m))
		}
	}
	if rules, ok := f.need("rules"); ok {
		r.Rules = l.readRules(rules.list(), author{prefix: r.ID, instrument: r.ID, gap: r.gap, mandatory: r.Kind == Position})
	}
	r.checkReferences(f)
	return r
}

// readAsks reads who is asked: one word, or several.
func (r *Regime) readAsks(f fields) {
	e, ok := f.need("asks")
	if !ok {
		return
	}
	if _, one := e.node.(*ast.StringNode); one {
		if w, ok := wordOf(e, "addressee", WhoIsAsked); ok {
			r.Asks = []Asked{w}
		}
		return
	}
	if r.Asks = words(f, "asks", "addressee", WhoIsAsked); len(r.Asks) == 0 {
		e.fault("nobody is asked", "say nobody, or who")
	}
}

func readStanding(f fields) Standing {
	s := f.sub("status", "says", "signed", "ratified", "in_force", "applied")
	dated := func(name string) Dated {
		d := s.sub(name, "date", "says", "confidence")
		return Dated{Date: d.optional("date"), Says: d.text("says"), Confidence: pick(d, "confidence", mla.Confidences)}
	}
	if s.at.node == nil {
		return Standing{}
	}
	return Standing{Says: s.text("says"), Signed: dated("signed"), Ratified: dated("ratified"), InForce: dated("in_force"), Applied: dated("applied")}
}

func (r *Regime) readOffences(f fields, l *language) {
	seen := map[string]bool{}
	var labels []string
	for _, e := range f.list("offences") {
		o := e.fields("label", "article", "class", "confidence")
		listed := ListedOffence{Label: o.text("label"), Article: o.text("article"),
			Class:      pick(o, "class", []string{"cyber-dependent", "cyber-enabled"}),
			Confidence: pick(o, "confidence", mla.Confidences)}
		if seen[listed.Label] {
			e.fault("offence "+quoted(listed.Label)+" is there twice", "remove one")
			continue
		}
		seen[listed.Label] = true
		if !l.knownLabel(o) {
			continue
		}
		labels = append(labels, listed.Label)
		r.Offences = append(r.Offences, listed)
	}
	r.listed = l.compileText(f.at, oneOf(labelFact, labels), nil)
}

// labelFact and measureFact are read off the letter.
const (
	labelFact   mla.Path = "offence.label"
	measureFact mla.Path = "request.measure"
)

// knownLabel reports a fault for a label outside the domain of offence.label.
func (l *language) knownLabel(o fields) bool {
	label := l.byPath[labelFact]
	e, ok := o.values["label"]
	if label == nil || !ok {
		return false
	}
	_, ok = wordOf(e, "label", label.Domain)
	return ok
}

// oneOf writes the CEL test that a word is one of some; of none it never is.
func oneOf[T ~string](path mla.Path, words []T) string {
	if len(words) == 0 {
		return "false"
	}
	quotes := make([]string, len(words))
	for i, w := range words {
		quotes[i] = literal(mla.Word(string(w)))
	}
	return fmt.Sprintf("%s in [%s]", path, strings.Join(quotes, ", "))
}

// absent reads a word that stands for a section an instrument does not have.
func absent(f fields, name string) (Presence, bool) {
	if e, ok := f.values[name]; ok {
		if s, ok := e.node.(*ast.StringNode); ok && slices.Contains(absences, Presence(s.Value)) {
			return Presence(s.Value), true
		}
	}
	return "", false
}

// readTests reads how dual criminality and seriousness are tested. Where the instrument does not say how the first is,
// and the word none, not-seen or not-stated stands there, the requested State's law is held against the conduct: its
// own law then makes the test a condition or does not.
func (r *Regime) readTests(f fields, l *language) {
	if _, word := absent(f, "dual_criminality"); word {
		r.byConduct = l.compileText(f.at, string(requestedOffence), nil)
	} else if dc := f.sub("dual_criminality", "by_conduct", "article", "confidence", "barred_at_preservation"); dc.at.node != nil {
		r.conductArticle = dc.text("article")
		r.conductConfidence = pick(dc, "confidence", mla.Confidences)
		r.barredAtPreserving = dc.optional("barred_at_preservation")
		if e, ok := dc.need("by_conduct"); ok {
			r.byConduct = l.compile(e, func(f *Fact) bool {
				return f.Path == requestedOffence || f.Path == requestingOffence
			}, "test dual criminality on "+string(requestedOffence)+" and "+string(requestingOffence))
		}
	}
	r.byLabel = l.compileText(f.at, string(requestedLabel), nil)
	if s, ok := f.optionalSub("seriousness", "threshold_years", "article", "confidence"); ok {
		r.threshold = s.number("threshold_years", 0, 99)
		r.thresholdArticle = s.text("article")
		pick(s, "confidence", mla.Confidences)
		r.seriousnessRequired = true
	}
	r.seriousHere = l.compileText(f.at, fmt.Sprintf("%s >= %d", penaltyFact, r.threshold), nil)
	r.seriousBoth = l.compileText(f.at, fmt.Sprintf("%s >= %d && %s >= %d", penaltyFact, r.threshold, requestedPenalty, r.threshold), nil)
}

func (r *Regime) readConfidentiality(f fields) {
	c, ok := f.optionalSub("confidentiality", "request", "impossible", "impossible_article", "provider")
	if !ok {
		return
	}
	r.secrecy = regimeSecrecy{request: c.optional("request"), provider: map[mla.Measure]treatySecrecy{}}
	if c.has("impossible") || c.has("impossible_article") {
		r.secrecy.impossibleArticle = c.text("impossible_article")
		r.secrecy.impossible = pick(c, "impossible", []Impossible{TellOnly, RequestingDecides})
	}
	if !c.has("provider") {
		return
	}
	p := c.values["provider"].mapping()
	for _, name := range p.order {
		if !slices.Contains(mla.Measures, mla.Measure(name)) {
			p.keys[name].fault("unknown measure "+quoted(name), suggest(name, mla.Measures))
			continue
		}
		s := p.values[name].fields("article", "domestic_period")
		r.secrecy.provider[mla.Measure(name)] = treatySecrecy{s.text("article"), s.optionalFlag("domestic_period")}
	}
}

func (r *Regime) readDuties(f fields) {
	if s, ok := f.optionalSub("reasons", "article", "outcomes"); ok {
		r.reasons = Reasons{Article: s.text("article"), Outcomes: words(s, "outcomes", "outcome", mla.Outcomes)}
	}
	if s, ok := f.optionalSub("consultation", "article", "must", "grounds", "all", "postponement"); ok {
		r.consultation = Consultation{Article: s.text("article"), Must: s.flag("must"), All: s.optionalFlag("all"),
			Postponement: s.optionalFlag("postponement")}
		for _, id := range s.texts("grounds") {
			r.consultation.Grounds = append(r.consultation.Grounds, r.ID+"/"+id)
		}
	}
	r.denial = f.optional("denial")
	if s, ok := f.optionalSub("use", "article", "limited", "condition", "exculpatory"); ok {
		r.use = Use{Article: s.text("article"), Limited: s.flag("limited"), Condition: s.flag("condition"), Exculpatory: s.flag("exculpatory")}
	}
}

// checkReferences reports what names a rule of the instrument and names none.
func (r *Regime) checkReferences(f fields) {
	ids := make([]string, len(r.Rules))
	for i, rule := range r.Rules {
		ids[i] = strings.TrimPrefix(rule.ID, r.ID+"/")
	}
	if f.has("denial") {
		wordOf(f.values["denial"], "rule", ids)
	}
	if f.has("direct") {
		d := f.values["direct"].mapping().values
		for _, name := range []string{"notice", "emergency", "bar"} {
			if e, ok := d[name]; ok {
				wordOf(e, "rule", ids)
			}
		}
	}
	for _, section := range []string{"consultation", "dual_criminality"} {
		if _, word := absent(f, section); word || !f.has(section) {
			continue
		}
		s := fields{at: f.values[section], values: f.values[section].mapping().values}
		if section == "dual_criminality" && r.conductArticle != "" {
			wordOf(s.values["article"], "rule", ids)
			continue
		}
		for _, e := range s.list("grounds") {
			wordOf(e, "rule", ids)
		}
	}
}
