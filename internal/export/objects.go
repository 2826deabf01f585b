package export

import (
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// Types of objects.
const (
	request   = "request"
	state     = "State"
	authority = "authority"
	person    = "person"
	order     = "order"
	ground    = "ground"
	evidence  = "evidence item"
	secret    = "secret"
)

// objectTypes lists them, in the order of tables.
var objectTypes = []string{request, state, authority, person, order, ground, evidence, secret}

// object is one thing that events are about. States, authorities and grounds are the same in every case; the others
// belong to one.
type object struct{ ID, Type string }

// shared reports whether an object is the same in every case.
func (o object) shared() bool { return o.Type == state || o.Type == authority || o.Type == ground }

// relation ties an event to an object.
type relation struct {
	Object    object
	Qualifier string
}

// objects finds what an event is about: by its cover the request and the State, by its body the rest.
func objects(s verify.Sighting) []relation {
	f := finder{caseID: s.Cover.Case}
	f.add(request, s.Cover.Case, "case")
	f.add(state, string(s.Cover.Party), "on the log of")
	if e := s.Event; e != nil {
		if e.Actor != (mla.Actor{}) {
			f.add(authority, e.Actor.String(), "actor")
		}
		f.body(e.Body)
	}
	return f.found
}

type finder struct {
	caseID string
	found  []relation
}

// add ties the event to an object once for each qualifier.
func (f *finder) add(kind, name, qualifier string) {
	o := object{kind + "/" + name, kind}
	if !o.shared() && kind != request {
		o.ID = kind + "/" + f.caseID + "/" + name
	}
	r := relation{o, qualifier}
	for _, have := range f.found {
		if have == r || name == "" {
			return
		}
	}
	f.found = append(f.found, r)
}

func (f *finder) grounds(all []mla.Ground, qualifier string) {
	for _, g := range all {
		f.add(ground, g.Rule, qualifier)
	}
}

func (f *finder) letter(r mla.Request) {
	f.add(state, string(r.Requesting), "requesting")
	f.add(state, string(r.Requested), "requested")
	f.add(person, r.Person, "concerns")
}

func (f *finder) body(b mla.Body) {
	switch b := b.(type) {
	case mla.RequestDraftedBody:
		f.letter(b.Request)
	case mla.RequestSubmittedBody:
		f.letter(b.Request)
	case mla.PreservationRequestedBody:
		f.letter(b.Request)
	case mla.PreservationDecidedBody:
		f.grounds(b.Grounds, "raised")
	case mla.PreservationOrderedBody:
		f.add(order, b.Order, "made")
	case mla.PreservationExtendedBody:
		f.add(order, b.Order, "extended")
	case mla.PreservationHeldBody:
		f.add(order, b.Order, "held")
	case mla.PreservationLapsedBody:
		f.add(order, b.Order, "lapsed")
	case mla.DualCriminalityTestedBody:
		f.grounds(b.Departures, "departed from")
	case mla.GroundConsideredBody:
		f.add(ground, b.Ground.Rule, "considered")
	case mla.ConsultedBody:
		f.grounds(b.Grounds, "consulted on")
	case mla.DecidedBody:
		f.grounds(b.Grounds, "raised")
		f.grounds(b.Departures, "departed from")
	case mla.ReasonsGivenBody:
		f.grounds(b.Grounds, "given as reason")
	case mla.ConfidentialityImposedBody:
		f.add(secret, b.Order, "imposed")
	case mla.ConfidentialityRenewedBody:
		f.add(secret, b.Order, "renewed")
	case mla.ConfidentialityLiftedBody:
		f.add(secret, b.Order, "lifted")
	case mla.LiftAskedBody:
		f.add(secret, b.Order, "asked to be lifted")
	case mla.OrderServedBody:
		f.add(order, b.Order, "served")
	case mla.ChallengeFiledBody:
		f.add(order, b.Order, "challenged")
	case mla.ChallengeDecidedBody:
		f.add(order, b.Order, "ruled on")
	case mla.ProducedBody:
		f.add(order, b.Order, "produced under")
		f.add(order, b.From, "kept under")
		f.add(evidence, b.Evidence.ID, "produced")
	case mla.CustodyHandoffBody:
		f.add(evidence, b.Evidence, "handed on")
	case mla.TransmittedBody:
		f.add(evidence, b.Evidence.ID, "transmitted")
	case mla.UseRecordedBody:
		f.add(evidence, b.Evidence, "used")
	case mla.NoticeDeferredBody:
		f.add(person, b.Person, "not told")
	case mla.SubjectNotifiedBody:
		f.add(person, b.Person, "told")
	case mla.ObservationEndedBody:
		for _, o := range b.Standing {
			f.add(secret, o, "standing")
		}
	}
}
