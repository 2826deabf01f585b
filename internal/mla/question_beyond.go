package mla

// The questions of orders that go to a provider in another State, of States that are told, and of what becomes of evidence
// beyond the request.
const (
	QValidate        Question = "validate"         // court of the issuing State: an order that went ahead of its validation
	QObject          Question = "object"           // central authority of the State where the provider is: the order it was told of
	QObjectResidence Question = "object-residence" // central authority of the State where the person lives
	QObjectHost      Question = "object-host"      // central authority of the State where the data lie
	QDelete          Question = "delete"           // requesting authority: data to be deleted, or no longer used
	QPassOn          Question = "pass-on"          // requesting authority: what else it does with the evidence
	QConsent         Question = "consent"          // central authority of the State the evidence came from: another use
)

// Third is the side of a State that neither asks nor is asked, and is told.
const Third Side = "third"

// Objection is what a State that was told says to it. Where the instrument has a list of grounds, it objects if one that it
// raises is open; elsewhere if it says so.
type Objection struct {
	Objects  bool   `json:"objects,omitempty" yaml:"objects"`
	Restrict bool   `json:"restrict,omitempty" yaml:"restrict"` // it asks that use be restricted, not that data be deleted
	Reasons  string `json:"reasons,omitempty" yaml:"reasons"`
}

type (
	// ValidateAnswer rules on an order that went ahead of its validation.
	ValidateAnswer struct {
		Timing  `yaml:",inline"`
		Ruling  Ruling `json:"ruling" yaml:"ruling"`
		Scope   *Scope `json:"scope,omitempty" yaml:"scope"` // when modifying
		Reasons string `json:"reasons,omitempty" yaml:"reasons"`
	}
	// ObjectAnswer objects to an order or clears it. Raises and Considers name rules or articles, as in DecideAnswer.
	ObjectAnswer struct {
		Timing    `yaml:",inline"`
		Objection `yaml:",inline"`
		Minutes   int      `json:"minutes,omitempty" yaml:"minutes"` // of scrutiny
		Checks    []string `json:"checks,omitempty" yaml:"checks"`
		Method    Method   `json:"method,omitempty" yaml:"method"` // of testing dual criminality; empty: not tested
		Considers []string `json:"considers,omitempty" yaml:"considers"`
		Raises    []string `json:"raises,omitempty" yaml:"raises"`
	}
	// ObjectResidenceAnswer is that of the State where the person lives.
	ObjectResidenceAnswer struct {
		Timing    `yaml:",inline"`
		Objection `yaml:",inline"`
	}
	// ObjectHostAnswer is that of the State where the data lie.
	ObjectHostAnswer struct {
		Timing    `yaml:",inline"`
		Objection `yaml:",inline"`
	}
	// DeleteAnswer carries out the duty to delete, or to use no more.
	DeleteAnswer struct {
		Timing    `yaml:",inline"`
		Confirmed bool `json:"confirmed" yaml:"confirmed"` // it can show it
	}
	// PassOnAnswer is another use of the evidence, or passing it on to a State.
	PassOnAnswer struct {
		Timing  `yaml:",inline"`
		To      State  `json:"to,omitempty" yaml:"to"` // empty: another use at home
		Purpose string `json:"purpose" yaml:"purpose"`
		Asks    bool   `json:"asks,omitempty" yaml:"asks"`     // for the consent of the State it came from
		Anyway  bool   `json:"anyway,omitempty" yaml:"anyway"` // also where consent is asked for and refused
	}
	// ConsentAnswer agrees to another use, or does not.
	ConsentAnswer struct {
		Timing `yaml:",inline"`
		Grants bool   `json:"grants" yaml:"grants"`
		Why    string `json:"why,omitempty" yaml:"why"`
	}
)

func (ValidateAnswer) Question() Question        { return QValidate }
func (ObjectAnswer) Question() Question          { return QObject }
func (ObjectResidenceAnswer) Question() Question { return QObjectResidence }
func (ObjectHostAnswer) Question() Question      { return QObjectHost }
func (DeleteAnswer) Question() Question          { return QDelete }
func (PassOnAnswer) Question() Question          { return QPassOn }
func (ConsentAnswer) Question() Question         { return QConsent }
