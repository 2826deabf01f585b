package audit_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rogatory/internal/audit"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

func TestTheBooksOfEveryShippedCaseAgree(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	for _, r := range runs(t, b) {
		c := only(t, r.events, everything)
		entries := audit.Reconcile(c, law)
		messages := slices.ContainsFunc(r.events, func(e mla.Event) bool { return e.Passage != mla.Internal })
		if (len(entries) > 0) != messages {
			t.Errorf("%s: %d items entered; messages on the logs: %v", r.name, len(entries), messages)
		}
		if strings.HasPrefix(r.name, "g48 ") {
			theForgedSenderIsFound(t, r.name, entries)
			continue
		}
		for _, e := range entries {
			if e.Standing != audit.Agreed && e.Standing != audit.InPost {
				t.Errorf("%s: %s %s: %s", r.name, e.Item, e.Standing, e.Says)
			}
		}
	}
}

// theForgedSenderIsFound holds the books of the case in which a provider answers messages that somebody sent in the name of
// a State: the State never entered them, and to whom the answers went no log shows.
func theForgedSenderIsFound(t *testing.T, name string, entries []audit.Entry) {
	t.Helper()
	of := map[mla.Kind]map[audit.Standing]int{mla.DisclosureAsked: {}, mla.VoluntaryDisclosed: {}}
	for _, e := range entries {
		of[e.Kind][e.Standing]++
	}
	if n := of[mla.DisclosureAsked]; n[audit.Forged] == 0 || len(n) > 1 {
		t.Errorf("%s: what was asked in a false name is %v", name, n)
	}
	if n := of[mla.VoluntaryDisclosed]; n[audit.Untold] == 0 || len(n) > 1 {
		t.Errorf("%s: what was told to nobody known is %v", name, n)
	}
}

// received lists the messages that the requesting State's log has as received, without those that only end a case.
func received(s *stream, k mla.Kind) int {
	return slices.IndexFunc(s.events, func(e mla.Event) bool { return e.Passage == mla.Received && e.Kind == k })
}

func sent(s *stream, k mla.Kind) int {
	return slices.IndexFunc(s.events, func(e mla.Event) bool { return e.Passage == mla.Sent && e.Kind == k })
}

// falsified are ways to falsify the books, each with the standing it must be found in. Numbers stay as they are, but where
// an event goes: messages are known by them.
var falsified = map[string]struct {
	standing audit.Standing
	edit     edit
}{
	"a decision that never arrives": {audit.Lost, func(s *stream) bool {
		i := received(s, mla.Decided)
		if i >= 0 {
			s.events[i].Kind, s.events[i].Body = mla.FactLearned, mla.FactLearnedBody{}
			s.events[i].Passage, s.events[i].Message = mla.Internal, ""
		}
		return i >= 0
	}},
	"a letter that nobody sent": {audit.Forged, func(s *stream) bool {
		i := sent(s, mla.RequestSubmitted)
		if i >= 0 {
			s.events[i].Kind, s.events[i].Body = mla.FactLearned, mla.FactLearnedBody{}
			s.events[i].Passage, s.events[i].Message = mla.Internal, ""
		}
		return i >= 0
	}},
	"a letter in the name of an event that there is not": {audit.Forged, func(s *stream) bool {
		i := received(s, mla.RequestSubmitted)
		if i >= 0 {
			s.events[i].Message = mla.EventID(s.events[i].Case, s.sides[mla.Requesting], 999)
		}
		return i >= 0
	}},
	"a decision that arrives as another": {audit.Altered, func(s *stream) bool {
		i := received(s, mla.Decided)
		if i >= 0 {
			b := s.events[i].Body.(mla.DecidedBody)
			b.Conditions = append(slices.Clone(b.Conditions), "none")
			s.events[i].Body = b
		}
		return i >= 0
	}},
	"a decision entered before it was sent": {audit.Altered, func(s *stream) bool {
		i := sent(s, mla.Decided)
		if i >= 0 {
			s.events[i].At = s.events[i].At.AddDate(1, 0, 0)
		}
		return i >= 0
	}},
	"a decision received twice": {audit.Doubled, func(s *stream) bool {
		i := received(s, mla.Decided)
		if i >= 0 {
			again := s.events[i]
			again.Sequence = 900
			s.events = append(s.events, again)
		}
		return i >= 0
	}},
	"a use of evidence that never came": {audit.Undeclared, change(mla.Requesting, func(b *mla.UseRecordedBody) { b.Evidence = "another" })},
	"evidence in hand that never came":  {audit.Undeclared, change(mla.Requesting, func(b *mla.CustodyHandoffBody) { b.Evidence = "another" })},
	"a decision long under way": {audit.Late, func(s *stream) bool {
		i := received(s, mla.Decided)
		if i >= 0 {
			s.events[i].At = s.events[i].At.AddDate(0, 0, 1)
		}
		return i >= 0
	}},
}

