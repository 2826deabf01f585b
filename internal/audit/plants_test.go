package audit_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
)

// stream is the events of a case, to be edited. What an edit cannot be made on is left as it is.
type stream struct {
	events []mla.Event
	sides  map[mla.Side]mla.State
}

func streamOf(events []mla.Event) stream {
	s := stream{events: slices.Clone(events), sides: map[mla.Side]mla.State{}}
	for _, e := range events {
		if b, ok := e.Body.(mla.RequestDraftedBody); ok {
			s.sides[mla.Requesting], s.sides[mla.Requested] = b.Request.Requesting, b.Request.Requested
		}
	}
	return s
}

// numbered gives every log its numbers again.
func (s stream) numbered() []mla.Event {
	next := map[mla.State]int{}
	out := slices.Clone(s.events)
	for i := range out {
		out[i].Sequence = next[out[i].Party]
		next[out[i].Party]++
	}
	return out
}

func (s stream) has(side mla.Side, k mla.Kind) bool {
	return slices.ContainsFunc(s.events, func(e mla.Event) bool { return e.Party == s.sides[side] && e.Kind == k })
}

// edit is a way to break a constraint; it reports whether it could be made on this stream.
type edit func(s *stream) bool

func all(edits ...edit) edit {
	return func(s *stream) bool {
		for _, e := range edits {
			if !e(s) {
				return false
			}
		}
		return true
	}
}

func needs(side mla.Side, kinds ...mla.Kind) edit {
	return func(s *stream) bool {
		return !slices.ContainsFunc(kinds, func(k mla.Kind) bool { return !s.has(side, k) })
	}
}

func without(side mla.Side, kinds ...mla.Kind) edit {
	return func(s *stream) bool {
		n := len(s.events)
		s.events = slices.DeleteFunc(s.events, func(e mla.Event) bool {
			return e.Party == s.sides[side] && slices.Contains(kinds, e.Kind)
		})
		return len(s.events) < n
	}
}

// perhapsWithout does not mind if there is none.
func perhapsWithout(side mla.Side, kinds ...mla.Kind) edit {
	return func(s *stream) bool { without(side, kinds...)(s); return true }
}

func change[B mla.Body](side mla.Side, how func(b *B)) edit {
	return func(s *stream) bool {
		done := false
		for i, e := range s.events {
			if b, ok := e.Body.(B); ok && e.Party == s.sides[side] {
				how(&b)
				s.events[i].Body, done = b, true
			}
		}
		return done
	}
}

// insert puts an event of the requested State before or after the first of a kind.
func insert(after bool, at mla.Kind, body func(s *stream) mla.Body) edit {
	return func(s *stream) bool {
		i := slices.IndexFunc(s.events, func(e mla.Event) bool { return e.Party == s.sides[mla.Requested] && e.Kind == at })
		if i < 0 {
			return false
		}
		e, b := s.events[i], body(s)
		if b == nil {
			return false
		}
		e.Kind, e.Body, e.Passage, e.Message = b.Kind(), b, mla.Internal, ""
		if after {
			i++
		}
		s.events = slices.Insert(s.events, i, e)
		return true
	}
}

func fixed(b mla.Body) func(*stream) mla.Body { return func(*stream) mla.Body { return b } }

// actedBy has the events of one kind done by whoever did those of another.
func actedBy(side mla.Side, kind, as mla.Kind) edit {
	return func(s *stream) bool {
		i := slices.IndexFunc(s.events, func(e mla.Event) bool { return e.Party == s.sides[side] && e.Kind == as })
		done := false
		for j, e := range s.events {
			if i >= 0 && e.Party == s.sides[side] && e.Kind == kind {
				s.events[j].Actor, done = s.events[i].Actor, true
			}
		}
		return done
	}
}

func bodyOf[B mla.Body](s *stream) (b B, ok bool) {
	for _, e := range s.events {
		if b, ok := e.Body.(B); ok && e.Party == s.sides[mla.Requested] {
			return b, true
		}
	}
	return b, false
}

