package measure

import (
	"fmt"
	"slices"
	"time"

	"rogatory/internal/mla"
)

const (
	cassia mla.State = "cassia" // asks
	alder  mla.State = "alder"  // is asked
)

func day(n int) time.Time {
	return time.Date(2027, time.March, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

func until(n int) mla.Instant { t := day(n); return &t }

// play is a case as a test writes it: what was recorded, by day.
type play []mla.Event

// on is one event of a State; what it cites makes it an act under an article.
func on(n int, party mla.State, b mla.Body, articles ...string) mla.Event {
	return mla.Event{
		Case: "c1", Party: party, At: day(n), Actor: mla.Actor{Role: mla.CentralAuthority, State: party}, Kind: b.Kind(),
		Articles: articles, Readers: []mla.Role{mla.CentralAuthority}, Body: b,
	}
}

// mail is one message, on the log of its sender and on that of its receiver; events gives it its id.
func mail(n int, from mla.State, m int, to mla.State, b mla.Body, articles ...string) play {
	sent, received := on(n, from, b, articles...), on(m, to, b, articles...)
	sent.Passage, received.Passage = mla.Sent, mla.Received
	sent.Message = fmt.Sprintf("%s %d %s %d %s", b.Kind(), n, from, m, to)
	received.Message = sent.Message
	return play{sent, received}
}

// events numbers the play in the order of its days.
func (p play) events() []mla.Event {
	out := slices.Clone(p)
	slices.SortStableFunc(out, func(a, b mla.Event) int { return a.At.Compare(b.At) })
	next, ids := map[mla.State]int{}, map[string]string{}
	for i := range out {
		out[i].Sequence = next[out[i].Party]
		next[out[i].Party]++
		if out[i].Passage == mla.Sent {
			ids[out[i].Message] = out[i].ID()
		}
	}
	for i := range out {
		out[i].Message = ids[out[i].Message]
	}
	return out
}

// watched moves the end of observation.
func (p play) watched(days int) play {
	out := slices.Clone(p)
	for i := range out {
		if out[i].Kind == mla.ObservationEnded {
			out[i].At = day(days)
		}
	}
	return out
}

func (p play) and(more ...mla.Event) play { return slices.Concat(p, more) }

// without leaves out a kind of event and numbers what is left as if it had never been.
func (p play) without(k mla.Kind) play {
	return slices.DeleteFunc(slices.Clone(p), func(e mla.Event) bool { return e.Kind == k })
}

// with changes the bodies of one kind of event.
func with[B mla.Body](p play, change func(*B)) play {
	out := slices.Clone(p)
	for i := range out {
		if b, ok := out[i].Body.(B); ok {
			change(&b)
			out[i].Body = b
		}
	}
	return out
}

var (
	content    = mla.Scope{Categories: []mla.Category{mla.Subscriber, mla.Content}, Accounts: 2, Persons: 7, Months: 12}
	traffic    = mla.Scope{Categories: []mla.Category{mla.Traffic}, Accounts: 1, Persons: 3, Months: 1}
	discrim    = mla.Ground{Rule: "uncc/40(22)", Article: "uncc 40(22)"}
	noCrime    = mla.Ground{Rule: "uncc/40(8)", Article: "uncc 40(8)"}
	truly      = true
	untruly    = false
	sixteen    = 16
	openGround = mla.Finding{Rule: discrim.Rule, Stage: mla.StageAdmissibility, Effect: mla.NoDuty, Standard: mla.Belief, Holds: mla.Yes}
)

// abused is what is stipulated of the cases below, unless a test says otherwise.
func abused() *Stipulated {
	return &Stipulated{
		Truth: Truth{
			Abusive: &truly, AbuseKind: "political", ProtectedConduct: &truly, SubjectRole: "researcher", Age: &sixteen, OwnImage: &truly,
			CrimeInRequestedByConduct: mla.No,
		},
		Findings: []mla.Finding{openGround},
	}
}

func stipulating(change func(*Stipulated)) *Stipulated {
	st := abused()
	change(st)
	return st
}

// opening is a letter under way and assessed.
func opening(label string) play {
	r := mla.Request{Requesting: cassia, Requested: alder, Offence: mla.Offence{Label: label, MaxPenaltyYears: 6}, Measure: mla.Produce, Scope: content}
	serious := mla.Seriousness{Required: mla.Yes, RequestingLaw: mla.Yes, BothLaws: mla.Unknown, ThresholdYears: 4}
	return play{on(0, cassia, mla.RequestDraftedBody{Request: r})}.and(mail(0, cassia, 2, alder, mla.RequestSubmittedBody{Request: r, Submission: 1})...).and(
		on(3, alder, mla.IntakeCheckedBody{Complete: true}),
		on(9, alder, mla.ReviewPerformedBody{Minutes: 20, Checks: []string{"form", "age of the person"}}),
		on(9, alder, mla.AssessedBody{Assessment: mla.Assessment{Stage: mla.StageScope, Seriousness: serious}}),
		on(9, alder, mla.AssessedBody{Assessment: mla.Assessment{Stage: mla.StageAdmissibility, Seriousness: serious}}),
		on(9, alder, mla.DualCriminalityTestedBody{Result: mla.DualCriminality{Method: mla.ByLabel, Met: mla.Yes, ByLabel: mla.Yes, ByConduct: mla.No}}),
	)
}

// granted is a request granted and carried out on a prosecutor's word: two secrets, one without end and one that is
// lifted on day 130; the need ends on day 120, after the case was closed on day 60. It is watched for 400 days.
func granted(label string) play {
	e := mla.Evidence{ID: "e1", Scope: content, Records: 4}
	return opening(label).and(mail(10, alder, 12, cassia, mla.DecidedBody{Outcome: mla.Granted, Scope: content, Final: true})...).and(
		mail(21, alder, 23, cassia, mla.TransmittedBody{Evidence: e})...).and(
		on(9, alder, mla.GroundConsideredBody{Ground: noCrime, Effect: mla.MayRefuse, Result: mla.No}),
		on(11, alder, mla.AuthorisationSoughtBody{Measure: mla.Produce, Scope: content, Authority: "prosecutor"}),
		on(12, alder, mla.AuthorisationDecidedBody{Authority: "prosecutor", Ruling: mla.RulingGrant, Scope: content}),
		on(13, alder, mla.OrderServedBody{Order: "o1", Scope: content}),
		on(13, alder, mla.ConfidentialityImposedBody{Order: "o1", Persons: 7}),
		on(14, alder, mla.ConfidentialityImposedBody{Order: "o2", ExpiresAt: until(104), Persons: 2}),
		on(20, alder, mla.ProducedBody{Order: "o1", Evidence: e}),
		on(20, alder, mla.CustodyHandoffBody{Evidence: "e1", From: "provider@alder", To: "central-authority@alder"}),
		on(22, alder, mla.CaseClosedBody{Outcome: mla.Granted}),
		on(104, alder, mla.ConfidentialityRenewedBody{Order: "o2", ExpiresAt: day(194)}),
		on(130, alder, mla.ConfidentialityLiftedBody{Order: "o2"}),
		on(23, cassia, mla.CustodyHandoffBody{Evidence: "e1", From: "central-authority@alder", To: "requesting-authority@cassia"}),
		on(60, cassia, mla.CaseClosedBody{Outcome: mla.Granted}),
		on(120, cassia, mla.NeedEndedBody{Why: "dropped"}),
		on(400, cassia, mla.ObservationEndedBody{}),
		on(400, alder, mla.ObservationEndedBody{Standing: []string{"o1"}}),
	)
}

// refused is a request postponed and then refused, with consultation and reasons for both decisions.
func refused(label string) play {
	grounds := []mla.Ground{noCrime}
	return opening(label).and(
		on(10, alder, mla.ConsultedBody{Grounds: grounds, Intends: mla.Postponed}, "uncc 40(28)"),
		on(11, alder, mla.DecidedBody{Outcome: mla.Postponed, Grounds: grounds}),
		on(11, alder, mla.ReasonsGivenBody{Outcome: mla.Postponed}, "uncc 40(25)"),
		on(50, alder, mla.GroundConsideredBody{Ground: noCrime, Effect: mla.MayRefuse, Result: mla.Yes, Raised: true}),
		on(51, alder, mla.ConsultedBody{Grounds: grounds, Intends: mla.Refused}, "uncc 40(28)"),
		on(60, alder, mla.DecidedBody{Outcome: mla.Refused, Grounds: grounds, Final: true}, "uncc 40(8)"),
		on(60, alder, mla.ReasonsGivenBody{Outcome: mla.Refused, Grounds: grounds}, "uncc 40(25)"),
		on(60, alder, mla.CaseClosedBody{Outcome: mla.Refused}),
		on(62, cassia, mla.CaseClosedBody{Outcome: mla.Refused}),
		on(400, cassia, mla.ObservationEndedBody{}),
		on(400, alder, mla.ObservationEndedBody{}),
	)
}

// byJudge has a judge authorise granted, as ruling says.
func byJudge(ruling mla.Ruling) play {
	return with(with(granted("fraud"), func(b *mla.AuthorisationDecidedBody) {
		b.Independent, b.Ruling = true, ruling
	}), func(b *mla.AuthorisationSoughtBody) { b.Independent = true })
}

// tested changes what the test of dual criminality says.
func tested(p play, m mla.Method, met mla.Answer) play {
	return with(p, func(b *mla.DualCriminalityTestedBody) { b.Result.Method, b.Result.Met = m, met })
}
