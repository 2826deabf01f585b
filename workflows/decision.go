package workflows

import (
	"cmp"
	"errors"
	"slices"

	"rogatory/internal/mla"
)

// decision is the central authority's: it tests, considers, consults where the instrument says so, decides, and gives
// reasons where they are owed. A postponement is taken up again. False: nobody decided.
func (c *Case) decision(k Clerk) (mla.DecidedBody, bool) {
	for {
		a, ok := c.ask(k, c.requested, mla.QDecide)
		if !ok {
			return mla.DecidedBody{}, false
		}
		answer := a.(mla.DecideAnswer)
		floored := c.floor(k, &answer)
		if c.takenBack() {
			return mla.DecidedBody{}, false
		}
		said, outside := c.examine(k, answer, floored)
		d := c.weigh(answer, said)
		if outside {
			d = mla.DecidedBody{Outcome: mla.OutOfScope, Grounds: said.grounds(closedGate), Final: true}
		}
		d = c.consult(k, answer, d, said)
		if c.takenBack() {
			return d, false
		}
		c.decide(k, d, answer.Reasons)
		if d.Final {
			return d, true
		}
		if k.Await(k.Now().AddDate(0, 0, int(answer.Resumes)), c.takenBack) {
			return d, false
		}
	}
}

// examine is the scrutiny of the file: the law on what the authority knows, dual criminality by its method, and the
// grounds it looked at, raised or not. It reports whether the request is outside the instrument.
func (c *Case) examine(k Clerk, a mla.DecideAnswer, floored int) (said findings, outside bool) {
	us := c.requested
	us.record(k, mla.CentralAuthority, mla.ReviewPerformedBody{Minutes: a.Minutes, Checks: a.Checks, Floored: floored})
	scope := c.assess(k, mla.CentralAuthority, mla.StageScope, a.Method)
	admissibility := c.assess(k, mla.CentralAuthority, mla.StageAdmissibility, a.Method)
	dc := mla.DualCriminalityTestedBody{Result: admissibility.DualCriminality}
	if a.Method == mla.ByLabel {
		test := c.terms.DualCriminality
		dc.Departures = []mla.Ground{{Rule: test.Rule, Article: test.Article}}
	}
	us.record(k, mla.CentralAuthority, dc)
	said = findings{scope.Findings, admissibility.Findings}
	for f := range said.each {
		raises := c.raised(&a, f)
		if f.Effect.Ground() && (named(a.Considers, f) || named(a.Raises, f)) || raises {
			us.record(k, mla.CentralAuthority, mla.GroundConsideredBody{
				Ground: ground(f), Effect: f.Effect, Standard: f.Standard, Result: f.Holds,
				Raised: raises,
			}, cited(f))
		}
	}
	return said, len(said.grounds(closedGate)) > 0
}

// weigh turns the answer into a decision. What the authority raises and the law does not open on the known facts is not
// raised; a mandatory ground known to hold and granted over is its departure from the law, on record.
func (c *Case) weigh(a mla.DecideAnswer, said findings) mla.DecidedBody {
	raised := said.grounds(func(f *mla.Finding) bool { return c.raised(&a, f) })
	d := mla.DecidedBody{Outcome: cmp.Or(a.Otherwise, mla.Granted), Final: true}
	if len(raised) > 0 {
		d.Outcome, d.Grounds = cmp.Or(a.OnGround, mla.Refused), raised
	} else if d.Outcome == mla.Refused || d.Outcome == mla.Postponed {
		d.Outcome = mla.Granted
	}
	d.Final = d.Outcome != mla.Postponed
	if d.Outcome.Grants() {
		d.Scope = c.request.Scope
		if d.Outcome == mla.PartlyGranted {
			d.Scope = narrower(a.Scope, c.request.Scope)
			if d.Scope.Empty() {
				panic(Failure{errors.New("decide: a partial grant of nothing that was asked for")})
			}
		}
		if d.Outcome == mla.GrantedWithConditions {
			d.Conditions = a.Conditions
		}
		d.Departures = said.grounds(mandatory)
	}
	return d
}

// consult takes up the matter with the requesting State before refusing or postponing, where the instrument makes it a
// duty for these grounds (UNCC 40(28)) or leaves it to be considered (Budapest 27(6)). Accepted conditions turn a
// refusal into help on those conditions.
func (c *Case) consult(k Clerk, a mla.DecideAnswer, d mla.DecidedBody, said findings) mla.DecidedBody {
	duty := c.terms.Consultation
	touched := d.Outcome == mla.Postponed && duty.Postponement ||
		d.Outcome == mla.Refused && (duty.All || slices.ContainsFunc(d.Grounds, func(g mla.Ground) bool {
			return slices.Contains(duty.Grounds, g.Rule)
		}))
	if !touched || !duty.Must && len(a.Conditions) == 0 {
		return d
	}
	us := c.requested
	sent := us.send(k, mla.CentralAuthority, mla.ConsultedBody{Grounds: d.Grounds, Intends: d.Outcome, Conditions: a.Conditions},
		c.requesting, mla.CentralAuthority, duty.Article)
	accepts := false
	for deadline := us.patience(k); us.await(k, deadline, c.takenBack, mla.ConsultationAnswered); {
		if b := us.taken.Body.(mla.ConsultationAnsweredBody); b.To == sent {
			accepts = b.Accepts
			break
		}
	}
	if accepts && len(a.Conditions) > 0 {
		d.Outcome, d.Conditions, d.Final, d.Scope = mla.GrantedWithConditions, a.Conditions, true, c.request.Scope
		d.Departures = said.grounds(mandatory)
	}
	return d
}

