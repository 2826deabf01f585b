package invariant

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
)

// plant is a stream in which one promise is broken.
type plant struct {
	name      string
	invariant int
	duties    Duties
	stream    stream
}

func plants(t *testing.T) []plant {
	return slices.Concat(earlyData(t), hiddenDepartures(t), missingReasons(t), unknownFacts(t), wideScopes(t), endlessSecrets(t), lostPost(t))
}

func earlyData(t *testing.T) []plant {
	denied := edited(t, granted(), alder, func(b *mla.AuthorisationDecidedBody) { b.Ruling, b.Scope = mla.RulingDeny, mla.Scope{} })
	sought := on(0, alder, mla.CentralAuthority, mla.AuthorisationSoughtBody{Authority: "minister", Scope: narrow})
	return []plant{
		{"data move without any decision", 1, law, granted().without(t, alder, mla.Decided).without(t, cassia, mla.Decided)},
		{"data move although no authorisation was sought", 1, law,
			granted().without(t, alder, mla.AuthorisationSought).without(t, alder, mla.AuthorisationDecided)},
		{"data move before the authority ruled", 1, law, granted().without(t, alder, mla.AuthorisationDecided)},
		{"data move although the authority denied", 1, law, denied},
		{"one of two authorities had not ruled", 1, law, granted().before(t, mla.OrderServed, sought)},
		{"one of two authorities rules twice and the other not at all", 1, law, granted().before(t, mla.OrderServed, sought).
			before(t, mla.OrderServed, on(0, alder, mla.Court, mla.AuthorisationDecidedBody{Authority: "judge", Ruling: mla.RulingGrant, Scope: narrow}))},
		{"an authority rules on what nobody sought", 1, law, granted().without(t, alder, mla.AuthorisationSought)},
		{"data move after the grant was taken back", 1, law, join(granted(),
			mail(8, 39, alder, cassia, mla.DecidedBody{Outcome: mla.OutOfScope, Grounds: []mla.Ground{persecution}, Final: true}))},
		{"data are delivered after the grant was taken back", 1, law, join(granted(),
			mail(8, 40, alder, cassia, mla.DecidedBody{Outcome: mla.OutOfScope, Final: true}))},
	}
}

func hiddenDepartures(t *testing.T) []plant {
	holds := assessed(0, mla.StageAdmissibility, nil, finding(persecution, mla.MustRefuse, mla.Yes))
	unknown := assessed(0, mla.StageAdmissibility, nil, finding(persecution, mla.MustRefuse, mla.Unknown))
	departs := func(s stream, g ...mla.Ground) stream {
		return edited(t, s, alder, func(b *mla.DecidedBody) { b.Departures = g })
	}
	twice := assessed(0, mla.StageAdmissibility, nil, finding(persecution, mla.MustRefuse, mla.Yes), finding(ordrePublic, mla.MustRefuse, mla.Yes))
	return []plant{
		{"a mandatory ground is granted over in silence", 2, law, granted().before(t, mla.Decided, holds)},
		{"one of two mandatory grounds is left out", 2, law, departs(granted().before(t, mla.Decided, twice), persecution)},
		{"a ground that may refuse is called a departure", 2, law, departs(granted(), persecution)},
		{"a mandatory ground not known to hold is called a departure", 2, law, departs(granted().before(t, mla.Decided, unknown), persecution)},
		{"a refusal is called a departure", 2, law, departs(refused().before(t, mla.Decided, holds), persecution)},
		{"a departure is named under another article", 2, law,
			departs(granted().before(t, mla.Decided, holds), mla.Ground{Rule: persecution.Rule, Article: "uncc 41(1)"})},
		{"a grant on conditions hides a mandatory ground", 2, law, edited(t, granted().before(t, mla.Decided, holds), alder,
			func(b *mla.DecidedBody) { b.Outcome = mla.GrantedWithConditions })},
	}
}

