package audit

import (
	"fmt"
	"slices"

	"rogatory/internal/mla"
)

// Rederivation is one logged answer of the law, worked out anew from the facts it names.
type Rederivation struct {
	Case   string     `json:"case"`
	Event  string     `json:"event"`
	Kind   mla.Kind   `json:"kind"`
	Policy string     `json:"policy"`
	Same   mla.Answer `json:"same"` // bit for bit
	Says   string     `json:"says"`
}

// Rederive works out anew every answer of the law on a case's logs, and what decisions owe to those answers. An event
// that is sealed, or whose law or letter is not at hand, cannot be told.
func Rederive(c *Case, law *Law) []Rederivation {
	var out []Rederivation
	for _, l := range c.Logs {
		out = append(out, rederive(c, l, law)...)
	}
	return out
}

// rederive reads one log: the requested State's, that of a State asking its own law before it orders something abroad, or
// that of one told of such an order.
func rederive(c *Case, l *Log, law *Law) []Rederivation {
	r := &rederiver{c: c, law: law}
	for _, s := range l.Seen {
		switch s.Cover.Kind {
		case mla.Assessed, mla.DualCriminalityTested, mla.GroundConsidered:
		case mla.Decided:
			if l == c.Requesting || s.Event != nil && s.Event.Passage == mla.Received {
				continue // what a State decides stands on its own log
			}
		case mla.RequestDrafted, mla.RequestSubmitted, mla.PreservationRequested, mla.LawChanged:
			r.letter(s.Event)
			continue
		default:
			continue
		}
		out := Rederivation{Case: c.ID, Event: idOf(s), Kind: s.Cover.Kind, Same: mla.Unknown, Says: "sealed to this clearance"}
		if s.Event != nil {
			out.Policy = s.Event.Policy
			out.Same, out.Says = r.event(s.Event)
		} else if s.Cover.Kind == mla.Assessed {
			r.blind = true
		}
		r.out = append(r.out, out)
	}
	return r.out
}

type rederiver struct {
	c      *Case
	law    *Law
	latest *mla.Request // the letter that has arrived
	last   map[mla.Role]map[mla.Stage]mla.Assessment
	unread bool // a letter that arrived later, or a change of the law, is sealed
	// changed: the law was changed under way, and these safeguards are in force from then on.
	changed    bool
	safeguards []string
	blind      bool // an answer of the law is sealed: what rests on the latest cannot be told
	out        []Rederivation
}

func (r *rederiver) letter(e *mla.Event) {
	if e == nil {
		r.unread = true
		return
	}
	switch b := e.Body.(type) {
	case mla.RequestDraftedBody:
		r.came(b.Request)
	case mla.RequestSubmittedBody:
		r.came(b.Request)
	case mla.PreservationRequestedBody:
		r.came(b.Request)
	case mla.LawChangedBody:
		r.changed, r.safeguards = true, b.Safeguards
	}
}

// came takes up a letter; what the law said on another is not carried over to it.
func (r *rederiver) came(letter mla.Request) {
	if r.latest != nil && r.latest.Reference != letter.Reference {
		r.last = nil
	}
	r.latest, r.unread = &letter, false
}

func (r *rederiver) event(e *mla.Event) (mla.Answer, string) {
	switch b := e.Body.(type) {
	case mla.AssessedBody:
		return r.assessed(e, b.Assessment)
	case mla.DualCriminalityTestedBody:
		return r.tested(e, b)
	case mla.GroundConsideredBody:
		return r.considered(e, b)
	case mla.DecidedBody:
		return r.decided(e, b)
	}
	return mla.Unknown, "nothing to work out"
}

// assessed asks the law again, on the letter that had arrived and the facts that the answer says it used.
func (r *rederiver) assessed(e *mla.Event, had mla.Assessment) (mla.Answer, string) {
	if r.last == nil {
		r.last = map[mla.Role]map[mla.Stage]mla.Assessment{}
	}
	if r.last[e.Actor.Role] == nil {
		r.last[e.Actor.Role] = map[mla.Stage]mla.Assessment{}
	}
	r.last[e.Actor.Role][had.Stage] = had
	letter := r.latest
	if letter == nil {
		letter = r.c.Letter
	}
	if letter != nil && r.changed {
		now := *letter
		now.Safeguards = r.safeguards
		letter = &now
	}
	bundle := r.law.Bundle(e.Policy)
	switch {
	case bundle == nil:
		return mla.Unknown, "the law that it names is not at hand"
	case letter == nil:
		return mla.Unknown, "the letter is sealed to this clearance"
	}
	l, err := bundle.Law(pairOf(*letter))
	if err != nil {
		return mla.No, "the law that it names has no such States or instruments"
	}
	again := l.Assess(had.Stage, *letter, had.Used, had.DualCriminality.Method)
	if r.unread && !SameBytes(again, had) {
		return mla.Unknown, "the letter or the law as it stood then is sealed to this clearance"
	}
	if SameBytes(again, had) {
		return mla.Yes, fmt.Sprintf("%d rules at the stage %s give the same answer on %d facts", len(had.Findings), had.Stage, len(had.Used))
	}
	return mla.No, "the law gives another answer on these facts: " + differing(again, had)
}

