package simulation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rogatory/activities"
	"rogatory/internal/docket"
	"rogatory/internal/invariant"
	"rogatory/internal/mla"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

func law(t testing.TB) *policies.Bundle {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNoRunOfAnythingBreaksAnInvariant plays random requests between random States, with random facts in every layer
// and parties that do whatever a script may say, silence included.
func TestNoRunOfAnythingBreaksAnInvariant(t *testing.T) {
	b := law(t)
	outcomes := map[mla.Outcome]int{}
	kinds := map[mla.Kind]int{}
	unreached := func() (left []string) {
		for _, o := range mla.Outcomes {
			if outcomes[o] == 0 {
				left = append(left, string(o))
			}
		}
		for _, k := range mla.Kinds {
			if kinds[k] == 0 {
				left = append(left, string(k))
			}
		}
		return left
	}
	runs := 0
	// Forty rounds of rapid's own count, and more only while something is left that no run has come to.
	for round := 0; round < 40 || round < 1000 && len(unreached()) > 0 && !t.Failed(); round++ {
		rapid.Check(t, func(t *rapid.T) {
			in := drawInput(t, b)
			l, err := b.Law(activities.PairOf(in.Request))
			if err != nil {
				t.Fatal(err)
			}
			result, events, err := simulation.Conduct(in, l)
			if err != nil {
				t.Fatal(err)
			}
			if result.Events != len(events) {
				t.Fatalf("%d events recorded, %d appended", result.Events, len(events))
			}
			duties, err := docket.DutiesOn(l, in.Known[mla.CentralAuthority], events)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range invariant.Check(duties, events) {
				t.Errorf("%v", v)
			}
			checkEnds(t, in, events)
			checkPeriods(t, l.Terms(in.Known[mla.CentralAuthority]).Preservation, events)
			runs++
			outcomes[result.Outcome]++
			for _, e := range events {
				kinds[e.Kind]++
			}
		})
	}
	t.Logf("%d runs; outcomes %v", runs, outcomes)
	for _, what := range unreached() {
		t.Errorf("no run had %s: the generator does not reach it", what)
	}
}

// checkPeriods holds preservation to its floor and its ceiling: nothing is let go before the period asked for is over (UNCC
// 42(8), Budapest 29(7)), and no order runs longer than the instrument lets one (UNCC 25(2), Budapest 16(2)).
func checkPeriods(t *rapid.T, terms policies.Preservation, events []mla.Event) {
	var floor, runs time.Time
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.PreservationOrderedBody:
			floor, runs = b.Until, e.At.AddDate(0, 0, terms.CeilingDays)
		case mla.PreservationExtendedBody:
			if terms.CeilingDays > 0 && e.At.After(runs) {
				t.Errorf("%s: renewed on %s, when the order had ended on %s", e.ID(), e.At, runs)
			}
			runs = b.Until
		case mla.PreservationLapsedBody:
			if e.At.Before(floor) {
				t.Errorf("%s: let go on %s, before %s", e.ID(), e.At, floor)
			}
			if terms.CeilingDays > 0 && e.At.After(runs) {
				t.Errorf("%s: let go on %s, when the order had ended on %s", e.ID(), e.At, runs)
			}
		}
	}
}

// checkEnds holds the procedure to what follows from an end: once a withdrawal is here, nothing more is decided, produced or
// handed over; and a side that has closed sends nothing but word that its need has ended, what comes of evidence it has, and
// that what it holds has leaked.
var afterwards = []mla.Kind{mla.NeedEnded, mla.RequestWithdrawn, mla.ConsentAsked, mla.ConsentDecided, mla.OnwardTransferred,
	mla.ConsultationAnswered, mla.BreachNotified, mla.StateObjected}

func checkEnds(t *rapid.T, in workflows.Input, events []mla.Event) {
	withdrawn, closed, letter := false, map[mla.State]bool{}, map[mla.State]string{}
	for _, e := range events {
		if b, ok := e.Body.(mla.RequestSubmittedBody); ok && letter[e.Party] != b.Request.Reference {
			letter[e.Party] = b.Request.Reference // asked again after a refusal, the case is open again
			delete(closed, e.Party)
		}
		switch {
		case e.Kind == mla.RequestWithdrawn && e.Passage == mla.Received:
			withdrawn = true
		case withdrawn && e.Party == in.Request.Requested &&
			(e.Kind == mla.Decided || e.Kind == mla.Produced || e.Kind == mla.Transmitted):
			t.Errorf("%s: %s after the withdrawal was received", e.ID(), e.Kind)
		case e.Kind == mla.CaseClosed && closed[e.Party]:
			t.Errorf("%s closed twice", e.Party)
		case e.Kind == mla.CaseClosed:
			closed[e.Party] = true
		case e.Passage == mla.Sent && closed[e.Party] && !slices.Contains(afterwards, e.Kind):
			t.Errorf("%s: %s is sent after the case was closed", e.ID(), e.Kind)
		}
	}
}

