package audit

import (
	"slices"
	"time"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// says builds a condition on the body of one kind.
func says[B mla.Body](so func(B) bool) Condition {
	return func(_ *Case, _ *policies.Terms, e *mla.Event) mla.Answer {
		b, ok := e.Body.(B)
		return mla.AnswerOf(ok && so(b))
	}
}

// both is where two conditions hold.
func both(a, b Condition) Condition {
	return func(c *Case, t *policies.Terms, e *mla.Event) mla.Answer { return and(a(c, t, e), b(c, t, e)) }
}

// whole takes a condition that looks at other events of the requested State's log too: where one of those is missing, only
// the answer that no missing event could change is kept.
func whole(sure mla.Answer, so Condition) Condition {
	return func(c *Case, t *policies.Terms, e *mla.Event) mla.Answer {
		answer := so(c, t, e)
		if c.Requested.Hole >= 0 && answer != sure {
			return mla.Unknown
		}
		return answer
	}
}

// Conditions on decisions.
var (
	grants  = says(func(b mla.DecidedBody) bool { return b.Outcome.Grants() })
	departs = says(func(b mla.DecidedBody) bool { return len(b.Departures) > 0 })
	// namesNoGround is a no or a not yet without a ground, or with a ground that lacks its address.
	namesNoGround = says(func(b mla.DecidedBody) bool {
		nameless := func(g mla.Ground) bool { return g.Rule == "" || g.Article == "" }
		return (b.Outcome == mla.Refused || b.Outcome == mla.Postponed) && (len(b.Grounds) == 0 || slices.ContainsFunc(b.Grounds, nameless))
	})
)

// Conditions on authorisation.
var (
	ofMeasure = says(func(b mla.AuthorisationDecidedBody) bool {
		return b.Stage != mla.StagePreservation && b.Ruling != mla.RulingDeny
	})
	independent = says(func(b mla.AuthorisationDecidedBody) bool {
		return b.Stage != mla.StagePreservation && b.Ruling != mla.RulingDeny && b.Independent
	})
	onMeasure    = says(func(b mla.AuthorisationDecidedBody) bool { return b.Stage != mla.StagePreservation })
	setsAside    = says(func(b mla.ChallengeDecidedBody) bool { return b.Ruling == mla.RulingGrant })
	unchallenged = says(func(b mla.OrderServedBody) bool { return !b.ChallengeAvailable })
)

// Conditions on secrets, notice and evidence.
var (
	endless         = says(func(b mla.ConfidentialityImposedBody) bool { return b.ExpiresAt == nil })
	deferredForGood = says(func(b mla.NoticeDeferredBody) bool { return b.Until == nil })
	changedInHand   = says(func(b mla.CustodyHandoffBody) bool { return b.HashIn != b.HashOut })
	untold          = says(func(b mla.NeedEndedBody) bool { return !b.Tells })
	byLabel         = says(func(b mla.DualCriminalityTestedBody) bool { return b.Result.Method == mla.ByLabel })
	kept            = says(func(b mla.PreservationDecidedBody) bool { return b.Granted })
	lacking         = says(func(b mla.IntakeCheckedBody) bool { return !b.Complete })
	complete        = says(func(b mla.IntakeCheckedBody) bool { return b.Complete })
	admissibility   = says(func(b mla.AssessedBody) bool { return b.Assessment.Stage == mla.StageAdmissibility })
)

// owesReasons is a decision of an outcome for which the instrument owes reasons; where no terms are known, a refusal.
func owesReasons(_ *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	b, _ := e.Body.(mla.DecidedBody)
	if t != nil && len(t.Reasons.Outcomes) > 0 {
		return mla.AnswerOf(slices.Contains(t.Reasons.Outcomes, b.Outcome))
	}
	return mla.AnswerOf(b.Outcome == mla.Refused)
}

// toConsultOn is a refusal or postponement that touches the instrument's words on consulting.
func toConsultOn(_ *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	b, _ := e.Body.(mla.DecidedBody)
	if b.Outcome != mla.Refused && b.Outcome != mla.Postponed {
		return mla.No
	}
	if t == nil {
		return mla.Unknown
	}
	if b.Outcome == mla.Postponed {
		return mla.AnswerOf(t.Consultation.Postponement)
	}
	return mla.AnswerOf(t.Consultation.All || slices.ContainsFunc(b.Grounds, func(g mla.Ground) bool {
		return slices.Contains(t.Consultation.Grounds, g.Rule)
	}))
}

// wantsFacts is a no on a ground that the latest assessment left unknown.
func wantsFacts(c *Case, _ *policies.Terms, e *mla.Event) mla.Answer {
	b, _ := e.Body.(mla.DecidedBody)
	if b.Outcome != mla.Refused && b.Outcome != mla.OutOfScope {
		return mla.No
	}
	answer := mla.No
	for _, g := range b.Grounds {
		switch holds, known := assessed(c, e, g.Rule); {
		case !known:
			answer = mla.Unknown
		case holds == mla.Unknown:
			return mla.Yes
		}
	}
	return answer
}

// assessed is what the latest assessment before an event said of a rule. What no assessment speaks of, a ruling of the
// State's own authority for one, does not hold for want of facts.
func assessed(c *Case, e *mla.Event, rule string) (holds mla.Answer, known bool) {
	sealed := false
	for _, s := range slices.Backward(c.Requested.byKind[mla.Assessed]) {
		if s.Cover.Sequence > e.Sequence {
			continue
		}
		if s.Event == nil {
			sealed = true
			continue
		}
		b, _ := s.Event.Body.(mla.AssessedBody)
		for _, f := range b.Assessment.Findings {
			if f.Rule == rule {
				return f.Holds, !sealed
			}
		}
	}
	return mla.No, !sealed
}

// secrecyCannotBeKept is the first grant of a confidential request by an authority that knew that secrecy cannot be kept.
func secrecyCannotBeKept(c *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	if grants(c, t, e) == mla.No {
		return mla.No
	}
	for _, s := range c.Requested.byKind[mla.Decided] {
		if s.Cover.Sequence < e.Sequence && s.Event != nil && grants(c, t, s.Event) == mla.Yes {
			return mla.No
		}
	}
	if c.Letter == nil {
		return mla.Unknown
	}
	if !c.Letter.Confidential {
		return mla.No
	}
	answer := mla.No
	for _, s := range c.Requested.Seen {
		switch {
		case s.Cover.Sequence > e.Sequence:
			return answer
		case !slices.Contains(teaching, s.Cover.Kind) || !slices.Contains(s.Cover.Readers, mla.CentralAuthority):
		case s.Event == nil:
			answer = mla.Unknown
		default:
			if v, ok := mla.Learned(s.Event.Body)["secrecy.possible"].AsBool(); ok {
				answer = mla.AnswerOf(!v)
			}
		}
	}
	return answer
}

// teaching are the kinds from which a role learns facts.
var teaching = []mla.Kind{mla.FactLearned, mla.SupplementGiven, mla.RequestSubmitted, mla.PreservationRequested}

// letGoEarly is the end of a preservation before its floor.
func letGoEarly(c *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	if t == nil {
		return mla.Unknown
	}
	for _, s := range c.Requested.byKind[mla.PreservationOrdered] {
		switch {
		case s.Event == nil:
			return mla.Unknown
		case sameOrder(s.Event) == sameOrder(e):
			return mla.AnswerOf(e.At.Before(s.Event.At.AddDate(0, 0, t.Preservation.FloorDays)))
		}
	}
	return mla.Unknown
}

// letGoUndecided is the end of a preservation while a letter lies undecided. Covers tell.
func letGoUndecided(c *Case, _ *policies.Terms, e *mla.Event) mla.Answer {
	came := func(kinds ...mla.Kind) bool {
		return slices.ContainsFunc(c.Requested.Seen, func(s verify.Sighting) bool {
			return s.Cover.Sequence < e.Sequence && slices.Contains(kinds, s.Cover.Kind)
		})
	}
	return mla.AnswerOf(came(mla.RequestSubmitted) && !came(mla.Decided, mla.CaseClosed, mla.RequestWithdrawn))
}

// earlier says whether some event of a kind on the requested State's log, before another, is as is says.
func earlier(c *Case, e *mla.Event, k mla.Kind, is func(*mla.Event) bool) mla.Answer {
	answer := mla.No
	for _, s := range c.Requested.byKind[k] {
		switch {
		case s.Cover.Sequence > e.Sequence:
		case s.Event == nil:
			answer = mla.Unknown
		case is(s.Event):
			return mla.Yes
		}
	}
	return answer
}

// fromLapsed is a production from a preservation that had lapsed.
func fromLapsed(c *Case, _ *policies.Terms, e *mla.Event) mla.Answer {
	b, _ := e.Body.(mla.ProducedBody)
	if b.From == "" {
		return mla.No
	}
	return earlier(c, e, mla.PreservationLapsed, func(x *mla.Event) bool { return sameOrder(x) == b.From })
}

// beyondAuthorised is a production of more than some ruling left.
func beyondAuthorised(c *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	b, _ := e.Body.(mla.ProducedBody)
	return earlier(c, e, mla.AuthorisationDecided, func(x *mla.Event) bool {
		ruling, _ := x.Body.(mla.AuthorisationDecidedBody)
		return ofMeasure(c, t, x) == mla.Yes && !b.Evidence.Scope.Within(ruling.Scope)
	})
}

// afterSettingAside is a production on an order that a court had set aside.
func afterSettingAside(c *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	return earlier(c, e, mla.ChallengeDecided, func(x *mla.Event) bool {
		return sameOrder(x) == sameOrder(e) && setsAside(c, t, x) == mla.Yes
	})
}

// otherUse is a use beyond the request without consent; evidence that clears an accused may be disclosed where the
// instrument says so.
func otherUse(_ *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	b, _ := e.Body.(mla.UseRecordedBody)
	switch {
	case b.WithinRequest || b.Consent:
		return mla.No
	case !b.Exculpatory:
		return mla.Yes
	case t == nil:
		return mla.Unknown
	}
	return mla.AnswerOf(!t.Use.Exculpatory)
}

// hurried is a review of fewer minutes than the floor of scrutiny; half an hour where none is set.
func hurried(_ *Case, t *policies.Terms, e *mla.Event) mla.Answer {
	floor := 30
	if t != nil && t.Scrutiny.FloorMinutes > 0 {
		floor = t.Scrutiny.FloorMinutes
	}
	b, _ := e.Body.(mla.ReviewPerformedBody)
	return mla.AnswerOf(b.Minutes < floor)
}

// lastSilence is the last lift of a secret or delivery after which no secret stands and nothing more is delivered: from
// then on nothing stands between the person and the notice.
func lastSilence(c *Case, _ *policies.Terms, e *mla.Event) mla.Answer {
	standing := map[string]bool{}
	for _, s := range c.Requested.Seen {
		switch s.Cover.Kind {
		case mla.ConfidentialityImposed, mla.ConfidentialityLifted, mla.Transmitted:
			if s.Cover.Sequence > e.Sequence {
				return mla.No
			}
			if s.Event == nil {
				return mla.Unknown
			}
		default:
			continue
		}
		switch b := s.Event.Body.(type) {
		case mla.ConfidentialityImposedBody:
			standing[b.Order] = true
		case mla.ConfidentialityLiftedBody:
			delete(standing, b.Order)
		}
	}
	return mla.AnswerOf(len(standing) == 0)
}

// notInPost is a message that was not still on its way when observation ended.
func notInPost(c *Case, _ *policies.Terms, e *mla.Event) mla.Answer {
	for _, s := range c.Requested.byKind[mla.ObservationEnded] {
		if s.Event == nil {
			return mla.Unknown
		}
		if b, ok := s.Event.Body.(mla.ObservationEndedBody); ok && slices.Contains(b.InPost, e.Message) {
			return mla.No
		}
	}
	return mla.Yes
}

// Deadlines.

// within is so many days after the event.
func within(days int) Deadline {
	return func(_ *Case, _ *policies.Terms, e *mla.Event) (time.Time, mla.Answer) {
		return e.At.AddDate(0, 0, days), mla.Yes
	}
}

// byItsEnd is the end that a secret has, or was given by its renewal.
func byItsEnd(_ *Case, _ *policies.Terms, e *mla.Event) (time.Time, mla.Answer) {
	switch b := e.Body.(type) {
	case mla.ConfidentialityImposedBody:
		if b.ExpiresAt != nil {
			return *b.ExpiresAt, mla.Yes
		}
	case mla.ConfidentialityRenewedBody:
		return b.ExpiresAt, mla.Yes
	}
	return time.Time{}, mla.No
}

// afterTheNeed is so many days after word that the need has ended reached the State; not due where none did.
func afterTheNeed(days int) Deadline {
	return func(c *Case, _ *policies.Terms, e *mla.Event) (time.Time, mla.Answer) {
		switch told := c.Requested.byKind[mla.NeedEnded]; {
		case len(told) > 0 && told[0].Cover.At.After(e.At):
			return told[0].Cover.At.AddDate(0, 0, days), mla.Yes
		case len(told) > 0:
			return e.At.AddDate(0, 0, days), mla.Yes
		case c.Requested.Hole >= 0:
			return time.Time{}, mla.Unknown
		}
		return time.Time{}, mla.No
	}
}

// noticeDays is the period of the requested State's law; that of safeguard L03 where its law owes no notice.
func noticeDays(_ *Case, t *policies.Terms, e *mla.Event) (time.Time, mla.Answer) {
	if t == nil {
		return time.Time{}, mla.Unknown
	}
	days := 30
	if t.Notice.Owed {
		days = t.Notice.Days
	}
	return e.At.AddDate(0, 0, days), mla.Yes
}

// nextJanuary is the end of January after the event's year, by which a year's figures are published.
func nextJanuary(_ *Case, _ *policies.Terms, e *mla.Event) (time.Time, mla.Answer) {
	return time.Date(e.At.Year()+1, time.January, 31, 23, 59, 59, 0, time.UTC), mla.Yes
}
