package activities

import (
	"crypto/sha256"
	"encoding/hex"

	"rogatory/internal/mla"
)

// Verb is what an act does to the world.
type Verb string

// The verbs.
const (
	Preserve Verb = "preserve"
	Serve    Verb = "serve"
	Produce  Verb = "produce"
	Transmit Verb = "transmit"
	Notify   Verb = "notify"
	Publish  Verb = "publish"
)

// Act is one act of an officer on the outside world.
type Act struct {
	Verb    Verb      `json:"verb"`
	Case    string    `json:"case"`
	State   mla.State `json:"state"`
	Key     string    `json:"key"`     // what is acted on: an order, a piece of evidence, a person. Verb, case, State and key name the act
	Subject string    `json:"subject"` // whom it is done to
	Scope   mla.Scope `json:"scope"`
	Records int       `json:"records"`
}

// Receipt proves that an act was done. It is a function of the act alone, so that every clock and every retry has the
// same one.
type Receipt struct {
	Hash string `json:"hash"` // sha256 of the act's trace, hex; for Produce, of the evidence
}

// ReceiptFor returns the trace an act leaves and the receipt for it. The evidence is a stand-in: its canonical
// description. Nothing in the procedure reads its contents.
func ReceiptFor(a Act) (trace []byte, r Receipt, err error) {
	trace, err = mla.Canonical(a)
	if err != nil {
		return nil, Receipt{}, err
	}
	sum := sha256.Sum256(trace)
	return trace, Receipt{Hash: hex.EncodeToString(sum[:])}, nil
}
