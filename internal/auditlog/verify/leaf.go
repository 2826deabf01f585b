package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
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

func (l leaf) keyFile() string    { return "keys/" + l.Key[:2] + "/" + l.Key }
func (l leaf) sealedFile() string { return "sealed/" + l.Key[:2] + "/" + l.Sealed }

// parseLeaf reads a leaf, which must be in canonical form and whose key must be that of its case and readers.
func parseLeaf(raw []byte, origin string) (leaf, error) {
	var l leaf
	if err := strict(raw, &l); err != nil {
		return l, fmt.Errorf("not a leaf: %w", err)
	}
	again, err := mla.Canonical(l)
	if err != nil {
		return l, err
	}
	c := l.Cover
	switch {
	case !bytes.Equal(again, raw):
		return l, fmt.Errorf("not in canonical form: %s", differ(raw, again))
	case l.Version != 1:
		return l, fmt.Errorf("version %d, want 1", l.Version)
	case !isHex(l.Commitment, 32) || !isHex(l.Sealed, 32):
		return l, errors.New("commitment and sealed want 64 hexadecimal digits")
	case l.Key != keyID(origin, c.Case, c.Readers):
		return l, errors.New("the key is not that of its case and readers")
	case c.Case == "" || strings.Contains(c.Case, "/") || c.Party == "" || c.Sequence < 0:
		return l, errors.New("the cover has no proper case, party and sequence")
	case !slices.Contains(mla.Kinds, c.Kind):
		return l, fmt.Errorf("unknown kind %.40q", c.Kind)
	}
	return l, goodReaders(c.Readers)
}

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
	return len(s) == 2*n && strings.Trim(s, "0123456789abcdef") == ""
}