func missingReasons(t *testing.T) []plant {
	both := func(s stream, k mla.Kind) stream { return s.without(t, alder, k).without(t, cassia, k) }
	silent := Duties{Consultation: law.Consultation}
	quiet := Duties{Reasons: law.Reasons}
	grounds := func(g ...mla.Ground) stream {
		return edited(t, edited(t, refused(), alder, func(b *mla.DecidedBody) { b.Grounds = g }), alder,
			func(b *mla.ReasonsGivenBody) { b.Grounds = g })
	}
	return []plant{
		{"a refusal names no ground", 3, law, grounds()},
		{"a refusal names a ground without its article", 3, law, grounds(ordrePublic, mla.Ground{Rule: "uncc/40(22)"})},
		{"a refused preservation names no ground", 3, law, edited(t, refused(), alder, func(b *mla.PreservationDecidedBody) { b.Granted = false })},
		{"owed reasons do not come", 3, law, both(refused(), mla.ReasonsGiven)},
		{"reasons come where none are owed", 3, silent, refused()},
		{"reasons come twice", 3, law, join(refused(), mail(8, 27, alder, cassia, mla.ReasonsGivenBody{Outcome: mla.Refused}))},
		{"reasons are for other grounds than the decision", 3, law, edited(t, refused(), alder,
			func(b *mla.ReasonsGivenBody) { b.Grounds = []mla.Ground{persecution} })},
		{"reasons come after the next decision", 3, law, join(both(refused(), mla.ReasonsGiven),
			mail(8, 40, alder, cassia, mla.DecidedBody{Outcome: mla.OutOfScope, Final: true}),
			mail(9, 41, alder, cassia, mla.ReasonsGivenBody{Outcome: mla.Refused, Grounds: []mla.Ground{ordrePublic}}))},
		{"an owed consultation does not take place", 3, law, both(refused(), mla.Consulted)},
		{"a consultation on another outcome does not count", 3, law, edited(t, refused(), alder,
			func(b *mla.ConsultedBody) { b.Intends = mla.Postponed })},
		{"a consultation on another ground does not count", 3, Duties{Reasons: law.Reasons, Consultation: Consultation{Must: true, All: true}},
			edited(t, refused(), alder, func(b *mla.ConsultedBody) { b.Grounds = []mla.Ground{persecution} })},
		{"a consultation takes place where nothing calls for it", 3, quiet, refused()},
		{"a postponement comes without its consultation", 3, law, join(granted(),
			mail(8, 12, alder, cassia, mla.DecidedBody{Outcome: mla.Postponed, Grounds: []mla.Ground{persecution}}))},
		{"one consultation serves for two decisions", 3, law, join(refused(),
			mail(8, 40, alder, cassia, mla.DecidedBody{Outcome: mla.Refused, Grounds: []mla.Ground{ordrePublic}, Final: true}),
			mail(9, 40, alder, cassia, mla.ReasonsGivenBody{Outcome: mla.Refused, Grounds: []mla.Ground{ordrePublic}}))},
	}
}

func unknownFacts(t *testing.T) []plant {
	uses := func(p mla.Path, v mla.Value) stream {
		return granted().before(t, mla.Decided, assessed(0, mla.StageAdmissibility, mla.Facts{p: v}))
	}
	court := on(0, alder, mla.Court, mla.AssessedBody{Assessment: mla.Assessment{Stage: mla.StageTransfer, Used: mla.Facts{"person.age": mla.Int(30)}}})
	contact := on(0, alder, mla.ContactPoint, mla.AssessedBody{Assessment: mla.Assessment{
		Stage: mla.StagePreservation, Used: mla.Facts{"secrecy.possible": mla.Bool(true)},
	}})
	deaf := func(k mla.Kind) stream {
		s := granted()
		s[s.find(t, alder, k, 0)].Readers = nil
		return s
	}
	return []plant{
		{"a fact is used that nobody told", 4, law, uses("motive.protected_ground", mla.Word("religion"))},
		{"a fact is used with another value than was learnt", 4, law, uses("person.age", mla.Int(16))},
		{"a fact is used before it is learnt", 4, law, uses("conduct.consensual", mla.Bool(true)).
			after(t, mla.Decided, on(0, alder, mla.CentralAuthority, mla.FactLearnedBody{Facts: mla.Facts{"conduct.consensual": mla.Bool(true)}}))},
		{"an old value is used after a new one was learnt", 4, law, granted().
			before(t, mla.Decided, on(0, alder, mla.CentralAuthority, mla.FactLearnedBody{Facts: mla.Facts{"person.age": mla.Int(16)}})).
			before(t, mla.Decided, assessed(0, mla.StageAdmissibility, mla.Facts{"person.age": mla.Int(30)}))},
		{"a fact is used that only another role learnt", 4, law, granted().before(t, mla.Decided, contact)},
		{"a court uses a letter it cannot read", 4, law, granted().before(t, mla.Decided, court)},
		{"a fact is used from an event its role cannot read", 4, law, deaf(mla.FactLearned)},
		{"a fact of the letter is used otherwise than the letter says", 4, law, uses("request.category", mla.Word("content"))},
		{"a fact that only sounds like the letter is used unlearnt", 4, law, uses("request.in_conformity", mla.Bool(true))},
		{"a fact that only sounds like the offence is used unlearnt", 4, law, uses("offence.political_character", mla.Bool(true))},
		{"a fact is used that only the other State learnt", 4, law, uses("conduct.consensual", mla.Bool(true)).
			before(t, mla.RequestDrafted, on(0, cassia, mla.CentralAuthority, mla.FactLearnedBody{Facts: mla.Facts{"conduct.consensual": mla.Bool(true)}}))},
	}
}

