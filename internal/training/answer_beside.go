package training

import (
	"fmt"

	"rogatory/internal/mla"
)

// replyBeside makes the answers to questions put beside a request and after delivery. A word that has the role do nothing
// gives none.
func (a Answer) replyBeside(scripted mla.ReplyTo, t mla.Timing, q mla.Question) (mla.ReplyTo, error) {
	switch q {
	case mla.QShare:
		s, _ := scripted.(mla.ShareAnswer)
		s.Timing, s.Conditions = t, a.Conditions
		return unless(a.Word == "keep-back", s), nil
	case mla.QContactTell:
		c, _ := scripted.(mla.ContactTellAnswer)
		return mla.ContactTellAnswer{Timing: t, Answer: mla.ContactReply(a.Word), Checks: c.Checks, Why: a.Reasons, Records: c.Records}, nil
	case mla.QDisclose:
		d, _ := scripted.(mla.DiscloseAnswer)
		d.Timing, d.Discloses, d.Checks, d.Why = t, a.Word != "decline", a.Word == "check-first", a.Reasons
		return d, nil
	case mla.QPassOn:
		p, _ := scripted.(mla.PassOnAnswer)
		p.Timing, p.Asks = t, a.Word == "ask-first"
		return unless(a.Word == "keep-back", p), nil
	case mla.QRetention:
		r, _ := scripted.(mla.RetentionAnswer)
		r.Timing = t
		return unless(a.Word == "keep", r), nil
	case mla.QReview:
		r, _ := scripted.(mla.ReviewAnswer)
		r.Timing, r.Finding = t, ""
		if a.Word == "finding" {
			r.Finding = a.Reasons
			if r.Finding == "" {
				r.Finding = "no reasons given"
			}
		}
		return r, nil
	case mla.QObject:
		o, _ := scripted.(mla.ObjectAnswer)
		o.Timing, o.Objection, o.Raises = t, a.objection(), a.On
		return o, nil
	case mla.QObjectResidence:
		return mla.ObjectResidenceAnswer{Timing: t, Objection: a.objection()}, nil
	case mla.QObjectHost:
		return mla.ObjectHostAnswer{Timing: t, Objection: a.objection()}, nil
	default:
		return nil, fmt.Errorf("no trainee can be put the question %s", q)
	}
}

// unless is the answer, or none.
func unless(silent bool, a mla.ReplyTo) mla.ReplyTo {
	if silent {
		return nil
	}
	return a
}

func (a Answer) objection() mla.Objection {
	return mla.Objection{Objects: a.Word == "object", Reasons: a.Reasons}
}
