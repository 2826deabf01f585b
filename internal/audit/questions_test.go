package audit_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rogatory/internal/audit"
	"rogatory/internal/mla"
)

// nine are cases of letters between central authorities in which every question has an answer.
var nine = []string{"honest", "g01", "g02", "g03", "g11", "g12", "g27", "g28", "g29"}

// few are n cases of the whole library, or of those named, as somebody sees them.
func few(t testing.TB, n int, open func(mla.Event) bool, ids ...string) (cases []*audit.Case, law *audit.Law) {
	t.Helper()
	b := shipped(t)
	many(t, b, n, func(e []mla.Event) { cases = append(cases, audit.Cases(audit.See(e, open))...) }, ids...)
	return cases, audit.NewLaw(b)
}

func TestEveryQuestionIsKnownByItsWordsAndHasAnAnswerOfEachKind(t *testing.T) {
	full, law := few(t, 18, everything, nine...)
	sealed, _ := few(t, 18, nothing, nine...)
	for _, q := range audit.Questions {
		for _, words := range []string{q.ID, q.Says, strings.ToUpper(q.Says) + "?"} {
			if got, ok := audit.Asked(words); !ok || got.ID != q.ID {
				t.Errorf("%q is not understood", words)
			}
		}
		yes, unknown := 0, 0
		for _, r := range slices.Concat(q.Ask(full, law), q.Ask(sealed, law)) {
			switch r.Answer {
			case mla.Yes:
				yes++
			case mla.Unknown:
				unknown++
			case mla.No:
				t.Errorf("%s: no is left out", q.ID)
			}
			if r.Says == "" || r.Case == "" {
				t.Errorf("%s: a row without words or case: %+v", q.ID, r)
			}
		}
		if rows := q.Ask(full, law); slices.ContainsFunc(rows, func(r audit.Row) bool { return r.Answer == mla.Unknown }) {
			t.Errorf("%s: something cannot be told with every key", q.ID)
		}
		t.Logf("%s: %d yes, %d cannot tell", q.ID, yes, unknown)
	}
	if _, ok := audit.Asked("why"); ok {
		t.Error("why is understood")
	}
	for id, want := range map[string]bool{"secrets": true, "deliveries": true, "unknown": false, "refusals": false, "books": false} {
		q, _ := audit.Asked(id)
		if got := len(q.Ask(full, law)) > 0; got != want {
			t.Errorf("%s: answers with every key: %v, want %v", id, got, want)
		}
	}
	for _, id := range []string{"secrets", "deliveries", "refusals", "unknown"} {
		q, _ := audit.Asked(id)
		if len(q.Ask(sealed, law)) == 0 {
			t.Errorf("%s: without a key there is nothing that cannot be told", id)
		}
	}
}

func TestAFilterAndItsAbsencePartTheCases(t *testing.T) {
	full, law := few(t, 18, everything, nine...)
	sealed, _ := few(t, 18, nothing, nine...)
	for name, f := range map[string]audit.Filter{
		"state": {States: []mla.State{"alder"}}, "instrument": {Instrument: "uncc"}, "ground": {Ground: "budapest 27(4)(a)"},
		"gap": {Gap: "G01"}, "outcome": {Outcome: mla.Refused}, "from": {From: time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)},
		"to": {To: time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)},
	} {
		chosen, untold := f.Choose(full, law)
		if len(chosen) == 0 || len(chosen) == len(full) || len(untold) > 0 {
			t.Errorf("%s: %d of %d chosen, %d cannot be told", name, len(chosen), len(full), len(untold))
		}
		unsealed := map[string]bool{}
		for _, c := range chosen {
			unsealed[c.ID] = true
		}
		fits, perhaps := f.Choose(sealed, law)
		for _, c := range fits {
			if !unsealed[c.ID] {
				t.Errorf("%s: %s fits without a key and not with every key", name, c.ID)
			}
		}
		if len(fits)+len(perhaps) < len(chosen) {
			t.Errorf("%s: a case that fits is left out where it is sealed", name)
		}
	}
	if chosen, _ := (audit.Filter{}).Choose(full, law); len(chosen) != len(full) {
		t.Error("the empty filter does not choose every case")
	}
	open, _ := (audit.Filter{Sealed: mla.No}).Choose(full, law)
	closed, _ := (audit.Filter{Sealed: mla.Yes}).Choose(sealed, law)
	if len(open) != len(full) || len(closed) != len(sealed) {
		t.Errorf("%d open and %d sealed of %d", len(open), len(closed), len(full))
	}
}

