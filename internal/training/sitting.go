package training

import (
	"slices"
	"strings"
	"time"

	"rogatory/internal/mla"
	"rogatory/policies"
	"rogatory/workflows"
)

// Sitting is a question on the trainee's desk, with what the role may see and knows at that time.
type Sitting struct {
	Question mla.Question
	Role     mla.Role
	State    mla.State
	At       time.Time
	Request  mla.Request
	Seen     []mla.Event // on the State's log, as far as the role may read it
	Known    mla.Facts
	Words    []string // answers to the question
	Inquiry  []Found  // what was found out at this sitting, in order

	session *Session
	own     mla.Facts // known otherwise than from the other State's letters
}

// Found is what came of asking for a fact.
type Found struct {
	Fact   mla.Path  `json:"fact"`
	Value  mla.Value `json:"value"` // zero: nobody could say
	Where  string    `json:"where"` // "own inquiry", "the requesting State"
	Days   int       `json:"days"`  // it took
	Answer string    `json:"answer"`
}

func newSitting(s *Session, k workflows.Key, now time.Time, recorded []mla.Event) *Sitting {
	desk := mla.Desks[k.Question]
	x := &Sitting{
		Question: k.Question, Role: desk.Role, State: s.Case.Requested, At: now, Request: s.Input.Request, Known: mla.Facts{}, own: mla.Facts{},
		Words: Words(k.Question), session: s,
	}
	if x.Request.Channel == mla.Formal && s.Law.Terms(s.Input.Known[mla.CentralAuthority]).Direct.Only {
		x.Request.Channel = mla.Direct
	}
	if desk.Side == mla.Requesting || x.Request.Channel == mla.Direct && desk.Role == mla.Court { // the order is the State's own
		x.State = s.Case.Requesting
	}
	for _, e := range recorded {
		if e.Party != x.State || !e.ReadableBy(x.Role) {
			continue
		}
		x.Seen = append(x.Seen, e)
		if learned := mla.Learned(e.Body); learned != nil {
			x.Known = x.Known.With(learned)
			if e.Kind == mla.FactLearned {
				x.own = x.own.With(learned)
			}
		}
	}
	return x
}

// Law is what the law says at the stages of the question, on what the role knows by now.
func (x *Sitting) Law() []mla.Finding {
	stages := []mla.Stage{mla.StageScope, mla.StageAdmissibility}
	switch x.Question {
	case mla.QPreservation:
		stages = []mla.Stage{mla.StagePreservation}
	case mla.QAuthorise, mla.QComply, mla.QChallenge:
		stages = []mla.Stage{mla.StageExecution}
	case mla.QNeedEnds, mla.QBreach, mla.QTrial, mla.QPassOn:
		stages = []mla.Stage{mla.StageTransfer, mla.StageAfter}
	default:
	}
	var out []mla.Finding
	for _, stage := range stages {
		out = append(out, x.session.Law.Assess(stage, x.Request, x.Known, mla.ByConduct).Findings...)
	}
	return out
}

// Wanting lists the facts for want of which a ground or a gate is unknown.
func (x *Sitting) Wanting() []mla.Path {
	set := mla.Facts{}
	for _, f := range x.Law() {
		if f.Effect == mla.Gate || f.Effect.Ground() {
			for _, p := range f.Missing {
				set[p] = mla.Value{}
			}
		}
	}
	return set.Paths()
}

// Inquire asks for a fact. What the State can find in its own reach is found as it is; what lies with the requesting State
// comes only if that State gives it. Either takes time, whatever comes of it.
func (x *Sitting) Inquire(path mla.Path) (Found, error) {
	fact, err := x.session.Bundle.Fact(path)
	if err != nil {
		return Found{}, err
	}
	if v, ok := x.own[path]; ok {
		return Found{Fact: path, Value: v, Where: "your own files", Answer: "It is " + v.String() + "."}, nil
	}
	stated, said := x.Known[path]
	f := Found{Fact: path, Where: "own inquiry", Days: OwnInquiryDays, Answer: "Nothing could be found."}
	if fact.KnownBy == policies.RequestingKnows {
		f.Where, f.Days, f.Answer = "the requesting State", AbroadDays, "It does not say."
		if a, ok := x.session.Input.Script.Under(x.session.Input.Request.Safeguards).Answer(mla.QSupplement, 0); ok {
			f.Value = a.(mla.SupplementAnswer).Facts[path]
		}
		if f.Value.IsZero() && said {
			f.Value = stated
		}
	} else {
		f.Value = x.session.Case.Facts[path].Stipulated
	}
	switch {
	case f.Value.IsZero():
	case said && f.Value == stated:
		f.Answer = "It is " + f.Value.String() + ", as the letter says."
	default:
		f.Answer = "It is " + f.Value.String() + "."
	}
	if !f.Value.IsZero() {
		x.Known, x.own = x.Known.With(mla.Facts{path: f.Value}), x.own.With(mla.Facts{path: f.Value})
	}
	x.Inquiry = append(x.Inquiry, f)
	return f, nil
}

// Open reports what the law says on a rule or an article that the trainee names, on what is known by now.
func (x *Sitting) Open(name string) (open bool, spoke []mla.Finding) {
	for _, f := range x.Law() {
		if sameGround(name, f.Rule) || f.Reading != mla.Contested && strings.EqualFold(name, f.Instrument+"/"+f.Article) {
			spoke = append(spoke, f)
			open = open || f.Open()
		}
	}
	return open, spoke
}

// sameGround reports that one name is the other or the article it belongs to: "uncc/40(8)" and "uncc/40(8) trivial".
func sameGround(a, b string) bool {
	a, b = strings.ToLower(strings.ReplaceAll(a, " ", "/")), strings.ToLower(strings.ReplaceAll(b, " ", "/"))
	return a == b || strings.HasPrefix(b, a+"/") || strings.HasPrefix(a, b+"/")
}

// answering are the words by which each question a trainee can be put is answered.
var answering = map[mla.Question][]string{
	mla.QDecide:                {"granted", "partly-granted", "granted-with-conditions", "postponed", "refused"},
	mla.QPreservation:          {"preserved", "refused"},
	mla.QAuthorise:             {"grant", "modify", "deny"},
	mla.QAuthorisePreservation: {"grant", "deny"},
	mla.QChallenge:             {"grant", "modify", "deny"},
	mla.QComply:                {"comply", "challenge"},
	mla.QConsultation:          {"accept", "decline"},
	mla.QSecrecyImpossible:     {"go-on", "withdraw"},
	mla.QNeedEnds:              {"tell", "keep-silent"},
	mla.QBreach:                {"tell", "keep-silent"},
	mla.QTrial:                 {"admit", "exclude"},
	mla.QShare:                 {"send", "keep-back"},
	mla.QContactTell:           {"preserved", "told", "declined"},
	mla.QDisclose:              {"disclose", "check-first", "decline"},
	mla.QPassOn:                {"pass-on", "ask-first", "keep-back"},
	mla.QReview:                {"finding", "no-finding"},
	mla.QRetention:             {"keep", "delete"},
}

// Words lists the answers to a question; none: no trainee can be put it.
func Words(q mla.Question) []string { return slices.Clone(answering[q]) }
