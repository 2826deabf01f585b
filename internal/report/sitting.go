package report

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// Sitting is what lies on a trainee's desk.
type Sitting struct {
	Case        string
	Title       string
	Role        mla.Role
	State       mla.State
	At          time.Time
	Seen        []mla.Event  // what the role may read
	Letter      *mla.Request // nil: the role has not read it
	Instruments []Instrument
	Safeguards  []string
	Asks        string   // the question to the trainee
	Words       []string // that answer it
}

// Terminal opens a sitting.
func (s Sitting) Terminal(w io.Writer, style Style) error {
	p := newPage(style)
	p.heading(s.Case + " · " + s.Title)
	p.text(tableIndent, "You are the "+roleName(s.Role)+" of "+stateName(s.State)+". It is "+date(s.At)+s.day()+".", strong)
	p.text(tableIndent, s.matter(), ordinary)
	p.instruments(s.Instruments)
	p.safeguards(s.Safeguards)
	p.blank()
	p.text(tableIndent, s.Asks, strong)
	p.blank()
	p.commands(s.Words)
	return p.print(w)
}

// matter says what the question is about, as far as the role knows.
func (s Sitting) matter() string {
	switch r := s.Letter; {
	case r == nil:
	case unasked(r.Channel):
		return seeks(r.Requesting, r.Requested, r.Channel)
	default:
		return asks(r.Requesting, r.Requested, *r)
	}
	for _, e := range slices.Backward(s.Seen) {
		switch b := e.Body.(type) {
		case mla.OrderServedBody:
			return Sentence(e) + " It asks for " + scope(b.Scope) + "."
		case mla.DisclosureAskedBody:
			return Sentence(e) + " It asks for " + scope(b.Scope) + "."
		case mla.PreservationOrderedBody, mla.ContactAskedBody, mla.DefenceAskedBody:
			return Sentence(e)
		}
	}
	return "No order and no message has come to this desk."
}

// day counts from the letter or the order, once the role has seen one.
func (s Sitting) day() string {
	n := ", day " + strconv.Itoa(dayOf(s.At, dayZero(s.Seen)))
	switch firstDay(s.Seen) {
	case letterSent:
		return n + " after the letter was sent"
	case orderServed:
		return n + " after the order was served"
	default:
		return ""
	}
}

// Help lists what can be said at a desk.
func (s Sitting) Help(w io.Writer, style Style) error {
	p := newPage(style)
	p.commands(s.Words)
	return p.print(w)
}

func (p *page) commands(words []string) {
	p.table([]column{{fixed: true}, {}}, [][]cell{
		{c("letter"), c("read the letter or the file, if it has come to you")},
		{c("log"), c("read what has been recorded, as far as you may")},
		{c("facts"), c("what you know; facts conduct shows those that begin so")},
		{c("law"), c("what the law says on what you know; law 40(22) shows the rules that contain it")},
		{c("ask FACT"), c("find out a fact: your own inquiry takes days, a letter abroad weeks")},
		{c("answer WORD [on RULE, RULE]"), c("answer with one of: " + strings.Join(words, ", "))},
		{c("help, quit"), c("")},
	})
}

// File shows the letter with the contents that UNCC 40(15) asks for, where the role has read it.
func (s Sitting) File(w io.Writer, style Style) error {
	p, r := newPage(style), s.Letter
	if r == nil {
		p.text(tableIndent, "The letter has not come to this desk. What has come is under log.", ordinary)
		return p.print(w)
	}
	p.heading(paper(r.Channel))
	urgent, secret := "no", "no"
	if r.Urgent {
		urgent = "yes"
	}
	if r.Confidential {
		secret = "demanded"
	}
	p.table([]column{{fixed: true}, {}}, [][]cell{
		{c("authority"), c(r.Authority)},
		{c("offence"), c("“" + r.Offence.Label + "”, at most " + years(r.Offence.MaxPenaltyYears))},
		{c("facts as told"), c(r.Conduct)},
		{c("help sought"), c(sought(r.Measure, r.Scope))},
		{c("person"), c(r.Person)},
		{c("held by"), c(r.Provider)},
		{c("purpose"), c(r.Purpose)},
		{c("urgent"), c(urgent)},
		{c("secrecy"), c(secret)},
	})
	return p.print(w)
}

// paper names what a matter is written down in.
func paper(c mla.Channel) string {
	switch {
	case c == mla.Direct:
		return "The order and its file"
	case unasked(c):
		return "The file"
	default:
		return "The letter"
	}
}

