package policies_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func outline(r policies.Reason, depth int) string {
	line := strings.Repeat("  ", depth) + r.Op + " " + string(r.Answer)
	if !r.Value.IsZero() {
		line += " = " + r.Value.String()
	}
	line += ": " + r.Text + "\n"
	for _, c := range r.Children {
		line += outline(c, depth+1)
	}
	return line
}

func TestWhyTellsEveryStepAsWritten(t *testing.T) {
	law := lawOf(t, "dogwood", "gorse", "uncc")
	known := complete(t, stipulated("g11"))
	delete(known, "conduct.good_faith_research")
	got, err := law.Why("uncc/40(8) dual-criminality", letter("illegal-access", 6), known)
	if err != nil {
		t.Fatal(err)
	}
	text := outline(got, 0)
	for _, want := range []string{
		"rule unknown: uncc/40(8) dual-criminality\n",
		"  not unknown: !dual_criminality.by_conduct\n",
		"    law unknown: dual_criminality.by_conduct\n",
		"      all unknown: requesting.conduct_is_offence && requested.conduct_is_offence\n",
		"        law yes = true: requesting.conduct_is_offence\n",
		"          offence no: undermining-digital-order\n",
		"          offence yes: illegal-access\n",
		"            all yes: conduct.accessed_system && !conduct.authorised\n",
		"          offence unknown: illegal-access\n",
		"            all yes: conduct.accessed_system && conduct.security_bypassed && !conduct.authorised\n",
		"              fact yes = true: conduct.accessed_system\n",
		"              fact yes = true: conduct.security_bypassed\n", // beside it, not below: a && b && c is one step
		"              not yes: !conduct.authorised\n",
		"            defence unknown: conduct.good_faith_research\n",
		"  unless no: pair.other_mla_treaty\n",
	} {
		if !strings.Contains("\n"+text, "\n"+want) {
			t.Errorf("lacks %q in\n%s", want, text)
		}
	}
	if got.Says == "" || !strings.HasPrefix(text, "rule unknown") {
		t.Errorf("%+v", got)
	}
}

func TestWhyShowsNumbersAndWords(t *testing.T) {
	law := lawOf(t, "dogwood", "fern", "uncc")
	got, err := law.Why("uncc/2(h) both-laws", letter("undermining-digital-order", 6), complete(t, stipulated("g02")))
	if err != nil {
		t.Fatal(err)
	}
	text := outline(got, 0)
	for _, want := range []string{
		"test yes: offence.max_penalty_years >= 4\n", "fact  = 6: offence.max_penalty_years\n",
		"test yes: requested.conduct_penalty_years >= 4\n", "law  = 5: requested.conduct_penalty_years\n",
		"fact  = undermining-digital-order: offence.label\n", "law no = false: offence.listed\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q in\n%s", want, text)
		}
	}
}

func TestWhyOfARuleThatIsNotThere(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	_, err := law.Why("uncc/40(222)", mla.Request{}, nil)
	if want := `no rule "uncc/40(222)" between cassia and alder: did you mean uncc/40(22)?`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := law.Why("gorse/overlay-1", mla.Request{}, nil); err == nil {
		t.Error("Gorse's own law has no reason in Alder")
	}
	if r, err := lawOf(t, "cassia", "gorse", "uncc").Why("gorse/overlay-1", mla.Request{}, y("own_law.bars_measure")); err != nil || r.Answer != mla.Yes {
		t.Errorf("%+v %v", r, err)
	}
}

func TestWhyAndAssessNeverDisagree(t *testing.T) {
	b := shippedBundle(t)
	rapid.Check(t, func(t *rapid.T) {
		pair := drawPair(t, b)
		law, stage := lawOfPair(t, b, pair), drawStage(t)
		req, _ := drawLetter(t, b)
		known := drawKnown(t, b)
		for p := range known {
			if rapid.Bool().Draw(t, "known "+string(p)) {
				delete(known, p)
			}
		}
		findings := law.Assess(stage, req, known, mla.ByConduct).Findings
		if len(findings) == 0 {
			t.Skip("no rule at this stage")
		}
		f := rapid.SampledFrom(findings).Draw(t, "rule")
		r, err := law.Why(f.Rule, req, known)
		if err != nil {
			t.Fatal(err)
		}
		if r.Answer != f.Holds {
			t.Fatalf("%s: assessed %s, and the reason says %s", f.Rule, f.Holds, r.Answer)
		}
		coherent(t, r)
	})
}

// coherent fails where a step is decided otherwise than its decided children decide it.
func coherent(t *rapid.T, r policies.Reason) {
	count := map[mla.Answer]int{}
	for _, c := range r.Children {
		count[c.Answer]++
		coherent(t, c)
	}
	want := r.Answer
	switch all := len(r.Children); {
	case r.Op == policies.ReasonAll && count[mla.No] > 0, r.Op == policies.ReasonAny && count[mla.No] == all:
		want = mla.No
	case r.Op == policies.ReasonAll && count[mla.Yes] == all, r.Op == policies.ReasonAny && count[mla.Yes] > 0:
		want = mla.Yes
	case r.Op == policies.ReasonNot && count[mla.Yes] == 1:
		want = mla.No
	case r.Op == policies.ReasonNot && count[mla.No] == 1:
		want = mla.Yes
	}
	if r.Answer != want {
		t.Fatalf("%s is %s, its parts make it %s:\n%s", fmt.Sprintf("%.80s", r.Text), r.Answer, want, outline(r, 0))
	}
}
