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
const keyNoteTitle = "rogatory keys 1"

// keyForm is one key: a line of a key note, in canonical form. Exactly one of Clear and Wrapped is set, but for a key
// without readers, which has neither.
type keyForm struct {
	Case    string     `json:"case"`
	Key     string     `json:"key"`
	Readers []mla.Role `json:"readers"`
	Clear   string     `json:"clear,omitempty"`   // the key, hex: the public reads
	Wrapped string     `json:"wrapped,omitempty"` // the key as an age file, base64
}

// keyLine makes the line of the key of the event's case and readers. Its bytes differ from call to call (age draws
// fresh keys); what it wraps does not.
func keyLine(s sealer, recipients map[mla.Role]age.Recipient, cover mla.Cover) ([]byte, error) {
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
	return mla.Canonical(form)
}

// signKeys makes a key note of some lines. It names the SHA-256 of what is before it in its file, so that the last
// signature there answers for all of the file.
func signKeys(signer note.Signer, before []byte, lines [][]byte) ([]byte, error) {
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s\n%x\n", keyNoteTitle, before)
	for _, line := range lines {
		text.Write(line)
		text.WriteByte('\n')
	}
	return note.Sign(&note.Note{Text: text.String()}, signer)
}

// cutKeyNote takes the first key note off the front of a file: its lines, and how long it is. It does not look at the
// signature. ok is false where what is there is none, or was not written to its end.
func cutKeyNote(raw []byte) (lines [][]byte, length int, ok bool) {
	text, rest, ok := bytes.Cut(raw, []byte("\n\n"))
	end := bytes.IndexByte(rest, '\n')
	if !ok || end < 0 || !bytes.HasPrefix(raw, []byte(keyNoteTitle+"\n")) {
		return nil, 0, false
	}
	lines = bytes.Split(text, []byte("\n"))
	return lines[min(2, len(lines)):], len(text) + 2 + end + 1, true
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
