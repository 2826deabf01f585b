package mla

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Body is what an event of one kind says beyond its envelope. There is exactly one body type per kind.
type Body interface {
	Kind() Kind
}

// Instant is a legal instant that may be absent, where absence has a meaning of its own: a secret without end.
type Instant = *time.Time

type (
	// RequestDraftedBody is the letter before it is sent.
	RequestDraftedBody struct {
		Request Request `json:"request"`
	}
	// PreservationRequestedBody asks for stored data to be kept (UNCC 42(1)-(3), Budapest 29(1)-(2)).
	PreservationRequestedBody struct {
		Request Request `json:"request"`
		Facts   Facts   `json:"facts"`
		Silence bool    `json:"silence"`           // secrecy is asked for and that the user not be told (UNCC 42(3))
		Renewal int     `json:"renewal,omitempty"` // which extension is asked for (UNCC 42(9)); 0: none, it is the first request
	}
	// PreservationDecidedBody answers a preservation request; the list of grounds is closed (UNCC 42(6), Budapest 29(5)).
	PreservationDecidedBody struct {
		Granted bool     `json:"granted"`
		Grounds []Ground `json:"grounds,omitempty"`
	}
	// PreservationOrderedBody tells the provider to keep data until an end that renewal can move.
	PreservationOrderedBody struct {
		Order    string    `json:"order"`
		Provider string    `json:"provider"`
		Until    time.Time `json:"until"`
	}
	// PreservationExtendedBody moves the end (UNCC 42(9), 25(2)).
	PreservationExtendedBody struct {
		Order string    `json:"order"`
		Until time.Time `json:"until"`
	}
	// PreservationHeldBody turns the period into a hold until the request is decided (UNCC 42(8), Budapest 29(7)).
	PreservationHeldBody struct {
		Order string `json:"order"`
	}
	// PreservationLapsedBody ends a preservation. Nothing may be produced from it afterwards.
	PreservationLapsedBody struct {
		Order string `json:"order"`
		Why   string `json:"why"`
	}
	// RequestSubmittedBody is the letter with the facts it states.
	RequestSubmittedBody struct {
		Request    Request `json:"request"`
		Facts      Facts   `json:"facts"`
		Submission int     `json:"submission"` // 1, then one more each time it was returned for completion
	}
	// IntakeCheckedBody is the check of form (UNCC 40(13), (15)).
	IntakeCheckedBody struct {
		Complete bool     `json:"complete"`
		Lacking  []string `json:"lacking,omitempty"`
	}
	// RequestReturnedBody sends a letter back for completion (UNCC 40(16)).
	RequestReturnedBody struct {
		Lacking []string `json:"lacking"`
	}
	// FactLearnedBody is what the actor found out by its own means.
	FactLearnedBody struct {
		Facts  Facts  `json:"facts"`
		Source string `json:"source"`
	}
	// AssessedBody is the law's answer on the facts the actor knew.
	AssessedBody struct {
		Assessment Assessment `json:"assessment"`
	}
	// SupplementAskedBody asks the requesting State for facts (UNCC 40(16)).
	SupplementAskedBody struct {
		Missing []Path `json:"missing"`
	}
	// SupplementGivenBody answers; what is left out stays unknown.
	SupplementGivenBody struct {
		Facts    Facts  `json:"facts"`
		Declined []Path `json:"declined,omitempty"` // asked for and not given
	}
	// ReviewPerformedBody says how much scrutiny a file had.
	ReviewPerformedBody struct {
		Minutes int      `json:"minutes"`
		Checks  []string `json:"checks"`
		Floored int      `json:"floored,omitempty"` // of the minutes, those that a floor of scrutiny added
	}
	// DualCriminalityTestedBody says how the deciding role tested dual criminality, and what it took the answer to be.
	DualCriminalityTestedBody struct {
		Result     DualCriminality `json:"result"`
		Departures []Ground        `json:"departures,omitempty"` // provisions the method breaches, e.g. by label: UNCC 35(3)
	}
	// GroundConsideredBody is the trace that a ground was looked at, raised or not.
	GroundConsideredBody struct {
		Ground   Ground   `json:"ground"`
		Effect   Effect   `json:"effect"`
		Standard Standard `json:"standard"`
		Result   Answer   `json:"result"`
		Raised   bool     `json:"raised"`
	}
	// ConsultedBody is the consultation owed before some refusals and postponements (UNCC 40(28), Budapest 27(6)).
	ConsultedBody struct {
		Grounds    []Ground `json:"grounds"`
		Intends    Outcome  `json:"intends"`
		Conditions []string `json:"conditions,omitempty"`
	}
	// ConsultationAnsweredBody accepts the conditions offered, or does not.
	ConsultationAnsweredBody struct {
		To      string `json:"to"` // the message that consulted
		Accepts bool   `json:"accepts"`
	}
	// AuthorisationSoughtBody asks whoever must authorise the measure.
	AuthorisationSoughtBody struct {
		Stage       Stage   `json:"stage"` // preservation or execution
		Measure     Measure `json:"measure"`
		Scope       Scope   `json:"scope"`
		Authority   string  `json:"authority"`   // as the State calls it
		Independent bool    `json:"independent"` // of the investigation and of the executive
	}
	// AuthorisationDecidedBody is its ruling.
	AuthorisationDecidedBody struct {
		Stage       Stage  `json:"stage"`
		Authority   string `json:"authority"`
		Independent bool   `json:"independent"`
		Ruling      Ruling `json:"ruling"`
		Scope       Scope  `json:"scope"` // what is authorised; empty when denied
		Reasons     string `json:"reasons,omitempty"`
	}
	// DecidedBody is the requested State's decision on the request.
	DecidedBody struct {
		Outcome    Outcome  `json:"outcome"`
		Grounds    []Ground `json:"grounds,omitempty"`    // raised; required for refused and postponed
		Conditions []string `json:"conditions,omitempty"` // accepted ones bind
		Scope      Scope    `json:"scope"`                // what is granted; empty unless it grants
		Departures []Ground `json:"departures,omitempty"` // mandatory grounds known to hold and granted over
		Final      bool     `json:"final"`                // false for a postponement that will be taken up again
	}
	// ReasonsGivenBody are the reasons owed for refusing, and for postponing where the instrument says so.
	ReasonsGivenBody struct {
		Outcome Outcome  `json:"outcome"`
		Grounds []Ground `json:"grounds,omitempty"`
		Words   string   `json:"words"`
	}
	// SecrecyImpossibleBody says that the request cannot be carried out in secret (UNCC 40(20), Budapest 27(8)).
	SecrecyImpossibleBody struct {
		Why               string `json:"why"`
		RequestingDecides bool   `json:"requesting_decides"` // the instrument gives the choice back to the requesting State
	}
	// SecrecyAnsweredBody is that State's choice.
	SecrecyAnsweredBody struct {
		GoesOn bool `json:"goes_on"`
	}
	// ConfidentialityImposedBody binds a provider to silence.
	ConfidentialityImposedBody struct {
		Order     string  `json:"order"`
		On        string  `json:"on"`
		Basis     string  `json:"basis"`
		ExpiresAt Instant `json:"expires_at"` // null: no end
		Persons   int     `json:"persons"`    // whose data the secret is about
	}
	// ConfidentialityRenewedBody moves the end of a secret that has one.
	ConfidentialityRenewedBody struct {
		Order     string    `json:"order"`
		ExpiresAt time.Time `json:"expires_at"`
		Facts     []Path    `json:"facts,omitempty"` // fresh ones that it rests on
	}
	// ConfidentialityLiftedBody ends a secret.
	ConfidentialityLiftedBody struct {
		Order string `json:"order"`
		Why   string `json:"why"`
		// Opened is what was sealed: the person may read it from now on, and nobody tells them. Nil: nothing is opened.
		Opened *Opened `json:"opened,omitempty"`
	}
	// LiftAskedBody is a request to end a secret, and what came of it.
	LiftAskedBody struct {
		Order  string `json:"order"`
		Answer string `json:"answer"`
	}
	// OrderServedBody puts a provider under a duty.
	OrderServedBody struct {
		Order              string  `json:"order"`
		Provider           string  `json:"provider"`
		Measure            Measure `json:"measure"`
		Scope              Scope   `json:"scope"`
		ChallengeAvailable bool    `json:"challenge_available"`
		Person             string  `json:"person,omitempty"` // of the firm's staff, whom it is put to in person, by pseudonym; empty: the firm
		// Departures are provisions by which the order ought not to have gone out as it did.
		Departures []Ground `json:"departures,omitempty"`
	}
	// ChallengeFiledBody is a provider's motion against an order.
	ChallengeFiledBody struct {
		Order string `json:"order"`
		Why   string `json:"why"`
	}
	// ChallengeDecidedBody is the ruling on it.
	ChallengeDecidedBody struct {
		Order  string `json:"order"`
		Ruling Ruling `json:"ruling"` // grant: the order falls; modify: Scope is what is left; deny: it stands
		Scope  Scope  `json:"scope"`
	}
	// ProducedBody is what the provider handed over.
	ProducedBody struct {
		Order    string   `json:"order"`
		Evidence Evidence `json:"evidence"`
		From     string   `json:"from,omitempty"` // the preservation order it was kept under
		// Departures are periods that were not kept.
		Departures []Ground `json:"departures,omitempty"`
	}
	// CustodyHandoffBody is one hop of evidence between holders.
	CustodyHandoffBody struct {
		Evidence string `json:"evidence"`
		From     string `json:"from"`
		To       string `json:"to"`
		HashIn   string `json:"hash_in"`
		HashOut  string `json:"hash_out"`
	}
	// TransmittedBody delivers evidence to the requesting State, with what binds its use.
	TransmittedBody struct {
		Evidence   Evidence `json:"evidence"`
		UseLimited bool     `json:"use_limited"` // no other use without consent (UNCC 40(19)), or by condition (Budapest 28(2))
		Conditions []string `json:"conditions,omitempty"`
		InPlace    bool     `json:"in_place,omitempty"` // shown where it is; no copy goes
	}
	// UseRecordedBody says what the evidence was used for.
	UseRecordedBody struct {
		Evidence      string `json:"evidence"`
		Purpose       string `json:"purpose"`
		WithinRequest bool   `json:"within_request"`
		Exculpatory   bool   `json:"exculpatory"`
		Consent       bool   `json:"consent"` // of the requested State, to another use
		Token         string `json:"token,omitempty"`
		// Departures are provisions it breaches.
		Departures []Ground `json:"departures,omitempty"`
	}
	// NoticeDeferredBody puts off telling the person.
	NoticeDeferredBody struct {
		Person string  `json:"person"`
		Until  Instant `json:"until"` // null: no end
		Why    string  `json:"why"`
		// Departures are provisions by which the person ought to be told without waiting.
		Departures []Ground `json:"departures,omitempty"`
	}
	// SubjectNotifiedBody tells the person, and bystanders where they are told too.
	SubjectNotifiedBody struct {
		Person  string `json:"person"`
		Persons int    `json:"persons"` // told by this notice
	}
	// NeedEndedBody says that the requesting authority no longer needs the help or the secrecy.
	NeedEndedBody struct {
		Why   string `json:"why"`
		Tells bool   `json:"tells"` // whether it tells the requested State (UNCC 40(26))
	}
	// RequestWithdrawnBody takes the request back.
	RequestWithdrawnBody struct {
		Why string `json:"why"`
	}
	// StatisticPublishedBody is a figure a State makes public because its law says so.
	StatisticPublishedBody struct {
		Period   string         `json:"period"`
		Partner  State          `json:"partner,omitempty"` // whose requests; empty: all
		Counts   map[string]int `json:"counts"`
		Basis    string         `json:"basis"`
		Received int            `json:"received"`
	}
	// CaseClosedBody ends a State's side of the case.
	CaseClosedBody struct {
		Outcome Outcome `json:"outcome"`
	}
	// ObservationEndedBody marks the instant up to which the case was watched; secrets standing then are counted up to it.
	ObservationEndedBody struct {
		Outcome  Outcome  `json:"outcome"`            // as this State's side stood
		Standing []string `json:"standing,omitempty"` // secrecy orders still in force
		InPost   []string `json:"in_post,omitempty"`  // messages sent and not yet arrived
	}
)

