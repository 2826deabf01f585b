package verify

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"rogatory/internal/mla"
)

const keyNoteTitle = "rogatory key 1"

// wrapped is a key note: the key of a case and reader set, as the log gives it to the readers.
type wrapped struct {
	Case    string     `json:"case"`
	Key     string     `json:"key"`
	Readers []mla.Role `json:"readers"`
	Clear   string     `json:"clear,omitempty"`
	Wrapped string     `json:"wrapped,omitempty"`
}

// parseKeyNote reads the key note of the leaf's key.
func parseKeyNote(raw []byte, v note.Verifier, l leaf) (wrapped, error) {
	var w wrapped
	text, err := openNote(raw, v)
	if err != nil {
		return w, fmt.Errorf("not signed by %s: %w", v.Name(), err)
	}
	line, ok := strings.CutPrefix(text, keyNoteTitle+"\n")
	if !ok {
		return w, errors.New("signed, but not a key note")
	}
	if err := strict([]byte(line), &w); err != nil {
		return w, fmt.Errorf("not a key note: %w", err)
	}
	again, err := mla.Canonical(w)
	if err != nil {
		return w, err
	}
	public := false
	for _, r := range w.Readers {
		public = public || r == mla.Public
	}
	switch {
	case string(again)+"\n" != line:
		return w, errors.New("not in canonical form")
	case w.Key != l.Key || w.Case != l.Cover.Case || keyID(v.Name(), w.Case, w.Readers) != w.Key:
		return w, errors.New("the key note of another key")
	case public && (!isHex(w.Clear, 32) || w.Wrapped != ""):
		return w, errors.New("the public reads, and the key is not in clear")
	case !public && w.Clear != "":
		return w, errors.New("the public does not read, and the key is in clear")
	case !public && (w.Wrapped == "") != (len(w.Readers) == 0):
		return w, errors.New("not wrapped to its readers")
	}
	if n, err := w.wraps(); err != nil || w.Wrapped != "" && n != len(w.Readers) {
		return w, fmt.Errorf("wrapped to %d keys where it names %d readers: it was sealed to others", n, len(w.Readers))
	}
	return w, nil
}

// wraps counts the keys that the key is wrapped to.
func (w wrapped) wraps() (int, error) {
	if w.Wrapped == "" {
		return 0, nil
	}
	file, err := base64.StdEncoding.Strict().DecodeString(w.Wrapped)
	if err != nil {
		return 0, err
	}
	header, err := age.ExtractHeader(bytes.NewReader(file))
	return bytes.Count(header, []byte("\n-> ")), err
}

// open returns the key if the identities, or everybody, can have it, and nil if not.
func (w wrapped) open(identities []age.Identity) ([]byte, error) {
	if w.Clear != "" {
		return hex.DecodeString(w.Clear)
	}
	if w.Wrapped == "" || len(identities) == 0 {
		return nil, nil
	}
	file, err := base64.StdEncoding.DecodeString(w.Wrapped)
	if err != nil {
		return nil, err
	}
	r, err := age.Decrypt(bytes.NewReader(file), identities...)
	if no := (*age.NoIdentityMatchError)(nil); errors.As(err, &no) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := io.ReadAll(io.LimitReader(r, 33))
	if err == nil && len(key) != 32 {
		err = errors.New("it does not wrap a key")
	}
	return key, err
}
