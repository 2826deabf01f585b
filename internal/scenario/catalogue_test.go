package scenario_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/measure"
	"rogatory/internal/scenario"
)

func TestTheCatalogueHasEveryGapOnce(t *testing.T) {
	all := scenario.Gaps()
	if len(all) != 48 {
		t.Fatalf("%d gaps", len(all))
	}
	for i, g := range all {
		if want := fmt.Sprintf("G%02d", i+1); g.ID != want {
			t.Errorf("%s stands where %s should", g.ID, want)
		}
		if !strings.HasPrefix(g.Says, "Critics say that ") || g.Other == "" || g.Name == "" {
			t.Errorf("%s: %+v", g.ID, g)
		}
		if !slices.Contains([]scenario.Weight{scenario.Heart, scenario.Sound, scenario.Light}, g.Weight) {
			t.Errorf("%s weighs %q", g.ID, g.Weight)
		}
	}
}

func TestEveryClaimWentSomewhere(t *testing.T) {
	for _, c := range scenario.Claims() {
		if len(c.Gaps) == 0 && c.Why == "" {
			t.Errorf("%s: %q went nowhere", c.Article, c.Claim)
		}
		for _, g := range c.Gaps {
			if !isGap(g) {
				t.Errorf("%s: %q is shown by %s, which is no gap", c.Article, c.Claim, g)
			}
		}
	}
	for _, article := range []string{"S0", "S1", "S2", "S3", "S4"} {
		if !slices.ContainsFunc(scenario.Claims(), func(c scenario.Claim) bool { return c.Article == article }) {
			t.Errorf("nothing of %s is in the ledger", article)
		}
	}
}

func TestEveryMeasureIsOfAGapInTheCatalogue(t *testing.T) {
	for _, m := range measure.Measures {
		if !isGap(m.Gap) && m.Gap != "Price" { // what safeguards cost honest requests is no gap
			t.Errorf("%s is of %q", m.ID, m.Gap)
		}
	}
}

func TestEveryGapHasItsCase(t *testing.T) {
	for _, g := range scenario.Gaps() {
		if id := strings.ToLower(g.ID); !slices.Contains(scenario.IDs(), id) {
			t.Errorf("%s, %s: there is no case %s", g.ID, g.Name, id)
		}
	}
}

func isGap(id string) bool {
	return slices.ContainsFunc(scenario.Gaps(), func(g scenario.Gap) bool { return g.ID == id })
}