// Evidence is produced data as the procedure sees it: how much of what, and its hash. Contents never enter an event.
type Evidence struct {
	ID      string `json:"id"`
	Scope   Scope  `json:"scope"`
	Records int    `json:"records"`
	Hash    string `json:"hash"`             // sha256, hex; empty once it came without one
	Needed  int    `json:"needed,omitempty"` // of the records, as many answer what the letter asks; 0: all
}

// Opened is what a secret kept from the person whom it was about.
type Opened struct {
	Provider string    `json:"provider"`
	Since    time.Time `json:"since"`
	Scope    Scope     `json:"scope"` // of the order that was kept secret
}

func (RequestDraftedBody) Kind() Kind         { return RequestDrafted }
func (PreservationRequestedBody) Kind() Kind  { return PreservationRequested }
func (PreservationDecidedBody) Kind() Kind    { return PreservationDecided }
func (PreservationOrderedBody) Kind() Kind    { return PreservationOrdered }
func (PreservationExtendedBody) Kind() Kind   { return PreservationExtended }
func (PreservationHeldBody) Kind() Kind       { return PreservationHeld }
func (PreservationLapsedBody) Kind() Kind     { return PreservationLapsed }
func (RequestSubmittedBody) Kind() Kind       { return RequestSubmitted }
func (IntakeCheckedBody) Kind() Kind          { return IntakeChecked }
func (RequestReturnedBody) Kind() Kind        { return RequestReturned }
func (FactLearnedBody) Kind() Kind            { return FactLearned }
func (AssessedBody) Kind() Kind               { return Assessed }
func (SupplementAskedBody) Kind() Kind        { return SupplementAsked }
func (SupplementGivenBody) Kind() Kind        { return SupplementGiven }
func (ReviewPerformedBody) Kind() Kind        { return ReviewPerformed }
func (DualCriminalityTestedBody) Kind() Kind  { return DualCriminalityTested }
func (GroundConsideredBody) Kind() Kind       { return GroundConsidered }
func (ConsultedBody) Kind() Kind              { return Consulted }
func (ConsultationAnsweredBody) Kind() Kind   { return ConsultationAnswered }
func (AuthorisationSoughtBody) Kind() Kind    { return AuthorisationSought }
func (AuthorisationDecidedBody) Kind() Kind   { return AuthorisationDecided }
func (DecidedBody) Kind() Kind                { return Decided }
func (ReasonsGivenBody) Kind() Kind           { return ReasonsGiven }
func (SecrecyImpossibleBody) Kind() Kind      { return SecrecyImpossible }
func (SecrecyAnsweredBody) Kind() Kind        { return SecrecyAnswered }
func (ConfidentialityImposedBody) Kind() Kind { return ConfidentialityImposed }
func (ConfidentialityRenewedBody) Kind() Kind { return ConfidentialityRenewed }
func (ConfidentialityLiftedBody) Kind() Kind  { return ConfidentialityLifted }
func (LiftAskedBody) Kind() Kind              { return LiftAsked }
func (OrderServedBody) Kind() Kind            { return OrderServed }
func (ChallengeFiledBody) Kind() Kind         { return ChallengeFiled }
func (ChallengeDecidedBody) Kind() Kind       { return ChallengeDecided }
func (ProducedBody) Kind() Kind               { return Produced }
func (CustodyHandoffBody) Kind() Kind         { return CustodyHandoff }
func (TransmittedBody) Kind() Kind            { return Transmitted }
func (UseRecordedBody) Kind() Kind            { return UseRecorded }
func (NoticeDeferredBody) Kind() Kind         { return NoticeDeferred }
func (SubjectNotifiedBody) Kind() Kind        { return SubjectNotified }
func (NeedEndedBody) Kind() Kind              { return NeedEnded }
func (RequestWithdrawnBody) Kind() Kind       { return RequestWithdrawn }
func (StatisticPublishedBody) Kind() Kind     { return StatisticPublished }
func (CaseClosedBody) Kind() Kind             { return CaseClosed }
func (ObservationEndedBody) Kind() Kind       { return ObservationEnded }

