package auditlog

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

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

// sealer turns events into leaves and sealed bodies. What it makes is a function of its first three fields and the
// event; it is safe for concurrent use.
type sealer struct {
	origin string
	party  mla.State
	secret []byte // 32 bytes
	keys   *keyShelf
}

func newSealer(origin string, party mla.State, secret []byte) sealer {
	return sealer{origin: origin, party: party, secret: secret, keys: &keyShelf{keys: map[scope]scopeKey{}}}
}

// keyShelf remembers derived keys: a case has many events and few sets of readers.
type keyShelf struct {
	mu   sync.Mutex
	keys map[scope]scopeKey
}

const maxShelf = 4096 // keys; a shelf that is full is emptied

type scope struct{ caseID, readers string }

type scopeKey struct {
	id  string
	key []byte
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
	newKey     bool // set when placed: no leaf before it has the key
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
	padded := pad(rest)
	out.ciphertext = aead.Seal(padded[:0], commitment[:chacha20poly1305.NonceSizeX], padded, cover)
	sum := sha256.Sum256(out.ciphertext)
	out.hash = hex.EncodeToString(sum[:])
	out.leaf = leafBytes(cover, id, commitment, out.hash)
	out.leafHash = sha256.Sum256(out.leaf)
	return out, nil
}

// leafBytes writes a leaf around its cover: the canonical form of leafForm, whose other fields need no escapes.
func leafBytes(cover []byte, key string, commitment []byte, sealed string) []byte {
	b := make([]byte, 0, len(cover)+256)
	b = append(b, `{"commitment":"`...)
	b = hex.AppendEncode(b, commitment)
	b = append(append(b, `","cover":`...), cover...)
	b = append(append(b, `,"key":"`...), key...)
	b = append(append(b, `","sealed":"`...), sealed...)
	return append(b, `","v":1}`...)
}

// readable reports whether readers will get back what is sealed. Of the vocabulary one value has a canonical form that
// does not read as the same value: a fact without a value, which is written null, as an absent instant is. So a body of
// its kind's own type that holds no null needs no reading.
func readable(e mla.Event, rest []byte) error {
	if reflect.TypeOf(e.Body) == bodyTypes[e.Kind] && !bytes.Contains(rest, []byte("null")) {
		return nil
	}
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

// bodyTypes are the types that bodies of each kind are read as.
var bodyTypes = func() map[mla.Kind]reflect.Type {
	out := map[mla.Kind]reflect.Type{}
	for _, k := range mla.Kinds {
		if b, err := mla.DecodeBody(k, []byte("{}")); err == nil {
			out[k] = reflect.TypeOf(b)
		}
	}
	return out
}()

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
	var names [64]byte
	joined := names[:0]
	for _, r := range readers {
		joined = append(append(joined, r...), ' ')
	}
	at := scope{caseID, string(joined)}
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	if k, ok := s.keys.keys[at]; ok {
		return k.id, k.key, nil
	}
	form, err := mla.Canonical(keyScope{caseID, s.origin, readers})
	if err != nil {
		return "", nil, err
	}
	sum := sha256.Sum256(append([]byte("rogatory key id 1\n"), form...))
	id = hex.EncodeToString(sum[:16])
	if key, err = hkdf.Expand(sha256.New, s.secret, "rogatory key 1\n"+string(form), 32); err != nil {
		return "", nil, err
	}
	if len(s.keys.keys) >= maxShelf {
		clear(s.keys.keys)
	}
	s.keys.keys[at] = scopeKey{id, key}
	return id, key, nil
}

// eventKeys derives the two keys of one event from the key of its case and readers.
func eventKeys(key []byte, eventID string) (commit, cipher []byte, err error) {
	both, err := hkdf.Expand(sha256.New, key, "rogatory event 1\n"+eventID, 64)
	if err != nil {
		return nil, nil, err
	}
	return both[:32], both[32:], nil
}

// pad fills up with spaces, and leaves room for the seal.
func pad(rest []byte) []byte {
	n := (len(rest) + padding - 1) / padding * padding
	out := append(make([]byte, 0, n+chacha20poly1305.Overhead), rest...)
	for len(out) < n {
		out = append(out, ' ')
	}
	return out
}

func publicReads(readers []mla.Role) bool { return slices.Contains(readers, mla.Public) }
