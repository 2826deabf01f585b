package report

import (
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// Name writes a ground's address as a reader cites it, with the word that tells rules of one article apart: "budapest
// 27(4)(a)", "uncc 40(8) trivial".
func (g Ground) Name() string { return ruleName(g.Rule, g.Article) }

func ruleName(rule, article string) string {
	if instrument, id, ok := strings.Cut(rule, "/"); ok {
		return instrument + " " + id
	}
	return article
}

// silent reports that a rule stays closed on either set of facts and was not raised: there is nothing to see in it.
func (g Ground) silent() bool {
	quiet := mla.No
	if g.Effect == mla.Gate {
		quiet = mla.Yes
	}
	return !g.Raised && g.Holds == quiet && (g.OnStipulated == quiet || g.OnStipulated == "")
}

// groundsPart is a part of a report that lists rules by what they say.
type groundsPart struct {
	heading string
	known   string // whose knowledge the first answer rests on
	quiet   string // said of rules that are silent
	raised  bool   // somebody decided, so a ground was raised or not
}

// grounds shows which rules speak and which were raised. Of a rule that is silent on either set of facts it gives the
// name only.
func (p *page) grounds(part groundsPart, all []Ground) {
	p.heading(part.heading)
	var shown []Ground
	var silent []string
	for _, g := range all {
		if g.Silence != nil && !g.Raised {
			continue
		}
		if g.silent() {
			silent = append(silent, g.Name())
			continue
		}
		shown = append(shown, g)
	}
	stages := slices.ContainsFunc(shown, func(g Ground) bool { return g.Stage != shown[0].Stage })
	columns := []column{{head: "rule", fixed: true}}
	if stages {
		columns = append(columns, column{head: "stage"})
	}
	columns = append(columns, column{head: "effect"}, column{head: "standard"}, column{head: part.known}, column{head: "as stipulated"})
	if part.raised {
		columns = append(columns, column{head: "raised"})
	}
	var rows [][]cell
	for _, g := range shown {
		row := []cell{c(g.Name())}
		if stages {
			row = append(row, c(string(g.Stage)))
		}
		row = append(row, c(effectName(g.Effect)), c(standardName(g.Standard)), answer(g, g.Holds), answer(g, g.OnStipulated))
		if part.raised {
			row = append(row, raised(g))
		}
		rows = append(rows, row)
	}
	p.table(columns, rows)
	for _, g := range shown {
		p.because(g)
	}
	if len(silent) > 0 {
		p.text(tableIndent, part.quiet+": "+strings.Join(shared(silent), "; ")+".", faint)
	}
	p.silenced(all)
	if len(all) == 0 {
		p.text(tableIndent, "The law was not asked.", ordinary)
	}
}

// silenced lists the rules that another instrument, or a treaty outside the stack, switches off: by which article, and
// whose words take their place.
func (p *page) silenced(all []Ground) {
	type cause struct{ by, instrument string }
	var causes []cause
	rules := map[cause][]string{}
	for _, g := range all {
		if g.Silence == nil || g.Raised {
			continue
		}
		k := cause{g.Silence.By, g.Silence.Instrument}
		if rules[k] == nil {
			causes = append(causes, k)
		}
		rules[k] = append(rules[k], g.Name())
	}
	for _, k := range causes {
		instead := "another treaty on mutual legal assistance that binds the two States"
		if k.instrument != "" {
			instead = k.instrument
		}
		p.text(tableIndent, "Silenced by "+together(k.by)+", because "+instead+" speaks instead: "+strings.Join(shared(rules[k]), "; ")+".", faint)
	}
}

func standardName(s mla.Standard) string {
	switch s {
	case mla.Objective:
		return "facts decide"
	case mla.Belief:
		return "grounds to believe"
	case mla.SelfJudging:
		return "the State considers"
	}
	return string(s)
}

func answer(g Ground, a mla.Answer) cell {
	k := c(answerName(g.Effect, g.Standard, a))
	switch {
	case a == "":
		return c("–")
	case a == mla.Unknown:
		return k.in(notable)
	case g.Effect == mla.Gate && a == mla.No, g.Effect.Ground() && a == mla.Yes:
		return k.in(strong)
	}
	return k
}

func raised(g Ground) cell {
	switch {
	case g.Raised:
		return c("raised").in(strong)
	case g.Effect.Ground():
		return c("no")
	}
	return c("–")
}

// because says in plain words what a rule rests on.
func (p *page) because(g Ground) {
	said := together(g.Name()) + ": " + strings.TrimRight(g.Says, ". ") + "."
	if len(g.Because) > 0 {
		said += " Rests on " + some(g.Because, 3) + "."
	}
	if g.Holds == mla.Unknown && len(g.Missing) > 0 {
		said += " Unknown for want of " + list(g.Missing) + "."
	}
	if marks := textOf(g); marks != "" {
		said += " (" + marks + ".)"
	}
	p.item(tableIndent, "·", said, ordinary)
}

// textOf says how sure its text and its reading are; empty: as sure as can be.
func textOf(g Ground) string {
	var marks []string
	if g.Reading == mla.Contested {
		marks = append(marks, "its reading is contested")
	}
	switch g.Confidence {
	case mla.Unverified:
		marks = append(marks, "its text is not verified")
	case mla.Secondary:
		marks = append(marks, "its text is known from a secondary source")
	case mla.Verified:
	}
	if len(marks) == 0 {
		return ""
	}
	return sentenceCase(list(marks))
}

// dualCriminality shows both ways of testing side by side.
func (p *page) dualCriminality(d mla.DualCriminality, stipulated *mla.DualCriminality) {
	p.heading("Dual criminality")
	columns := []column{{head: ""}, {head: "required"}, {head: "by label"}, {head: "by conduct"}, {head: "tested"}, {head: "taken as met"}}
	row := func(name string, d mla.DualCriminality) []cell {
		tested := "by " + string(d.Method)
		if d.Method == mla.NotTested || d.Method == "" {
			tested = "not tested"
		}
		return []cell{c(name), c(yesNo(d.Required)), c(yesNo(d.ByLabel)), c(yesNo(d.ByConduct)), c(tested), c(yesNo(d.Met))}
	}
	rows := [][]cell{row("as known", d)}
	if stipulated != nil {
		rows = append(rows, row("as stipulated", *stipulated))
	}
	p.table(columns, rows)
}

// seriousness shows the threshold where the instrument has one.
func (p *page) seriousness(s mla.Seriousness) {
	if s.ThresholdYears == 0 {
		return
	}
	p.text(tableIndent, "Serious crime, "+s.Article+", from "+years(s.ThresholdYears)+": by the requesting State's law "+
		yesNo(s.RequestingLaw)+", by both laws "+yesNo(s.BothLaws)+"; required "+yesNo(s.Required)+".", faint)
}
