package mla

// Answer is three-valued: unknown is an answer of its own and never becomes no.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Answers lists the answers.
var Answers = []Answer{Yes, No, Unknown}

// AnswerOf turns a decided truth value into an answer.
func AnswerOf(b bool) Answer {
	if b {
		return Yes
	}
	return No
}

// Effect is the modality of a rule. They are kept apart because treaties keep them apart: a State that may refuse, one
// that nothing obliges and one that is forbidden to refuse for a reason are in three different positions.
type Effect string

// The effects: outside a gate the instrument does not apply; must-refuse is a mandatory ground; may-refuse a
// discretionary one; no-duty says that nothing obliges ("nothing in this article shall be interpreted as imposing an
// obligation"); must-not-refuse forbids a reason; must and may are duties and powers; endeavour is effort only.
const (
	Gate          Effect = "gate"
	MustRefuse    Effect = "must-refuse"
	MayRefuse     Effect = "may-refuse"
	NoDuty        Effect = "no-duty"
	MustNotRefuse Effect = "must-not-refuse"
	Must          Effect = "must"
	May           Effect = "may"
	Endeavour     Effect = "endeavour"
)

// Effects lists the effects.
var Effects = []Effect{Gate, MustRefuse, MayRefuse, NoDuty, MustNotRefuse, Must, May, Endeavour}

// Ground reports whether a rule of this effect can be raised as a ground for not helping.
func (e Effect) Ground() bool { return e == MustRefuse || e == MayRefuse || e == NoDuty }

// Standard says who may decide that a rule's condition is met.
type Standard string

// The standards: facts decide (objective), substantial grounds to believe are enough (belief), or the State considers
// (self-judging). Of the last two the most that can be said is that the ground is open to the State.
const (
	Objective   Standard = "objective"
	Belief      Standard = "belief"
	SelfJudging Standard = "self-judging"
)

// Standards lists the standards.
var Standards = []Standard{Objective, Belief, SelfJudging}

// Stage is the point of the procedure at which a rule speaks.
type Stage string

// The stages, in the order in which a request passes them.
const (
	StageScope         Stage = "scope"
	StagePreservation  Stage = "preservation"
	StageAdmissibility Stage = "admissibility"
	StageExecution     Stage = "execution"
	StageTransfer      Stage = "transfer"
	StageAfter         Stage = "after"
)

// Stages lists the stages in order.
var Stages = []Stage{StageScope, StagePreservation, StageAdmissibility, StageExecution, StageTransfer, StageAfter}

// Confidence says how a rule's text was checked.
type Confidence string

// The confidence tags: seen in the instrument, seen in a secondary source, or from memory.
const (
	Verified   Confidence = "verified"
	Secondary  Confidence = "secondary"
	Unverified Confidence = "unverified"
)

// Confidences lists the tags.
var Confidences = []Confidence{Verified, Secondary, Unverified}

// Reading says whether the meaning of a provision is contested.
type Reading string

// The readings.
const (
	Settled   Reading = "settled"
	Contested Reading = "contested"
)

// Readings lists the readings.
var Readings = []Reading{Settled, Contested}

// Method is how dual criminality was tested.
type Method string

// The methods. UNCC 35(3), UNCAC 43(2) and Budapest 25(5) look at conduct; comparing labels is an officer's error and
// is offered so that its cost can be measured.
const (
	ByConduct Method = "conduct"
	ByLabel   Method = "label"
	NotTested Method = "none"
)

// Methods lists the methods.
var Methods = []Method{ByConduct, ByLabel, NotTested}

// Finding is what one rule says on a set of facts.
type Finding struct {
	Rule       string     `json:"rule"`       // "uncc/40(22)"
	Instrument string     `json:"instrument"` // "uncc"
	Article    string     `json:"article"`    // "40(22)"
	Stage      Stage      `json:"stage"`
	Effect     Effect     `json:"effect"`
	Standard   Standard   `json:"standard"`
	Confidence Confidence `json:"confidence"`
	Reading    Reading    `json:"reading"`
	Holds      Answer     `json:"holds"`
	Missing    []Path     `json:"missing,omitempty"` // facts that alone can flip some completion; only when unknown
	Says       string     `json:"says"`              // the rule in plain words
}

// Open reports that the finding is a ground a role may raise on these facts.
func (f Finding) Open() bool { return f.Effect.Ground() && f.Holds == Yes }

// DualCriminality is the outcome of both ways of testing, whichever was used.
type DualCriminality struct {
	Required  Answer `json:"required"` // by the requested State's law or the instrument
	Method    Method `json:"method"`   // the one the deciding role used
	Met       Answer `json:"met"`      // by that method
	ByLabel   Answer `json:"by_label"`
	ByConduct Answer `json:"by_conduct"`
}

// Seriousness is the threshold test, in both readings of "serious crime" where an instrument names no law.
type Seriousness struct {
	Required       Answer `json:"required"`
	RequestingLaw  Answer `json:"requesting_law"` // maximum under the requesting State's law reaches the threshold
	BothLaws       Answer `json:"both_laws"`
	ThresholdYears int    `json:"threshold_years"`
	Article        string `json:"article,omitempty"`
}

// Assessment is the law's answer at one stage on one set of facts. Every rule of the stage is in it, whatever it says.
type Assessment struct {
	Stage           Stage           `json:"stage"`
	Policy          string          `json:"policy"` // digest of the bundle that answered
	Findings        []Finding       `json:"findings"`
	DualCriminality DualCriminality `json:"dual_criminality"`
	Seriousness     Seriousness     `json:"seriousness"`
	Used            Facts           `json:"used"` // the values the answer rests on
}

// Missing lists, in order and once each, the facts for want of which some gate or ground is unknown.
func (a Assessment) Missing() []Path {
	set := Facts{}
	for _, f := range a.Findings {
		if f.Effect == Gate || f.Effect.Ground() || f.Effect == MustNotRefuse {
			for _, p := range f.Missing {
				set[p] = Value{}
			}
		}
	}
	return set.Paths()
}
