package mla

// Category is the kind of data asked for (UNCC 2(c), (d), (f); Budapest 1(d), 18(3)).
type Category string

// The categories, by rising intrusion.
const (
	Subscriber Category = "subscriber"
	Traffic    Category = "traffic"
	Content    Category = "content"
)

// Categories lists the categories.
var Categories = []Category{Subscriber, Traffic, Content}

// Measure is the investigative step asked for (UNCC 25-30, 40(3), 42-46; Budapest 16-21, 29-34).
type Measure string

// The measures.
const (
	Preserve            Measure = "preserve"
	Produce             Measure = "produce"
	Search              Measure = "search"
	RealTimeTraffic     Measure = "real-time-traffic"
	Interception        Measure = "interception"
	CompelledAssistance Measure = "compelled-assistance"
)

// Measures lists the measures.
var Measures = []Measure{Preserve, Produce, Search, RealTimeTraffic, Interception, CompelledAssistance}

// Offence is what the requesting State calls the conduct. The label proves nothing about the conduct.
type Offence struct {
	Label           string `json:"label" yaml:"label"`
	MaxPenaltyYears int    `json:"max_penalty_years" yaml:"max_penalty_years"` // under the requesting State's law; life is 99
}

// Scope is how much is asked for, authorised or produced. A smaller scope lies within a larger one.
type Scope struct {
	Categories []Category `json:"categories" yaml:"categories"`
	Accounts   int        `json:"accounts" yaml:"accounts"`
	Persons    int        `json:"persons" yaml:"persons"` // whose data it reaches, bystanders included
	Months     int        `json:"months" yaml:"months"`   // of data
}

// Within reports whether s asks for no more than o in any respect.
func (s Scope) Within(o Scope) bool {
	for _, c := range s.Categories {
		found := false
		for _, d := range o.Categories {
			found = found || c == d
		}
		if !found {
			return false
		}
	}
	return s.Accounts <= o.Accounts && s.Persons <= o.Persons && s.Months <= o.Months
}

// Empty reports whether s asks for nothing at all.
func (s Scope) Empty() bool { return len(s.Categories) == 0 || s.Accounts == 0 || s.Persons == 0 }

// Request is the letter itself, with the contents UNCC 40(15) and Budapest 27 and 29(2) ask for.
type Request struct {
	Reference    string   `json:"reference" yaml:"-"` // the case's id, given by the clerk
	Requesting   State    `json:"requesting" yaml:"-"`
	Requested    State    `json:"requested" yaml:"-"`
	Instruments  []string `json:"instruments" yaml:"-"`
	Safeguards   []string `json:"safeguards,omitempty" yaml:"-"` // switched on over the instruments
	Authority    string   `json:"authority" yaml:"authority"`    // who conducts the investigation
	Offence      Offence  `json:"offence" yaml:"offence"`
	Conduct      string   `json:"conduct" yaml:"conduct"` // the facts as the requesting State tells them
	Purpose      string   `json:"purpose" yaml:"purpose"`
	Measure      Measure  `json:"measure" yaml:"measure"`
	Scope        Scope    `json:"scope" yaml:"scope"`
	Person       string   `json:"person" yaml:"person"`     // a pseudonym
	Provider     string   `json:"provider" yaml:"provider"` // a fictional firm
	Urgent       bool     `json:"urgent" yaml:"urgent"`
	Confidential bool     `json:"confidential" yaml:"confidential"` // secrecy of fact and substance is demanded
	Preserve     bool     `json:"preserve" yaml:"preserve"`         // a preservation request goes ahead of it
}

// Outcome is how a request ended for the requesting State. None of them is an error.
type Outcome string

// The outcomes.
const (
	Granted               Outcome = "granted"
	PartlyGranted         Outcome = "partly-granted"
	GrantedWithConditions Outcome = "granted-with-conditions"
	Postponed             Outcome = "postponed"
	Refused               Outcome = "refused"
	Withdrawn             Outcome = "withdrawn"
	Lapsed                Outcome = "lapsed"
	OutOfScope            Outcome = "out-of-scope"
)

// Outcomes lists the outcomes.
var Outcomes = []Outcome{Granted, PartlyGranted, GrantedWithConditions, Postponed, Refused, Withdrawn, Lapsed, OutOfScope}

// Grants reports whether the outcome lets the measure be carried out, in whole or part.
func (o Outcome) Grants() bool {
	return o == Granted || o == PartlyGranted || o == GrantedWithConditions
}

// Ruling is what an authority does with an application for a measure, or a court with a challenge.
type Ruling string

// The rulings.
const (
	RulingGrant  Ruling = "grant"
	RulingModify Ruling = "modify"
	RulingDeny   Ruling = "deny"
)

// Rulings lists the rulings.
var Rulings = []Ruling{RulingGrant, RulingModify, RulingDeny}

// Ground names a rule that a role raised, with its address.
type Ground struct {
	Rule    string `json:"rule" yaml:"rule"`
	Article string `json:"article" yaml:"article"` // "budapest 27(4)(a)"
}
