package policies

import (
	"slices"

	"rogatory/internal/mla"
)

// Terms are what the procedure has to know of the law between two States before it can take a step: duties, periods,
// who authorises, who may read. They are read off the instruments and the State files and decide nothing.
//
// A zero period or an empty article means that the instrument is silent. Silence neither gives nor takes anything: what
// then happens follows from the State files.
type Terms struct {
	Policy      string       `json:"policy"` // digest of the bundle
	Instruments []Instrument `json:"instruments"`
	// DualCriminality names the provision that has it tested by conduct, so that testing otherwise can be logged as a
	// departure from it.
	DualCriminality DualCriminalityTest `json:"dual_criminality"`
	Preservation    Preservation        `json:"preservation"`
	Secrecy         Secrecy             `json:"secrecy"`
	Reasons         Reasons             `json:"reasons"`
	Consultation    Consultation        `json:"consultation"`
	// Postponement lists the rules that give the power to postpone because helping now would disturb a case of the
	// requested State's own (UNCC 40(27), Budapest 27(5)).
	Postponement []string `json:"postponement"`
	Use          Use      `json:"use"`
	// Authorisation is the requested State's law, by measure.
	Authorisation map[mla.Measure]Authorisation `json:"authorisation"`
	Challenge     Challenge                     `json:"challenge"`
	Notice        Notice                        `json:"notice"`
	Statistics    Statistics                    `json:"statistics"`
	// Denial is the ground that the denial of an authorisation, or a successful challenge, amounts to: the requested
	// State's own law bars the step (UNCC 40(21)(c), Budapest 25(4)).
	Denial mla.Ground `json:"denial"`
	// Own lists the facts that the requested State knows best or reads off the letter and the law, and does not ask the
	// other State for.
	Own []mla.Path `json:"own"`
	// Acts gives the provisions each kind of act is done under, as "uncc 40(15)".
	Acts map[mla.Kind][]string `json:"acts"`
	// Readers gives, for each State, the roles that may read each kind of event on its log.
	Readers map[mla.State]map[mla.Kind][]mla.Role `json:"readers"`
	// Practice gives each State's working times, all assumed.
	Practice map[mla.State]Practice `json:"practice"`

	// AuthorisationByCategory is the requested State's law where the kind of data matters; where it has no entry,
	// Authorisation stands.
	AuthorisationByCategory map[mla.Measure]map[mla.Category]Authorisation `json:"authorisation_by_category,omitzero"`
	// Safeguards are those switched on, in order, and Duties what they ask beyond what the procedure can act on.
	Safeguards []string `json:"safeguards,omitzero"`
	Duties     []Duty   `json:"duties,omitzero"`
	Scrutiny   Scrutiny `json:"scrutiny,omitzero"`
	// Direct is what the instruments say of an order to a provider in another State.
	Direct Direct `json:"direct,omitzero"`
	// ThirdState is the notice to a State that neither asks nor is asked.
	ThirdState ThirdState `json:"third_state,omitzero"`
	Channels   Channels   `json:"channels,omitzero"`
	// Remedies is what each State's law offers the person.
	Remedies map[mla.State]Remedy `json:"remedies,omitzero"`
	// RealTime gives the provisions on help in real time, by measure.
	RealTime map[mla.Measure][]string `json:"real_time,omitzero"`
}

// Scrutiny is the least time an officer gives to a request.
type Scrutiny struct {
	FloorMinutes int `json:"floor_minutes"`
}

// Instrument is one treaty's standing.
type Instrument struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Short  string `json:"short"`
	Status string `json:"status"` // one sentence with its date; says so when not in force
	// InForce is no until the text is in force anywhere.
	InForce bool `json:"in_force"`
	// Standing keeps apart what Status says in one sentence.
	Standing Standing `json:"standing"`
}

// DualCriminalityTest is how an instrument has dual criminality tested: by conduct, whatever the offence is called.
type DualCriminalityTest struct {
	Rule    string `json:"rule"`    // "uncc/35(3)"
	Article string `json:"article"` // "uncc 35(3)"
}

// Preservation is the period of quick preservation for another State, and at home.
type Preservation struct {
	Article   string `json:"article"`
	FloorDays int    `json:"floor_days"` // at least; deleting earlier breaks the instrument
	// ExtensionArticle lets the requesting State ask for longer before the period is over.
	ExtensionArticle string `json:"extension_article,omitzero"`
	HoldArticle      string `json:"hold_article"`
	Hold             bool   `json:"hold"`         // once the request has arrived, keep until it is decided
	CeilingDays      int    `json:"ceiling_days"` // of one domestic order, renewable
	HomeArticle      string `json:"home_article"`
}

