package population

import (
	"math"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Case is one letter as it is drawn: what is so, what the letter says, and what the requested State has in its files.
type Case struct {
	Replication, Number int
	ID                  string
	Start               time.Time
	Request             mla.Request
	Stipulated          mla.Facts
	Stated              mla.Facts
	Known               mla.Facts // of the requested State's central authority and contact point, by themselves
	Truth               Truth
	Pile                float64 // days a letter would have lain with the officers when the channel was chosen
	Displaced           bool    // it would have been a letter, had there been no safeguard and no pile

	pair       *pair
	instrument int
	score      float64 // evidence of an improper purpose that scrutiny would show
	hidden     mla.Facts
	forged     bool // it does not come from whom it names
	granted    bool // by the officer, and by whoever had to authorise it
}

// Truth is what is stipulated beyond the facts.
type Truth struct {
	Abusive     bool
	Kind        string // one of scenario.AbuseKinds
	Camouflaged bool
	Protected   bool
	Emergency   bool // honest, and it cannot wait
}

// Law is the law between the two States.
func (c *Case) Law() *policies.Law { return c.pair.law }

var (
	when    = PurposeOf("when")
	who     = PurposeOf("who")
	why     = PurposeOf("why")
	what    = PurposeOf("what")
	how     = PurposeOf("how")
	proof   = PurposeOf("proof")
	choices = PurposeOf("choice of instrument")
)

// Draw draws a letter again from its number alone. A letter tried again is the same letter under another instrument; its
// first day is the caller's to give, for it hangs on the refusal.
func (w *World) Draw(replication, number int) *Case {
	first := number % attempt
	c := &Case{Replication: replication, Number: number, ID: ID(replication, number)}
	s := Draw(w.Seed, replication, first, when)
	c.Start = Start.AddDate(0, 0, first/perWeek*7+int(s.Uniform()*7))
	r := &c.Request
	w.drawParties(c, first)
	w.drawScope(c, first)
	p := w.drawPurpose(c, first)
	r.Authority, r.Person, r.Provider = "Public prosecutor", "P-"+strconv.Itoa(first), "Quillmail"
	told := p
	if c.Truth.Camouflaged {
		told = &cover
	}
	r.Offence = mla.Offence{Label: told.label, MaxPenaltyYears: told.penalty}
	r.Conduct, r.Purpose = told.conduct, told.purpose
	r.Safeguards = w.Setting.Safeguards
	return c
}

func (w *World) drawParties(c *Case, first int) {
	s := Draw(w.Seed, c.Replication, first, who)
	host := s.Pick(w.hosts)
	asker := pickOther(&s, w.askers, host)
	c.Request.Requesting, c.Request.Requested = States[asker], States[host]
	c.instrument = -1
	for n := 0; n <= c.Number/attempt; n++ {
		s := Draw(w.Seed, c.Replication, first+n*attempt, choices)
		c.instrument = w.choose(&s, c.Request.Requesting, c.Request.Requested, c.instrument)
	}
	c.pair = w.between(c.Request.Requesting, c.Request.Requested, c.instrument)
	c.Request.Instruments = w.Setting.Instruments[c.instrument : c.instrument+1]
}

// pickOther picks by weight an index that is not one.
func pickOther(s *Stream, weights []float64, not int) int {
	var room [16]float64
	left := append(room[:0], weights...)
	left[not] = 0
	return s.Pick(left)
}

func (w *World) drawPurpose(c *Case, first int) *profile {
	s := Draw(w.Seed, c.Replication, first, why)
	share := [...]float64{few: w.Model.ImproperFew, some: w.Model.ImproperSome, many: w.Model.ImproperMany}[groups[c.Request.Requesting]]
	key := factsKey{pair: c.pair, cover: -1, obstacle: -1, again: c.Again()}
	u := s.Uniform()
	camouflaged := s.Happens(w.Model.CamouflageShare)
	kind, matter := s.Pick(w.purposes), s.Pick(w.offences)
	obstacle, which := s.Happens(w.Model.GroundHonest), int(s.Uniform()*float64(len(obstacles)))
	key.age = [...]int{16, 22, 29, 36, 43, 50, 57, 64}[int(s.Uniform()*8)]
	key.forged = s.Happens(w.Model.ForgedShare)
	c.forged = key.forged
	var p *profile
	if u < share*w.Model.ImproperScale {
		p, key.improper, key.profile = &improper[kind], true, kind
		c.Truth = Truth{Abusive: true, Kind: p.name, Camouflaged: camouflaged, Protected: p.name != "personal-grudge"}
		if camouflaged {
			key.cover = 0
		}
	} else {
		p, key.profile = &honest[matter], matter
		if obstacle {
			key.obstacle = which
		}
	}
	key.shown = c.Truth.Emergency
	if !p.minor && key.age < 18 {
		key.age = 19
	}
	l := w.layersOf(key, p)
	c.Stipulated, c.Stated, c.Known, c.hidden = l.stipulated, l.stated, l.known, l.hidden
	e := Draw(w.Seed, c.Replication, first, proof)
	c.score = e.Normal()
	if c.Truth.Abusive {
		if c.Truth.Camouflaged {
			c.score += w.Model.EvidenceHidden
		} else {
			c.score += w.Model.EvidenceVisible
		}
	}
	return p
}

func (w *World) drawScope(c *Case, first int) {
	m, r := &w.Model, &c.Request
	s := Draw(w.Seed, c.Replication, first, what)
	r.Measure, r.Scope.Persons = mla.Produce, 0
	switch s.Pick(w.data) {
	case 0:
		r.Scope.Categories = []mla.Category{mla.Subscriber}
	case 1:
		r.Scope.Categories = []mla.Category{mla.Traffic}
	case 2:
		r.Scope.Categories = []mla.Category{mla.Content}
	case 3:
		r.Measure, r.Scope.Categories = mla.RealTimeTraffic, []mla.Category{mla.Traffic}
	default:
		r.Measure, r.Scope.Categories = mla.Interception, []mla.Category{mla.Content}
		r.Scope.Persons = int(s.LogNormal(m.BystandersMedian, m.BystandersSigma))
	}
	r.Scope.Accounts, r.Scope.Months = 1, 1+int(s.Uniform()*12)
	h := Draw(w.Seed, c.Replication, first, how)
	if m.AccountsExtra > 0 {
		mean := distuv.Gamma{Alpha: m.AccountsShape, Beta: m.AccountsShape / m.AccountsExtra, Src: &h}.Rand()
		if mean > 1e-12 {
			r.Scope.Accounts += int(distuv.Poisson{Lambda: math.Min(mean, 1e6), Src: &h}.Rand())
		}
	}
	r.Scope.Persons += r.Scope.Accounts
	haste := s.Uniform() // where more letters are marked urgent, those marked before are among them
	r.Urgent, c.Truth.Emergency = haste < m.UrgentShare, haste < m.EmergencyShare
	r.Confidential, r.Preserve = s.Happens(m.SecretShare), s.Happens(m.PreserveShare)
}

// factsKey is all that a case's facts hang on.
type factsKey struct {
	pair     *pair
	improper bool
	profile  int
	cover    int // -1: none
	obstacle int // -1: none
	age      int
	forged   bool
	again    bool // the letter was refused before
	shown    bool // the letter shows why it cannot wait
}

// remembered bounds how many layers a population keeps for letters to come, so that its memory does not grow with those
// drawn; beyond it, it starts anew.
const remembered = 1 << 12

// layers are a case's facts. Cases with the same key share them; nothing changes them.
type layers struct{ stipulated, stated, known, hidden mla.Facts }

func (w *World) layersOf(k factsKey, p *profile) layers {
	if l, ok := w.facts[k]; ok {
		return l
	}
	told := p
	if k.cover >= 0 {
		told = &cover
	}
	n := len(k.pair.uses)
	l := layers{make(mla.Facts, n), make(mla.Facts, n), mla.Facts{}, mla.Facts{}}
	for _, f := range k.pair.uses {
		is, says := value(f, p, k.age), value(f, told, k.age)
		switch {
		case k.obstacle >= 0 && f.Path == obstacles[k.obstacle]:
			is = mla.Bool(true)
		case f.Path == "request.sender_confirmed":
			is, says = mla.Bool(!k.forged), mla.Bool(!k.forged)
		case f.Path == "request.refused_before":
			is, says = mla.Bool(k.again), mla.Bool(k.again)
		case f.Path == "urgency.shown":
			is, says = mla.Bool(k.shown), mla.Bool(k.shown)
		case files[f.Path] != nil:
			is = mla.Bool(files[f.Path](k.pair.asks))
			says = is
		}
		l.stipulated[f.Path] = is
		switch {
		case slices.Contains(found, f.Path):
			l.hidden[f.Path] = is
		case f.KnownBy == policies.RequestedKnows, slices.Contains(obstacles, f.Path):
			l.known[f.Path] = is
		default:
			l.stated[f.Path] = says
		}
	}
	if len(w.facts) == remembered {
		clear(w.facts)
	}
	w.facts[k] = l
	return l
}

// value is what a fact is where a profile says so, where it is usual, or else nothing.
func value(f policies.Fact, p *profile, age int) mla.Value {
	switch f.Path {
	case "person.age":
		return mla.Int(int64(age))
	case "person.role":
		return mla.Word(p.role)
	}
	if v, ok := p.facts[f.Path]; ok {
		return v
	}
	if v, ok := usual[f.Path]; ok {
		return v
	}
	switch f.Type {
	case policies.IntFact:
		return mla.Int(f.Min)
	case policies.WordFact:
		return mla.Word(f.Domain[0])
	case policies.BoolFact:
	}
	return mla.Bool(false)
}

// Began is the day on which the letter is begun, from Start.
func (c *Case) Began() int { return int((c.Start.Unix() - Start.Unix()) / (24 * 60 * 60)) }

// Again reports whether the letter is tried again after a refusal.
func (c *Case) Again() bool { return c.Number >= attempt }

// Score is the evidence of an improper purpose that scrutiny would show, in standard deviations of that of honest letters.
func (c *Case) Score() float64 { return c.score }