// decide sends the decision, with the reasons owed for it.
func (c *Case) decide(k Clerk, d mla.DecidedBody, words string) {
	us := c.requested
	c.outcome, c.decided = d.Outcome, d
	if d.Outcome.Grants() {
		c.reached = d.Scope
	}
	c.settled = c.settled || d.Final && !d.Outcome.Grants()
	us.send(k, mla.CentralAuthority, d, c.requesting, mla.CentralAuthority, articles(d.Grounds)...)
	if slices.Contains(c.terms.Reasons.Outcomes, d.Outcome) {
		us.send(k, mla.CentralAuthority, mla.ReasonsGivenBody{Outcome: d.Outcome, Grounds: d.Grounds, Words: words},
			c.requesting, mla.CentralAuthority, c.terms.Reasons.Article)
	}
}

// narrow tells the requesting State that less than was granted will be done.
func (c *Case) narrow(k Clerk, to mla.Scope, words string) {
	d := c.decided
	d.Outcome, d.Scope = mla.PartlyGranted, to
	c.decide(k, d, words)
}

// lapse tells the requesting State that nothing will come of what was granted.
func (c *Case) lapse(k Clerk, why string) {
	c.decide(k, mla.DecidedBody{Outcome: mla.Lapsed, Final: true}, why)
}

// barred ends a granted request that an authority of this State has stopped: its own law bars the step, which the central
// authority learns from the ruling. Consultation is owed here as before any refusal.
func (c *Case) barred(k Clerk, words string) {
	c.requested.learn(k, mla.CentralAuthority, mla.Facts{"own_law.bars_measure": mla.Bool(true)}, "the ruling of its own authority")
	c.assess(k, mla.CentralAuthority, mla.StageAdmissibility, mla.NotTested)
	d := c.consult(k, mla.DecideAnswer{}, mla.DecidedBody{Outcome: mla.Refused, Grounds: []mla.Ground{c.terms.Denial}, Final: true}, nil)
	if !c.takenBack() {
		c.decide(k, d, words)
	}
}

// closedGate leaves contested readings aside: where a provision can be read both ways, a narrower reading alone does not
// put a request outside the instrument.
func closedGate(f *mla.Finding) bool {
	return f.Effect == mla.Gate && f.Reading != mla.Contested && f.Holds == mla.No
}

// named reports whether a list names the rule, by its id ("uncc/40(8) trivial") or by its article ("uncc/40(8)"). A
// contested reading is named by its id alone.
func named(list []string, f *mla.Finding) bool {
	return len(list) > 0 && (slices.Contains(list, f.Rule) || f.Reading != mla.Contested && slices.Contains(list, f.Instrument+"/"+f.Article))
}

// raised reports whether the answer raises a rule that is open: a ground for refusing, or the power to postpone (UNCC
// 40(27), Budapest 27(5)) where it postpones.
func (c *Case) raised(a *mla.DecideAnswer, f *mla.Finding) bool {
	fits := f.Effect.Ground()
	if a.OnGround == mla.Postponed {
		fits = slices.Contains(c.terms.Postponement, f.Rule)
	}
	return fits && f.Holds == mla.Yes && named(a.Raises, f)
}

// mandatory is a ground that leaves no choice and is known to hold.
func mandatory(f *mla.Finding) bool { return f.Effect == mla.MustRefuse && f.Holds == mla.Yes }

// findings is what the law said, stage by stage.
type findings [][]mla.Finding

// each gives the findings in their order.
func (s findings) each(give func(*mla.Finding) bool) {
	for _, stage := range s {
		for i := range stage {
			if !give(&stage[i]) {
				return
			}
		}
	}
}

// grounds are those findings of which something is so.
func (s findings) grounds(which func(*mla.Finding) bool) []mla.Ground {
	var out []mla.Ground
	for f := range s.each {
		if which(f) {
			out = append(out, ground(f))
		}
	}
	return out
}

// articles are the addresses of grounds.
func articles(grounds []mla.Ground) []string {
	out := []string{}
	for _, g := range grounds {
		out = append(out, g.Article)
	}
	return out
}

func ground(f *mla.Finding) mla.Ground { return mla.Ground{Rule: f.Rule, Article: cited(f)} }

// cited writes a rule's address as a reader cites it: "budapest 27(4)(a)".
func cited(f *mla.Finding) string { return f.Instrument + " " + f.Article }

// narrower is what lies in both scopes; a nil scope narrows nothing.
func narrower(s *mla.Scope, of mla.Scope) mla.Scope {
	if s == nil {
		return of
	}
	out := mla.Scope{
		Accounts: min(s.Accounts, of.Accounts),
		Persons:  min(s.Persons, of.Persons),
		Months:   min(s.Months, of.Months),
	}
	for _, c := range of.Categories {
		if slices.Contains(s.Categories, c) {
			out.Categories = append(out.Categories, c)
		}
	}
	return out
}
