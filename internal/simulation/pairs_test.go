package simulation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rogatory/activities"
	"rogatory/internal/docket"
	"rogatory/internal/invariant"
	"rogatory/internal/mla"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/workflows"
)

// plain is a request that is granted and used, with nothing special about it: Cassia asks Alder.
func plain() workflows.Input {
	return workflows.Input{
		Case: "plain", Name: "plain", Start: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), Horizon: 1500,
		Request: mla.Request{
			Requesting: "cassia", Requested: "alder", Instruments: []string{"uncc"},
			Offence: mla.Offence{Label: "fraud", MaxPenaltyYears: 5}, Measure: mla.Produce,
			Scope:  mla.Scope{Categories: []mla.Category{mla.Traffic, mla.Content}, Accounts: 1, Persons: 4, Months: 2},
			Person: "P-1", Provider: "Quillmail",
		},
		Stated: mla.Facts{}, Known: map[mla.Role]mla.Facts{mla.CentralAuthority: {}},
		Script: mla.Script{
			mla.QDraft:     {mla.DraftAnswer{}},
			mla.QIntake:    {mla.IntakeAnswer{}},
			mla.QDecide:    {mla.DecideAnswer{Timing: after(30), Minutes: 40, Method: mla.ByConduct}},
			mla.QAuthorise: {mla.AuthoriseAnswer{Timing: after(5), Ruling: mla.RulingGrant}},
			mla.QComply:    {mla.ComplyAnswer{Timing: after(5), Records: 5000, Needed: 4}},
			mla.QUse:       {mla.UseAnswer{Timing: after(20), Purpose: "trial", WithinRequest: true}},
		},
	}
}

func after(days mla.Days) mla.Timing { return mla.Timing{After: days} }

// answers puts an answer into a script.
func answers(in *workflows.Input, a mla.ReplyTo) { in.Script[a.Question()] = []mla.ReplyTo{a} }

