package mla

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Question is what the procedure asks of a role. Each has one type of answer.
type Question string

// The questions, with the role that is asked.
const (
	QDraft                 Question = "draft"                  // requesting authority: the letter is ready
	QSupplement            Question = "supplement"             // requesting authority: the facts asked for
	QComplete              Question = "complete"               // requesting authority: a returned letter, completed
	QConsultation          Question = "consultation"           // requesting authority: the conditions offered
	QSecrecyImpossible     Question = "secrecy-impossible"     // requesting authority: go on without secrecy?
	QUse                   Question = "use"                    // requesting authority: what the evidence was used for
	QNeedEnds              Question = "need-ends"              // requesting authority: when help and secrecy are no longer needed
	QPreservation          Question = "preservation"           // contact point: the preservation request
	QAuthorisePreservation Question = "authorise-preservation" // court: preservation, where the State's law wants a judge
	QIntake                Question = "intake"                 // central authority: is the letter complete?
	QDecide                Question = "decide"                 // central authority: the decision
	QAuthorise             Question = "authorise"              // court: the measure
	QComply                Question = "comply"                 // provider: the order
	QChallenge             Question = "challenge"              // court: a provider's challenge
	QAskLift               Question = "ask-lift"               // provider: when it asks for the secret to be lifted
	QRenewSecrecy          Question = "renew-secrecy"          // central authority: what it has found out for a renewal of the secret
)

// Days is a legal duration in whole days, as case files give it.
type Days int

// Timing is common to all answers: how long the role took, what it found out meanwhile, and under what law it says so.
type Timing struct {
	After  Days   `json:"after" yaml:"after"`
	Hours  int    `json:"hours,omitempty" yaml:"hours"`   // beyond the days
	Learns Facts  `json:"learns,omitempty" yaml:"learns"` // by the role's own inquiry, before it answers
	Source string `json:"source,omitempty" yaml:"source"` // of what it learns
	// With names safeguards: the answer is given only where all of them are in force; see Script.Under.
	With []string `json:"with,omitempty" yaml:"with"`
}

// When returns the timing; every answer has one.
func (t Timing) When() Timing { return t }

// ReplyTo is an answer to one question.
type ReplyTo interface {
	Question() Question
	When() Timing
}