// refusal turns the decision into a no on a ground of the instrument.
func refusal(grounds ...mla.Ground) edit {
	return change(mla.Requested, func(b *mla.DecidedBody) { b.Outcome, b.Grounds, b.Departures = mla.Refused, grounds, nil })
}

var (
	ordrePublic = mla.Ground{Rule: "uncc/40(21)(b)", Article: "uncc 40(21)(b)"}
	sovereignty = mla.Ground{Rule: "budapest/27(4)(b)", Article: "budapest 27(4)(b)"}
)

const (
	us   = mla.Requested
	them = mla.Requesting
)

// plants break each constraint, each in at least one way.
var plants = map[string][]edit{
	"production-after-authorisation": {
		all(needs(us, mla.Produced), without(us, mla.AuthorisationDecided)),
		all(needs(us, mla.Produced), change(us, func(b *mla.AuthorisationDecidedBody) { b.Ruling = mla.RulingDeny })),
	},
	"production-after-grant": {
		all(needs(us, mla.Produced), without(us, mla.Decided)),
		all(needs(us, mla.Produced), refusal(ordrePublic)),
	},
	"production-on-an-order": {change(us, func(b *mla.ProducedBody) { b.Order = "another" }), all(needs(us, mla.Produced), without(us, mla.OrderServed))},
	"delivery-had-a-judge":   {all(needs(us, mla.Transmitted), change(us, func(b *mla.AuthorisationDecidedBody) { b.Independent = false }))},
	"delivery-after-production": {
		change(us, func(b *mla.TransmittedBody) { b.Evidence.Hash = "00" }), all(needs(us, mla.Transmitted), without(us, mla.Produced)),
	},
	"custody-follows-delivery":    {change(them, func(b *mla.CustodyHandoffBody) { b.HashIn = "00" })},
	"consultation-before-refusal": {all(perhapsWithout(us, mla.Consulted), refusal(ordrePublic)), all(budapest, perhapsWithout(us, mla.Consulted), refusal(sovereignty))},
	"supplement-before-refusal": {all(perhapsWithout(us, mla.SupplementAsked), refusal(ordrePublic), change(us, func(b *mla.AssessedBody) {
		b.Assessment.Findings = slices.Clone(b.Assessment.Findings)
		for i := range b.Assessment.Findings {
			b.Assessment.Findings[i].Holds = mla.Unknown
		}
	}), func(s *stream) bool {
		b, ok := bodyOf[mla.AssessedBody](s)
		return ok && b.Assessment.Findings[0].Instrument == "uncc"
	})},
	"review-before-decision":        {all(grantedOnly, without(us, mla.ReviewPerformed))},
	"law-before-decision":           {all(grantedOnly, without(us, mla.Assessed))},
	"dual-criminality-before-grant": {all(grantedOnly, without(us, mla.DualCriminalityTested))},
	"form-before-decision":          {all(grantedOnly, change(us, func(b *mla.IntakeCheckedBody) { b.Complete = false }))},
	"refusal-has-reasons":           {all(perhapsWithout(us, mla.ReasonsGiven), refusal(ordrePublic)), all(needs(us, mla.ReasonsGiven), without(us, mla.ReasonsGiven))},
	"reasons-arrive": {insert(true, mla.Decided, func(s *stream) mla.Body {
		return mla.ReasonsGivenBody{Outcome: mla.Refused}
	})},
	"impossible-secrecy-is-told": {all(grantedOnly, confidential, perhapsWithout(us, mla.SecrecyImpossible),
		insert(false, mla.Decided, fixed(mla.FactLearnedBody{Facts: mla.Facts{"secrecy.possible": mla.Bool(false)}})))},
	"every-secret-ends":         {without(us, mla.ConfidentialityLifted)},
	"secret-keeps-its-term":     {all(termed, without(us, mla.ConfidentialityLifted), perhapsWithout(us, mla.ConfidentialityRenewed))},
	"secret-within-a-year":      {without(us, mla.ConfidentialityLifted)},
	"secret-ends-with-the-need": {all(needs(us, mla.NeedEnded), without(us, mla.ConfidentialityLifted))},
	"person-is-told":            {without(us, mla.SubjectNotified)},
	"figures-are-published":     {without(us, mla.StatisticPublished)},
	"letter-is-answered":        {all(longWatched, without(us, mla.Decided), perhapsWithout(us, mla.RequestReturned))},
	"use-is-recorded":           {all(needs(them, mla.Transmitted), without(them, mla.UseRecorded))},
	"kept-for-the-floor": {insert(true, mla.PreservationOrdered, func(s *stream) mla.Body {
		b, _ := bodyOf[mla.PreservationOrderedBody](s)
		return mla.PreservationLapsedBody{Order: b.Order}
	})},
	"kept-until-decided": {insert(true, mla.RequestSubmitted, func(s *stream) mla.Body {
		b, ok := bodyOf[mla.PreservationOrderedBody](s)
		if !ok {
			return nil
		}
		return mla.PreservationLapsedBody{Order: b.Order}
	})},
	"nothing-from-what-lapsed": {all(change(us, func(b *mla.ProducedBody) { b.From = "kept" }), insert(false, mla.Produced, fixed(mla.PreservationLapsedBody{Order: "kept"})))},
	"no-more-than-authorised":  {all(needs(us, mla.AuthorisationDecided), change(us, func(b *mla.ProducedBody) { b.Evidence.Scope.Persons++ }))},
	"nothing-on-an-order-set-aside": {insert(false, mla.Produced, func(s *stream) mla.Body {
		b, _ := bodyOf[mla.ProducedBody](s)
		return mla.ChallengeDecidedBody{Order: b.Order, Ruling: mla.RulingGrant}
	})},
	"provider-may-challenge":     {change(us, func(b *mla.OrderServedBody) { b.ChallengeAvailable = false })},
	"tested-by-conduct":          {change(us, func(b *mla.DualCriminalityTestedBody) { b.Result.Method = mla.ByLabel })},
	"no-departure":               {all(grantedOnly, change(us, func(b *mla.DecidedBody) { b.Departures = []mla.Ground{ordrePublic} }))},
	"no-names-its-ground":        {refusal(), refusal(mla.Ground{Rule: "uncc/40(22)"})},
	"no-secret-without-end":      {change(us, func(b *mla.ConfidentialityImposedBody) { b.ExpiresAt = nil })},
	"no-notice-put-off-for-good": {change(us, func(b *mla.NoticeDeferredBody) { b.Until = nil })},
	"no-other-use":               {change(them, func(b *mla.UseRecordedBody) { b.WithinRequest, b.Consent, b.Exculpatory = false, false, false })},
	"hashes-agree-in-hand":       {change(us, func(b *mla.CustodyHandoffBody) { b.HashOut = "00" })},
	"hashes-agree-on-arrival":    {change(them, func(b *mla.CustodyHandoffBody) { b.HashOut = "00" })},
	"scrutiny-has-a-floor":       {change(us, func(b *mla.ReviewPerformedBody) { b.Minutes = 29 })},
	"end-of-need-is-told":        {change(them, func(b *mla.NeedEndedBody) { b.Tells = false })},
	"four-eyes-on-the-measure":   {actedBy(us, mla.AuthorisationDecided, mla.AuthorisationSought)},
	"four-eyes-on-the-letter":    {actedBy(them, mla.RequestSubmitted, mla.RequestDrafted)},
	"four-eyes-on-the-grant":     {all(grantedOnly, actedBy(us, mla.AuthorisationDecided, mla.Decided))},
	"four-eyes-on-the-order":     {actedBy(us, mla.OrderServed, mla.AuthorisationDecided)},
	"authorisation-and-ruling":   {all(needs(us, mla.AuthorisationDecided), without(us, mla.AuthorisationSought))},
	"preservation-and-answer":    {all(needs(us, mla.PreservationDecided), without(us, mla.PreservationRequested))},
	"return-and-reason": {
		all(perhapsWithout(us, mla.RequestReturned), change(us, func(b *mla.IntakeCheckedBody) { b.Complete = false })),
		insert(true, mla.IntakeChecked, fixed(mla.RequestReturnedBody{})),
	},
	"challenge-and-ruling":    {insert(true, mla.OrderServed, fixed(mla.ChallengeDecidedBody{Order: "another", Ruling: mla.RulingDeny}))},
	"consultation-and-answer": {insert(false, mla.Decided, fixed(mla.ConsultationAnsweredBody{To: "nobody"}))},
	"production-and-custody":  {all(needs(us, mla.Produced), without(us, mla.CustodyHandoff)), change(us, func(b *mla.CustodyHandoffBody) { b.HashIn, b.HashOut = "00", "00" })},
	"preservation-and-order":  {all(needs(us, mla.PreservationOrdered), without(us, mla.PreservationDecided))},
}