func TestFalsifiedBooksAreFoundByName(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	for name, f := range falsified {
		made := 0
		for _, r := range runs(t, b) {
			s := streamOf(r.events)
			if !f.edit(&s) {
				continue
			}
			made++
			entries := audit.Reconcile(only(t, s.events, everything), law)
			i := slices.IndexFunc(entries, func(e audit.Entry) bool { return e.Standing == f.standing && e.Item != "" && e.Says != "" })
			if i < 0 {
				t.Errorf("%s in %s: no item is %s: %v", name, r.name, f.standing, standings(entries))
			}
			for _, e := range audit.Reconcile(only(t, s.events, nothing), law) {
				if e.Standing.Wrong() {
					t.Errorf("%s in %s: %s is found %s without a key", name, r.name, e.Item, e.Standing)
				}
			}
		}
		if made == 0 {
			t.Errorf("%s can be done in no shipped case", name)
		}
	}
}

// Whoever reads less never finds books wrong that whoever reads all finds right.
func TestALowerClearanceAccusesNobodyFalsely(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	shippedRuns := runs(t, b)
	names := slices.Sorted(maps.Keys(falsified))
	wrong := 0
	property := func(t *rapid.T) {
		s := streamOf(rapid.SampledFrom(shippedRuns).Draw(t, "run").events)
		if rapid.Bool().Draw(t, "falsified") {
			falsified[rapid.SampledFrom(names).Draw(t, "how")].edit(&s)
		}
		standing := map[string][]audit.Standing{}
		for _, e := range audit.Reconcile(one(t, s.events, everything), law) {
			standing[e.Item] = append(standing[e.Item], e.Standing)
		}
		sealed := rapid.SliceOfN(rapid.IntRange(0, 9), len(s.events), len(s.events)).Draw(t, "sealed")
		most := rapid.IntRange(0, 9).Draw(t, "most")
		open, seen := map[string]bool{}, []mla.Event{}
		cut := rapid.IntRange(0, 3).Draw(t, "cut") == 0
		for i, e := range s.events {
			open[e.ID()] = sealed[i] < most
			if !cut || sealed[i] > 0 {
				seen = append(seen, e)
			}
		}
		if len(seen) == 0 {
			return
		}
		for _, e := range audit.Reconcile(one(t, seen, func(e mla.Event) bool { return open[e.ID()] }), law) {
			if !e.Standing.Wrong() {
				continue
			}
			if wrong++; !slices.Contains(standing[e.Item], e.Standing) {
				t.Fatalf("%s %s is %s (%s); with every key %v", e.Kind, e.Item, e.Standing, e.Says, standing[e.Item])
			}
		}
	}
	// Once, and again only while nothing was found wrong: one run in a dozen finds something.
	for round := 0; round < 1 || round < 100 && wrong == 0 && !t.Failed(); round++ {
		rapid.Check(t, property)
	}
	if wrong == 0 {
		t.Error("nothing was found wrong: the property shows nothing")
	}
}

func standings(all []audit.Entry) map[audit.Standing]int {
	out := map[audit.Standing]int{}
	for _, e := range all {
		out[e.Standing]++
	}
	return out
}

// One State's log alone cannot show that the other's is missing something.
func TestOneLogAloneProvesNothingOfTheOther(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	for _, r := range runs(t, b) {
		s := streamOf(r.events)
		for _, side := range mla.Sides {
			mine := slices.DeleteFunc(slices.Clone(s.events), func(e mla.Event) bool { return e.Party != s.sides[side] })
			if len(mine) == 0 {
				continue // no letter: there are no sides
			}
			for _, e := range audit.Reconcile(only(t, mine, everything), law) {
				if e.Standing != audit.Untold && e.Standing != audit.InPost {
					t.Errorf("%s, %s log alone: %s is %s", r.name, side, e.Item, e.Standing)
				}
			}
		}
	}
}

