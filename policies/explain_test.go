package policies_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
)

func TestArticleFortyExplained(t *testing.T) {
	b := shippedBundle(t)
	p, err := b.Explain("uncc", "40")
	if err != nil {
		t.Fatal(err)
	}
	if p.Instrument.InForce || !strings.Contains(p.Instrument.Status, "Not in force") || len(p.Provisions) < 20 {
		t.Errorf("%+v, %d provisions", p.Instrument, len(p.Provisions))
	}
	for _, v := range p.Provisions {
		if !strings.HasPrefix(v.Article, "40(") || v.InWords == "" || v.Modality == "" || !strings.Contains(v.Address, "uncc.yaml:") {
			t.Errorf("%+v", v)
		}
		if constant := v.Condition == "true" && v.GivesWay == ""; !constant && len(v.Cases) < 3 {
			t.Errorf("%s has %d cases", v.Rule, len(v.Cases))
		}
		if strings.Contains(strings.ToLower(v.Says), "must refuse") || strings.Contains(v.Modality, "must refuse") {
			t.Errorf("%s: the article says may", v.Rule)
		}
		if v.Rule == "uncc/40(21)(b)" && (!strings.Contains(v.Modality, "open to the State") || v.GivesWay != "40(7)") {
			t.Errorf("%+v", v)
		}
	}
	one, err := b.Explain("uncc", "40(22)")
	if err != nil || len(one.Provisions) != 2 {
		t.Errorf("%d provisions, %v", len(one.Provisions), err)
	}
	if _, err := b.Explain("uncc", "400"); err == nil {
		t.Error("there is no Article 400")
	}
	if _, err := b.Explain("unc", ""); err == nil || !strings.HasSuffix(err.Error(), "did you mean uncc?") {
		t.Errorf("%v", err)
	}
	for _, id := range []string{"birch", "L05"} {
		if p, err := b.Explain(id, ""); err != nil || len(p.Provisions) == 0 {
			t.Errorf("%s: %d provisions, %v", id, len(p.Provisions), err)
		}
	}
}

func TestTheListNamesAllWithTheirStanding(t *testing.T) {
	b := shippedBundle(t)
	list := b.List()
	if want := len(b.InstrumentIDs()) + len(b.StateIDs()) + len(b.SafeguardIDs()); len(list) != want {
		t.Errorf("%d lines, want %d", len(list), want)
	}
	for _, l := range list {
		if l.Name == "" || l.Status == "" || l.Sort == "safeguard" && l.InForce {
			t.Errorf("%+v", l)
		}
	}
}

func TestTheLadderSaysWhatWouldFlipTheAnswer(t *testing.T) {
	law := lawOf(t, "dogwood", "gorse", "uncc")
	known := complete(t, stipulated("g11"))
	rungs, err := law.Ladder(letter("illegal-access", 4), known, "uncc/40(8) dual-criminality", "uncc/40(21)(b)")
	if err != nil {
		t.Fatal(err)
	}
	dual := rungs[0]
	if dual.Answer != mla.Yes || dual.Silence != nil || !strings.Contains(dual.Status, "Not in force") {
		t.Errorf("%+v", dual)
	}
	lines := map[string]bool{}
	for _, f := range dual.Flips {
		if len(f.Changes) != 1 || f.Answer != mla.No {
			t.Errorf("%s", f)
		}
		lines[f.String()] = true
	}
	for _, want := range []string{"conduct.good_faith_research false instead of true: no", "pair.other_mla_treaty true instead of false: no"} {
		if !lines[want] {
			t.Errorf("no flip %q among %v", want, lines)
		}
	}
	if f := rungs[1].Flips; len(f) != 1 || f[0].Answer != mla.Yes {
		t.Errorf("%v", f)
	}
	if _, err := law.Ladder(letter("fraud", 4), known, "uncc/40(99)"); err == nil {
		t.Error("there is no such rule")
	}
}

// Where no fact alone changes the answer, two do, and each flip does what it says.
func TestFlipsAreSmallestAndTrue(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	req := letter("fraud", 5)
	known := complete(t, swindle.With(y("pair.other_mla_treaty")))
	rungs, err := law.Ladder(req, known, "uncc/40(24)")
	if err != nil {
		t.Fatal(err)
	}
	if f := rungs[0].Flips; len(f) != 1 || len(f[0].Changes) != 2 {
		t.Fatalf("%v", f)
	}
	changed := maps.Clone(known)
	for _, c := range rungs[0].Flips[0].Changes {
		changed[c.Fact] = c.To
	}
	if f := finding(t, law.Assess(mla.StageAdmissibility, req, changed, mla.ByConduct), "uncc/40(24)"); f.Holds != mla.Yes {
		t.Errorf("%s", f.Holds)
	}
}

func TestRulesAreFoundAsTheyAreCited(t *testing.T) {
	law := lawOf(t, "cassia", "birch", "uncc", "budapest")
	for wish, want := range map[string][]string{
		"uncc/40(22)":                       {"uncc/40(22)"},
		"uncc 40(8) trivial":                {"uncc/40(8) trivial"},
		"uncc 40(8)":                        {"uncc/40(8) dual-criminality", "uncc/40(8) help-anyway", "uncc/40(8) trivial", "uncc/40(8) available-otherwise"},
		"31":                                {"budapest/31"},
		"40(23)":                            {"uncc/40(23)"},
		"birch press act 2":                 {"birch/press"},
		"birch/press":                       {"birch/press"},
		"budapest 29(5)":                    {"budapest/29(5)(a)", "budapest/29(5)(b)", "budapest/29(5) closed-list"},
		"uncc 40(22) beside-another-treaty": {"uncc/40(22) beside-another-treaty"},
	} {
		if got, err := law.RulesOn(wish); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", wish, got, err)
		}
	}
	for wish, want := range map[string]string{
		"uncc 40(2x)": `no rule and no article is called "uncc 40(2x)": did you mean uncc 40(22)?`,
		"gorse/press": `no rule and no article is called "gorse/press": did you mean birch press?`,
		"":            `no rule and no article is called "": name one as assess does without --only, as uncc 35(1)`,
	} {
		if _, err := law.RulesOn(wish); err == nil || !strings.HasPrefix(err.Error(), want[:30]) {
			t.Errorf("%q: %v", wish, err)
		}
	}
}

func TestAPageStandsInTheOrderOfTheArticles(t *testing.T) {
	page, err := shippedBundle(t).Explain("uncc", "40")
	if err != nil {
		t.Fatal(err)
	}
	var articles []string
	for _, p := range page.Provisions {
		articles = append(articles, p.Article)
	}
	for _, pair := range [][2]string{{"40(1)", "40(3)"}, {"40(8)", "40(12)"}, {"40(21)(a)", "40(21)(d)"}, {"40(21)(d)", "40(22)"}} {
		if slices.Index(articles, pair[0]) > slices.Index(articles, pair[1]) {
			t.Errorf("%s comes after %s: %v", pair[0], pair[1], articles)
		}
	}
}
