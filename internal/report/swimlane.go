package report

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// swimlane is a picture of a case: a lane for each role that acts, legal time from left to right, a mark for each step,
// an arrow for each message, a bar for as long as a secret or a preservation stands. Steps carry the numbers they have in
// the list of events, and lead there.
type swimlane struct {
	lanes []mla.Actor
	marks []mark
	bars  []bar
	end   time.Time
}

// mark is one step on a lane; a message has an arrow to the lane where it arrives.
type mark struct {
	n       int // in the list of events, from 1
	lane    int
	at      time.Time
	learns  bool // the role knows more after it
	says    string
	tone    ink
	to      int // lane of arrival; -1: none
	arrived time.Time
	lost    bool // sent, and not arrived when the case was last watched
}

// bar is how long an order stands.
type bar struct {
	lane     int
	from, to time.Time
	secret   bool
	open     bool // stands on the last day watched
	says     string
}

// Sizes of the picture, in its own units.
const (
	laneHeight  = 46
	laneLabel   = 150
	markRadius  = 9
	stepWidth   = 23.0 // between two steps of one day
	stepsMost   = 27   // of one panel: the rest of its width is for the days between them
	panelWidth  = 1000.0
	axisHeight  = 34
	barHeight   = 7
	shortestBar = 6.0
)

func newSwimlane(requesting, requested mla.State, events []mla.Event) *swimlane {
	s := &swimlane{}
	lane := func(a mla.Actor) int {
		if i := slices.Index(s.lanes, a); i >= 0 {
			return i
		}
		s.lanes = append(s.lanes, a)
		return len(s.lanes) - 1
	}
	all := steps(events)
	told := slices.DeleteFunc(slices.Clone(events), func(e mla.Event) bool { return e.Passage != mla.Received })
	receiver := map[string]mla.Actor{}
	for _, e := range told {
		receiver[e.Message] = e.Actor
	}
	for _, t := range all {
		lane(t.event.Actor)
		if a, ok := receiver[t.event.Message]; ok {
			lane(a)
		}
	}
	slices.SortStableFunc(s.lanes, byPlace([]mla.State{requesting, requested}, events))
	for i, t := range all {
		e := t.event
		m := mark{n: i + 1, lane: lane(e.Actor), at: e.At, learns: mla.Learned(e.Body) != nil, says: Sentence(e), tone: tone(e), to: -1, lost: t.awaiting}
		if t.arrived != nil {
			m.to, m.arrived = lane(receiver[e.Message]), *t.arrived
		}
		s.marks = append(s.marks, m)
		if e.At.After(s.end) {
			s.end = e.At
		}
	}
	s.bars = bars(events, lane, s.end)
	return s
}

// byPlace orders lanes as a request travels: the State that asks, the one that is asked, then third parties; in each the
// roles in their usual order.
func byPlace(order []mla.State, events []mla.Event) func(a, b mla.Actor) int {
	for _, e := range causal(events) {
		if !slices.Contains(order, e.Party) {
			order = append(order, e.Party)
		}
	}
	return func(a, b mla.Actor) int {
		return cmp.Or(slices.Index(order, a.State)-slices.Index(order, b.State), slices.Index(mla.Roles, a.Role)-slices.Index(mla.Roles, b.Role))
	}
}

// bars are the secrets and preservations, on the lane of whoever they bind or keep.
func bars(events []mla.Event, lane func(mla.Actor) int, end time.Time) []bar {
	var out []bar
	kept := map[string]int{}
	orders, _ := secrets(events)
	for _, o := range orders {
		b := bar{lane: lane(mla.Actor{Role: mla.Provider, State: o.state}), from: o.from, to: end, secret: true, open: o.lifted == nil}
		if o.lifted != nil {
			b.to = *o.lifted
		}
		b.says = someone(o.on) + " is bound to silence for " + count(dayOf(b.to, b.from), "day", "days")
		if b.open {
			b.says += ", and the secret stands"
		}
		out = append(out, b)
	}
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.PreservationOrderedBody:
			kept[b.Order] = len(out)
			out = append(out, bar{lane: lane(mla.Actor{Role: mla.Provider, State: e.Party}), from: e.At, to: end, open: true, says: someone(b.Provider) + " keeps the data"})
		case mla.PreservationLapsedBody:
			if i, ok := kept[b.Order]; ok {
				out[i].to, out[i].open = e.At, false
			}
		}
	}
	return out
}

