package workflows

import (
	"time"

	"rogatory/internal/mla"
)

// aftermath is what a case keeps in mind for what follows a decision or a delivery.
type aftermath struct {
	sealed   string     // commitment on the public docket that is not yet opened
	days     int        // of collection in real time, as authorised; 0: the ruling does not say
	left     *mla.Scope // of the order, by a ruling that production did not wait for; nil: none came
	measured time.Time  // when data were produced; zero: none were
	finding  string     // of an independent review; empty: none
	broken   bool       // the chain of custody
	charged  bool       // the person stands before a trial court, and has seen the evidence
	sought   bool       // the person knows enough to go to law
	needless bool       // the requesting authority needs the evidence no longer

	served, gagged, judged, told int // orders served, secrets imposed, measures an independent authority allowed, persons told
}

// tally notes what an event of a State means for later.
func (c *Case) tally(k Clerk, p *party, b mla.Body) {
	switch b := b.(type) {
	case mla.NeedEndedBody:
		c.needless = c.needless || p == c.requesting
	case mla.ProducedBody:
		c.measured = k.Now()
	case mla.OrderServedBody:
		c.served++
	case mla.ConfidentialityImposedBody:
		c.gagged++
	case mla.SubjectNotifiedBody:
		c.told += b.Persons
	case mla.AuthorisationDecidedBody:
		if b.Independent && b.Ruling != mla.RulingDeny {
			c.judged++
		}
	}
}