// differing says where two answers of the law part.
func differing(again, had mla.Assessment) string {
	for i, f := range again.Findings {
		if i >= len(had.Findings) || had.Findings[i].Rule != f.Rule {
			return fmt.Sprintf("%s is not where it should be", f.Rule)
		}
		if !SameBytes(f, had.Findings[i]) {
			return fmt.Sprintf("%s is %s, logged as %s", f.Rule, f.Holds, had.Findings[i].Holds)
		}
	}
	switch {
	case len(had.Findings) > len(again.Findings):
		return fmt.Sprintf("%s is no rule of this stage", had.Findings[len(again.Findings)].Rule)
	case again.DualCriminality != had.DualCriminality:
		return "dual criminality"
	case again.Seriousness != had.Seriousness:
		return "seriousness"
	case again.Policy != had.Policy:
		return "it names another law inside than outside"
	}
	return "the facts used"
}

// tested holds the test of dual criminality to the latest answer of the law.
func (r *rederiver) tested(e *mla.Event, b mla.DualCriminalityTestedBody) (mla.Answer, string) {
	a, known := r.last[e.Actor.Role][mla.StageAdmissibility]
	if !known || r.blind {
		return mla.Unknown, "the answer of the law that it rests on is not seen"
	}
	if a.DualCriminality != b.Result {
		return mla.No, "the latest answer of the law says otherwise of dual criminality"
	}
	return mla.Yes, "as the latest answer of the law"
}

// findings are what the latest answers of the law found for a role on the request.
func (r *rederiver) findings(role mla.Role) (out []mla.Finding, known bool) {
	for _, stage := range mla.Stages {
		if a, ok := r.last[role][stage]; ok && stage != mla.StagePreservation {
			out = append(out, a.Findings...)
		}
	}
	return out, len(out) > 0 && !r.blind
}

func (r *rederiver) considered(e *mla.Event, b mla.GroundConsideredBody) (mla.Answer, string) {
	all, known := r.findings(e.Actor.Role)
	if !known {
		return mla.Unknown, "the answer of the law that it rests on is not seen"
	}
	i := slices.IndexFunc(all, func(f mla.Finding) bool { return f.Rule == b.Ground.Rule })
	if i < 0 {
		return mla.No, b.Ground.Rule + " is no rule that the law spoke of"
	}
	if f := all[i]; f.Holds != b.Result || f.Effect != b.Effect || f.Standard != b.Standard {
		return mla.No, fmt.Sprintf("%s is %s in the latest answer of the law, considered as %s", f.Rule, f.Holds, b.Result)
	}
	return mla.Yes, "as the latest answer of the law"
}

// decided holds a decision to the latest answers of the law: what it departs from, and whether what it raises was open.
// What to decide is the role's; that is not worked out.
func (r *rederiver) decided(e *mla.Event, b mla.DecidedBody) (mla.Answer, string) {
	all, known := r.findings(e.Actor.Role)
	if !known {
		return mla.Unknown, "the answer of the law that it rests on is not seen"
	}
	owed := []mla.Ground{}
	for _, f := range all {
		if b.Outcome.Grants() && f.Effect == mla.MustRefuse && f.Holds == mla.Yes {
			owed = append(owed, mla.Ground{Rule: f.Rule, Article: f.Instrument + " " + f.Article})
		}
	}
	if !slices.Equal(owed, slices.Clip(b.Departures)) && len(owed)+len(b.Departures) > 0 {
		return mla.No, fmt.Sprintf("it departs from %d mandatory grounds and names %d", len(owed), len(b.Departures))
	}
	for _, g := range b.Grounds {
		i := slices.IndexFunc(all, func(f mla.Finding) bool { return f.Rule == g.Rule })
		switch {
		case i < 0:
			continue // a bar of the State's own, found by its own authority
		case all[i].Effect == mla.Gate:
			if all[i].Holds != mla.No {
				return mla.No, fmt.Sprintf("it names %s, and that gate was %s", g.Rule, all[i].Holds)
			}
		case all[i].Holds != mla.Yes:
			return mla.No, fmt.Sprintf("it raises %s, and that was %s on the facts known", g.Rule, all[i].Holds)
		}
	}
	return mla.Yes, "its grounds were open and its departures are named"
}

// ChangedFiles names the files in which one set of law files differs from another, in order.
func ChangedFiles(have, want map[string][]byte) []string {
	out := []string{}
	for name, raw := range have {
		if w, ok := want[name]; !ok || string(w) != string(raw) {
			out = append(out, name)
		}
	}
	for name := range want {
		if _, ok := have[name]; !ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
