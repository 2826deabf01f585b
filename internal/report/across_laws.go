package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

// AcrossLaws is one case under every instrument that can carry it and with every safeguard that bears on it; it is the
// object that `compare --json` prints. The first variant is the one the others are held against.
type AcrossLaws struct {
	Case       string    `json:"case"`
	Title      string    `json:"title"`
	Claim      string    `json:"claim"`
	Requesting mla.State `json:"requesting"`
	Requested  mla.State `json:"requested"`
	Variants   []Variant `json:"variants"`
	Rates      []UseRate `json:"use_rates"`
	Measures   []string  `json:"measures"` // those of the case's gaps
	Left       []LeftOut `json:"left_out"`
	Caveat     string    `json:"caveat"`
}

// UseRate is what comes of a variant where somebody never uses what is theirs to use, always uses it, and uses it as often as
// is assumed: an authority the grounds that are open, another role the answer that holds things up.
type UseRate struct {
	Law     string   `json:"law"`
	Role    mla.Role `json:"role"`
	Uses    []string `json:"uses"`  // grounds, or the answer
	Looks   bool     `json:"looks"` // for what opens them, beyond its own files
	Never   string   `json:"at_0"`
	Always  string   `json:"at_1"`
	Assumed *int     `json:"assumed_percent"` // of cases that come out as at 1; null: nothing is assumed of it
}

// Effects tells what parts two runs of one case: what became of it, how long secrets stood, and what happened in one alone.
func Effects(a, b *Run, ofA, ofB []mla.Event) (inA, inB string) {
	tell := func(r *Run, here, there []mla.Event, other *Run) string {
		parts := []string{r.Became()}
		if s := silence(here); s != silence(there) {
			parts = append(parts, "silence "+s)
		}
		if r.Became() == other.Became() {
			var alone []string
			for _, x := range acts(here) {
				if !slices.ContainsFunc(acts(there), func(y act) bool { return x.kind == y.kind }) {
					alone = append(alone, kindWords(x.kind))
				}
			}
			if len(alone) > 0 {
				parts = append(parts, some(alone, 2))
			}
		}
		return strings.Join(parts, "; ")
	}
	inA, inB = tell(a, ofA, ofB, b), tell(b, ofB, ofA, a)
	for i := 0; inA == inB && i < min(len(ofA), len(ofB)); i++ {
		if ofA[i].Kind != ofB[i].Kind {
			break
		}
		if x, y := Sentence(ofA[i]), Sentence(ofB[i]); x != y && ofA[i].Kind != mla.Assessed {
			return x, y
		}
	}
	return inA, inB
}

// LeftOut is an instrument or a safeguard under which the case was not run, and why.
type LeftOut struct {
	ID  string `json:"id"`
	Why string `json:"why"`
}

// Variant is the case under one law.
type Variant struct {
	Name   string      `json:"name"` // "budapest", "uncc+L02"
	Run    *Run        `json:"run"`
	Events []mla.Event `json:"-"`
	// Changes are what differs from the first variant, each with the provision it comes from where one does.
	Changes []Change `json:"changes"`
}

// Change is one thing that differs.
type Change struct {
	What     string   `json:"what"` // "outcome", "ground", "act", "secret", "delivery"
	Says     string   `json:"says"`
	Articles []string `json:"articles"` // that it was done, raised or left under
}

// Compare finds what differs between the first variant and each other, and which provisions it was done under.
func (c *AcrossLaws) Compare() {
	base := c.Variants[0]
	for i := range c.Variants {
		v := &c.Variants[i]
		v.Changes = []Change{}
		if i == 0 {
			continue
		}
		v.outcomeChanged(base)
		v.groundsChanged(base)
		v.actsChanged(base)
		v.secretsChanged(base)
	}
}

func (v *Variant) changed(what, says string, articles ...string) {
	v.Changes = append(v.Changes, Change{What: what, Says: says, Articles: append([]string{}, articles...)})
}

