package docket_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
)

// variant is a case file of this folder with some of its lines changed.
func variant(t *testing.T, name string, changes ...string) ([]byte, *scenario.Case) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("%s has no %q", name, changes[i])
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	path := filepath.Join(t.TempDir(), name+".yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := scenario.Load(path, bundle(t))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(text), c
}

// play runs a case on a clock and returns what it tells and the story of its logs: hour, State, kind.
func play(t *testing.T, clock docket.Clock, source []byte, c *scenario.Case, instruments []string, safeguards ...string) (*report.Run, []string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	r, err := docket.Run(t.Context(), docket.Options{
		Case: c, Source: source, Instruments: instruments, Safeguards: safeguards, Bundle: bundle(t), Clock: clock, Seed: "1", Dir: dir,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Invariants {
		t.Errorf("invariant: %s", v)
	}
	for _, l := range r.Log.States {
		if !l.Whole {
			t.Errorf("the log of %s is not whole", l.State)
		}
	}
	seen, err := docket.Read(t.Context(), dir, mla.Roles...)
	if err != nil {
		t.Fatal(err)
	}
	var story []string
	for _, s := range seen {
		line := fmt.Sprintf("%gh %s %s", s.Cover.At.Sub(c.Start).Hours(), s.Cover.Party, s.Cover.Kind)
		if s.Event.Passage == mla.Received {
			line += " received"
		}
		story = append(story, line)
	}
	return r, story
}

// only keeps the lines of a story that end in one of the kinds.
func only(story []string, kinds ...mla.Kind) (out []string) {
	for _, line := range story {
		for _, k := range kinds {
			if strings.Contains(line, " "+string(k)) {
				out = append(out, line)
			}
		}
	}
	return out
}

func TestAnObjectionAfterDeliveryUndoesIt(t *testing.T) {
	source, c := variant(t, "emergency")
	undone := []string{
		"0h cassia RequestDrafted", "0h cassia FactLearned", "0h cassia Assessed", "0h cassia Assessed",
		"0h cassia AuthorisationSought", "0h cassia AuthorisationDecided", "0h cassia OrderServed",
		"0h cassia ConfidentialityImposed", "0h cassia NoticeDeferred", "0h cassia StateNotified",
		"0h alder StateNotified received", "0h alder FactLearned", "0h alder Assessed",
		"8h cassia Produced", "8h cassia CustodyHandoff", "56h cassia UseRecorded",
		"90h alder ReviewPerformed", "90h alder Assessed", "90h alder Assessed", "90h alder DualCriminalityTested",
		"90h alder GroundConsidered", "90h alder Consulted", "90h alder ConsultationAnswered received", "90h alder StateObjected",
		"90h cassia Consulted received", "90h cassia ConsultationAnswered", "90h cassia StateObjected received", "90h cassia DeliveryUndone",
		"90h alder DeliveryUndone received",
		"114h cassia Deleted", "114h cassia CaseClosed", "114h alder Deleted received",
		"1440h alder ObservationEnded", "1440h cassia ObservationEnded",
	}
	roots := map[string]bool{}
	for _, clock := range docket.Clocks {
		r, story := play(t, clock, source, c, []string{"eu-e-evidence"})
		roots[r.Log.Root] = true
		if r.Outcome != mla.Refused {
			t.Errorf("%s: outcome %s", clock, r.Outcome)
		}
		if want := (report.Obtained{Data: true, Persons: 2, Channel: mla.Direct, Undone: true}); r.Obtained != want {
			t.Errorf("%s: %+v, want %+v", clock, r.Obtained, want)
		}
		sortStory(story)
		want := append([]string{}, undone...)
		sortStory(want)
		if diff := cmp.Diff(want, story); diff != "" {
			t.Errorf("%s (-want +got):\n%s", clock, diff)
		}
	}
	if len(roots) != 1 {
		t.Errorf("the clocks leave different logs: %v", roots)
	}
}

// Each step cites the paragraph that governs it, and none that might have.
func TestAnOrderInAnEmergencyCitesWhatGovernsIt(t *testing.T) {
	source, c := variant(t, "emergency")
	for what, got := range map[string][][]string{
		"4(2)":  second(bodies[mla.AuthorisationDecidedBody](t, source, c, "eu-e-evidence")),
		"10(4)": slices.Concat(second(bodies[mla.ProducedBody](t, source, c, "eu-e-evidence")), second(bodies[mla.DeliveryUndoneBody](t, source, c, "eu-e-evidence")), second(bodies[mla.DeletedBody](t, source, c, "eu-e-evidence"))),
		"13(1)": second(bodies[mla.NoticeDeferredBody](t, source, c, "eu-e-evidence")), // nothing shows that the test of 13(2) is met
	} {
		for _, articles := range got {
			if !slices.Equal(articles, []string{"eu-e-evidence " + what}) {
				t.Errorf("%v, want %s alone", articles, what)
			}
		}
		if len(got) == 0 {
			t.Errorf("nothing cites %s", what)
		}
	}
	early := func() (out []mla.Ground) {
		deferred, _ := bodies[mla.NoticeDeferredBody](t, source, c, "eu-e-evidence")
		for _, b := range deferred {
			out = append(out, b.Departures...)
		}
		return out
	}
	if want := []mla.Ground{{Rule: "eu-e-evidence/13(1)", Article: "eu-e-evidence 13(1)"}}; !slices.Equal(early(), want) {
		t.Errorf("a delay that nothing justifies departs from %v, want %v", early(), want)
	}
	source, c = variant(t, "emergency", "  order.for_third_state: false", "  order.for_third_state: false\n  notice.delay_justified: true")
	if _, got := bodies[mla.NoticeDeferredBody](t, source, c, "eu-e-evidence"); len(got) != 1 || !slices.Contains(got[0], "eu-e-evidence 13(2)") {
		t.Errorf("a delay that is justified: %v", got)
	}
	if len(early()) > 0 {
		t.Errorf("a delay that is justified departs from %v", early())
	}
	source, c = variant(t, "emergency", "urgent: true", "urgent: false", "raises: [eu-e-evidence/12(1)(a)],", "")
	if _, got := bodies[mla.ProducedBody](t, source, c, "eu-e-evidence"); len(got) != 1 || !slices.Equal(got[0], []string{"eu-e-evidence 10(2)"}) {
		t.Errorf("no emergency, and a State that was told raises nothing: %v", got)
	}
}

func second[B any](_ []B, articles [][]string) [][]string { return articles }

// hours is the instant a line of a story begins with.
func hours(t *testing.T, line string) (h float64) {
	t.Helper()
	if _, err := fmt.Sscanf(line, "%g", &h); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return h
}

// sortStory orders the lines of one hour: the logs are read one after the other.
func sortStory(lines []string) {
	at := func(s string) (h float64) { _, _ = fmt.Sscanf(s, "%gh", &h); return h }
	for i := 1; i < len(lines); i++ {
		for j := i; j > 0 && (at(lines[j]) < at(lines[j-1]) || at(lines[j]) == at(lines[j-1]) && lines[j] < lines[j-1]); j-- {
			lines[j], lines[j-1] = lines[j-1], lines[j]
		}
	}
}

func TestWhatBecomesOfAnOrderInAnEmergency(t *testing.T) {
	const (
		raises    = "object: {after: 0, hours: 90, minutes: 30, raises: [eu-e-evidence/12(1)(a)],"
		subscribe = "categories: [subscriber]"
		first     = "draft: {after: 0, unvalidated: true}"
	)
	for name, v := range map[string]struct {
		changes []string
		outcome mla.Outcome
		story   []string
	}{
		"no objection": {[]string{raises, "object: {after: 0, hours: 90, minutes: 30,"}, mla.Granted,
			[]string{"8h cassia Produced", "90h alder StateObjected", "90h cassia StateObjected received", "90h cassia CaseClosed"}},
		"silence lets the window pass": {[]string{raises, "object: {after: 10, minutes: 30,"}, mla.Granted,
			[]string{"8h cassia Produced", "96h cassia CaseClosed"}},
		"an objection in the last hour": {[]string{raises, strings.Replace(raises, "90", "96", 1)}, mla.Refused,
			[]string{"8h cassia Produced", "96h alder StateObjected", "96h cassia StateObjected received", "96h cassia DeliveryUndone", "96h alder DeliveryUndone received",
				"120h cassia Deleted", "120h cassia CaseClosed", "120h alder Deleted received"}},
		"an objection that stops the order": {[]string{"hours: 8,", "hours: 95,"}, mla.Refused,
			[]string{"90h alder StateObjected", "90h cassia StateObjected received", "90h cassia CaseClosed"}},
		"use is restricted": {[]string{raises, raises + " restrict: true,"}, mla.Refused,
			[]string{"8h cassia Produced", "90h alder StateObjected", "90h cassia StateObjected received", "90h cassia DeliveryUndone", "90h alder DeliveryUndone received",
				"114h cassia CaseClosed"}},
		"no emergency: the provider waits for the clearance": {[]string{"urgent: true", "urgent: false", raises, "object: {after: 6, minutes: 30,"}, mla.Granted,
			[]string{"144h alder StateObjected", "144h cassia StateObjected received", "144h cassia Produced", "144h cassia CaseClosed"}},
		"no emergency: the provider waits ten days for silence": {[]string{"urgent: true", "urgent: false", raises, "object: {after: 11, minutes: 30,"}, mla.Granted,
			[]string{"240h cassia Produced", "240h cassia CaseClosed"}},
		"validation refused at 47 h": {[]string{"categories: [traffic]", subscribe, "draft: {after: 0}", first,
			"delete:", "validate: {after: 0, hours: 47, ruling: deny}\n  delete:"}, mla.Refused,
			[]string{"8h cassia Produced", "47h cassia DeliveryUndone", "71h cassia Deleted", "71h cassia CaseClosed"}},
		"validation given at 47 h": {[]string{"categories: [traffic]", subscribe, "draft: {after: 0}", first,
			"delete:", "validate: {after: 0, hours: 47, ruling: grant}\n  delete:"}, mla.Granted,
			[]string{"8h cassia Produced", "47h cassia CaseClosed"}},
		"validation too late": {[]string{"categories: [traffic]", subscribe, "draft: {after: 0}", first,
			"delete:", "validate: {after: 0, hours: 49, ruling: grant}\n  delete:"}, mla.Refused,
			[]string{"8h cassia Produced", "48h cassia DeliveryUndone", "72h cassia Deleted", "72h cassia CaseClosed"}},
		"a provider that asks stops the clock": {[]string{"comply: {after: 0, hours: 8, records: 40}",
			"comply: [{after: 0, hours: 5, clarifies: [order.complete], records: 0}, {after: 0, hours: 8, records: 40}]\n  supplement: {after: 4, facts: {order.complete: true}}",
			raises, "object: {after: 0, hours: 90, minutes: 30,"}, mla.Granted,
			[]string{"90h alder StateObjected", "90h cassia StateObjected received", "109h cassia Produced", "109h cassia CaseClosed"}},
		"a provider that is not answered in five days": {[]string{"comply: {after: 0, hours: 8, records: 40}",
			"comply: [{after: 0, hours: 5, clarifies: [order.complete], records: 0}, {after: 0, hours: 8, records: 40}]\n  supplement: {after: 6, facts: {order.complete: true}}",
			raises, "object: {after: 0, hours: 90, minutes: 30,"}, mla.Lapsed,
			[]string{"90h alder StateObjected", "90h cassia StateObjected received", "125h cassia CaseClosed"}},
		"the law of a third country": {[]string{"records: 40}", "challenges: the law of Gorse forbids it, records: 40}\n  challenge: {after: 3, ruling: grant}",
			raises, "object: {after: 0, hours: 90, minutes: 30,"}, mla.Refused,
			[]string{"80h cassia CaseClosed", "90h alder StateObjected", "90h cassia StateObjected received"}},
	} {
		t.Run(name, func(t *testing.T) {
			source, c := variant(t, "emergency", v.changes...)
			r, story := play(t, docket.Sim, source, c, []string{"eu-e-evidence"})
			if r.Outcome != v.outcome {
				t.Errorf("outcome %s, want %s", r.Outcome, v.outcome)
			}
			got := only(story, mla.StateObjected, mla.Produced, mla.DeliveryUndone, mla.Deleted, mla.CaseClosed)
			sortStory(got)
			want := append([]string{}, v.story...)
			sortStory(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestWhereNothingHasItToldAStateKnowsNothing is the gap of the long arm: an order of Cassia's own to a provider in Alder
// leaves on Alder's log nothing but that the observation ended; a safeguard puts it there, and lets Alder object.
func TestWhereNothingHasItToldAStateKnowsNothing(t *testing.T) {
	long := []string{"urgent: true", "urgent: true\n  channel: direct\n  residence: birch\n  host: gorse",
		"object: {after: 0, hours: 90, minutes: 30, raises: [eu-e-evidence/12(1)(a)],", "object: {after: 1, objects: true,",
		"regimes: [eu-e-evidence]", "regimes: [uncc]", "\n  eu-e-evidence:\n", "\n  uncc:\n", "outcome: refused", "outcome: granted"}
	source, c := variant(t, "emergency", long...)
	r, story := play(t, docket.Sim, source, c, []string{"uncc"})
	if r.Outcome != mla.Granted || len(r.Log.States) != 2 {
		t.Errorf("outcome %s, logs %v", r.Outcome, r.Log.States)
	}
	var alder []string
	for _, line := range story {
		if strings.Contains(line, " alder ") {
			alder = append(alder, line)
		}
	}
	if diff := cmp.Diff([]string{"1440h alder ObservationEnded"}, alder); diff != "" {
		t.Errorf("the log of Alder (-want +got):\n%s", diff)
	}
	for _, clock := range docket.Clocks {
		r, story = play(t, clock, source, c, []string{"uncc"}, "L18")
		if r.Outcome != mla.Refused || len(r.Log.States) != 4 || len(only(story, mla.Produced)) > 0 {
			t.Errorf("%s: outcome %s, logs %v, %v", clock, r.Outcome, r.Log.States, only(story, mla.Produced))
		}
		if got := len(only(story, mla.StateNotified)); got != 6 {
			t.Errorf("%d ends of notices, want 6: %v", got, story)
		}
	}
}

// bodies are the bodies of one type on the logs of a run in virtual time, with the provisions they were done under.
func bodies[B mla.Body](t *testing.T, source []byte, c *scenario.Case, instrument string, safeguards ...string) (out []B, articles [][]string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "run")
	if _, err := docket.Run(t.Context(), docket.Options{Case: c, Source: source, Instruments: []string{instrument}, Safeguards: safeguards,
		Bundle: bundle(t), Clock: docket.Sim, Seed: "1", Dir: dir}); err != nil {
		t.Fatal(err)
	}
	seen, err := docket.Read(t.Context(), dir, mla.Roles...)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range seen {
		if b, ok := s.Event.Body.(B); ok && s.Event.Passage != mla.Received {
			out, articles = append(out, b), append(articles, s.Event.Articles)
		}
	}
	return out, articles
}

// TestTheStrictestKindOfDataDecidesWhoAuthorises asks Birch, where a prosecutor orders subscriber data and a judge the rest.
func TestTheStrictestKindOfDataDecidesWhoAuthorises(t *testing.T) {
	for categories, want := range map[string]string{
		"[subscriber]": "prosecutor", "[traffic]": "judge", "[subscriber, traffic]": "judge", "[content, subscriber]": "judge",
	} {
		source, c := variant(t, "window", "requested: alder", "requested: birch", "  residence: birch\n", "", "[subscriber, traffic]", categories)
		got, _ := bodies[mla.AuthorisationSoughtBody](t, source, c, "uncc")
		if len(got) != 1 || got[0].Authority != want || got[0].Independent != (want == "judge") {
			t.Errorf("%s: %+v, want the %s", categories, got, want)
		}
	}
	// Under the Regulation a judge orders traffic whatever the issuing State's law says; an authority of its own is enough for
	// subscriber data.
	for categories, want := range map[string]bool{"[subscriber]": false, "[traffic]": true, "[subscriber, traffic]": true} {
		source, c := variant(t, "emergency", "[traffic]", categories)
		if got, _ := bodies[mla.AuthorisationSoughtBody](t, source, c, "eu-e-evidence"); len(got) != 1 || got[0].Independent != want {
			t.Errorf("%s under the Regulation: %+v", categories, got)
		}
	}
}

// TestAnOrderThatGoesFirstWithoutThePowerDeparts holds what a party does wrong to the log: 4(5) lets an order go first for
// subscriber data in an emergency, and for traffic never.
func TestAnOrderThatGoesFirstWithoutThePowerDeparts(t *testing.T) {
	for categories, departs := range map[string]int{"[subscriber]": 0, "[traffic]": 1} {
		source, c := variant(t, "emergency", "[traffic]", categories, "draft: {after: 0}", "draft: {after: 0, unvalidated: true}")
		if got, _ := bodies[mla.OrderServedBody](t, source, c, "eu-e-evidence"); len(got) != 1 || len(got[0].Departures) != departs {
			t.Errorf("%s: %+v, want %d departures", categories, got, departs)
		}
	}
	source, c := variant(t, "emergency", "hours: 8,", "hours: 9,")
	got, _ := bodies[mla.ProducedBody](t, source, c, "eu-e-evidence")
	if want := []mla.Ground{{Rule: "eu-e-evidence/10(4)", Article: "eu-e-evidence 10(4)"}}; len(got) != 1 || !cmp.Equal(got[0].Departures, want) {
		t.Errorf("nine hours: %+v, want %v", got, want)
	}
}

// TestADomesticOrderRestsOnWhatTheTreatyHasStatesCreate: UNCC 27(b) speaks of subscriber data only.
func TestADomesticOrderRestsOnWhatTheTreatyHasStatesCreate(t *testing.T) {
	for categories, want := range map[string][]string{"[subscriber]": {"uncc 27(b)"}, "[traffic]": {}} {
		source, c := variant(t, "emergency", "urgent: true", "channel: direct", "[traffic]", categories, "raises: [eu-e-evidence/12(1)(a)],", "")
		if _, got := bodies[mla.OrderServedBody](t, source, c, "uncc"); len(got) != 1 || !cmp.Equal(got[0], want) {
			t.Errorf("%s: %v, want %v", categories, got, want)
		}
	}
}

// TestAProviderTakesTheMatterToItsOwnState: under an executive agreement that State is told by nobody else, and may stop the
// order.
func TestAProviderTakesTheMatterToItsOwnState(t *testing.T) {
	challenged := []string{"records: 40}", "challenges: it is about a newspaper, records: 40}\n  challenge: {after: 1, ruling: deny}",
		"raises: [eu-e-evidence/12(1)(a)],", "raises: [cloud-act/(b)(4)(K)],", "evidence.sole_identification:",
		"order.improperly_invoked: {stipulated: true, central-authority: true}\n  evidence.sole_identification:"}
	source, c := variant(t, "emergency", challenged...)
	r, story := play(t, docket.Sim, source, c, []string{"cloud-act"})
	if told := only(story, mla.StateNotified); r.Outcome != mla.Refused || len(told) != 2 {
		t.Errorf("outcome %s, told %v", r.Outcome, told)
	}
	source, c = variant(t, "emergency", challenged[2:]...)
	r, story = play(t, docket.Sim, source, c, []string{"cloud-act"})
	if told := only(story, mla.StateNotified); r.Outcome != mla.Granted || len(told) != 0 {
		t.Errorf("without a challenge: outcome %s, told %v", r.Outcome, told)
	}
}

// TestTheSecondProtocolReachesSubscriberDataOnly runs an order under the protocol's Article 7, and one that is outside it.
func TestTheSecondProtocolReachesSubscriberDataOnly(t *testing.T) {
	for categories, want := range map[string]mla.Outcome{"[subscriber]": mla.Granted, "[traffic]": mla.OutOfScope} {
		source, c := variant(t, "emergency", "urgent: true", "channel: direct", "[traffic]", categories,
			"raises: [eu-e-evidence/12(1)(a)],", "", "order.for_third_state:", "evidence.electronic: true\n  order.for_third_state:")
		r, story := play(t, docket.Sim, source, c, []string{"budapest-2ap"})
		if r.Outcome != want || (len(only(story, mla.OrderServed)) == 0) != (want == mla.OutOfScope) {
			t.Errorf("%s: %s, %v", categories, r.Outcome, only(story, mla.OrderServed))
		}
	}
}