func grantedOnly(s *stream) bool {
	b, ok := bodyOf[mla.DecidedBody](s)
	return ok && b.Outcome.Grants()
}

func budapest(s *stream) bool {
	b, ok := bodyOf[mla.RequestSubmittedBody](s)
	return ok && slices.Contains(b.Request.Instruments, "budapest")
}

func confidential(s *stream) bool {
	b, ok := bodyOf[mla.RequestSubmittedBody](s)
	return ok && b.Request.Confidential
}

func termed(s *stream) bool {
	b, ok := bodyOf[mla.ConfidentialityImposedBody](s)
	return ok && b.ExpiresAt != nil
}

// longWatched is observed for more than a year after the letter.
func longWatched(s *stream) bool {
	var arrived, last time.Time
	for _, e := range s.events {
		if e.Kind == mla.RequestSubmitted && e.Party == s.sides[mla.Requested] {
			arrived = e.At
		}
		last = e.At
	}
	return last.After(arrived.AddDate(1, 1, 0))
}

func TestEveryPlantedViolationIsFoundInEveryShippedCase(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	shippedRuns := runs(t, b)
	planted, found := 0, 0
	for _, k := range audit.Constraints {
		if len(plants[k.ID]) == 0 {
			t.Errorf("nothing is planted against %s", k.ID)
		}
		for n, plant := range plants[k.ID] {
			made := 0
			for _, r := range shippedRuns {
				s := streamOf(r.events)
				if !plant(&s) {
					continue
				}
				made++
				planted++
				f := audit.CheckWith(only(t, s.numbered(), everything), law, []audit.Constraint{k})[0]
				want := audit.NotMet
				if f.Basis == audit.Duty {
					want = audit.Violated
				}
				if f.Verdict != want || len(f.Events) == 0 || f.Because == "" {
					t.Errorf("%s, plant %d in %s: %s (%s) on %d events: %s", k.ID, n, r.name, f.Verdict, f.Basis, len(f.Events), f.Because)
					continue
				}
				found++
			}
			if made == 0 {
				t.Errorf("%s: plant %d can be made in no shipped case: it shows nothing", k.ID, n)
			}
		}
	}
	t.Logf("%d of %d planted violations of %d constraints found in %d runs", found, planted, len(audit.Constraints), len(shippedRuns))
}

