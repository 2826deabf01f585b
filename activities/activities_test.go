package activities_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.temporal.io/sdk/temporal"

	"rogatory/activities"
	"rogatory/internal/auditlog"
	"rogatory/internal/mla"
	"rogatory/policies"
)

type logs struct {
	err   error
	calls []string
}

func (l *logs) Append(_ context.Context, s mla.State, events []mla.Event) error {
	l.calls = append(l.calls, fmt.Sprintf("%s %d", s, len(events)))
	return l.err
}

type shelf map[string]*policies.Bundle

func (s shelf) Bundle(digest string) (*policies.Bundle, error) {
	if b, ok := s[digest]; ok {
		return b, nil
	}
	return nil, errors.New("no such bundle here")
}

func TestAnActDoneAgainHasTheSameReceiptAndLeavesOneTrace(t *testing.T) {
	spool := t.TempDir()
	a := &activities.Activities{Spool: spool}
	act := activities.Act{Verb: activities.Produce, Case: "c", State: "alder", Key: "evidence-1", Subject: "Quillmail", Records: 7}
	first, err := a.Produce(t.Context(), act)
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.Produce(t.Context(), act)
	if err != nil || first != second {
		t.Errorf("second receipt %v, %v; want %v", second, err, first)
	}
	traces, err := filepath.Glob(filepath.Join(spool, "*", "*", "*"))
	if err != nil || len(traces) != 1 {
		t.Fatalf("traces %v, %v; want one", traces, err)
	}
	raw, err := os.ReadFile(traces[0])
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != first.Hash {
		t.Error("the receipt is not the hash of the trace")
	}
	act.Records++
	other, err := a.Produce(t.Context(), act)
	if err != nil || other == first {
		t.Errorf("another act has the same receipt: %v, %v", other, err)
	}
}

func TestARunOfEventsGoesToEachLogInOrderAndInBatches(t *testing.T) {
	var events []mla.Event
	for _, s := range []mla.State{"alder", "alder", "cassia", "alder"} {
		events = append(events, mla.Event{Party: s})
	}
	l := &logs{}
	if err := activities.AppendTo(t.Context(), l, events); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(l.calls); got != "[alder 2 cassia 1 alder 1]" {
		t.Errorf("appended %s", got)
	}
	l = &logs{}
	if err := activities.AppendTo(t.Context(), l, make([]mla.Event, 100)); err != nil {
		t.Fatal(err)
	}
	if want := 100 / (auditlog.MaxBatchBytes / auditlog.MaxEvent); len(l.calls) < want {
		t.Errorf("a hundred events went in %d batches: one of them may be larger than the log takes", len(l.calls))
	}
}

func TestWhatTheLogRefusesIsNotRetriedAndWhatItCouldNotStoreIs(t *testing.T) {
	in := activities.AppendInput{Events: []mla.Event{{Party: "alder"}}}
	for err, wantFinal := range map[error]bool{
		fmt.Errorf("append: %w", auditlog.ErrConflict): true,
		fmt.Errorf("append: %w", auditlog.ErrOrder):    true,
		fmt.Errorf("append: %w", auditlog.ErrStorage):  false,
		fmt.Errorf("open: %w", auditlog.ErrDamaged):    false,
		fmt.Errorf("open: %w", auditlog.ErrOptions):    false,
		fmt.Errorf("append: %w", auditlog.ErrLocked):   false,
	} {
		a := &activities.Activities{Logs: &logs{err: err}}
		var failed *temporal.ApplicationError
		got := a.Append(t.Context(), in)
		if got == nil {
			t.Fatalf("%v was swallowed", err)
		}
		if final := errors.As(got, &failed) && failed.NonRetryable(); final != wantFinal {
			t.Errorf("%v: final %v, want %v", err, final, wantFinal)
		}
	}
}

func TestALawThatIsNotOnThisWorkerIsAskedForAgain(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	a := &activities.Activities{Law: shelf{b.Digest(): b}}
	r := mla.Request{Requesting: "cassia", Requested: "alder", Instruments: []string{"uncc"}, Measure: mla.Produce,
		Scope: mla.Scope{Categories: []mla.Category{mla.Content}}, Offence: mla.Offence{Label: "fraud", MaxPenaltyYears: 5}}
	got, err := a.Assess(t.Context(), activities.AssessInput{Policy: b.Digest(), Stage: mla.StageScope, Request: r, Method: mla.ByConduct})
	if err != nil || got.Policy != b.Digest() || len(got.Findings) == 0 {
		t.Errorf("assessment %v, %v", got, err)
	}
	_, err = a.Assess(t.Context(), activities.AssessInput{Policy: "another", Stage: mla.StageScope, Request: r})
	var failed *temporal.ApplicationError
	if err == nil || errors.As(err, &failed) && failed.NonRetryable() {
		t.Errorf("unknown digest: %v, want an error that may be retried", err)
	}
	if _, err := a.Terms(t.Context(), activities.TermsInput{Policy: "another", Request: r}); err == nil {
		t.Error("terms of an unknown law")
	}
}

func TestALawThatIsNowhereIsNotAskedForAgain(t *testing.T) {
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	a := &activities.Activities{Law: shelf{b.Digest(): b}}
	for name, r := range map[string]mla.Request{
		"no such instrument": {Requesting: "cassia", Requested: "alder", Instruments: []string{"hague"}},
		"no such State":      {Requesting: "atlantis", Requested: "alder", Instruments: []string{"uncc"}},
		"no instrument":      {Requesting: "cassia", Requested: "alder"},
	} {
		var failed *temporal.ApplicationError
		_, err := a.Terms(t.Context(), activities.TermsInput{Policy: b.Digest(), Request: r})
		if !errors.As(err, &failed) || !failed.NonRetryable() {
			t.Errorf("%s: %v, want an error that ends the case", name, err)
		}
	}
}
