package mla

// The bodies of events beside the path of a request between central authorities: other channels, third States, and what
// becomes of evidence after delivery. Critics' gaps lie here as often as on that path.
type (
	// RegimeChosenBody says which instrument and which State a request is sent under and to, and which were open.
	RegimeChosenBody struct {
		Candidates []string `json:"candidates"` // instruments or States that were open
		Chosen     string   `json:"chosen"`
		Why        string   `json:"why,omitempty"`
	}
	// InformationSharedBody gives information that nobody asked for on record (UNCC 40(4)-(5), Budapest 26): spontaneous information.
	InformationSharedBody struct {
		Evidence   Evidence `json:"evidence"`
		Why        string   `json:"why"`
		Conditions []string `json:"conditions,omitempty"` // the giver's; UNCC 40(5), Budapest 26(2)
		Docket     string   `json:"docket,omitempty"`     // it is entered under; empty: none
	}
	// ContactAskedBody is a message to the contact point that is open day and night (UNCC 41, Budapest 35).
	ContactAskedBody struct {
		Ask      ContactAsk `json:"ask"`
		Claim    string     `json:"claim"` // what is said to be at stake
		Urgent   bool       `json:"urgent"`
		Person   string     `json:"person"`
		Provider string     `json:"provider"`
		Scope    Scope      `json:"scope"`
	}
	// ContactAnsweredBody is what the contact point did about it.
	ContactAnsweredBody struct {
		Answer   ContactReply `json:"answer"`
		Evidence *Evidence    `json:"evidence,omitempty"` // what was told, if anything was
		Docket   string       `json:"docket,omitempty"`   // the request it is tied to; empty: none
		Why      string       `json:"why,omitempty"`
	}
	// PoliceSharedBody passes data between police authorities, or within a joint team, beside any request (UNCC 47, 48).
	PoliceSharedBody struct {
		Team     string   `json:"team,omitempty"` // the joint team; empty: police to police
		Evidence Evidence `json:"evidence"`
		Why      string   `json:"why"`
		Docket   string   `json:"docket,omitempty"` // it is entered under; empty: none
	}
	// TeamFormedBody is the agreement on a joint team (UNCC 48).
	TeamFormedBody struct {
		Team             string  `json:"team"`
		Members          []State `json:"members"`
		Purpose          string  `json:"purpose"`
		CentralAuthority bool    `json:"central_authority"` // the central authority is a member, and tests grounds
	}
	// DisclosureAskedBody asks a provider to hand over data without an order.
	DisclosureAskedBody struct {
		Provider  string `json:"provider"`
		Emergency bool   `json:"emergency"` // danger to life is claimed
		Claim     string `json:"claim"`
		Sender    string `json:"sender"` // as the message gives it
		Scope     Scope  `json:"scope"`
	}
	// SenderCheckedBody is what was done to find out whether a message comes from whom it names.
	SenderCheckedBody struct {
		Sender  string `json:"sender"`
		How     string `json:"how"`     // call back, signature, register; empty: nothing was done
		Genuine Answer `json:"genuine"` // as found
	}
	// VoluntaryDisclosedBody hands data over without an order, by the provider's own decision.
	VoluntaryDisclosedBody struct {
		Evidence  Evidence `json:"evidence"`
		Emergency bool     `json:"emergency"` // on a claim of danger to life
		Claim     string   `json:"claim"`
		To        string   `json:"to"` // as the message named the sender
	}
	// DisclosureDeclinedBody is the provider saying no.
	DisclosureDeclinedBody struct {
		Why string `json:"why"`
	}
	// EmergencyValidatedBody is what an authority found afterwards about a claim of emergency.
	EmergencyValidatedBody struct {
		Real    Answer `json:"real"`
		By      string `json:"by"`
		Reasons string `json:"reasons,omitempty"`
	}
	// SenderAlertedBody tells a State that a message was sent in its name.
	SenderAlertedBody struct {
		Sender  string `json:"sender"`
		Genuine Answer `json:"genuine"`
	}
	// TransborderAccessedBody takes stored data in another State with the consent of whoever may give it, asking no State (Budapest 32(b)).
	TransborderAccessedBody struct {
		Evidence Evidence `json:"evidence"`
		Consent  string   `json:"consent"` // whose; 32(a) needs none: public data
	}
	// StateNotifiedBody tells another State, so that it may object: where the provider is (e-evidence), where the person lives or the data lie.
	StateNotifiedBody struct {
		State    State   `json:"state"`
		As       string  `json:"as"`        // enforcing, residence, host
		ObjectBy Instant `json:"object_by"` // end of its window; null: no window
		Request  Request `json:"request,omitzero"`
		Facts    Facts   `json:"facts,omitempty"` // as the request states them
	}
	// StateObjectedBody is that State's objection, or its clearance before the window ends.
	StateObjectedBody struct {
		Objects  bool     `json:"objects"`
		Grounds  []Ground `json:"grounds,omitempty"`
		Reasons  string   `json:"reasons,omitempty"`
		Restrict bool     `json:"restrict,omitempty"` // use is to be restricted; else data are to be deleted
	}
	// DeliveryUndoneBody is the duty to delete what was delivered before a ground was raised or a validation refused, or to restrict its use.
	DeliveryUndoneBody struct {
		Evidence string `json:"evidence"`
		Why      string `json:"why"`
		Restrict bool   `json:"restrict"` // restrict its use instead of deleting
	}
	// DeletedBody deletes one holder's copy of evidence.
	DeletedBody struct {
		Evidence  string `json:"evidence"`
		Holder    string `json:"holder"` // role@state
		Why       string `json:"why"`
		Confirmed bool   `json:"confirmed"` // the holder can show it
	}
	// ConsentAskedBody asks the State that sent the evidence to agree to another use, or to passing it on (UNCC 40(19)).
	ConsentAskedBody struct {
		Evidence string `json:"evidence"`
		Use      string `json:"use"`
		To       State  `json:"to,omitempty"` // for passing on
	}
	// ConsentDecidedBody answers; a granted consent carries a token where a registry of uses is kept.
	ConsentDecidedBody struct {
		To     string `json:"to"` // the message that asked
		Grants bool   `json:"grants"`
		Token  string `json:"token,omitempty"`
		Why    string `json:"why,omitempty"`
	}
	// UseBlockedBody is a use or a passing-on that the registry of uses stopped for want of a token.
	UseBlockedBody struct {
		Evidence string `json:"evidence"`
		Use      string `json:"use"`
		To       State  `json:"to,omitempty"`
	}
	// OnwardTransferredBody passes evidence on to another State.
	OnwardTransferredBody struct {
		Evidence Evidence `json:"evidence"`
		Purpose  string   `json:"purpose"`
		Token    string   `json:"token,omitempty"` // consent of the State that sent it; empty: none
		Consent  bool     `json:"consent,omitempty"`
		// Departures are provisions it breaches.
		Departures []Ground `json:"departures,omitempty"`
	}
	// RoleScreenedBody looks for a role or a vulnerability that the law protects.
	RoleScreenedBody struct {
		Found []string `json:"found,omitempty"` // journalist, lawyer, researcher, hotline, minor, refugee
		How   string   `json:"how"`
	}
	// PrivilegeFilteredBody takes privileged items out before anybody on the case sees them.
	PrivilegeFilteredBody struct {
		Evidence string `json:"evidence"`
		Held     int    `json:"held"` // items kept back
		By       string `json:"by"`
	}
	// AssuranceAskedBody asks for a promise before help is given: no death penalty, no other use.
	AssuranceAskedBody struct {
		Of string `json:"of"`
	}
	// AssuranceGivenBody gives it, or does not.
	AssuranceGivenBody struct {
		Of    string `json:"of"`
		Given bool   `json:"given"`
	}
	// AssuranceBreachedBody is what became of a promise, once it comes to light.
	AssuranceBreachedBody struct {
		Of   string `json:"of"`
		What string `json:"what"`
	}
	// AssistanceCompelledBody makes a person who knows a system help (UNCC 28(4)).
	AssistanceCompelledBody struct {
		Person  string `json:"person"`  // an employee by pseudonym, or the firm
		Natural bool   `json:"natural"` // the addressee is a natural person
		What    string `json:"what"`
		Reach   int    `json:"reach"` // people whose security the step touches
	}
	// InterceptionStartedBody starts collecting content, traffic or location as it arises (UNCC 45, 46; Budapest 33, 34).
	InterceptionStartedBody struct {
		Order   string  `json:"order"`
		Measure Measure `json:"measure"`
		Days    int     `json:"days"` // authorised
	}
	// InterceptionStoppedBody ends it.
	InterceptionStoppedBody struct {
		Order      string `json:"order"`
		TargetDays int    `json:"target_days"`
		Bystanders int    `json:"bystanders"`       // others caught
		Points     int    `json:"points,omitempty"` // of location
		Tier       string `json:"tier,omitempty"`   // what location was authorised as: traffic, or a tier of its own
	}
	// AdmissibilityRuledBody is a trial court's ruling on the evidence.
	AdmissibilityRuledBody struct {
		Evidence string `json:"evidence"`
		Admitted bool   `json:"admitted"`
		Reason   string `json:"reason,omitempty"`
	}
	// ReviewOpenedBody opens an independent review afterwards.
	ReviewOpenedBody struct {
		By    string `json:"by"`
		Drawn string `json:"drawn"` // random, by risk, on complaint
	}
	// ReviewClosedBody is what it found.
	ReviewClosedBody struct {
		Finding   string `json:"finding"`          // empty: nothing found wrong
		Answer    string `json:"answer,omitempty"` // of whoever was found wrong
		Published bool   `json:"published"`
	}
	// RemedySoughtBody is a person going to law over what was done with their data.
	RemedySoughtBody struct {
		Forum    string `json:"forum"` // role@state; empty: none is open
		Standing Answer `json:"standing"`
	}
	// RemedyDecidedBody is what the forum said.
	RemedyDecidedBody struct {
		Granted bool   `json:"granted"`
		Reason  string `json:"reason"`
	}
	// DocketEnteredBody puts a sealed entry on a public register: that there is a request, and no more.
	DocketEnteredBody struct {
		Commitment  string   `json:"commitment"` // sha256, hex
		Category    string   `json:"category"`
		Instruments []string `json:"instruments"`
	}
	// DocketOpenedBody opens it.
	DocketOpenedBody struct {
		Commitment string `json:"commitment"`
		Reference  string `json:"reference"`
	}
	// LedgerConsultedBody looks in a ledger shared between States for the same conduct, and for whoever asks.
	LedgerConsultedBody struct {
		ConductHash string   `json:"conduct_hash"`       // sha256, hex
		Found       []string `json:"found,omitempty"`    // earlier refusals of the conduct
		Findings    []string `json:"findings,omitempty"` // against the authority that asks, in whatever matter
	}
	// DefenceAskedBody is the defence asking for evidence or for its preservation, through a court.
	DefenceAskedBody struct {
		Through string `json:"through"` // empty: nobody may carry it
		Scope   Scope  `json:"scope"`
		Why     string `json:"why"`
	}
	// DefenceAnsweredBody is what came of it.
	DefenceAnsweredBody struct {
		Carried bool   `json:"carried"`
		Why     string `json:"why"`
	}
	// EvidenceExpiredBody is data that a provider deleted in the usual course before anybody asked.
	EvidenceExpiredBody struct {
		Provider string `json:"provider"`
		Why      string `json:"why"`
	}
	// BreachFoundBody is a leak of evidence held.
	BreachFoundBody struct {
		Evidence string `json:"evidence"`
		Holder   string `json:"holder"`
		Persons  int    `json:"persons"`
	}
	// BreachNotifiedBody tells of it.
	BreachNotifiedBody struct {
		To         string `json:"to"` // a State, or the persons
		HoursAfter int    `json:"hours_after"`
	}
	// LawChangedBody is a change of the law while the case runs.
	LawChangedBody struct {
		Safeguards []string `json:"safeguards"` // in force from now on, beside the instruments
		State      State    `json:"state"`
		What       string   `json:"what"`
	}
)