func TestNothingIsFoundInTheHonestCase(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	seen := 0
	for _, r := range runs(t, b) {
		if !slices.Contains([]string{"honest under uncc", "honest under budapest"}, r.name) {
			continue
		}
		for name, open := range map[string]func(mla.Event) bool{"full": everything, "auditor": anAuditor, "none": nothing} {
			holds := 0
			for _, f := range audit.Check(only(t, r.events, open), law) {
				if f.Negative() || name == "full" && f.Verdict == audit.CannotTell {
					t.Errorf("%s as %s: %s %s: %s", r.name, name, f.Constraint, f.Verdict, f.Because)
				}
				if f.Verdict == audit.Holds {
					holds++
				}
			}
			if name == "full" && holds < 40 {
				t.Errorf("%s: only %d constraints had an occasion", r.name, holds)
			}
			seen++
		}
	}
	if seen != 6 {
		t.Errorf("%d looks at the honest case, want 6", seen)
	}
}

// A lower clearance knows less and never otherwise: whatever it answers, whoever sees all answers too; it never takes what
// is sealed, cut off or missing for absent.
func TestALowerClearanceNeverContradictsAHigherOne(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	shippedRuns := runs(t, b)
	told, negative := 0, 0
	property := func(t *rapid.T) {
		r := rapid.SampledFrom(shippedRuns).Draw(t, "run")
		s := streamOf(r.events)
		if rapid.Bool().Draw(t, "planted") {
			ids := []string{}
			for _, k := range audit.Constraints {
				ids = append(ids, k.ID)
			}
			broken := rapid.SampledFrom(plants[rapid.SampledFrom(ids).Draw(t, "constraint")]).Draw(t, "plant")
			if edited := streamOf(r.events); broken(&edited) {
				s = edited
			}
		}
		events := s.numbered()
		sealed := rapid.SliceOfN(rapid.IntRange(0, 9), len(events), len(events)).Draw(t, "sealed")
		most := rapid.IntRange(0, 9).Draw(t, "most")
		at := map[string]bool{}
		for i, e := range events {
			at[e.ID()] = sealed[i] < most
		}
		seen := events
		if rapid.IntRange(0, 3).Draw(t, "cut") == 0 { // a log that breaks off
			n := rapid.IntRange(1, len(events)).Draw(t, "kept")
			seen = events[:n]
		}
		holed := rapid.IntRange(0, 3).Draw(t, "holed") == 0
		if holed { // and one that lacks events in its midst
			lost := rapid.SliceOfN(rapid.IntRange(0, 9), len(seen), len(seen)).Draw(t, "lost")
			kept := []mla.Event{}
			for i, e := range seen {
				if lost[i] > 0 {
					kept = append(kept, e)
				}
			}
			if len(kept) > 0 {
				seen = kept
			}
		}
		full := audit.Check(one(t, events, everything), law)
		for i, f := range audit.Check(one(t, seen, func(e mla.Event) bool { return at[e.ID()] }), law) {
			w := full[i]
			switch {
			case f.Verdict == audit.CannotTell, f.Verdict == w.Verdict:
			case f.Verdict == audit.Holds && w.Verdict == audit.NoOccasion: // what came first was there, whatever came then
			case len(seen) < len(events) && !f.Negative(): // what is to come may still break or occasion it
			default:
				t.Fatalf("%s, %s: sees %s (%s), all of it %s (%s)", r.name, f.Constraint, f.Verdict, f.Because, w.Verdict, w.Because)
			}
			if f.Verdict != audit.CannotTell {
				told++
			}
			if f.Negative() {
				negative++
			}
		}
	}
	// Once, and again only while no answer was a negative one: two runs in five have one.
	for round := 0; round < 1 || round < 100 && negative == 0 && !t.Failed(); round++ {
		rapid.Check(t, property)
	}
	if told == 0 || negative == 0 {
		t.Errorf("%d answers, %d negative: the property shows nothing", told, negative)
	}
}

