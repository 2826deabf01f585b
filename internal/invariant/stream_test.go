package invariant

import (
	"slices"
	"testing"
	"time"

	"rogatory/internal/mla"
)

const (
	cassia mla.State = "cassia" // asks
	alder  mla.State = "alder"  // is asked
)

// stream is a case as a test writes it: events in the order in which they happen, without numbers. Both ends of a
// message share a link.
type stream []entry

type entry struct {
	mla.Event
	link int
}

func day(n int) time.Time {
	return time.Date(2027, time.March, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

func until(n int) mla.Instant { t := day(n); return &t }

// readers are the roles that read everything in these tests; FactLearned is read by the central authority alone.
func readers(k mla.Kind) []mla.Role {
	if k == mla.FactLearned {
		return []mla.Role{mla.CentralAuthority}
	}
	return []mla.Role{mla.CentralAuthority, mla.ContactPoint}
}

func on(n int, party mla.State, role mla.Role, b mla.Body) entry {
	return entry{Event: mla.Event{
		Case: "c1", Party: party, At: day(n), Actor: mla.Actor{Role: role, State: party}, Kind: b.Kind(),
		Policy: "p", Readers: readers(b.Kind()), Body: b,
	}}
}

// mail is a message that takes two days.
func mail(link, n int, from, to mla.State, b mla.Body) stream {
	sent, got := on(n, from, mla.CentralAuthority, b), on(n+2, to, mla.CentralAuthority, b)
	sent.Passage, sent.link, got.Passage, got.link = mla.Sent, link, mla.Received, link
	return stream{sent, got}
}

// join merges parts of a case by legal time.
func join(parts ...stream) stream {
	all := slices.Concat(parts...)
	slices.SortStableFunc(all, func(a, b entry) int { return a.At.Compare(b.At) })
	return all
}

// events numbers the stream and names its messages.
func (s stream) events() []mla.Event {
	next, sent := map[mla.State]int{}, map[int]string{}
	out := make([]mla.Event, len(s))
	for i, e := range s {
		out[i] = e.Event
		out[i].Sequence = next[e.Party]
		next[e.Party]++
		if e.Passage == mla.Sent {
			sent[e.link] = out[i].ID()
		}
	}
	for i, e := range s {
		if e.link != 0 && out[i].Message == "" {
			out[i].Message = sent[e.link]
		}
	}
	return out
}

// find returns the index of the nth event of a kind on a log, counted from 0.
func (s stream) find(t *testing.T, party mla.State, k mla.Kind, n int) int {
	t.Helper()
	for i, e := range s {
		if e.Party == party && e.Kind == k {
			if n == 0 {
				return i
			}
			n--
		}
	}
	t.Fatalf("the stream has no %s number %d on the log of %s", k, n, party)
	return 0
}

// without leaves out the first event of a kind on a log.
func (s stream) without(t *testing.T, party mla.State, k mla.Kind) stream {
	t.Helper()
	i := s.find(t, party, k, 0)
	return slices.Delete(slices.Clone(s), i, i+1)
}

// before puts an event in front of the first one of a kind on its log, at the same instant.
func (s stream) before(t *testing.T, k mla.Kind, e entry) stream {
	t.Helper()
	i := s.find(t, e.Party, k, 0)
	e.At = s[i].At
	return slices.Insert(slices.Clone(s), i, e)
}

// after puts an event behind the first one of a kind on its log, at the same instant.
func (s stream) after(t *testing.T, k mla.Kind, e entry) stream {
	t.Helper()
	i := s.find(t, e.Party, k, 0)
	e.At = s[i].At
	return slices.Insert(slices.Clone(s), i+1, e)
}

// edited changes the body of the first event of type B on a log; both ends if it is a message.
func edited[B mla.Body](t *testing.T, s stream, party mla.State, edit func(*B)) stream {
	t.Helper()
	var b B
	i := s.find(t, party, b.Kind(), 0)
	out := slices.Clone(s)
	b = out[i].Body.(B)
	edit(&b)
	for j := range out {
		if j == i || out[i].link != 0 && out[j].link == out[i].link {
			out[j].Body = b
		}
	}
	return out
}

var (
	wide   = mla.Scope{Categories: []mla.Category{mla.Subscriber, mla.Traffic}, Accounts: 2, Persons: 10, Months: 12}
	narrow = mla.Scope{Categories: []mla.Category{mla.Subscriber}, Accounts: 1, Persons: 1, Months: 6}

	ordrePublic = mla.Ground{Rule: "uncc/40(21)(b)", Article: "uncc 40(21)(b)"}
	persecution = mla.Ground{Rule: "uncc/40(22)", Article: "uncc 40(22)"}

	letter = mla.Request{
		Reference: "c1", Requesting: cassia, Requested: alder, Measure: mla.Produce, Scope: wide, Person: "P1",
		Provider: "Quillmail", Confidential: true, Offence: mla.Offence{Label: "fraud", MaxPenaltyYears: 5},
	}
	stated = mla.Facts{"conduct.deceived": mla.Bool(true), "person.age": mla.Int(30)}

	// law owes what the UN text owes.
	law = Duties{
		Reasons:      []mla.Outcome{mla.Refused},
		Consultation: Consultation{Must: true, Grounds: []string{ordrePublic.Rule}, Postponement: true},
	}
)

func finding(g mla.Ground, effect mla.Effect, holds mla.Answer) mla.Finding {
	return mla.Finding{Rule: g.Rule, Instrument: "uncc", Article: g.Article[len("uncc "):], Stage: mla.StageAdmissibility,
		Effect: effect, Standard: mla.Belief, Holds: holds}
}

func assessed(n int, stage mla.Stage, used mla.Facts, findings ...mla.Finding) entry {
	return on(n, alder, mla.CentralAuthority, mla.AssessedBody{Assessment: mla.Assessment{Stage: stage, Used: used, Findings: findings}})
}

// opening is everything up to the decision: preservation, letter, check of form, assessment.
func opening() stream {
	return join(
		mail(1, 0, cassia, alder, mla.PreservationRequestedBody{Request: letter, Facts: stated, Silence: true}),
		stream{
			on(0, alder, mla.CentralAuthority, mla.FactLearnedBody{Facts: mla.Facts{"secrecy.possible": mla.Bool(true)}}),
			on(3, alder, mla.ContactPoint, mla.AssessedBody{Assessment: mla.Assessment{
				Stage: mla.StagePreservation, Used: mla.Facts{"person.age": mla.Int(30), "request.measure": mla.Word("produce")},
			}}),
		},
		mail(2, 3, alder, cassia, mla.PreservationDecidedBody{Granted: true}),
		stream{
			on(3, alder, mla.ContactPoint, mla.PreservationOrderedBody{Order: "keep", Provider: "Quillmail", Until: day(63)}),
			on(5, cassia, mla.RequestingAuthority, mla.RequestDraftedBody{Request: letter}),
		},
		mail(3, 5, cassia, alder, mla.RequestSubmittedBody{Request: letter, Facts: stated, Submission: 1}),
		stream{
			on(7, alder, mla.ContactPoint, mla.PreservationHeldBody{Order: "keep"}),
			on(8, alder, mla.CentralAuthority, mla.IntakeCheckedBody{Complete: true}),
			assessed(9, mla.StageScope, mla.Facts{"request.category": mla.Word("traffic"), "offence.label": mla.Word("fraud")}),
			assessed(9, mla.StageAdmissibility,
				mla.Facts{"person.age": mla.Int(30), "secrecy.possible": mla.Bool(true), "requested.conduct_is_offence": mla.Bool(true)},
				finding(persecution, mla.MayRefuse, mla.No)),
		},
	)
}

// ending closes the observation of both logs.
func ending(n int, standing []string, inPost ...string) stream {
	return stream{
		on(n, cassia, mla.CentralAuthority, mla.ObservationEndedBody{}),
		on(n, alder, mla.CentralAuthority, mla.ObservationEndedBody{Standing: standing, InPost: inPost}),
	}
}

// granted is a request granted, authorised in part, produced from what was preserved and delivered, under a secret that
// is renewed once and lifted.
func granted() stream {
	e := mla.Evidence{ID: "e1", Scope: narrow, Records: 4, Hash: "h"}
	return join(
		opening(),
		mail(4, 20, alder, cassia, mla.DecidedBody{Outcome: mla.Granted, Scope: wide, Final: true}),
		stream{
			on(21, alder, mla.CentralAuthority, mla.AuthorisationSoughtBody{Measure: mla.Produce, Scope: wide, Authority: "judge", Independent: true}),
			on(25, alder, mla.Court, mla.AuthorisationDecidedBody{Authority: "judge", Independent: true, Ruling: mla.RulingModify, Scope: narrow}),
			on(26, alder, mla.CentralAuthority, mla.OrderServedBody{Order: "o1", Provider: "Quillmail", Measure: mla.Produce, Scope: narrow}),
			on(26, alder, mla.CentralAuthority, mla.ConfidentialityImposedBody{Order: "o1", On: "Quillmail", ExpiresAt: until(116), Persons: 10}),
			on(40, alder, mla.Provider, mla.ProducedBody{Order: "o1", Evidence: e, From: "keep"}),
		},
		mail(5, 41, alder, cassia, mla.TransmittedBody{Evidence: e, UseLimited: true}),
		stream{
			on(42, alder, mla.CentralAuthority, mla.CaseClosedBody{Outcome: mla.PartlyGranted}),
			on(42, alder, mla.ContactPoint, mla.PreservationLapsedBody{Order: "keep", Why: "settled"}),
			on(116, alder, mla.CentralAuthority, mla.ConfidentialityRenewedBody{Order: "o1", ExpiresAt: day(206)}),
			on(206, alder, mla.CentralAuthority, mla.ConfidentialityLiftedBody{Order: "o1", Why: "its term is over"}),
		},
		ending(700, nil),
	)
}

// refused is a request refused on a ground that calls for consultation and reasons.
func refused() stream {
	grounds := []mla.Ground{ordrePublic}
	return join(
		opening(),
		mail(4, 20, alder, cassia, mla.ConsultedBody{Grounds: grounds, Intends: mla.Refused}),
		mail(5, 24, cassia, alder, mla.ConsultationAnsweredBody{Accepts: false}),
		mail(6, 27, alder, cassia, mla.DecidedBody{Outcome: mla.Refused, Grounds: grounds, Final: true}),
		mail(7, 27, alder, cassia, mla.ReasonsGivenBody{Outcome: mla.Refused, Grounds: grounds, Words: "public order"}),
		ending(700, nil),
	)
}