func TestASecretIsFollowedToItsEnd(t *testing.T) {
	b := shipped(t)
	for _, r := range runs(t, b) {
		for _, x := range audit.Secrets(only(t, r.events, everything)) {
			if x.Stands == mla.Unknown || x.PastEnd == mla.Unknown || x.Days < 0 {
				t.Errorf("%s: %+v", r.name, x)
			}
		}
		switch r.name {
		case "g01 under uncc":
			x := audit.Secrets(only(t, r.events, everything))[0]
			if x.Stands != mla.Yes || x.Endless != mla.Yes || x.PastNeed != mla.Yes || x.DaysPastNeed != x.Days {
				t.Errorf("the perpetual secret: %+v", x)
			}
			covered := audit.Secrets(only(t, r.events, nothing))[0]
			if covered.Stands != mla.Yes || covered.PastNeed != mla.Yes || covered.PastEnd != mla.Unknown || covered.Endless != mla.Unknown {
				t.Errorf("by its cover: %+v", covered)
			}
		case "honest under uncc":
			for _, x := range audit.Secrets(only(t, r.events, everything)) {
				if x.Stands != mla.No {
					t.Errorf("%+v", x)
				}
			}
			for _, x := range audit.Secrets(only(t, r.events, nothing)) {
				if x.Stands != mla.Unknown {
					t.Errorf("which of two was lifted is told without a key: %+v", x)
				}
			}
			s := streamOf(r.events)
			without(us, mla.ConfidentialityLifted)(&s)
			for _, x := range audit.Secrets(only(t, s.numbered(), everything)) {
				if x.PastEnd != mla.Yes {
					t.Errorf("never lifted, and not past its end: %+v", x)
				}
			}
		}
	}
}

func TestASampleIsTheSameForTheSameSeedAndGrowsWithItsShare(t *testing.T) {
	cases, law := few(t, 36, everything)
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.String().Draw(t, "seed")
		by := rapid.SampledFrom([]audit.By{audit.Random, audit.Risk}).Draw(t, "by")
		share := rapid.Float64Range(0.01, 1).Draw(t, "share")
		larger := rapid.Float64Range(share, 1).Draw(t, "larger share")
		order := rapid.Permutation(cases).Draw(t, "order")
		a, b := audit.Draw(cases, law, by, seed, share), audit.Draw(order, law, by, seed, larger)
		if len(a.Cases) != a.Size || a.Size < 1 || b.Size < a.Size || float64(a.Size) < share*float64(len(cases))-1e-6 {
			t.Fatalf("%d for a share of %v", a.Size, share)
		}
		for i := range a.Cases {
			if a.Cases[i] != b.Cases[i] {
				t.Fatalf("the larger sample does not hold the smaller one")
			}
			if by == audit.Risk && i > 0 && a.Cases[i-1].Risk < a.Cases[i].Risk {
				t.Fatal("not by risk")
			}
		}
		if (by == audit.Random) != (a.Weight != nil) {
			t.Fatal("only a random sample stands for others")
		}
		if a.Weight != nil {
			e, k := a.Violated, 0
			for _, c := range audit.Draw(cases, law, by, seed, 1).Cases {
				if c.Violated > 0 {
					k++
				}
			}
			if p := float64(e.Found) / float64(e.Of); *e.Low > p+1e-9 || *e.High < p-1e-9 || *e.Low < 0 || *e.High > 1 || k == 0 {
				t.Fatalf("%d of %d in %v to %v", e.Found, e.Of, *e.Low, *e.High)
			}
		}
	})
	one, two := audit.Draw(cases, law, audit.Random, "1", 0.3), audit.Draw(cases, law, audit.Random, "2", 0.3)
	if slices.Equal(one.Cases, two.Cases) {
		t.Error("two seeds draw the same cases")
	}
}

func TestStatisticsAddUpAndSmallCellsCannotBeWorkedOut(t *testing.T) {
	cases, _ := few(t, 90, everything)
	letters := map[string]bool{}
	many(t, shipped(t), 90, func(events []mla.Event) {
		for _, e := range events {
			if b, ok := e.Body.(mla.RequestSubmittedBody); ok && e.Passage == mla.Received {
				letters[b.Request.Reference] = true
			}
		}
	})
	received := 0
	for _, r := range audit.Statistics(cases, 1) {
		sum := 0
		for _, f := range []audit.Field{audit.WasGranted, audit.WasRefused, audit.WasPostponed, audit.WasEnded} {
			sum += *r.Figures[f].Value
		}
		if sum != *r.Figures[audit.Received].Value || len(r.Figures) != 12 {
			t.Errorf("%s %d %s: %d outcomes of %d letters", r.State, r.Year, r.Partner, sum, *r.Figures[audit.Received].Value)
		}
		received += *r.Figures[audit.Received].Value
	}
	if received != len(letters) || received == 0 {
		t.Errorf("%d letters counted of %d that arrived", received, len(letters))
	}
	suppressed := 0
	for _, threshold := range []int{3, 5, 10} {
		for _, r := range audit.Statistics(cases, threshold) {
			hidden := 0
			for f, x := range r.Figures {
				if x.Suppressed {
					suppressed++
				}
				if x.Value != nil && f != audit.MedianDays && *x.Value > 0 && *x.Value < threshold {
					t.Errorf("%s of %d is published at a threshold of %d", f, *x.Value, threshold)
				}
			}
			for _, f := range []audit.Field{audit.WasGranted, audit.WasRefused, audit.WasPostponed, audit.WasEnded} {
				if r.Figures[f].Suppressed {
					hidden++
				}
			}
			if hidden == 1 && r.Figures[audit.Received].Value != nil {
				t.Errorf("%s %d %s: the one outcome suppressed follows from the rest", r.State, r.Year, r.Partner)
			}
		}
	}
	if suppressed == 0 {
		t.Error("nothing was suppressed: the test shows nothing")
	}
	blind, _ := few(t, 18, nothing)
	for _, r := range audit.Statistics(blind, 1) {
		if r.Figures[audit.WasGranted].Value != nil || r.Figures[audit.Received].Value == nil {
			t.Errorf("without a key: %+v", r.Figures)
		}
	}
}
