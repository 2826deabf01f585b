package workflows

import (
	"slices"

	"rogatory/internal/mla"
)

// requestedState is the procedure of the State that is asked: receipt, check of form, assessment, supplement, decision,
// authorisation, execution, transmission, closing.
func (c *Case) requestedState(k Clerk) {
	if !c.receipt(k) {
		return
	}
	c.supplement(k)
	decision, ok := c.decision(k)
	if !ok || !decision.Outcome.Grants() || c.takenBack(k) {
		c.closeRequested(k)
		return
	}
	secret, goesOn := c.secrecy(k)
	if c.takenBack(k) || !goesOn {
		c.closeRequested(k)
		return
	}
	scope, ok := c.authorisation(k, decision.Scope)
	if !ok || c.takenBack(k) {
		c.closeRequested(k)
		return
	}
	evidence, ok := c.execution(k, scope, secret)
	if ok && !c.takenBack(k) {
		c.transmission(k, evidence, decision.Conditions)
	}
	c.closeRequested(k)
}

// receipt takes the letter in, and returns it for completion as often as it lacks something (UNCC 40(13), (15), (16)).
func (c *Case) receipt(k Clerk) bool {
	us := c.requested
	for {
		m, ok := us.await(k, c.forever(), mla.RequestSubmitted, mla.RequestWithdrawn)
		if !ok {
			return false
		}
		if m.Kind == mla.RequestWithdrawn {
			c.outcome = mla.Withdrawn
			c.closeRequested(k)
			return false
		}
		if !c.arrived {
			us.learn(k, mla.CentralAuthority, c.in.Known[mla.CentralAuthority], "its own files and law")
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
	questions := c.askable(missing)
	if len(questions) == 0 {
		return
	}
	us.send(k, mla.CentralAuthority, mla.SupplementAskedBody{Missing: questions}, c.requesting, mla.RequestingAuthority)
	us.await(k, us.patience(k), mla.SupplementGiven)
}

// assess lets the law speak on what a role of this State knows, and puts the answer on the log.
func (c *Case) assess(k Clerk, role mla.Role, stage mla.Stage, method mla.Method) mla.Assessment {
	a := k.Assess(stage, c.request, c.requested.known[role], method)
	c.requested.record(k, role, mla.AssessedBody{Assessment: a})
	c.scheduler.desk.spoke = append(c.scheduler.desk.spoke, a.Findings...)
	return a
}

// askable leaves out what the requesting State could not know better, and what was asked before.
func (c *Case) askable(missing []mla.Path) []mla.Path {
	seen, out := map[mla.Path]bool{}, []mla.Path{}
	for _, p := range missing {
		if !seen[p] && !slices.Contains(c.terms.Own, p) {
			out = append(out, p)
		}
		seen[p] = true
	}
	return out
}

// takenBack reports whether the requesting State has withdrawn, and if so ends the request.
func (c *Case) takenBack(k Clerk) bool {
	if c.outcome == mla.Withdrawn {
		return true
	}
	if _, ok := c.requested.await(k, k.Now(), mla.RequestWithdrawn); !ok {
		return false
	}
	c.outcome = mla.Withdrawn
	return true
}

// closeRequested ends this State's side. Its orders may outlive it.
func (c *Case) closeRequested(k Clerk) {
	c.settled = true
	c.requested.record(k, mla.CentralAuthority, mla.CaseClosedBody{Outcome: c.outcome})
	if c.terms.Statistics.Published {
		k.Open(c.statistics)
	}
}