type (
	// DraftAnswer: the letter is ready to go, or the order to a provider.
	DraftAnswer struct {
		Timing      `yaml:",inline"`
		Unvalidated bool `json:"unvalidated,omitempty" yaml:"unvalidated"` // an order goes first, and is validated afterwards
		// Staff is a member of the firm's staff whom an order is meant for in person, by pseudonym; empty: the firm.
		Staff string `json:"staff,omitempty" yaml:"staff"`
	}
	// SupplementAnswer gives facts. A fact asked for and absent here is declined, and stays unknown.
	SupplementAnswer struct {
		Timing `yaml:",inline"`
		Facts  Facts `json:"facts" yaml:"facts"`
		// Withdraws names facts that it rather withdraws the request than speak of.
		Withdraws []Path `json:"withdraws,omitempty" yaml:"withdraws"`
	}
	// CompleteAnswer resubmits a returned letter.
	CompleteAnswer struct {
		Timing    `yaml:",inline"`
		Withdraws bool `json:"withdraws,omitempty" yaml:"withdraws"`
	}
	// ConsultationReply accepts the conditions offered or does not.
	ConsultationReply struct {
		Timing  `yaml:",inline"`
		Accepts bool `json:"accepts" yaml:"accepts"`
	}
	// SecrecyReply goes on without secrecy or withdraws the request.
	SecrecyReply struct {
		Timing `yaml:",inline"`
		GoesOn bool `json:"goes_on" yaml:"goes_on"`
	}
	// UseAnswer says what the evidence was used for.
	UseAnswer struct {
		Timing        `yaml:",inline"`
		Purpose       string `json:"purpose" yaml:"purpose"`
		WithinRequest bool   `json:"within_request" yaml:"within_request"`
		Exculpatory   bool   `json:"exculpatory,omitempty" yaml:"exculpatory"`
		Consent       bool   `json:"consent,omitempty" yaml:"consent"`
	}
	// NeedEndsAnswer ends the need, counted from the submission of the request, told to the other State or not.
	NeedEndsAnswer struct {
		Timing `yaml:",inline"`
		Why    string `json:"why" yaml:"why"`
		Tells  bool   `json:"tells" yaml:"tells"`
	}
	// PreservationAnswer decides a preservation request. Raises names articles; those open on the known facts are raised.
	PreservationAnswer struct {
		Timing `yaml:",inline"`
		Raises []string `json:"raises,omitempty" yaml:"raises"`
	}
	// IntakeAnswer is the check of form.
	IntakeAnswer struct {
		Timing  `yaml:",inline"`
		Lacking []string `json:"lacking,omitempty" yaml:"lacking"` // empty: complete
	}
	// DecideAnswer decides the request. Raises names rules ("uncc/40(8) trivial") or articles ("uncc/40(8)", all of its
	// rules); those open on the known facts are raised, and lead to OnGround. Without any, the outcome is Otherwise.
	DecideAnswer struct {
		Timing  `yaml:",inline"`
		Minutes int `json:"minutes" yaml:"minutes"` // of scrutiny
		// UrgentMinutes are those it gives a request that it takes to be urgent; 0: as many as to any.
		UrgentMinutes int      `json:"urgent_minutes,omitempty" yaml:"urgent_minutes"`
		Checks        []string `json:"checks,omitempty" yaml:"checks"`
		Method        Method   `json:"method" yaml:"method"`                   // of testing dual criminality
		Considers     []string `json:"considers,omitempty" yaml:"considers"`   // articles looked at, raised or not
		Raises        []string `json:"raises,omitempty" yaml:"raises"`         // articles it raises if open
		OnGround      Outcome  `json:"on_ground,omitempty" yaml:"on_ground"`   // refused unless given
		Otherwise     Outcome  `json:"otherwise,omitempty" yaml:"otherwise"`   // granted unless given
		Conditions    []string `json:"conditions,omitempty" yaml:"conditions"` // offered when granting with conditions
		Scope         *Scope   `json:"scope,omitempty" yaml:"scope"`           // of a partial grant
		Reasons       string   `json:"reasons,omitempty" yaml:"reasons"`
		Resumes       Days     `json:"resumes,omitempty" yaml:"resumes"` // after a postponement
	}
	// AuthoriseAnswer rules on the measure.
	AuthoriseAnswer struct {
		Timing  `yaml:",inline"`
		Ruling  Ruling `json:"ruling" yaml:"ruling"`
		Scope   *Scope `json:"scope,omitempty" yaml:"scope"` // when modifying
		Reasons string `json:"reasons,omitempty" yaml:"reasons"`
		Days    Days   `json:"days,omitempty" yaml:"days"` // of collection in real time; 0: as long as is asked for
	}
	// AuthorisePreservationAnswer rules on a preservation.
	AuthorisePreservationAnswer struct {
		Timing  `yaml:",inline"`
		Grants  bool   `json:"grants" yaml:"grants"`
		Reasons string `json:"reasons,omitempty" yaml:"reasons"`
	}
	// ComplyAnswer obeys an order, or challenges it where there is a right to.
	ComplyAnswer struct {
		Timing     `yaml:",inline"`
		Challenges string `json:"challenges,omitempty" yaml:"challenges"` // why; empty: complies
		Clarifies  []Path `json:"clarifies,omitempty" yaml:"clarifies"`   // what it asks about an order that is not clear to it
		Records    int    `json:"records" yaml:"records"`
		Needed     int    `json:"needed,omitempty" yaml:"needed"` // of these, as many answer what the letter asks; 0: all
	}
	// ChallengeAnswer rules on a challenge.
	ChallengeAnswer struct {
		Timing `yaml:",inline"`
		Ruling Ruling `json:"ruling" yaml:"ruling"`
		Scope  *Scope `json:"scope,omitempty" yaml:"scope"`
	}
	// RenewSecrecyAnswer asks for a secret with an end to go on; what it learns are the facts for it. Counted from the start of
	// the term.
	RenewSecrecyAnswer struct {
		Timing `yaml:",inline"`
	}
	// AskLiftAnswer asks for a secret to be lifted, counted from its imposition, and says what came of it.
	AskLiftAnswer struct {
		Timing `yaml:",inline"`
		Answer string `json:"answer" yaml:"answer"`
		Lifted bool   `json:"lifted,omitempty" yaml:"lifted"`
	}
)

func (DraftAnswer) Question() Question                 { return QDraft }
func (SupplementAnswer) Question() Question            { return QSupplement }
func (CompleteAnswer) Question() Question              { return QComplete }
func (ConsultationReply) Question() Question           { return QConsultation }
func (SecrecyReply) Question() Question                { return QSecrecyImpossible }
func (UseAnswer) Question() Question                   { return QUse }
func (NeedEndsAnswer) Question() Question              { return QNeedEnds }
func (PreservationAnswer) Question() Question          { return QPreservation }
func (IntakeAnswer) Question() Question                { return QIntake }
func (DecideAnswer) Question() Question                { return QDecide }
func (AuthoriseAnswer) Question() Question             { return QAuthorise }
func (ComplyAnswer) Question() Question                { return QComply }
func (AuthorisePreservationAnswer) Question() Question { return QAuthorisePreservation }
func (ChallengeAnswer) Question() Question             { return QChallenge }
func (AskLiftAnswer) Question() Question               { return QAskLift }
func (RenewSecrecyAnswer) Question() Question          { return QRenewSecrecy }

