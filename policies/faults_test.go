package policies_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/policies"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// broken is one fault put into the law that ships.
type broken struct {
	name, file, old, new string
	faults               int // expected; 0 stands for 1
}

var brokenFiles = []broken{
	{name: "a rule mentions a fact that is not declared", file: "regimes/uncc.yaml", old: "when: offence.trivial\n", new: "when: offence.trival\n"},
	{name: "a rule mentions a fact like no other", file: "regimes/uncc.yaml", old: "when: offence.trivial\n", new: "when: weather.rain\n"},
	{name: "the fault is on the second line of a folded condition", file: "regimes/uncc.yaml", old: "      own_case.prejudiced\n    says", new: "      own_case.prejudised\n    says"},
	{name: "the fault is inside double quotes", file: "regimes/uncc.yaml", old: `when: "!request.in_conformity"`, new: `when: "!request.in_conformty"`},
	{name: "a word is compared with a truth value", file: "regimes/uncc.yaml", old: "when: request.measure == \"interception\"\n    says: The State", new: "when: request.measure == true\n    says: The State"},
	{name: "a word is never that", file: "regimes/uncc.yaml", old: "when: request.measure == \"interception\"\n    says: The State", new: "when: request.measure == \"interceptoin\"\n    says: The State"},
	{name: "a condition is no condition", file: "regimes/uncc.yaml", old: "when: offence.fiscal\n", new: "when: offence.max_penalty_years\n"},
	{name: "a condition does not parse", file: "regimes/uncc.yaml", old: "when: offence.fiscal\n", new: "when: offence.fiscal &&\n"},
	{name: "a condition begins with an exclamation mark outside quotes", file: "regimes/uncc.yaml", old: `when: "!request.in_conformity"`, new: `when: !request.in_conformity`, faults: 2},
	{name: "a test has too many combinations", file: "regimes/uncc.yaml", old: "when: offence.fiscal\n", new: "when: offence.max_penalty_years + person.age + requested.conduct_penalty_years > 200\n"},
	{name: "a test has no answer for some value", file: "regimes/uncc.yaml", old: "when: offence.fiscal\n", new: "when: 10 / person.age > 1\n"},
	{name: "two rules share an id", file: "regimes/uncc.yaml", old: "- id: 40(24)\n", new: "- id: 40(23)\n"},
	{name: "a rule has no article", file: "regimes/uncc.yaml", old: "  - id: 40(24)\n    article: 40(24)\n", new: "  - id: 40(24)\n"},
	{name: "a rule has no confidence", file: "regimes/uncc.yaml", old: "article: 40(24)\n    confidence: unverified\n", new: "article: 40(24)\n"},
	{name: "a rule says nothing", file: "regimes/uncc.yaml", old: "    says: Bank secrecy must not be the reason for a refusal.\n", new: ""},
	{name: "a rule's words are empty", file: "regimes/uncc.yaml", old: "says: Bank secrecy must not be the reason for a refusal.", new: `says: ""`},
	{name: "an effect is unknown", file: "regimes/uncc.yaml", old: "effect: must-not-refuse\n    when: offence.fiscal", new: "effect: must-not-refus\n    when: offence.fiscal"},
	{name: "a stage is unknown", file: "regimes/uncc.yaml", old: "stage: admissibility\n    effect: must-not-refuse\n    when: offence.fiscal", new: "stage: appeal\n    effect: must-not-refuse\n    when: offence.fiscal"},
	{name: "a standard is unknown", file: "regimes/uncc.yaml", old: "standard: self-judging\n    when: interest.prejudiced\n    says: Help", new: "standard: selfjudging\n    when: interest.prejudiced\n    says: Help"},
	{name: "a rule with a condition has a subject", file: "regimes/uncc.yaml", old: "    when: offence.fiscal\n", new: "    when: offence.fiscal\n    subject: tax\n"},
	{name: "a field is unknown", file: "regimes/uncc.yaml", old: "    when: offence.fiscal\n", new: "    when: offence.fiscal\n    unles: offence.trivial\n"},
	{name: "a field is there twice", file: "regimes/uncc.yaml", old: "    when: offence.fiscal\n", new: "    when: offence.fiscal\n    when: offence.trivial\n"},
	{name: "an instrument has a mandatory ground", file: "regimes/uncc.yaml", old: "effect: may-refuse\n    when: offence.trivial", new: "effect: must-refuse\n    when: offence.trivial"},
	{name: "words claim a refusal that nothing gives", file: "regimes/uncc.yaml", old: "says: Nothing obliges a State to send personal data", new: "says: A State may refuse to send personal data"},
	{name: "words make a duty of a power", file: "regimes/uncc.yaml", old: "says: Help may be refused where the matter is trivial.", new: "says: Help must be refused where the matter is trivial."},
	{name: "words make a duty of a power, otherwise said", file: "regimes/uncc.yaml", old: "says: Help may be refused where the matter is trivial.", new: "says: A trivial matter has to be refused."},
	{name: "words make an act of a power", file: "regimes/budapest.yaml", old: "says: Assistance may be refused where the Party considers the offence a political one or connected with one.", new: "says: The Party refuses where it considers the offence a political one."},
	{name: "words make a power of a duty", file: "states/gorse.yaml", old: "says: Help must be refused where the step is barred", new: "says: Help may be refused where the step is barred"},
	{name: "words claim a refusal beside a duty to act", file: "regimes/uncc.yaml", old: "says: Reasons must be given for any refusal.", new: "says: The State may refuse, with reasons."},
	{name: "text is a list", file: "regimes/uncc.yaml", old: "name: United Nations Convention against Cybercrime", new: "name: [United Nations, Cybercrime]"},
	{name: "text is a number", file: "regimes/budapest.yaml", old: "  - id: \"31\"\n    article: \"31\"", new: "  - id: \"31\"\n    article: 31"},
	{name: "a number is text", file: "regimes/uncc.yaml", old: "days: 60", new: "days: sixty"},
	{name: "a number is too large", file: "states/gorse.yaml", old: "max_penalty_years: 6", new: "max_penalty_years: 600"},
	{name: "yes is not true", file: "regimes/uncc.yaml", old: "in_force: false\n", new: "in_force: no\n"},
	{name: "an alias of nothing", file: "states/fern.yaml", old: "name: Fern", new: "name: *fern"},
	{name: "an anchor that contains itself", file: "states/fern.yaml", old: "attributes:\n", new: "attributes: &a\n  - *a\n"},
	{name: "nobody reads a kind of event", file: "readers.yaml", old: "kinds: all\n    except:", new: "kinds: [Decided]\n    except:"},
	{name: "a kind of event is unknown", file: "readers.yaml", old: "[SubjectNotified, Remedy", new: "[SubjectNotifed, Remedy"},
	{name: "a measure nobody authorises", file: "states/gorse.yaml", old: "  interception: {authority: judge, independent: true, basis: code of criminal procedure}\n", new: ""},
	{name: "an offence looks at the label", file: "states/gorse.yaml", old: "elements: conduct.sexual_image_of_minor", new: `elements: offence.label == "child-abuse-material"`},
	{name: "dual criminality is tested by label", file: "regimes/uncc.yaml", old: "by_conduct: requesting.conduct_is_offence && requested.conduct_is_offence", new: "by_conduct: requested.label_is_offence"},
	{name: "consultation names a ground that is not there", file: "regimes/uncc.yaml", old: `"40(21)(d)"]`, new: `"40(21)(e)"]`},
	{name: "a State's own law sets a gate", file: "states/gorse.yaml", old: "effect: must-refuse", new: "effect: gate"},
	{name: "a gag without end is renewed", file: "states/alder.yaml", old: "days: 0, renewals: 0", new: "days: 0, renewals: 2"},
	{name: "a hold has days", file: "regimes/uncc.yaml", old: "    kind: hold\n", new: "    kind: hold\n    days: 60\n"},
	{name: "a State has a real name", file: "states/fern.yaml", old: "name: Fern", new: "name: South Korea"},
	{name: "a State has a firm's name", file: "states/fern.yaml", old: "name: Fern", new: "name: You Tube"},
	{name: "an id is not the file's name", file: "states/fern.yaml", old: "id: fern", new: "id: hazel"},
	{name: "a fact is declared twice", file: "facts.yaml", old: "path: conduct.deceived", new: "path: conduct.property_loss", faults: 17},
	{name: "a fact has no type there is", file: "facts.yaml", old: "path: offence.fiscal\n    type: bool", new: "path: offence.fiscal\n    type: boolean"},
	{name: "a fact is computed by nobody", file: "facts.yaml", old: "path: offence.fiscal\n    type: bool\n    known_by: requesting", new: "path: offence.fiscal\n    type: bool\n    known_by: law"},
	{name: "the engine's fact is not declared", file: "facts.yaml", old: "path: dual_criminality.by_label", new: "path: dual_criminality.by_name", faults: 2},
	{name: "a domain is too wide", file: "facts.yaml", old: "max: 120", new: "max: 1000000"},
	{name: "a file is empty", file: "states/fern.yaml", new: "# nothing\n"},
	{name: "a file is no YAML", file: "states/fern.yaml", new: "id: [fern\n"},
	{name: "a file holds two documents", file: "states/fern.yaml", old: "practice:", new: "---\npractice:"},
	{name: "a file is too large", file: "states/fern.yaml", new: strings.Repeat("#", 1<<20+1)},
	{name: "a file is not text", file: "states/fern.yaml", new: "id: fern\x00\n"},
	{name: "a file is in another encoding", file: "states/fern.yaml", new: "id: fern\nname: F\xe4rn\n"},
	{name: "a parameter is missing", file: "regimes/uncc.yaml", old: "  transparency: none\n", new: ""},
	{name: "a parameter is unknown", file: "regimes/uncc.yaml", old: "  transparency: none\n", new: "  transparency: none\n  opennes: none\n"},
	{name: "a parameter is neither words nor an absence", file: "regimes/uncc.yaml", old: "  transparency: none\n", new: "  transparency: nothing\n"},
	{name: "a parameter has no confidence", file: "regimes/uncc.yaml", old: "    says: \"endeavour\"\n    article: \"45, 46\"\n    confidence: unverified\n", new: "    says: \"endeavour\"\n    article: \"45, 46\"\n"},
	{name: "an instrument is of no kind", file: "regimes/uncc.yaml", old: "kind: treaty\n", new: "kind: treatise\n"},
	{name: "an instrument asks nobody there is", file: "regimes/uncc.yaml", old: "asks: state\n", new: "asks: states\n"},
	{name: "a timer has no length", file: "regimes/uncc.yaml", old: "    days: 60\n", new: ""},
	{name: "a timer has two lengths", file: "regimes/uncc.yaml", old: "    days: 60\n", new: "    days: 60\n    hours: 8\n"},
	{name: "a range of paragraphs is none", file: "regimes/budapest.yaml", old: "    - {article: \"27\"}\n", new: "    - 27(9)-(1)\n"},
	{name: "a range of paragraphs ends before it begins", file: "regimes/uncc.yaml", old: "from: 8, to: 31", new: "from: 31, to: 8"},
	{name: "an instrument replaces one that is not there", file: "regimes/budapest.yaml", old: "stacking:\n", new: "stacking:\n  replaces: [{instrument: unc, article: \"39\", paragraphs: [\"40\"]}]\n"},
	{name: "a rule says it always holds and need not", file: "regimes/uncc.yaml", old: "    when: offence.fiscal\n", new: "    when: offence.fiscal\n    always: true\n"},
	{name: "two files declare a fact in two ways", file: "safeguards/L15.yaml", old: "  - path: request.sender_confirmed\n    type: bool\n", new: "  - path: offence.trivial\n    type: int\n    unit: years\n    min: 0\n    max: 9\n    known_by: requested\n    means: How trivial.\n  - path: request.sender_confirmed\n    type: bool\n"},
	{name: "a safeguard closes no gap there is", file: "safeguards/L07.yaml", old: "closes: [G01, G04, G17, G48]", new: "closes: [G1]"},
	{name: "a safeguard changes nothing", file: "safeguards/L17.yaml", old: "duties:\n  - {id: hashes, says: \"Each hand-over names the hash of what came in and of what went out, and what does not match is handed over again.\", acts: true}\n", new: ""},
	{name: "a safeguard takes independence away", file: "safeguards/L01.yaml", old: "independent: true", new: "independent: false"},
	{name: "a State that is told has no window in urgent cases", file: "safeguards/L18.yaml", old: "{days: 10, urgent_days: 2}", new: "{days: 10}"},
	{name: "notice of an order hangs on a rule that is not there", file: "regimes/eu-e-evidence.yaml", old: "  notice: 8(1)\n", new: "  notice: 8(9)\n"},
	{name: "nothing says how an order reaches a provider", file: "regimes/budapest-2ap.yaml",
		old: "direct:\n  article: 7(1)\n  categories: [subscriber]\n  confidence: secondary\n  notice: 7(5)(a)\n", new: ""},
	{name: "a duty claims that something acts on it", file: "safeguards/L14.yaml", old: "acts: false", new: "acts: true"},
	{name: "a duty that nothing acts on has a measure", file: "safeguards/L14.yaml", old: "acts: false", new: "acts: false, days: 90"},
	{name: "an instrument helps in real time with a search", file: "regimes/uncc.yaml", old: "real_time: {real-time-traffic", new: "real_time: {search: [\"44\"], real-time-traffic"},
	{name: "a State hears nobody there is", file: "states/birch.yaml", old: "standing: anyone", new: "standing: everyone"},
	{name: "a safeguard excludes one that is not there", file: "safeguards/L17.yaml", old: "closes: [G15, G24]\n", new: "closes: [G15, G24]\nconflicts_with: [L71]\n"},
	{name: "a safeguard sets a term that is not there", file: "safeguards/L02.yaml", old: "secrecy: {days: 90,", new: "secrecy: {weeks: 13, days: 90,"},
	{name: "a safeguard sets a gate", file: "safeguards/L20.yaml", old: "effect: may-refuse", new: "effect: gate"},
	{name: "a State has no remedy and does not say so", file: "states/elm.yaml", old: "remedy: {available: false, days: 0, basis: \"\"}\n", new: ""},
	{name: "a category of data is unknown", file: "states/birch.yaml", old: "      subscriber: {authority", new: "      subscribers: {authority"},
	{name: "a file is missing", file: "readers.yaml", new: "\x01"},
}

