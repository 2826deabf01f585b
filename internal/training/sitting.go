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
	Request  mla.Request  // as it was made; what of it has come to the desk is Letter
	Letter   *mla.Request // nil: the role has not read it
	Seen     []mla.Event  // what the role may read, in the order in which it was recorded
	Known    mla.Facts
	Words    []string // answers to the question
	Inquiry  []Found  // what was found out at this sitting, in order

	session *Session
	law     *policies.Law // between the two States of the request at hand
	readers map[mla.State]map[mla.Kind][]mla.Role
	past    map[string]bool // events recorded before the question was put, by id
	filed   []mla.Path      // looked up in the role's own files
	own     mla.Facts       // known otherwise than from the other State's letters
}

// Found is what came of asking for a fact.
type Found struct {
	Fact   mla.Path  `json:"fact"`
	Value  mla.Value `json:"value"` // zero: nobody could say
	Where  string    `json:"where"` // "own inquiry", "the requesting State"
	Days   int       `json:"days"`  // it took
	Answer string    `json:"answer"`
}

func newSitting(s *Session, k workflows.Key, now time.Time, recorded []mla.Event) (*Sitting, error) {
	x := &Sitting{
		Question: k.Question, Role: mla.Desks[k.Question].Role, At: now, Request: s.Input.Request, Known: mla.Facts{}, own: mla.Facts{},
		Words: mla.ReplyWords[k.Question], past: map[string]bool{}, session: s,
	}
	for _, e := range recorded { // after a refusal another State may be asked, or another instrument used
		if b, ok := e.Body.(mla.RequestSubmittedBody); ok {
			x.Request = b.Request
		}
	}
	var err error
	if x.law, err = x.between(); err != nil {
		return nil, err
	}
	if x.Request.Channel == mla.Formal && x.Terms().Direct.Only {
		x.Request.Channel = mla.Direct
	}
	x.State, x.readers = x.seat(), x.Terms().Readers
	for _, e := range recorded {
		x.past[e.ID()] = true
		if !x.reads(e) {
			continue
		}
		x.Seen = append(x.Seen, e)
		if r, ok := letter(e.Body); ok {
			r.Channel = x.Request.Channel
			x.Letter = &r
		}
		if learned := mla.Learned(e.Body); learned != nil {
			x.Known = x.Known.With(learned)
			if e.Kind == mla.FactLearned {
				x.own = x.own.With(learned)
			}
		}
	}
	if x.Letter == nil && x.Role == mla.RequestingAuthority { // it is its own file
		x.Letter = &x.Request
	}
	return x, nil
}

// between is the law between the two States of the request at hand.
func (x *Sitting) between() (*policies.Law, error) {
	p, r := x.session.Law.Pair(), x.Request
	p.Requesting, p.Requested = r.Requesting, r.Requested
	if len(r.Instruments) > 0 {
		p.Instruments = r.Instruments
	}
	return x.session.Law.Between(p)
}

// Terms is what the law fixes on what the role knows by now.
func (x *Sitting) Terms() policies.Terms { return x.law.Terms(x.Known) }

// seat is the State of the desk. An order straight to a provider is ruled on by a court of the State whose order it is.
func (x *Sitting) seat() mla.State {
	switch side := mla.Desks[x.Question].Side; {
	case side == mla.Requesting, x.Request.Channel == mla.Direct && x.Role == mla.Court:
		return x.Request.Requesting
	case x.Question == mla.QObjectResidence:
		return x.Request.Residence
	case x.Question == mla.QObjectHost:
		return x.Request.Host
	}
	return x.Request.Requested
}

// reads reports whether an event lies on the desk: on the log of its State, where the role may read it; in the provider's own
// register; or on a paper served on the provider from abroad, of a kind that a provider reads at home.
func (x *Sitting) reads(e mla.Event) bool {
	switch {
	case e.Party == x.State:
		return e.ReadableBy(x.Role)
	case x.Role != mla.Provider:
		return false
	case e.Party == workflows.RegisterOf(x.Request.Provider):
		return true
	}
	return x.Request.Channel == mla.Direct && e.Party == x.Request.Requesting && slices.Contains(x.readers[x.State][e.Kind], mla.Provider)
}

// Later reports whether an event was recorded after the question was put.
func (x *Sitting) Later(e mla.Event) bool { return !x.past[e.ID()] }

// besides are the questions that no ground for refusal answers, with the act that each is about.
var besides = map[mla.Question]mla.Kind{
	mla.QShare:       mla.InformationShared,
	mla.QContactTell: mla.ContactAnswered,
	mla.QDisclose:    mla.VoluntaryDisclosed,
	mla.QRetention:   mla.EvidenceExpired,
	mla.QReview:      mla.ReviewClosed,
}

// Beside reports whether the question lies beside a request, so that no ground for refusal is asked about, and the provisions
// that speak of the act it is about; there may be none.
func (x *Sitting) Beside() (provisions []string, beside bool) {
	act, beside := besides[x.Question]
	return x.Terms().Acts[act], beside
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
	if _, beside := besides[x.Question]; beside {
		return out
	}
	for _, stage := range stages {
		out = append(out, x.law.Assess(stage, x.Request, x.Known, mla.ByConduct).Findings...)
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

// Inquire asks for a fact. The role's own files are looked at first and take no time; asked again, it looks beyond them. What
// the State can find in its own reach is found as it is; what lies with the requesting State comes only if that State gives it.
// Either takes time, whatever comes of it.
func (x *Sitting) Inquire(path mla.Path) (Found, error) {
	fact, err := x.session.Bundle.Fact(path)
	if err != nil {
		return Found{}, err
	}
	if i := slices.IndexFunc(x.Inquiry, func(f Found) bool { return f.Fact == path }); i >= 0 {
		f := x.Inquiry[i]
		f.Days = 0 // it was found out before
		return f, nil
	}
	filed, own := x.own[path]
	if own && !slices.Contains(x.filed, path) {
		x.filed = append(x.filed, path)
		return Found{Fact: path, Value: filed, Where: "your own files", Answer: "It is " + filed.String() + ". Ask again to look beyond them."}, nil
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
	case own && f.Value == filed:
		f.Answer = "It is " + f.Value.String() + ", as your files have it."
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

// letter is the request that an event carries.
func letter(b mla.Body) (mla.Request, bool) {
	switch b := b.(type) {
	case mla.RequestDraftedBody:
		return b.Request, true
	case mla.RequestSubmittedBody:
		return b.Request, true
	case mla.PreservationRequestedBody:
		return b.Request, true
	case mla.StateNotifiedBody:
		return b.Request, b.Request.Reference != ""
	default:
		return mla.Request{}, false
	}
}
