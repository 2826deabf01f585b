package population

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// States are the fictional States of the population, in the order of their weights.
var States = []mla.State{"alder", "birch", "cassia", "dogwood", "elm", "fern", "gorse"}

// group says how often a State's letters are made for an improper purpose: by its attributes, not by its name.
type group int

const (
	few  group = iota // independent courts, no findings of improper purpose
	some              // prosecutors decide, or officers are untrained
	many              // findings of improper purpose on record
)

var groups = map[mla.State]group{"alder": few, "birch": few, "cassia": some, "dogwood": many, "elm": some, "fern": many, "gorse": few}

// Setting is the law a population lives under.
type Setting struct {
	// Instruments are those a requesting State may choose from; one leaves no choice.
	Instruments []string `json:"instruments"`
	Safeguards  []string `json:"safeguards"`
}

// World is a population under one setting. It is for one goroutine at a time.
type World struct {
	Model   Model
	Setting Setting
	Seed    Seed
	Horizon mla.Days // how long a case is watched

	bundle *policies.Bundle
	pairs  map[pairKey]*pair
	facts  map[factsKey]layers
	plain  *World // the same without safeguards; nil until it is asked

	askers, hosts, offences, purposes, data []float64
}

type pairKey struct {
	requesting, requested mla.State
	instrument            int
}

// pair is the law between two States with what is read off it once.
type pair struct {
	law     *policies.Law
	asks    *policies.StateLaw
	terms   policies.Terms
	uses    []policies.Fact
	grounds []string
	effects []mla.Effect
	known   *policies.Knowledge
	verdict []mla.Answer
	memory  *policies.Memory
}

// Start is the day on which every population begins.
var Start = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)

// MostYears is for how long letters may be begun: legal dates have four digits for the year.
const MostYears = 5000

// NewWorld makes a population.
func NewWorld(b *policies.Bundle, p Parameters, s Setting, seed Seed, horizon mla.Days) (*World, error) {
	if len(s.Instruments) == 0 {
		return nil, errors.New("a population lives under at least one instrument")
	}
	m := p.Model()
	w := &World{
		Model: m, Setting: s, Seed: seed, Horizon: horizon, bundle: b,
		pairs: map[pairKey]*pair{}, facts: map[factsKey]layers{},
		askers:   []float64{m.AskerAlder, m.AskerBirch, m.AskerCassia, m.AskerDogwood, m.AskerElm, m.AskerFern, m.AskerGorse},
		hosts:    []float64{m.HostAlder, m.HostBirch, m.HostCassia, m.HostDogwood, m.HostElm, m.HostFern, m.HostGorse},
		offences: []float64{m.OffenceFraud, m.OffenceChild, m.OffenceComputer, m.OffenceLaundering},
		purposes: []float64{m.ImproperDissent, m.ImproperPress, m.ImproperDiaspora, m.ImproperMinority, m.ImproperResearcher, m.ImproperGrudge},
		data:     []float64{m.DataSubscriber, m.DataTraffic, m.DataContent, m.DataLive, m.DataInterception},
	}
	for i := range s.Instruments {
		if _, err := w.pair(pairKey{States[0], States[1], i}); err != nil {
			return nil, err
		}
	}
	if w.letters() == 0 {
		return nil, fmt.Errorf("under %v a State asks providers, and no other State", s.Instruments)
	}
	return w, nil
}

// Staff is how many work at a desk of a State.
func (w *World) Staff(d Desk, s mla.State) int {
	switch d {
	case Court:
		return int(w.Model.CourtJudges)
	case Providers:
		return int(w.Model.ProviderTeam)
	case NoDesk, Officers, Desks:
	}
	n := w.Model.StaffAlder
	if s != "alder" || n == 0 {
		law, err := w.bundle.State(s)
		if err != nil {
			panic("population: " + err.Error()) // the States of the population are in every bundle that ships
		}
		n = float64(law.Staff.Officers)
	}
	return max(1, int(math.Round(n*w.Model.StaffScale)))
}

func (w *World) pair(k pairKey) (*pair, error) {
	if p := w.pairs[k]; p != nil {
		return p, nil
	}
	law, err := w.bundle.Law(policies.Pair{Instruments: w.Setting.Instruments[k.instrument : k.instrument+1], Requesting: k.requesting,
		Requested: k.requested, Safeguards: w.Setting.Safeguards})
	if err != nil {
		return nil, err
	}
	asks, err := w.bundle.State(k.requesting)
	if err != nil {
		return nil, err
	}
	p := &pair{
		law:    law,
		asks:   asks,
		terms:  law.Terms(nil),
		uses:   law.Uses(mla.StageScope, mla.StagePreservation, mla.StageAdmissibility, mla.StageTransfer),
		memory: law.Memory(), known: law.Knowledge(),
		grounds: law.Grounds(mla.StageAdmissibility),
	}
	for _, f := range law.Assess(mla.StageAdmissibility, mla.Request{}, nil, mla.NotTested).Findings {
		if f.Effect.Ground() {
			p.effects = append(p.effects, f.Effect)
		}
	}
	w.pairs[k] = p
	return p, nil
}

