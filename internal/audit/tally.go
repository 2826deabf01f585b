package audit

// Tally counts the answers to one constraint over cases.
type Tally struct {
	Constraint string   `json:"constraint"`
	Template   Template `json:"template"`
	Gap        string   `json:"gap,omitzero"`
	Says       string   `json:"says"`
	Violated   int      `json:"violated"`
	NotMet     int      `json:"not_met"`
	CannotTell int      `json:"cannot_tell"`
	Holds      int      `json:"holds"`
	NoOccasion int      `json:"no_occasion"`
}

// Answers is the number of cases that the constraint is about, as far as the clearance sees.
func (t Tally) Answers() int { return t.Violated + t.NotMet + t.CannotTell + t.Holds }

// Gap is the auditor's: in how many of the answers the clearance could not tell.
type Gap struct {
	CannotTell int     `json:"cannot_tell"`
	Answers    int     `json:"answers"`
	Share      float64 `json:"share"` // of answers; 0 where there are none
}

// Count tallies findings by constraint, in the order of the table, and gives the auditor's gap over all of them.
func Count(findings []Finding) ([]Tally, Gap) {
	at := map[string]int{}
	out := []Tally{}
	for _, k := range Constraints {
		at[k.ID] = len(out)
		out = append(out, Tally{Constraint: k.ID, Template: k.Template, Gap: k.Gap, Says: k.Says})
	}
	asked := map[string]bool{}
	for _, f := range findings {
		t := &out[at[f.Constraint]]
		asked[f.Constraint] = true
		switch f.Verdict {
		case Violated:
			t.Violated++
		case NotMet:
			t.NotMet++
		case CannotTell:
			t.CannotTell++
		case Holds:
			t.Holds++
		case NoOccasion:
			t.NoOccasion++
		}
	}
	var gap Gap
	kept := out[:0]
	for _, t := range out {
		if asked[t.Constraint] {
			kept = append(kept, t)
			gap.CannotTell += t.CannotTell
			gap.Answers += t.Answers()
		}
	}
	if gap.Answers > 0 {
		gap.Share = float64(gap.CannotTell) / float64(gap.Answers)
	}
	return kept, gap
}
