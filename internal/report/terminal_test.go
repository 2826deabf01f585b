package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a page with the file of that name; -update writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", path, diff)
	}
}

func day(n int) time.Time { return time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// told is a case in which little goes as it should: a message is lost, a secret outlives another, and a gate is open on
// one set of facts only.
func told() (*Run, []mla.Event) {
	sequence := map[mla.State]int{}
	var events []mla.Event
	put := func(n int, role mla.Role, state mla.State, b mla.Body, message string, p mla.Passage, articles ...string) {
		events = append(events, mla.Event{
			Case: "c", Party: state, Sequence: sequence[state], At: day(n), Actor: mla.Actor{Role: role, State: state},
			Kind: b.Kind(), Articles: articles, Message: message, Passage: p, Body: b,
		})
		sequence[state]++
	}
	law := func(stage mla.Stage) mla.AssessedBody {
		return mla.AssessedBody{Assessment: mla.Assessment{Stage: stage, Findings: []mla.Finding{{Effect: mla.MayRefuse, Holds: mla.Yes}}}}
	}
	request := letter
	request.Provider, request.Confidential = "司法 Mail", true
	// On the log of Alder a message arrives on the day on which Cassia, whose log comes later, sends it.
	put(0, mla.CentralAuthority, "alder", mla.RequestSubmittedBody{Request: request, Submission: 1}, "c/cassia/1", mla.Received, "uncc 40(13)")
	put(0, mla.CentralAuthority, "alder", law(mla.StageScope), "", mla.Internal)
	put(0, mla.CentralAuthority, "alder", law(mla.StageAdmissibility), "", mla.Internal)
	put(0, mla.RequestingAuthority, "cassia", mla.RequestDraftedBody{Request: request}, "", mla.Internal, "uncc 40(15)")
	put(0, mla.CentralAuthority, "cassia", mla.RequestSubmittedBody{Request: request, Submission: 1}, "c/cassia/1", mla.Sent, "uncc 40(13)", "uncc 40(14)", "budapest 27(2)", "stored communications statute")
	put(20, mla.CentralAuthority, "alder", mla.ConfidentialityImposedBody{Order: "a", On: "司法 Mail", Persons: 140}, "", mla.Internal, "uncc 40(20)")
	until := day(50)
	put(21, mla.CentralAuthority, "alder", mla.ConfidentialityImposedBody{Order: "b", On: "Parlo", Persons: 1, ExpiresAt: &until}, "", mla.Internal)
	put(40, mla.CentralAuthority, "alder", mla.DecidedBody{Outcome: mla.Granted, Final: true}, "c/alder/5", mla.Sent)
	put(50, mla.CentralAuthority, "alder", mla.ConfidentialityLiftedBody{Order: "b", Why: "its term is over"}, "", mla.Internal)
	put(52, mla.CentralAuthority, "cassia", mla.DecidedBody{Outcome: mla.Granted, Final: true}, "c/alder/5", mla.Received)
	put(60, mla.CentralAuthority, "alder", mla.TransmittedBody{Evidence: mla.Evidence{Records: 9310}}, "c/alder/7", mla.Sent)
	put(99, mla.CentralAuthority, "alder", mla.ObservationEndedBody{Standing: []string{"a"}, InPost: []string{"c/alder/7"}}, "", mla.Internal)

	decided := 40
	ground := func(rule string, e mla.Effect, s mla.Standard, known, stipulated mla.Answer) Ground {
		return Ground{Rule: rule, Stage: mla.StageAdmissibility, Effect: e, Standard: s, Holds: known, OnStipulated: stipulated,
			Confidence: mla.Verified, Reading: mla.Settled, Says: "What " + rule + " says."}
	}
	r := &Run{
		Case: "g00", Title: "Everything at once", Regime: "uncc,budapest", Clock: "skip", Seed: "1", CaseID: "c", Policy: strings.Repeat("ab", 32),
		Gap:         "G01, G12, G29",
		Instruments: []Instrument{{ID: "uncc", Name: "UN convention", Status: "Not in force."}, {ID: "budapest", Name: "Convention on Cybercrime", Status: "In force."}},
		Requesting:  "cassia", Requested: "alder", Outcome: mla.Granted, Days: Days{ToDecision: &decided},
		DualCriminality: mla.DualCriminality{Required: mla.Yes, Method: mla.ByLabel, Met: mla.Yes, ByLabel: mla.Yes, ByConduct: mla.No},
		OnStipulated:    mla.DualCriminality{Required: mla.Yes, Method: mla.ByConduct, Met: mla.Unknown, ByLabel: mla.Yes, ByConduct: mla.Unknown},
		Seriousness:     mla.Seriousness{Required: mla.Yes, RequestingLaw: mla.Yes, BothLaws: mla.Unknown, ThresholdYears: 4, Article: "uncc 2(h)"},
		Rules: Rules{Scope: []Ground{ground("uncc/2(h) both-laws", mla.Gate, mla.Objective, mla.Yes, mla.No), ground("uncc/35(1)", mla.Gate, mla.Objective, mla.Yes, mla.Yes)},
			Grounds: []Ground{
				ground("uncc/40(21)(b)", mla.MayRefuse, mla.SelfJudging, mla.Yes, mla.Yes),
				ground("uncc/40(22)", mla.NoDuty, mla.Belief, mla.Unknown, mla.Yes),
				ground("alder/bank-secret", mla.MustRefuse, mla.Objective, mla.Yes, mla.No),
				ground("uncc/40(8) trivial", mla.MayRefuse, mla.Objective, mla.No, mla.No),
				ground("budapest/25(4)", mla.MayRefuse, mla.Objective, mla.No, mla.No),
			},
			Forbidden: []Ground{ground("uncc/40(23)", mla.MustNotRefuse, mla.Objective, mla.Yes, mla.No)}},
		Gaps: []measure.Result{
			result("G01.IndefiniteShare", measure.Share, measure.Structural, 0.5, ""),
			result("G01.SecretPersonDays", measure.PersonDays, measure.Emergent, 51800, "1 of 1 ConfidentialityImposed event on the log of alder is sealed to others"),
			result("G29.PoliticalPass", measure.Share, measure.Image, 0.001, "it compares with what is stipulated, and no log holds that"),
			idle("G12.AgeChecked"),
		},
		Invariants: []string{"c/alder/7: produced beyond what was authorised"},
		Events:     len(events),
		Log: Log{Dir: "out/logs", Size: 11, Root: strings.Repeat("cd", 32), States: []StateLog{
			{State: "alder", Size: 9, Root: "AAAA=", Whole: true}, {State: "cassia", Size: 2, Root: "BBBB=", Whole: false},
		}},
		Caveat: Caveat,
	}
	r.Grounds[0].Raised = true
	r.Grounds[1].Missing = []mla.Path{"motive.protected_ground", "person.role"}
	r.Grounds[1].Reading, r.Grounds[1].Confidence = mla.Contested, mla.Unverified
	r.Grounds[2].Because = []string{"a = true", "b = true", "c = true", "d = true", "e = true", "f = true"}
	return r, events
}

// result has a figure for the all-knowing view, and for every other one where there is no reason against it.
func result(id string, u measure.Unit, k measure.Kind, n float64, why string) measure.Result {
	r := measure.Result{ID: id, Unit: u, Kind: k, Views: map[measure.View]*float64{}, Reasons: map[measure.View]string{}, Values: map[measure.View]measure.Value{}}
	for _, v := range measure.Views {
		if why != "" && v != measure.Omniscient {
			r.Reasons[v] = why
			r.Values[v] = measure.Value{Lack: measure.CannotTell, Reason: why}
			continue
		}
		r.Views[v] = &n
		r.Values[v] = measure.Value{Defined: true, Number: n}
	}
	return r
}

// idle has nothing to count in any view.
func idle(id string) measure.Result {
	r := measure.Result{ID: id, Views: map[measure.View]*float64{}, Reasons: map[measure.View]string{}, Values: map[measure.View]measure.Value{}}
	for _, v := range measure.Views {
		r.Reasons[v] = "no review is on record"
		r.Values[v] = measure.Value{Lack: measure.NoneOnRecord, Reason: "no review is on record"}
	}
	return r
}

func TestARunIsToldInFullAtEitherWidth(t *testing.T) {
	r, events := told()
	for name, width := range map[string]int{"run-80.golden": 80, "run-100.golden": 100} {
		var out bytes.Buffer
		if err := r.Terminal(&out, Style{Width: width}, events); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if n := cells(strings.TrimRight(line, "\n")); n > width {
				t.Errorf("%s: a line has %d cells: %q", name, n, line)
			}
		}
		golden(t, name, out.String())
	}
}

