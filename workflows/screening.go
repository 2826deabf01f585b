package workflows

import (
	"strings"

	"rogatory/internal/mla"
)

// screening looks, before the decision, for a role or a vulnerability that the law protects (L10), or in the register of
// those licensed to handle what others may not (L30). Without an answer the central authority finds what other authorities of
// its State already know; what the letter hides and none of them knows stays unknown.
func (c *Case) screening(k Clerk) {
	register := c.owes("L30 look-up")
	if !c.owes("L10 screening") && !register && !c.volunteers(mla.QScreen) {
		return
	}
	us, how := c.requested, "what other authorities of the State know"
	if register {
		how = "the register of licensed handlers, and " + how
	}
	if c.attended(mla.QScreen) {
		a, ok := c.ask(k, us, mla.QScreen)
		if !ok {
			return
		}
		how = a.(mla.ScreenAnswer).How
	} else {
		found := mla.Facts{}
		for _, role := range mla.Roles {
			for _, p := range c.in.Known[role].Paths() {
				if _, known := us.known[mla.CentralAuthority][p]; !known && strings.HasPrefix(string(p), "person.") {
					found[p] = c.in.Known[role][p]
				}
			}
		}
		us.learn(k, mla.CentralAuthority, found, how)
	}
	us.record(k, mla.CentralAuthority, mla.RoleScreenedBody{Found: protected(us.known[mla.CentralAuthority]), How: how})
}

// protected names what is known of the person that the law may protect.
func protected(known mla.Facts) (found []string) {
	if role, ok := known["person.role"].AsWord(); ok && role != "none" {
		found = append(found, role)
	}
	if licensed, ok := known["person.licensed_handler"].AsBool(); ok && licensed {
		found = append(found, "hotline")
	}
	if age, ok := known["person.age"].AsInt(); ok && age < 18 {
		found = append(found, "minor")
	}
	if refugee, ok := known["person.refugee"].AsBool(); ok && refugee {
		found = append(found, "refugee")
	}
	return found
}
