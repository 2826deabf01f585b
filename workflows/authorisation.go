package workflows

import (
	"rogatory/internal/mla"
)

// authorisation puts the measure to whoever the requested State's law says must authorise it. Both instruments leave
// that to domestic law, with independent review or supervision "as appropriate" (UNCC 24(2), (4); Budapest 15(2)). It
// returns what may be done, or false when nothing may.
func (c *Case) authorisation(k Clerk, scope mla.Scope) (mla.Scope, bool) {
	by := c.terms.Authorisation[c.request.Measure]
	c.requested.record(k, mla.CentralAuthority, mla.AuthorisationSoughtBody{
		Stage: mla.StageExecution, Measure: c.request.Measure, Scope: scope, Authority: by.Authority, Independent: by.Independent,
	}, by.Basis)
	a, ok := c.ask(k, c.requested, mla.QAuthorise)
	if !ok {
		return mla.Scope{}, false
	}
	answer := a.(mla.AuthoriseAnswer)
	c.days = int(answer.Days)
	ruling, left := ruled(answer.Ruling, answer.Scope, scope)
	c.requested.record(k, mla.Court, mla.AuthorisationDecidedBody{
		Stage: mla.StageExecution, Authority: by.Authority, Independent: by.Independent, Ruling: ruling, Scope: left, Reasons: answer.Reasons,
	}, by.Basis)
	switch ruling {
	case mla.RulingGrant:
	case mla.RulingModify:
		c.narrow(k, left, answer.Reasons)
	case mla.RulingDeny:
		c.barred(k, answer.Reasons)
		return mla.Scope{}, false
	}
	return left, true
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