func drawInput(t *rapid.T, b *policies.Bundle) workflows.Input {
	states := b.StateIDs()
	pair := rapid.Permutation(states).Draw(t, "states")
	in := workflows.Input{
		Case: "random", Name: "random", Policy: b.Digest(),
		Start:   time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 365).Draw(t, "start")),
		Horizon: mla.Days(rapid.SampledFrom([]int{1500, 1500, 1500, 3000, 400, 60, 1}).Draw(t, "horizon")),
		Stated:  mla.Facts{},
		Known:   map[mla.Role]mla.Facts{mla.CentralAuthority: {}, mla.ContactPoint: {}},
	}
	in.Request = mla.Request{
		Requesting: pair[0], Requested: pair[1],
		Instruments:  []string{rapid.SampledFrom(asked(t, b)).Draw(t, "instrument")},
		Offence:      mla.Offence{MaxPenaltyYears: rapid.IntRange(0, 12).Draw(t, "penalty")},
		Measure:      rapid.SampledFrom(mla.Measures).Draw(t, "measure"),
		Scope:        drawScope(t),
		Person:       "P-1",
		Provider:     "Quillmail",
		Confidential: rapid.Bool().Draw(t, "confidential"),
		Preserve:     rapid.Bool().Draw(t, "preserve"),
		Urgent:       rapid.Bool().Draw(t, "urgent"),
		Safeguards:   drawSafeguards(t, b, "safeguards"),
		Channel:      rapid.SampledFrom([]mla.Channel{mla.Formal, mla.Formal, mla.Direct}).Draw(t, "channel"),
		Residence:    rapid.SampledFrom([]mla.State{"", pair[0], pair[2], pair[3]}).Draw(t, "residence"),
		Host:         rapid.SampledFrom([]mla.State{"", pair[1], pair[2], pair[4]}).Draw(t, "host"),
	}
	in.Request.Channel = rapid.SampledFrom(channels).Draw(t, "channel")
	slices.Sort(in.Request.Safeguards)
	for _, f := range b.Facts() {
		switch f.KnownBy {
		case policies.LetterSays:
			if f.Path == "offence.label" {
				in.Request.Offence.Label = rapid.SampledFrom(f.Domain).Draw(t, "label")
			}
		case policies.LawSays:
		case policies.RequestingKnows, policies.RequestedKnows:
			layer := rapid.SampledFrom([]mla.Facts{in.Stated, in.Known[mla.CentralAuthority], in.Known[mla.CentralAuthority], in.Known[mla.ContactPoint], nil}).
				Draw(t, "layer of "+string(f.Path))
			if layer != nil {
				layer[f.Path] = drawValue(t, f)
			}
		}
	}
	in.Script = drawScript(t, b, in)
	return in
}

func drawValue(t *rapid.T, f policies.Fact) mla.Value {
	name := string(f.Path)
	switch f.Type {
	case policies.BoolFact:
		return mla.Bool(rapid.Bool().Draw(t, name))
	case policies.IntFact:
		return mla.Int(rapid.Int64Range(f.Min, f.Max).Draw(t, name))
	case policies.WordFact:
		return mla.Word(rapid.SampledFrom(f.Domain).Draw(t, name))
	}
	panic("fact of no type: " + name)
}

func drawScope(t *rapid.T) mla.Scope {
	return mla.Scope{
		Categories: rapid.SliceOfNDistinct(rapid.SampledFrom(mla.Categories), 1, 3, rapid.ID).Draw(t, "categories"),
		Accounts:   rapid.IntRange(1, 5).Draw(t, "accounts"),
		Persons:    rapid.IntRange(1, 50).Draw(t, "persons"),
		Months:     rapid.IntRange(0, 60).Draw(t, "months"),
	}
}

// drawScript gives every question up to three answers, mostly one; now and then none.
func drawScript(t *rapid.T, b *policies.Bundle, in workflows.Input) mla.Script {
	script := mla.Script{}
	for _, q := range mla.Questions {
		n := rapid.SampledFrom([]int{2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 1, 1, 0}).Draw(t, "answers to "+string(q))
		for range n {
			a := drawAnswer(t, b, in, q)
			if err := mla.CheckAnswer(a); err != nil {
				continue
			}
			script[q] = append(script[q], a)
		}
	}
	return script
}