// under conducts a case with safeguards switched on, and holds it to the eight promises.
func under(t *testing.T, b *policies.Bundle, in workflows.Input, safeguards ...string) []mla.Event {
	t.Helper()
	in.Policy, in.Request.Safeguards = b.Digest(), safeguards
	l, err := b.Law(activities.PairOf(in.Request))
	if err != nil {
		t.Fatal(err)
	}
	_, events, err := simulation.Conduct(in, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range invariant.Check(docket.Duties(l.Terms(in.Known[mla.CentralAuthority])), events) {
		t.Errorf("%v", v)
	}
	return events
}

// bodies are the bodies of one type among events that do not only note what the other State did.
func bodies[B mla.Body](events []mla.Event) (out []B) {
	for _, e := range events {
		if b, ok := e.Body.(B); ok && e.Passage != mla.Received {
			out = append(out, b)
		}
	}
	return out
}

// first is the first event with a body of one type.
func first[B mla.Body](t *testing.T, events []mla.Event) (mla.Event, B) {
	t.Helper()
	for _, e := range events {
		if b, ok := e.Body.(B); ok {
			return e, b
		}
	}
	var none B
	t.Fatalf("no %s", none.Kind())
	return mla.Event{}, none
}

// pair is one duty switched off and on: what the parties do, and what is on the logs without and with it.
type pair struct {
	duty  string
	play  func(*workflows.Input)
	off   string
	on    string
	shows func(events []mla.Event) string
}

var pairs = []pair{
	{"L01 hard-stop", func(in *workflows.Input) {
		in.Request.Measure = mla.Interception
		answers(in, mla.AuthoriseAnswer{Timing: after(5), Ruling: mla.RulingGrant, Days: 14})
		answers(in, mla.InterceptAnswer{Days: 40, Bystanders: 212})
	}, "14 authorised, 40 run, 212 caught", "14 authorised, 14 run, 212 caught", func(events []mla.Event) string {
		stop := bodies[mla.InterceptionStoppedBody](events)[0]
		return fmt.Sprintf("%d authorised, %d run, %d caught", bodies[mla.InterceptionStartedBody](events)[0].Days, stop.TargetDays, stop.Bystanders)
	}},
	{"L02 unsealing", func(in *workflows.Input) { in.Request.Confidential = true }, "0 renewed, 0 lifted, 0 opened", "0 renewed, 1 lifted, 1 opened", silenced},
	{"L02 fresh-facts", func(in *workflows.Input) {
		in.Request.Confidential = true
		answers(in, mla.ComplyAnswer{Timing: after(300), Records: 1})
	}, "0 renewed, 0 lifted, 0 opened", "0 renewed, 1 lifted, 1 opened", silenced},
	{"L02 fresh-facts", func(in *workflows.Input) {
		in.Request.Confidential = true
		answers(in, mla.ComplyAnswer{Timing: after(300), Records: 1})
		in.Script[mla.QRenewSecrecy] = []mla.ReplyTo{
			mla.RenewSecrecyAnswer{Timing: mla.Timing{After: 80, Learns: mla.Facts{"own_case.prejudiced": mla.Bool(true)}, Source: "a second account"}},
			mla.RenewSecrecyAnswer{Timing: mla.Timing{After: 80, Learns: mla.Facts{"own_case.prejudiced": mla.Bool(true)}, Source: "the same again"}},
		}
	}, "0 renewed, 0 lifted, 0 opened", "1 renewed, 1 lifted, 1 opened", silenced},
	{"L03 bystanders", func(in *workflows.Input) {}, "[]", "[1]", informed},
	{"L03 bystanders", func(in *workflows.Input) { in.Request.Scope.Persons = 40 }, "[]", "[40]", informed},
	{"L03 bystanders", func(in *workflows.Input) { in.Request.Requested, in.Request.Scope.Persons = "gorse", 40 }, "[1]", "[40]", informed},
	{"L05 assurance", func(in *workflows.Input) {
		in.Stated["offence.death_penalty"] = mla.Bool(true)
		answers(in, mla.AssuranceAnswer{Timing: after(10), Gives: true, BreachedAfter: 200, Breach: "sentenced to death"})
	}, "0 asked, 0 given, 0 broken, 0 departures", "1 asked, 1 given, 1 broken, 0 departures", promised},
	{"L05 assurance", func(in *workflows.Input) {
		in.Stated["offence.death_penalty"] = mla.Bool(true)
		answers(in, mla.AssuranceAnswer{Timing: after(10)})
	}, "0 asked, 0 given, 0 broken, 0 departures", "1 asked, 0 given, 0 broken, 1 departures", promised},
	{"L07 commitment", func(in *workflows.Input) {}, "0 entered", "1 entered", func(events []mla.Event) string {
		return fmt.Sprintf("%d entered", len(bodies[mla.DocketEnteredBody](events)))
	}},
	{"L07 opening", func(in *workflows.Input) { in.Request.Confidential = true }, "0 entered, 0 opened", "1 entered, 0 opened", func(events []mla.Event) string {
		return fmt.Sprintf("%d entered, %d opened", len(bodies[mla.DocketEnteredBody](events)), len(bodies[mla.DocketOpenedBody](events)))
	}},
	{"L08 core-figures", func(in *workflows.Input) { in.Request.Requested = "birch" }, "1 fields on ", "12 fields on cassia", func(events []mla.Event) string {
		f := bodies[mla.StatisticPublishedBody](events)[0]
		return fmt.Sprintf("%d fields on %s", len(f.Counts), f.Partner)
	}},
	{"L08 providers", func(in *workflows.Input) {}, "[]", "[central-authority provider]", func(events []mla.Event) string {
		who := []mla.Role{}
		for _, e := range events {
			if e.Kind == mla.StatisticPublished {
				who = append(who, e.Actor.Role)
			}
		}
		return fmt.Sprint(who)
	}},
	{"L09 samples", func(in *workflows.Input) {
		answers(in, mla.ReviewAnswer{Timing: after(90), Drawn: mla.DrawnByRisk, Finding: "nobody tested the conduct"})
	}, "[]", "[by risk: nobody tested the conduct]", reviewed},
	{"L09 samples", func(in *workflows.Input) {
		for i := 0; !workflows.InSample(in.Case, 2); i++ {
			in.Case = fmt.Sprint("drawn-", i)
		}
	}, "[]", "[at random: ]", reviewed},
	{"L09 samples", func(in *workflows.Input) {
		answers(in, mla.ReviewAnswer{Drawn: mla.DrawnOnComplaint, Finding: "a complaint"})
	}, "[on complaint: a complaint]", "[on complaint: a complaint]", reviewed},
	{"L09 follow-up", func(in *workflows.Input) {
		answers(in, mla.ReviewAnswer{Drawn: mla.DrawnAtRandom, Finding: "by label"})
		answers(in, mla.AnswerReviewAnswer{Timing: after(10), Words: "we test by conduct now"})
	}, "[]", "[we test by conduct now]", func(events []mla.Event) string {
		words := []string{}
		for _, b := range bodies[mla.ReviewClosedBody](events) {
			words = append(words, b.Answer)
		}
		return fmt.Sprint(words)
	}},
	{"L10 screening", func(in *workflows.Input) {
		in.Known[mla.ContactPoint] = mla.Facts{"person.role": mla.Word("journalist"), "person.age": mla.Int(17)}
	}, "[]", "[[journalist minor]]", screened},
	{"L10 screening", func(in *workflows.Input) {
		answers(in, mla.ScreenAnswer{Timing: mla.Timing{After: 3, Learns: mla.Facts{"person.refugee": mla.Bool(true)}, Source: "a file"}, How: "the asylum office"})
	}, "[[refugee]]", "[[refugee]]", screened},
	{"L10 filter", func(in *workflows.Input) {
	}, "sent 5000, filtered []", "sent 5000, filtered [0]", sent},
	{"L10 filter", func(in *workflows.Input) {
		answers(in, mla.FilterAnswer{Timing: after(9), Held: 214, By: "filter team"})
	}, "sent 4786, filtered [214]", "sent 4786, filtered [214]", sent},
	{"L11 tokens", func(in *workflows.Input) { answers(in, mla.UseAnswer{Timing: after(20), Purpose: "another file"}) },
		"used 1, blocked 0", "used 0, blocked 1", func(events []mla.Event) string {
			return fmt.Sprintf("used %d, blocked %d", len(bodies[mla.UseRecordedBody](events)), len(bodies[mla.UseBlockedBody](events)))
		}},
	{"L14 floor", func(in *workflows.Input) {
		answers(in, mla.DecideAnswer{Timing: after(3), Minutes: 4, Method: mla.ByConduct})
	}, "[4]", "[30]", read},
	{"L18 window", func(in *workflows.Input) { in.Request.Residence = "gorse" }, "0 told", "1 told", func(events []mla.Event) string {
		return fmt.Sprintf("%d told", len(bodies[mla.StateNotifiedBody](events)))
	}},
	{"L12 fields", func(in *workflows.Input) {}, "sent 5000, filtered []", "sent 4, filtered []", sent},
	{"L12 retention", func(in *workflows.Input) {}, "kept", "deleted after 90 days", kept},
	{"L12 retention", func(in *workflows.Input) {
		answers(in, mla.NeedEndsAnswer{Timing: after(160), Why: "dropped"})
	}, "kept", "deleted after 40 days", kept},
	{"L12 retention", func(in *workflows.Input) { answers(in, mla.KeepAnswer{Timing: after(400)}) }, "deleted after 400 days", "deleted after 400 days", kept},
	{"L12 retention", func(in *workflows.Input) { answers(in, mla.KeepAnswer{Keeps: true}) }, "kept", "kept", kept},
	{"L12 breach", func(in *workflows.Input) { answers(in, mla.BreachAnswer{Timing: after(50), Persons: 4}) },
		"1 found, told []", "1 found, told [alder 72 the persons 72]", leaked},
	{"L12 breach", func(in *workflows.Input) { answers(in, mla.BreachAnswer{Timing: after(50), Persons: 4, Silent: true}) },
		"1 found, told []", "1 found, told []", leaked},
	{"L12 breach", func(in *workflows.Input) {
		answers(in, mla.BreachAnswer{Timing: after(400), Persons: 4, TellsAfter: 30})
	},
		"1 found, told [alder 30 the persons 30]", "0 found, told []", leaked},
	{"L16 firm", func(in *workflows.Input) {
		in.Request.Measure = mla.CompelledAssistance
		answers(in, mla.AssistAnswer{Timing: after(2), Person: "E-7", What: "the layout of the system"})
	}, "refused false, [{E-7 true the layout of the system 0}]", "refused false, [{Quillmail false the layout of the system 0}]", helped},
	{"L16 reach", func(in *workflows.Input) {
		in.Request.Measure = mla.CompelledAssistance
		answers(in, mla.AssistAnswer{Timing: after(2), What: "release keys", Reach: 30_000_000})
	}, "refused false, [{Quillmail false release keys 30000000}]", "refused true, []", helped},
	{"L16 firm", func(in *workflows.Input) {
		in.Request.Channel = mla.Direct
		answers(in, mla.DraftAnswer{Staff: "E-7"})
	}, "E-7", "Quillmail", func(events []mla.Event) string {
		b := bodies[mla.OrderServedBody](events)[0]
		if b.Person != "" {
			return b.Person
		}
		return b.Provider
	}},
	{"L20 enhanced", func(in *workflows.Input) {
		answers(in, mla.LedgerAnswer{Timing: after(1), Findings: []string{"found by birch: another list"}})
	}, "[40]", "[120]", read},
	{"L20 enhanced", func(in *workflows.Input) {}, "[40]", "[40]", read},
	{"L13 gated", func(in *workflows.Input) { in.Request.Channel = mla.Direct },
		"0 told, [], 1 produced", "1 told, [granted], 1 produced", ordered},
	{"L13 gated", func(in *workflows.Input) {
		in.Request.Channel, in.Known[mla.CentralAuthority] = mla.Direct, mla.Facts{"interest.prejudiced": mla.Bool(true), "pair.other_mla_treaty": mla.Bool(false)}
		answers(in, mla.DecideAnswer{Timing: after(30), Minutes: 40, Method: mla.ByConduct, Raises: []string{"uncc/40(21)(b)"}})
	}, "0 told, [], 1 produced", "1 told, [refused], 0 produced", ordered},
	{"L13 gated", func(in *workflows.Input) {
		in.Request.Channel = mla.Direct
		delete(in.Script, mla.QDecide)
	}, "0 told, [], 1 produced", "1 told, [], 0 produced", ordered},
	{"L17 hashes", func(in *workflows.Input) {
		answers(in, mla.ExportAnswer{Damage: mla.Altered})
		answers(in, mla.TrialAnswer{Timing: after(100), Admits: true})
	}, "x=, admitted [false]", "x==, admitted [true]", chain},
	{"L17 hashes", func(in *workflows.Input) {
		answers(in, mla.CarryAnswer{Damage: mla.Unhashed})
		answers(in, mla.TrialAnswer{Timing: after(100), Admits: true, AdmitsBroken: true})
	}, "=?, admitted [true]", "==, admitted [true]", chain},
	{"L19 forum", func(in *workflows.Input) {
		in.Request.Requested = "elm"
		told(in)
	}, "no court", "court@elm, standing yes, granted", sought},
	{"L19 forum", told, "court@alder, standing no, denied: no standing", "court@alder, standing yes, granted", sought},
	{"L19 tolling", func(in *workflows.Input) {
		in.Request.Requested = "birch"
		told(in)
		answers(in, mla.RemedyAnswer{Timing: after(59)})
	}, "court@birch, standing yes, denied: out of time", "court@birch, standing yes, granted", sought},
	{"L26 full-reading", func(in *workflows.Input) {
		in.Request.Urgent = true
		answers(in, mla.DecideAnswer{Timing: after(3), Minutes: 40, UrgentMinutes: 4, Method: mla.ByConduct})
	}, "[4]", "[40]", read},
	{"L26 full-reading", func(in *workflows.Input) {
		in.Request.Urgent, in.Stated["urgency.shown"] = true, mla.Bool(true)
		answers(in, mla.DecideAnswer{Timing: after(3), Minutes: 40, UrgentMinutes: 4, Method: mla.ByConduct})
	}, "[4]", "[4]", read},
	{"L27 tier", located, "336 points as traffic", "336 points as location", points},
	{"L27 hourly", func(in *workflows.Input) {
		located(in)
		answers(in, mla.InterceptAnswer{Days: 14, Points: 14 * 288})
	}, "4032 points as traffic", "336 points as location", points},
	{"L29 in-place", func(in *workflows.Input) { in.Stated["conduct.sexual_image_of_minor"] = mla.Bool(true) },
		"2 hops, 5000 records", "1 hops, 0 records", func(events []mla.Event) string {
			return fmt.Sprintf("%d hops, %d records", len(bodies[mla.CustodyHandoffBody](events)), bodies[mla.TransmittedBody](events)[0].Evidence.Records)
		}},
	{"L30 look-up", func(in *workflows.Input) {
		in.Known[mla.Court] = mla.Facts{"person.licensed_handler": mla.Bool(true)}
		in.Stated["conduct.sexual_image_of_minor"] = mla.Bool(true)
		answers(in, mla.DecideAnswer{Timing: after(3), Minutes: 40, Method: mla.ByConduct, Raises: []string{"L30/licensed"}})
	}, "granted", "refused", func(events []mla.Event) string {
		return string(bodies[mla.DecidedBody](events)[0].Outcome)
	}},
}

func promised(events []mla.Event) string {
	given := 0
	for _, b := range bodies[mla.AssuranceGivenBody](events) {
		if b.Given {
			given++
		}
	}
	return fmt.Sprintf("%d asked, %d given, %d broken, %d departures", len(bodies[mla.AssuranceAskedBody](events)), given,
		len(bodies[mla.AssuranceBreachedBody](events)), len(bodies[mla.DecidedBody](events)[0].Departures))
}

func reviewed(events []mla.Event) string {
	out := []string{}
	for i, b := range bodies[mla.ReviewOpenedBody](events) {
		out = append(out, b.Drawn+": "+bodies[mla.ReviewClosedBody](events)[i].Finding)
	}
	return fmt.Sprint(out)
}

func screened(events []mla.Event) string {
	out := [][]string{}
	for _, b := range bodies[mla.RoleScreenedBody](events) {
		out = append(out, b.Found)
	}
	return fmt.Sprint(out)
}

func sent(events []mla.Event) string {
	held := []int{}
	for _, b := range bodies[mla.PrivilegeFilteredBody](events) {
		held = append(held, b.Held)
	}
	return fmt.Sprintf("sent %d, filtered %v", bodies[mla.TransmittedBody](events)[0].Evidence.Records, held)
}

func kept(events []mla.Event) string {
	var received time.Time
	for _, e := range events {
		switch {
		case e.Kind == mla.Transmitted && e.Passage == mla.Received:
			received = e.At
		case e.Kind == mla.Deleted:
			return fmt.Sprintf("deleted after %d days", int(e.At.Sub(received)/(24*time.Hour)))
		}
	}
	return "kept"
}

func leaked(events []mla.Event) string {
	told := []any{}
	for _, b := range bodies[mla.BreachNotifiedBody](events) {
		told = append(told, b.To, b.HoursAfter)
	}
	return fmt.Sprintf("%d found, told %v", len(bodies[mla.BreachFoundBody](events)), told)
}

func helped(events []mla.Event) string {
	decided := bodies[mla.DecidedBody](events)
	return fmt.Sprintf("refused %t, %v", decided[len(decided)-1].Outcome == mla.Refused, bodies[mla.AssistanceCompelledBody](events))
}

// chain writes each hop as kept (=), broken (x) or without a hash (?).
func chain(events []mla.Event) string {
	out := ""
	for _, b := range bodies[mla.CustodyHandoffBody](events) {
		switch {
		case b.HashIn == "":
			out += "?"
		case b.HashIn != b.HashOut:
			out += "x"
		default:
			out += "="
		}
	}
	admitted := []bool{}
	for _, b := range bodies[mla.AdmissibilityRuledBody](events) {
		admitted = append(admitted, b.Admitted)
	}
	return fmt.Sprintf("%s, admitted %v", out, admitted)
}

// told has the person told, and go to law with a good case.
func told(in *workflows.Input) {
	in.Request.Safeguards = []string{"L03"}
	answers(in, mla.RemedyAnswer{Timing: after(40)})
	answers(in, mla.RemedyRulingAnswer{Timing: after(100), Grants: true, Reason: "no ground for it"})
}

func sought(events []mla.Event) string {
	s := bodies[mla.RemedySoughtBody](events)
	if len(s) == 0 {
		return "nothing sought"
	}
	if s[0].Forum == "" {
		return "no court"
	}
	out := fmt.Sprintf("%s, standing %s, ", s[0].Forum, s[0].Standing)
	switch decided := bodies[mla.RemedyDecidedBody](events); {
	case len(decided) == 0:
		return out + "undecided"
	case decided[0].Granted:
		return out + "granted"
	default:
		return out + "denied: " + decided[0].Reason
	}
}

func read(events []mla.Event) string {
	out := []int{}
	for _, b := range bodies[mla.ReviewPerformedBody](events) {
		out = append(out, b.Minutes)
	}
	return fmt.Sprint(out)
}

// silenced is what became of secrets.
func silenced(events []mla.Event) string {
	lifted, opened := bodies[mla.ConfidentialityLiftedBody](events), 0
	for _, b := range lifted {
		if b.Opened != nil {
			opened++
		}
	}
	return fmt.Sprintf("%d renewed, %d lifted, %d opened", len(bodies[mla.ConfidentialityRenewedBody](events)), len(lifted), opened)
}

// informed is how many persons each notice told.
func informed(events []mla.Event) string {
	persons := []int{}
	for _, b := range bodies[mla.SubjectNotifiedBody](events) {
		persons = append(persons, b.Persons)
	}
	return fmt.Sprint(persons)
}

// ordered is what the State where the provider is made of an order.
func ordered(events []mla.Event) string {
	told, decided := 0, []mla.Outcome{}
	for _, e := range events {
		if e.Kind == mla.StateNotified && e.Party == "alder" {
			told++
		}
	}
	for _, b := range bodies[mla.DecidedBody](events) {
		decided = append(decided, b.Outcome)
	}
	return fmt.Sprintf("%d told, %v, %d produced", told, decided, len(bodies[mla.ProducedBody](events)))
}

func located(in *workflows.Input) {
	in.Request.Measure = mla.RealTimeTraffic
	answers(in, mla.AuthoriseAnswer{Ruling: mla.RulingGrant, Days: 14})
	answers(in, mla.InterceptAnswer{Points: 336})
}

func points(events []mla.Event) string {
	b := bodies[mla.InterceptionStoppedBody](events)[0]
	return fmt.Sprintf("%d points as %s", b.Points, b.Tier)
}

// onOtherChannels are the duties that show on other channels, in a ledger between cases, or for the defence; they are tested
// with those.
var onOtherChannels = []string{"L13 logged", "L13 gated", "L13 validated", "L15 alerted", "L20 ledger", "L21 notice", "L22 carried"}

// TestADutyChangesWhatIsOnTheLogs plays each case twice, with a safeguard off and on.
func TestADutyChangesWhatIsOnTheLogs(t *testing.T) {
	b := law(t)
	for i, p := range pairs {
		t.Run(fmt.Sprintf("%s %d", p.duty, i), func(t *testing.T) {
			in := plain()
			p.play(&in)
			with := in.Request.Safeguards // beside the one in question, on both sides
			if got := p.shows(under(t, b, in, with...)); got != p.off {
				t.Errorf("off: got %q, want %q", got, p.off)
			}
			if got := p.shows(under(t, b, in, append(slices.Clone(with), p.duty[:3])...)); got != p.on {
				t.Errorf("on: got %q, want %q", got, p.on)
			}
		})
	}
	for _, duty := range policies.Acted {
		if !slices.Contains(onOtherChannels, duty) && !slices.ContainsFunc(pairs, func(p pair) bool { return p.duty == duty }) {
			t.Errorf("nothing shows what %s changes: add a pair", duty)
		}
	}
}

// TestTheDocketShowsWhatStaysSealed holds the public's view of a docket to what is secret.
func TestTheDocketShowsWhatStaysSealed(t *testing.T) {
	b, in := law(t), plain()
	_, entered := first[mla.DocketEnteredBody](t, under(t, b, in, "L07"))
	opening, opened := first[mla.DocketOpenedBody](t, under(t, b, in, "L07"))
	r := in.Request
	r.Reference = opened.Reference
	if opened.Commitment != entered.Commitment || workflows.Commitment(r) != entered.Commitment || !opening.ReadableBy(mla.Public) {
		t.Errorf("%+v opens %+v, readers %v", opened, entered, opening.Readers)
	}
	in.Request.Confidential = true
	if n := len(bodies[mla.DocketOpenedBody](under(t, b, in, "L07"))); n != 0 {
		t.Errorf("opened %d times while the secret stands", n)
	}
	lifted, _ := first[mla.ConfidentialityLiftedBody](t, under(t, b, in, "L02", "L07"))
	opening, _ = first[mla.DocketOpenedBody](t, under(t, b, in, "L02", "L07"))
	if !opening.At.Equal(lifted.At) {
		t.Errorf("opened on %s, secret lifted on %s", opening.At, lifted.At)
	}
}

// TestAFindingThatIsWithheldIsNotThePublics keeps a finding from those it was not published to.
func TestAFindingThatIsWithheldIsNotThePublics(t *testing.T) {
	b, in := law(t), plain()
	for _, withholds := range []bool{false, true} {
		answers(&in, mla.ReviewAnswer{Drawn: mla.DrawnByRisk, Finding: "by label", Withholds: withholds})
		e, body := first[mla.ReviewClosedBody](t, under(t, b, in, "L09"))
		if e.ReadableBy(mla.Public) == withholds || body.Published == withholds || !e.ReadableBy(mla.Auditor) {
			t.Errorf("withholds %t: readers %v, published %t", withholds, e.Readers, body.Published)
		}
	}
}

// TestTheLawOfACaseMovesByItsEventOnly switches a safeguard on while a case runs.
func TestTheLawOfACaseMovesByItsEventOnly(t *testing.T) {
	b, in := law(t), plain()
	in.Request.Confidential = true
	in.Request.Preserve = true
	answers(&in, mla.PreservationAnswer{})
	for days, want := range map[mla.Days]int{1: 1, 20: 1, 300: 0} {
		answers(&in, mla.LegislateAnswer{Timing: after(days), Safeguards: []string{"L02"}, What: "secrets end"})
		events := under(t, b, in)
		changed, body := first[mla.LawChangedBody](t, events)
		if body.State != "alder" || changed.At != in.Start.AddDate(0, 0, int(days)) {
			t.Errorf("%+v on %s", body, changed.At)
		}
		ends := 0
		for _, e := range events {
			if s, ok := e.Body.(mla.ConfidentialityImposedBody); ok && s.ExpiresAt != nil {
				ends++
				if e.At.Before(changed.At) {
					t.Errorf("a secret of %s has an end by a law of %s", e.At, changed.At)
				}
			}
		}
		if ends < want || want == 0 && ends > 0 {
			t.Errorf("changed after %d days: %d secrets with an end, want %d", days, ends, want)
		}
	}
}

// TestARequestIsWithdrawnRatherThanItsSourceDeclared asks how the requesting State came to look there.
func TestARequestIsWithdrawnRatherThanItsSourceDeclared(t *testing.T) {
	b, in := law(t), plain()
	answers(&in, mla.SupplementAnswer{Timing: after(5), Withdraws: []mla.Path{"request.source_declared"}})
	if n := len(bodies[mla.RequestWithdrawnBody](under(t, b, in))); n != 0 {
		t.Error("withdrawn though nobody asked")
	}
	if n := len(bodies[mla.RequestWithdrawnBody](under(t, b, in, "L24"))); n != 1 {
		t.Errorf("withdrawn %d times", n)
	}
}

// TestWhatFollowsDeliveryHasTheSameEventsOnBothClocks plays cases in which most of it happens.
func TestWhatFollowsDeliveryHasTheSameEventsOnBothClocks(t *testing.T) {
	b, s := law(t), server(t)
	long := plain()
	long.Request.Urgent, long.Stated["offence.death_penalty"] = true, mla.Bool(true)
	told(&long)
	for _, a := range []mla.ReplyTo{
		mla.ScreenAnswer{Timing: after(2), How: "a register"}, mla.AssuranceAnswer{Timing: after(10), Gives: true, BreachedAfter: 300, Breach: "broken"},
		mla.FilterAnswer{Timing: after(4), Held: 3, By: "filter team"}, mla.ExportAnswer{Timing: after(1), Damage: mla.Altered},
		mla.CarryAnswer{Timing: after(1), Damage: mla.Unhashed}, mla.TrialAnswer{Timing: after(200), Admits: true},
		mla.BreachAnswer{Timing: after(30), Persons: 4}, mla.ReviewAnswer{Timing: after(50), Drawn: mla.DrawnAtRandom, Finding: "hurried"},
		mla.AnswerReviewAnswer{Timing: after(9), Words: "so it was"}, mla.LegislateAnswer{Timing: after(400), Safeguards: []string{"L07", "L08", "L19"}, What: "new"},
	} {
		answers(&long, a)
	}
	live := plain()
	located(&live)
	compelled := plain()
	compelled.Request.Measure = mla.CompelledAssistance
	answers(&compelled, mla.AssistAnswer{Timing: after(2), What: "keys", Reach: 9})
	for name, c := range map[string]struct {
		in   workflows.Input
		with []string
	}{
		"long, off": {long, nil}, "long, on": {long, []string{"L03", "L05", "L07", "L08", "L09", "L10", "L12", "L17"}},
		"live, off": {live, nil}, "live, on": {live, []string{"L01", "L27"}}, "compelled, on": {compelled, []string{"L16"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := c.in
			in.Case, in.Policy, in.Request.Safeguards = "both-"+name, b.Digest(), c.with
			want := under(t, b, in, c.with...)
			_, got := onTemporal(t, s, b, in, 0)
			if diff := cmp.Diff(lines(t, want), lines(t, got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
