package workflows

import "rogatory/internal/mla"

// noDeath is the promise asked for where the offence may be punished by death.
const noDeath = "that the death penalty is not imposed, or not carried out"

// assurance asks the requesting State for a promise before the decision: where death is possible and the promise is asked
// for (L05), or where the central authority asks of its own accord. A promise that is given takes the ground away; silence
// leaves it open.
func (c *Case) assurance(k Clerk) {
	us, of := c.requested, ""
	death := c.knows("offence.death_penalty")
	switch {
	case c.owes("L05 assurance") && death:
		of = noDeath
	case c.volunteers(mla.QAskAssurance):
		a, ok := c.ask(k, us, mla.QAskAssurance)
		if !ok {
			return
		}
		of = a.(mla.AskAssuranceAnswer).Of
	default:
		return
	}
	us.send(k, mla.CentralAuthority, mla.AssuranceAskedBody{Of: of}, c.requesting, mla.RequestingAuthority)
	if us.await(k, us.patience(k), c.takenBack, mla.AssuranceGiven) && us.taken.Body.(mla.AssuranceGivenBody).Given && death {
		us.learn(k, mla.CentralAuthority, mla.Facts{"offence.death_penalty": mla.Bool(false)}, "the assurance given")
	}
}

// assure answers. What becomes of a promise comes to light on the log of whoever gave it.
func (c *Case) assure(k Clerk, of string) {
	a, ok := c.ask(k, c.requesting, mla.QAssurance)
	if !ok {
		return
	}
	promise := a.(mla.AssuranceAnswer)
	c.requesting.send(k, mla.RequestingAuthority, mla.AssuranceGivenBody{Of: of, Given: promise.Gives}, c.requested, mla.CentralAuthority)
	if promise.BreachedAfter > 0 {
		k.Await(k.Now().AddDate(0, 0, int(promise.BreachedAfter)), nil)
		c.requesting.record(k, mla.RequestingAuthority, mla.AssuranceBreachedBody{Of: of, What: promise.Breach})
	}
}
