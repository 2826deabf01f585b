package mla

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is what happened. The set is closed: a measure or a constraint may rely on every kind it does not know being
// absent.
type Kind string

// The kinds, in the order in which a case usually meets them.
const (
	RequestDrafted         Kind = "RequestDrafted"
	PreservationRequested  Kind = "PreservationRequested"
	PreservationDecided    Kind = "PreservationDecided"
	PreservationOrdered    Kind = "PreservationOrdered"
	PreservationExtended   Kind = "PreservationExtended"
	PreservationHeld       Kind = "PreservationHeld"
	PreservationLapsed     Kind = "PreservationLapsed"
	RequestSubmitted       Kind = "RequestSubmitted"
	IntakeChecked          Kind = "IntakeChecked"
	RequestReturned        Kind = "RequestReturned"
	FactLearned            Kind = "FactLearned"
	Assessed               Kind = "Assessed"
	SupplementAsked        Kind = "SupplementAsked"
	SupplementGiven        Kind = "SupplementGiven"
	ReviewPerformed        Kind = "ReviewPerformed"
	DualCriminalityTested  Kind = "DualCriminalityTested"
	GroundConsidered       Kind = "GroundConsidered"
	Consulted              Kind = "Consulted"
	ConsultationAnswered   Kind = "ConsultationAnswered"
	AuthorisationSought    Kind = "AuthorisationSought"
	AuthorisationDecided   Kind = "AuthorisationDecided"
	Decided                Kind = "Decided"
	ReasonsGiven           Kind = "ReasonsGiven"
	SecrecyImpossible      Kind = "SecrecyImpossible"
	SecrecyAnswered        Kind = "SecrecyAnswered"
	ConfidentialityImposed Kind = "ConfidentialityImposed"
	ConfidentialityRenewed Kind = "ConfidentialityRenewed"
	ConfidentialityLifted  Kind = "ConfidentialityLifted"
	LiftAsked              Kind = "LiftAsked"
	OrderServed            Kind = "OrderServed"
	ChallengeFiled         Kind = "ChallengeFiled"
	ChallengeDecided       Kind = "ChallengeDecided"
	Produced               Kind = "Produced"
	CustodyHandoff         Kind = "CustodyHandoff"
	Transmitted            Kind = "Transmitted"
	UseRecorded            Kind = "UseRecorded"
	NoticeDeferred         Kind = "NoticeDeferred"
	SubjectNotified        Kind = "SubjectNotified"
	NeedEnded              Kind = "NeedEnded"
	RequestWithdrawn       Kind = "RequestWithdrawn"
	StatisticPublished     Kind = "StatisticPublished"
	CaseClosed             Kind = "CaseClosed"
	ObservationEnded       Kind = "ObservationEnded"
)