func TestTheLawsAnswersComeOutTheSame(t *testing.T) {
	b := shipped(t)
	worked := 0
	for _, r := range runs(t, b) {
		c := only(t, r.events, everything)
		all := audit.Rederive(c, audit.NewLaw(b))
		for _, d := range all {
			if d.Same != mla.Yes {
				t.Errorf("%s: %s %s is %s: %s", r.name, d.Kind, d.Event, d.Same, d.Says)
			}
		}
		asked, again := 0, 0
		for _, e := range r.events {
			if e.Kind == mla.Assessed {
				asked++
			}
		}
		for _, d := range all {
			if d.Kind == mla.Assessed {
				again++
			}
		}
		if again != asked {
			t.Errorf("%s: %d of %d answers of the law worked out", r.name, again, asked)
		}
		worked += again
		for name, ds := range map[string][]audit.Rederivation{
			"without the law": audit.Rederive(c, audit.NewLaw()), "without a key": audit.Rederive(only(t, r.events, nothing), audit.NewLaw(b)),
		} {
			for _, d := range ds {
				if d.Same == mla.No || d.Kind == mla.Assessed && d.Same != mla.Unknown {
					t.Errorf("%s, %s: %s is %s", r.name, name, d.Kind, d.Same)
				}
			}
		}
	}
	if worked == 0 {
		t.Error("the law was asked in no shipped case")
	}
}

func TestAnAnswerOfTheLawThatDoesNotFollowIsFound(t *testing.T) {
	b := shipped(t)
	law := audit.NewLaw(b)
	for name, f := range map[string]edit{
		"a finding turned round": change(us, func(b *mla.AssessedBody) {
			b.Assessment.Findings = slices.Clone(b.Assessment.Findings)
			f := &b.Assessment.Findings[0]
			if f.Holds == mla.Yes {
				f.Holds = mla.No
			} else {
				f.Holds, f.Missing = mla.Yes, nil
			}
		}),
		"a finding left out": change(us, func(b *mla.AssessedBody) { b.Assessment.Findings = b.Assessment.Findings[1:] }),
		"a fact put in": change(us, func(b *mla.AssessedBody) {
			b.Assessment.Used = b.Assessment.Used.With(mla.Facts{"no.such.fact": mla.Bool(true)})
		}),
		"dual criminality by another answer": change(us, func(b *mla.DualCriminalityTestedBody) { b.Result.Met = mla.Unknown }),
		"a ground considered otherwise": change(us, func(b *mla.GroundConsideredBody) {
			if b.Result == mla.Unknown {
				b.Result = mla.No
			} else {
				b.Result = mla.Unknown
			}
		}),
		"a ground raised that was not open": all(grantedOnly, func(s *stream) bool {
			b, ok := bodyOf[mla.AssessedBody](s)
			return ok && b.Assessment.Findings[0].Instrument == "uncc"
		}, change(us, func(b *mla.DecidedBody) {
			b.Outcome, b.Grounds = mla.Refused, []mla.Ground{{Rule: "uncc/40(8) trivial"}}
		})),
		"a departure that is none": all(grantedOnly, change(us, func(b *mla.DecidedBody) { b.Departures = []mla.Ground{ordrePublic} })),
	} {
		made, found := 0, 0
		for _, r := range runs(t, b) {
			s := streamOf(r.events)
			if !f(&s) {
				continue
			}
			made++
			if slices.ContainsFunc(audit.Rederive(only(t, s.events, everything), law), func(d audit.Rederivation) bool { return d.Same == mla.No }) {
				found++
			}
		}
		if made == 0 || found < made {
			t.Errorf("%s: found in %d of %d", name, found, made)
		}
	}
}

func TestAChangedFileOfTheLawIsNamed(t *testing.T) {
	want := map[string][]byte{"a": []byte("1"), "b": []byte("2"), "c": []byte("3")}
	have := map[string][]byte{"a": []byte("1"), "b": []byte("two"), "d": []byte("4")}
	if got := audit.ChangedFiles(have, want); !slices.Equal(got, []string{"b", "c", "d"}) {
		t.Errorf("%v", got)
	}
	if got := audit.ChangedFiles(want, want); len(got) > 0 {
		t.Errorf("%v of the same law", got)
	}
}

