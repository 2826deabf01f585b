package invariant

import (
	"time"

	"rogatory/internal/mla"
)

// production is promise 1 on the log of the State that produces. A State that orders a provider abroad asks no State: what it
// must have is its own authorisation, which an order that went ahead of it seeks no later than it is served.
type production struct {
	letters
	gated        bool // nothing leaves without a request either
	abroad       bool // an order of its own to a provider in another State
	agreed       bool // by the State where the provider is, to an order that goes there
	enforcing    bool // the instrument itself has that State told, and says when it may object
	granted      bool // by the latest decision, or an order of its own
	applications []application
}

// application is one authorisation sought.
type application struct {
	authority string
	ruling    mla.Ruling // empty: none yet
	// afterwards is true where the order went first, and is validated after.
	afterwards bool
}

func (*production) number() int { return 1 }

func (p *production) observe(e mla.Event, c *complaints) {
	if p.another(e) {
		p.granted, p.applications = false, nil
	}
	if b, ok := e.Body.(mla.StateObjectedBody); ok && received(e) {
		p.agreed = !b.Objects
	}
	if received(e) {
		return
	}
	switch b := e.Body.(type) {
	case mla.RequestDraftedBody:
		p.abroad = b.Request.Channel == mla.Direct
		p.granted = p.granted || p.abroad
	case mla.DecidedBody:
		p.granted = b.Outcome.Grants()
	case mla.AuthorisationSoughtBody:
		if b.Stage == mla.StagePreservation {
			return
		}
		p.applications = append(p.applications, application{authority: b.Authority, afterwards: b.Stage == mla.StageAfter})
	case mla.AuthorisationDecidedBody:
		if b.Stage == mla.StagePreservation {
			return
		}
		for i := range p.applications {
			if a := &p.applications[i]; a.ruling == "" && a.authority == b.Authority {
				a.ruling = b.Ruling
				return
			}
		}
		c.about(e.ID(), "%s rules on an authorisation that nobody sought", b.Authority)
	case mla.StateNotifiedBody:
		p.enforcing = p.enforcing || b.As == "enforcing"
	case mla.ProducedBody:
		if p.gated && p.abroad && !p.enforcing && !p.agreed {
			c.about(e.ID(), "%s on an order abroad without the agreement of the State where the provider is", e.Kind)
		}
		p.moved(e, c)
	case mla.TransmittedBody:
		p.moved(e, c)
	case mla.LawChangedBody:
		p.gated = false // what was promised rested on the law before
	case mla.InformationSharedBody, mla.PoliceSharedBody:
		if p.gated && !p.granted {
			c.about(e.ID(), "%s without the agreement of the central authority", e.Kind)
		}
	}
}

// moved says what data moved without.
func (p *production) moved(e mla.Event, c *complaints) {
	if !p.granted {
		c.about(e.ID(), "%s without a decision to grant in force", e.Kind)
	}
	if len(p.applications) == 0 {
		c.about(e.ID(), "%s without an authorisation sought", e.Kind)
	}
	for _, a := range p.applications {
		switch a.ruling {
		case mla.RulingGrant, mla.RulingModify:
		case "":
			if a.afterwards {
				continue
			}
			c.about(e.ID(), "%s before %s ruled on the authorisation sought", e.Kind, a.authority)
		default:
			c.about(e.ID(), "%s although %s denied the authorisation", e.Kind, a.authority)
		}
	}
}

func (*production) finish(time.Time, *complaints) {}
