package population

import (
	"math"

	"rogatory/internal/mla"
)

// Lead is the purpose on record of what was good for the inquiry and for no court.
const Lead = "a lead, and no evidence"

var gives, checksSender = PurposeOf("gives what it is asked for"), PurposeOf("checks the sender")

// given reports whether whoever has the data hands them over, on a channel where that is their own affair.
func (w *World) given(c *Case) bool {
	m, share := &w.Model, 1.0
	switch c.Request.Channel {
	case mla.Direct:
		if !c.pair.terms.Direct.Asks {
			share = w.obeys(c)
		}
	case mla.Police:
		share = m.PoliceGives
	case mla.Voluntary:
		if share = w.obeys(c); c.Request.Urgent {
			share = m.DiscloseEmergency
		}
	case mla.Contact:
		share = m.ContactTells
	case mla.Spontaneous:
		share = m.SpontaneousGives
	case mla.Formal, mla.JointTeam, mla.Transborder: // there it is the law's, or nobody's here
	}
	s := Draw(w.Seed, c.Replication, c.Number, gives)
	return s.Happens(share)
}

// usable reports whether what came can be used as evidence. What comes on a letter can.
func (w *World) usable(c *Case, s *Stream) bool {
	m := &w.Model
	switch c.Request.Channel {
	case mla.Direct:
		return s.Happens(m.UsableOrder)
	case mla.Police:
		return s.Happens(m.UsablePolice)
	case mla.Voluntary:
		return s.Happens(m.UsableVoluntary)
	case mla.Contact:
		return s.Happens(m.UsableContact)
	case mla.Spontaneous:
		return s.Happens(m.UsableSpontaneous)
	case mla.Formal, mla.JointTeam, mla.Transborder:
	}
	return true
}

// workBeside is Work for what is asked on a channel without a request.
func (w *World) workBeside(c *Case, q mla.Question, ordinal int, s Stream) Work {
	m := &w.Model
	if ordinal > 0 { // a message is sent once, and a packet too
		return Work{Silent: true}
	}
	switch q {
	case mla.QShare:
		if !w.given(c) {
			return Work{Silent: true}
		}
		if c.Request.Channel == mla.Spontaneous {
			return Work{Latency: s.LogNormal(m.SpontaneousMedian, m.SpontaneousSigma)}
		}
		return Work{Latency: s.LogNormal(m.PoliceMedian, m.PoliceSigma)}
	case mla.QApproach, mla.QContact, mla.QContactTell, mla.QCallBack, mla.QCheckSender:
		return Work{Latency: 1}
	case mla.QDisclose:
		return Work{Desk: Providers, Effort: m.ProviderWork, Latency: w.responds(c, &s)}
	case mla.QEmergency:
		return Work{Desk: Court, Effort: m.CourtWork}
	case mla.QObject:
		return Work{Desk: Officers, Effort: s.LogNormal(m.ReviewMedian, m.ReviewSigma)}
	case mla.QDelete:
		return Work{Latency: s.LogNormal(m.OrderMedian, m.OrderSigma)}
	default:
		return Work{Silent: true}
	}
}

// responds is how long a provider's response takes beside its work.
func (w *World) responds(c *Case, s *Stream) float64 {
	if c.Request.Urgent {
		return w.Model.ComplyUrgent
	}
	return s.LogNormal(w.Model.ComplyMedian, w.Model.ComplySigma)
}

// answerBeside is Answer for what is asked on a channel without a request.
func (w *World) answerBeside(c *Case, q mla.Question, s Stream, t mla.Timing, minutes int) mla.ReplyTo {
	m, r := &w.Model, &c.Request
	records := func() int { return 1 + int(s.LogNormal(40, 1.5)) }
	genuine := mla.Yes
	if c.forged {
		genuine = mla.No
	}
	switch q {
	case mla.QShare:
		return mla.ShareAnswer{Timing: t, Why: "of use to " + string(r.Requesting), Records: records()}
	case mla.QApproach:
		a := mla.ApproachAnswer{Timing: t, Sender: "an officer of " + string(r.Requesting), Claim: r.Purpose, Emergency: r.Urgent, Forged: c.forged}
		if r.Urgent {
			a.Claim = "a life is in danger"
		}
		return a
	case mla.QDisclose:
		checks := Draw(w.Seed, c.Replication, c.Number, checksSender)
		a := mla.DiscloseAnswer{Timing: t, Discloses: w.given(c), Checks: checks.Happens(m.SenderChecked), Why: "no order of its own State"}
		if a.Discloses {
			a.Why, a.Records = "", records()
		}
		return a
	case mla.QCheckSender:
		return mla.CheckSenderAnswer{Timing: t, Genuine: genuine, How: "a call to the number in the register"}
	case mla.QEmergency:
		a := mla.EmergencyAnswer{Timing: t, Real: mla.No, By: "a judge on duty"}
		if c.Truth.Emergency {
			a.Real = mla.Yes
		}
		return a
	case mla.QContact:
		return mla.ContactAnswer{Timing: t, Ask: mla.AskDisclose, Claim: r.Purpose}
	case mla.QContactTell:
		if w.given(c) {
			return mla.ContactTellAnswer{Timing: t, Answer: mla.ContactTells, Records: records()}
		}
		return mla.ContactTellAnswer{Timing: t, Answer: mla.ContactPreserves, Why: "the data go on a request"}
	case mla.QCallBack:
		return mla.CallBackAnswer{Timing: t, Genuine: genuine, How: "a call to the other contact point"}
	case mla.QObject:
		return w.object(c, s, t, minutes)
	case mla.QDelete:
		return mla.DeleteAnswer{Timing: t, Confirmed: true}
	default:
		return nil
	}
}

// object is what a State that is told of an order makes of it: its officer reads the notice as a letter, and objects on what a
// letter would have been refused on.
func (w *World) object(c *Case, s Stream, t mla.Timing, minutes int) mla.ReplyTo {
	d := w.decide(c, s, t, minutes).(mla.DecideAnswer)
	if d.UrgentMinutes > 0 && w.First(c) {
		minutes = int(math.Max(float64(d.UrgentMinutes), float64(c.pair.terms.Scrutiny.FloorMinutes)))
	}
	return mla.ObjectAnswer{
		Timing: d.Timing, Objection: mla.Objection{Objects: len(d.Raises) > 0, Reasons: d.Reasons},
		Minutes: minutes, Checks: d.Checks, Method: d.Method, Considers: d.Considers, Raises: d.Raises,
	}
}
