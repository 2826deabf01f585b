package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
)

func htmlOf(t *testing.T, card Card) string {
	t.Helper()
	r, events := told()
	var b bytes.Buffer
	if err := r.HTML(&b, events, card); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryLinkOnTheRunPageLeadsSomewhereOnIt(t *testing.T) {
	got := htmlOf(t, Card{})
	places := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(got, -1) {
		if places[m[1]] {
			t.Errorf("two places are called %s", m[1])
		}
		places[m[1]] = true
	}
	links := regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(got, -1)
	for _, m := range links {
		if !strings.HasPrefix(m[1], "#") || !places[m[1][1:]] {
			t.Errorf("%s leads nowhere on the page", m[1])
		}
	}
	_, events := told()
	all := steps(events)
	for n := 1; n <= len(all); n++ {
		if !strings.Contains(got, fmt.Sprintf(`<a href="#step-%d"><title>`, n)) {
			t.Errorf("step %d is not in the picture", n)
		}
	}
	if len(links) < len(all) {
		t.Errorf("%d links for %d steps", len(links), len(all))
	}
}

func TestTheRunPageNeedsNothingElseAndNoScript(t *testing.T) {
	got := htmlOf(t, Card{})
	for _, not := range []string{"<script", "http:", "https:", "@import", "url(", "src="} {
		if strings.Contains(got, not) {
			t.Errorf("the page has %q", not)
		}
	}
}

func TestWhatACaseSaysCannotBecomeMarkup(t *testing.T) {
	const evil = `<b onclick="x">&`
	r, events := told()
	r.Title, r.Seed = evil, evil
	for i := range events {
		events[i].Articles = []string{evil}
	}
	var b bytes.Buffer
	if err := r.HTML(&b, events, Card{Claim: evil, Mechanism: []string{evil}, Notes: []string{evil}}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<b onclick") {
		t.Error("a case's text is markup on the page")
	}
}

func TestThePictureFillsItsPanelsAndLosesNoStep(t *testing.T) {
	_, events := told()
	s := newSwimlane("dogwood", "alder", events)
	for len(s.marks) < 3*stepsMost { // a case longer than a page is wide
		s.marks = append(s.marks, s.marks...)
	}
	next := 0
	for _, p := range s.panels() {
		if p.first != next || p.last < p.first {
			t.Fatalf("panel %+v after step %d", p, next-1)
		}
		if n := p.last - p.first + 1; n > stepsMost {
			t.Errorf("%d steps on one panel, at most %d fit", n, stepsMost)
		}
		next = p.last + 1
	}
	if next != len(s.marks) {
		t.Errorf("%d of %d steps are drawn", next, len(s.marks))
	}
}

// The State that asks stands first and the one that is asked second, whoever acts first; a provider under another State's
// order is silent where it is.
func TestLanesStandAsARequestTravels(t *testing.T) {
	at := func(party, of mla.State, role mla.Role, b mla.Body) mla.Event {
		return mla.Event{Party: party, Actor: mla.Actor{Role: role, State: of}, Kind: b.Kind(), Body: b, At: day(0)}
	}
	s := newSwimlane("cassia", "alder", []mla.Event{
		at("quillmail", "quillmail", mla.Provider, mla.SenderCheckedBody{}),
		at("alder", "alder", mla.CentralAuthority, mla.ObservationEndedBody{}),
		at("cassia", "cassia", mla.RequestingAuthority, mla.RequestDraftedBody{Request: mla.Request{Channel: mla.Direct, Requested: "alder"}}),
		at("cassia", "cassia", mla.RequestingAuthority, mla.ConfidentialityImposedBody{Order: "o"}),
	})
	want := []mla.Actor{
		{Role: mla.RequestingAuthority, State: "cassia"}, {Role: mla.CentralAuthority, State: "alder"}, {Role: mla.Provider, State: "quillmail"},
		{Role: mla.Provider, State: "alder"},
	}
	if diff := cmp.Diff(want, s.lanes); diff != "" {
		t.Error(diff)
	}
	if s.bars[0].lane != 3 {
		t.Errorf("the secret stands on lane %d", s.bars[0].lane)
	}
}

func TestWithoutARequestThePageTellsOfNoLetterAndNoOutcome(t *testing.T) {
	r, events := told()
	r.Obtained, r.Outcome = Obtained{Channel: mla.Police, Data: true, Persons: 2}, mla.Lapsed
	r.Days, r.Rules, r.DualCriminality = Days{}, NoRules(), mla.DualCriminality{}
	events = events[len(events)-1:]
	var b bytes.Buffer
	if err := r.HTML(&b, events, Card{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"between police authorities; no request is made", "Data of 2 persons crossed the border between police authorities; no State decided on it.",
		"Day 0 is the day on which the case begins", "The law was not asked."} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range []string{"the letter is sent", "lapsed", "Dual criminality:"} {
		if strings.Contains(b.String(), not) {
			t.Errorf("the page has %q", not)
		}
	}
}
