package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// nbsp keeps an article together when a line is broken; it is printed as a space.
const nbsp = "\u00a0"

// step is one line of a timeline: an event, and for a message its arrival.
type step struct {
	event    mla.Event
	arrived  *time.Time // of a sent message
	awaiting bool       // sent, and on no log as received
}

// steps puts events into the order in which they are told: a message's arrival is told where it was sent. Events of one
// instant stay in the order of their log, and a log waits for nothing but its own past.
func steps(events []mla.Event) []step {
	arrivals := map[string]time.Time{}
	sent := map[string]bool{}
	for _, e := range events {
		switch e.Passage {
		case mla.Received:
			arrivals[e.Message] = e.At
		case mla.Sent:
			sent[e.Message] = true
		case mla.Internal:
		}
	}
	var out []step
	for _, e := range joined(causal(events)) {
		if e.Passage == mla.Received && sent[e.Message] {
			continue
		}
		s := step{event: e}
		if e.Passage == mla.Sent {
			if at, ok := arrivals[e.Message]; ok {
				s.arrived = &at
			} else {
				s.awaiting = true
			}
		}
		out = append(out, s)
	}
	return out
}

// joined makes one telling of the questions that a role asks the law in one go, stage after stage.
func joined(events []mla.Event) []mla.Event {
	var out []mla.Event
	for _, e := range events {
		b, asks := e.Body.(mla.AssessedBody)
		if last := len(out) - 1; asks && last >= 0 && out[last].At.Equal(e.At) && out[last].Actor == e.Actor {
			if before, asked := out[last].Body.(mla.AssessedBody); asked {
				b.Assessment.Stage = before.Assessment.Stage + " and " + b.Assessment.Stage
				b.Assessment.Findings = slices.Concat(before.Assessment.Findings, b.Assessment.Findings)
				out[last].Body = b
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// causal orders events by legal time, and within one instant so that no message is received before it is sent.
func causal(events []mla.Event) []mla.Event {
	left := slices.Clone(events)
	slices.SortStableFunc(left, func(a, b mla.Event) int { return a.At.Compare(b.At) })
	inPost := map[string]bool{}
	for _, e := range left {
		inPost[e.Message] = inPost[e.Message] || e.Passage == mla.Sent
	}
	var out []mla.Event
	for len(left) > 0 {
		blocked := map[mla.State]bool{}
		at := slices.IndexFunc(left, func(e mla.Event) bool {
			waits := e.Passage == mla.Received && inPost[e.Message]
			free := !waits && !blocked[e.Party]
			blocked[e.Party] = blocked[e.Party] || waits
			return free
		})
		at = max(at, 0) // events that wait for each other are told as they stand
		e := left[at]
		if e.Passage == mla.Sent {
			inPost[e.Message] = false
		}
		out, left = append(out, e), slices.Delete(left, at, at+1)
	}
	return out
}

// dayZero is the day on which the letter is sent, or an order is served that goes straight to a provider; where neither is, the
// first day of the case.
func dayZero(events []mla.Event) time.Time {
	var first time.Time
	for _, e := range events {
		if e.Kind == mla.RequestSubmitted || e.Kind == mla.OrderServed {
			return e.At
		}
		if first.IsZero() || e.At.Before(first) {
			first = e.At
		}
	}
	return first
}

// dayOf counts legal days.
func dayOf(t, zero time.Time) int { return int(t.Sub(zero).Hours() / 24) }

// moment writes a legal instant: its day, and its hour where that is not midnight.
func moment(t time.Time) string {
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return date(t)
	}
	return hour(t)
}

// timeline tells who did what and when.
func (p *page) timeline(events []mla.Event) {
	p.heading("Who did what, and when")
	zero := dayZero(events)
	rows, last := [][]cell{}, ""
	for _, s := range steps(events) {
		e := s.event
		when, day := moment(e.At), strconv.Itoa(dayOf(e.At, zero))
		shown := when
		if when == last {
			shown, day = "", ""
		}
		last = when
		said := Sentence(e)
		switch {
		case s.arrived != nil && s.arrived.After(e.At):
			said += " Arrives on day " + strconv.Itoa(dayOf(*s.arrived, zero)) + "."
		case s.awaiting:
			said += " It has not arrived."
		}
		rows = append(rows, []cell{c(shown), c(day), c(stateName(e.Party)), {said + cite(e.Articles), tone(e)}})
	}
	p.table([]column{{head: "date", fixed: true}, {head: "day", fixed: true, right: true}, {head: "State", fixed: true}, {head: "what"}}, rows)
	p.text(tableIndent, "Day 0 is the day on which "+firstDay(events)+".", faint)
}

// What days are counted from.
const (
	letterSent  = "the letter is sent"
	orderServed = "the order is served"
)

// firstDay says what happens on the day that is counted from; see dayZero.
func firstDay(events []mla.Event) string {
	for _, e := range events {
		switch e.Kind {
		case mla.RequestSubmitted:
			return letterSent
		case mla.OrderServed:
			return orderServed
		default:
		}
	}
	return "the case begins"
}

// tone sets apart what a reader looks for, and what only prepares it.
func tone(e mla.Event) ink {
	switch e.Kind {
	case mla.Decided, mla.AuthorisationDecided, mla.Produced, mla.Transmitted, mla.SubjectNotified:
		return strong
	case mla.Assessed, mla.CustodyHandoff, mla.FactLearned, mla.ObservationEnded:
		return faint
	case mla.ConfidentialityImposed:
		return notable
	default:
		return ordinary
	}
}

// cite writes the provisions acted under.
func cite(articles []string) string {
	if len(articles) == 0 {
		return ""
	}
	return " [" + strings.Join(shared(articles), "; ") + "]"
}

// shared writes provisions with the name of an instrument once: "uncc 40(13), 40(15)".
func shared(articles []string) []string {
	var out []string
	last := ""
	for _, a := range articles {
		instrument, rest, ok := strings.Cut(a, " ")
		if !ok || rest == "" || !strings.ContainsAny(rest[:1], "0123456789") {
			instrument, rest = "", a
		}
		if instrument != "" && instrument == last {
			out[len(out)-1] += ", " + together(rest)
			continue
		}
		last = instrument
		out = append(out, together(strings.TrimSpace(instrument+" "+rest)))
	}
	return out
}

// together keeps a short citation on one line.
func together(s string) string {
	if cells(s) > 32 {
		return s
	}
	return strings.ReplaceAll(s, " ", nbsp)
}
