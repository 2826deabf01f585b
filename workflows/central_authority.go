package workflows

import (
	"slices"

	"rogatory/internal/mla"
)

// requestedState is the procedure of the State that is asked: receipt, check of form, assessment, supplement, decision,
// and, if it grants, carrying out. Each step reports whether the next is to follow; a withdrawal ends them all.
func (c *Case) requestedState(k Clerk) {
	if c.receipt(k) {
		c.supplement(k)
		c.screening(k)
		c.askThirdStates(k)
		c.assurance(k)
		if d, ok := c.decision(k); ok && d.Outcome.Grants() {
			c.carryOut(k, d)
		}
	}
	c.closeRequested(k)
}

// carryOut is what follows a grant: secrecy, authorisation, execution, transmission.
func (c *Case) carryOut(k Clerk, d mla.DecidedBody) {
	secret, ok := c.secrecy(k)
	if !ok {
		return
	}
	scope, ok := c.authorisation(k, d.Scope)
	if !ok {
		return
	}
	evidence, ok := c.execution(k, scope, secret)
	if !ok {
		return
	}
	c.transmission(k, evidence)
}

// receipt takes the letter in, and returns it for completion as often as it lacks something (UNCC 40(13), (15), (16)).
func (c *Case) receipt(k Clerk) bool {
	us := c.requested
	for {
		if !us.await(k, never, c.takenBack, mla.RequestSubmitted) {
			return false
		}
		if !c.arrived {
			us.learn(k, mla.CentralAuthority, c.in.Known[mla.CentralAuthority], "its own files and law")
			c.enterDocket(k)
			c.consultLedger(k)
		}
		c.arrived = true
		a, ok := c.ask(k, us, mla.QIntake)
		if !ok {
			return false
		}
		lacking := a.(mla.IntakeAnswer).Lacking
		us.record(k, mla.CentralAuthority, mla.IntakeCheckedBody{Complete: len(lacking) == 0, Lacking: lacking})
		if len(lacking) == 0 {
			return true
		}
		us.send(k, mla.CentralAuthority, mla.RequestReturnedBody{Lacking: lacking}, c.requesting, mla.CentralAuthority)
	}
}

// supplement asks the requesting State for what the law needs to know and this State cannot find out by itself. It asks
// once; what is not answered in time stays unknown (UNCC 40(16)).
func (c *Case) supplement(k Clerk) {
	us := c.requested
	missing := []mla.Path{}
	for _, stage := range []mla.Stage{mla.StageScope, mla.StageAdmissibility} {
		missing = append(missing, c.assess(k, mla.CentralAuthority, stage, mla.ByConduct).Missing()...)
	}
	if questions := c.askable(missing); len(questions) > 0 {
		us.send(k, mla.CentralAuthority, mla.SupplementAskedBody{Missing: questions}, c.requesting, mla.RequestingAuthority)
		us.await(k, us.patience(k), c.takenBack, mla.SupplementGiven)
	}
}

// assess lets the law speak on what a role of this State knows, and puts the answer on the log.
func (c *Case) assess(k Clerk, role mla.Role, stage mla.Stage, method mla.Method) mla.Assessment {
	return c.assessBy(k, c.requested, role, stage, method)
}

// assessBy does so for a role of another State.
func (c *Case) assessBy(k Clerk, p *party, role mla.Role, stage mla.Stage, method mla.Method) mla.Assessment {
	a := k.Assess(stage, c.request, p.known[role], method)
	p.record(k, role, mla.AssessedBody{Assessment: a})
	if len(c.in.Live) > 0 {
		c.scheduler.desk.spoke = append(c.scheduler.desk.spoke, a.Findings...)
	}
	return a
}

// knows reports whether the central authority takes a fact to be so.
func (c *Case) knows(p mla.Path) bool {
	is, known := c.requested.known[mla.CentralAuthority][p].AsBool()
	return known && is
}

// askable leaves out what the requesting State could not know better, and what was asked before.
func (c *Case) askable(missing []mla.Path) []mla.Path {
	out := []mla.Path{}
	for _, p := range missing {
		if !slices.Contains(c.terms.Own, p) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// takenBack reports whether the requesting State's withdrawal is here.
func (c *Case) takenBack() bool {
	return slices.ContainsFunc(c.requested.box, func(e mla.Event) bool { return e.Kind == mla.RequestWithdrawn })
}

// closeRequested ends this State's side. Its orders may outlive it.
func (c *Case) closeRequested(k Clerk) {
	if c.takenBack() {
		c.outcome = mla.Withdrawn
	}
	c.settled = true
	c.requested.record(k, mla.CentralAuthority, mla.CaseClosedBody{Outcome: c.outcome})
	c.openDocket(k)
	if c.terms.Statistics.Published {
		k.Open(c.statistics)
	}
	k.Open(c.review)
}
