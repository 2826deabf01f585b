package training

import "rogatory/internal/mla"

// poles are, for questions that decide whether something goes on, the answer by which it does and the one that holds it up or
// has it told.
var poles = map[mla.Question][2]string{
	mla.QPreservation:          {"preserved", "refused"},
	mla.QAuthorise:             {"grant", "deny"},
	mla.QAuthorisePreservation: {"grant", "deny"},
	mla.QChallenge:             {"deny", "grant"},
	mla.QComply:                {"comply", "challenge"},
	mla.QConsultation:          {"decline", "accept"},
	mla.QSecrecyImpossible:     {"go-on", "withdraw"},
	mla.QNeedEnds:              {"keep-silent", "tell"},
	mla.QBreach:                {"keep-silent", "tell"},
	mla.QTrial:                 {"admit", "exclude"},
	mla.QShare:                 {"send", "keep-back"},
	mla.QContactTell:           {"told", "declined"},
	mla.QDisclose:              {"disclose", "decline"},
	mla.QPassOn:                {"pass-on", "keep-back"},
	mla.QReview:                {"no-finding", "finding"},
	mla.QRetention:             {"delete", "keep"},
	mla.QObject:                {"let-pass", "object"},
	mla.QObjectResidence:       {"let-pass", "object"},
	mla.QObjectHost:            {"let-pass", "object"},
}

// Poles gives the two answers to a question between which a case is shown.
func Poles(q mla.Question) (goesOn, holdsUp string, ok bool) {
	if q == mla.QDecide {
		return string(mla.Granted), string(mla.Refused), true
	}
	p, ok := poles[q]
	return p[0], p[1], ok
}

// Pole is a trainee who gives one answer. One who refuses or objects looks up all there is to find, in the role's own files and
// beyond them, and does so on every ground that is open then; an authority that finds none grants the least that can be granted.
type Pole string

// Answer implements Trainee.
func (p Pole) Answer(x *Sitting) (Answer, error) {
	a := Answer{Word: string(p)}
	if p != Pole(mla.Refused) && p != "object" {
		return a, nil
	}
	before := x.Known
	for _, path := range x.session.Case.Stipulated().Paths() {
		for range 2 {
			if _, err := x.Inquire(path); err != nil {
				return a, err
			}
		}
	}
	for _, f := range x.Inquiry { // what it would not have asked for had it known that nothing new comes of it takes no time
		if v, known := before[f.Fact]; !f.Value.IsZero() && (!known || v != f.Value) {
			a.Inquiry = append(a.Inquiry, f)
		}
	}
	for _, f := range x.Law() {
		if f.Effect.Ground() && f.Open() {
			a.On = append(a.On, f.Rule)
		}
	}
	if len(a.On) == 0 && x.Question == mla.QDecide {
		least := x.Request.Scope
		least.Accounts, least.Persons, least.Months = min(1, least.Accounts), min(1, least.Persons), min(1, least.Months)
		a.Word, a.Scope, a.Inquiry = string(mla.PartlyGranted), &least, nil
	}
	return a, nil
}