// outcomeChanged names the grounds that the new decision rests on; where it rests on none, those of the old one that were
// not raised again.
func (v *Variant) outcomeChanged(base Variant) {
	now, before := v.Run.Became(), base.Run.Became()
	if now == before {
		return
	}
	raised := func(g Ground) bool { return g.Raised }
	articles := v.Run.named(raised)
	says := now + " instead of " + before
	if v.Run.Outcome == mla.OutOfScope {
		for _, g := range v.Run.Scope {
			if g.Holds == mla.No && g.Reading != mla.Contested {
				articles = append(articles, g.Name())
			}
		}
	}
	if len(articles) == 0 {
		if articles = base.Run.named(raised); len(articles) > 0 {
			says += "; nothing takes the place of " + list(articles)
		}
	}
	v.changed("outcome", says, articles...)
}

// groundsChanged lists grounds open to the authority here and absent there, of whatever instrument: a ground is the same
// ground when it has the same article.
func (v *Variant) groundsChanged(base Variant) {
	open := func(g Ground) bool { return g.Holds == mla.Yes }
	before := base.Run.named(open)
	fresh := slices.DeleteFunc(v.Run.named(open), func(n string) bool { return slices.Contains(before, n) })
	if len(fresh) > 0 {
		v.changed("ground", "open on what the authority knew", fresh...)
	}
	if v.Run.Regime != base.Run.Regime {
		return
	}
	after := v.Run.named(open)
	if gone := slices.DeleteFunc(before, func(n string) bool { return slices.Contains(after, n) }); len(gone) > 0 {
		v.changed("ground", "no longer open", gone...)
	}
}

// actsChanged lists kinds of act that happen in one and not in the other.
func (v *Variant) actsChanged(base Variant) {
	here, there := acts(v.Events), acts(base.Events)
	for _, a := range here {
		if !slices.ContainsFunc(there, func(b act) bool { return a.kind == b.kind }) {
			v.changed("act", a.says, a.articles...)
		}
	}
	var gone []string
	for _, b := range there {
		if !slices.ContainsFunc(here, func(a act) bool { return a.kind == b.kind }) {
			gone = append(gone, kindWords(b.kind))
		}
	}
	if len(gone) > 0 {
		v.changed("act", "does not happen: "+strings.Join(gone, "; "))
	}
}

