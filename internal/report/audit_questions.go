package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
)

// Asked is the answer to a question; it is the object that `audit ask --json` prints.
type Asked struct {
	Dir      string         `json:"dir"`
	As       []string       `json:"as"`
	Question audit.Question `json:"question"`
	Cases    int            `json:"cases"`       // looked at
	Of       int            `json:"of"`          // cases on the logs
	Untold   int            `json:"cannot_tell"` // cases of which the filter cannot be told
	Rows     []audit.Row    `json:"rows"`        // yes, or unknown
	Yes      int            `json:"yes"`         // rows
	Unknown  int            `json:"unknown"`     // rows
	YesCases int            `json:"in_cases"`    // cases with a yes
	Notes    []string       `json:"notes"`
	Caveat   string         `json:"caveat"`
}

// Terminal writes the answer for a reader.
func (v *Asked) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(sentenceCase(v.Question.Says) + "?")
	p.lookedAt(v.Dir, v.As, v.Cases, v.Of, v.Untold)
	for _, n := range v.Notes {
		p.text(tableIndent, n, notable)
	}
	said := fmt.Sprintf("%s in %s", count(v.Yes, "answer", "answers"), count(v.YesCases, "case", "cases"))
	if v.Yes == 0 {
		said = "None that can be seen"
	}
	if v.Unknown > 0 {
		said += fmt.Sprintf("; of %s more this clearance cannot tell", strconv.Itoa(v.Unknown))
	}
	p.text(tableIndent, said+".", strong)
	for _, answer := range []mla.Answer{mla.Yes, mla.Unknown} {
		rows, n := [][]cell{}, 0
		for _, r := range v.Rows {
			if r.Answer != answer {
				continue
			}
			if n++; n <= mostShown {
				rows = append(rows, []cell{c(mayDate(r.At)), c(stateName(r.State)), c(nth(r.Event)), c(short(r.Case)), c(sentenceCase(kindsInWords(r.Says)))})
			}
		}
		if n == 0 {
			continue
		}
		p.heading(map[mla.Answer]string{mla.Yes: "Yes", mla.Unknown: "Cannot tell"}[answer])
		p.table([]column{{head: "date", fixed: true}, {head: "log", fixed: true}, {head: "event", fixed: true}, {head: "case", fixed: true}, {head: "what"}}, rows)
		if n > mostShown {
			p.text(tableIndent, fmt.Sprintf("… and %d more; --json or --csv lists them all.", n-mostShown), faint)
		}
	}
	p.caveat(v.Caveat)
	return p.print(w)
}

// lookedAt says from how many cases an answer is.
func (p *page) lookedAt(dir string, as []string, cases, of, untold int) {
	text := fmt.Sprintf("%s, as %s: %d of %s", dir, list(as), cases, count(of, "case", "cases"))
	if untold > 0 {
		text += fmt.Sprintf("; of %d this clearance cannot tell whether they are meant", untold)
	}
	p.text(tableIndent, text+".", faint)
}

func mayDate(t time.Time) string {
	if t.IsZero() {
		return "·"
	}
	return date(t)
}

// nth is an event's number on its log.
func nth(event string) string {
	if _, _, n, err := mla.ParseEventID(event); err == nil {
		return strconv.Itoa(n)
	}
	return orNone(event)
}

// CSV writes one row for each answer.
func (v *Asked) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"question", "case", "state", "event", "at", "answer", "says"}}
	for _, r := range v.Rows {
		rows = append(rows, []string{v.Question.ID, r.Case, string(r.State), r.Event, mayInstant(r.At), string(r.Answer), r.Says})
	}
	return out.WriteAll(rows)
}

func mayInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Found lists cases; it is the object that `audit ask --json` prints where no question is asked.
type Found struct {
	Dir       string           `json:"dir"`
	As        []string         `json:"as"`
	Of        int              `json:"of"`
	Untold    int              `json:"cannot_tell"`
	Cases     []FoundCase      `json:"cases"`
	Questions []audit.Question `json:"questions"` // that can be asked
	Notes     []string         `json:"notes"`
	Caveat    string           `json:"caveat"`
}

