package training

import (
	"maps"
	"strings"

	"rogatory/internal/mla"
)

// Answer is what a trainee says, in a trainee's words.
type Answer struct {
	Word       string     `json:"answer"`
	On         []string   `json:"on"` // rules or articles named
	Reasons    string     `json:"reasons"`
	Conditions []string   `json:"conditions"`
	Scope      *mla.Scope `json:"scope"` // where less is granted than was asked
	Inquiry    []Found    `json:"inquiry"`
}

// reply makes the role's answer of it. What the trainee does not say (minutes, checks, the way of testing, how long it
// takes) is as scripted; what was found out beforehand was learned, and took its time.
func (a Answer) reply(scripted mla.ReplyTo, q mla.Question) (mla.ReplyTo, error) {
	t := mla.Timing{Learns: mla.Facts{}, Source: "inquiry"}
	if scripted != nil {
		t.After = scripted.When().After
		maps.Copy(t.Learns, scripted.When().Learns)
		if len(scripted.When().Learns) > 0 {
			t.Source = scripted.When().Source
		}
	}
	for _, f := range a.Inquiry {
		t.After += mla.Days(f.Days)
		if !f.Value.IsZero() {
			t.Learns[f.Fact] = f.Value
		}
	}
	var out mla.ReplyTo
	switch q {
	case mla.QDecide:
		d := mla.DecideAnswer{Timing: t, Method: mla.ByConduct}
		if s, ok := scripted.(mla.DecideAnswer); ok {
			d.Minutes, d.Checks, d.Considers, d.Resumes = s.Minutes, s.Checks, s.Considers, s.Resumes
		}
		d.Raises, d.Reasons, d.Conditions = nil, a.Reasons, a.Conditions
		switch o := mla.Outcome(a.Word); o {
		case mla.Refused, mla.Postponed:
			d.OnGround, d.Raises = o, a.On
			d.Resumes = max(d.Resumes, 90)
		default:
			d.Otherwise, d.Scope = o, a.Scope
		}
		out = d
	case mla.QPreservation:
		out = mla.PreservationAnswer{Timing: t, Raises: a.On}
	case mla.QAuthorise:
		out = mla.AuthoriseAnswer{Timing: t, Ruling: mla.Ruling(a.Word), Scope: a.Scope, Reasons: a.Reasons}
	case mla.QAuthorisePreservation:
		out = mla.AuthorisePreservationAnswer{Timing: t, Grants: a.Word == "grant", Reasons: a.Reasons}
	case mla.QChallenge:
		out = mla.ChallengeAnswer{Timing: t, Ruling: mla.Ruling(a.Word), Scope: a.Scope}
	case mla.QComply:
		if a.Word == "keep-silent" {
			return nil, nil
		}
		c := mla.ComplyAnswer{Timing: t}
		if s, ok := scripted.(mla.ComplyAnswer); ok {
			c.Records = s.Records
		}
		if a.Word == "challenge" {
			c.Challenges = strings.TrimSpace(a.Reasons)
			if c.Challenges == "" {
				c.Challenges = "no reasons given"
			}
		}
		out = c
	case mla.QConsultation:
		out = mla.ConsultationReply{Timing: t, Accepts: a.Word == "accept"}
	case mla.QSecrecyImpossible:
		out = mla.SecrecyReply{Timing: t, GoesOn: a.Word == "go-on"}
	case mla.QNeedEnds:
		n, _ := scripted.(mla.NeedEndsAnswer)
		n.Timing, n.Tells = t, a.Word == "tell"
		out = n
	case mla.QBreach:
		b, _ := scripted.(mla.BreachAnswer)
		b.Timing, b.Silent = t, a.Word != "tell"
		b.TellsAfter = max(b.TellsAfter, 1)
		out = b
	case mla.QTrial:
		out = mla.TrialAnswer{Timing: t, Admits: a.Word == "admit", AdmitsBroken: a.Word == "admit", Reason: a.Reasons}
	default:
		beside, err := a.replyBeside(scripted, t, q)
		if beside == nil || err != nil {
			return nil, err
		}
		out = beside
	}
	return out, mla.CheckAnswer(out)
}
