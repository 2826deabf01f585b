package mla

import (
	"fmt"
	"slices"
)

// Questions of what goes on beside a request between central authorities.
const (
	QShare       Question = "share"         // investigating authority of the State that holds the data: sends them unasked
	QTeam        Question = "team"          // requesting authority: agrees on a joint team
	QContact     Question = "contact"       // contact point of the State that seeks the data: a message to the other
	QContactTell Question = "contact-reply" // contact point: what it does about the message
	QCallBack    Question = "call-back"     // contact point: what calling the sender back shows
	QApproach    Question = "approach"      // requesting authority, or whoever writes in its name: asks a provider
	QDisclose    Question = "disclose"      // provider: whether it hands over
	QCheckSender Question = "check-sender"  // provider: what checking the sender shows
	QEmergency   Question = "emergency"     // court: whether an emergency was real
	QAccess      Question = "access"        // requesting authority: takes data abroad with consent
	QRetry       Question = "retry"         // requesting authority: asks again elsewhere after a refusal
	QLedger      Question = "ledger"        // central authority: what the shared ledger shows against whoever asks
	QRenewal     Question = "renewal"       // requesting authority: asks for a preservation to be extended
	QRetention   Question = "retention"     // provider: deletes in the usual course
	QDefence     Question = "defence"       // person: the defence asks for evidence
)

type (
	// ShareAnswer sends data that nobody asked for on record, or police to police, or within a team.
	ShareAnswer struct {
		Timing     `yaml:",inline"`
		Why        string   `json:"why" yaml:"why"`
		Conditions []string `json:"conditions,omitempty" yaml:"conditions"`
		Records    int      `json:"records" yaml:"records"`
	}
	// TeamAnswer forms a joint team of the two States.
	TeamAnswer struct {
		Timing           `yaml:",inline"`
		Name             string `json:"name" yaml:"name"`
		Purpose          string `json:"purpose" yaml:"purpose"`
		CentralAuthority bool   `json:"central_authority,omitempty" yaml:"central_authority"` // is a member, and tests grounds
	}
	// ContactAnswer writes to the other State's contact point.
	ContactAnswer struct {
		Timing `yaml:",inline"`
		Ask    ContactAsk `json:"ask" yaml:"ask"`
		Claim  string     `json:"claim" yaml:"claim"`
	}
	// ContactTellAnswer is what the contact point does about it.
	ContactTellAnswer struct {
		Timing  `yaml:",inline"`
		Answer  ContactReply `json:"answer" yaml:"answer"`
		Checks  bool         `json:"checks,omitempty" yaml:"checks"` // calls the sender back first
		Why     string       `json:"why,omitempty" yaml:"why"`
		Records int          `json:"records,omitempty" yaml:"records"`
	}
	// CallBackAnswer is what calling a contact point back shows.
	CallBackAnswer struct {
		Timing  `yaml:",inline"`
		Genuine Answer `json:"genuine" yaml:"genuine"`
		How     string `json:"how" yaml:"how"`
	}
	// ApproachAnswer asks a provider for data without an order. Forged: nobody of the State it names wrote it.
	ApproachAnswer struct {
		Timing    `yaml:",inline"`
		Sender    string `json:"sender" yaml:"sender"` // as the message gives it
		Claim     string `json:"claim" yaml:"claim"`
		Emergency bool   `json:"emergency,omitempty" yaml:"emergency"` // danger to life is claimed
		Forged    bool   `json:"forged,omitempty" yaml:"forged"`
	}
	// DiscloseAnswer is the provider's own decision.
	DiscloseAnswer struct {
		Timing    `yaml:",inline"`
		Discloses bool   `json:"discloses" yaml:"discloses"`
		Checks    bool   `json:"checks,omitempty" yaml:"checks"` // the sender first
		Why       string `json:"why,omitempty" yaml:"why"`       // it declines
		Records   int    `json:"records,omitempty" yaml:"records"`
	}
	// CheckSenderAnswer is what the check shows, and whether the State named is told of a false one.
	CheckSenderAnswer struct {
		Timing  `yaml:",inline"`
		Genuine Answer `json:"genuine" yaml:"genuine"`
		How     string `json:"how" yaml:"how"`
		Alerts  bool   `json:"alerts,omitempty" yaml:"alerts"`
	}
	// EmergencyAnswer says afterwards whether an emergency was real.
	EmergencyAnswer struct {
		Timing  `yaml:",inline"`
		Real    Answer `json:"real" yaml:"real"`
		By      string `json:"by" yaml:"by"`
		Reasons string `json:"reasons,omitempty" yaml:"reasons"`
	}
	// AccessAnswer takes stored data in another State with the consent of whoever may give it.
	AccessAnswer struct {
		Timing  `yaml:",inline"`
		Consent string `json:"consent" yaml:"consent"` // whose
		Records int    `json:"records" yaml:"records"`
	}
	// RetryAnswer asks again for the same conduct after a refusal, of another State or under another instrument.
	RetryAnswer struct {
		Timing    `yaml:",inline"`
		Requested State  `json:"requested,omitempty" yaml:"requested"` // empty: the same
		Regime    string `json:"regime,omitempty" yaml:"regime"`       // empty: the same
		Relabel   string `json:"relabel,omitempty" yaml:"relabel"`     // the offence it is now called; empty: the same
		// MaxPenaltyYears is the maximum of the offence it is now called, under the requesting State's law; life is 99.
		MaxPenaltyYears int      `json:"max_penalty_years,omitempty" yaml:"max_penalty_years"`
		Open            []string `json:"open,omitempty" yaml:"open"` // other States and instruments that were open
		Why             string   `json:"why,omitempty" yaml:"why"`
	}
	// LedgerAnswer gives the findings that stand in the ledger against the authority that asks, in other matters.
	LedgerAnswer struct {
		Timing   `yaml:",inline"`
		Findings []string `json:"findings,omitempty" yaml:"findings"`
	}
	// RenewalAnswer asks for a preservation to be extended, counted from the time it was last asked for.
	RenewalAnswer struct {
		Timing `yaml:",inline"`
	}
	// RetentionAnswer deletes what nobody has preserved, counted from the start of the case.
	RetentionAnswer struct {
		Timing `yaml:",inline"`
		Why    string `json:"why" yaml:"why"`
	}
	// DefenceAnswer is the defence asking for evidence, or for its preservation.
	DefenceAnswer struct {
		Timing `yaml:",inline"`
		Why    string `json:"why" yaml:"why"`
	}
)

