package auditlog

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"rogatory/internal/mla"
)

func sealedSample(t testing.TB, change func(*mla.Event)) *sealedEvent {
	t.Helper()
	id, err := newIdentity("rogatory.example/alder", []byte("a seed of thirty-two bytes, more"))
	if err != nil {
		t.Fatal(err)
	}
	e := mla.Event{
		Case: "c-1", Party: "alder", At: time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC), Kind: mla.ReviewPerformed,
		Readers: []mla.Role{mla.Auditor}, Body: mla.ReviewPerformedBody{Minutes: 5, Checks: []string{"form"}},
	}
	if change != nil {
		change(&e)
	}
	out, err := newSealer("rogatory.example/alder", "alder", id.secret).seal(e)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWhatIsSealedDependsOnTheEventAloneAndHidesItsLength(t *testing.T) {
	one := sealedSample(t, nil)
	again := sealedSample(t, func(e *mla.Event) { e.At = e.At.In(time.FixedZone("", 3600)); e.Articles = []string{} })
	if !bytes.Equal(one.leaf, again.leaf) || !bytes.Equal(one.ciphertext, again.ciphertext) {
		t.Error("the same event twice has different bytes")
	}
	for what, change := range map[string]func(*mla.Event){
		"body":     func(e *mla.Event) { e.Body = mla.ReviewPerformedBody{Minutes: 6, Checks: []string{"form"}} },
		"case":     func(e *mla.Event) { e.Case = "c-2" },
		"sequence": func(e *mla.Event) { e.Sequence = 1 },
		"readers":  func(e *mla.Event) { e.Readers = []mla.Role{mla.Court} },
		"time":     func(e *mla.Event) { e.At = e.At.Add(time.Second) },
	} {
		other := sealedSample(t, change)
		if bytes.Equal(other.ciphertext, one.ciphertext) || other.hash == one.hash {
			t.Errorf("another %s has the same sealed body", what)
		}
		if len(other.ciphertext) != len(one.ciphertext) || len(one.ciphertext) != padding+16 {
			t.Errorf("another %s shows in the length: %d, %d", what, len(other.ciphertext), len(one.ciphertext))
		}
	}
}

// BenchmarkSeal is what an event costs before it goes to the tree, for an event of the sample and for a letter.
func BenchmarkSeal(b *testing.B) {
	id, err := newIdentity("rogatory.example/alder", []byte("a seed of thirty-two bytes, more"))
	if err != nil {
		b.Fatal(err)
	}
	letter := mla.Request{
		Reference: "c-1", Requesting: "cassia", Requested: "alder", Instruments: []string{"uncc"}, Authority: "Public prosecutor",
		Offence: mla.Offence{Label: "sedition", MaxPenaltyYears: 7}, Conduct: "In January members of a committee called for the harbour to be closed.",
		Measure: mla.Produce, Scope: mla.Scope{Categories: []mla.Category{mla.Subscriber}, Accounts: 6, Persons: 140, Months: 4}, Person: "P-291",
	}
	for name, body := range map[string]mla.Body{
		"review": mla.ReviewPerformedBody{Minutes: 5, Checks: []string{"form"}},
		"letter": mla.RequestSubmittedBody{Request: letter, Facts: mla.Facts{"conduct.intent": mla.Bool(true)}, Submission: 1},
	} {
		b.Run(name, func(b *testing.B) {
			s := newSealer("rogatory.example/alder", "alder", id.secret)
			e := mla.Event{
				Case: "c-1", Party: "alder", At: time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC), Kind: body.Kind(),
				Readers: []mla.Role{mla.Auditor}, Body: body,
			}
			b.ReportAllocs()
			done := PerCore(b, "event")
			defer func() { done(b.N) }()
			for b.Loop() {
				e.Sequence++
				if _, err := s.seal(e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestALeafIsTheCanonicalFormOfWhatItHolds(t *testing.T) {
	for _, readers := range [][]mla.Role{nil, {mla.Auditor}, {mla.Auditor, mla.Court}} {
		s := sealedSample(t, func(e *mla.Event) { e.Case, e.Readers = "c-ü\"\n", readers })
		var l leafForm
		if err := json.Unmarshal(s.leaf, &l); err != nil {
			t.Fatal(err)
		}
		again, err := mla.Canonical(l)
		if err != nil || !bytes.Equal(again, s.leaf) || l.Key != s.key || l.Sealed != s.hash || l.Version != 1 {
			t.Errorf("%s, canonical %s, %v", s.leaf, again, err)
		}
	}
}
