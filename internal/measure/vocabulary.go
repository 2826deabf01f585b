package measure

import (
	"iter"
	"math/bits"

	"rogatory/internal/mla"
)

// number is the place of a kind in mla.Kinds.
type number uint8

// kinds is how many there are at most; a test holds it to mla.Kinds.
const kinds = 120

var (
	kindNames = mla.Kinds
	numbers   = func() map[mla.Kind]number {
		out := make(map[mla.Kind]number, len(mla.Kinds))
		for i, k := range mla.Kinds {
			out[k] = number(i)
		}
		return out
	}()
)

// stranger is the number of every kind that the vocabulary does not have.
const stranger = number(kinds - 1)

func numberOf(s *Sighting) number {
	if n, ok := numbers[s.Cover.Kind]; ok {
		return n
	}
	return stranger
}

// kindSet is a set of kinds.
type kindSet [2]uint64

func setOf(ks []mla.Kind) (out kindSet) {
	for _, k := range ks {
		out.add(numbers[k])
	}
	return out
}

func (s *kindSet) add(n number) { s[n/64] |= 1 << (n % 64) }

func (s kindSet) and(t kindSet) kindSet { return kindSet{s[0] & t[0], s[1] & t[1]} }

func (s kindSet) empty() bool { return s[0]|s[1] == 0 }

func (s kindSet) first() number {
	if s[0] != 0 {
		return number(bits.TrailingZeros64(s[0]))
	}
	return number(64 + bits.TrailingZeros64(s[1]))
}

// told is an open event with its body.
type told[B mla.Body] struct {
	*Sighting
	Body B
}

// happening is one kind of event, by its body.
type happening[B mla.Body] struct{ number number }

func of[B mla.Body]() happening[B] {
	var b B
	return happening[B]{numbers[b.Kind()]}
}

// on yields the open events of the kind on a log, in its order.
func (h happening[B]) on(l *log) iter.Seq[told[B]] {
	return func(yield func(told[B]) bool) {
		for _, s := range l.covers(h.number) {
			if s.Event != nil {
				if b, ok := s.Event.Body.(B); ok && !yield(told[B]{s, b}) {
					return
				}
			}
		}
	}
}

// count counts the events of the kind on a log, open or sealed.
func (h happening[B]) count(l *log) int { return len(l.covers(h.number)) }

// last returns the last open event of the kind on a log; ok is false where there is none.
func (h happening[B]) last(l *log) (t told[B], ok bool) {
	for e := range h.on(l) {
		t, ok = e, true
	}
	return t, ok
}

// first returns the first one.
func (h happening[B]) first(l *log) (t told[B], ok bool) {
	for e := range h.on(l) {
		return e, true
	}
	return t, false
}

// lastBefore returns the last one before another event of the same log.
func (h happening[B]) lastBefore(l *log, s *Sighting) (t told[B], ok bool) {
	for e := range h.on(l) {
		if e.Cover.Sequence < s.Cover.Sequence {
			t, ok = e, true
		}
	}
	return t, ok
}

// The events that measures read.
var (
	requestDrafted         = of[mla.RequestDraftedBody]()
	preservationRequested  = of[mla.PreservationRequestedBody]()
	preservationOrdered    = of[mla.PreservationOrderedBody]()
	preservationExtended   = of[mla.PreservationExtendedBody]()
	preservationLapsed     = of[mla.PreservationLapsedBody]()
	requestSubmitted       = of[mla.RequestSubmittedBody]()
	intakeChecked          = of[mla.IntakeCheckedBody]()
	assessed               = of[mla.AssessedBody]()
	reviewPerformed        = of[mla.ReviewPerformedBody]()
	dualCriminalityTested  = of[mla.DualCriminalityTestedBody]()
	groundConsidered       = of[mla.GroundConsideredBody]()
	consulted              = of[mla.ConsultedBody]()
	authorisationSought    = of[mla.AuthorisationSoughtBody]()
	authorisationDecided   = of[mla.AuthorisationDecidedBody]()
	decided                = of[mla.DecidedBody]()
	reasonsGiven           = of[mla.ReasonsGivenBody]()
	confidentialityImposed = of[mla.ConfidentialityImposedBody]()
	confidentialityLifted  = of[mla.ConfidentialityLiftedBody]()
	orderServed            = of[mla.OrderServedBody]()
	challengeFiled         = of[mla.ChallengeFiledBody]()
	challengeDecided       = of[mla.ChallengeDecidedBody]()
	produced               = of[mla.ProducedBody]()
	custodyHandoff         = of[mla.CustodyHandoffBody]()
	transmitted            = of[mla.TransmittedBody]()
	useRecorded            = of[mla.UseRecordedBody]()
	subjectNotified        = of[mla.SubjectNotifiedBody]()
	needEnded              = of[mla.NeedEndedBody]()
	statisticPublished     = of[mla.StatisticPublishedBody]()
	caseClosed             = of[mla.CaseClosedBody]()
	observationEnded       = of[mla.ObservationEndedBody]()
	regimeChosen           = of[mla.RegimeChosenBody]()
	informationShared      = of[mla.InformationSharedBody]()
	contactAsked           = of[mla.ContactAskedBody]()
	contactAnswered        = of[mla.ContactAnsweredBody]()
	policeShared           = of[mla.PoliceSharedBody]()
	disclosureAsked        = of[mla.DisclosureAskedBody]()
	senderChecked          = of[mla.SenderCheckedBody]()
	voluntaryDisclosed     = of[mla.VoluntaryDisclosedBody]()
	disclosureDeclined     = of[mla.DisclosureDeclinedBody]()
	emergencyValidated     = of[mla.EmergencyValidatedBody]()
	senderAlerted          = of[mla.SenderAlertedBody]()
	transborderAccessed    = of[mla.TransborderAccessedBody]()
	stateNotified          = of[mla.StateNotifiedBody]()
	stateObjected          = of[mla.StateObjectedBody]()
	deleted                = of[mla.DeletedBody]()
	onwardTransferred      = of[mla.OnwardTransferredBody]()
	roleScreened           = of[mla.RoleScreenedBody]()
	privilegeFiltered      = of[mla.PrivilegeFilteredBody]()
	assuranceGiven         = of[mla.AssuranceGivenBody]()
	assuranceBreached      = of[mla.AssuranceBreachedBody]()
	assistanceCompelled    = of[mla.AssistanceCompelledBody]()
	interceptionStarted    = of[mla.InterceptionStartedBody]()
	interceptionStopped    = of[mla.InterceptionStoppedBody]()
	admissibilityRuled     = of[mla.AdmissibilityRuledBody]()
	reviewOpened           = of[mla.ReviewOpenedBody]()
	reviewClosed           = of[mla.ReviewClosedBody]()
	remedySought           = of[mla.RemedySoughtBody]()
	remedyDecided          = of[mla.RemedyDecidedBody]()
	docketEntered          = of[mla.DocketEnteredBody]()
	ledgerConsulted        = of[mla.LedgerConsultedBody]()
	defenceAsked           = of[mla.DefenceAskedBody]()
	evidenceExpired        = of[mla.EvidenceExpiredBody]()
	breachFound            = of[mla.BreachFoundBody]()
	breachNotified         = of[mla.BreachNotifiedBody]()
)
