package workflows

import "rogatory/internal/mla"

// compelledHelp settles, before any order goes out, who that knows a system is made to help, and with what (UNCC 28(4),
// Budapest 19(4)): the firm, or one of its staff where nothing keeps the order to the firm (L16). Nil: nobody need. It reports
// whether the measure goes on; a step that reaches people who are not concerned ends it where that is asked for (L16).
func (c *Case) compelledHelp(k Clerk) (*mla.AssistanceCompelledBody, bool) {
	if c.request.Measure != mla.CompelledAssistance {
		return nil, true
	}
	us := c.requested
	b := mla.AssistanceCompelledBody{Person: c.request.Provider, What: "the information needed to reach the data"}
	if c.attended(mla.QAssist) {
		a, ok := c.ask(k, us, mla.QAssist)
		if !ok {
			return nil, false
		}
		asked := a.(mla.AssistAnswer)
		b.What, b.Reach = asked.What, asked.Reach
		if asked.Person != "" && !c.owes("L16 firm") {
			b.Person, b.Natural = asked.Person, true
		}
	}
	if b.Reach > 0 && c.owes("L16 reach") {
		us.learn(k, mla.CentralAuthority, mla.Facts{"assistance.weakens_others": mla.Bool(true)}, "what the step would take")
		c.barred(k, "the step would weaken the security of people who are not concerned")
		return nil, false
	}
	return &b, true
}