// Impossible says what an instrument makes of secrecy that cannot be kept.
type Impossible string

// The two forks: the requested State only has to tell, or it tells and the requesting State then decides.
const (
	TellOnly          Impossible = "tell"
	RequestingDecides Impossible = "requesting-decides"
)

// Secrecy has three layers that are easily confused: of the request, of the provider's order by treaty, and of the
// order by the requested State's own law.
type Secrecy struct {
	RequestArticle    string                          `json:"request_article"` // the requesting State may demand it
	Impossible        Impossible                      `json:"impossible"`
	ImpossibleArticle string                          `json:"impossible_article"`
	Treaty            map[mla.Measure]ProviderSecrecy `json:"treaty"` // gag the instrument tells States to create
	Law               ProviderSecrecy                 `json:"law"`    // the requested State's own gag
}

// ProviderSecrecy is a gag and its end. It binds a provider by the requested State's law alone; an instrument can only
// have States create it.
type ProviderSecrecy struct {
	Basis    string `json:"basis"`    // in the State's law
	Article  string `json:"article"`  // that has States create it, if one does
	Days     int    `json:"days"`     // one term; 0 with a basis: no end
	Renewals int    `json:"renewals"` // at most; 0: none
	// Domestic is true where the article leaves the period to the State's law in so many words; elsewhere it says nothing
	// of an end.
	Domestic  bool `json:"domestic"`
	Automatic bool `json:"automatic"` // renewed without anybody asking, while the need has not been said to have ended
}

// Reasons says for which outcomes reasons are owed to the requesting State.
type Reasons struct {
	Article  string        `json:"article"`
	Outcomes []mla.Outcome `json:"outcomes"`
}

// Consultation is the duty to consult before refusing or postponing.
type Consultation struct {
	Article string `json:"article"`
	// Must is true where consulting is a duty, false where the duty is only to consider help in part or on conditions
	// and to consult where appropriate.
	Must bool `json:"must"`
	// Grounds lists the rules whose raising sets the duty off. All is true where any ground does.
	Grounds      []string `json:"grounds"`
	All          bool     `json:"all"`
	Postponement bool     `json:"postponement"`
}

// Use is the default limit on the use of what is delivered.
type Use struct {
	Article     string `json:"article"`
	Limited     bool   `json:"limited"`     // by default, without anybody setting a condition
	Condition   bool   `json:"condition"`   // the requested State may set one
	Exculpatory bool   `json:"exculpatory"` // evidence that clears an accused may be disclosed
	// Tokens is true where each use and each passing-on needs a token of consent of its own.
	Tokens bool `json:"tokens,omitzero"`
}

// Authorisation says who authorises a measure in the requested State.
type Authorisation struct {
	Authority   string `json:"authority"`   // as the State calls it
	Independent bool   `json:"independent"` // of the investigation and of the executive
	Basis       string `json:"basis"`
}

// Authority is who must authorise a measure on data of several kinds: whoever the strictest of them asks for, and among
// equally strict ones the most intrusive.
func (t *Terms) Authority(m mla.Measure, s mla.Scope) Authorisation {
	var by Authorisation
	for _, category := range mla.Categories {
		if !slices.Contains(s.Categories, category) {
			continue
		}
		asks, ok := t.AuthorisationByCategory[m][category]
		if !ok {
			asks = t.Authorisation[m]
		}
		if asks.Independent || !by.Independent {
			by = asks
		}
	}
	return by
}

// Challenge says whether a provider may contest an order, by the requested State's law.
type Challenge struct {
	Available bool   `json:"available"`
	Stays     bool   `json:"stays"` // production waits for the ruling
	Basis     string `json:"basis"`
}

// Notice says whether the person must be told, by the requested State's law, and when.
type Notice struct {
	Owed  bool   `json:"owed"`
	Days  int    `json:"days"` // after secrecy ends, or after delivery where there is none
	Basis string `json:"basis"`
}

// Statistics says whether the requested State publishes figures on requests.
type Statistics struct {
	Published bool   `json:"published"`
	Basis     string `json:"basis"`
}

// Practice is how a State works; none of it is law, all of it is assumed.
type Practice struct {
	TransitDays  int `json:"transit_days"`  // from its desk to the other State's
	PatienceDays int `json:"patience_days"` // it waits for an answer before going on without
}