func wideScopes(t *testing.T) []plant {
	wider := mla.Scope{Categories: []mla.Category{mla.Content}, Accounts: 1, Persons: 1, Months: 1}
	longer := wide
	longer.Months++
	produced := func(sc mla.Scope) stream {
		s := edited(t, granted(), alder, func(b *mla.ProducedBody) { b.Evidence.Scope = sc })
		return edited(t, s, alder, func(b *mla.TransmittedBody) { b.Evidence.Scope = sc })
	}
	second := func(sc mla.Scope) stream {
		return granted().
			before(t, mla.AuthorisationSought, on(0, alder, mla.CentralAuthority, mla.AuthorisationSoughtBody{Authority: "minister", Scope: wide})).
			after(t, mla.AuthorisationDecided, on(0, alder, mla.CentralAuthority, mla.AuthorisationDecidedBody{
				Authority: "minister", Ruling: mla.RulingModify, Scope: sc,
			}))
	}
	shorter := narrow
	shorter.Months = 1
	unheld := granted().without(t, alder, mla.PreservationHeld)
	return []plant{
		{"more is granted than was requested", 5, law, edited(t, granted(), alder, func(b *mla.DecidedBody) { b.Scope = longer })},
		{"more is authorised than was granted", 5, law, edited(t, granted(), alder,
			func(b *mla.AuthorisationDecidedBody) { b.Ruling, b.Scope = mla.RulingGrant, longer })},
		{"more is ordered than was authorised", 5, law, edited(t, granted(), alder, func(b *mla.OrderServedBody) { b.Scope = wide })},
		{"more is ordered than the second of two authorities authorised", 5, law, second(shorter)},
		{"more is produced than the second of two authorities authorised", 5, law, second(shorter).without(t, alder, mla.OrderServed)},
		{"more is produced than was ordered", 5, law, produced(wide)},
		{"another kind of data is produced", 5, law, produced(wider)},
		{"more is delivered than was produced", 5, law, edited(t, granted(), alder, func(b *mla.TransmittedBody) { b.Evidence.Scope = wide })},
		{"evidence is delivered that nobody produced", 5, law, edited(t, granted(), alder, func(b *mla.TransmittedBody) { b.Evidence.ID = "e2" })},
		{"data are produced on an order set aside", 5, law, challenged(t, mla.ChallengeDecidedBody{Order: "o1", Ruling: mla.RulingGrant})},
		{"a challenge widens the order", 5, law, challenged(t, mla.ChallengeDecidedBody{Order: "o1", Ruling: mla.RulingModify, Scope: wide})},
		{"data are produced from a preservation that lapsed", 5, law, granted().before(t, mla.Produced,
			on(0, alder, mla.ContactPoint, mla.PreservationLapsedBody{Order: "keep"}))},
		{"data are produced from a preservation whose period had ended", 5, law, edited(t, unheld, alder,
			func(b *mla.PreservationOrderedBody) { b.Until = day(39) })},
		{"data are produced from a preservation never ordered", 5, law, edited(t, granted(), alder,
			func(b *mla.ProducedBody) { b.From = "other" })},
		{"a request is granted that never arrived", 5, law, func() stream {
			s := granted().without(t, alder, mla.RequestSubmitted).without(t, cassia, mla.RequestSubmitted)
			return s
		}()},
	}
}

