package workflows

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

// told is another State that was told, and what it made of it.
type told struct {
	party    *party
	by       time.Time  // end of its window; never: it has none
	window   string     // article that gives it the window, and by which what it objects to is undone
	suspends bool       // nothing is produced or decided until it has spoken or its window is over
	listed   bool       // it may object on a list of grounds only, which the law says are open or not
	gates    bool       // nothing is produced unless its central authority agrees, as it would to a request (L13)
	left     *mla.Scope // of what it agreed to; nil: it did not have to
	closed   bool
	objected mla.StateObjectedBody
}

// tell notifies another State, so that it may object within its window, and lets its procedure run.
func (c *Case) tell(k Clerk, from *party, role mla.Role, as string, n *told, q mla.Question, basis string) {
	b := mla.StateNotifiedBody{State: n.party.state, As: as, Request: c.request, Facts: c.in.Stated}
	if !n.by.IsZero() {
		b.ObjectBy = &n.by
	}
	from.notify(k, role, b, n.party, mla.CentralAuthority, basis)
	k.Open(func(k Clerk) { c.consider(k, from, role, n, q, basis) })
}

// consider is the procedure of the State that was told. Silence lets its window pass.
func (c *Case) consider(k Clerk, to *party, role mla.Role, n *told, q mla.Question, basis string) {
	us := n.party
	us.await(k, never, nil, mla.StateNotified)
	if n.gates {
		c.agree(k, to, role, n, basis)
		return
	}
	if n.listed {
		us.learn(k, mla.CentralAuthority, c.in.Known[mla.CentralAuthority].With(mla.Facts{"order.notified": mla.Bool(true)}),
			"the notice, and its own files and law")
		c.assess(k, mla.CentralAuthority, mla.StageAdmissibility, mla.NotTested)
	}
	a, ok := us.ask(k, q, n.by, nil)
	if !ok {
		n.closed = true
		return
	}
	said := objection(a)
	b := mla.StateObjectedBody{Objects: said.Objects, Reasons: said.Reasons}
	if answer, ok := a.(mla.ObjectAnswer); ok && n.listed {
		b.Grounds = c.raise(k, to, role, n, answer)
		b.Objects = len(b.Grounds) > 0
	}
	b.Restrict = b.Objects && said.Restrict
	c.answerNotice(k, to, role, n, b, basis)
}

// answerNotice has the answer arrive before anything follows from it.
func (c *Case) answerNotice(k Clerk, to *party, role mla.Role, n *told, b mla.StateObjectedBody, basis string) {
	sent := n.party.notify(k, mla.CentralAuthority, b, to, role, basis)
	k.Await(never, func() bool { return !slices.Contains(n.party.posted, sent) })
	n.objected, n.closed = b, true
}

// agree is the State where the provider is looking at an order as at a request. Until it has, the order waits.
func (c *Case) agree(k Clerk, to *party, role mla.Role, n *told, basis string) {
	d, words, ok := c.look(k, n.party.number("docket"))
	if !ok {
		return
	}
	n.left = &d.Scope
	c.answerNotice(k, to, role, n, mla.StateObjectedBody{Objects: !d.Outcome.Grants(), Grounds: d.Grounds, Reasons: words}, basis)
}

// raise is the scrutiny of the order by the State that was told: the grounds it raises that are open on what it knows. Before
// raising one it gets in touch with the issuing authority where the instrument says so (Regulation 2023/1543, 12(2)).
func (c *Case) raise(k Clerk, to *party, role mla.Role, n *told, a mla.ObjectAnswer) []mla.Ground {
	d := mla.DecideAnswer{Minutes: a.Minutes, Checks: a.Checks, Method: a.Method, Considers: a.Considers, Raises: a.Raises}
	if d.Method == "" {
		d.Method = mla.NotTested
	}
	said, _ := c.examine(k, d, 0)
	raised := said.grounds(func(f *mla.Finding) bool { return c.raised(&d, f) })
	duty := c.terms.Consultation
	if !duty.Must || !slices.ContainsFunc(raised, func(g mla.Ground) bool { return duty.All || slices.Contains(duty.Grounds, g.Rule) }) {
		return raised
	}
	us := n.party
	us.notify(k, mla.CentralAuthority, mla.ConsultedBody{Grounds: raised, Intends: mla.Refused}, to, role, duty.Article)
	k.Open(func(k Clerk) { c.answerContact(k, to, role, us) })
	us.await(k, n.by, nil, mla.ConsultationAnswered)
	return raised
}

