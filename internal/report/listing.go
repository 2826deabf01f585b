package report

import (
	"io"
	"strconv"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Listing is what law there is; it is the object that `policies list --json` prints.
type Listing struct {
	Dir         string             `json:"dir"` // empty: the law that ships
	Digest      string             `json:"digest"`
	Instruments []ListedInstrument `json:"instruments"`
	States      []ListedState      `json:"states"`
	Safeguards  []ListedSafeguard  `json:"safeguards"`
	Caveat      string             `json:"caveat"`
}

// ListedInstrument is one instrument: what it is, who is asked under it, where it stands, and how many rules it has.
type ListedInstrument struct {
	ID      string           `json:"id"`
	Name    string           `json:"name"`
	Kind    policies.Kind    `json:"kind"`
	Asks    []policies.Asked `json:"asks"`
	Status  string           `json:"status"`
	InForce bool             `json:"in_force"`
	RuleCounts
	Timers int `json:"timers"`
}

// ListedState is one State, with the counts of its own law.
type ListedState struct {
	ID       mla.State `json:"id"`
	Name     string    `json:"name"`
	Offences int       `json:"offences"`
	RuleCounts
}

// ListedSafeguard is one safeguard, with what it asks and the gaps it closes.
type ListedSafeguard struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Asks   string   `json:"asks"`
	Price  string   `json:"price"`
	Closes []string `json:"closes"`
	RuleCounts
	Duties int `json:"duties"` // that nothing acts on
}

// RuleCounts counts rules, by effect and by how their text was checked.
type RuleCounts struct {
	Rules      int                    `json:"rules"`
	Effects    map[mla.Effect]int     `json:"effects"`
	Confidence map[mla.Confidence]int `json:"confidence"`
}

// Terminal writes the list: instruments, States, safeguards.
func (l *Listing) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("Instruments")
	var rows [][]cell
	for _, i := range l.Instruments {
		rows = append(rows, []cell{c(i.ID).in(strong), c(string(i.Kind)), c(list(i.Asks)), standing(i.InForce), c(i.Name + ". " + i.Status + unseen(i))})
	}
	p.table([]column{{head: "id", fixed: true}, {head: "kind"}, {head: "who is asked"}, {head: ""}, {head: "what it is, and where it stands"}}, rows)
	p.heading("Their rules, by effect")
	columns := []column{{head: "id", fixed: true}, {head: "rules", right: true}}
	for _, e := range mla.Effects {
		columns = append(columns, column{head: effectName(e), right: true})
	}
	rows = nil
	for _, i := range l.Instruments {
		row := []cell{c(i.ID).in(strong), c(strconv.Itoa(i.Rules))}
		for _, e := range mla.Effects {
			number := dash
			if n := i.Effects[e]; n > 0 {
				number = strconv.Itoa(n)
			}
			row = append(row, c(number))
		}
		rows = append(rows, row)
	}
	p.table(columns, rows)
	p.heading("States, all fictional")
	rows = nil
	for _, x := range l.States {
		rows = append(rows, []cell{c(string(x.ID)).in(strong), c(x.Name), c(count(x.Offences, "offence", "offences")), c(rulesByEffect(x.RuleCounts))})
	}
	p.table([]column{{head: "id", fixed: true}, {head: "name"}, {head: "penal law"}, {head: "rules of its own"}}, rows)
	p.heading("Safeguards: asked for by critics, no law in force")
	rows = nil
	for _, x := range l.Safeguards {
		rows = append(rows, []cell{c(x.ID).in(strong), c(x.Name + ". " + x.Asks), c(strings.Join(x.Closes, ", ")), c(rulesByEffect(x.RuleCounts))})
	}
	p.table([]column{{head: "id", fixed: true}, {head: "what it asks"}, {head: "closes"}, {head: "rules"}}, rows)
	p.caveat(l.Caveat)
	return p.print(w)
}

func standing(inForce bool) cell {
	if inForce {
		return c("in force").in(good)
	}
	return c("not in force").in(notable)
}

func unseen(i ListedInstrument) string {
	if i.Rules > 0 {
		return ""
	}
	return " Its text was not seen, so it has no rules here."
}

