package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
)

func variant(name string, o mla.Outcome, events []mla.Event, grounds ...Ground) Variant {
	return Variant{Name: name, Run: &Run{Regime: name, Outcome: o, Rules: Rules{Grounds: grounds}}, Events: events}
}

func TestWhatChangedNamesTheProvisionItComesFrom(t *testing.T) {
	political := Ground{Rule: "budapest/27(4)(a)", Article: "27(4)(a)", Effect: mla.MayRefuse, Holds: mla.Yes, Raised: true}
	served := mla.Event{Case: "c", Party: "alder", Kind: mla.OrderServed, At: day(3), Body: mla.OrderServedBody{Provider: "Parlo"}, Articles: []string{"uncc 40(17)"}}
	reasons := mla.Event{Case: "c", Party: "alder", Kind: mla.ReasonsGiven, At: day(3), Body: mla.ReasonsGivenBody{}, Articles: []string{"budapest 27(7)"}}
	c := &AcrossLaws{Variants: []Variant{
		variant("uncc", mla.Granted, []mla.Event{served}),
		variant("budapest", mla.Refused, []mla.Event{reasons}, political),
		variant("uncc", mla.Granted, []mla.Event{served}),
	}}
	c.Compare()
	told := func(what string, articles ...string) bool {
		return slices.ContainsFunc(c.Variants[1].Changes, func(x Change) bool { return x.What == what && slices.Equal(x.Articles, articles) })
	}
	if !told("outcome", "budapest 27(4)(a)") || !told("ground", "budapest 27(4)(a)") || !told("act", "budapest 27(7)") || !told("act") {
		t.Errorf("got %+v", c.Variants[1].Changes)
	}
	if len(c.Variants[2].Changes) != 0 {
		t.Errorf("the same run differs from itself: %+v", c.Variants[2].Changes)
	}
	for i := range c.Variants {
		if c.Variants[i].Changes == nil {
			t.Errorf("variant %d has null for its changes", i)
		}
	}
}

func TestEveryFigureOfTheComparisonLeadsToItsSteps(t *testing.T) {
	r, events := told()
	c := &AcrossLaws{Case: "c", Title: "t", Variants: []Variant{{Name: "uncc", Run: r, Events: events}, {Name: "uncc+L01", Run: r, Events: events}}}
	for _, g := range r.Gaps {
		c.Measures = append(c.Measures, g.ID)
	}
	c.Compare()
	var b bytes.Buffer
	if err := c.HTML(&b); err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(b.String(), -1) {
		if places[m[1]] {
			t.Errorf("two places are called %s", m[1])
		}
		places[m[1]] = true
	}
	links := regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(b.String(), -1)
	for _, m := range links {
		if !places[m[1]] {
			t.Errorf("%s leads nowhere on the page", m[1])
		}
	}
	for _, want := range []string{`<a href="#law-2">uncc&#43;L01</a>`, `<a href="#law-2-step-`, `id="law-1-step-1"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestOnTheComparisonPageACasesTextIsNoMarkup(t *testing.T) {
	c := &AcrossLaws{Title: "<b onclick=x>", Claim: "<b onclick=x>", Variants: []Variant{variant("uncc", mla.Granted, nil)}}
	c.Compare()
	var b bytes.Buffer
	if err := c.HTML(&b); err != nil {
		t.Fatal(err)
	}
	for _, not := range []string{"<b onclick", "<script", "http:", "https:"} {
		if strings.Contains(b.String(), not) {
			t.Errorf("the page has %q", not)
		}
	}
}
