package report

import (
	"io"
	"strconv"
	"time"

	"rogatory/internal/mla"
)

// Verification is what the check of logs found; it is the object that `audit verify --json` prints.
type Verification struct {
	Dir    string       `json:"dir"`
	Whole  bool         `json:"whole"` // every log is
	Logs   []CheckedLog `json:"logs"`
	Caveat string       `json:"caveat"`
}

// CheckedLog is one log, checked from its published bytes.
type CheckedLog struct {
	Dir      string    `json:"dir"`
	Origin   string    `json:"origin"`
	Size     uint64    `json:"size"` // leaves that the checkpoint covers
	Root     string    `json:"root"`
	Cases    int       `json:"cases"`
	Whole    bool      `json:"whole"`
	Findings []Finding `json:"findings"`
}

// Finding is one thing wrong with a log.
type Finding struct {
	File  string `json:"file"`
	Place string `json:"place"`
	What  string `json:"what"`
}

// Terminal writes the verification for a reader: every finding with its file and place.
func (v *Verification) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	for _, l := range v.Logs {
		p.heading(l.Dir)
		if l.Whole {
			p.text(tableIndent, "Whole. "+strconv.FormatUint(l.Size, 10)+" leaves of "+count(l.Cases, "case", "cases")+"; log "+l.Origin+".", good)
			p.verbatim(tableIndent, "root "+l.Root)
			continue
		}
		p.text(tableIndent, "Not whole: "+count(len(l.Findings), "finding", "findings")+".", alarming)
		for _, f := range l.Findings {
			at := f.File
			if f.Place != "" {
				at += ", " + f.Place
			}
			p.item(tableIndent, "✗", at+": "+f.What, ordinary)
		}
	}
	p.blank()
	if v.Whole {
		p.text(0, "What it cannot see: whether log.vkey is the State's own, whether a later checkpoint once existed, and whether what an event says is true.", faint)
	}
	p.text(0, v.Caveat, faint)
	return p.print(w)
}

// Shown is what one clearance sees of logs; it is the object that `audit show --json` prints.
type Shown struct {
	Dir    string        `json:"dir"`
	As     []string      `json:"as"` // whose keys were used
	Events int           `json:"events"`
	Opened int           `json:"opened"`
	Cases  []ShownCase   `json:"cases"`
	Sealed []SealedCount `json:"sealed"`
	Caveat string        `json:"caveat"`
}

// ShownCase is one case's events on all logs, in the order of legal time.
type ShownCase struct {
	Case   string       `json:"case"`
	Events []ShownEvent `json:"events"`
}

// ShownEvent is an event as far as it is seen: its cover, and the whole of it where a key opened it.
type ShownEvent struct {
	mla.Cover
	Event *mla.Event `json:"event"` // null: sealed
	Says  string     `json:"says,omitempty"`
}

// SealedCount counts the events of one kind and reader set that stayed sealed on one log.
type SealedCount struct {
	Party   mla.State  `json:"party"`
	Kind    mla.Kind   `json:"kind"`
	Readers []mla.Role `json:"readers"`
	Number  int        `json:"number"`
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
			rows = append(rows, []cell{c(strconv.Itoa(n.Number)), c(string(n.Kind)), c(stateName(n.Party)), c(readers(n.Readers))})
		}
		p.table([]column{{head: "events", right: true}, {head: "kind", fixed: true}, {head: "log", fixed: true}, {head: "sealed to"}}, rows)
	}
	p.caveat(v.Caveat)
	return p.print(w)
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