// ContactAsk is what a contact point is asked for.
type ContactAsk string

// The asks.
const (
	AskPreserve ContactAsk = "preserve"
	AskDisclose ContactAsk = "disclose"
	AskAdvice   ContactAsk = "advice"
)

// ContactAsks lists the asks.
var ContactAsks = []ContactAsk{AskPreserve, AskDisclose, AskAdvice}

// ContactReply is what a contact point does.
type ContactReply string

// The replies: the data are kept and nothing is told; personal data are told; nothing is done.
const (
	ContactPreserves ContactReply = "preserved"
	ContactTells     ContactReply = "told"
	ContactDeclines  ContactReply = "declined"
)

// ContactReplies lists the replies.
var ContactReplies = []ContactReply{ContactPreserves, ContactTells, ContactDeclines}

func (RegimeChosenBody) Kind() Kind        { return RegimeChosen }
func (InformationSharedBody) Kind() Kind   { return InformationShared }
func (ContactAskedBody) Kind() Kind        { return ContactAsked }
func (ContactAnsweredBody) Kind() Kind     { return ContactAnswered }
func (PoliceSharedBody) Kind() Kind        { return PoliceShared }
func (TeamFormedBody) Kind() Kind          { return TeamFormed }
func (DisclosureAskedBody) Kind() Kind     { return DisclosureAsked }
func (SenderCheckedBody) Kind() Kind       { return SenderChecked }
func (VoluntaryDisclosedBody) Kind() Kind  { return VoluntaryDisclosed }
func (DisclosureDeclinedBody) Kind() Kind  { return DisclosureDeclined }
func (EmergencyValidatedBody) Kind() Kind  { return EmergencyValidated }
func (SenderAlertedBody) Kind() Kind       { return SenderAlerted }
func (TransborderAccessedBody) Kind() Kind { return TransborderAccessed }
func (StateNotifiedBody) Kind() Kind       { return StateNotified }
func (StateObjectedBody) Kind() Kind       { return StateObjected }
func (DeliveryUndoneBody) Kind() Kind      { return DeliveryUndone }
func (DeletedBody) Kind() Kind             { return Deleted }
func (ConsentAskedBody) Kind() Kind        { return ConsentAsked }
func (ConsentDecidedBody) Kind() Kind      { return ConsentDecided }
func (UseBlockedBody) Kind() Kind          { return UseBlocked }
func (OnwardTransferredBody) Kind() Kind   { return OnwardTransferred }
func (RoleScreenedBody) Kind() Kind        { return RoleScreened }
func (PrivilegeFilteredBody) Kind() Kind   { return PrivilegeFiltered }
func (AssuranceAskedBody) Kind() Kind      { return AssuranceAsked }
func (AssuranceGivenBody) Kind() Kind      { return AssuranceGiven }
func (AssuranceBreachedBody) Kind() Kind   { return AssuranceBreached }
func (AssistanceCompelledBody) Kind() Kind { return AssistanceCompelled }
func (InterceptionStartedBody) Kind() Kind { return InterceptionStarted }
func (InterceptionStoppedBody) Kind() Kind { return InterceptionStopped }
func (AdmissibilityRuledBody) Kind() Kind  { return AdmissibilityRuled }
func (ReviewOpenedBody) Kind() Kind        { return ReviewOpened }
func (ReviewClosedBody) Kind() Kind        { return ReviewClosed }
func (RemedySoughtBody) Kind() Kind        { return RemedySought }
func (RemedyDecidedBody) Kind() Kind       { return RemedyDecided }
func (DocketEnteredBody) Kind() Kind       { return DocketEntered }
func (DocketOpenedBody) Kind() Kind        { return DocketOpened }
func (LedgerConsultedBody) Kind() Kind     { return LedgerConsulted }
func (DefenceAskedBody) Kind() Kind        { return DefenceAsked }
func (DefenceAnsweredBody) Kind() Kind     { return DefenceAnswered }
func (EvidenceExpiredBody) Kind() Kind     { return EvidenceExpired }
func (BreachFoundBody) Kind() Kind         { return BreachFound }
func (BreachNotifiedBody) Kind() Kind      { return BreachNotified }
func (LawChangedBody) Kind() Kind          { return LawChanged }