// TestBrokenFilesGiveOneClearError holds what a reader of law sees to golden files: one fault, its place, and what to do.
func TestBrokenFilesGiveOneClearError(t *testing.T) {
	var got bytes.Buffer
	whole := 0 // kinds whose fault has file, line, column, the line itself with a mark under it, and what to do
	for _, c := range brokenFiles {
		files := shippedBundle(t).Files()
		switch {
		case c.new == "\x01":
			delete(files, c.file)
		case c.old == "":
			files[c.file] = []byte(c.new)
		default:
			if n := strings.Count(string(files[c.file]), c.old); n != 1 {
				t.Fatalf("%s: %q is there %d times", c.name, c.old, n)
			}
			files[c.file] = []byte(strings.Replace(string(files[c.file]), c.old, c.new, 1))
		}
		b, err := policies.Load(fsOf(files))
		var faults policies.Faults
		if !errors.As(err, &faults) || b != nil {
			t.Errorf("%s: got bundle %v and error %v, want faults", c.name, b != nil, err)
			continue
		}
		if want := max(1, c.faults); len(faults) != want {
			t.Errorf("%s: %d faults, want %d:\n%v", c.name, len(faults), want, faults)
		}
		fmt.Fprintf(&got, "# %s\n", c.name)
		if f := faults[0]; f.Line > 0 && f.Column > 0 && f.Fix != "" && strings.Count(f.Detail(), "\n") == 2 {
			whole++
		}
		for _, f := range faults {
			fmt.Fprintln(&got, f.Detail())
			if f.Message == "" || f.File == "" || f.Fix == "" || len(f.Error()) > 400 {
				t.Errorf("%s: unclear: %s", c.name, f)
			}
		}
		fmt.Fprintln(&got)
	}
	if whole < 60 {
		t.Errorf("%d of %d kinds show the line and what to do", whole, len(brokenFiles))
	}
	t.Logf("%d kinds of broken file, %d of them with the line itself", len(brokenFiles), whole)
	const golden = "testdata/faults.golden"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("faults differ from %s; -update rewrites it (-want +got):\n%s", golden, diff)
	}
}