func drawAnswer(t *rapid.T, b *policies.Bundle, in workflows.Input, q mla.Question) mla.ReplyTo {
	timing := mla.Timing{After: mla.Days(rapid.SampledFrom([]int{0, 1, 5, 10, 20, 40, 60, 90, 150}).Draw(t, "after"))}
	if rapid.IntRange(0, 3).Draw(t, "learns") == 0 {
		facts := slices.DeleteFunc(b.Facts(), func(f policies.Fact) bool {
			return f.KnownBy == policies.LawSays || f.KnownBy == policies.LetterSays
		})
		f := rapid.SampledFrom(facts).Draw(t, "learnt")
		timing.Learns, timing.Source = mla.Facts{f.Path: drawValue(t, f)}, "own inquiry"
	}
	if rapid.IntRange(0, 3).Draw(t, "in hours") == 0 {
		timing.After, timing.Hours = 0, rapid.IntRange(0, 300).Draw(t, "hours")
	}
	var scope, some *mla.Scope
	if rapid.Bool().Draw(t, "scoped") {
		s := drawScope(t)
		scope = &s
		part := s // of what was asked for, never nothing
		part.Categories = append([]mla.Category{in.Request.Scope.Categories[0]}, s.Categories...)
		some = &part
	}
	ruling := rapid.SampledFrom([]mla.Ruling{mla.RulingGrant, mla.RulingGrant, mla.RulingModify, mla.RulingDeny})
	switch q {
	case mla.QDraft:
		return mla.DraftAnswer{Timing: timing, Unvalidated: rapid.IntRange(0, 2).Draw(t, "unvalidated") == 0,
			Staff: rapid.SampledFrom([]string{"", "", "E-1"}).Draw(t, "staff")}
	case mla.QSupplement:
		return mla.SupplementAnswer{Timing: timing, Facts: timing.Learns}
	case mla.QComplete:
		return mla.CompleteAnswer{Timing: timing, Withdraws: rapid.IntRange(0, 3).Draw(t, "withdraws") == 0}
	case mla.QConsultation:
		return mla.ConsultationReply{Timing: timing, Accepts: rapid.Bool().Draw(t, "accepts")}
	case mla.QSecrecyImpossible:
		return mla.SecrecyReply{Timing: timing, GoesOn: rapid.Bool().Draw(t, "goes on")}
	case mla.QUse:
		return mla.UseAnswer{Timing: timing, Purpose: "trial", WithinRequest: rapid.Bool().Draw(t, "within")}
	case mla.QNeedEnds:
		return mla.NeedEndsAnswer{Timing: timing, Why: "dropped", Tells: rapid.Bool().Draw(t, "tells")}
	case mla.QPreservation:
		return mla.PreservationAnswer{Timing: timing, Raises: drawRules(t, b, in, mla.StagePreservation)}
	case mla.QIntake:
		if rapid.IntRange(0, 4).Draw(t, "lacks") == 0 {
			return mla.IntakeAnswer{Timing: timing, Lacking: []string{"the conduct"}}
		}
		return mla.IntakeAnswer{Timing: timing}
	case mla.QDecide:
		a := mla.DecideAnswer{
			Timing: timing, Minutes: 30, Checks: []string{"form"},
			Method:    rapid.SampledFrom(mla.Methods).Draw(t, "method"),
			OnGround:  rapid.SampledFrom([]mla.Outcome{"", mla.Refused, mla.Postponed}).Draw(t, "on ground"),
			Otherwise: rapid.SampledFrom(append([]mla.Outcome{""}, mla.Granted, mla.PartlyGranted, mla.GrantedWithConditions)).Draw(t, "otherwise"),
			Scope:     some, Reasons: "because", Resumes: mla.Days(rapid.SampledFrom([]int{1, 30, 90, 3000}).Draw(t, "resumes")),
		}
		if rapid.Bool().Draw(t, "raises any") {
			a.Raises = drawRules(t, b, in, mla.StageAdmissibility)
		}
		if a.OnGround == mla.Postponed {
			a.Raises = append(a.Raises, rulesOf(b, in, func(r policies.Rule) bool {
				return r.Effect == mla.May && strings.Contains(r.When, "own_case.prejudiced")
			})...)
		}
		a.Considers = drawRules(t, b, in, mla.StageAdmissibility)
		if rapid.Bool().Draw(t, "conditions") {
			a.Conditions = []string{"no other use"}
		}
		return a
	case mla.QAuthorise:
		return mla.AuthoriseAnswer{Timing: timing, Ruling: ruling.Draw(t, "ruling"), Scope: scope, Reasons: "because"}
	case mla.QAuthorisePreservation:
		return mla.AuthorisePreservationAnswer{Timing: timing, Grants: rapid.IntRange(0, 3).Draw(t, "grants") > 0}
	case mla.QComply:
		a := mla.ComplyAnswer{Timing: timing, Records: 10, Challenges: rapid.SampledFrom([]string{"", "too broad"}).Draw(t, "challenges")}
		if rapid.IntRange(0, 4).Draw(t, "unclear") == 0 {
			a.Clarifies = []mla.Path{"order.complete"}
		}
		return a
	case mla.QValidate:
		return mla.ValidateAnswer{Timing: timing, Ruling: ruling.Draw(t, "ruling"), Scope: scope}
	case mla.QObject:
		return mla.ObjectAnswer{Timing: timing, Objection: drawObjection(t), Minutes: 20, Raises: drawRules(t, b, in, mla.StageAdmissibility),
			Method: rapid.SampledFrom(append([]mla.Method{""}, mla.Methods...)).Draw(t, "method")}
	case mla.QObjectResidence:
		return mla.ObjectResidenceAnswer{Timing: timing, Objection: drawObjection(t)}
	case mla.QObjectHost:
		return mla.ObjectHostAnswer{Timing: timing, Objection: drawObjection(t)}
	case mla.QDelete:
		return mla.DeleteAnswer{Timing: timing, Confirmed: rapid.Bool().Draw(t, "confirmed")}
	case mla.QPassOn:
		return mla.PassOnAnswer{Timing: timing, Purpose: "another file", Asks: rapid.Bool().Draw(t, "asks"), Anyway: rapid.Bool().Draw(t, "anyway"),
			To: rapid.SampledFrom(append([]mla.State{""}, b.StateIDs()...)).Draw(t, "to")}
	case mla.QConsent:
		return mla.ConsentAnswer{Timing: timing, Grants: rapid.Bool().Draw(t, "consents")}
	case mla.QChallenge:
		return mla.ChallengeAnswer{Timing: timing, Ruling: ruling.Draw(t, "ruling"), Scope: scope}
	case mla.QAskLift:
		return mla.AskLiftAnswer{Timing: timing, Answer: "no", Lifted: rapid.Bool().Draw(t, "lifted")}
	default:
		if a := drawAnswerBeside(t, b, in, q, timing); a != nil {
			return a
		}
		if a := drawAfter(t, b, q, timing); a != nil {
			return a
		}
	}
	panic(fmt.Sprintf("no answer is drawn for %s", q))
}

