package auditlog

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"

	"rogatory/internal/mla"
)

// leafForm is a leaf; its canonical bytes are what the tree holds.
type leafForm struct {
	Version    int       `json:"v"`
	Cover      mla.Cover `json:"cover"`
	Key        string    `json:"key"`
	Commitment string    `json:"commitment"`
	Sealed     string    `json:"sealed"`
}

// restForm is what the cover does not show of an event.
type restForm struct {
	Actor    mla.Actor   `json:"actor"`
	Articles []string    `json:"articles"`
	Body     mla.Body    `json:"body"`
	Message  string      `json:"message"`
	Passage  mla.Passage `json:"passage"`
	Policy   string      `json:"policy"`
}

// keyScope is what one key is for.
type keyScope struct {
	Case    string     `json:"case"`
	Origin  string     `json:"origin"`
	Readers []mla.Role `json:"readers"`
}

// sealer turns events into leaves and sealed bodies. It is a pure function of its fields, and safe for concurrent use.
type sealer struct {
	origin string
	party  mla.State
	secret []byte // 32 bytes
}

// sealedEvent is an event ready for the log.
type sealedEvent struct {
	cover      mla.Cover
	key        string // id
	leaf       []byte
	leafHash   [sha256.Size]byte // of the leaf's bytes, to tell a retry from a conflict; not the tree's hash
	hash       string            // of ciphertext, hex
	ciphertext []byte
	size       int  // bytes of the event in canonical form
	newKey     bool // set when placed: the key has no note yet
}

func (s sealer) seal(e mla.Event) (*sealedEvent, error) {
	if err := s.fit(e); err != nil {
		return nil, fmt.Errorf("event %s (%s): %w", e.ID(), e.Kind, err)
	}
	cover, err := mla.Canonical(e.Cover())
	if err != nil {
		return nil, fmt.Errorf("event %s (%s): %w: %w", e.ID(), e.Kind, ErrMalformed, err)
	}
	rest, err := mla.Canonical(restForm{e.Actor, e.Articles, e.Body, e.Message, e.Passage, e.Policy})
	if err != nil {
		return nil, fmt.Errorf("event %s (%s): %w: %w", e.ID(), e.Kind, ErrMalformed, err)
	}
	if err := readable(e, rest); err != nil {
		return nil, fmt.Errorf("event %s (%s): %w: %w", e.ID(), e.Kind, ErrMalformed, err)
	}
	size := len(cover) + len(rest) - 1 // "{a}" and "{b}" against "{a,b}"
	if size > MaxEvent {
		return nil, fmt.Errorf("event %s (%s) has %d bytes, limit %d: %w: record larger content by its hash",
			e.ID(), e.Kind, size, MaxEvent, ErrTooLarge)
	}
	id, key, err := s.keyFor(e.Case, e.Readers)
	if err != nil {
		return nil, err
	}
	commitKey, cipherKey, err := eventKeys(key, e.ID())
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, commitKey)
	mac.Write(rest)
	commitment := mac.Sum(nil)
	aead, err := chacha20poly1305.NewX(cipherKey)
	if err != nil {
		return nil, err
	}
	out := &sealedEvent{cover: e.Cover(), key: id, size: size}
	out.ciphertext = aead.Seal(nil, commitment[:chacha20poly1305.NonceSizeX], pad(rest), cover)
	sum := sha256.Sum256(out.ciphertext)
	out.hash = hex.EncodeToString(sum[:])
	out.leaf, err = mla.Canonical(leafForm{1, e.Cover(), id, hex.EncodeToString(commitment), out.hash})
	out.leafHash = sha256.Sum256(out.leaf)
	return out, err
}

// readable reports whether readers will get back what is sealed: some values of the vocabulary have a canonical form
// that does not read as the same value.
func readable(e mla.Event, rest []byte) error {
	raw, err := mla.Canonical(e.Body)
	if err != nil {
		return err
	}
	back, err := mla.DecodeBody(e.Kind, raw)
	if err != nil {
		return err
	}
	again, err := mla.Canonical(restForm{e.Actor, e.Articles, back, e.Message, e.Passage, e.Policy})
	if err != nil {
		return err
	}
	if !bytes.Equal(again, rest) {
		return errors.New("its body does not read back as it was written")
	}
	return nil
}

// fit checks what the log relies on; what an event means is not its business.
func (s sealer) fit(e mla.Event) error {
	switch {
	case e.Party != s.party:
		return fmt.Errorf("%w: party %q, log of %q", ErrForeign, e.Party, s.party)
	case e.Case == "" || len(e.Case) > maxCase || strings.Contains(e.Case, "/"):
		return fmt.Errorf("%w: case %.40q: want 1 to %d bytes without a slash", ErrMalformed, e.Case, maxCase)
	case e.Sequence < 0:
		return fmt.Errorf("%w: sequence below 0", ErrMalformed)
	case e.Body == nil:
		return fmt.Errorf("%w: no body", ErrMalformed)
	case e.Body.Kind() != e.Kind:
		return fmt.Errorf("%w: body of %s", ErrMalformed, e.Body.Kind())
	}
	for i, r := range e.Readers {
		if !r.Valid() || i > 0 && e.Readers[i-1] >= r {
			return fmt.Errorf("%w: readers %v: want known roles, sorted, each once", ErrMalformed, e.Readers)
		}
	}
	return nil
}

// keyFor derives the key of a case and reader set, and its public id.
func (s sealer) keyFor(caseID string, readers []mla.Role) (id string, key []byte, err error) {
	scope, err := mla.Canonical(keyScope{caseID, s.origin, readers})
	if err != nil {
		return "", nil, err
	}
	sum := sha256.Sum256(append([]byte("rogatory key id 1\n"), scope...))
	key, err = hkdf.Expand(sha256.New, s.secret, "rogatory key 1\n"+string(scope), 32)
	return hex.EncodeToString(sum[:16]), key, err
}

// eventKeys derives the two keys of one event from the key of its case and readers.
func eventKeys(key []byte, eventID string) (commit, cipher []byte, err error) {
	both, err := hkdf.Expand(sha256.New, key, "rogatory event 1\n"+eventID, 64)
	if err != nil {
		return nil, nil, err
	}
	return both[:32], both[32:], nil
}

func pad(rest []byte) []byte {
	out := slices.Grow(slices.Clone(rest), padding)
	for len(out)%padding != 0 {
		out = append(out, ' ')
	}
	return out
}

func publicReads(readers []mla.Role) bool { return slices.Contains(readers, mla.Public) }