// answerContact is the issuing authority answering whoever is about to object.
func (c *Case) answerContact(k Clerk, us *party, role mla.Role, to *party) {
	us.await(k, never, nil, mla.Consulted)
	message := us.taken.Message
	if a, ok := us.ask(k, mla.QConsultation, never, nil); ok {
		us.notify(k, role, mla.ConsultationAnsweredBody{To: message, Accepts: a.(mla.ConsultationReply).Accepts}, to, mla.CentralAuthority)
	}
}

// objection reads what a State says, whichever State it is.
func objection(a mla.ReplyTo) mla.Objection {
	switch a := a.(type) {
	case mla.ObjectAnswer:
		return a.Objection
	case mla.ObjectResidenceAnswer:
		return a.Objection
	case mla.ObjectHostAnswer:
		return a.Objection
	}
	return mla.Objection{}
}

// tellThirdStates tells the State where the person lives and the one where the data lie, where they are neither of the two
// and a safeguard has them told. It does not wait for them.
func (c *Case) tellThirdStates(k Clerk, from *party, role mla.Role) []*told {
	var out []*told
	for _, t := range []struct {
		state mla.State
		as    string
		q     mla.Question
	}{{c.request.Residence, "residence", mla.QObjectResidence}, {c.request.Host, "host", mla.QObjectHost}} {
		known := func(n *told) bool { return n.party.state == t.state }
		if t.state == "" || t.state == c.requesting.state || t.state == c.requested.state || c.terms.ThirdState.Days == 0 ||
			slices.ContainsFunc(out, known) {
			continue
		}
		n := &told{party: c.party(t.state), by: c.window(k), window: c.terms.ThirdState.Basis, suspends: true}
		c.tell(k, from, role, t.as, n, t.q, c.terms.ThirdState.Basis)
		out = append(out, n)
	}
	return out
}

// window is the end of a third State's time to object.
func (c *Case) window(k Clerk) time.Time {
	if c.request.Urgent {
		return k.Now().AddDate(0, 0, c.terms.ThirdState.UrgentDays)
	}
	return k.Now().AddDate(0, 0, c.terms.ThirdState.Days)
}

// askThirdStates has the decision wait for the States that a safeguard has told. That one of them objects is then known to
// the central authority, and what follows is for the law to say.
func (c *Case) askThirdStates(k Clerk) {
	if c.terms.ThirdState.Days == 0 {
		return
	}
	notices, source := c.tellThirdStates(k, c.requested, mla.CentralAuthority), "no third State is concerned"
	if len(notices) > 0 {
		source = "what the States that were told say, or do not say"
		k.Await(never, func() bool { return c.takenBack() || open(notices) == nil })
	}
	if !c.takenBack() {
		c.requested.learn(k, mla.CentralAuthority, mla.Facts{"third_state.objects": mla.Bool(objector(notices) != nil)}, source)
	}
}

// open finds a State whose window still suspends the procedure.
func open(notices []*told) *told {
	return first(notices, func(n *told) bool { return n.suspends && !n.closed })
}

// objector finds a State that has objected.
func objector(notices []*told) *told {
	return first(notices, func(n *told) bool { return n.objected.Objects })
}

func first(notices []*told, which func(*told) bool) *told {
	if i := slices.IndexFunc(notices, which); i >= 0 {
		return notices[i]
	}
	return nil
}
