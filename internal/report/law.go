package report

import (
	"io"
	"strconv"

	"rogatory/internal/mla"
)

// Checked is a set of law files that was read without fault; it is the object that `policies check --json` prints.
type Checked struct {
	Dir         string       `json:"dir"` // empty: the law that ships
	Digest      string       `json:"digest"`
	Instruments []Instrument `json:"instruments"`
	States      []mla.State  `json:"states"`
	Rules       int          `json:"rules"`
	Facts       int          `json:"facts"`
	Faults      []LawFault   `json:"faults"`
	Caveat      string       `json:"caveat"`
}

// LawFault is one thing wrong with a law file.
type LawFault struct {
	File    string `json:"file"`
	Line    int    `json:"line"` // from 1; 0: the file as a whole
	Column  int    `json:"column"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

// Terminal writes what the law files hold.
func (l *Checked) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	name := "The law that ships with this software"
	if l.Dir != "" {
		name = "The law in " + l.Dir
	}
	p.heading(name)
	p.text(tableIndent, count(len(l.Instruments), "instrument", "instruments")+", "+count(l.Rules, "rule", "rules")+", "+
		count(l.Facts, "fact", "facts")+", "+count(len(l.States), "State", "States")+". No fault.", good)
	p.verbatim(tableIndent, "digest "+l.Digest)
	p.heading("Instruments")
	var rows [][]cell
	for _, i := range l.Instruments {
		rows = append(rows, []cell{c(i.ID).in(strong), c(i.Name), c(i.Status)})
	}
	p.table([]column{{head: "id", fixed: true}, {head: "name"}, {head: "where it stands"}}, rows)
	p.heading("States")
	names := make([]string, len(l.States))
	for i, s := range l.States {
		names[i] = stateName(s)
	}
	p.text(tableIndent, list(names)+". All are fictional.", ordinary)
	p.caveat(l.Caveat)
	return p.print(w)
}

// Started is a case that was started on a Temporal cluster; it is the object that `run --address … --json` prints.
type Started struct {
	Case     string      `json:"case"`
	CaseID   string      `json:"case_id"`
	Regime   string      `json:"regime"`
	Clock    string      `json:"clock"`
	Address  string      `json:"address"`
	Space    string      `json:"namespace"`
	Workflow string      `json:"workflow_id"`
	Outcome  mla.Outcome `json:"outcome"`
	Ended    string      `json:"ended"` // legal time
	Events   int         `json:"events"`
	Policy   string      `json:"policy"`
	Seed     string      `json:"seed"`
	Caveat   string      `json:"caveat"`
}

// Terminal writes how the case ended.
func (r *Started) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(r.Case + " under " + r.Regime + " on " + r.Address)
	p.text(tableIndent, "Outcome: "+outcomeName(r.Outcome)+".", strong)
	p.text(tableIndent, "Watched until "+r.Ended+"; "+strconv.Itoa(r.Events)+" events. The logs are with the worker, in the directory it was given.", ordinary)
	p.verbatim(tableIndent, "workflow "+r.Workflow+", namespace "+r.Space)
	p.caveat(r.Caveat)
	return p.print(w)
}
