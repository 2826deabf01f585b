package auditlog

import (
	"bytes"
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
	out, err := sealer{"rogatory.example/alder", "alder", id.secret}.seal(e)
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

func BenchmarkSeal(b *testing.B) {
	id, err := newIdentity("rogatory.example/alder", []byte("a seed of thirty-two bytes, more"))
	if err != nil {
		b.Fatal(err)
	}
	s := sealer{"rogatory.example/alder", "alder", id.secret}
	e := mla.Event{
		Case: "c-1", Party: "alder", At: time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC), Kind: mla.ReviewPerformed,
		Readers: []mla.Role{mla.Auditor, mla.CentralAuthority}, Articles: []string{"uncc 40(15)"}, Policy: "b5a1",
		Body: mla.ReviewPerformedBody{Minutes: 5, Checks: []string{"form"}},
	}
	for b.Loop() {
		if _, err := s.seal(e); err != nil {
			b.Fatal(err)
		}
	}
}
