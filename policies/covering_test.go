package policies_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/policies"
)

// The law's own tests: each case's rule answers as the case says, and each rule has a case for each answer.
func TestTheLawsOwnCasesHoldAndCoverEveryRuleThreeWays(t *testing.T) {
	cover, faults := policies.RunCases(shippedBundle(t))
	for _, f := range faults {
		t.Error(f.Detail())
	}
	if cover.Covered() != len(cover.Rules) {
		t.Errorf("%d of %d rules covered", cover.Covered(), len(cover.Rules))
	}
	t.Log(cover)
}

// Section 10 of the research notes numbers the traps; each is a case with a name, and a case without a rule asks for terms.
func TestEachTrapIsACaseWithAName(t *testing.T) {
	cases, faults := shippedBundle(t).Cases()
	for _, f := range faults {
		t.Error(f.Detail())
	}
	named := map[int]int{}
	for _, c := range cases {
		named[c.Trap]++
		if c.Trap > 0 && c.File != "cases/traps.yaml" {
			t.Errorf("%s:%d: a trap stands in traps.yaml", c.File, c.Line)
		}
		if c.Rule == "" && len(c.Terms) == 0 {
			t.Errorf("%s:%d asks nothing", c.File, c.Line)
		}
	}
	for n := 1; n <= policies.Traps; n++ {
		if named[n] == 0 {
			t.Errorf("trap %d has no case", n)
		}
	}
}

const rightCase = `cases:
  - name: A trivial matter may be declined.
    rule: uncc/40(8) trivial
    instruments: [uncc]
    between: [cassia, alder]
    facts: {offence.trivial: true, pair.other_mla_treaty: false}
    holds: "yes"
`

var brokenCases = []struct{ name, old, new string }{
	{"a case names a rule there is not", "uncc/40(8) trivial", "uncc/40(8) trivil"},
	{"a case names an instrument there is not", "[uncc]", "[unc]"},
	{"a case is between three States", "[cassia, alder]", "[cassia, alder, elm]"},
	{"a case gives a fact there is not", "offence.trivial: true", "offence.trival: true"},
	{"a case gives a fact of the law", "offence.trivial: true", "offence.listed: true"},
	{"a case gives the letter's words as a fact", "offence.trivial: true", "request.urgent: true"},
	{"a case gives a fact a value it cannot have", "offence.trivial: true", "motive.protected_ground: religon"},
	{"a case wants another answer", `holds: "yes"`, `holds: "no"`},
	{"an unknown case does not say what is missing", `holds: "yes"`, `holds: unknown`},
	{"a case misses something else", "offence.trivial: true, pair.other_mla_treaty: false}\n    holds: \"yes\"", "offence.trivial: true}\n    holds: unknown\n    missing: [offence.fiscal]"},
	{"a decided case misses something", `holds: "yes"`, "holds: \"yes\"\n    missing: [offence.fiscal]"},
	{"a case is under an instrument that does not have the rule", "[uncc]", "[budapest]"},
	{"a case has safeguards that are not there", "instruments: [uncc]", "instruments: [uncc]\n    safeguards: [L77]"},
	{"a case reads the stack as nothing allows", "instruments: [uncc]", "instruments: [uncc]\n    yields: [uncc]"},
	{"a case expects a term there is not", `holds: "yes"`, "holds: \"yes\"\n    terms: {preservation.flor_days: 60}"},
	{"a case expects another term", `holds: "yes"`, "holds: \"yes\"\n    terms: {preservation.floor_days: 90}"},
	{"a term hangs on a step that the letter does not name", `holds: "yes"`, "holds: \"yes\"\n    terms: {authority: judge}"},
	{"a case asks neither a rule nor a term", "    rule: uncc/40(8) trivial\n    instruments: [uncc]\n    between: [cassia, alder]\n    facts: {offence.trivial: true, pair.other_mla_treaty: false}\n    holds: \"yes\"\n",
		"    rule: uncc/40(8) trivial\n    instruments: [uncc]\n    between: [cassia, alder]\n"},
	{"a trap has no such number", "rule: uncc/40(8) trivial", "trap: 19\n    rule: uncc/40(8) trivial"},
	{"a case has no name", "name: A trivial matter may be declined.\n    rule", "rule"},
}

func TestBrokenCasesGiveOneClearError(t *testing.T) {
	var got bytes.Buffer
	for _, c := range brokenCases {
		if strings.Count(rightCase, c.old) != 1 {
			t.Fatalf("%s: %q is not there once", c.name, c.old)
		}
		files := shippedBundle(t).Files()
		files["cases/made.yaml"] = []byte(strings.Replace(rightCase, c.old, c.new, 1))
		b, err := policies.Load(fsOf(files))
		if err != nil {
			t.Fatal(err)
		}
		_, faults := policies.RunCases(b)
		n := 0
		fmt.Fprintf(&got, "# %s\n", c.name)
		for _, f := range faults {
			if f.File == "cases/made.yaml" {
				n++
				fmt.Fprintln(&got, f.Detail())
			}
		}
		fmt.Fprintln(&got)
		if n != 1 {
			t.Errorf("%s: %d faults, want 1", c.name, n)
		}
	}
	const golden = "testdata/cases.golden"
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

func TestARuleWithoutItsThreeCasesFails(t *testing.T) {
	files := shippedBundle(t).Files()
	files["cases/made.yaml"] = []byte(rightCase)
	b, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	cover, faults := policies.RunCases(b)
	for _, r := range cover.Rules {
		if r.Rule == "uncc/40(8) trivial" && len(r.Lacks()) != 2 {
			t.Errorf("it lacks %v", r.Lacks())
		}
	}
	said := false
	for _, f := range faults {
		said = said || f.Message == "rule uncc/40(8) trivial has no case whose answer is no, unknown"
	}
	if !said {
		t.Errorf("%d faults, and none of it", len(faults))
	}
}
