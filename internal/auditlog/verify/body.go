package verify

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"rogatory/internal/mla"
)

const padding = 512

// rest is what a sealed body holds: all of an event that its cover does not show.
type rest struct {
	Actor    mla.Actor       `json:"actor"`
	Articles []string        `json:"articles"`
	Body     json.RawMessage `json:"body"`
	Message  string          `json:"message"`
	Passage  mla.Passage     `json:"passage"`
	Policy   string          `json:"policy"`
}

// restForm is rest with its body read, for its canonical bytes.
type restForm struct {
	Actor    mla.Actor   `json:"actor"`
	Articles []string    `json:"articles"`
	Body     mla.Body    `json:"body"`
	Message  string      `json:"message"`
	Passage  mla.Passage `json:"passage"`
	Policy   string      `json:"policy"`
}

// openBody opens the sealed body of a leaf with the key of its case and readers, and gives the whole event. It
// answers for the seal, the commitment, the padding and the canonical form.
func openBody(l leaf, key, ciphertext []byte) (*mla.Event, error) {
	c := l.Cover
	id := mla.EventID(c.Case, c.Party, c.Sequence)
	both, err := hkdf.Expand(sha256.New, key, "rogatory event 1\n"+id, 64)
	if err != nil {
		return nil, err
	}
	commitment, err := hex.DecodeString(l.Commitment)
	if err != nil {
		return nil, err
	}
	cover, err := mla.Canonical(c)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(both[32:])
	if err != nil {
		return nil, err
	}
	padded, err := aead.Open(nil, commitment[:chacha20poly1305.NonceSizeX], ciphertext, cover)
	if err != nil {
		return nil, errors.New("the key does not open the sealed body under its cover")
	}
	plain := bytes.TrimRight(padded, " ")
	if len(padded)%padding != 0 || len(padded)-len(plain) >= padding {
		return nil, errors.New("not padded as it should be")
	}
	mac := hmac.New(sha256.New, both[:32])
	mac.Write(plain)
	if !hmac.Equal(mac.Sum(nil), commitment) {
		return nil, errors.New("the body is not the one committed to")
	}
	return parseRest(c, plain)
}

// parseRest joins a cover and what it covers.
func parseRest(c mla.Cover, plain []byte) (*mla.Event, error) {
	var r rest
	if err := strict(plain, &r); err != nil {
		return nil, fmt.Errorf("the body is not one: %w", err)
	}
	body, err := mla.DecodeBody(c.Kind, r.Body)
	if err != nil {
		return nil, err
	}
	e := &mla.Event{
		Case: c.Case, Party: c.Party, Sequence: c.Sequence, At: c.At, Kind: c.Kind, Readers: c.Readers,
		Actor: r.Actor, Articles: r.Articles, Policy: r.Policy, Message: r.Message, Passage: r.Passage, Body: body,
	}
	again, err := mla.Canonical(restForm{r.Actor, r.Articles, body, r.Message, r.Passage, r.Policy})
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, plain) {
		return nil, fmt.Errorf("the body is not in canonical form: %s", differ(plain, again))
	}
	return e, nil
}