func TestADemoSetsItsRunsSideBySide(t *testing.T) {
	r, events := told()
	other := *r
	other.Regime, other.Outcome, other.Grounds = "budapest", mla.Refused, r.Grounds[:1]
	demo := &Demo{Runs: []*Run{r, &other}, Events: [][]mla.Event{events, events}, Took: 1234 * time.Millisecond,
		Next: []string{"go run ./starter audit verify " + strings.Repeat("a-very-long-directory/", 8)}, Caveat: Caveat}
	var out bytes.Buffer
	if err := demo.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	_, last, ok := strings.Cut(out.String(), "The same request")
	if !ok {
		t.Fatalf("the runs are not side by side:\n%s", out.String())
	}
	golden(t, "demo-end.golden", "The same request"+last)
}

func TestAnAssessmentIsToldInFull(t *testing.T) {
	r, _ := told()
	duties := []Ground{
		{Rule: "uncc/40(25)", Stage: mla.StageAdmissibility, Effect: mla.Must, Standard: mla.Objective, Holds: mla.Yes, OnStipulated: mla.Yes, Says: "Reasons must be given for any refusal."},
		{Rule: "uncc/40(26)", Stage: mla.StageAfter, Effect: mla.Endeavour, Standard: mla.Objective, Holds: mla.No, OnStipulated: mla.No},
	}
	a := &Assessment{Case: r.Case, Title: r.Title, Requesting: r.Requesting, Requested: r.Requested, Offence: letter.Offence, Measure: mla.Produce,
		Instruments: r.Instruments, DualCriminality: r.DualCriminality, DualCriminalityOnStipulated: r.OnStipulated, Seriousness: r.Seriousness,
		Rules: Rules{Grounds: r.Grounds, Scope: r.Scope, Forbidden: r.Forbidden, Duties: duties}, Caveat: Caveat,
		Missing: []Missing{{Fact: "motive.protected_ground", KnownBy: "requested", Means: "Why the person is pursued."}}}
	var out bytes.Buffer
	if err := a.Terminal(&out, Style{Width: 90}); err != nil {
		t.Fatal(err)
	}
	golden(t, "assessment.golden", out.String())
}

