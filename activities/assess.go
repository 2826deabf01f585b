package activities

import (
	"context"

	"go.temporal.io/sdk/temporal"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// AssessInput asks the law at one stage, on the facts one role knows.
type AssessInput struct {
	Policy  string      `json:"policy"`
	Stage   mla.Stage   `json:"stage"`
	Request mla.Request `json:"request"`
	Known   mla.Facts   `json:"known"`
	Method  mla.Method  `json:"method"`
}

// Assess lets the law speak. It is called as a local activity, so that the answer and the digest of the law that gave it
// are in the case's history.
func (a *Activities) Assess(_ context.Context, in AssessInput) (mla.Assessment, error) {
	law, err := a.law(in.Policy, in.Request)
	if err != nil {
		return mla.Assessment{}, err
	}
	return law.Assess(in.Stage, in.Request, in.Known, in.Method), nil
}

// TermsInput asks what the procedure has to know of the law before it takes a step.
type TermsInput struct {
	Policy  string      `json:"policy"`
	Request mla.Request `json:"request"`
	Known   mla.Facts   `json:"known"`
}

// Terms reads them off the instruments and the State files.
func (a *Activities) Terms(_ context.Context, in TermsInput) (policies.Terms, error) {
	law, err := a.law(in.Policy, in.Request)
	if err != nil {
		return policies.Terms{}, err
	}
	return law.Terms(in.Known), nil
}

// PairOf is who asks whom in a request, and under what.
func PairOf(r mla.Request) policies.Pair {
	return policies.Pair{Instruments: r.Instruments, Requesting: r.Requesting, Requested: r.Requested, Safeguards: r.Safeguards, Yields: r.Yields}
}

// law finds the law between the two States. A bundle that is not here may be on another worker; a State or an instrument
// that the bundle lacks is nowhere, and fails the case for good.
func (a *Activities) law(digest string, r mla.Request) (*policies.Law, error) {
	b, err := a.Law.Bundle(digest)
	if err != nil {
		return nil, err
	}
	law, err := b.Law(PairOf(r))
	if err != nil {
		return nil, temporal.NewNonRetryableApplicationError(err.Error(), "no-law-between-them", nil)
	}
	return law, nil
}
