package auditlog

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"rogatory/internal/mla"
)

// keyNoteTitle opens the signed text of a key note. It has a space, so no checkpoint of any log can begin with it.
const keyNoteTitle = "rogatory key 1"

// keyForm is the second and last line of that text, in canonical form. Exactly one of Clear and Wrapped is set, but
// for a key without readers, which has neither.
type keyForm struct {
	Case    string     `json:"case"`
	Key     string     `json:"key"`
	Readers []mla.Role `json:"readers"`
	Clear   string     `json:"clear,omitempty"`   // the key, hex: the public reads
	Wrapped string     `json:"wrapped,omitempty"` // the key as an age file, base64
}

// keyNote makes the key note of the event's case and readers. Its bytes differ from call to call (age draws fresh
// keys); what it wraps does not.
func keyNote(s sealer, signer note.Signer, recipients map[mla.Role]age.Recipient, cover mla.Cover) ([]byte, error) {
	id, key, err := s.keyFor(cover.Case, cover.Readers)
	if err != nil {
		return nil, err
	}
	form := keyForm{Case: cover.Case, Key: id, Readers: cover.Readers}
	switch {
	case publicReads(cover.Readers):
		form.Clear = hex.EncodeToString(key)
	case len(cover.Readers) > 0:
		if form.Wrapped, err = wrap(key, recipients, cover.Readers); err != nil {
			return nil, err
		}
	}
	line, err := mla.Canonical(form)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: keyNoteTitle + "\n" + string(line) + "\n"}, signer)
}

func wrap(key []byte, recipients map[mla.Role]age.Recipient, readers []mla.Role) (string, error) {
	to := make([]age.Recipient, len(readers))
	for i, r := range readers {
		to[i] = recipients[r]
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to...)
	if err != nil {
		return "", fmt.Errorf("wrap a key to %v: %w", readers, err)
	}
	if _, err := w.Write(key); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

// haveRecipients reports the first reader that has no recipient.
func haveRecipients(recipients map[mla.Role]age.Recipient, readers []mla.Role) error {
	if publicReads(readers) {
		return nil
	}
	for _, r := range readers {
		if recipients[r] == nil {
			return fmt.Errorf("%w: reader %s has no recipient", ErrMalformed, r)
		}
	}
	return nil
}
