package invariant

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

// departures is promise 2: who grants over a mandatory ground known to hold has it on the log, and nothing else there.
type departures struct {
	letters
	assessed map[mla.Role]map[mla.Stage]mla.Assessment // the latest of each stage
}

func (*departures) number() int { return 2 }

func (d *departures) observe(e mla.Event, c *complaints) {
	if d.another(e) {
		clear(d.assessed)
	}
	if received(e) {
		return
	}
	switch b := e.Body.(type) {
	case mla.AssessedBody:
		if d.assessed[e.Actor.Role] == nil {
			d.assessed[e.Actor.Role] = map[mla.Stage]mla.Assessment{}
		}
		d.assessed[e.Actor.Role][b.Assessment.Stage] = b.Assessment
	case mla.DecidedBody:
		var owed []mla.Ground
		if b.Outcome.Grants() {
			owed = d.mandatory(e.Actor.Role)
		}
		for _, g := range owed {
			if !slices.Contains(b.Departures, g) {
				c.about(e.ID(), "%s over %s, which must refuse and was known to hold, without saying so", b.Outcome, g.Article)
			}
		}
		for _, g := range b.Departures {
			if !slices.Contains(owed, g) {
				c.about(e.ID(), "%s is named as a departure and is none", g.Article)
			}
		}
	}
}

// mandatory lists the grounds that must refuse the request and hold, by the latest assessments of a role. What it found
// on a preservation request is about another matter.
func (d *departures) mandatory(role mla.Role) []mla.Ground {
	var out []mla.Ground
	for _, stage := range mla.Stages {
		if stage == mla.StagePreservation {
			continue
		}
		for _, f := range d.assessed[role][stage].Findings {
			if f.Effect == mla.MustRefuse && f.Holds == mla.Yes {
				out = append(out, mla.Ground{Rule: f.Rule, Article: f.Instrument + " " + f.Article})
			}
		}
	}
	return out
}

func (*departures) finish(time.Time, *complaints) {}
