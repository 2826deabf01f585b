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
	// Channel is the way the data are sought; empty is a request between central authorities.
	Channel Channel `json:"channel,omitempty" yaml:"channel"`
	// Residence is the State where the person lives and Host the one where the data lie, where either is a third State.
	Residence State `json:"residence,omitempty" yaml:"residence"`
	Host      State `json:"host,omitempty" yaml:"host"`
	// Yields names contested deferrals taken to hold between instruments that bind the pair; see policies.Pair.
	Yields []string `json:"yields,omitempty" yaml:"-"`
}

// Channel is the way data are sought or given across a border. Only the first is a request; absence of a request is not
// absence of a transfer.
type Channel string

// The channels: through central authorities; an authority's order to a provider in another State; a provider's own
// decision, with or without a claim of danger to life; information nobody asked for on record (UNCC 40(4)); the contact
// point that is open day and night (41); police to police (47); a joint team (48); and access with consent, which asks no
// State (Budapest 32(b)).
const (
	Formal      Channel = ""
	Direct      Channel = "direct"
	Voluntary   Channel = "voluntary"
	Spontaneous Channel = "spontaneous"
	Contact     Channel = "contact"
	Police      Channel = "police"
	JointTeam   Channel = "joint-team"
	Transborder Channel = "trans-border"
)

// Channels lists the channels.
var Channels = []Channel{Formal, Direct, Voluntary, Spontaneous, Contact, Police, JointTeam, Transborder}

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
