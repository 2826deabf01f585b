package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
)

// Reconciled is what double entry found; it is the object that `audit reconcile --json` prints.
type Reconciled struct {
	Dir       string                 `json:"dir"`
	As        []string               `json:"as"`
	Cases     int                    `json:"cases"`
	Events    int                    `json:"events"`
	Opened    int                    `json:"opened"`
	Accounts  []audit.Account        `json:"accounts"`
	Standings map[audit.Standing]int `json:"standings"`
	Items     []audit.Entry          `json:"items"` // those that do not simply agree; with --all every one
	Histories []audit.Comparison     `json:"histories,omitzero"`
	Recorded  []Recorded             `json:"recorded,omitzero"`
	Agree     bool                   `json:"agree"`
	Notes     []string               `json:"notes"`
	Caveat    string                 `json:"caveat"`
}

// Recorded is the digest of a history that was put on the operator's log.
type Recorded struct {
	Case   string   `json:"case"`
	Digest string   `json:"digest"`
	Log    string   `json:"log"`
	Before []string `json:"before"` // other digests recorded for this case earlier: the history was not always this one
}

// Terminal writes the reconciliation for a reader.
func (v *Reconciled) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(v.Dir + ", as " + list(v.As))
	p.text(tableIndent, count(v.Cases, "case", "cases")+"; "+count(v.Events, "event", "events")+", of which "+strconv.Itoa(v.Opened)+" can be read.", ordinary)
	for _, n := range v.Notes {
		p.text(tableIndent, n, notable)
	}
	p.heading("What each State entered")
	var rows [][]cell
	for _, a := range v.Accounts {
		rows = append(rows, []cell{
			c(stateName(a.State)), c(string(a.Side)), c(strconv.Itoa(total(a.Sent))), c(strconv.Itoa(total(a.Received))), c(strconv.Itoa(a.Returned)),
			c(strconv.Itoa(a.Produced)), c(strconv.Itoa(a.Used)), c(strconv.Itoa(a.Sealed)),
		})
	}
	p.table([]column{{head: "State"}, {head: "side"}, {head: "sent", right: true}, {head: "received", right: true}, {head: "returned", right: true},
		{head: "produced", right: true}, {head: "used", right: true}, {head: "sealed", right: true}}, rows)
	p.heading("How the items stand")
	for _, k := range audit.Standings {
		if n := v.Standings[k]; n > 0 {
			p.text(tableIndent, fmt.Sprintf("%d %s.", n, k), standingInk(k))
		}
	}
	if len(v.Standings) == 0 {
		p.text(tableIndent, "No message of the two States can be read at this clearance.", ordinary)
	}
	p.items(v.Items)
	for _, h := range v.Histories {
		p.history(h)
	}
	for _, r := range v.Recorded {
		p.heading("Recorded")
		p.text(tableIndent, "The history's digest "+short(r.Digest)+" is on the operator's log in "+r.Log+".", good)
		for _, b := range r.Before {
			p.item(tableIndent, "✗", "Another digest was recorded for this case before: "+short(b)+". The history was not always this one.", alarming)
		}
	}
	p.caveat(v.Caveat)
	return p.print(w)
}

func total(m map[mla.Kind]int) (n int) {
	for _, x := range m {
		n += x
	}
	return n
}

func standingInk(s audit.Standing) ink {
	switch {
	case s.Wrong():
		return alarming
	case s == audit.Late, s == audit.Untold:
		return notable
	}
	return ordinary
}

func (p *page) items(all []audit.Entry) {
	if len(all) == 0 {
		return
	}
	p.heading("By name")
	for i, e := range all {
		if i == mostShown {
			p.text(tableIndent, fmt.Sprintf("… and %d more; --json or --csv lists them all.", len(all)-i), faint)
			return
		}
		p.item(tableIndent, standingMark(e.Standing), fmt.Sprintf("%s: %s %s from %s to %s: %s.", e.Standing, e.Kind, e.Item, stateName(e.From), stateName(e.To), e.Says), standingInk(e.Standing))
	}
}

func standingMark(s audit.Standing) string {
	switch {
	case s.Wrong():
		return "✗"
	case s == audit.Untold:
		return "?"
	case s == audit.Late:
		return "○"
	}
	return "✓"
}

func (p *page) history(h audit.Comparison) {
	p.heading("History of " + h.Case)
	p.text(tableIndent, fmt.Sprintf("%d events in the history, %d in its replay, %d on the logs (%d of them sealed, compared by cover); %d acts. Digest %s.",
		h.History, h.Replayed, h.Logged, h.Sealed, h.Acts, short(h.Digest)), ordinary)
	if !h.Finished {
		p.text(tableIndent, "The workflow has not ended: what is to come is on neither.", notable)
	}
	if len(h.Differences) == 0 {
		p.text(tableIndent, "All three agree.", good)
	}
	for i, d := range h.Differences {
		if i == mostShown {
			p.text(tableIndent, fmt.Sprintf("… and %d more; --json lists them all.", len(h.Differences)-i), faint)
			break
		}
		p.item(tableIndent, "✗", fmt.Sprintf("%s %s: %s.", d.Kind, d.Event, d.Says), alarming)
	}
}

