package mla

import (
	"fmt"
	"slices"
)

// Questions about what is special on the way of a request between central authorities, and about what follows delivery.
// A script that has no answer to one of them is a role that does nothing about it, and holds nothing up.
const (
	QScreen       Question = "screen"        // central authority: has the person a role or a vulnerability that the law protects?
	QFilter       Question = "filter"        // court: the privileged items in what was produced
	QAskAssurance Question = "ask-assurance" // central authority: a promise it asks for though nothing obliges it to
	QAssurance    Question = "assurance"     // requesting authority: the promise asked for
	QAssist       Question = "assist"        // central authority: whom it makes help, and with what
	QIntercept    Question = "intercept"     // provider: the collection in real time
	QExport       Question = "export"        // provider: how it hands the evidence over
	QCarry        Question = "carry"         // requesting authority: how the evidence arrives
	QTrial        Question = "trial"         // court of the requesting State: whether the evidence is admitted
	QReview       Question = "review"        // auditor: the review afterwards
	QAnswerReview Question = "answer-review" // central authority: its answer to a finding
	QKeep         Question = "keep"          // requesting authority: its copy
	QBreach       Question = "breach"        // requesting authority: a leak of what it holds
	QRemedy       Question = "remedy"        // person: goes to law
	QRemedyRuling Question = "remedy-ruling" // court: what it says to that
	QLegislate    Question = "legislate"     // central authority: the law it has to apply from now on
)

type (
	// ScreenAnswer says how it was looked; what was found is what it learns.
	ScreenAnswer struct {
		Timing `yaml:",inline"`
		How    string `json:"how" yaml:"how"`
	}
	// FilterAnswer keeps privileged items back.
	FilterAnswer struct {
		Timing `yaml:",inline"`
		Held   int    `json:"held" yaml:"held"`
		By     string `json:"by" yaml:"by"`
	}
	// AskAssuranceAnswer asks for a promise.
	AskAssuranceAnswer struct {
		Timing `yaml:",inline"`
		Of     string `json:"of" yaml:"of"`
	}
	// AssuranceAnswer gives a promise or does not; BreachedAfter says how long one that is given lasts, 0 for good.
	AssuranceAnswer struct {
		Timing        `yaml:",inline"`
		Gives         bool   `json:"gives" yaml:"gives"`
		BreachedAfter Days   `json:"breached_after,omitempty" yaml:"breached_after"`
		Breach        string `json:"breach,omitempty" yaml:"breach"`
	}
	// AssistAnswer makes somebody who knows a system help (UNCC 28(4), Budapest 19(4)).
	AssistAnswer struct {
		Timing `yaml:",inline"`
		Person string `json:"person,omitempty" yaml:"person"` // a member of the firm's staff, by pseudonym; empty: the firm
		What   string `json:"what" yaml:"what"`
		Reach  int    `json:"reach,omitempty" yaml:"reach"` // people not concerned whose security the step touches
	}
	// InterceptAnswer collects as it arises; After is until it starts.
	InterceptAnswer struct {
		Timing     `yaml:",inline"`
		Days       Days `json:"days,omitempty" yaml:"days"` // it runs; 0: as long as is authorised
		Bystanders int  `json:"bystanders,omitempty" yaml:"bystanders"`
		Points     int  `json:"points,omitempty" yaml:"points"` // of location, in all
	}
	// ExportAnswer is the hop from the provider.
	ExportAnswer struct {
		Timing `yaml:",inline"`
		Damage Damage `json:"damage" yaml:"damage"`
	}
	// CarryAnswer is the hop to the requesting authority.
	CarryAnswer struct {
		Timing `yaml:",inline"`
		Damage Damage `json:"damage" yaml:"damage"`
	}
	// TrialAnswer rules on evidence whose chain of custody holds, and on evidence whose chain does not.
	TrialAnswer struct {
		Timing       `yaml:",inline"`
		Admits       bool   `json:"admits" yaml:"admits"`
		AdmitsBroken bool   `json:"admits_broken,omitempty" yaml:"admits_broken"`
		Reason       string `json:"reason,omitempty" yaml:"reason"`
	}
	// ReviewAnswer is a review afterwards and what it finds; no finding: nothing wrong. Drawn has the case drawn that way where
	// samples are drawn, or passed over; a complaint needs no sample. Left out, the lot falls by the case's id.
	ReviewAnswer struct {
		Timing    `yaml:",inline"`
		Drawn     Drawn  `json:"drawn,omitempty" yaml:"drawn"`
		Finding   string `json:"finding,omitempty" yaml:"finding"`
		Withholds bool   `json:"withholds,omitempty" yaml:"withholds"` // does not publish what it found
	}
	// AnswerReviewAnswer answers a finding in writing.
	AnswerReviewAnswer struct {
		Timing `yaml:",inline"`
		Words  string `json:"words" yaml:"words"`
	}
	// KeepAnswer deletes the copy, so long after it was received, or keeps it for good.
	KeepAnswer struct {
		Timing `yaml:",inline"`
		Keeps  bool `json:"keeps,omitempty" yaml:"keeps"`
		Proof  bool `json:"proof,omitempty" yaml:"proof"` // it can show that it did
	}
	// BreachAnswer is a leak, so long after the evidence was received. Where telling is owed and TellsAfter is 0 it is told when
	// the time for telling is over; where it is not owed, and TellsAfter is 0, nobody is told.
	BreachAnswer struct {
		Timing     `yaml:",inline"`
		Persons    int  `json:"persons" yaml:"persons"`
		TellsAfter int  `json:"tells_after,omitempty" yaml:"tells_after"` // hours
		Silent     bool `json:"silent,omitempty" yaml:"silent"`           // tells nobody, owed or not
	}
	// RemedyAnswer goes to law, so long after the person was told.
	RemedyAnswer struct {
		Timing `yaml:",inline"`
	}
	// RemedyRulingAnswer decides a person's case.
	RemedyRulingAnswer struct {
		Timing `yaml:",inline"`
		Grants bool   `json:"grants" yaml:"grants"`
		Reason string `json:"reason" yaml:"reason"`
	}
	// LegislateAnswer changes the law that the measure is carried out under: these safeguards are in force from then on, and no others.
	LegislateAnswer struct {
		Timing     `yaml:",inline"`
		Safeguards []string `json:"safeguards,omitempty" yaml:"safeguards"`
		What       string   `json:"what" yaml:"what"`
	}
)

