package verify

import (
	"bytes"
	"crypto/sha256"
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

const keyNoteTitle = "rogatory keys 1"

// wrapped is a line of a key note: the key of a case and reader set, as the log gives it to the readers.
type wrapped struct {
	Case    string     `json:"case"`
	Key     string     `json:"key"`
	Readers []mla.Role `json:"readers"`
	Clear   string     `json:"clear,omitempty"`
	Wrapped string     `json:"wrapped,omitempty"`
}

// keyFault is what is wrong with a file of key notes as a whole.
type keyFault struct {
	place string
	err   error
}

func (f *keyFault) Error() string { return f.place + ": " + f.err.Error() }

// openKeys returns the lines of a file of key notes. Each note names the hash of what is before it in the file, so that
// the signature of the last answers for all. Where that does not hold, the lines are those of the notes whose own
// signature is good, and the fault places the first note that is not, or that is not where it was written.
func openKeys(raw []byte, v note.Verifier) (lines []string, fault *keyFault) {
	last, at := 0, 0
	sum := sha256.New()
	for ; at < len(raw) && fault == nil; last, at = at, at+noteLength(raw[at:]) {
		one := raw[at : at+noteLength(raw[at:])]
		more, before, err := keyLines(one)
		if err == nil && before != hex.EncodeToString(sum.Sum(nil)) {
			err = errors.New("it does not follow what is before it: something was taken out or put in, or notes changed places")
		}
		if err != nil {
			fault = &keyFault{bytePlace(at), err}
		}
		lines = append(lines, more...)
		sum.Write(one)
	}
	if fault == nil {
		_, err := openNote(raw[last:], v)
		if err == nil {
			return lines, nil
		}
		fault = &keyFault{bytePlace(last), fmt.Errorf("not signed by %s: %w", v.Name(), err)}
	}
	lines = nil
	placed := false
	for at := 0; at < len(raw); at += noteLength(raw[at:]) {
		one := raw[at : at+noteLength(raw[at:])]
		_, err := openNote(one, v)
		if err != nil && !placed {
			fault, placed = &keyFault{bytePlace(at), fmt.Errorf("not signed by %s: %w", v.Name(), err)}, true
		}
		if more, _, malformed := keyLines(one); err == nil && malformed == nil {
			lines = append(lines, more...)
		}
	}
	return lines, fault
}

// noteLength is how long the note is with which raw begins: text, an empty line, one signature. What has no such end is
// taken for one note.
func noteLength(raw []byte) int {
	if text := bytes.Index(raw, []byte("\n\n")); text >= 0 {
		if signature := bytes.IndexByte(raw[text+2:], '\n'); signature >= 0 {
			return text + 2 + signature + 1
		}
	}
	return len(raw)
}

// keyLines takes the text of a key note apart: its lines, and the hash it names of what is before it.
func keyLines(raw []byte) (lines []string, before string, err error) {
	text, _, _ := strings.Cut(string(raw), "\n\n")
	all := strings.Split(text, "\n")
	if len(all) < 3 || all[0] != keyNoteTitle || !isHex(all[1], sha256.Size) {
		return nil, "", errors.New("not a key note")
	}
	return all[2:], all[1], nil
}

// lineKey finds the key that a line says it is of. In JSON no text can hold what it looks for.
func lineKey(line string) string {
	_, rest, _ := strings.Cut(line, `,"key":"`)
	key, _, _ := strings.Cut(rest, `"`)
	return key
}

// parseKeyLine reads the line of the leaf's key, which must have the one form that is right for the leaf.
func parseKeyLine(line string, v note.Verifier, l leaf) (wrapped, error) {
	w, ok := scanKeyLine(line, l)
	if !ok {
		var err error
		if w, err = parseAnyKeyLine(line, v, l); err != nil {
			return w, err
		}
	}
	if n, err := w.wraps(); err != nil || w.Wrapped != "" && n != len(w.Readers) {
		return w, fmt.Errorf("wrapped to %d keys where it names %d readers: it was sealed to others", n, len(w.Readers))
	}
	return w, nil
}

// scanKeyLine reads a line of plain text without a JSON decoder. It takes nothing that parseAnyKeyLine would not.
func scanKeyLine(line string, l leaf) (wrapped, bool) {
	w := wrapped{Case: l.Cover.Case, Key: l.Key, Readers: l.Cover.Readers}
	public := false
	s := scanner{rest: line, ok: true}
	s.skip(`{"case":"`)
	s.ok = s.text() == w.Case && s.ok
	for _, r := range w.Readers {
		public = public || r == mla.Public
	}
	if public {
		s.skip(`,"clear":"`)
		w.Clear = s.text()
		s.ok = s.ok && isHex(w.Clear, 32)
	}
	s.skip(`,"key":"`)
	s.skip(w.Key)
	s.skip(`","readers":[`)
	for i, r := range w.Readers {
		if i > 0 {
			s.skip(",")
		}
		s.skip(`"`)
		s.skip(string(r))
		s.skip(`"`)
	}
	s.skip("]")
	if !public && len(w.Readers) > 0 {
		s.skip(`,"wrapped":"`)
		w.Wrapped = s.text()
		s.ok = s.ok && w.Wrapped != ""
	}
	s.skip("}")
	return w, s.ok && s.rest == ""
}

// parseAnyKeyLine is what scanKeyLine does, from the definition, and says what is wrong.
func parseAnyKeyLine(line string, v note.Verifier, l leaf) (wrapped, error) {
	var w wrapped
	if err := strict([]byte(line), &w); err != nil {
		return w, fmt.Errorf("not a key: %w", err)
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
	case string(again) != line:
		return w, errors.New("not in canonical form")
	case w.Key != l.Key || w.Case != l.Cover.Case || keyID(v.Name(), w.Case, w.Readers) != w.Key:
		return w, errors.New("the line of another key")
	case public && (!isHex(w.Clear, 32) || w.Wrapped != ""):
		return w, errors.New("the public reads, and the key is not in clear")
	case !public && w.Clear != "":
		return w, errors.New("the public does not read, and the key is in clear")
	case !public && (w.Wrapped == "") != (len(w.Readers) == 0):
		return w, errors.New("not wrapped to its readers")
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