// CSV writes one row for each item, and for each difference of a history.
func (v *Reconciled) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"case", "item", "kind", "from", "to", "sent", "received", "standing", "says"}}
	for _, e := range v.Items {
		rows = append(rows, []string{e.Case, e.Item, string(e.Kind), string(e.From), string(e.To), instant(e.Sent), instant(e.Received), string(e.Standing), e.Says})
	}
	for _, h := range v.Histories {
		for _, d := range h.Differences {
			rows = append(rows, []string{h.Case, d.Event, string(d.Kind), "", "", "", "", "history differs", d.Says})
		}
	}
	return out.WriteAll(rows)
}

func instant(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Rederived is what working the law's answers out anew found; it is the object that `audit rederive --json` prints.
type Rederived struct {
	Dir     string               `json:"dir"`
	As      []string             `json:"as"`
	Cases   int                  `json:"cases"`
	Answers map[mla.Answer]int   `json:"same"`    // yes: bit for bit; no: another answer; unknown: cannot tell
	Changed []ChangedLaw         `json:"changed"` // law folders that are not the law the events name
	Items   []audit.Rederivation `json:"items"`   // those that are not the same; with --all every one
	Notes   []string             `json:"notes"`
	Caveat  string               `json:"caveat"`
}

// ChangedLaw is a folder of law that is not what its run's events name.
type ChangedLaw struct {
	Dir   string   `json:"dir"`
	Named string   `json:"named"` // the digest that the events name
	Files []string `json:"files"` // those changed, added or missing; empty where that law is not at hand to compare with
}

// Terminal writes the re-derivation for a reader.
func (v *Rederived) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(v.Dir + ", as " + list(v.As))
	for _, n := range v.Notes {
		p.text(tableIndent, n, notable)
	}
	all := v.Answers[mla.Yes] + v.Answers[mla.No] + v.Answers[mla.Unknown]
	p.text(tableIndent, fmt.Sprintf("Of %d answers of the law and decisions in %s, %d come out the same bit for bit, %d otherwise, and %d cannot be told at this clearance.",
		all, count(v.Cases, "case", "cases"), v.Answers[mla.Yes], v.Answers[mla.No], v.Answers[mla.Unknown]), ordinary)
	for _, l := range v.Changed {
		files := "which file changed cannot be told: the law that the events name (" + short(l.Named) + ") is not at hand"
		if len(l.Files) > 0 {
			files = "changed since: " + some(l.Files, 10)
		}
		p.item(tableIndent, "✗", "The law in "+l.Dir+" is not the one that the events name; "+files+".", alarming)
	}
	for i, d := range v.Items {
		if i == mostShown {
			p.text(tableIndent, fmt.Sprintf("… and %d more; --json or --csv lists them all.", len(v.Items)-i), faint)
			break
		}
		i, m := alarming, "✗"
		switch d.Same {
		case mla.Unknown:
			i, m = faint, "?"
		case mla.Yes:
			i, m = good, "✓"
		case mla.No:
		}
		p.item(tableIndent, m, string(d.Kind)+" "+d.Event+": "+d.Says+".", i)
	}
	p.text(tableIndent, "Worked out: each assessment; the test of dual criminality, the grounds considered and the decision as far as they follow from one. What to decide is the role's.", faint)
	p.caveat(v.Caveat)
	return p.print(w)
}

// CSV writes one row for each answer listed.
func (v *Rederived) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"case", "event", "kind", "policy", "same", "says"}}
	for _, d := range v.Items {
		rows = append(rows, []string{d.Case, d.Event, string(d.Kind), d.Policy, string(d.Same), d.Says})
	}
	return out.WriteAll(rows)
}

// Wrong reports that an answer comes out otherwise, or that a law was changed.
func (v *Rederived) Wrong() bool {
	return v.Answers[mla.No] > 0 || len(v.Changed) > 0
}

// Wrong reports that the books, or a history, do not agree.
func (v *Reconciled) Wrong() bool {
	return slices.ContainsFunc(v.Histories, func(h audit.Comparison) bool { return len(h.Differences) > 0 }) ||
		slices.ContainsFunc(v.Items, func(e audit.Entry) bool { return e.Standing.Wrong() }) ||
		slices.ContainsFunc(v.Recorded, func(r Recorded) bool { return len(r.Before) > 0 })
}
