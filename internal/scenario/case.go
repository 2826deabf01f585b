package scenario

import (
	"time"

	"rogatory/internal/mla"
)

// Case is one request with everything needed to play it and to teach from it.
type Case struct {
	ID         string    `yaml:"id"` // of a shipped case: its file's name
	Title      string    `yaml:"title"`
	Gaps       []string  `yaml:"gaps"`  // "G29", as in the catalogue; empty where nothing goes wrong
	Start      time.Time `yaml:"start"` // legal time at which the case begins, midnight UTC
	Horizon    mla.Days  `yaml:"horizon"`
	Requesting mla.State `yaml:"requesting"`
	Requested  mla.State `yaml:"requested"`
	Regimes    []string  `yaml:"regimes"` // instruments it is told for; the first is its own
	// Safeguards are switched on where whoever plays the case names none.
	Safeguards []string `yaml:"safeguards"`
	// Request is the letter, complete with reference, States and the case's own instrument.
	Request mla.Request            `yaml:"request"`
	Facts   map[mla.Path]Layers    `yaml:"facts"`
	Script  mla.Script             `yaml:"script"`
	Expect  map[string]Expectation `yaml:"expect"` // by instrument, "uncc", or with safeguards, "uncc+L05"

	Mechanism   []string `yaml:"mechanism"`    // how the gap comes about, a sentence each
	Question    string   `yaml:"question"`     // for the trainee
	Teaches     string   `yaml:"teaches"`      // what to see in it
	Claim       string   `yaml:"claim"`        // what critics say
	CounterView string   `yaml:"counter_view"` // the best case of those who defend the rule
	Sources     []string `yaml:"sources"`      // short names of the catalogue
	Notes       []string `yaml:"notes"`        // of the author: what is scripted and why

	Flips []Flip   `yaml:"flips"`
	Train Training `yaml:"train"`

	Truth Truth `yaml:"truth"`
}

// Layers are one fact as its author, the letter and the roles of the requested State have it. A zero value is a layer
// that lacks the fact.
type Layers struct {
	Stipulated mla.Value
	Stated     mla.Value
	Known      map[mla.Role]mla.Value // by themselves, not from the letter
}

// Truth is the truth file of the case: what measures compare with and no role ever sees. What is nil or empty is not laid
// down, which is not the same as no.
type Truth struct {
	Abusive            bool   `yaml:"abusive" json:"abusive"` // made for an improper purpose, as the author stipulates; never left open
	AbuseKind          string `yaml:"abuse_kind" json:"abuse_kind,omitempty"`
	ProtectedConduct   *bool  `yaml:"protected_conduct" json:"protected_conduct,omitempty"` // the conduct is the exercise of a right
	Overbroad          *bool  `yaml:"overbroad" json:"overbroad,omitempty"`                 // more is asked for than the purpose needs
	CrimeWhereLiving   *bool  `yaml:"crime_where_subject_lives" json:"crime_where_subject_lives,omitempty"`
	EmergencyReal      *bool  `yaml:"emergency_real" json:"emergency_real,omitempty"`
	SenderGenuine      *bool  `yaml:"sender_genuine" json:"sender_genuine,omitempty"`
	SourceLawful       *bool  `yaml:"source_lawful" json:"source_lawful,omitempty"`
	StateLinked        *bool  `yaml:"state_linked" json:"state_linked,omitempty"`           // the offender is close to the requested State
	National           *bool  `yaml:"national" json:"national,omitempty"`                   // of the requesting State
	CapitalOffence     *bool  `yaml:"capital_offence" json:"capital_offence,omitempty"`     // the conduct may be punished by death
	Privileged         *bool  `yaml:"privileged" json:"privileged,omitempty"`               // privileged items are among what is asked for
	Exculpatory        *bool  `yaml:"exculpatory" json:"exculpatory,omitempty"`             // it would clear the person
	ThirdLawForbids    *bool  `yaml:"third_law_forbids" json:"third_law_forbids,omitempty"` // some other State's law forbids the production
	ReceiverProtects   *bool  `yaml:"receiver_protects" json:"receiver_protects,omitempty"` // an independent authority and a remedy
	NeededRecords      *int   `yaml:"needed_records" json:"needed_records,omitempty"`       // of what is produced
	UndisclosedFlaws   *int   `yaml:"undisclosed_flaws" json:"undisclosed_flaws,omitempty"` // described in what is produced
	Prompted           *bool  `yaml:"prompted" json:"prompted,omitempty"`                   // what was given unasked had been asked for, on no log
	NeedEndsAfter      *int   `yaml:"-" json:"need_ends_after,omitempty"`                   // days from submission, as scripted
	SubjectRole        string `yaml:"-" json:"subject_role,omitempty"`                      // person.role as stipulated
	Age                *int   `yaml:"-" json:"age,omitempty"`                               // person.age as stipulated
	OwnImage           *bool  `yaml:"-" json:"own_image,omitempty"`                         // conduct.own_image as stipulated
	GoodFaithResearch  *bool  `yaml:"-" json:"good_faith_research,omitempty"`               // conduct.good_faith_research as stipulated
	PursuedForAGround  string `yaml:"-" json:"pursued_for,omitempty"`                       // motive.protected_ground as stipulated
	PoliticalCharacter *bool  `yaml:"-" json:"political_character,omitempty"`               // offence.political_character as stipulated
}

// AbuseKinds is the closed set of improper purposes a case may stipulate.
var AbuseKinds = []string{"political", "dissent", "minority", "diaspora", "economic", "personal-grudge"}

// Stipulated returns the facts as the case's author has them. They go to measures only; the procedure must not see them.
func (c *Case) Stipulated() mla.Facts {
	out := mla.Facts{}
	for p, l := range c.Facts {
		if !l.Stipulated.IsZero() {
			out[p] = l.Stipulated
		}
	}
	return out
}

// Stated returns the facts as the letter states them.
func (c *Case) Stated() mla.Facts {
	out := mla.Facts{}
	for p, l := range c.Facts {
		if !l.Stated.IsZero() {
			out[p] = l.Stated
		}
	}
	return out
}

// Known returns what roles of the requested State know by themselves, from their own files and law.
func (c *Case) Known() map[mla.Role]mla.Facts {
	out := map[mla.Role]mla.Facts{}
	for p, l := range c.Facts {
		for role, v := range l.Known {
			if out[role] == nil {
				out[role] = mla.Facts{}
			}
			out[role][p] = v
		}
	}
	return out
}

// stipulate fills in the part of the truth file that the facts already say.
func (c *Case) stipulate() {
	word := func(p mla.Path) string { s, _ := c.Facts[p].Stipulated.AsWord(); return s }
	flag := func(p mla.Path) *bool {
		if b, ok := c.Facts[p].Stipulated.AsBool(); ok {
			return &b
		}
		return nil
	}
	t := &c.Truth
	t.SubjectRole = word("person.role")
	t.PursuedForAGround = word("motive.protected_ground")
	t.OwnImage = flag("conduct.own_image")
	t.GoodFaithResearch = flag("conduct.good_faith_research")
	t.PoliticalCharacter = flag("offence.political_character")
	if n, ok := c.Facts["person.age"].Stipulated.AsInt(); ok {
		age := int(n)
		t.Age = &age
	}
	if a, ok := c.Script.Under(nil).Answer(mla.QNeedEnds, 0); ok {
		days := int(a.When().After)
		t.NeedEndsAfter = &days
	}
}
