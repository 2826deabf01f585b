package population

import (
	"math"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Desk is whose hands a question needs.
type Desk int

// The desks of a State. Nobody's hands are needed where the requesting authority takes its own time.
const (
	NoDesk Desk = iota
	Officers
	Court
	Providers
	Desks // how many there are
)

// Work is what answering a question takes: a desk's time, and time in which nobody of the desk is busy.
type Work struct {
	Desk    Desk
	Effort  float64 // working days of one person
	Latency float64 // days, beside the effort
	Home    bool    // the desk is that of the State that asks, and not of the other
	Silent  bool    // nobody answers
}

// WorkingDays is how many days of a year are worked.
const WorkingDays = 250

var purposes = func() map[mla.Question]Purpose {
	out := map[mla.Question]Purpose{}
	for _, q := range mla.Questions {
		out[q] = PurposeOf("answer to " + string(q))
	}
	return out
}()

var effort = PurposeOf("effort")

// stream is the chance of one question of a case. It does not hang on when the question is put.
func (w *World) stream(c *Case, q mla.Question, ordinal int) Stream {
	return Draw(w.Seed, c.Replication, c.Number, purposes[q]+Purpose(ordinal))
}

// Work says what the answer to a question takes, before anybody has looked at it.
func (w *World) Work(c *Case, q mla.Question, ordinal int) Work {
	m := &w.Model
	s := Draw(w.Seed, c.Replication, c.Number, effort^purposes[q]+Purpose(ordinal))
	switch q {
	case mla.QDraft:
		if c.Number >= attempt {
			return Work{Latency: 1} // the letter is there
		}
		if c.Request.Channel == mla.Direct {
			return Work{Latency: s.LogNormal(m.OrderMedian, m.OrderSigma)}
		}
		return Work{Latency: s.LogNormal(m.DraftMedian, m.DraftSigma)}
	case mla.QComplete:
		// The loop of return and completion counts both journeys.
		journeys := c.pair.terms.Practice[c.Request.Requesting].TransitDays + c.pair.terms.Practice[c.Request.Requested].TransitDays
		return Work{Latency: math.Max(1, s.LogNormal(m.ReturnedMedian, m.ReturnedSigma)-float64(journeys))}
	case mla.QSupplement, mla.QConsultation, mla.QSecrecyImpossible:
		return Work{Latency: s.LogNormal(m.IntakeMedian, m.IntakeSigma)}
	case mla.QUse:
		return Work{Latency: s.LogNormal(m.DraftMedian, m.DraftSigma)}
	case mla.QNeedEnds:
		return Work{Latency: s.LogNormal(m.NeedMedian, m.NeedSigma)}
	case mla.QPreservation:
		return Work{Latency: 1}
	case mla.QAuthorisePreservation:
		return Work{Desk: Court, Effort: m.CourtWork}
	case mla.QIntake:
		if ordinal > 0 {
			return Work{Latency: 1}
		}
		return Work{Latency: s.LogNormal(m.IntakeMedian, m.IntakeSigma)}
	case mla.QDecide:
		return Work{Desk: Officers, Effort: s.LogNormal(m.ReviewMedian, m.ReviewSigma)}
	case mla.QAuthorise, mla.QChallenge:
		return Work{Desk: Court, Effort: m.CourtWork, Latency: s.LogNormal(m.AuthoriseMedian, m.AuthoriseSigma), Home: c.Request.Channel == mla.Direct}
	case mla.QComply:
		if c.Request.Channel == mla.Direct { // what is left out of it is the issuing State's affair
			return Work{Desk: Providers, Effort: m.ProviderWork, Latency: w.responds(c, &s), Silent: !w.given(c)}
		}
		latency := s.LogNormal(m.ComplyMedian, m.ComplySigma)
		if c.Request.Urgent {
			latency = m.ComplyUrgent
		}
		return Work{Desk: Providers, Effort: m.ProviderWork, Latency: latency + s.LogNormal(m.FilterMedian, m.FilterSigma)}
	case mla.QReview:
		return Work{Effort: s.LogNormal(m.ReviewMedian, m.ReviewSigma)} // a reviewer reads a file as long as an officer works on one
	case mla.QAskLift:
		if m.UnsealHazard <= 0 {
			return Work{Silent: true}
		}
		wait := -math.Log(s.Uniform()) / m.UnsealHazard * 365
		return Work{Latency: wait, Silent: wait > float64(w.Horizon)}
	default:
		return w.workBeside(c, q, ordinal, s)
	}
}

// checks are what an officer looks at, in the order in which they are left out last.
var checks = []string{"form and figures", "offence and penalty", "dual criminality", "proportion", "political character", "discrimination"}

// minutesOfDay is how many minutes of a working day go to files.
const minutesOfDay = 480

// Scrutiny is how long an officer looks at a file under a load, and the working days that a floor on it adds.
func (w *World) Scrutiny(c *Case, load float64) (minutes int, added float64) {
	m := &w.Model
	s := Draw(w.Seed, c.Replication, c.Number, purposes[mla.QDecide]^effort^1)
	whole := s.LogNormal(m.ScrutinyMedian, m.ScrutinySigma)
	if load > m.ScrutinyEase {
		whole *= math.Pow(m.ScrutinyEase/load, m.ScrutinyExponent)
	}
	minutes = int(math.Round(whole))
	if floor := c.pair.terms.Scrutiny.FloorMinutes; minutes < floor {
		added = float64(floor-minutes) / minutesOfDay
		minutes = floor
	}
	return minutes, added
}

// First reports whether a letter goes before ordinary ones and is read faster: it is marked urgent, and shows why where
// that has to be shown (L26).
func (w *World) First(c *Case) bool {
	_, shows := c.pair.terms.Duty("L26 full-reading")
	return c.Request.Urgent && (!shows || c.Truth.Emergency)
}

// Answer is what a role says, so many days after it was asked. minutes counts for a decision only. Nil: it stays silent.
func (w *World) Answer(c *Case, q mla.Question, ordinal int, after mla.Days, minutes int) mla.ReplyTo {
	m := &w.Model
	s := w.stream(c, q, ordinal)
	t := mla.Timing{After: after}
	switch q {
	case mla.QDraft:
		return mla.DraftAnswer{Timing: t}
	case mla.QSupplement:
		return mla.SupplementAnswer{Timing: t, Facts: c.Stated}
	case mla.QComplete:
		return mla.CompleteAnswer{Timing: t, Withdraws: s.Happens(m.AbandonedShare)}
	case mla.QConsultation:
		return mla.ConsultationReply{Timing: t, Accepts: s.Happens(m.ConditionsAccepted)}
	case mla.QSecrecyImpossible:
		return mla.SecrecyReply{Timing: t, GoesOn: true}
	case mla.QUse:
		return w.use(c, s, t)
	case mla.QNeedEnds:
		return mla.NeedEndsAnswer{Timing: t, Why: "the matter is closed", Tells: s.Happens(m.NeedTells)}
	case mla.QPreservation:
		a := mla.PreservationAnswer{Timing: t}
		if s.Happens(m.PreservationRaise) {
			a.Raises = c.pair.law.Grounds(mla.StagePreservation)
		}
		return a
	case mla.QAuthorisePreservation:
		deny, _ := w.judge(c, mla.Preserve)
		return mla.AuthorisePreservationAnswer{Timing: t, Grants: !s.Happens(deny)}
	case mla.QIntake:
		if ordinal == 0 && c.Number < attempt && s.Happens(m.ReturnedShare) {
			return mla.IntakeAnswer{Timing: t, Lacking: []string{"particulars of the account"}}
		}
		return mla.IntakeAnswer{Timing: t}
	case mla.QDecide:
		return w.decide(c, s, t, minutes)
	case mla.QAuthorise:
		return w.authorise(c, s, t)
	case mla.QComply:
		return w.comply(c, s, t)
	case mla.QChallenge:
		return w.challenged(c, s, t)
	case mla.QReview:
		a := mla.ReviewAnswer{Timing: t}
		if c.granted && s.Happens(m.ReviewFinds) {
			a.Finding = w.passedOver(c)
		}
		return a
	case mla.QAskLift:
		return mla.AskLiftAnswer{Timing: t, Answer: "granted", Lifted: true}
	default:
		return w.answerBeside(c, q, s, t, minutes)
	}
}

// use is what became of the data, by the record of their use.
func (w *World) use(c *Case, s Stream, t mla.Timing) mla.ReplyTo {
	off := w.Model.UseOffpurposeOther
	if trusted(c.Request.Requesting) {
		off = w.Model.UseOffpurposeFew
	}
	if s.Happens(off) {
		return mla.UseAnswer{Timing: t, Purpose: "another matter"}
	}
	if !w.usable(c, &s) {
		return mla.UseAnswer{Timing: t, Purpose: Lead, WithinRequest: true}
	}
	return mla.UseAnswer{Timing: t, Purpose: c.Request.Purpose, WithinRequest: true}
}

// authorise is the ruling of whoever authorises the measure.
func (w *World) authorise(c *Case, s Stream, t mla.Timing) mla.ReplyTo {
	deny, modify := w.judge(c, c.Request.Measure)
	u, a := s.Uniform(), mla.AuthoriseAnswer{Timing: t, Ruling: mla.RulingGrant}
	switch {
	case u < deny:
		a.Ruling, a.Reasons, c.granted = mla.RulingDeny, "the measure goes too far", false
	case u < deny+modify:
		a.Ruling, a.Scope, a.Reasons = mla.RulingModify, narrowed(c.Request.Scope), "less will do"
	}
	return a
}

// comply is a provider's response to an order that binds it.
func (w *World) comply(c *Case, s Stream, t mla.Timing) mla.ReplyTo {
	a, challenge := mla.ComplyAnswer{Timing: t}, w.Model.ChallengeShare
	if s.Happens(w.Model.ProduceSome) {
		a.Records = 1 + int(s.LogNormal(40, 1.5))
	}
	if c.Truth.Abusive && !c.Truth.Camouflaged {
		challenge = w.Model.ChallengeImproper
	}
	if s.Happens(challenge) {
		a.Challenges = "the order goes too far"
	}
	return a
}

// challenged is a court's ruling on a provider's challenge; granted, the order falls.
func (w *World) challenged(c *Case, s Stream, t mla.Timing) mla.ReplyTo {
	u, a := s.Uniform(), mla.ChallengeAnswer{Timing: t, Ruling: mla.RulingDeny}
	switch {
	case u < w.Model.JudgeDenyEngaged:
		a.Ruling = mla.RulingGrant
	case u < w.Model.JudgeDenyEngaged+w.Model.JudgeModifyEngaged:
		a.Ruling, a.Scope = mla.RulingModify, narrowed(c.Request.Scope)
	}
	return a
}

// passedOver puts into words which grounds a grant passed over that hold on the facts as they are: mandatory ones, and those
// of belief. To pass over any other is what the law allows. Empty: none.
func (w *World) passedOver(c *Case) string {
	var over []string
	a := w.Assess(c, mla.StageAdmissibility, c.Request, c.Stipulated, mla.ByConduct)
	for i := range a.Findings {
		if f := &a.Findings[i]; f.Open() && (f.Effect == mla.MustRefuse || f.Standard == mla.Belief) {
			over = append(over, f.Rule)
		}
	}
	if len(over) == 0 {
		return ""
	}
	return "granted though the facts bear out " + strings.Join(over, ", ")
}

// judge is how often whoever authorises a measure denies it or modifies it.
func (w *World) judge(c *Case, m mla.Measure) (deny, modify float64) {
	if c.Request.Channel == mla.Direct {
		return w.rules(w.atHome(c, c.instrument))
	}
	return w.rules(c.pair.terms.Authorisation[m])
}

// rules is how often an authority denies and modifies.
func (w *World) rules(by policies.Authorisation) (deny, modify float64) {
	if by.Independent {
		return w.Model.JudgeDenyEngaged, w.Model.JudgeModifyEngaged
	}
	return w.Model.JudgeDenyStamp, w.Model.JudgeModifyStamp
}

// narrowed is half the months, and one account of several.
func narrowed(s mla.Scope) *mla.Scope {
	s.Accounts, s.Months = (s.Accounts+1)/2, (s.Months+1)/2
	s.Persons = max(s.Accounts, (s.Persons+1)/2)
	return &s
}

// decide is an officer's decision. What the officer believes of discrimination and political character comes from the
// checks there was time for; what was not looked at stays unknown.
func (w *World) decide(c *Case, s Stream, t mla.Timing, minutes int) mla.ReplyTo {
	m := &w.Model
	a := mla.DecideAnswer{Timing: t, Minutes: minutes, Method: mla.ByConduct}
	if c.Request.Urgent && m.ScrutinyUrgent < 1 {
		a.UrgentMinutes = max(1, int(math.Round(float64(minutes)*m.ScrutinyUrgent)))
		if w.First(c) {
			minutes = max(a.UrgentMinutes, c.pair.terms.Scrutiny.FloorMinutes)
		}
	}
	done := len(checks)
	if m.CheckMinutes > 0 {
		done = min(len(checks), int(float64(minutes)/m.CheckMinutes))
	}
	a.Checks = checks[:done]
	label := s.Happens(m.DecideLabel)
	switch {
	case done < 3:
		a.Method = mla.NotTested
	case label:
		a.Method = mla.ByLabel
	}
	believes := c.score >= m.EvidenceThreshold
	k := c.pair.known
	k.Forget()
	k.Read(c.Request, c.Known)
	for _, f := range c.pair.uses {
		if v, ok := c.Stated[f.Path]; ok {
			k.Learn(f.Path, v)
		}
		if _, ok := c.hidden[f.Path]; !ok {
			continue
		}
		v, looked := belief(f, believes, done)
		if !looked {
			continue
		}
		if a.Learns == nil {
			a.Learns, a.Source = mla.Facts{}, "scrutiny of the file"
		}
		a.Learns[f.Path] = v
		k.Learn(f.Path, v)
	}
	c.pair.verdict = c.pair.law.Verdicts(c.pair.verdict[:0], mla.StageAdmissibility, k)
	for i, holds := range c.pair.verdict {
		// A ground's own draw, so that another ground beside it changes nothing.
		g := Draw(w.Seed, c.Replication, c.Number, PurposeOf(c.pair.grounds[i]))
		if holds != mla.Yes {
			continue
		}
		a.Considers = append(a.Considers, c.pair.grounds[i])
		if g.Happens(w.used(c.pair.effects[i])) {
			a.Raises = append(a.Raises, c.pair.grounds[i])
		}
	}
	switch u := s.Uniform(); {
	case u < m.DecidePartly:
		a.Otherwise, a.Scope = mla.PartlyGranted, narrowed(c.Request.Scope)
	case u < m.DecidePartly+m.DecideConditions:
		a.Otherwise, a.Conditions = mla.GrantedWithConditions, []string{"use for the matter of the letter only"}
	}
	c.granted = len(a.Raises) == 0
	if len(a.Raises) > 0 {
		a.Reasons = "a ground for refusal applies"
	}
	return a
}

// belief is what the officer comes to hold of a fact that only scrutiny brings up, and whether it was looked at.
func belief(f policies.Fact, believes bool, done int) (mla.Value, bool) {
	if f.Type == policies.BoolFact {
		return mla.Bool(believes), done >= 5
	}
	if believes {
		return mla.Word("political-opinions"), done >= 6
	}
	return mla.Word("none"), done >= 6
}