// between is the law between two States of the cast under an instrument of the setting.
func (w *World) between(requesting, requested mla.State, instrument int) *pair {
	p, err := w.pair(pairKey{requesting, requested, instrument})
	if err != nil {
		panic("population: " + err.Error()) // every pair of the cast has a law under an instrument that loaded
	}
	return p
}

// perWeek is how many numbers a week has; attempt tells a letter tried again from its first attempt.
const (
	perWeek = 1_000_000
	attempt = 1 << 40
)

// fewest is the mean below which a week has no letter: one in a thousand million weeks would.
const fewest = 1e-9

var arrivals, retry = PurposeOf("arrivals"), PurposeOf("retry")

// Arrivals is how many letters are begun in a week. Their numbers run from Number(week, 0).
func (w *World) Arrivals(replication, week int) int {
	s := Draw(w.Seed, replication, week, arrivals)
	mean := w.Model.RequestsPerYear * 7 / 365 * math.Pow(w.Model.RequestsGrowth, float64(week)*7/365)
	if mean < fewest {
		return 0
	}
	mean = min(mean, perWeek)
	if fano := w.Model.RequestsFano; fano > 1 {
		mean = distuv.Gamma{Alpha: mean / (fano - 1), Beta: 1 / (fano - 1), Src: &s}.Rand()
	}
	if mean <= 0 {
		return 0
	}
	return min(int(distuv.Poisson{Lambda: mean, Src: &s}.Rand()), perWeek)
}

// Number is the number of a letter: the week in which it is begun, and its place in the week.
func Number(week, place int) int { return week*perWeek + place }

// ID names a case of a replication.
func ID(replication, number int) string {
	id := "r" + strconv.Itoa(replication) + "-" + strconv.Itoa(number%attempt/perWeek) + "-" + strconv.Itoa(number%attempt%perWeek)
	if n := number / attempt; n > 0 {
		id += "-again" + strconv.Itoa(n)
	}
	return id
}

// ParseID reads what ID wrote.
func ParseID(id string) (replication, number int, err error) {
	var week, place, again int
	if _, err = fmt.Sscanf(id, "r%d-%d-%d-again%d", &replication, &week, &place, &again); err != nil {
		_, err = fmt.Sscanf(id, "r%d-%d-%d", &replication, &week, &place)
	}
	number = Number(week, place) + again*attempt
	if err != nil || replication < 0 || ID(replication, number) != id {
		return 0, 0, fmt.Errorf("%q names no case of a population: want r0-12-34, for replication 0, week 12, letter 34", id)
	}
	return replication, number, nil
}

// choose is the requesting State's choice among instruments: the fewer grounds for refusing, the likelier.
func (w *World) choose(s *Stream, requesting, requested mla.State, without int) int {
	n := len(w.Setting.Instruments)
	if n == 1 {
		return 0
	}
	weights := make([]float64, n)
	most := 1
	for i := range weights {
		if p, err := w.pair(pairKey{requesting, requested, i}); err == nil && !p.terms.Direct.Only {
			most = max(most, len(p.grounds))
		}
	}
	for i := range weights {
		p, err := w.pair(pairKey{requesting, requested, i})
		if err != nil || i == without && w.letters() > 1 || p.terms.Direct.Only {
			continue
		}
		weights[i] = math.Exp(-float64(len(p.grounds)) / float64(most) / w.Model.RegimeTemperature)
	}
	return s.Pick(weights)
}

// Retry says whether a refused letter is tried again, under another instrument or by another channel, and if so which number
// it has and after how many days.
func (w *World) Retry(c *Case) (number int, after mla.Days, again bool) {
	s := Draw(w.Seed, c.Replication, c.Number, retry)
	if w.letters() == 1 && !w.wayAround(c) || c.Number/attempt >= 2 || !s.Happens(w.Model.RetryShare) {
		return 0, 0, false
	}
	return c.Number + attempt, days(s.LogNormal(w.Model.RetryMedian, w.Model.RetrySigma)), true
}

// wayAround reports whether the requesting State has another channel than a letter in mind that can carry what it seeks.
func (w *World) wayAround(c *Case) bool {
	weights := w.weigh(c, 0)
	return w.looksBeyond(c) && slices.Max(weights[1:]) > 0
}

func days(d float64) mla.Days { return mla.Days(math.Ceil(d)) }

// trusted reports whether a State is one whose letters are seldom improper.
func trusted(s mla.State) bool { return groups[s] == few }
