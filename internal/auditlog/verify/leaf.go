package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"rogatory/internal/mla"
)

// leaf is what the tree holds of an event.
type leaf struct {
	Version    int       `json:"v"`
	Cover      mla.Cover `json:"cover"`
	Key        string    `json:"key"`        // id of the key of (case, readers)
	Commitment string    `json:"commitment"` // HMAC of the body
	Sealed     string    `json:"sealed"`     // SHA-256 of the sealed body
}

// leafReader reads the leaves of one log. What many leaves have in common it checks once.
type leafReader struct {
	origin  string
	readers map[string][]mla.Role // good reader sets, by their JSON
	keys    map[string]keyScope   // good key ids, and what each is for
	words   map[string]string     // cases, kinds and States, so that a cover does not hold on to the text of its leaf
}

type keyScope struct {
	caseID  string
	readers string // as JSON
}

func newLeafReader(origin string) *leafReader {
	return &leafReader{origin: origin, readers: map[string][]mla.Role{}, keys: map[string]keyScope{}, words: map[string]string{}}
}

// parse reads a leaf, which must be in canonical form and whose key must be that of its case and readers.
func (r *leafReader) parse(raw []byte) (leaf, error) {
	l, readers, ok := r.scan(string(raw))
	if !ok {
		return parseLeaf(raw, r.origin)
	}
	if err := l.good(); err != nil {
		return l, err
	}
	scope := keyScope{l.Cover.Case, readers}
	if r.keys[l.Key] == scope {
		return l, nil
	}
	if l.Key != keyID(r.origin, l.Cover.Case, l.Cover.Readers) {
		return l, errOtherKey
	}
	r.keys[strings.Clone(l.Key)] = keyScope{l.Cover.Case, strings.Clone(readers)}
	return l, nil
}

// word returns a text of its own that is equal to s, the same each time.
func (r *leafReader) word(s string) string {
	if w, met := r.words[s]; met {
		return w
	}
	s = strings.Clone(s)
	r.words[s] = s
	return s
}

var errNoLeaf = errors.New("not a leaf")

var errOtherKey = errors.New("the key is not that of its case and readers")

// parseLeaf is what leafReader.parse does, from the definition.
func parseLeaf(raw []byte, origin string) (leaf, error) {
	var l leaf
	if err := strict(raw, &l); err != nil {
		return l, fmt.Errorf("%w: %w", errNoLeaf, err)
	}
	again, err := mla.Canonical(l)
	if err != nil {
		return l, err
	}
	switch {
	case !bytes.Equal(again, raw):
		return l, fmt.Errorf("not in canonical form: %s", differ(raw, again))
	case l.Key != keyID(origin, l.Cover.Case, l.Cover.Readers) && l.Version == 1:
		return l, errOtherKey
	}
	if err := l.good(); err != nil {
		return l, err
	}
	return l, goodReaders(l.Cover.Readers)
}

// good checks all of a leaf but its form, its key and its readers.
func (l leaf) good() error {
	c := l.Cover
	switch {
	case l.Version != 1:
		return fmt.Errorf("version %d, want 1", l.Version)
	case !isHex(l.Commitment, 32) || !isHex(l.Sealed, 32):
		return errors.New("commitment and sealed want 64 hexadecimal digits")
	case c.Case == "" || strings.Contains(c.Case, "/") || c.Party == "" || c.Sequence < 0:
		return errors.New("the cover has no proper case, party and sequence")
	case !kinds[c.Kind]:
		return fmt.Errorf("unknown kind %.40q", c.Kind)
	}
	return nil
}

var kinds = func() map[mla.Kind]bool {
	out := map[mla.Kind]bool{}
	for _, k := range mla.Kinds {
		out[k] = true
	}
	return out
}()

func goodReaders(readers []mla.Role) error {
	for i, r := range readers {
		if !r.Valid() || i > 0 && readers[i-1] >= r {
			return fmt.Errorf("readers %.200q: want known roles, sorted, each once", readers)
		}
	}
	return nil
}

// keyID is the public name of the key of a case and reader set.
func keyID(origin, caseID string, readers []mla.Role) string {
	scope, err := mla.Canonical(struct {
		Case    string     `json:"case"`
		Origin  string     `json:"origin"`
		Readers []mla.Role `json:"readers"`
	}{caseID, origin, readers})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(append([]byte("rogatory key id 1\n"), scope...))
	return hex.EncodeToString(sum[:16])
}

// strict decodes one JSON value that has no unknown fields and nothing after it.
func strict(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("more than one value")
	}
	return nil
}

// differ says where two byte strings part.
func differ(got, want []byte) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	return fmt.Sprintf("byte %d of %d", i, len(got))
}

func isHex(s string, n int) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 2*n
}