// What is asked of an act is read off the law of its day, and not off that of the letter.
func TestAConstraintIsReadUnderTheLawOfTheDay(t *testing.T) {
	b := shipped(t)
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	birch := cases[slices.IndexFunc(cases, func(c *scenario.Case) bool { return c.ID == "g34" })]
	told := func(before, since []string, after mla.Days) audit.Verdict {
		in := docket.Options{Case: birch, Source: []byte("law"), Instruments: []string{"uncc"}, Safeguards: before, Bundle: b, Seed: "law"}.Input()
		in.Request.Confidential = false
		change := mla.LegislateAnswer{Timing: mla.Timing{After: after}, Safeguards: since, What: "another law of notice"}
		in.Script[change.Question()] = []mla.ReplyTo{change}
		law, err := b.Law(policies.Pair{Instruments: []string{"uncc"}, Requesting: birch.Requesting, Requested: birch.Requested, Safeguards: before})
		if err != nil {
			t.Fatal(err)
		}
		_, events, err := simulation.Conduct(in, law)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range audit.Check(only(t, events, everything), audit.NewLaw(b)) {
			if f.Constraint == "person-is-told" {
				return f.Verdict
			}
		}
		return ""
	}
	// Birch gives itself sixty days, and L03 thirty. Once L03 no longer stands, sixty are in time.
	if got := told([]string{"L03"}, nil, 60); got != audit.Holds {
		t.Errorf("notice under the law of its day: %s", got)
	}
	if got := told([]string{"L03"}, nil, 1400); got != audit.Holds {
		t.Errorf("notice under the law that it came before: %s", got)
	}
}

// Whether another treaty binds the pair is not settled by a change of the State's own law: where that is sealed, what turns on
// it cannot be told of what was done since either.
func TestAChangeOfTheLawLeavesOpenWhatIsSealed(t *testing.T) {
	b := shipped(t)
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	honest := cases[slices.IndexFunc(cases, func(c *scenario.Case) bool { return c.ID == "honest" })]
	in := docket.Options{Case: honest, Source: []byte("law"), Instruments: []string{"uncc"}, Bundle: b, Seed: "law"}.Input()
	change := mla.LegislateAnswer{Timing: mla.Timing{After: 1}, Safeguards: []string{"L20"}, What: "more grounds"}
	in.Script[change.Question()] = []mla.ReplyTo{change}
	law, err := b.Law(policies.Pair{Instruments: []string{"uncc"}, Requesting: honest.Requesting, Requested: honest.Requested})
	if err != nil {
		t.Fatal(err)
	}
	_, events, err := simulation.Conduct(in, law)
	if err != nil {
		t.Fatal(err)
	}
	owed := audit.Constraint{ID: "owed", Template: audit.Absence, First: audit.Pattern{
		On: mla.Requested, Kinds: []mla.Kind{mla.ObservationEnded}, Words: "under a law that owes reasons",
		Where: func(_ *audit.Case, terms *policies.Terms, _ *mla.Event) mla.Answer {
			if terms.Reasons.Article != "" {
				return mla.Yes
			}
			return mla.No
		},
	}}
	for open, want := range map[bool]audit.Verdict{true: audit.NotMet, false: audit.CannotTell} {
		c := only(t, events, func(e mla.Event) bool { return open || e.Kind != mla.FactLearned })
		if got := audit.CheckWith(c, audit.NewLaw(b), []audit.Constraint{owed})[0].Verdict; got != want {
			t.Errorf("what the authority learned being open (%v): %s, want %s", open, got, want)
		}
	}
}

// A law that is changed while a case runs is the law of what is assessed from then on, and not before.
func TestAChangeOfTheLawIsFollowed(t *testing.T) {
	b := shipped(t)
	cases, err := scenario.Shipped(b)
	if err != nil {
		t.Fatal(err)
	}
	honest := cases[slices.IndexFunc(cases, func(c *scenario.Case) bool { return c.ID == "honest" })]
	in := docket.Options{Case: honest, Source: []byte("law"), Instruments: []string{"uncc"}, Bundle: b, Seed: "law"}.Input()
	change := mla.LegislateAnswer{Timing: mla.Timing{After: 20}, Safeguards: []string{"L20", "L22"}, What: "more grounds"}
	in.Script[change.Question()] = []mla.ReplyTo{change}
	law, err := b.Law(policies.Pair{Instruments: []string{"uncc"}, Requesting: honest.Requesting, Requested: honest.Requested})
	if err != nil {
		t.Fatal(err)
	}
	_, events, err := simulation.Conduct(in, law)
	if err != nil {
		t.Fatal(err)
	}
	kept := slices.DeleteFunc(slices.Clone(events), func(e mla.Event) bool { return e.Kind == mla.LawChanged })
	if len(kept) == len(events) {
		t.Fatal("the law was not changed")
	}
	notSame := func(events []mla.Event) (n int) {
		for _, d := range audit.Rederive(only(t, events, everything), audit.NewLaw(b)) {
			if d.Same != mla.Yes {
				n++
			}
		}
		return n
	}
	if n := notSame(events); n != 0 {
		t.Errorf("%d answers do not come out the same under the law as changed", n)
	}
	if notSame(kept) == 0 {
		t.Error("without the change every answer comes out the same: the test shows nothing")
	}
}