func (ShareAnswer) Question() Question       { return QShare }
func (TeamAnswer) Question() Question        { return QTeam }
func (ContactAnswer) Question() Question     { return QContact }
func (ContactTellAnswer) Question() Question { return QContactTell }
func (CallBackAnswer) Question() Question    { return QCallBack }
func (ApproachAnswer) Question() Question    { return QApproach }
func (DiscloseAnswer) Question() Question    { return QDisclose }
func (CheckSenderAnswer) Question() Question { return QCheckSender }
func (EmergencyAnswer) Question() Question   { return QEmergency }
func (AccessAnswer) Question() Question      { return QAccess }
func (RetryAnswer) Question() Question       { return QRetry }
func (LedgerAnswer) Question() Question      { return QLedger }
func (RenewalAnswer) Question() Question     { return QRenewal }
func (RetentionAnswer) Question() Question   { return QRetention }
func (DefenceAnswer) Question() Question     { return QDefence }

// channelQuestions says on which channels a question is put; one that is not here is put on a request between central
// authorities, and on a channel where that is as closely gated.
var channelQuestions = map[Question][]Channel{
	QShare:       {Spontaneous, Police, JointTeam},
	QTeam:        {JointTeam},
	QContact:     {Contact},
	QContactTell: {Contact},
	QCallBack:    {Contact},
	QApproach:    {Voluntary},
	QDisclose:    {Voluntary},
	QCheckSender: {Voluntary},
	QEmergency:   {Voluntary},
	QAccess:      {Transborder},
	QRetry:       {Formal},
	QLedger:      {Formal},
	QRenewal:     {Formal},
	QRetention:   {Formal},
	QDefence:     {Formal},
}

// PutOn reports whether a question belongs to a channel.
func (q Question) PutOn(c Channel) bool {
	channels, special := channelQuestions[q]
	return !special || slices.Contains(channels, c)
}

// checkBeside says what is wrong with the values of an answer of a channel.
func checkBeside(a ReplyTo) error {
	switch a := a.(type) {
	case ShareAnswer:
		return notNegative(QShare, a.Records)
	case TeamAnswer:
		if a.Name == "" {
			return fmt.Errorf("answer to %s: name: a team has one", QTeam)
		}
	case ContactAnswer:
		return among(QContact, "ask", a.Ask, ContactAsks)
	case ContactTellAnswer:
		if err := among(QContactTell, "answer", a.Answer, ContactReplies); err != nil {
			return err
		}
		return notNegative(QContactTell, a.Records)
	case CallBackAnswer:
		return among(QCallBack, "genuine", a.Genuine, Answers)
	case DiscloseAnswer:
		return notNegative(QDisclose, a.Records)
	case CheckSenderAnswer:
		return among(QCheckSender, "genuine", a.Genuine, Answers)
	case EmergencyAnswer:
		return among(QEmergency, "real", a.Real, Answers)
	case AccessAnswer:
		return notNegative(QAccess, a.Records)
	case RetryAnswer:
		if a.Requested == "" && a.Regime == "" && a.Relabel == "" {
			return fmt.Errorf("answer to %s: nothing is different: give requested, regime or relabel", QRetry)
		}
		if (a.Relabel != "") != (a.MaxPenaltyYears > 0) {
			return fmt.Errorf("answer to %s: relabel: an offence by another name has a maximum of its own: give relabel and max_penalty_years, or neither", QRetry)
		}
	}
	return nil
}

func notNegative(q Question, records int) error {
	if records < 0 {
		return fmt.Errorf("answer to %s: records: %d is less than none", q, records)
	}
	return nil
}

func among[T ~string](q Question, name string, word T, words []T) error {
	if !slices.Contains(words, word) {
		return fmt.Errorf("answer to %s: %s: %q is not one of %v", q, name, word, words)
	}
	return nil
}
