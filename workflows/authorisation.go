package workflows

import (
	"rogatory/internal/mla"
)

// authorisation puts the measure to whoever the requested State's law says must authorise it. Both instruments leave
// that to domestic law, with independent review or supervision "as appropriate" (UNCC 24(2), (4); Budapest 15(2)). It
// returns what may be done, or false when nothing may.
func (c *Case) authorisation(k Clerk, scope mla.Scope) (mla.Scope, bool) {
	us, by := c.requested, c.terms.Authorisation[c.request.Measure]
	us.record(k, mla.CentralAuthority, mla.AuthorisationSoughtBody{
		Measure: c.request.Measure, Scope: scope, Authority: by.Authority, Independent: by.Independent,
	}, by.Basis)
	a, ok := c.ask(k, us, mla.QAuthorise)
	if !ok {
		c.outcome = mla.Lapsed
		return mla.Scope{}, false
	}
	ruling := a.(mla.AuthoriseAnswer)
	decided := mla.AuthorisationDecidedBody{
		Authority: by.Authority, Independent: by.Independent, Ruling: ruling.Ruling, Reasons: ruling.Reasons,
	}
	switch ruling.Ruling {
	case mla.RulingGrant:
		decided.Scope = scope
	case mla.RulingModify:
		decided.Scope = narrower(ruling.Scope, scope)
	case mla.RulingDeny:
	}
	us.record(k, mla.Court, decided, by.Basis)
	if ruling.Ruling == mla.RulingDeny {
		c.barred(k, ruling.Reasons)
		return mla.Scope{}, false
	}
	if ruling.Ruling == mla.RulingModify {
		c.narrow(k, decided.Scope, ruling.Reasons)
	}
	return decided.Scope, true
}
