package invariant

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

// reasons is promise 3: a no and a not yet name their ground and article, come after consultation where that is owed,
// and are followed by reasons where those are owed. Neither is done where nothing calls for it.
type reasons struct {
	letters
	all       Duties
	duties    Duties              // on the latest request
	consulted []mla.ConsultedBody // since the last decision
	owed      string              // id of the decision whose reasons have not come; empty: none
	decision  mla.DecidedBody     // that decision
}

func (*reasons) number() int { return 3 }

func (r *reasons) observe(e mla.Event, c *complaints) {
	if r.another(e) {
		r.finish(time.Time{}, c)
		r.consulted = nil
	}
	if e.Kind == mla.RequestSubmitted {
		r.duties = r.all.of(r.reference)
	}
	if received(e) {
		return
	}
	switch b := e.Body.(type) {
	case mla.PreservationDecidedBody:
		if !b.Granted {
			named(e.ID(), "a refused preservation", b.Grounds, c)
		}
	case mla.ConsultedBody:
		if !r.duties.Consultation.touches(b.Intends, b.Grounds) {
			c.about(e.ID(), "consultation on an outcome %q that calls for none", b.Intends)
		}
		r.consulted = append(r.consulted, b)
	case mla.DecidedBody:
		if e.Passage == mla.Internal && r.reference == "" { // on what leaves without a request: nobody asked, so nobody is owed anything
			r.grounded(e.ID(), b, c)
			return
		}
		r.decided(e.ID(), b, c)
	case mla.ReasonsGivenBody:
		switch {
		case r.owed == "":
			c.about(e.ID(), "reasons where none are owed")
		case b.Outcome != r.decision.Outcome || !slices.Equal(b.Grounds, r.decision.Grounds):
			c.about(e.ID(), "reasons for something else than %s decided", r.owed)
		}
		r.owed = ""
	}
}

func (r *reasons) decided(id string, b mla.DecidedBody, c *complaints) {
	r.finish(time.Time{}, c)
	r.grounded(id, b, c)
	duty := r.duties.Consultation
	if duty.Must && duty.touches(b.Outcome, b.Grounds) && !slices.ContainsFunc(r.consulted, func(had mla.ConsultedBody) bool {
		return had.Intends == b.Outcome && contains(had.Grounds, duty.touching(b.Grounds))
	}) {
		c.about(id, "%s without the consultation owed before it", b.Outcome)
	}
	r.consulted = nil
	if slices.Contains(r.duties.Reasons, b.Outcome) {
		r.owed, r.decision = id, b
	}
}

// grounded complains of a no, or a not yet, without grounds.
func (*reasons) grounded(id string, b mla.DecidedBody, c *complaints) {
	if b.Outcome == mla.Refused || b.Outcome == mla.Postponed {
		named(id, string(b.Outcome), b.Grounds, c)
	}
}

func (r *reasons) finish(_ time.Time, c *complaints) {
	if r.owed != "" {
		c.about(r.owed, "%s without the reasons owed for it", r.decision.Outcome)
	}
	r.owed = ""
}

// named complains of a no that lacks its ground or a ground that lacks its address.
func named(id, what string, grounds []mla.Ground, c *complaints) {
	if len(grounds) == 0 {
		c.about(id, "%s names no ground", what)
	}
	for _, g := range grounds {
		if g.Rule == "" || g.Article == "" {
			c.about(id, "%s names a ground without its rule or article", what)
		}
	}
}

func contains(all, some []mla.Ground) bool {
	return !slices.ContainsFunc(some, func(g mla.Ground) bool { return !slices.Contains(all, g) })
}