func drawObjection(t *rapid.T) mla.Objection {
	return mla.Objection{Objects: rapid.Bool().Draw(t, "objects"), Restrict: rapid.IntRange(0, 3).Draw(t, "restrict") == 0, Reasons: "because"}
}

// asked lists the instruments by which somebody is asked, those with the most to say first: rapid likes what is first.
func asked(t *rapid.T, b *policies.Bundle) []string {
	rules := map[string]int{}
	ids := slices.DeleteFunc(b.InstrumentIDs(), func(id string) bool {
		r, err := b.Instrument(id)
		if err != nil {
			t.Fatal(err)
		}
		rules[id] = len(r.Rules)
		return slices.Contains(r.Asks, policies.AskNobody) || len(r.Rules) == 0
	})
	slices.SortStableFunc(ids, func(x, y string) int { return rules[y] - rules[x] })
	return ids
}

// drawRules draws mostly from what speaks in the case, and now and then from all the law.
func drawRules(t *rapid.T, b *policies.Bundle, in workflows.Input, stage mla.Stage) []string {
	at := func(r policies.Rule) bool { return r.Stage == stage }
	ids := rulesOf(b, in, at)
	if len(ids) == 0 || rapid.IntRange(0, 4).Draw(t, "any law") == 4 {
		ids = nil
		for _, r := range b.Rules() {
			if at(r) {
				ids = append(ids, r.ID)
			}
		}
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, min(4, len(ids)), rapid.ID).Draw(t, "rules at "+string(stage))
}

// rulesOf names the rules of the instrument, and of the requested State's own law, that are as wanted.
func rulesOf(b *policies.Bundle, in workflows.Input, wanted func(policies.Rule) bool) (ids []string) {
	for _, r := range b.Rules() {
		owner, _, _ := strings.Cut(r.ID, "/")
		if (slices.Contains(in.Request.Instruments, owner) || owner == string(in.Request.Requested)) && wanted(r) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