// Desk is where a question is put: which side, which role, and how its answer is read.
type Desk struct {
	Side   Side
	Role   Role
	decode func([]byte) (ReplyTo, error)
}

// Desks is the closed set of questions, with whom each is put to.
var Desks = map[Question]Desk{
	QDraft:                 {Requesting, RequestingAuthority, reply[DraftAnswer]},
	QSupplement:            {Requesting, RequestingAuthority, reply[SupplementAnswer]},
	QComplete:              {Requesting, RequestingAuthority, reply[CompleteAnswer]},
	QConsultation:          {Requesting, RequestingAuthority, reply[ConsultationReply]},
	QSecrecyImpossible:     {Requesting, RequestingAuthority, reply[SecrecyReply]},
	QUse:                   {Requesting, RequestingAuthority, reply[UseAnswer]},
	QNeedEnds:              {Requesting, RequestingAuthority, reply[NeedEndsAnswer]},
	QPreservation:          {Requested, ContactPoint, reply[PreservationAnswer]},
	QAuthorisePreservation: {Requested, Court, reply[AuthorisePreservationAnswer]},
	QIntake:                {Requested, CentralAuthority, reply[IntakeAnswer]},
	QDecide:                {Requested, CentralAuthority, reply[DecideAnswer]},
	QAuthorise:             {Requested, Court, reply[AuthoriseAnswer]},
	QComply:                {Requested, Provider, reply[ComplyAnswer]},
	QChallenge:             {Requested, Court, reply[ChallengeAnswer]},
	QAskLift:               {Requested, Provider, reply[AskLiftAnswer]},
	QRenewSecrecy:          {Requested, CentralAuthority, reply[RenewSecrecyAnswer]},
	QValidate:              {Requesting, Court, reply[ValidateAnswer]},
	QObject:                {Requested, CentralAuthority, reply[ObjectAnswer]},
	QObjectResidence:       {Third, CentralAuthority, reply[ObjectResidenceAnswer]},
	QObjectHost:            {Third, CentralAuthority, reply[ObjectHostAnswer]},
	QDelete:                {Requesting, RequestingAuthority, reply[DeleteAnswer]},
	QPassOn:                {Requesting, RequestingAuthority, reply[PassOnAnswer]},
	QConsent:               {Requested, CentralAuthority, reply[ConsentAnswer]},
	QShare:                 {Requested, RequestingAuthority, reply[ShareAnswer]},
	QTeam:                  {Requesting, RequestingAuthority, reply[TeamAnswer]},
	QContact:               {Requesting, ContactPoint, reply[ContactAnswer]},
	QContactTell:           {Requested, ContactPoint, reply[ContactTellAnswer]},
	QCallBack:              {Requested, ContactPoint, reply[CallBackAnswer]},
	QApproach:              {Requesting, RequestingAuthority, reply[ApproachAnswer]},
	QDisclose:              {Requested, Provider, reply[DiscloseAnswer]},
	QCheckSender:           {Requested, Provider, reply[CheckSenderAnswer]},
	QEmergency:             {Requested, Court, reply[EmergencyAnswer]},
	QAccess:                {Requesting, RequestingAuthority, reply[AccessAnswer]},
	QRetry:                 {Requesting, RequestingAuthority, reply[RetryAnswer]},
	QLedger:                {Requested, CentralAuthority, reply[LedgerAnswer]},
	QRenewal:               {Requesting, RequestingAuthority, reply[RenewalAnswer]},
	QRetention:             {Requested, Provider, reply[RetentionAnswer]},
	QDefence:               {Requesting, Person, reply[DefenceAnswer]},
	QScreen:                {Requested, CentralAuthority, reply[ScreenAnswer]},
	QFilter:                {Requested, Court, reply[FilterAnswer]},
	QAskAssurance:          {Requested, CentralAuthority, reply[AskAssuranceAnswer]},
	QAssurance:             {Requesting, RequestingAuthority, reply[AssuranceAnswer]},
	QAssist:                {Requested, CentralAuthority, reply[AssistAnswer]},
	QIntercept:             {Requested, Provider, reply[InterceptAnswer]},
	QExport:                {Requested, Provider, reply[ExportAnswer]},
	QCarry:                 {Requesting, RequestingAuthority, reply[CarryAnswer]},
	QTrial:                 {Requesting, Court, reply[TrialAnswer]},
	QReview:                {Requested, Auditor, reply[ReviewAnswer]},
	QAnswerReview:          {Requested, CentralAuthority, reply[AnswerReviewAnswer]},
	QKeep:                  {Requesting, RequestingAuthority, reply[KeepAnswer]},
	QBreach:                {Requesting, RequestingAuthority, reply[BreachAnswer]},
	QRemedy:                {Requested, Person, reply[RemedyAnswer]},
	QRemedyRuling:          {Requested, Court, reply[RemedyRulingAnswer]},
	QLegislate:             {Requested, CentralAuthority, reply[LegislateAnswer]},
}