func endlessSecrets(t *testing.T) []plant {
	stands := func(s stream, orders ...string) stream {
		return edited(t, s, alder, func(b *mla.ObservationEndedBody) { b.Standing = orders })
	}
	return []plant{
		{"a secret is renewed on nothing, where facts must be fresh", 6, Duties{Reasons: law.Reasons, Consultation: law.Consultation, Fresh: true}, granted()},
		{"a secret is renewed on a fact that nobody learned", 6, law, edited(t, granted(), alder,
			func(b *mla.ConfidentialityRenewedBody) { b.Facts = []mla.Path{"person.refugee"} })},
		{"a secret is lifted and stays sealed", 6, Duties{Reasons: law.Reasons, Consultation: law.Consultation, Unseals: true}, granted()},
		{"what is unsealed is not the person's to read", 6, Duties{Reasons: law.Reasons, Consultation: law.Consultation, Unseals: true}, edited(t, granted(), alder,
			func(b *mla.ConfidentialityLiftedBody) { b.Opened = &mla.Opened{} })},
		{"a secret is neither lifted nor renewed by its end", 6, law,
			stands(granted().without(t, alder, mla.ConfidentialityRenewed).without(t, alder, mla.ConfidentialityLifted), "o1")},
		{"a renewed secret is not lifted by its new end", 6, law, stands(granted().without(t, alder, mla.ConfidentialityLifted), "o1")},
		{"a secret is renewed too late", 6, law, edited(t, granted(), alder,
			func(b *mla.ConfidentialityImposedBody) { b.ExpiresAt = until(115) })},
		{"a secret is lifted too late", 6, law, edited(t, granted(), alder,
			func(b *mla.ConfidentialityRenewedBody) { b.ExpiresAt = day(205) })},
		{"a log that breaks off leaves a secret past its end", 6, law, func() stream {
			s := granted().without(t, alder, mla.ConfidentialityRenewed).without(t, alder, mla.ConfidentialityLifted)
			return s.without(t, alder, mla.ObservationEnded)
		}()},
		{"a secret that was never imposed is lifted", 6, law, granted().without(t, alder, mla.ConfidentialityImposed).
			without(t, alder, mla.ConfidentialityRenewed)},
		{"a secret that was lifted is renewed", 6, law, granted().after(t, mla.ConfidentialityLifted,
			on(0, alder, mla.CentralAuthority, mla.ConfidentialityRenewedBody{Order: "o1", ExpiresAt: day(800)}))},
		{"a secret that stands is not named at the end", 6, law, edited(t, granted().without(t, alder, mla.ConfidentialityLifted), alder,
			func(b *mla.ConfidentialityRenewedBody) { b.ExpiresAt = day(800) })},
		{"a secret that was lifted is named at the end", 6, law, stands(granted(), "o1")},
	}
}

func lostPost(t *testing.T) []plant {
	forged := mail(9, 50, alder, cassia, mla.RequestReturnedBody{})[1]
	forged.link, forged.Message = 0, "c1/alder/99"
	again := mail(4, 60, alder, cassia, mla.DecidedBody{Outcome: mla.Granted, Scope: wide, Final: true})[1]
	tampered := func(change func(e *entry)) stream {
		s := granted()
		change(&s[s.find(t, cassia, mla.Transmitted, 0)])
		return s
	}
	return []plant{
		{"a message never arrives", 8, law, granted().without(t, cassia, mla.Transmitted)},
		{"a message in the post is not named at the end", 8, law, late(t)},
		{"a message that arrived is named as in the post", 8, law, edited(t, granted(), alder,
			func(b *mla.ObservationEndedBody) { b.InPost = []string{"c1/alder/2"} })},
		{"a message that was never sent is named as in the post", 8, law, late(t, "c1/alder/21", "c1/alder/0")},
		{"a message of the other State is named as in the post", 8, law, edited(t, late(t, "c1/alder/21"), cassia,
			func(b *mla.ObservationEndedBody) { b.InPost = []string{"c1/alder/21"} })},
		{"a message arrives that nobody sent", 8, law, join(granted(), stream{forged})},
		{"a message arrives twice", 8, law, join(granted(), stream{again})},
		{"a message arrives before it was sent", 8, law, func() stream {
			s := tampered(func(e *entry) { e.At = day(40) })
			return join(s)
		}()},
		{"a message arrives with another body", 8, law, tampered(func(e *entry) {
			e.Body = mla.TransmittedBody{Evidence: mla.Evidence{ID: "e1", Scope: narrow, Records: 5, Hash: "h"}, UseLimited: true}
		})},
		{"a message arrives as another kind", 8, law, tampered(func(e *entry) {
			e.Kind, e.Body = mla.RequestReturned, mla.RequestReturnedBody{}
		})},
		{"a message arrives where it was sent", 8, law, tampered(func(e *entry) { e.Party = alder })},
		{"an internal event names a message", 8, law, func() stream {
			s := granted()
			s[s.find(t, alder, mla.CaseClosed, 0)].Message = "c1/alder/16"
			return s
		}()},
		{"a message goes neither way", 8, law, func() stream {
			s := granted()
			s[s.find(t, alder, mla.CaseClosed, 0)].Passage = "lost"
			return s
		}()},
		{"a message is named by another event", 8, law, func() stream {
			s := granted()
			s[s.find(t, alder, mla.Transmitted, 0)].Message = "c1/alder/0"
			return s
		}()},
	}
}