// FoundCase is one case, as far as the clearance sees.
type FoundCase struct {
	Case        string    `json:"case"`
	Requesting  mla.State `json:"requesting"`
	Requested   mla.State `json:"requested"`
	Instruments []string  `json:"instruments"` // null: sealed
	Arrived     string    `json:"arrived"`     // empty: no letter
	Events      int       `json:"events"`
	Opened      int       `json:"opened"`
}

// Terminal writes the cases for a reader.
func (v *Found) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("Cases")
	p.lookedAt(v.Dir, v.As, len(v.Cases), v.Of, v.Untold)
	var rows [][]cell
	for i, k := range v.Cases {
		if i == mostShown {
			break
		}
		under := list(k.Instruments)
		if k.Instruments == nil {
			under = "sealed"
		}
		rows = append(rows, []cell{c(k.Case), c(stateName(k.Requesting)), c(stateName(k.Requested)), c(under), c(k.Arrived), c(strconv.Itoa(k.Opened) + "/" + strconv.Itoa(k.Events))})
	}
	p.table([]column{{head: "case", fixed: true}, {head: "from"}, {head: "to"}, {head: "under"}, {head: "arrived", fixed: true}, {head: "read", right: true}}, rows)
	if len(v.Cases) > mostShown {
		p.text(tableIndent, fmt.Sprintf("… and %d more; --json or --csv lists them all.", len(v.Cases)-mostShown), faint)
	}
	p.heading("Questions")
	for _, q := range v.Questions {
		p.item(tableIndent, "·", q.Says+" ("+q.ID+")", ordinary)
	}
	p.caveat(v.Caveat)
	return p.print(w)
}

// CSV writes one row for each case.
func (v *Found) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"case", "requesting", "requested", "instruments", "arrived", "events", "opened"}}
	for _, k := range v.Cases {
		rows = append(rows, []string{k.Case, string(k.Requesting), string(k.Requested), strings.Join(k.Instruments, " "), k.Arrived, strconv.Itoa(k.Events), strconv.Itoa(k.Opened)})
	}
	return out.WriteAll(rows)
}

// Figures are the statistics that safeguard L08 asks for; it is the object that `audit statistics --json` prints.
type Figures struct {
	Dir       string                `json:"dir"`
	As        []string              `json:"as"`
	Cases     int                   `json:"cases"`
	Of        int                   `json:"of"`
	Untold    int                   `json:"untold"`
	Threshold int                   `json:"threshold"`
	Fields    []audit.Field         `json:"fields"`
	Rows      []audit.StatisticsRow `json:"rows"`
	Notes     []string              `json:"notes"`
	Caveat    string                `json:"caveat"`
}

// Terminal writes the statistics for a reader: one column for each figure would not fit a page, so one table for each
// State's year.
func (v *Figures) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("Twelve figures a year, by partner")
	p.lookedAt(v.Dir, v.As, v.Cases, v.Of, v.Untold)
	small := "Nothing is suppressed"
	if v.Threshold > 1 {
		small = fmt.Sprintf("Counts from 1 to %d are suppressed (*), and one more where it could be worked out", v.Threshold-1)
	}
	p.text(tableIndent, "Letters by the year in which they arrived, and what came of them. "+small+
		"; ? is what this clearance cannot tell. Safeguard L08 asks for twelve figures and the catalogue does not name them: these are ours.", faint)
	for i := 0; i < len(v.Rows); {
		n := i
		for n < len(v.Rows) && v.Rows[n].State == v.Rows[i].State && v.Rows[n].Year == v.Rows[i].Year {
			n++
		}
		p.year(v.Fields, v.Rows[i:n])
		i = n
	}
	p.caveat(v.Caveat)
	return p.print(w)
}

func (p *page) year(fields []audit.Field, rows []audit.StatisticsRow) {
	p.heading(stateName(rows[0].State) + ", " + strconv.Itoa(rows[0].Year))
	const most = 6 // partners beside each other
	for len(rows) > 0 {
		n := min(most, len(rows))
		columns := []column{{head: "figure", fixed: true}}
		for _, r := range rows[:n] {
			columns = append(columns, column{head: stateName(r.Partner), right: true, fixed: true})
		}
		var cells [][]cell
		for _, f := range fields {
			line := []cell{c(strings.ReplaceAll(string(f), "_", " "))}
			for _, r := range rows[:n] {
				line = append(line, c(figureText(r.Figures[f])))
			}
			cells = append(cells, line)
		}
		p.table(columns, cells)
		rows = rows[n:]
	}
}