// rulesByEffect writes counts as "1 must refuse, 2 may refuse".
func rulesByEffect(n RuleCounts) string {
	var parts []string
	for _, e := range mla.Effects {
		if n.Effects[e] > 0 {
			parts = append(parts, strconv.Itoa(n.Effects[e])+" "+effectName(e))
		}
	}
	if n.Rules == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// Tested is what the law's own cases said of it; it is the object that `policies test --json` prints.
type Tested struct {
	Dir     string                  `json:"dir"` // empty: the law that ships
	Digest  string                  `json:"digest"`
	Cases   int                     `json:"cases"`
	Covered int                     `json:"covered"` // rules with a case for each answer, or that always hold
	Rules   []policies.RuleCoverage `json:"rules"`
	// Doubts are gates, grounds and forbidden reasons known from memory only, on which the answer of some case rests.
	Doubts []policies.Doubt `json:"doubts"`
	Faults []LawFault       `json:"faults"`
	Caveat string           `json:"caveat"`
}

// Terminal writes the coverage author by author, then the faults.
func (t *Tested) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("The law's own cases")
	if len(t.Faults) == 0 {
		p.text(tableIndent, count(t.Cases, "case", "cases")+", all answered as they must be; "+strconv.Itoa(t.Covered)+" of "+
			count(len(t.Rules), "rule", "rules")+" covered three ways.", good)
	} else {
		p.text(tableIndent, count(t.Cases, "case", "cases")+", "+count(len(t.Faults), "fault", "faults")+"; "+strconv.Itoa(t.Covered)+" of "+
			count(len(t.Rules), "rule", "rules")+" covered three ways.", alarming)
	}
	var authors []string
	n := map[string]*[5]int{}
	for _, r := range t.Rules {
		author, _, _ := strings.Cut(r.Rule, "/")
		if n[author] == nil {
			n[author] = new([5]int)
			authors = append(authors, author)
		}
		n[author][0]++
		n[author][1] += len(r.Yes)
		n[author][2] += len(r.No)
		n[author][3] += len(r.Unknown)
		if r.Always {
			n[author][4]++
		}
	}
	var rows [][]cell
	for _, a := range authors {
		row := []cell{c(a).in(strong)}
		for _, number := range n[a] {
			row = append(row, c(strconv.Itoa(number)))
		}
		rows = append(rows, row)
	}
	p.table([]column{{head: "whose law", fixed: true}, {head: "rules", right: true}, {head: "cases where a rule holds", right: true}, {head: "where it does not", right: true},
		{head: "where it is unknown", right: true}, {head: "rules that always hold", right: true}}, rows)
	p.text(tableIndent, "Three ways: a case where the rule holds, one where it does not, one where it is unknown. A rule that always holds needs none.", faint)
	p.doubts(t.Doubts)
	if len(t.Faults) > 0 {
		p.heading("Faults")
		for _, f := range t.Faults {
			p.item(tableIndent, "✗", f.line(), alarming)
		}
	}
	p.caveat(t.Caveat)
	return p.print(w)
}

// doubts names, by instrument, the provisions that no text was seen for and that decide some case.
func (p *page) doubts(all []policies.Doubt) {
	if len(all) == 0 {
		return
	}
	p.heading("What rests on memory")
	p.text(tableIndent, count(len(all), "gate, ground or forbidden reason", "gates, grounds and forbidden reasons")+" whose text nobody has checked, and on which the "+
		"answer of some case rests: were the text otherwise, the case would be answered otherwise. --json names the cases.", ordinary)
	var authors []string
	named := map[string][]string{}
	for _, d := range all {
		author, name, _ := strings.Cut(d.Rule, "/")
		if named[author] == nil {
			authors = append(authors, author)
		}
		named[author] = append(named[author], name)
	}
	for _, a := range authors {
		p.item(tableIndent, "·", a+": "+strings.Join(named[a], ", ")+".", ordinary)
	}
}

// line writes a fault as file:line:column: message (fix).
func (f LawFault) line() string {
	return policies.Fault{File: f.File, Line: f.Line, Column: f.Column, Message: f.Message, Fix: f.Fix}.Error()
}