// Seen shows events as a role may read them.
func Seen(w io.Writer, style Style, events []mla.Event) error {
	p := newPage(style)
	if len(events) == 0 {
		p.text(tableIndent, "Nothing that this role may read is on a log yet.", ordinary)
		return p.print(w)
	}
	p.timeline(events)
	return p.print(w)
}

// KnownFact is a fact with its meaning.
type KnownFact struct {
	Path    mla.Path
	Value   string // "unknown" where it is
	Means   string
	KnownBy string
}

// Facts shows what is known.
func Facts(w io.Writer, style Style, facts []KnownFact) error {
	p := newPage(style)
	var rows [][]cell
	for _, f := range facts {
		rows = append(rows, []cell{c(string(f.Path)), c(f.Value).in(strong), c(f.Means), c(f.KnownBy)})
	}
	p.table([]column{{head: "fact"}, {head: "is"}, {head: "meaning"}, {head: "known by"}}, rows)
	if len(rows) == 0 {
		p.text(tableIndent, "None.", ordinary)
	}
	return p.print(w)
}

// Findings shows what the law says on what is known.
func Findings(w io.Writer, style Style, findings []mla.Finding) error {
	p := newPage(style)
	var rows [][]cell
	for _, f := range findings {
		says := strings.TrimRight(f.Says, ".") + "."
		if len(f.Missing) > 0 {
			says += " Unknown for want of " + list(f.Missing) + "."
		}
		if f.Reading == mla.Contested {
			says += " Its reading is contested."
		}
		rows = append(rows, []cell{c(ruleName(f.Rule, f.Article)), c(effectName(f.Effect)), c(answerName(f.Effect, f.Standard, f.Holds)).in(strong), c(says)})
	}
	p.table([]column{{head: "rule"}, {head: "effect"}, {head: "on what you know"}, {head: "what it says"}}, rows)
	if len(rows) == 0 {
		p.text(tableIndent, "No rule.", ordinary)
	}
	return p.print(w)
}

// NoGround says that a question is not about a ground for refusal, and where the instruments speak of the act.
func NoGround(w io.Writer, style Style, provisions []string) error {
	p := newPage(style)
	says := "The instrument does not speak of it."
	if len(provisions) > 0 {
		says = "The instrument speaks of it in " + strings.Join(shared(provisions), "; ") + "."
	}
	p.text(tableIndent, "No request is before you, so no ground for refusal is open or closed. "+says, ordinary)
	return p.print(w)
}

// Lessons are the cases a trainee can be put before; it is the object that `train --list --json` prints.
type Lessons struct {
	Lessons []Lesson `json:"lessons"`
	Caveat  string   `json:"caveat"`
}

// Lesson is one case, by what it trains.
type Lesson struct {
	Case       string   `json:"case"`
	Title      string   `json:"title"`
	Desk       string   `json:"desk"`
	Question   string   `json:"question"`
	Difficulty int      `json:"difficulty"`
	Gaps       []string `json:"gaps"`
	Grounds    []string `json:"grounds"` // that the rubric or the expectations speak of
}

// Terminal groups the lessons by desk, by difficulty, and by ground.
func (l *Lessons) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	var desks []string
	byDesk, byGround := map[string][]Lesson{}, map[string][]string{}
	var grounds []string
	for _, x := range l.Lessons {
		if byDesk[x.Desk] == nil {
			desks = append(desks, x.Desk)
		}
		byDesk[x.Desk] = append(byDesk[x.Desk], x)
		for _, g := range x.Grounds {
			if byGround[g] == nil {
				grounds = append(grounds, g)
			}
			byGround[g] = append(byGround[g], x.Case)
		}
	}
	for _, d := range desks {
		p.heading("At the desk of the " + roleName(mla.Role(d)))
		var rows [][]cell
		for _, x := range byDesk[d] {
			rows = append(rows, []cell{c(x.Case), c(x.Title), c(x.Question), c(strings.Repeat("•", x.Difficulty)), c(orDash(strings.Join(x.Gaps, ", ")))})
		}
		p.table([]column{{head: "case", fixed: true}, {head: "title"}, {head: "asked to"}, {head: "difficulty"}, {head: "gap"}}, rows)
	}
	p.heading("By ground and article")
	var rows [][]cell
	for _, g := range grounds {
		rows = append(rows, []cell{c(g), c(strings.Join(byGround[g], ", "))})
	}
	p.table([]column{{head: "ground"}, {head: "cases"}}, rows)
	p.caveat(l.Caveat)
	return p.print(w)
}