func one(t *rapid.T, events []mla.Event, open func(mla.Event) bool) *audit.Case {
	cases := audit.Cases(audit.See(events, open))
	if len(cases) != 1 {
		t.Fatal(fmt.Sprintf("%d cases", len(cases)))
	}
	return cases[0]
}

func TestTheTableIsWellFormed(t *testing.T) {
	ids, of := map[string]bool{}, map[audit.Template]int{}
	for _, k := range audit.Constraints {
		if ids[k.ID] || k.Says == "" || k.Effect == "" || len(k.First.Kinds) == 0 {
			t.Errorf("%s: an id twice, or no words, or nothing it is about", k.ID)
		}
		if (k.Template == audit.Absence) != (len(k.Then.Kinds) == 0) || k.Template == audit.Absence && k.First.Where == nil {
			t.Errorf("%s: not the form of %s", k.ID, k.Template)
		}
		for _, p := range []audit.Pattern{k.First, k.Then} {
			if (p.Where == nil) != (p.Words == "") {
				t.Errorf("%s: a condition without words, or words without one", k.ID)
			}
		}
		ids[k.ID] = true
		of[k.Template]++
	}
	for _, template := range audit.Templates {
		if of[template] < 4 {
			t.Errorf("%d constraints of the template %s, want at least 4", of[template], template)
		}
	}
}
