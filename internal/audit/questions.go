package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// Question is one that auditors ask often, ready to be asked.
type Question struct {
	ID   string `json:"id"`
	Says string `json:"says"` // "which secrets have outlived their end"
	Gap  string `json:"gap"`

	ask func(c *Case, law *Law) []Row
}

// Row is one answer: yes, or cannot tell at this clearance. What is no is left out.
type Row struct {
	Case   string     `json:"case"`
	State  mla.State  `json:"state"`
	Event  string     `json:"event"`
	At     time.Time  `json:"at"`
	Answer mla.Answer `json:"answer"` // yes or unknown
	Says   string     `json:"says"`
}

// Questions lists the ready-made questions.
var Questions = []Question{
	{ID: "secrets", Says: "which secrets have outlived their end", Gap: "G01", ask: outlived},
	{ID: "standing", Says: "which secrets stand", Gap: "G01", ask: standing},
	{ID: "refusals", Says: "which refusals lack reasons", Gap: "G41", ask: failing("refusal-has-reasons")},
	{ID: "deliveries", Says: "which deliveries had no judge", Gap: "G03", ask: failing("delivery-had-a-judge")},
	{ID: "persons", Says: "which persons were not told", Gap: "G31", ask: failing("person-is-told")},
	{ID: "labels", Says: "which tests compared labels", Gap: "G27", ask: failing("tested-by-conduct")},
	{ID: "stamps", Says: "which files had less than half an hour", Gap: "G16", ask: failing("scrutiny-has-a-floor")},
	{ID: "grounds", Says: "which grounds were open and not raised", Gap: "G28", ask: unraised},
	{ID: "books", Says: "on which items do the two States not agree", Gap: "G15", ask: unagreed},
	{ID: "unknown", Says: "what can I not tell", Gap: "G17", ask: untellable},
}

// Asked finds a question by its id or its words, whatever their case and punctuation.
func Asked(words string) (Question, bool) {
	plain := func(s string) string {
		return strings.Join(strings.Fields(strings.ToLower(strings.Trim(s, "?!. "))), " ")
	}
	for _, q := range Questions {
		if plain(words) == q.ID || plain(words) == plain(q.Says) {
			return q, true
		}
	}
	return Question{}, false
}

// Ask puts a question to cases. Rows are in the order of time.
func (q Question) Ask(cases []*Case, law *Law) []Row {
	out := []Row{}
	for _, c := range cases {
		out = append(out, q.ask(c, law)...)
	}
	slices.SortStableFunc(out, func(a, b Row) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Event, b.Event)) })
	return out
}

// failing lists the cases that do not keep to a constraint, and those of which that cannot be told.
func failing(id string) func(*Case, *Law) []Row {
	return func(c *Case, law *Law) []Row {
		k, _ := ByID(id)
		f := CheckWith(c, law, []Constraint{k})[0]
		answer := mla.Yes
		switch {
		case f.Verdict == CannotTell:
			answer = mla.Unknown
		case !f.Negative():
			return nil
		}
		row := Row{Case: c.ID, State: c.On(k.First.On).Party, Answer: answer, Says: f.Because}
		if len(f.Events) > 0 {
			row.Event, row.At = f.Events[len(f.Events)-1].ID, f.Events[len(f.Events)-1].At
		}
		return []Row{row}
	}
}

func outlived(c *Case, _ *Law) (out []Row) {
	for _, x := range Secrets(c) {
		row := Row{Case: c.ID, State: x.State, Event: x.Event, At: x.Since}
		switch {
		case x.PastEnd == mla.Yes:
			row.Answer, row.Says = mla.Yes, fmt.Sprintf("it was to end by %s and stands", day(*x.Ends))
		case x.PastNeed == mla.Yes:
			row.Answer = mla.Yes
			row.Says = fmt.Sprintf("it stands %d days after the need for it ended", x.DaysPastNeed)
			if x.Endless == mla.Yes {
				row.Says += "; it has no end of its own"
			}
		case x.PastEnd == mla.Unknown || x.PastNeed == mla.Unknown:
			row.Answer, row.Says = mla.Unknown, "what became of it is sealed or not seen"
		default:
			continue
		}
		out = append(out, row)
	}
	return out
}

func standing(c *Case, _ *Law) (out []Row) {
	for _, x := range Secrets(c) {
		if x.Stands == mla.No {
			continue
		}
		says := fmt.Sprintf("for %d days", x.Days)
		switch {
		case x.Endless == mla.Yes:
			says += ", without an end"
		case x.Ends != nil:
			says += ", until " + day(*x.Ends)
		}
		out = append(out, Row{Case: c.ID, State: x.State, Event: x.Event, At: x.Since, Answer: x.Stands, Says: says})
	}
	return out
}

// unraised lists the grounds that were open to the deciding role on its latest assessment and that it did not raise.
func unraised(c *Case, _ *Law) (out []Row) {
	for _, r := range c.Requests() {
		out = append(out, r.unraised()...)
	}
	return out
}

func (c *Case) unraised() (out []Row) {
	for _, s := range c.requested(mla.Decided) {
		row := Row{Case: c.ID, State: c.Requested.Party, Event: idOf(s), At: s.Cover.At, Answer: mla.Unknown, Says: "the decision is sealed"}
		if s.Event == nil {
			out = append(out, row)
			continue
		}
		b, _ := s.Event.Body.(mla.DecidedBody)
		a, seen := latestAdmissibility(c, s.Event)
		if !seen {
			row.Says = "the answer of the law that it rests on is sealed or not on record"
			out = append(out, row)
			continue
		}
		for _, f := range a.Findings {
			if f.Open() && !slices.ContainsFunc(b.Grounds, func(g mla.Ground) bool { return g.Rule == f.Rule }) {
				row.Answer, row.Says = mla.Yes, fmt.Sprintf("%s %s was open (%s, %s) and not raised", f.Instrument, f.Article, f.Effect, f.Standard)
				out = append(out, row)
			}
		}
	}
	return out
}

func latestAdmissibility(c *Case, e *mla.Event) (mla.Assessment, bool) {
	for _, s := range slices.Backward(c.requested(mla.Assessed)) {
		if s.Cover.Sequence > e.Sequence {
			continue
		}
		if s.Event == nil {
			return mla.Assessment{}, false
		}
		if b, ok := s.Event.Body.(mla.AssessedBody); ok && b.Assessment.Stage == mla.StageAdmissibility {
			return b.Assessment, true
		}
	}
	return mla.Assessment{}, false
}

func unagreed(c *Case, law *Law) (out []Row) {
	for _, e := range Reconcile(c, law) {
		row := Row{Case: c.ID, State: e.From, Event: e.Item, Answer: mla.Yes, Says: fmt.Sprintf("%s %s: %s", e.Kind, e.Standing, e.Says)}
		for _, at := range []*time.Time{e.Received, e.Sent} {
			if at != nil {
				row.At = *at
			}
		}
		switch {
		case e.Standing == Untold:
			row.Answer = mla.Unknown
		case !e.Standing.Wrong():
			continue
		}
		out = append(out, row)
	}
	return out
}

func untellable(c *Case, law *Law) (out []Row) {
	for _, f := range Check(c, law) {
		if f.Verdict != CannotTell {
			continue
		}
		k, _ := ByID(f.Constraint)
		row := Row{Case: c.ID, State: c.On(k.First.On).Party, Answer: mla.Unknown, Says: f.Says + " But " + f.Because}
		if len(f.Events) > 0 {
			row.Event, row.At = f.Events[0].ID, f.Events[0].At
		}
		out = append(out, row)
	}
	return out
}
