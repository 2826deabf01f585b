package report

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/mla"
)

// Debrief is what a training session came to; it is the record a trainer reviews, and the object `train --json` prints.
type Debrief struct {
	Case       string    `json:"case"`
	Title      string    `json:"title"`
	Regime     string    `json:"regime"`
	Safeguards []string  `json:"safeguards"`
	Policy     string    `json:"policy"`
	Desk       string    `json:"desk"` // role@state
	Question   string    `json:"question"`
	Day        int       `json:"day"` // of the sitting, from the sending of the letter
	Difficulty int       `json:"difficulty"`
	Sought     []Sought  `json:"inquiry"`
	Answer     string    `json:"answer"`
	On         []string  `json:"on"`
	Reasons    string    `json:"reasons"`
	Conditions []string  `json:"conditions"`
	Drafts     []Letter  `json:"drafts"`
	Defensible bool      `json:"defensible"`
	Why        string    `json:"why"`
	Others     []Other   `json:"others"` // other answers the rubric knows
	Grounds    []Ground  `json:"grounds"`
	Hidden     []Hidden  `json:"hidden"`
	Truth      []string  `json:"truth"` // what else the author stipulates, in sentences
	Outcome    string    `json:"outcome"`
	Scripted   string    `json:"scripted_outcome"`
	Happened   []Happens `json:"happened"` // after the sitting
	Flips      []Flipped `json:"flips"`
	Teaches    string    `json:"teaches"`
	Other      string    `json:"counter_view"`
	Caveat     string    `json:"caveat"`
}

// Sought is what came of asking for a fact.
type Sought struct {
	Fact   mla.Path `json:"fact"`
	Where  string   `json:"where"`
	Days   int      `json:"days"`
	Answer string   `json:"answer"`
}

// Letter is a draft that the instrument demands, or allows.
type Letter struct {
	Kind    string   `json:"kind"`
	Owed    bool     `json:"owed"`
	Article string   `json:"article"`
	Text    string   `json:"text"`
	Wanting []string `json:"wanting"`
}

// Other is another answer and what is to be said of it.
type Other struct {
	Answer     string   `json:"answer"`
	On         []string `json:"on"`
	Defensible bool     `json:"defensible"`
	Why        string   `json:"why"`
}

// Hidden is a fact that is otherwise than the desk knew, or that it did not know.
type Hidden struct {
	Fact       mla.Path `json:"fact"`
	Stipulated string   `json:"stipulated"`
	Known      string   `json:"known"` // "unknown" where it was
}

// Happens is a step after the sitting.
type Happens struct {
	Day  int       `json:"day"`
	Who  mla.State `json:"state"`
	Says string    `json:"says"`
}

// Flipped is what a safeguard would have made of the same answer.
type Flipped struct {
	With    string `json:"with"`
	Follows string `json:"follows"` // law, behaviour
	Says    string `json:"says"`
	Outcome string `json:"outcome"`
}

// Tell puts those events into words that came later than a sitting.
func Tell(events []mla.Event, later func(mla.Event) bool) []Happens {
	zero := dayZero(events)
	out := []Happens{}
	for _, s := range steps(events) {
		e := s.event
		if !later(e) || e.Kind == mla.Assessed || e.Kind == mla.CustodyHandoff || e.Kind == mla.FactLearned || e.Kind == mla.ObservationEnded {
			continue
		}
		out = append(out, Happens{Day: dayOf(e.At, zero), Who: e.Party, Says: Sentence(e)})
	}
	return out
}

// DayOf counts the legal days from the sending of the letter to an event.
func DayOf(events []mla.Event, e mla.Event) int { return dayOf(e.At, dayZero(events)) }