// panel is a stretch of the picture that fits the width of a page, and the width of a day in it.
type panel struct {
	first, last int // marks
	day         float64
}

// panels shares the marks out among as few stretches as they fit, and each stretch fills the page.
func (s *swimlane) panels() []panel {
	const room = panelWidth - laneLabel - stepWidth
	most := stepsMost
	n := (len(s.marks) + most - 1) / most
	var out []panel
	for i := range n {
		p := panel{first: i * len(s.marks) / n, last: (i+1)*len(s.marks)/n - 1}
		logs := 0.0
		for j := p.first + 1; j <= p.last; j++ {
			logs += s.between(j)
		}
		if logs > 0 {
			p.day = (room - stepWidth*float64(p.last-p.first+1)) / logs
		}
		out = append(out, p)
	}
	return out
}

// between is the logarithm of the days between a mark and the one before.
func (s *swimlane) between(i int) float64 {
	return math.Log1p(max(s.marks[i].at.Sub(s.marks[i-1].at).Hours()/24, 0))
}

// SVG draws the picture, one drawing after the other where it is wider than a page.
func (s *swimlane) SVG(zero time.Time) template.HTML {
	var b strings.Builder
	for _, p := range s.panels() {
		s.draw(&b, p, zero)
	}
	return template.HTML(b.String()) //nolint:gosec // every text in it went through html.EscapeString
}

func (s *swimlane) draw(b *strings.Builder, p panel, zero time.Time) {
	x := make([]float64, 0, p.last-p.first+1)
	at := float64(laneLabel)
	for i := p.first; i <= p.last; i++ {
		at += stepWidth
		if i > p.first {
			at += p.day * s.between(i)
		}
		x = append(x, at)
	}
	// place puts an instant on the axis: at the first step of its day or later, in proportion between two steps.
	place := func(t time.Time) float64 {
		for i := p.first; i <= p.last; i++ {
			m := s.marks[i].at
			switch {
			case !t.After(m) && i == p.first:
				return x[0]
			case !t.After(m):
				before := s.marks[i-1].at
				if !m.After(before) {
					return x[i-p.first]
				}
				return x[i-1-p.first] + (x[i-p.first]-x[i-1-p.first])*float64(t.Sub(before))/float64(m.Sub(before))
			}
		}
		return x[len(x)-1]
	}
	y := func(lane int) float64 { return axisHeight + laneHeight*(float64(lane)+.5) }
	height := axisHeight + laneHeight*len(s.lanes)
	fmt.Fprintf(b, `<svg viewBox="0 0 %.0f %d" role="img" aria-label="Steps %d to %d, by lane and legal time">`, panelWidth, height, p.first+1, p.last+1)
	state := mla.State("")
	for i, a := range s.lanes {
		class := "lane"
		if i%2 == 1 {
			class = "lane odd"
		}
		fmt.Fprintf(b, `<rect class=%q x="0" y="%d" width="%.0f" height="%d"/>`, class, axisHeight+laneHeight*i, panelWidth, laneHeight)
		if a.State != state {
			state = a.State
			fmt.Fprintf(b, `<line class="border" x1="0" x2="%.0f" y1="%d" y2="%d"/>`, panelWidth, axisHeight+laneHeight*i, axisHeight+laneHeight*i)
		}
		fmt.Fprintf(b, `<text class="role" x="6" y="%.0f">%s</text><text class="state" x="6" y="%.0f">%s</text>`,
			y(i)-2, html.EscapeString(sentenceCase(roleName(a.Role))), y(i)+13, html.EscapeString(stateName(a.State)))
	}
	s.axis(b, p, x, zero, height)
	from, to := s.marks[p.first].at, s.marks[p.last].at
	for _, r := range s.bars {
		if r.to.Before(from) || r.from.After(to) {
			continue
		}
		class, above := "kept", float64(barHeight+1)
		if r.secret {
			class, above = "secret", 0
		}
		left, right := place(r.from), place(r.to)
		if r.open && p.last == len(s.marks)-1 {
			right = panelWidth
		}
		fmt.Fprintf(b, `<rect class=%q x="%.1f" y="%.1f" width="%.1f" height="%d"><title>%s</title></rect>`,
			class, left, y(r.lane)+laneHeight/2-barHeight-1-above, max(right-left, shortestBar), barHeight, html.EscapeString(r.says))
	}
	for i := p.first; i <= p.last; i++ {
		if m := s.marks[i]; m.to >= 0 || m.lost {
			s.arrow(b, m, x[i-p.first], place, y, !m.arrived.After(to))
		}
	}
	for i := p.first; i <= p.last; i++ {
		m := s.marks[i]
		class := "step"
		switch m.tone {
		case strong:
			class = "step strong"
		case faint:
			class = "step faint"
		default:
		}
		shape := fmt.Sprintf(`<circle class=%q cx="%.1f" cy="%.1f" r="%d"/>`, class, x[i-p.first], y(m.lane), markRadius)
		if m.learns {
			shape = fmt.Sprintf(`<rect class=%q x="%.1f" y="%.1f" width="%d" height="%d"/>`, class, x[i-p.first]-markRadius, y(m.lane)-markRadius, 2*markRadius, 2*markRadius)
		}
		fmt.Fprintf(b, `<a href="#step-%d"><title>%s: %s</title>%s<text class="n%s" x="%.1f" y="%.1f">%d</text></a>`,
			m.n, date(m.at), html.EscapeString(plain(m.says)), shape, strings.TrimPrefix(class, "step"), x[i-p.first], y(m.lane)+3.5, m.n)
	}
	b.WriteString("</svg>\n")
}

