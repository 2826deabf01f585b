package workflows

import "rogatory/internal/mla"

// export is the hop from the provider to the central authority.
func (c *Case) export(k Clerk, e mla.Evidence) mla.Evidence {
	damage := mla.Intact
	if c.volunteers(mla.QExport) {
		if a, ok := c.ask(k, c.requested, mla.QExport); ok {
			damage = a.(mla.ExportAnswer).Damage
		}
	}
	return c.hop(k, c.requested, e, damage,
		mla.Actor{Role: mla.Provider, State: c.requested.state}, mla.Actor{Role: mla.CentralAuthority, State: c.requested.state})
}

// carry is the hop from the requested State to the requesting authority.
func (c *Case) carry(k Clerk, e mla.Evidence) mla.Evidence {
	damage := mla.Intact
	if c.volunteers(mla.QCarry) {
		if a, ok := c.ask(k, c.requesting, mla.QCarry); ok {
			damage = a.(mla.CarryAnswer).Damage
		}
	}
	return c.hop(k, c.requesting, e, damage,
		mla.Actor{Role: mla.CentralAuthority, State: c.requested.state}, mla.Actor{Role: mla.RequestingAuthority, State: c.requesting.state})
}

// hop hands evidence over. Where each hop is hashed (L17), one that does not match is seen at once and done again from what
// the giver still has; elsewhere what arrived goes on as it is.
func (c *Case) hop(k Clerk, p *party, e mla.Evidence, damage mla.Damage, from, to mla.Actor) mla.Evidence {
	hashed := c.owes("L17 hashes")
	b := mla.CustodyHandoffBody{Evidence: e.ID, From: from.String(), To: to.String(), HashIn: e.Hash, HashOut: e.Hash}
	switch {
	case damage == mla.Altered && e.Hash != "":
		b.HashOut = rehash(e.Hash, "altered on the way to "+b.To)
	case damage == mla.Unhashed && !hashed:
		b.HashIn, b.HashOut = "", ""
	}
	p.record(k, mla.CentralAuthority, b)
	if b.HashIn != b.HashOut && hashed {
		b.HashOut = b.HashIn
		p.record(k, mla.CentralAuthority, b)
	}
	c.broken = c.broken || b.HashIn != b.HashOut || b.HashIn == ""
	e.Hash = b.HashOut
	return e
}

// trial is the court's of the requesting State: whether the evidence is admitted. It sees the chain of custody as far as it
// was kept.
func (c *Case) trial(k Clerk, e mla.Evidence) {
	a, ok := c.after(k, c.requesting, mla.QTrial)
	if !ok {
		return
	}
	ruling := a.(mla.TrialAnswer)
	b := mla.AdmissibilityRuledBody{Evidence: e.ID, Admitted: ruling.Admits, Reason: ruling.Reason}
	if c.broken {
		b.Admitted = ruling.AdmitsBroken
	}
	c.requesting.record(k, mla.Court, b)
	c.charged = true
	c.remedy(k)
}