func TestWhatAClearanceSeesIsToldAndTheRestCounted(t *testing.T) {
	_, events := told()
	shown := &Shown{Dir: "out", As: []string{"auditor@alder"}, Events: 3, Opened: 1, Caveat: Caveat,
		Cases: []ShownCase{
			{Case: "c", Events: []ShownEvent{{Cover: events[0].Cover(), Event: &events[0], Says: Sentence(events[0])}, {Cover: events[5].Cover()}}},
			{Case: "d", Events: []ShownEvent{{Cover: events[6].Cover()}}},
		},
		Sealed: []SealedCount{{Party: "alder", Kind: mla.ConfidentialityImposed, Readers: []mla.Role{mla.CentralAuthority, mla.Provider}, Number: 2}, {Party: "alder", Kind: mla.Produced, Number: 1}}}
	whole := &Verification{Logs: []CheckedLog{{Dir: "out/logs/alder", Origin: "rogatory.example/alder", Size: 9, Cases: 1, Root: "AAAA=", Whole: true},
		{Dir: "out/logs/cassia", Findings: []Finding{{File: "checkpoint", What: "not signed"}, {File: "tile/entries/000.p/9", Place: "leaf 3", What: "not in canonical form: byte 3 of 40"}}}}, Caveat: Caveat}
	var out bytes.Buffer
	if err := shown.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if err := whole.Terminal(&out, Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	golden(t, "audit.golden", out.String())
}

func TestJSONIsOneObjectThatEndsWithANewline(t *testing.T) {
	r, _ := told()
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := JSON(w, r); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("the same run has different bytes")
	}
	if !strings.HasSuffix(first.String(), "}\n") {
		t.Errorf("it ends with %q", first.String()[first.Len()-5:])
	}
	var v map[string]any
	if err := json.Unmarshal(first.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"case", "regime", "safeguards", "clock", "outcome", "dual_criminality", "grounds", "days", "gaps", "events", "log"} {
		if _, ok := v[key]; !ok {
			t.Errorf("it has no %s", key)
		}
	}
}