func figureText(f audit.Figure) string {
	switch {
	case f.Value != nil:
		return strconv.Itoa(*f.Value)
	case f.Suppressed:
		return "*"
	case f.CannotTell > 0:
		return "?"
	}
	return "·"
}

// CSV writes one row for each State, year and partner; a suppressed figure is *, one that cannot be told ?, and one that
// there is none of empty.
func (v *Figures) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"state", "year", "partner"}
	for _, f := range v.Fields {
		head = append(head, string(f))
	}
	rows := [][]string{head}
	for _, r := range v.Rows {
		line := []string{string(r.State), strconv.Itoa(r.Year), string(r.Partner)}
		for _, f := range v.Fields {
			text := figureText(r.Figures[f])
			if text == "·" {
				text = ""
			}
			line = append(line, text)
		}
		rows = append(rows, line)
	}
	return out.WriteAll(rows)
}

// Drawn is a sample of cases; it is the object that `audit sample --json` prints.
type Drawn struct {
	Dir    string   `json:"dir"`
	As     []string `json:"as"`
	Of     int      `json:"of"` // cases on the logs; the sample's population is those chosen by the filters
	Untold int      `json:"cannot_tell"`
	audit.Sample
	Notes  []string `json:"notes"`
	Caveat string   `json:"caveat"`
}

// Terminal writes the sample for a reader.
func (v *Drawn) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	how := "at random, from seed " + v.Seed
	if v.By == audit.Risk {
		how = "by risk, ties from seed " + v.Seed
	}
	p.heading(fmt.Sprintf("%d of %s, drawn %s", v.Size, count(v.Population, "case", "cases"), how))
	p.lookedAt(v.Dir, v.As, v.Population, v.Of, v.Untold)
	p.text(tableIndent, fmt.Sprintf("The sample is %.1f%% of the cases.%s", 100*v.Share, v.stands()), ordinary)
	var rows [][]cell
	for i, k := range v.Cases {
		if i == mostShown {
			break
		}
		rows = append(rows, []cell{c(k.Case), c(strconv.Itoa(k.Risk)), c(strconv.Itoa(k.Violated)), c(strconv.Itoa(k.NotMet)), c(strconv.Itoa(k.CannotTell))})
	}
	p.table([]column{{head: "case", fixed: true}, {head: "risk", right: true}, {head: "violated", right: true}, {head: "not met", right: true}, {head: "cannot tell", right: true}}, rows)
	if len(v.Cases) > mostShown {
		p.text(tableIndent, fmt.Sprintf("… and %d more; --json or --csv lists them all.", len(v.Cases)-mostShown), faint)
	}
	p.caveat(v.Caveat)
	return p.print(w)
}

// stands says what the sample stands for.
func (v *Drawn) stands() string {
	out := ""
	if v.RiskShare != nil {
		out = fmt.Sprintf(" It holds %.1f%% of the risk: three for each duty violated, one for each thing not met or not to be told.", 100**v.RiskShare)
	}
	if v.Weight == nil {
		return out + " A sample by risk stands for itself and for no other case."
	}
	return out + fmt.Sprintf(" Each case stands for %.1f. As far as this clearance can tell a duty was violated in %d of %d, which makes %.1f%% to %.1f%% of all (Wilson, 95%%).",
		*v.Weight, v.Violated.Found, v.Violated.Of, 100**v.Violated.Low, 100**v.Violated.High)
}

// CSV writes one row for each case.
func (v *Drawn) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"by", "seed", "population", "size", "case", "risk", "violated", "not_met", "cannot_tell"}}
	for _, k := range v.Cases {
		rows = append(rows, []string{string(v.By), v.Seed, strconv.Itoa(v.Population), strconv.Itoa(v.Size), k.Case, strconv.Itoa(k.Risk),
			strconv.Itoa(k.Violated), strconv.Itoa(k.NotMet), strconv.Itoa(k.CannotTell)})
	}
	return out.WriteAll(rows)
}
