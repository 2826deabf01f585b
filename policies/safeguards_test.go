package policies_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func guarded(t testing.TB, requesting, requested mla.State, safeguards ...string) *policies.Law {
	t.Helper()
	l, err := shippedBundle(t).Law(policies.Pair{Instruments: []string{"uncc"}, Requesting: requesting, Requested: requested, Safeguards: safeguards})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAllSafeguardsStandTogether(t *testing.T) {
	b := shippedBundle(t)
	if err := b.CheckSafeguards(b.SafeguardIDs()); err != nil {
		t.Error(err)
	}
	terms := guarded(t, "dogwood", "cassia", b.SafeguardIDs()...).Terms(nil)
	if len(terms.Safeguards) != len(b.SafeguardIDs()) || len(terms.Duties) < 15 {
		t.Errorf("%v, %d duties", terms.Safeguards, len(terms.Duties))
	}
	acted := []string{}
	for _, d := range terms.Duties {
		if d.Acts {
			acted = append(acted, d.ID)
		}
		if d.Says == "" || !strings.HasPrefix(d.ID, "L") {
			t.Errorf("%+v", d)
		}
		if got, acts := terms.Duty(d.ID); acts != d.Acts || acts && got != d {
			t.Errorf("%s is found as %+v, %t", d.ID, got, acts)
		}
	}
	slices.Sort(acted)
	if diff := cmp.Diff(slices.Sorted(slices.Values(policies.Acted)), acted); diff != "" {
		t.Errorf("duties that the procedure acts on (-want +got):\n%s", diff)
	}
	if terms.ThirdState != (policies.ThirdState{Days: 10, UrgentDays: 2, Basis: "safeguard L18"}) {
		t.Errorf("%+v", terms.ThirdState)
	}
	if !terms.Challenge.Available || !terms.Challenge.Stays || !terms.Notice.Owed || terms.Notice.Days != 30 || !terms.Statistics.Published ||
		!terms.Use.Tokens || terms.Scrutiny.FloorMinutes != 30 || !terms.Authorisation[mla.Search].Independent ||
		!slices.Contains(terms.Readers["cassia"][mla.OrderServed], mla.Auditor) {
		t.Errorf("%+v", terms)
	}
	if got, want := terms.Channels, (policies.Channels{Gated: true, ValidationHours: 72, CallBack: true, Ledger: true, Capped: true, Renewals: 2,
		LapseNotice: true, Defence: true}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if s := terms.Secrecy.Law; s.Days != 90 || s.Renewals != 3 || s.Automatic {
		t.Errorf("%+v", s)
	}
	for m, g := range terms.Secrecy.Treaty {
		if g.Days == 0 || g.Days > 90 {
			t.Errorf("%s has no end: %+v", m, g)
		}
	}
}

func TestASafeguardNeverWeakensWhatTheLawHas(t *testing.T) {
	b := shippedBundle(t)
	for _, requested := range b.StateIDs() {
		if requested == "cassia" {
			continue
		}
		was := lawOf(t, "cassia", requested, "uncc").Terms(nil)
		is := guarded(t, "cassia", requested, b.SafeguardIDs()...).Terms(nil)
		for _, m := range mla.Measures {
			if was.Authorisation[m].Independent && is.Authorisation[m] != was.Authorisation[m] {
				t.Errorf("%s, %s: %+v", requested, m, is.Authorisation[m])
			}
		}
		if was.Secrecy.Law.Days > 0 && is.Secrecy.Law.Days > was.Secrecy.Law.Days || was.Notice.Owed && is.Notice.Days > was.Notice.Days ||
			was.Challenge.Stays && !is.Challenge.Stays || is.Secrecy.Law.Renewals > max(3, was.Secrecy.Law.Renewals) {
			t.Errorf("%s: was %+v, is %+v", requested, was.Secrecy.Law, is.Secrecy.Law)
		}
	}
}

func TestSafeguardsThatContradictEachOtherAreAnError(t *testing.T) {
	files := shippedBundle(t).Files()
	files["safeguards/L03.yaml"] = []byte(strings.Replace(string(files["safeguards/L03.yaml"]), "closes:", "conflicts_with: [L01]\ncloses:", 1))
	files["safeguards/L17.yaml"] = []byte(strings.Replace(string(files["safeguards/L17.yaml"]), "duties:", "terms:\n  secrecy: {days: 60}\nduties:", 1))
	b, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	for want, ids := range map[string][]string{
		"safeguards L01 and L03 exclude each other: choose one":                                                   {"L01", "L03"},
		"safeguards L02 and L17 contradict each other: secrecy.days is 90 in one and 60 in the other: choose one": {"L02", "L17"},
		"safeguard L02 is named twice":              {"L02", "L02"},
		`unknown safeguard "L2": did you mean L02?`: {"L2"},
	} {
		if err := b.CheckSafeguards(ids); err == nil || err.Error() != want {
			t.Errorf("%v: %v, want %s", ids, err, want)
		}
	}
}

// Whatever is switched on, every ground that was open stays open, and what must be refused stays so: hardening never makes
// a request easier to grant.
func TestHardeningNeverMakesARequestEasierToGrant(t *testing.T) {
	b := shippedBundle(t)
	rapid.Check(t, func(t *rapid.T) {
		pair, stage := drawPair(t, b), drawStage(t)
		hard := pair
		hard.Safeguards = rapid.Permutation(b.SafeguardIDs()).Draw(t, "safeguards")[:rapid.IntRange(1, 5).Draw(t, "how many")]
		req, _ := drawLetter(t, b)
		known := drawKnown(t, b)
		for p := range known {
			if rapid.IntRange(0, 3).Draw(t, "known "+string(p)) == 0 {
				delete(known, p)
			}
		}
		was := lawOfPair(t, b, pair).Assess(stage, req, known, mla.ByConduct)
		is := lawOfPair(t, b, hard).Assess(stage, req, known, mla.ByConduct)
		if easier(was, is) {
			t.Fatalf("easier to grant with %v", hard.Safeguards)
		}
		for i, f := range was.Findings {
			if g := is.Findings[i]; g.Rule != f.Rule || g.Holds != f.Holds || g.Effect != f.Effect {
				t.Fatalf("%s was %s and is %s", f.Rule, f.Holds, g.Holds)
			}
		}
		for _, f := range is.Findings[len(was.Findings):] {
			if f.Effect == mla.MustNotRefuse || f.Effect == mla.Gate {
				t.Fatalf("%s takes a ground away", f.Rule)
			}
		}
	})
}

// Hardened from may into must by the law of the State that is asked, whichever ground it is: the ground stays open where
// it was, and the request is nowhere easier to grant.
func TestHardeningMayIntoMustNeverMakesARequestEasierToGrant(t *testing.T) {
	b := shippedBundle(t)
	hardened := map[mla.State]*policies.Bundle{}
	rapid.Check(t, func(t *rapid.T) {
		pair := drawPair(t, b)
		may := discretionary(b, pair.Instruments[0])
		if len(may) == 0 {
			t.Skip("it has no such ground")
		}
		if hardened[pair.Requested] == nil {
			hardened[pair.Requested] = hardenedLaw(t, b, pair.Requested)
		}
		rule := rapid.SampledFrom(may).Draw(t, "ground")
		req, _ := drawLetter(t, b)
		known := drawKnown(t, b)
		for p := range known {
			if rapid.IntRange(0, 3).Draw(t, "known "+string(p)) == 0 {
				delete(known, p)
			}
		}
		was := lawOfPair(t, b, pair).Assess(rule.Stage, req, known, mla.ByConduct)
		is := lawOfPair(t, hardened[pair.Requested], pair).Assess(rule.Stage, req, known, mla.ByConduct)
		if easier(was, is) {
			t.Fatal("easier to grant once the grounds are mandatory")
		}
		after := map[string]mla.Finding{}
		for _, f := range is.Findings {
			after[f.Rule] = f
		}
		for _, f := range was.Findings {
			if g := after[f.Rule]; g.Holds != f.Holds || g.Effect != f.Effect {
				t.Fatalf("%s was %s and is %s", f.Rule, f.Holds, g.Holds)
			}
		}
		own := after[string(pair.Requested)+"/"+mandatory(rule)]
		if own.Effect != mla.MustRefuse || after[rule.ID].Holds == mla.Yes && own.Holds != mla.Yes {
			t.Fatalf("%s holds, and %+v", rule.ID, own)
		}
	})
}

func TestADutyCarriesItsMeasure(t *testing.T) {
	terms := guarded(t, "dogwood", "cassia", "L09", "L12", "L27").Terms(nil)
	for id, want := range map[string]policies.Duty{
		"L09 samples":   {Percent: 2, Days: 180},
		"L12 retention": {Days: 90},
		"L12 breach":    {Hours: 72},
		"L27 hourly":    {Most: 24},
	} {
		d, ok := terms.Duty(id)
		if want.ID, want.Says, want.Acts = d.ID, d.Says, true; !ok || d != want {
			t.Errorf("%s: %+v, %t", id, d, ok)
		}
	}
	if _, ok := terms.Duty("L17 hashes"); ok {
		t.Error("a duty of a safeguard that is off is found")
	}
}

// discretionary lists the grounds of an instrument that a State may use or need not help on.
func discretionary(b *policies.Bundle, instrument string) (out []policies.Rule) {
	for _, r := range b.Rules() {
		if r.Instrument == instrument && (r.Effect == mla.MayRefuse || r.Effect == mla.NoDuty) && r.Unless == "" {
			out = append(out, r)
		}
	}
	return out
}

func mandatory(r policies.Rule) string { return "mandatory " + strings.ReplaceAll(r.ID, "/", " ") }

// hardenedLaw is the law in which a State's own law makes duties of all those grounds.
func hardenedLaw(t *rapid.T, b *policies.Bundle, state mla.State) *policies.Bundle {
	var added strings.Builder
	for _, instrument := range b.InstrumentIDs() {
		for _, r := range discretionary(b, instrument) {
			fmt.Fprintf(&added, "  - {id: %q, article: constitution 1, confidence: verified, stage: %s, effect: must-refuse, standard: %s, when: %q, says: Made up.}\n",
				mandatory(r), r.Stage, r.Standard, r.When)
		}
	}
	files := b.Files()
	name := "states/" + string(state) + ".yaml"
	text := string(files[name])
	if !strings.Contains(text, "\noverlay:\n") {
		text += "\noverlay:\n"
	}
	files[name] = []byte(strings.Replace(text, "\noverlay:\n", "\noverlay:\n"+added.String(), 1))
	out, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	return out
}