// Questions lists every question in alphabetical order.
var Questions = slices.Sorted(maps.Keys(Desks))

func reply[A ReplyTo](raw []byte) (ReplyTo, error) {
	var a A
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, errors.New("null is no answer")
	}
	err := d.Decode(&a)
	return a, err
}

// DecodeAnswer reads the answer to q from JSON. Unknown questions and unknown fields are errors.
func DecodeAnswer(q Question, raw []byte) (ReplyTo, error) {
	desk, ok := Desks[q]
	if !ok {
		return nil, fmt.Errorf("unknown question %q", q)
	}
	a, err := desk.decode(raw)
	if err != nil {
		return nil, fmt.Errorf("answer to %s: %w", q, err)
	}
	return a, nil
}

// CheckAnswer says what is wrong with an answer's values, whoever gives it.
func CheckAnswer(a ReplyTo) error {
	if d := a.When().After; d < 0 || d > 36500 {
		return fmt.Errorf("answer to %s: after: %d days is not a time between 0 and 36500", a.Question(), d)
	}
	if h := a.When().Hours; h < 0 || h > 24*36500 {
		return fmt.Errorf("answer to %s: hours: %d hours is not a time between 0 and %d", a.Question(), h, 24*36500)
	}
	switch a := a.(type) {
	case DecideAnswer:
		if !slices.Contains(Methods, a.Method) {
			return fmt.Errorf("answer to %s: method: %q is not one of %v", QDecide, a.Method, Methods)
		}
		for _, o := range []Outcome{a.OnGround, a.Otherwise} {
			if o != "" && !slices.Contains(Outcomes, o) {
				return fmt.Errorf("answer to %s: outcome %q is not one of %v", QDecide, o, Outcomes)
			}
			if o == Withdrawn || o == Lapsed || o == OutOfScope {
				return fmt.Errorf("answer to %s: outcome %s is not the authority's to choose", QDecide, o)
			}
		}
		if a.OnGround.Grants() {
			return fmt.Errorf("answer to %s: on_ground: %s is no outcome of raising a ground", QDecide, a.OnGround)
		}
		if a.Otherwise == Refused && len(a.Raises) == 0 {
			return fmt.Errorf("answer to %s: a refusal names its ground: give raises", QDecide)
		}
		if a.Minutes < 0 || a.UrgentMinutes < 0 || a.Resumes < 0 {
			return fmt.Errorf("answer to %s: minutes and resumes cannot be negative", QDecide)
		}
		if a.Otherwise == PartlyGranted && a.Scope == nil {
			return fmt.Errorf("answer to %s: a partial grant says what is granted: give scope", QDecide)
		}
	case AuthoriseAnswer:
		if a.Days < 0 || a.Days > 36500 {
			return fmt.Errorf("answer to %s: days: %d is not a time between 0 and 36500", QAuthorise, a.Days)
		}
		return checkRuling(QAuthorise, a.Ruling, a.Scope)
	case ChallengeAnswer:
		return checkRuling(QChallenge, a.Ruling, a.Scope)
	case ValidateAnswer:
		return checkRuling(QValidate, a.Ruling, a.Scope)
	case ObjectAnswer:
		if a.Method != "" && !slices.Contains(Methods, a.Method) {
			return fmt.Errorf("answer to %s: method: %q is not one of %v", QObject, a.Method, Methods)
		}
		if a.Minutes < 0 {
			return fmt.Errorf("answer to %s: minutes cannot be negative", QObject)
		}
	case PassOnAnswer:
		if a.Purpose == "" {
			return fmt.Errorf("answer to %s: purpose: say what the evidence is to serve", QPassOn)
		}
	case ComplyAnswer:
		if a.Records < 0 {
			return fmt.Errorf("answer to %s: records cannot be negative", QComply)
		}
		if a.Needed < 0 || a.Needed > a.Records {
			return fmt.Errorf("answer to %s: needed: %d is no part of %d records", QComply, a.Needed, a.Records)
		}
	}
	if err := checkBeside(a); err != nil {
		return err
	}
	return checkAfter(a)
}

func checkRuling(q Question, r Ruling, s *Scope) error {
	if !slices.Contains(Rulings, r) {
		return fmt.Errorf("answer to %s: ruling: %q is not one of %v", q, r, Rulings)
	}
	if r == RulingModify && s == nil {
		return fmt.Errorf("answer to %s: a modification says what is left: give scope", q)
	}
	return nil
}
