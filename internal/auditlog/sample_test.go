package auditlog_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"
	"time"

	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
)

const (
	origin = "rogatory.example/alder"
	party  = mla.State("alder")
)

var (
	seed  = []byte("a seed of thirty-two bytes, more")
	start = time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC)
	// roleKeys are drawn once: what is on a log never depends on them.
	roleKeys = sync.OnceValue(func() auditlog.RoleKeys {
		k, err := auditlog.GenerateKeys()
		if err != nil {
			panic(err)
		}
		return k
	})
)

func options() auditlog.Options {
	return auditlog.Options{Party: party, Origin: origin, Seed: seed, Recipients: roleKeys().Recipients()}
}

// readerSets are those the sample events turn through.
var readerSets = [][]mla.Role{
	{mla.CentralAuthority},
	{mla.Auditor, mla.CentralAuthority},
	{mla.Auditor, mla.CentralAuthority, mla.Public},
	{},
}

// event is event n of a case; its kind, readers and content follow from n.
func event(caseID string, n int) mla.Event {
	e := mla.Event{
		Case: caseID, Party: party, Sequence: n, At: start.Add(time.Duration(n) * time.Hour),
		Actor: mla.Actor{Role: mla.CentralAuthority, State: party}, Articles: []string{"uncc 40(15)"},
		Policy: "b5a1", Readers: readerSets[n%len(readerSets)],
	}
	switch n % 3 {
	case 0:
		e.Body = mla.IntakeCheckedBody{Complete: false, Lacking: []string{"the offence", "ünïcode"}}
	case 1:
		e.Body = mla.FactLearnedBody{Facts: mla.Facts{"conduct.intent": mla.Bool(true)}, Source: fmt.Sprintf("file %x", sha256.Sum256([]byte(caseID)))}
	case 2:
		e.Body = mla.ReviewPerformedBody{Minutes: n, Checks: []string{"form"}}
	}
	e.Kind = e.Body.Kind()
	return e
}

// events are the first n of a case.
func events(caseID string, n int) []mla.Event {
	out := make([]mla.Event, n)
	for i := range out {
		out[i] = event(caseID, i)
	}
	return out
}

func open(t testing.TB, dir string) *auditlog.Log {
	t.Helper()
	l, err := auditlog.Open(context.Background(), dir, options())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func shut(t testing.TB, l *auditlog.Log) {
	t.Helper()
	if err := l.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// add appends in batches of at most k.
func add(t testing.TB, l *auditlog.Log, all []mla.Event, k int) []uint64 {
	t.Helper()
	var out []uint64
	for len(all) > 0 {
		n := min(k, len(all))
		got, err := l.Append(context.Background(), all[:n])
		if err != nil {
			t.Fatal(err)
		}
		out, all = append(out, got...), all[n:]
	}
	return out
}