func TestAllFaultsComeAtOnceInOrder(t *testing.T) {
	files := shippedBundle(t).Files()
	for _, name := range []string{"regimes/uncc.yaml", "regimes/budapest.yaml"} {
		files[name] = []byte(strings.NewReplacer("when: offence.trivial\n", "when: offence.trival\n", "reasons: {article: ", "reason: {article: ").Replace(string(files[name])))
	}
	files["states/elm.yaml"] = []byte(strings.Replace(string(files["states/elm.yaml"]), "name: Elm", "name: France", 1))
	_, err := policies.Load(fsOf(files))
	var faults policies.Faults
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var files2 []string
	for _, f := range faults {
		files2 = append(files2, f.File)
	}
	if diff := cmp.Diff([]string{"regimes/budapest.yaml", "regimes/uncc.yaml", "regimes/uncc.yaml", "states/elm.yaml"}, files2); diff != "" {
		t.Errorf("(-want +got):\n%s\n%v", diff, err)
	}
	var one policies.Fault
	if !errors.As(err, &one) || strings.Count(err.Error(), "\n") != len(faults)-1 {
		t.Errorf("error does not list its faults: %v", err)
	}
}

func TestASubjectThatStandsAloneIsReported(t *testing.T) {
	files := shippedBundle(t).Files()
	files["regimes/budapest.yaml"] = []byte(strings.Replace(string(files["regimes/budapest.yaml"]), "subject: preservation at home", "subject: preservation at hme", 1))
	faults := policies.Check(fsOf(files))
	if len(faults) != 2 || faults[0].Line == 0 || faults[0].Message != `no other rule has the subject "preservation at hme"` ||
		faults[0].Fix != `did you mean "preservation at home"?` {
		t.Errorf("%v", faults)
	}
}

