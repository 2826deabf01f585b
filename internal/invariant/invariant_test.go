package invariant

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
)

// broken lists the numbers of the promises found broken, each once.
func broken(found []Violation) []int {
	out := []int{}
	for _, v := range found {
		if !slices.Contains(out, v.Invariant) {
			out = append(out, v.Invariant)
		}
	}
	slices.Sort(out)
	return out
}

// expectOnly checks that exactly one promise is found broken, whichever way the two logs are interleaved.
func expectOnly(t *testing.T, d Duties, events []mla.Event, invariant int) {
	t.Helper()
	for name, order := range orders(events) {
		found := Check(d, order)
		if got := broken(found); !slices.Equal(got, []int{invariant}) {
			t.Errorf("%s: broken: %v, want only %d; found %v", name, got, invariant, found)
		}
		for _, v := range found {
			if v.Says == "" || v.Event == "" {
				t.Errorf("%s: a violation without words or event: %+v", name, v)
			}
		}
	}
}

func expectNone(t *testing.T, d Duties, events []mla.Event) {
	t.Helper()
	for name, order := range orders(events) {
		if found := Check(d, order); len(found) > 0 {
			t.Errorf("%s: %v, want nothing", name, found)
		}
	}
}

// orders gives the same two logs interleaved as they happened, and one after the other both ways.
func orders(events []mla.Event) map[string][]mla.Event {
	of := func(party mla.State) []mla.Event {
		return slices.DeleteFunc(slices.Clone(events), func(e mla.Event) bool { return e.Party != party })
	}
	return map[string][]mla.Event{
		"as it happened":       events,
		"requesting log first": slices.Concat(of(cassia), of(alder)),
		"requested log first":  slices.Concat(of(alder), of(cassia)),
	}
}

func TestValidStreamsBreakNothing(t *testing.T) {
	offered := Duties{Consultation: Consultation{All: true, Postponement: true}}
	tests := []struct {
		name   string
		duties Duties
		stream stream
	}{
		{"a request granted, produced and delivered", law, granted()},
		{"a request refused after consultation, with reasons", law, refused()},
		{"a refusal where consultation is left open and reasons are not owed", offered,
			refused().without(t, alder, mla.ReasonsGiven).without(t, cassia, mla.ReasonsGiven)},
		{"a refusal where consultation is left open and did not take place", offered, func() stream {
			s := refused()
			for _, k := range []mla.Kind{mla.ReasonsGiven, mla.Consulted, mla.ConsultationAnswered} {
				s = s.without(t, alder, k).without(t, cassia, k)
			}
			return s
		}()},
		{"a refusal on a ground that calls for no consultation", law, func() stream {
			s := refused()
			for _, k := range []mla.Kind{mla.Consulted, mla.ConsultationAnswered} {
				s = s.without(t, alder, k).without(t, cassia, k)
			}
			s = edited(t, s, alder, func(b *mla.DecidedBody) { b.Grounds = []mla.Ground{persecution} })
			return edited(t, s, alder, func(b *mla.ReasonsGivenBody) { b.Grounds = []mla.Ground{persecution} })
		}()},
		{"a postponement after consultation, then a grant", law, func() stream {
			grounds := []mla.Ground{persecution}
			return join(
				granted(),
				mail(8, 12, alder, cassia, mla.ConsultedBody{Grounds: grounds, Intends: mla.Postponed}),
				mail(9, 16, alder, cassia, mla.DecidedBody{Outcome: mla.Postponed, Grounds: grounds}),
			)
		}()},
		{"consultation that turned an intended refusal into a grant on conditions", law, func() stream {
			s := join(granted(), mail(8, 12, alder, cassia, mla.ConsultedBody{Grounds: []mla.Ground{ordrePublic}, Intends: mla.Refused}))
			return edited(t, s, alder, func(b *mla.DecidedBody) { b.Outcome = mla.GrantedWithConditions })
		}()},
		{"a mandatory ground granted over and said so", law, func() stream {
			s := granted().before(t, mla.Decided, assessed(0, mla.StageAdmissibility, nil, finding(persecution, mla.MustRefuse, mla.Yes)))
			return edited(t, s, alder, func(b *mla.DecidedBody) { b.Departures = []mla.Ground{persecution} })
		}()},
		{"a mandatory ground that a later assessment no longer finds", law, granted().
			before(t, mla.Decided, assessed(0, mla.StageTransfer, nil, finding(persecution, mla.MustRefuse, mla.Yes))).
			before(t, mla.Decided, assessed(0, mla.StageTransfer, nil, finding(persecution, mla.MustRefuse, mla.No)))},
		{"a mandatory ground found by another role", law, granted().before(t, mla.Decided, on(0, alder, mla.ContactPoint, mla.AssessedBody{
			Assessment: mla.Assessment{Stage: mla.StageAdmissibility, Findings: []mla.Finding{finding(persecution, mla.MustRefuse, mla.Yes)}},
		}))},
		{"a fact learnt anew and then used", law, granted().
			before(t, mla.Decided, on(0, alder, mla.CentralAuthority, mla.FactLearnedBody{Facts: mla.Facts{"person.age": mla.Int(16)}})).
			before(t, mla.Decided, assessed(0, mla.StageAdmissibility, mla.Facts{"person.age": mla.Int(16)}))},
		{"an authorisation given as asked", law, edited(t, granted(), alder, func(b *mla.AuthorisationDecidedBody) {
			b.Ruling, b.Scope = mla.RulingGrant, wide
		})},
		{"a challenge that narrows the order, and a narrower production", law, challenged(t, mla.ChallengeDecidedBody{
			Order: "o1", Ruling: mla.RulingModify, Scope: narrow,
		})},
		{"a challenge that fails", law, challenged(t, mla.ChallengeDecidedBody{Order: "o1", Ruling: mla.RulingDeny})},
		{"a production on the very day a period ends", law, edited(t, granted().without(t, alder, mla.PreservationHeld), alder,
			func(b *mla.PreservationOrderedBody) { b.Until = day(40) })},
		{"a preservation held beyond its period", law, edited(t, granted(), alder,
			func(b *mla.PreservationOrderedBody) { b.Until = day(20) })},
		{"an observation that ends here before it ends there, and before a secret does", law, func() stream {
			s := edited(t, granted().without(t, alder, mla.ConfidentialityLifted), alder,
				func(b *mla.ObservationEndedBody) { b.Standing = []string{"o1"} })
			s[s.find(t, alder, mla.ObservationEnded, 0)].At = day(150)
			return join(s)
		}()},
		{"a preservation extended before its period ended", law, edited(t, granted().without(t, alder, mla.PreservationHeld), alder,
			func(b *mla.PreservationOrderedBody) { b.Until = day(20) }).
			before(t, mla.IntakeChecked, on(0, alder, mla.ContactPoint, mla.PreservationExtendedBody{Order: "keep", Until: day(80)}))},
		{"a secret renewed on what was learned in its term, and then unsealed",
			Duties{Reasons: law.Reasons, Consultation: law.Consultation, Fresh: true, Unseals: true}, func() stream {
				s := edited(t, edited(t, granted(), alder,
					func(b *mla.ConfidentialityRenewedBody) { b.Facts = []mla.Path{"person.refugee"} }), alder,
					func(b *mla.ConfidentialityLiftedBody) { b.Opened = &mla.Opened{} })
				i := s.find(t, alder, mla.ConfidentialityLifted, 0)
				s[i].Readers = append(slices.Clone(s[i].Readers), mla.Person)
				return s.before(t, mla.ConfidentialityRenewed, on(0, alder, mla.CentralAuthority,
					mla.FactLearnedBody{Facts: mla.Facts{"person.refugee": mla.Bool(true)}, Source: "the register"}))
			}()},
		{"a secret without end that is named as standing", law, edited(t, edited(t,
			granted().without(t, alder, mla.ConfidentialityRenewed).without(t, alder, mla.ConfidentialityLifted), alder,
			func(b *mla.ConfidentialityImposedBody) { b.ExpiresAt = nil }), alder,
			func(b *mla.ObservationEndedBody) { b.Standing = []string{"o1"} })},
		{"an observation that ends on the day a secret ends", law, edited(t, edited(t,
			granted().without(t, alder, mla.ConfidentialityLifted), alder,
			func(b *mla.ConfidentialityRenewedBody) { b.ExpiresAt = day(700) }), alder,
			func(b *mla.ObservationEndedBody) { b.Standing = []string{"o1"} })},
		{"a message in the post when observation ends", law, late(t, "c1/alder/21")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expectNone(t, tt.duties, tt.stream.events()) })
	}
}

