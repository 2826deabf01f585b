package policies

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// TimerKind says what a period does when it runs out: nothing may end before a floor or outlast a ceiling; a hold lasts
// until something happens; a wait must pass before the step; a review window may close after the step, which is then
// undone; an escalation moves the matter to another channel; a best effort is aimed at and not kept at all costs; an
// expiry ends what protected somebody.
type TimerKind string

// The kinds of timers.
const (
	Floor      TimerKind = "floor"
	Ceiling    TimerKind = "ceiling"
	Hold       TimerKind = "hold"
	Wait       TimerKind = "wait"
	Review     TimerKind = "review"
	Escalation TimerKind = "escalation"
	BestEffort TimerKind = "best-effort"
	Expiry     TimerKind = "expiry"
)

// TimerKinds lists the kinds.
var TimerKinds = []TimerKind{Floor, Ceiling, Hold, Wait, Review, Escalation, BestEffort, Expiry}

// TimeUnit is what the length of a timer counts.
type TimeUnit string

// The units.
const (
	Hours  TimeUnit = "hours"
	Days   TimeUnit = "days"
	Months TimeUnit = "months"
)

// TimeUnits lists the units.
var TimeUnits = []TimeUnit{Days, Hours, Months}

// Timer is a period that an instrument sets.
type Timer struct {
	ID     string    `json:"id"`
	Kind   TimerKind `json:"kind"`
	Length int       `json:"length"`         // 0 for a hold, and where the text gives no number
	Unit   TimeUnit  `json:"unit,omitempty"` // empty with no length
	// Days is the length in days, where the unit is days.
	Days       int            `json:"days"`
	Renewable  bool           `json:"renewable"`
	Starts     string         `json:"starts,omitempty"` // what sets it running
	Stops      string         `json:"stops,omitempty"`  // what ends or changes it early
	Then       string         `json:"then,omitempty"`   // what follows when it has run out
	Article    string         `json:"article"`
	Confidence mla.Confidence `json:"confidence"`
	Says       string         `json:"says"`
	Extension  string         `json:"extension,omitempty"` // article by which a longer period may be asked for
}

// Span writes the length: "10 days", "until it ends", "no number".
func (t Timer) Span() string {
	switch {
	case t.Kind == Hold:
		return "until it ends"
	case t.Length == 0:
		return "no number"
	}
	return fmt.Sprintf("%d %s", t.Length, t.Unit)
}

// The periods the procedure knows by name. Instruments may have others, which it cannot yet act on.
const (
	preservationAbroad = "preservation-abroad"
	preservationHold   = "preservation-hold"
	preservationHome   = "preservation-home"
)

func (r *Regime) readTimers(f fields) {
	for _, e := range f.list("timers") {
		t := e.fields("id", "kind", "length", "unit", "days", "hours", "months", "renewable", "starts", "stops", "then",
			"extension", "article", "confidence", "says")
		timer := Timer{ID: t.text("id"), Kind: pick(t, "kind", TimerKinds), Renewable: t.optionalFlag("renewable"),
			Starts: t.optional("starts"), Stops: t.optional("stops"), Then: t.optional("then"),
			Article: t.text("article"), Confidence: pick(t, "confidence", mla.Confidences), Says: t.text("says"), Extension: t.optional("extension")}
		if slices.ContainsFunc(r.Timers, func(o Timer) bool { return o.ID == timer.ID }) {
			t.values["id"].faultf("remove one, or give it another id", "timer %s is there twice", quoted(timer.ID))
		}
		timer.readLength(t)
		if timer.Unit == Days {
			timer.Days = timer.Length
		} else if timer.ID == preservationAbroad || timer.ID == preservationHome {
			if timer.Unit != "" {
				t.at.faultf("give it in days", "the procedure counts %s in days", timer.ID)
			}
		}
		r.Timers = append(r.Timers, timer)
	}
}

// readLength reads "days: 60", "hours: 8", "months: 2", or "length: 60" with "unit: days"; "length: none" where the text
// gives no number.
func (t *Timer) readLength(f fields) {
	var given []string
	for _, name := range []string{"length", "days", "hours", "months"} {
		if f.has(name) {
			given = append(given, name)
		}
	}
	switch {
	case t.Kind == Hold:
		if len(given) > 0 {
			f.values[given[0]].faultf("remove "+given[0]+": it lasts until the request is decided", "a hold has no number of days")
		}
	case len(given) == 0:
		f.at.fault("the timer has no length", "add days:, hours: or months:, or length: none where the text gives no number")
	case len(given) > 1:
		f.keys[given[1]].fault("the timer has two lengths", "keep one of "+listed(given))
	case given[0] == "length":
		if s, ok := f.values["length"].node.(*ast.StringNode); ok && s.Value == "none" {
			return
		}
		t.Length, t.Unit = f.number("length", 1, 36500), pick(f, "unit", TimeUnits)
	default:
		t.Length, t.Unit = f.number(given[0], 1, 36500), TimeUnit(given[0])
		if f.has("unit") {
			f.keys["unit"].fault("the unit is said twice", "remove unit:")
		}
	}
}

func (r *Regime) timer(id string) Timer {
	for _, t := range r.Timers {
		if t.ID == id {
			return t
		}
	}
	return Timer{}
}