// Damage is what becomes of evidence on a hop.
type Damage string

// The damages: it arrives as it left; another thing arrives; it arrives without a hash, so that nobody can tell.
const (
	Intact   Damage = "intact"
	Altered  Damage = "altered"
	Unhashed Damage = "unhashed"
)

// Damages lists the damages.
var Damages = []Damage{Intact, Altered, Unhashed}

// Drawn is how a case came to be reviewed afterwards.
type Drawn string

// The ways.
const (
	DrawnAtRandom    Drawn = "at random"
	DrawnByRisk      Drawn = "by risk"
	DrawnOnComplaint Drawn = "on complaint"
	NotDrawn         Drawn = "not" // the lot passes the case over
)

// Draws lists the ways.
var Draws = []Drawn{DrawnAtRandom, DrawnByRisk, DrawnOnComplaint, NotDrawn}

func (ScreenAnswer) Question() Question       { return QScreen }
func (FilterAnswer) Question() Question       { return QFilter }
func (AskAssuranceAnswer) Question() Question { return QAskAssurance }
func (AssuranceAnswer) Question() Question    { return QAssurance }
func (AssistAnswer) Question() Question       { return QAssist }
func (InterceptAnswer) Question() Question    { return QIntercept }
func (ExportAnswer) Question() Question       { return QExport }
func (CarryAnswer) Question() Question        { return QCarry }
func (TrialAnswer) Question() Question        { return QTrial }
func (ReviewAnswer) Question() Question       { return QReview }
func (AnswerReviewAnswer) Question() Question { return QAnswerReview }
func (KeepAnswer) Question() Question         { return QKeep }
func (BreachAnswer) Question() Question       { return QBreach }
func (RemedyAnswer) Question() Question       { return QRemedy }
func (RemedyRulingAnswer) Question() Question { return QRemedyRuling }
func (LegislateAnswer) Question() Question    { return QLegislate }

// checkAfter says what is wrong with the values of an answer to one of these questions.
func checkAfter(a ReplyTo) error {
	natural := func(name string, n int) error {
		if n < 0 {
			return fmt.Errorf("answer to %s: %s: %d cannot be negative", a.Question(), name, n)
		}
		return nil
	}
	oneOf := func(name, word string, ok bool, set any) error {
		if !ok {
			return fmt.Errorf("answer to %s: %s: %q is not one of %v", a.Question(), name, word, set)
		}
		return nil
	}
	switch a := a.(type) {
	case FilterAnswer:
		return natural("held", a.Held)
	case AssuranceAnswer:
		if a.BreachedAfter > 0 && !a.Gives {
			return fmt.Errorf("answer to %s: breached_after: only a promise that is given can be broken", QAssurance)
		}
		return natural("breached_after", int(a.BreachedAfter))
	case AssistAnswer:
		return natural("reach", a.Reach)
	case InterceptAnswer:
		for _, x := range []struct {
			name string
			n    int
		}{{"days", int(a.Days)}, {"bystanders", a.Bystanders}, {"points", a.Points}} {
			if err := natural(x.name, x.n); err != nil {
				return err
			}
		}
		if a.Days > 36500 {
			return fmt.Errorf("answer to %s: days: %d is more than 36500", QIntercept, a.Days)
		}
	case ExportAnswer:
		return oneOf("damage", string(a.Damage), slices.Contains(Damages, a.Damage), Damages)
	case CarryAnswer:
		return oneOf("damage", string(a.Damage), slices.Contains(Damages, a.Damage), Damages)
	case ReviewAnswer:
		return oneOf("drawn", string(a.Drawn), a.Drawn == "" || slices.Contains(Draws, a.Drawn), Draws)
	case BreachAnswer:
		if err := natural("persons", a.Persons); err != nil {
			return err
		}
		if a.TellsAfter > 876000 {
			return fmt.Errorf("answer to %s: tells_after: %d hours are more than a century", QBreach, a.TellsAfter)
		}
		return natural("tells_after", a.TellsAfter)
	}
	return nil
}
