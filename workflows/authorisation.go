package workflows

import "rogatory/internal/mla"

// authorisation puts the measure to whoever the requested State's law says must authorise it. Both instruments leave
// that to domestic law, with independent review or supervision "as appropriate" (UNCC 24(2), (4); Budapest 15(2)). It
// returns what may be done, or false when nothing may.
func (c *Case) authorisation(k Clerk, scope mla.Scope) (mla.Scope, bool) {
	by := c.terms.Authority(c.request.Measure, scope)
	c.executing.record(k, c.applicant(), mla.AuthorisationSoughtBody{
		Stage: mla.StageExecution, Measure: c.request.Measure, Scope: scope, Authority: by.Authority, Independent: by.Independent,
	}, by.Basis)
	a, ok := c.ask(k, c.executing, mla.QAuthorise)
	if !ok {
		return mla.Scope{}, false
	}
	answer := a.(mla.AuthoriseAnswer)
	c.days = int(answer.Days)
	ruling, left := ruled(answer.Ruling, answer.Scope, scope)
	c.executing.record(k, mla.Court, mla.AuthorisationDecidedBody{
		Stage: mla.StageExecution, Authority: by.Authority, Independent: by.Independent, Ruling: ruling, Scope: left, Reasons: answer.Reasons,
	}, by.Basis)
	switch {
	case ruling == mla.RulingGrant:
	case c.executing == c.requesting: // a State's own order: nobody else is to hear of it
	case ruling == mla.RulingModify:
		c.narrow(k, left, answer.Reasons)
	case ruling == mla.RulingDeny:
		c.barred(k, answer.Reasons)
	}
	return left, ruling != mla.RulingDeny
}

// applicant is who seeks authorisation: the central authority, or whoever issues an order without asking a State.
func (c *Case) applicant() mla.Role {
	if c.executing == c.requesting {
		return mla.RequestingAuthority
	}
	return mla.CentralAuthority
}

// ruled is what a ruling leaves of a scope. A modification that leaves nothing is a denial.
func ruled(r mla.Ruling, to *mla.Scope, of mla.Scope) (mla.Ruling, mla.Scope) {
	switch r {
	case mla.RulingGrant:
		return r, of
	case mla.RulingModify:
		if left := narrower(to, of); !left.Empty() {
			return r, left
		}
	case mla.RulingDeny:
	}
	return mla.RulingDeny, mla.Scope{}
}