// Kinds of what happens beside a request between central authorities, and after it.
const (
	RegimeChosen        Kind = "RegimeChosen"
	InformationShared   Kind = "InformationShared"
	ContactAsked        Kind = "ContactAsked"
	ContactAnswered     Kind = "ContactAnswered"
	PoliceShared        Kind = "PoliceShared"
	TeamFormed          Kind = "TeamFormed"
	DisclosureAsked     Kind = "DisclosureAsked"
	SenderChecked       Kind = "SenderChecked"
	VoluntaryDisclosed  Kind = "VoluntaryDisclosed"
	DisclosureDeclined  Kind = "DisclosureDeclined"
	EmergencyValidated  Kind = "EmergencyValidated"
	SenderAlerted       Kind = "SenderAlerted"
	TransborderAccessed Kind = "TransborderAccessed"
	StateNotified       Kind = "StateNotified"
	StateObjected       Kind = "StateObjected"
	DeliveryUndone      Kind = "DeliveryUndone"
	Deleted             Kind = "Deleted"
	ConsentAsked        Kind = "ConsentAsked"
	ConsentDecided      Kind = "ConsentDecided"
	UseBlocked          Kind = "UseBlocked"
	OnwardTransferred   Kind = "OnwardTransferred"
	RoleScreened        Kind = "RoleScreened"
	PrivilegeFiltered   Kind = "PrivilegeFiltered"
	AssuranceAsked      Kind = "AssuranceAsked"
	AssuranceGiven      Kind = "AssuranceGiven"
	AssuranceBreached   Kind = "AssuranceBreached"
	AssistanceCompelled Kind = "AssistanceCompelled"
	InterceptionStarted Kind = "InterceptionStarted"
	InterceptionStopped Kind = "InterceptionStopped"
	AdmissibilityRuled  Kind = "AdmissibilityRuled"
	ReviewOpened        Kind = "ReviewOpened"
	ReviewClosed        Kind = "ReviewClosed"
	RemedySought        Kind = "RemedySought"
	RemedyDecided       Kind = "RemedyDecided"
	DocketEntered       Kind = "DocketEntered"
	DocketOpened        Kind = "DocketOpened"
	LedgerConsulted     Kind = "LedgerConsulted"
	DefenceAsked        Kind = "DefenceAsked"
	DefenceAnswered     Kind = "DefenceAnswered"
	EvidenceExpired     Kind = "EvidenceExpired"
	BreachFound         Kind = "BreachFound"
	BreachNotified      Kind = "BreachNotified"
	LawChanged          Kind = "LawChanged"
)

// Passage says which end of a message between States an event is. A message is one kind and one body, logged by the
// sender when it leaves and by the receiver when it arrives: double entry.
type Passage string

// The passages.
const (
	Internal Passage = ""
	Sent     Passage = "sent"
	Received Passage = "received"
)

// Event is one thing that happened, on the log of one State.
type Event struct {
	Case     string    `json:"case"`
	Party    State     `json:"party"`    // whose log
	Sequence int       `json:"sequence"` // from 0, without a hole, per case and party
	At       time.Time `json:"at"`       // legal time, UTC, whole seconds; never runs back within a case and party
	Actor    Actor     `json:"actor"`
	Kind     Kind      `json:"kind"`
	Articles []string  `json:"articles"` // "uncc 40(15)": the provisions acted under; empty where none speaks
	Policy   string    `json:"policy"`   // digest of the law in force for the case
	Message  string    `json:"message"`  // id of the sender's event, on both ends of a message; else empty
	Passage  Passage   `json:"passage"`
	Readers  []Role    `json:"readers"` // roles of Party that may read the body, sorted; the encryption follows them
	Body     Body      `json:"body"`
}

// ID names the event, and never changes: case/party/sequence.
func (e Event) ID() string { return EventID(e.Case, e.Party, e.Sequence) }

// EventID writes an event's id.
func EventID(caseID string, party State, sequence int) string {
	return caseID + "/" + string(party) + "/" + strconv.Itoa(sequence)
}

// ParseEventID reads what EventID wrote.
func ParseEventID(id string) (caseID string, party State, sequence int, err error) {
	parts := strings.Split(id, "/")
	if len(parts) == 3 {
		if n, e := strconv.Atoi(parts[2]); e == nil && n >= 0 && strconv.Itoa(n) == parts[2] {
			return parts[0], State(parts[1]), n, nil
		}
	}
	return "", "", 0, fmt.Errorf("event id %q: want case/party/sequence", id)
}

// ReadableBy reports whether a role of the log's State may read the body.
func (e Event) ReadableBy(r Role) bool { return slices.Contains(e.Readers, r) }

// Cover is what an event shows to whoever holds the log but none of the keys.
type Cover struct {
	Case     string    `json:"case"`
	Party    State     `json:"party"`
	Sequence int       `json:"sequence"`
	At       time.Time `json:"at"`
	Kind     Kind      `json:"kind"`
	Readers  []Role    `json:"readers"`
}

// Cover returns the event's cover sheet.
func (e Event) Cover() Cover {
	return Cover{Case: e.Case, Party: e.Party, Sequence: e.Sequence, At: e.At, Kind: e.Kind, Readers: e.Readers}
}