func TestAFactThatNothingReadsIsReported(t *testing.T) {
	files := shippedBundle(t).Files()
	files["facts.yaml"] = append(files["facts.yaml"], "  - path: weather.rain\n    type: bool\n    known_by: requesting\n    means: It rained.\n"...)
	if _, err := policies.Load(fsOf(files)); err != nil {
		t.Errorf("it is no reason not to load: %v", err)
	}
	faults := policies.Check(fsOf(files))
	if len(faults) != 1 || faults[0].Line == 0 || faults[0].Message != "nothing reads the fact weather.rain" {
		t.Errorf("%v", faults)
	}
}

func TestARuleThatDecidesNothingIsReported(t *testing.T) {
	for _, c := range []struct{ name, old, new, message, fix string }{
		{"never", "when: offence.trivial\n", "when: offence.trivial && !offence.trivial\n",
			"no facts make the rule uncc/40(8) trivial hold between any two States", "change the condition, or remove the rule"},
		{"never, by what the States punish", "when: offence.trivial\n", "when: requesting.conduct_penalty_years > 5 && !requesting.conduct_is_offence\n",
			"no facts make the rule uncc/40(8) trivial hold between any two States", "change the condition, or remove the rule"},
		{"always", "when: offence.trivial\n", "when: offence.trivial || !offence.trivial\n",
			"no facts make the condition of the rule uncc/40(8) trivial fail", `write "true"`},
		{"a ground whose reason is forbidden", "when: offence.trivial\n", "when: offence.trivial && offence.fiscal\n",
			"the rule uncc/40(8) trivial is a ground only where uncc/40(23) forbids that reason", "narrow one of the two"},
	} {
		files := shippedBundle(t).Files()
		files["regimes/uncc.yaml"] = []byte(strings.Replace(string(files["regimes/uncc.yaml"]), c.old, c.new, 1))
		if _, err := policies.Load(fsOf(files)); err != nil {
			t.Errorf("%s: it is no reason not to load: %v", c.name, err)
		}
		faults := policies.Check(fsOf(files))
		if len(faults) != 1 || faults[0].Message != c.message || faults[0].Fix != c.fix || faults[0].Line == 0 || !strings.Contains(faults[0].Excerpt, "when: ") {
			t.Errorf("%s: %v", c.name, faults)
		}
	}
}