// bodies decodes the body of each kind; it is the closed set.
var bodies = map[Kind]func([]byte) (Body, error){
	RequestDrafted:         decode[RequestDraftedBody],
	PreservationRequested:  decode[PreservationRequestedBody],
	PreservationDecided:    decode[PreservationDecidedBody],
	PreservationOrdered:    decode[PreservationOrderedBody],
	PreservationExtended:   decode[PreservationExtendedBody],
	PreservationHeld:       decode[PreservationHeldBody],
	PreservationLapsed:     decode[PreservationLapsedBody],
	RequestSubmitted:       decode[RequestSubmittedBody],
	IntakeChecked:          decode[IntakeCheckedBody],
	RequestReturned:        decode[RequestReturnedBody],
	FactLearned:            decode[FactLearnedBody],
	Assessed:               decode[AssessedBody],
	SupplementAsked:        decode[SupplementAskedBody],
	SupplementGiven:        decode[SupplementGivenBody],
	ReviewPerformed:        decode[ReviewPerformedBody],
	DualCriminalityTested:  decode[DualCriminalityTestedBody],
	GroundConsidered:       decode[GroundConsideredBody],
	Consulted:              decode[ConsultedBody],
	ConsultationAnswered:   decode[ConsultationAnsweredBody],
	AuthorisationSought:    decode[AuthorisationSoughtBody],
	AuthorisationDecided:   decode[AuthorisationDecidedBody],
	Decided:                decode[DecidedBody],
	ReasonsGiven:           decode[ReasonsGivenBody],
	SecrecyImpossible:      decode[SecrecyImpossibleBody],
	SecrecyAnswered:        decode[SecrecyAnsweredBody],
	ConfidentialityImposed: decode[ConfidentialityImposedBody],
	ConfidentialityRenewed: decode[ConfidentialityRenewedBody],
	ConfidentialityLifted:  decode[ConfidentialityLiftedBody],
	LiftAsked:              decode[LiftAskedBody],
	OrderServed:            decode[OrderServedBody],
	ChallengeFiled:         decode[ChallengeFiledBody],
	ChallengeDecided:       decode[ChallengeDecidedBody],
	Produced:               decode[ProducedBody],
	CustodyHandoff:         decode[CustodyHandoffBody],
	Transmitted:            decode[TransmittedBody],
	UseRecorded:            decode[UseRecordedBody],
	NoticeDeferred:         decode[NoticeDeferredBody],
	SubjectNotified:        decode[SubjectNotifiedBody],
	NeedEnded:              decode[NeedEndedBody],
	RequestWithdrawn:       decode[RequestWithdrawnBody],
	StatisticPublished:     decode[StatisticPublishedBody],
	CaseClosed:             decode[CaseClosedBody],
	ObservationEnded:       decode[ObservationEndedBody],
	RegimeChosen:           decode[RegimeChosenBody],
	InformationShared:      decode[InformationSharedBody],
	ContactAsked:           decode[ContactAskedBody],
	ContactAnswered:        decode[ContactAnsweredBody],
	PoliceShared:           decode[PoliceSharedBody],
	TeamFormed:             decode[TeamFormedBody],
	DisclosureAsked:        decode[DisclosureAskedBody],
	SenderChecked:          decode[SenderCheckedBody],
	VoluntaryDisclosed:     decode[VoluntaryDisclosedBody],
	DisclosureDeclined:     decode[DisclosureDeclinedBody],
	EmergencyValidated:     decode[EmergencyValidatedBody],
	SenderAlerted:          decode[SenderAlertedBody],
	TransborderAccessed:    decode[TransborderAccessedBody],
	StateNotified:          decode[StateNotifiedBody],
	StateObjected:          decode[StateObjectedBody],
	DeliveryUndone:         decode[DeliveryUndoneBody],
	Deleted:                decode[DeletedBody],
	ConsentAsked:           decode[ConsentAskedBody],
	ConsentDecided:         decode[ConsentDecidedBody],
	UseBlocked:             decode[UseBlockedBody],
	OnwardTransferred:      decode[OnwardTransferredBody],
	RoleScreened:           decode[RoleScreenedBody],
	PrivilegeFiltered:      decode[PrivilegeFilteredBody],
	AssuranceAsked:         decode[AssuranceAskedBody],
	AssuranceGiven:         decode[AssuranceGivenBody],
	AssuranceBreached:      decode[AssuranceBreachedBody],
	AssistanceCompelled:    decode[AssistanceCompelledBody],
	InterceptionStarted:    decode[InterceptionStartedBody],
	InterceptionStopped:    decode[InterceptionStoppedBody],
	AdmissibilityRuled:     decode[AdmissibilityRuledBody],
	ReviewOpened:           decode[ReviewOpenedBody],
	ReviewClosed:           decode[ReviewClosedBody],
	RemedySought:           decode[RemedySoughtBody],
	RemedyDecided:          decode[RemedyDecidedBody],
	DocketEntered:          decode[DocketEnteredBody],
	DocketOpened:           decode[DocketOpenedBody],
	LedgerConsulted:        decode[LedgerConsultedBody],
	DefenceAsked:           decode[DefenceAskedBody],
	DefenceAnswered:        decode[DefenceAnsweredBody],
	EvidenceExpired:        decode[EvidenceExpiredBody],
	BreachFound:            decode[BreachFoundBody],
	BreachNotified:         decode[BreachNotifiedBody],
	LawChanged:             decode[LawChangedBody],
}

// Kinds lists every kind, in alphabetical order.
var Kinds = slices.Sorted(maps.Keys(bodies))

func decode[B Body](raw []byte) (Body, error) {
	var b B
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(&b)
	return b, err
}

// DecodeBody reads the body of an event of the given kind. Unknown kinds and unknown fields are errors.
func DecodeBody(k Kind, raw []byte) (Body, error) {
	dec, ok := bodies[k]
	if !ok {
		return nil, fmt.Errorf("unknown event kind %q", k)
	}
	b, err := dec(raw)
	if err != nil {
		return nil, fmt.Errorf("body of %s: %w", k, err)
	}
	return b, nil
}

// UnmarshalJSON reads an event with the body type of its kind.
func (e *Event) UnmarshalJSON(raw []byte) error {
	type envelope Event
	var w struct {
		*envelope
		Body json.RawMessage `json:"body"`
	}
	w.envelope = (*envelope)(e)
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return err
	}
	b, err := DecodeBody(e.Kind, w.Body)
	e.Body = b
	return err
}

// MarshalJSON writes the canonical bytes.
func (e Event) MarshalJSON() ([]byte, error) { return Canonical(e) }