// Terminal tells the session to the trainee.
func (d *Debrief) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("What you answered")
	said := outcomeWord(d.Answer)
	if len(d.On) > 0 {
		said += " on " + list(d.On)
	}
	p.text(tableIndent, sentenceCase(said)+".", strong)
	verdict, i := "Not easily defended. ", notable
	if d.Defensible {
		verdict, i = "Defensible. ", good
	}
	p.text(tableIndent, verdict+d.Why, i)
	for _, o := range d.Others {
		word := "not easily defended"
		if o.Defensible {
			word = "defensible too"
		}
		on := ""
		if len(o.On) > 0 {
			on = " on " + list(o.On)
		}
		p.item(tableIndent, "·", sentenceCase(outcomeWord(o.Answer))+on+": "+word+". "+o.Why, ordinary)
	}
	for _, l := range d.Drafts {
		p.letter(l)
	}
	p.grounds(groundsPart{heading: "What the law made available", known: "as you knew", quiet: quietGrounds, raised: true}, d.Grounds)
	p.heading("What was hidden from you")
	p.text(tableIndent, "The author of the case stipulates it; no court has found it.", faint)
	var rows [][]cell
	for _, t := range d.Truth {
		p.item(tableIndent, "·", t, ordinary)
	}
	bearing, rest := d.bearing()
	for _, h := range bearing {
		rows = append(rows, []cell{c(string(h.Fact)), c(h.Known), c(h.Stipulated).in(strong)})
	}
	p.table([]column{{head: "fact"}, {head: "as you knew"}, {head: "as stipulated"}}, rows)
	if len(rows) == 0 {
		p.text(tableIndent, "Nothing that bears on a ground.", ordinary)
	}
	if rest > 0 {
		p.text(tableIndent, count(rest, "other fact", "other facts")+" that you did not know would have changed no ground by being known. --record and --json list all.", faint)
	}
	p.heading("What happened next")
	rows = nil
	for _, h := range d.Happened {
		rows = append(rows, []cell{c(strconv.Itoa(h.Day)), c(stateName(h.Who)), c(h.Says)})
	}
	p.table([]column{{head: "day", fixed: true, right: true}, {head: "State", fixed: true}, {head: "what"}}, rows)
	p.text(tableIndent, "Outcome: "+outcomeWord(d.Outcome)+". As the author scripted the desk: "+outcomeWord(d.Scripted)+".", strong)
	if len(d.Flips) > 0 {
		p.heading("What a safeguard would have changed, with the same answer")
		for _, f := range d.Flips {
			follows := "follows from the rule"
			if f.Follows != "law" {
				follows = "depends on what somebody does"
			}
			p.item(tableIndent, "·", f.With+": "+outcomeWord(f.Outcome)+". "+f.Says+" ("+sentenceCase(follows)+".)", ordinary)
		}
	}
	p.heading("What to see in it")
	p.text(tableIndent, cmp.Or(d.Teaches, "The author of the case does not say."), ordinary)
	if d.Other != "" {
		p.text(tableIndent, "The other side: "+d.Other, ordinary)
	}
	p.caveat(d.Caveat)
	return p.print(w)
}

// bearing are the hidden facts that were known otherwise, or for want of which a ground was not seen as it is stipulated; and
// how many others there are.
func (d *Debrief) bearing() (bearing []Hidden, rest int) {
	for _, h := range d.Hidden {
		wanting := func(g Ground) bool { return g.Holds != g.OnStipulated && slices.Contains(g.Missing, h.Fact) }
		if h.Known != "unknown" || slices.ContainsFunc(d.Grounds, wanting) {
			bearing = append(bearing, h)
		} else {
			rest++
		}
	}
	return bearing, rest
}

func (p *page) letter(l Letter) {
	owed := "not owed"
	if l.Owed {
		owed = "owed"
	}
	if l.Article != "" {
		owed += " under " + together(l.Article)
	}
	p.heading("Draft: " + l.Kind + " (" + owed + ")")
	for line := range strings.SplitSeq(l.Text, "\n") {
		p.text(2*tableIndent, line, ordinary)
	}
	for _, x := range l.Wanting {
		p.item(tableIndent, "!", x, notable)
	}
}

// outcomeWord writes an answer or an outcome as a reader does.
func outcomeWord(s string) string { return outcomeName(mla.Outcome(s)) }