// challenged is granted with a ruling on a challenge.
func challenged(t *testing.T, b mla.ChallengeDecidedBody) stream {
	t.Helper()
	return granted().before(t, mla.Produced, on(0, alder, mla.Court, b))
}

// late is granted with a last message, event 21 on the log of Alder, that does not arrive; inPost is what Alder's log
// says of it.
func late(t *testing.T, inPost ...string) stream {
	t.Helper()
	m := mail(9, 699, alder, cassia, mla.RequestReturnedBody{Lacking: []string{"a date"}})[0]
	s := granted().before(t, mla.ObservationEnded, m)
	if e := s.events()[s.find(t, alder, mla.RequestReturned, 0)]; e.ID() != "c1/alder/21" {
		t.Fatalf("the late message is %s", e.ID())
	}
	return edited(t, s, alder, func(b *mla.ObservationEndedBody) { b.InPost = inPost })
}

func TestPromisesBroken(t *testing.T) {
	for _, tt := range plants(t) {
		t.Run(tt.name, func(t *testing.T) { expectOnly(t, tt.duties, tt.stream.events(), tt.invariant) })
	}
}

func TestAnOverdueSecretIsReportedOnce(t *testing.T) {
	s := edited(t, granted(), alder, func(b *mla.ConfidentialityImposedBody) { b.ExpiresAt = until(30) })
	found := Check(law, s.without(t, alder, mla.ConfidentialityRenewed).events())
	if len(found) != 1 || found[0].Event != "c1/alder/14" {
		t.Errorf("%v, want one violation at the secret's imposition", found)
	}
}

func TestEveryPromiseHasSeveralPlants(t *testing.T) {
	count := map[int]int{}
	for _, tt := range plants(t) {
		count[tt.invariant]++
	}
	for _, tt := range numberings() {
		count[tt.invariant]++
	}
	for i := 1; i <= 8; i++ {
		if count[i] < 3 {
			t.Errorf("promise %d has %d planted violations, want at least 3", i, count[i])
		}
	}
}