// kindWords writes a kind of event as words: order served.
func kindWords(k mla.Kind) string {
	var b strings.Builder
	for i, r := range string(k) {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// act is the first of its kind in a case.
type act struct {
	kind     mla.Kind
	says     string
	articles []string
}

// acts lists the kinds of event that a reader looks for, each by its first.
func acts(events []mla.Event) []act {
	var out []act
	for _, s := range steps(events) {
		e := s.event
		switch e.Kind {
		case mla.Assessed, mla.FactLearned, mla.CustodyHandoff, mla.ObservationEnded, mla.CaseClosed, mla.ReviewPerformed,
			mla.DualCriminalityTested, mla.RequestDrafted, mla.Decided, mla.ConfidentialityImposed:
			continue
		default:
		}
		if !slices.ContainsFunc(out, func(a act) bool { return a.kind == e.Kind }) {
			out = append(out, act{e.Kind, Sentence(e), e.Articles})
		}
	}
	return out
}

// secretsChanged compares how long silence lasted.
func (v *Variant) secretsChanged(base Variant) {
	if here, there := silence(v.Events), silence(base.Events); here != there {
		v.changed("secret", "silence: "+here+" instead of "+there)
	}
}

// silence says how long the longest secret stood.
func silence(events []mla.Event) string {
	orders, watched := secrets(events)
	longest, standing := -1, false
	for _, s := range orders {
		until := watched
		if s.lifted != nil {
			until = *s.lifted
		}
		if d := dayOf(until, s.from); d > longest {
			longest, standing = d, s.lifted == nil
		}
	}
	switch {
	case longest < 0:
		return "none"
	case standing:
		return count(longest, "day", "days") + ", standing"
	}
	return count(longest, "day", "days")
}

// comparedViews are the three eyes of the table.
var comparedViews = []measure.View{measure.Omniscient, measure.Auditor, measure.Public}

// comparedLine is a column of the table: what a variant says in it.
type comparedLine struct {
	head  string
	right bool
	says  func(v Variant) cell
	step  func(v Variant, stepOf map[string]int) int // that the figure is counted to; nil, 0: none
}

func (c *AcrossLaws) lines() []comparedLine {
	open := func(g Ground) bool { return g.Holds == mla.Yes && !g.Raised }
	raised := func(g Ground) bool { return g.Raised }
	days := func(d *int) cell {
		if d == nil {
			return cell{dash, ordinary}
		}
		return cell{strconv.Itoa(*d), ordinary}
	}
	return []comparedLine{
		{head: "law", says: func(v Variant) cell { return cell{v.Name, strong} }},
		{head: "outcome", says: func(v Variant) cell { return cell{v.Run.Became(), c.mark(v, "outcome")} }},
		{head: "raised", says: func(v Variant) cell { return cell{orNone(list(shared(v.Run.named(raised)))), ordinary} }},
		{head: "open, not raised", says: func(v Variant) cell { return cell{orNone(list(shared(v.Run.named(open)))), ordinary} }},
		{head: "decided on day", right: true, says: func(v Variant) cell { return days(v.Run.Days.ToDecision) },
			step: func(v Variant, stepOf map[string]int) int { return v.Run.decidedIn(v.Events, stepOf) }},
		{head: "delivered on day", right: true, says: func(v Variant) cell { return days(v.Run.Days.ToDelivery) },
			step: func(v Variant, stepOf map[string]int) int { return v.Run.deliveredIn(v.Events, stepOf) }},
		{head: "silence", says: func(v Variant) cell { return cell{silence(v.Events), c.mark(v, "secret")} },
			step: func(v Variant, stepOf map[string]int) int {
				i := slices.IndexFunc(v.Events, func(e mla.Event) bool { return e.Kind == mla.ConfidentialityImposed })
				if i < 0 {
					return 0
				}
				return stepOf[v.Events[i].ID()]
			}},
	}
}

// Asks says who asks whom for what under the first law, or who seeks data without asking.
func (c *AcrossLaws) Asks() string { return c.Variants[0].Run.opening(c.Variants[0].Events) }

// DayZero says what happens on the day that is counted from, under the first law.
func (c *AcrossLaws) DayZero() string { return firstDay(c.Variants[0].Events) }

// mark sets off what changed.
func (c *AcrossLaws) mark(v Variant, what string) ink {
	if slices.ContainsFunc(v.Changes, func(x Change) bool { return x.What == what }) {
		return notable
	}
	return ordinary
}

// Terminal sets the variants under one another, then the gaps in three views, then what changed and under which
// provision.
func (c *AcrossLaws) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(c.Case + " · " + c.Title)
	p.text(tableIndent, strings.TrimSpace(c.Asks()+" "+c.Claim), ordinary)
	p.heading("The same case under each law")
	lines := c.lines()
	var columns []column
	for _, l := range lines {
		columns = append(columns, column{head: l.head, right: l.right})
	}
	columns[0].fixed = true
	var rows [][]cell
	for _, v := range c.Variants {
		var row []cell
		for _, l := range lines {
			row = append(row, l.says(v))
		}
		rows = append(rows, row)
	}
	p.table(columns, rows)
	p.text(tableIndent, "Days are counted from the day on which "+c.DayZero()+". What parties do is scripted: a ground is raised where the script has the officer raise it and the law opens it.", faint)
	p.useRates(c.Rates)
	p.gapsCompared(c)
	p.changes(c)
	p.standing(c)
	p.caveat(c.Caveat)
	return p.print(w)
}

// useRates tells what depends on the officer and not on the law.
func (p *page) useRates(rates []UseRate) {
	if len(rates) == 0 {
		return
	}
	p.heading(useRateHeading)
	var rows [][]cell
	for _, r := range rates {
		rows = append(rows, []cell{{r.Law, strong}, {r.Theirs(), ordinary}, {r.Never, ordinary}, {r.Chance(), ordinary}, {r.Always, ordinary}})
	}
	p.table([]column{{head: "law", fixed: true}, {head: "who, and what is theirs to use"}, {head: "never used"}, {head: "as assumed"}, {head: "always used"}}, rows)
	p.text(tableIndent, useRateNote, faint)
}

const (
	useRateHeading = "Where it depends on what somebody does"
	useRateNote    = "As assumed: how often some of these grounds is used, by the rates in the State's file (policies explain STATE), each ground apart from the others; " +
		"a mandatory ground always. Where no rate is assumed, none is shown. It restates an assumption; no direction follows from it."
)

// Theirs says who may use what.
func (r UseRate) Theirs() string {
	who := roleName(r.Role)
	if r.Looks {
		who += ", looking beyond its files"
	}
	return who + ": " + list(shared(r.Uses))
}

// Chance says what the assumed rate makes of it.
func (r UseRate) Chance() string {
	switch {
	case r.Never == r.Always:
		return r.Never
	case r.Assumed == nil:
		return dash
	case *r.Assumed == 100:
		return r.Always
	}
	return r.Always + " in " + strconv.Itoa(*r.Assumed) + " of 100"
}

// gapsCompared shows the measures of the case's gaps in three views.
func (p *page) gapsCompared(c *AcrossLaws) {
	for _, id := range c.Measures {
		m, ok := measure.ByID(id)
		if !ok {
			continue
		}
		var rows [][]cell
		for _, v := range c.Variants {
			i := slices.IndexFunc(v.Run.Gaps, func(r measure.Result) bool { return r.ID == id })
			if i < 0 || lack(v.Run.Gaps[i], measure.Omniscient) == measure.NoneOnRecord {
				continue
			}
			row := []cell{{v.Name, strong}}
			for _, view := range comparedViews {
				row = append(row, figure(v.Run.Gaps[i], view))
			}
			rows = append(rows, row)
		}
		if len(rows) == 0 {
			continue
		}
		p.heading(id)
		p.text(tableIndent, sentenceCase(strings.TrimRight(m.Formula, "."))+". It "+kindName(m.Kind)+".", faint)
		columns := []column{{head: "law", fixed: true}}
		for _, view := range comparedViews {
			columns = append(columns, column{head: viewName(view)})
		}
		p.table(columns, rows)
	}
}

// changes lists what differs from the first variant.
func (p *page) changes(c *AcrossLaws) {
	p.heading("What changed against " + c.Variants[0].Name + ", and under which provision")
	for _, v := range c.Variants[1:] {
		if len(v.Changes) == 0 {
			p.item(tableIndent, "·", v.Name+": nothing.", faint)
			continue
		}
		p.item(tableIndent, "·", v.Name, strong)
		for _, x := range v.Changes {
			p.item(2*tableIndent, "–", sentenceCase(strings.TrimRight(x.Says, "."))+"."+cite(x.Articles), ordinary)
		}
	}
}

// standing says where the instruments stand, once each, and what was left out.
func (p *page) standing(c *AcrossLaws) {
	p.heading("Where these laws stand")
	told := map[string]bool{}
	for _, v := range c.Variants {
		for _, i := range v.Run.Instruments {
			if !told[i.ID] {
				told[i.ID] = true
				p.item(tableIndent, "·", i.ID+". "+i.Status, ordinary)
			}
		}
	}
	p.item(tableIndent, "·", "Safeguards are asked for by critics; they are no law in force.", ordinary)
	for _, l := range c.Left {
		p.item(tableIndent, "·", "Left out: "+l.ID+", because "+l.Why+".", faint)
	}
}

// kindsInWords writes the kinds of event that a text names as words.
func kindsInWords(text string) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		if bare := strings.TrimRight(w, ",.;"); slices.Contains(mla.Kinds, mla.Kind(bare)) {
			words[i] = "“" + kindWords(mla.Kind(bare)) + "”" + w[len(bare):]
		}
	}
	return strings.Join(words, " ")
}
