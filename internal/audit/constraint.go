package audit

import (
	"time"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Template is the form of a constraint over a sequence of events, after the relation templates of DECLARE (Pesic and van
// der Aalst 2006) and the separation of duties of Clark and Wilson (1987).
type Template string

// The templates. With First and Then as a row gives them: precedence has every Then come after a First; response has
// every First followed by a Then, by a deadline where there is one; absence has no First that is as described; four eyes
// has First and Then done by two actors; succession is precedence and response at once.
const (
	Precedence Template = "precedence"
	Response   Template = "response"
	Absence    Template = "absence"
	FourEyes   Template = "four eyes"
	Succession Template = "succession"
)

// Templates lists the templates.
var Templates = []Template{Precedence, Response, Absence, FourEyes, Succession}

// Basis says why a constraint is asked of a case. Only a duty can be violated (see the catalogue of gaps, 0.5c).
type Basis string

// The bases: a duty of an instrument or of the State's own law for that State then; a safeguard that critics ask for;
// good practice. Unclear: the clearance cannot see which.
const (
	Duty         Basis = "duty"
	Safeguard    Basis = "safeguard asked"
	GoodPractice Basis = "good practice"
	Unclear      Basis = "cannot tell"
)

// Constraint is one row of the table.
type Constraint struct {
	ID       string
	Template Template
	Says     string // one plain sentence
	First    Pattern
	Then     Pattern
	Same     Key      // what ties First and Then together; nil: the case
	Within   Deadline // for a response; nil: by the end of observation
	Unless   Pattern  // for a response: it is not expected once this has happened
	// Owed says whether it is a duty in a case, and under which provisions. Nil: never.
	Owed Owed
	// Asked is the safeguard that asks for it ("L02") where it is no duty; empty: good practice.
	Asked string
	// Gap is the entry of the catalogue of oversight gaps it bears on; empty: none.
	Gap    string
	Effect string // what follows from it for whom, for a finding sheet
}

// Pattern describes events on the log of one side.
type Pattern struct {
	On    mla.Side
	Kinds []mla.Kind
	Where Condition // nil: any event of these kinds; else the body must be open to tell
	Words string    // what Where looks for, to stand behind a kind: "that grants"
}

// Condition says whether an open event is as described. Terms are nil where the clearance cannot tell them.
type Condition func(c *Case, t *policies.Terms, e *mla.Event) mla.Answer

// Key gives what ties two open events together: an order, a piece of evidence, a stage. Empty: nothing does.
type Key func(e *mla.Event) string

// Deadline gives the instant by which a response to an open event is due. Due is no where none is due, and unknown
// where the clearance cannot tell.
type Deadline func(c *Case, t *policies.Terms, e *mla.Event) (by time.Time, due mla.Answer)

// Owed says whether a constraint is a duty under the terms of a case, and names the provisions.
type Owed func(c *Case, t *policies.Terms) (articles []string, owed mla.Answer)

// requested and requesting describe events of some kinds on one side's log.
func requested(kinds ...mla.Kind) Pattern  { return Pattern{On: mla.Requested, Kinds: kinds} }
func requesting(kinds ...mla.Kind) Pattern { return Pattern{On: mla.Requesting, Kinds: kinds} }

// where narrows a pattern to events as described.
func (p Pattern) where(w Condition, words string) Pattern {
	p.Where, p.Words = w, words
	return p
}

// ofRequesting reports that a constraint is about the requesting State's log alone.
func (k *Constraint) ofRequesting() bool {
	return k.First.On == mla.Requesting && (len(k.Then.Kinds) == 0 || k.Then.On == mla.Requesting)
}

// basis says on what ground a constraint stands under some terms.
func (k *Constraint) basis(c *Case, t *policies.Terms) (Basis, []string) {
	if k.Owed != nil {
		if t == nil {
			return Unclear, nil
		}
		switch articles, owed := k.Owed(c, t); owed {
		case mla.Yes:
			return Duty, articles
		case mla.Unknown:
			return Unclear, nil
		case mla.No:
		}
	}
	if k.Asked != "" {
		return Safeguard, []string{k.Asked}
	}
	return GoodPractice, nil
}
