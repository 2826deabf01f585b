package audit

import (
	"fmt"
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// Sheet is a finding as auditors write one down: what is asked, what is, why, what follows, and the evidence (ISSAI 3000
// and the Yellow Book of the GAO, 8.116-8.129, name the same elements).
type Sheet struct {
	Number    int        `json:"number"`
	Finding   Finding    `json:"finding"`
	Criterion string     `json:"criterion"`
	Condition string     `json:"condition"`
	Cause     string     `json:"cause"`
	Effect    string     `json:"effect"`
	Evidence  []Evidence `json:"evidence"`
}

// Evidence is one event and the proof that it is on its State's log.
type Evidence struct {
	Reference
	Proof string `json:"proof"` // file beside the sheet, in the tlog-proof format
}

// NewSheet writes a finding out. What caused it no log says; the sheet says what the log allows to be said, and whom to
// ask.
func NewSheet(number int, f Finding, c *Case) Sheet {
	k, _ := ByID(f.Constraint)
	s := Sheet{
		Number: number, Finding: f, Condition: f.Because + ".", Effect: k.Effect, Evidence: []Evidence{},
		Criterion: f.Says + " " + f.BasisInWords(),
	}
	switch who := actors(f, c); {
	case f.Basis != Duty && len(f.Safeguards) > 0:
		s.Cause = "The safeguard was switched on in this case and not kept to. The log does not say why; ask " + who + "."
	case f.Basis != Duty:
		s.Cause = "No law in force asked for it in this case, as far as the policy bundle of the run says."
	default:
		s.Cause = "The log does not say why; ask " + who + "."
	}
	for _, r := range f.Events {
		s.Evidence = append(s.Evidence, Evidence{Reference: r, Proof: ProofName(r.ID)})
	}
	return s
}

// BasisInWords says on what ground a finding stands, and where that ground is hypothetical.
func (f Finding) BasisInWords() string {
	text := "Good practice; no provision asks for it."
	switch f.Basis {
	case Duty:
		text = "A duty under " + strings.Join(f.Articles, ", ") + "."
		if len(f.AsIf) > 0 {
			text += " " + strings.Join(f.AsIf, ", ") + " was not in force when last checked: the duty is read as if it were."
		}
	case Safeguard:
		text = "Asked for by critics (" + strings.Join(f.Articles, ", ") + "); no law in force."
	case Unclear:
		text = "Whether it is a duty cannot be told at this clearance."
	case GoodPractice:
	}
	return text
}

func actors(f Finding, c *Case) string {
	var out []string
	for _, l := range c.Logs {
		for _, s := range l.Seen {
			if s.Event == nil || !slices.ContainsFunc(f.Events, func(r Reference) bool { return r.ID == idOf(s) }) {
				continue
			}
			if a := s.Event.Actor.String(); !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	if len(out) == 0 {
		return "whoever may read the events"
	}
	return strings.Join(out, " and ")
}

// ProofName is the file that holds the proof of an event.
func ProofName(event string) string {
	caseID, party, sequence, err := mla.ParseEventID(event)
	if err != nil {
		return "event.tlog-proof"
	}
	return fmt.Sprintf("%s-%s-%d.tlog-proof", fileName(caseID), fileName(string(party)), sequence)
}

// Name is the file of the sheet, without its ending.
func (s Sheet) Name() string {
	return fmt.Sprintf("%03d-%s-%s", s.Number, s.Finding.Constraint, fileName(s.Finding.Case))
}

// fileName keeps of a text what every file system takes.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, s)
	return s[:min(len(s), 64)]
}

// Markdown writes the sheet for a reader.
func (s Sheet) Markdown() string {
	var b strings.Builder
	f := s.Finding
	fmt.Fprintf(&b, "# Finding %d: %s %s\n\n", s.Number, f.Constraint, f.Verdict)
	fmt.Fprintf(&b, "Case `%s`. Template: %s.\n\n", f.Case, f.Template)
	for _, part := range []struct{ head, text string }{
		{"Criterion", s.Criterion}, {"Condition", s.Condition}, {"Cause", s.Cause}, {"Effect", s.Effect},
	} {
		fmt.Fprintf(&b, "**%s.** %s\n\n", part.head, part.text)
	}
	b.WriteString("**Evidence.**\n\n| event | date | kind | leaf | log | proof |\n|---|---|---|---|---|---|\n")
	for _, e := range s.Evidence {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %d | %s | [%s](%s) |\n", e.ID, day(e.At), e.Kind, e.Index, e.Log, e.Proof, e.Proof)
	}
	return b.String()
}