// axis writes the day under which steps stand, where there is room.
func (s *swimlane) axis(b *strings.Builder, p panel, x []float64, zero time.Time, height int) {
	last := math.Inf(-1)
	for i := p.first; i <= p.last; i++ {
		if i > p.first && s.marks[i].at.Equal(s.marks[i-1].at) {
			continue
		}
		here := x[i-p.first]
		fmt.Fprintf(b, `<line class="day" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>`, here, here, axisHeight-4, height)
		label := strconv.Itoa(dayOf(s.marks[i].at, zero))
		switch hours := int(s.marks[i].at.Sub(zero).Hours()); {
		case i == p.first:
			label = "day " + label
		case dayOf(s.marks[i-1].at, zero) == dayOf(s.marks[i].at, zero):
			label = strconv.Itoa(hours) + " h"
		}
		if here-last < float64(8*len(label)) {
			continue
		}
		last = here
		fmt.Fprintf(b, `<text class="tick" x="%.1f" y="%d">%s</text>`, here, axisHeight-8, label)
	}
}

// arrow joins the two ends of a message. One that has not arrived ends in a cross.
func (s *swimlane) arrow(b *strings.Builder, m mark, x float64, place func(time.Time) float64, y func(int) float64, within bool) {
	if m.lost {
		fmt.Fprintf(b, `<text class="lost" x="%.1f" y="%.1f">✗</text>`, x-5, y(m.lane)-markRadius-1)
		return
	}
	x2, y2 := place(m.arrived), y(m.to)
	if !within {
		x2 = panelWidth
	}
	y1 := y(m.lane)
	towards := float64(cmp.Compare(y2, y1))
	y1, y2 = y1+towards*markRadius, y2-towards*5
	if x2-x < 4 {
		x2 = x + 4
	}
	fmt.Fprintf(b, `<path class="message" d="M%.1f %.1f L%.1f %.1f"/>`, x, y1, x2, y2)
	fmt.Fprintf(b, `<path class="head" d="M%.1f %.1f l-4 %.1f l8 0 z"/>`, x2, y2+towards*4, -towards*7)
}
