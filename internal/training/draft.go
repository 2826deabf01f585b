package training

import (
	"slices"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Draft is a letter that an answer calls for, as the instrument demands it, with what is still wanting in it.
type Draft struct {
	Kind    string   `json:"kind"`    // "request for further facts", "consultation", "reasons"
	Owed    bool     `json:"owed"`    // by the article; false: written without a duty to
	Article string   `json:"article"` // empty: the instrument is silent
	To      string   `json:"to"`
	Text    string   `json:"text"`
	Wanting []string `json:"wanting"`
}

// Drafts writes the letters an answer to a decision calls for: for facts asked abroad, before a refusal that owes
// consultation, and with the reasons where they are owed.
func (x *Sitting) Drafts(a Answer) []Draft {
	out, terms := []Draft{}, x.Terms()
	if d, ok := x.supplement(terms); ok {
		out = append(out, d)
	}
	if x.Question != mla.QDecide {
		return out
	}
	raised := x.raised(a)
	if d, ok := x.consultation(a, raised, terms.Consultation); ok {
		out = append(out, d)
	}
	if d, ok := x.reasons(a, raised, terms.Reasons); ok {
		out = append(out, d)
	}
	return out
}

func (x *Sitting) heading(subject string) string {
	r := x.Request
	return "From the central authority of " + title(x.State) + " to that of " + title(r.Requesting) + ".\n" +
		"Your letter on the prosecution for \"" + r.Offence.Label + "\" (" + r.Authority + "): " + subject + "."
}

func (x *Sitting) supplement(terms policies.Terms) (Draft, bool) {
	var asked []string
	for _, f := range x.Inquiry {
		if f.Days == AbroadDays {
			if fact, err := x.session.Bundle.Fact(f.Fact); err == nil {
				asked = append(asked, "– "+strings.TrimRight(fact.Means, ".")+" ("+string(f.Fact)+")")
			}
		}
	}
	articles := terms.Acts[mla.SupplementAsked]
	return Draft{
		Kind: "request for further facts", Owed: false, Article: strings.Join(articles, "; "), To: string(x.Request.Requesting), Wanting: []string{},
		Text: x.heading("further facts are asked for") + "\nBefore deciding we ask whether the following is so, and what shows it:\n" + strings.Join(asked, "\n"),
	}, len(asked) > 0
}

// consultation is owed before some refusals and postponements (UNCC 40(28)), or only to be considered (Budapest 27(6)).
func (x *Sitting) consultation(a Answer, raised []mla.Finding, duty policies.Consultation) (Draft, bool) {
	touched := a.Word == string(mla.Postponed) && duty.Postponement || a.Word == string(mla.Refused) &&
		(duty.All || slices.ContainsFunc(raised, func(f mla.Finding) bool { return slices.Contains(duty.Grounds, f.Rule) }))
	if !touched || duty.Article == "" {
		return Draft{}, false
	}
	d := Draft{Kind: "consultation", Owed: duty.Must, Article: duty.Article, To: string(x.Request.Requesting), Wanting: []string{}}
	d.Text = x.heading("we intend to answer: "+a.Word) + "\n" + grounds(raised)
	if len(a.Conditions) > 0 {
		d.Text += "\nWe could help on these conditions:\n– " + strings.Join(a.Conditions, "\n– ")
	} else {
		d.Wanting = append(d.Wanting, "It offers no condition on which help could be given.")
	}
	return d, true
}

func (x *Sitting) reasons(a Answer, raised []mla.Finding, duty policies.Reasons) (Draft, bool) {
	owed := slices.Contains(duty.Outcomes, mla.Outcome(a.Word))
	if !owed && a.Reasons == "" {
		return Draft{}, false
	}
	d := Draft{Kind: "reasons", Owed: owed, To: string(x.Request.Requesting), Wanting: []string{}}
	if owed {
		d.Article = duty.Article
	}
	d.Text = x.heading("the answer is: "+a.Word) + "\n" + grounds(raised) + "\n" + a.Reasons
	if strings.TrimSpace(a.Reasons) == "" {
		d.Wanting = append(d.Wanting, "It gives no reasons in words.")
	}
	if len(raised) == 0 && a.Word == string(mla.Refused) {
		d.Wanting = append(d.Wanting, "It names no ground.")
	}
	return d, true
}

// raised are the findings that the answer names and the law opens.
func (x *Sitting) raised(a Answer) []mla.Finding {
	var out []mla.Finding
	for _, n := range a.On {
		_, spoke := x.Open(n)
		for _, f := range spoke {
			if f.Open() && !slices.ContainsFunc(out, func(g mla.Finding) bool { return g.Rule == f.Rule }) {
				out = append(out, f)
			}
		}
	}
	return out
}

// grounds writes each ground with the modality its text has.
func grounds(fs []mla.Finding) string {
	if len(fs) == 0 {
		return "No ground is named."
	}
	var lines []string
	for _, f := range fs {
		modality := "under which help may be refused"
		switch f.Effect {
		case mla.MustRefuse:
			modality = "under which help must be refused"
		case mla.NoDuty:
			modality = "under which nothing obliges us to help"
		default:
		}
		lines = append(lines, "– "+f.Instrument+" "+f.Article+", "+modality)
	}
	return "The ground is:\n" + strings.Join(lines, "\n")
}

func title(s mla.State) string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }
