package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
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
	s := newSwimlane(events)
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
