package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
)

// Shown is what one clearance sees of logs; it is the object that `audit show --json` prints.
type Shown struct {
	Dir    string        `json:"dir"`
	As     []string      `json:"as"` // whose keys were used
	Events int           `json:"events"`
	Opened int           `json:"opened"`
	Faulty int           `json:"faulty,omitempty"` // this clearance may read them, and what was sealed is missing or altered
	Cases  []ShownCase   `json:"cases"`
	Sealed []SealedCount `json:"sealed"`
	AsOf   time.Time     `json:"as_of"` // the last legal instant on the logs: ages are counted up to it

	// Secrets lists those that stand, or of which this clearance cannot tell, the oldest first; Ended counts the rest.
	Secrets []audit.Secret `json:"secrets"`
	Ended   int            `json:"secrets_ended"`
	PastEnd int            `json:"secrets_past_end"`

	Caveat string `json:"caveat"`
}

// Count puts a secret where it belongs.
func (v *Shown) Count(s audit.Secret) {
	if s.Stands == mla.No {
		v.Ended++
		return
	}
	if s.PastEnd == mla.Yes || s.PastNeed == mla.Yes {
		v.PastEnd++
	}
	v.Secrets = append(v.Secrets, s)
}

// ShownCase is one case's events on all logs, in the order of legal time.
type ShownCase struct {
	Case   string       `json:"case"`
	Events []ShownEvent `json:"events"`
}

// ShownEvent is an event as far as it is seen: its cover, and the whole of it where a key opened it.
type ShownEvent struct {
	mla.Cover
	Event *mla.Event `json:"event"` // null: sealed, or see Fault
	Says  string     `json:"says,omitempty"`
	// Fault says why an event that this clearance may read cannot be read.
	Fault string `json:"fault,omitempty"`
}

// SealedCount counts the events of one kind and reader set that stayed sealed on one log.
type SealedCount struct {
	Party   mla.State  `json:"party"`
	Kind    mla.Kind   `json:"kind"`
	Readers []mla.Role `json:"readers"`
	Number  int        `json:"number"`
	Oldest  time.Time  `json:"oldest"`
	Newest  time.Time  `json:"newest"`
	Days    int        `json:"days"` // age of the oldest
}

// Terminal writes what is seen, then what stays sealed.
func (v *Shown) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(v.Dir + ", as " + list(v.As))
	p.text(tableIndent, count(v.Events, "event", "events")+", of which "+strconv.Itoa(v.Opened)+" can be read.", ordinary)
	for _, one := range v.Cases {
		p.heading("Case " + one.Case)
		var rows [][]cell
		for _, e := range one.Events {
			if e.Event == nil {
				continue
			}
			rows = append(rows, []cell{c(date(e.At)), c(stateName(e.Party)), {e.Says + cite(e.Event.Articles), tone(*e.Event)}})
		}
		p.table([]column{{head: "date", fixed: true}, {head: "log", fixed: true}, {head: "what"}}, rows)
		if len(rows) == 0 {
			p.text(tableIndent, "Nothing of it can be read; "+span(one.Events)+".", ordinary)
		}
	}
	if len(v.Sealed) > 0 {
		p.heading("Sealed")
		var rows [][]cell
		for _, n := range v.Sealed {
			rows = append(rows, []cell{c(strconv.Itoa(n.Number)), c(kindWords(n.Kind)), c(stateName(n.Party)), c(readers(n.Readers)), c(strconv.Itoa(n.Days))})
		}
		p.table([]column{{head: "events", right: true}, {head: "kind", fixed: true}, {head: "log", fixed: true}, {head: "sealed to"}, {head: "oldest, days", right: true}}, rows)
	}
	p.faulty(v)
	p.secretsSeen(v)
	p.caveat(v.Caveat)
	return p.print(w)
}

// faulty lists what this clearance may read and cannot.
func (p *page) faulty(v *Shown) {
	if v.Faulty == 0 {
		return
	}
	p.heading("Missing or altered")
	shown := 0
	for _, one := range v.Cases {
		for _, e := range one.Events {
			if e.Fault == "" {
				continue
			}
			if shown++; shown <= mostShown {
				p.item(tableIndent, "✗", fmt.Sprintf("%s, event %d, %s: %s.", stateName(e.Party), e.Sequence, e.Kind, e.Fault), alarming)
			}
		}
	}
	if shown > mostShown {
		p.text(tableIndent, fmt.Sprintf("… and %d more; --json lists them all.", shown-mostShown), faint)
	}
	p.text(tableIndent, "The log is not whole; audit verify says what is wrong with it.", ordinary)
}

// secretsSeen tells the oldest secret and those past their end.
func (p *page) secretsSeen(v *Shown) {
	if len(v.Secrets)+v.Ended == 0 {
		return
	}
	p.heading("Secrets, up to " + date(v.AsOf))
	standing, untold := 0, 0
	oldest := -1
	for i, s := range v.Secrets {
		if s.Stands == mla.Unknown {
			untold++
			continue
		}
		if standing++; oldest < 0 {
			oldest = i
		}
	}
	text := fmt.Sprintf("%s, %s", count(standing, "stands", "stand"), count(v.Ended, "has ended", "have ended"))
	if untold > 0 {
		text += fmt.Sprintf(", of %d this clearance cannot tell", untold)
	}
	if oldest >= 0 {
		o := v.Secrets[oldest]
		text += fmt.Sprintf(". The oldest that stands is %s's, of %s: %s", stateName(o.State), date(o.Since), count(o.Days, "day", "days"))
	}
	p.text(tableIndent, text+".", ordinary)
	if v.PastEnd == 0 {
		p.text(tableIndent, "None is seen to have outlived its end or the need for it.", ordinary)
		return
	}
	p.text(tableIndent, fmt.Sprintf("%s outlived an end or a need:", count(v.PastEnd, "secret has", "secrets have")), alarming)
	shown := 0
	for _, s := range v.Secrets {
		if s.PastEnd != mla.Yes && s.PastNeed != mla.Yes {
			continue
		}
		if shown++; shown > mostShown {
			continue
		}
		why := fmt.Sprintf("stands %s after the need for it ended", count(s.DaysPastNeed, "day", "days"))
		if s.PastEnd == mla.Yes {
			why = "was to end by " + date(*s.Ends)
		}
		p.item(tableIndent, "✗", fmt.Sprintf("%s, event %s, since %s: %s.", stateName(s.State), nth(s.Event), date(s.Since), why), alarming)
	}
	if shown > mostShown {
		p.text(tableIndent, fmt.Sprintf("… and %d more; --json lists them all.", shown-mostShown), faint)
	}
}

// CSV writes one row for each event as far as it is seen.
func (v *Shown) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"case", "state", "sequence", "at", "kind", "readers", "open", "says"}}
	for _, k := range v.Cases {
		for _, e := range k.Events {
			rows = append(rows, []string{e.Case, string(e.Party), strconv.Itoa(e.Sequence), e.At.UTC().Format(time.RFC3339), string(e.Kind),
				readers(e.Readers), strconv.FormatBool(e.Event != nil), e.Says})
		}
	}
	return out.WriteAll(rows)
}

// span says between which days events lie: even sealed ones show when.
func span(events []ShownEvent) string {
	if len(events) == 0 {
		return "it has no events"
	}
	first, last := events[0].At, events[0].At
	for _, e := range events {
		first, last = earlier(first, e.At), later(last, e.At)
	}
	return count(len(events), "event", "events") + " from " + date(first) + " to " + date(last)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func readers(roles []mla.Role) string {
	if len(roles) == 0 {
		return "nobody"
	}
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = roleName(r)
	}
	return list(names)
}
