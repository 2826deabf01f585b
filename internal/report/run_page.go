package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

//go:embed run.html
var runHTML string

//go:embed page.css
var pageCSS string

// style is what pages of runs and comparisons look like in common.
func style() template.CSS { return template.CSS(pageCSS) } //nolint:gosec // it is our own file

var runPage = template.Must(template.New("run").Funcs(template.FuncMap{
	"style": style,
	"state": stateName, "outcome": outcomeName, "effect": effectName, "standard": standardName, "short": short, "plain": plain,
	"answer": func(g Ground, a mla.Answer) string { return answer(g, a).text },
	"raised": func(g Ground) string { return raised(g).text },
	"yesno":  yesNo,
	"count":  count, "text": textOf,
}).Parse(runHTML))

// Card is what the author of a case says about it, for whoever learns from it.
type Card struct {
	Claim       string   // what critics say
	Mechanism   []string // how the gap comes about
	CounterView string   // the best case of those who defend the rule
	Question    string   // for the trainee
	Teaches     string
	Notes       []string // what is scripted and why
	Sources     []string
}

// HTML writes a run as a document that needs no other file and no script, and prints on A4. Events are those of all
// logs. Every figure leads to its measure, that to the steps it was computed from, and each step to its articles.
func (r *Run) HTML(w io.Writer, events []mla.Event, card Card) error {
	var b bytes.Buffer
	if err := runPage.Execute(&b, r.page(events, card)); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

// runView is a run as its page tells it.
type runView struct {
	*Run
	Card
	Asks       string   // what the letter asks for
	Again      []string // what later letters ask for
	Swimlane   template.HTML
	Steps      []stepView
	Spoken     []Ground // rules that some set of facts makes speak
	Quiet      string   // the others, by name
	Secrets    []secretView
	PersonTold bool
	Learned    []learnedView
	About      figuresView  // of the gaps that the case is about, and the headline figures
	Others     *figuresView // of other gaps; nil: none
	Ended      string       // empty: nobody decided, and there was no request
	Came       string
	CameBy     []int // steps of the days that Came names
	DayZero    string
}

// stepView is one line of the list of events.
type stepView struct {
	N        int
	Date     string
	Day      int
	State    mla.State
	Says     string
	Articles string
	Event    string // its place: log and sequence
	Strong   bool
}

// secretView is one order of silence.
type secretView struct {
	Bound, Since, End, Now string
	Days, Persons          int
	Open                   bool
	Step                   int
}

// learnedView is who came to know what, and when.
type learnedView struct {
	Step, Day int
	Who       string
	Facts     []string
}

// figuresView is some measures, as each observer can compute them and as what they are.
type figuresView struct {
	ViewNames []string
	Figures   []figureView
	Idle      []string
	ByGap     []gapView
}

// figureView is one measure as each observer can compute it.
type figureView struct {
	ID    string
	Cells []figureCell
}

type figureCell struct {
	Text  string
	Known bool
	Steps []int
}

// gapView is what critics say, with the measures of it.
type gapView struct {
	Gap, Claim string
	Measures   []measureView
	Reasons    []string // why some views have no figure
}

// measureView says what a measure is.
type measureView struct {
	ID, Kind, Formula, Articles string
	Of                          string // parts of the all-knowing observer's value
	Steps                       []int
	Known                       bool // the all-knowing observer has a figure
}

func (r *Run) page(events []mla.Event, card Card) runView {
	zero := dayZero(events)
	v := runView{Run: r, Card: card, Asks: r.opening(events), Again: again(events), Swimlane: newSwimlane(r.Requesting, r.Requested, events).SVG(zero), DayZero: firstDay(events)}
	var stepOf map[string]int
	v.Steps, stepOf = stepsOf(events)
	quiet := []string{}
	for _, g := range append(r.closedGates(), r.Grounds...) {
		switch {
		case g.Silence != nil && !g.Raised:
		case g.silent():
			quiet = append(quiet, g.Name())
		default:
			v.Spoken = append(v.Spoken, g)
		}
	}
	v.Quiet = strings.Join(shared(quiet), "; ")
	v.Secrets = secretViews(events, stepOf)
	v.PersonTold = slices.ContainsFunc(events, func(e mla.Event) bool { return e.Kind == mla.SubjectNotified })
	v.Learned = knowledge(events, stepOf, zero)
	v.Ended, v.Came, v.CameBy = r.ended(), r.came(), r.cameBy(events, stepOf)
	mine := about(r.Gaps, r.Gap)
	v.About = figures(mine, stepOf)
	if others := without(r.Gaps, mine); len(others) > 0 {
		o := figures(others, stepOf)
		v.Others = &o
	}
	return v
}

// stepsOf lists the steps of a run, with the number of the step that tells each event, by its id.
func stepsOf(events []mla.Event) (told []stepView, stepOf map[string]int) {
	zero := dayZero(events)
	stepOf = map[string]int{}
	for i, s := range steps(events) {
		e := s.event
		said := Sentence(e)
		switch {
		case s.arrived != nil && s.arrived.After(e.At):
			said += " Arrives on day " + strconv.Itoa(dayOf(*s.arrived, zero)) + "."
		case s.awaiting:
			said += " It has not arrived."
		}
		stepOf[e.ID()] = i + 1
		if e.Message != "" {
			stepOf[e.Message] = i + 1
		}
		told = append(told, stepView{
			N: i + 1, Date: date(e.At), Day: dayOf(e.At, zero), State: e.Party, Says: plain(said),
			Articles: strings.Join(shared(e.Articles), "; "), Event: string(e.Party) + "/" + strconv.Itoa(e.Sequence), Strong: tone(e) == strong,
		})
	}
	for _, e := range events { // an arrival is told where it was sent
		if n, ok := stepOf[e.Message]; ok && e.Passage == mla.Received {
			stepOf[e.ID()] = n
		}
	}
	return told, stepOf
}

func secretViews(events []mla.Event, stepOf map[string]int) []secretView {
	orders, watched := secrets(events)
	var out []secretView
	at := 0
	for _, e := range events {
		if e.Kind != mla.ConfidentialityImposed || at >= len(orders) {
			continue
		}
		s := orders[at]
		at++
		x := secretView{
			Bound: someone(s.on) + ", " + stateName(s.state), Since: date(s.from), End: "no end", Persons: s.persons,
			Open: s.lifted == nil, Step: stepOf[e.ID()],
		}
		if s.expires != nil {
			x.End = date(*s.expires)
		}
		until := watched
		x.Now = "stands on " + date(watched)
		if s.lifted != nil {
			until = *s.lifted
			x.Now = "lifted " + date(*s.lifted) + clause(s.why)
		}
		x.Days = dayOf(until, s.from)
		out = append(out, x)
	}
	return out
}

// knowledge folds the events each role may read into what it came to know, and when.
func knowledge(events []mla.Event, stepOf map[string]int, zero time.Time) []learnedView {
	known := map[mla.Actor]mla.Facts{}
	var out []learnedView
	for _, e := range causal(events) {
		facts := mla.Learned(e.Body)
		if facts == nil || e.Passage == mla.Sent {
			continue // whoever writes a letter knows what is in it
		}
		byNews := map[string][]string{} // roles, by what is new to them
		var order []string
		for _, role := range e.Readers {
			a := mla.Actor{Role: role, State: e.Party}
			k := strings.Join(news(facts, known[a]), "\n")
			known[a] = known[a].With(facts)
			if k == "" {
				continue
			}
			if byNews[k] == nil {
				order = append(order, k)
			}
			byNews[k] = append(byNews[k], roleName(role))
		}
		for _, k := range order {
			out = append(out, learnedView{
				Step: stepOf[e.ID()], Day: dayOf(e.At, zero), Who: stateName(e.Party) + ": " + list(byNews[k]), Facts: strings.Split(k, "\n"),
			})
		}
	}
	return out
}

// news writes the facts that are not known yet, those of one truth value together.
func news(facts, known mla.Facts) []string {
	byTruth := map[bool][]string{}
	var out []string
	for _, p := range facts.Paths() {
		if old, ok := known[p]; ok && old == facts[p] {
			continue
		}
		if b, ok := facts[p].AsBool(); ok {
			byTruth[b] = append(byTruth[b], string(p))
		} else {
			out = append(out, string(p)+" = "+facts[p].String())
		}
	}
	for _, b := range []bool{true, false} {
		if len(byTruth[b]) > 0 {
			out = append(out, strconv.FormatBool(b)+": "+strings.Join(byTruth[b], ", "))
		}
	}
	return out
}

// cameBy lists the steps from which the days of the decision and of the delivery are counted.
func (r *Run) cameBy(events []mla.Event, stepOf map[string]int) (out []int) {
	for _, n := range []int{r.decidedIn(events, stepOf), r.deliveredIn(events, stepOf)} {
		if n > 0 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// decidedIn is the step of the decision that stood; 0: there is none.
func (r *Run) decidedIn(events []mla.Event, stepOf map[string]int) int {
	return stepOn(r.Days.ToDecision, events, stepOf, mla.Decided)
}

// deliveredIn is the step by which the data came; 0: there is none.
func (r *Run) deliveredIn(events []mla.Event, stepOf map[string]int) int {
	return stepOn(r.Days.ToDelivery, events, stepOf, mla.Transmitted, mla.CustodyHandoff)
}

// stepOn is the first step of some kinds on a day; 0: there is none.
func stepOn(day *int, events []mla.Event, stepOf map[string]int, kinds ...mla.Kind) int {
	zero := dayZero(events)
	for _, e := range events {
		if day != nil && slices.Contains(kinds, e.Kind) && dayOf(e.At, zero) == *day && stepOf[e.ID()] > 0 {
			return stepOf[e.ID()]
		}
	}
	return 0
}

// without leaves out of some results those of others.
func without(all, these []measure.Result) []measure.Result {
	return slices.DeleteFunc(slices.Clone(all), func(r measure.Result) bool {
		return slices.ContainsFunc(these, func(x measure.Result) bool { return x.ID == r.ID })
	})
}

// figures sets the observers side by side and says what each measure is and from which steps it comes.
func figures(results []measure.Result, stepOf map[string]int) (v figuresView) {
	for _, w := range measure.Views {
		v.ViewNames = append(v.ViewNames, viewName(w))
	}
	counted, idle := countable(results)
	v.Idle = idle
	for _, r := range counted {
		m, _ := measure.ByID(r.ID)
		if n := len(v.ByGap); n == 0 || v.ByGap[n-1].Gap != m.Gap {
			v.ByGap = append(v.ByGap, gapView{Gap: m.Gap, Claim: m.Claim})
		}
		g := &v.ByGap[len(v.ByGap)-1]
		f := figureView{ID: r.ID}
		for _, w := range measure.Views {
			f.Cells = append(f.Cells, figureCell{Text: figure(r, w).text, Known: r.Views[w] != nil})
			if why := viewName(w) + ": " + kindsInWords(r.Reasons[w]); r.Views[w] == nil && r.Reasons[w] != "" && !slices.Contains(g.Reasons, why) {
				g.Reasons = append(g.Reasons, why)
			}
		}
		v.Figures, g.Measures = append(v.Figures, f), append(g.Measures, measured(m, r.Values[measure.Omniscient], stepOf))
	}
	return v
}

// measured says what a measure is, and which steps the value of the all-knowing observer comes from.
func measured(m measure.Measure, value measure.Value, stepOf map[string]int) measureView {
	x := measureView{ID: m.ID, Kind: kindName(m.Kind), Formula: sentenceCase(strings.TrimRight(m.Formula, ".")), Articles: list(m.Articles), Known: value.Defined}
	for _, id := range value.Events {
		if n, ok := stepOf[id]; ok && !slices.Contains(x.Steps, n) {
			x.Steps = append(x.Steps, n)
		}
	}
	slices.Sort(x.Steps)
	if value.Defined && m.Unit == measure.Share && value.Denominator > 0 {
		x.Of = strconv.Itoa(value.Numerator) + " of " + strconv.Itoa(value.Denominator)
	}
	return x
}
