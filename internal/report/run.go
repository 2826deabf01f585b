package report

import (
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// Run is everything a run of one case has to tell; it is the object that `run --json` prints.
type Run struct {
	Case            string              `json:"case"`
	Title           string              `json:"title"`
	Gap             string              `json:"gap,omitempty"`
	Regime          string              `json:"regime"` // instruments, joined by commas
	Instruments     []Instrument        `json:"instruments"`
	Safeguards      []string            `json:"safeguards"`
	AskedFor        []policies.Duty     `json:"asked_for"` // what the safeguards ask and nothing in the procedure acts on
	Clock           string              `json:"clock"`
	Requesting      mla.State           `json:"requesting"`
	Requested       mla.State           `json:"requested"`
	Outcome         mla.Outcome         `json:"outcome"`
	Obtained        Obtained            `json:"obtained"`
	DualCriminality mla.DualCriminality `json:"dual_criminality"`
	// OnStipulated is dual criminality on the stipulated facts, tested as the instrument wants it.
	OnStipulated mla.DualCriminality `json:"dual_criminality_on_stipulated"`
	Seriousness  mla.Seriousness     `json:"seriousness"`
	Rules
	// Doors is how many mandatory checks each instrument or State that was open puts before a grant, where one was chosen.
	Doors      map[string]int   `json:"doors,omitempty"`
	Days       Days             `json:"days"`
	Gaps       []measure.Result `json:"gaps"`
	Invariants []string         `json:"invariants"` // violations; empty when all eight hold
	Events     int              `json:"events"`
	Log        Log              `json:"log"`
	Policy     string           `json:"policy"` // digest of the bundle
	Seed       string           `json:"seed"`
	CaseID     string           `json:"case_id"`
	Caveat     string           `json:"caveat"`
}

// Obtained says whether data crossed the border, and how. An outcome is told of a request; where no State decided on one,
// it is lapsed, and what came of the matter stands here.
type Obtained struct {
	Data    bool        `json:"data"`
	Persons int         `json:"persons"` // whose data, at most
	Channel mla.Channel `json:"channel"` // empty: a request between central authorities
	Decided bool        `json:"decided"` // a State decided on it
	// Undone says that what was delivered had to be deleted, or its use restricted, afterwards.
	Undone bool `json:"undone,omitzero"`
}

// Instrument is a treaty the run was made under, and where it stands.
type Instrument struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Status  string `json:"status"`
	InForce bool   `json:"in_force"`
	// Asks says who is asked under it, where that is told.
	Asks []policies.Asked `json:"asks,omitempty"`
}

// Ground is one rule: what it says on what the deciding role knew and on what the author of the case stipulates, and
// whether it was raised.
type Ground struct {
	Rule         string         `json:"rule"`
	Article      string         `json:"article"`
	Stage        mla.Stage      `json:"stage"`
	Effect       mla.Effect     `json:"effect"`
	Standard     mla.Standard   `json:"standard"`
	Confidence   mla.Confidence `json:"confidence"`
	Reading      mla.Reading    `json:"reading"`
	Holds        mla.Answer     `json:"holds"`
	OnStipulated mla.Answer     `json:"on_stipulated"`
	Raised       bool           `json:"raised"`
	Missing      []mla.Path     `json:"missing"`
	Because      []string       `json:"because"` // the facts it rests on, and what the rule says
	Says         string         `json:"says"`
	Silence      *Silence       `json:"silence,omitempty"` // null: it speaks
}

// Silence is why a rule does not speak: the article that switches it off, and the instrument whose words take its place.
type Silence struct {
	By         string `json:"by"`                   // "uncc 40(7)"
	Instrument string `json:"instrument,omitempty"` // empty: a treaty outside the stack
	Says       string `json:"says"`
}

// Days are legal days from the sending of the letter, to the decision that stood and to the arrival of the evidence; null
// where there was no such day.
type Days struct {
	ToDecision *int `json:"to_decision"`
	ToDelivery *int `json:"to_delivery"`
}

// Log says where the logs are and what they hold.
type Log struct {
	Dir    string     `json:"dir"`  // empty: not kept
	Size   int        `json:"size"` // leaves, all logs together
	Root   string     `json:"root"` // sha256 over the roots below, in their order
	States []StateLog `json:"states"`
}

// StateLog is the log of one State.
type StateLog struct {
	State mla.State `json:"state"`
	Size  int       `json:"size"`
	Root  string    `json:"root"` // as in its checkpoint
	Whole bool      `json:"whole"`
}

// Caveat stands on every output.
const Caveat = "Fictional States. The UN convention was not in force when last checked (2026-11-21). Results rest on the listed " +
	"assumptions. Not legal advice; not for real requests."
