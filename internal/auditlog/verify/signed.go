package verify

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// parseKey reads the one line of log.vkey, which must be in its only form.
func parseKey(raw []byte) (note.Verifier, error) {
	line, ok := strings.CutSuffix(string(raw), "\n")
	if !ok || strings.Contains(line, "\n") {
		return nil, errors.New("want one line")
	}
	v, err := note.NewVerifier(line)
	if err != nil {
		return nil, err
	}
	_, key64, _ := strings.Cut(line[len(v.Name())+1:], "+")
	key, err := base64.StdEncoding.DecodeString(key64)
	if err != nil {
		return nil, err
	}
	if again := fmt.Sprintf("%s+%08x+%s", v.Name(), v.KeyHash(), base64.StdEncoding.EncodeToString(key)); again != line {
		return nil, errors.New("not in canonical form")
	}
	return v, nil
}

// openNote returns the text of a note that is signed by v and by nobody else, and whose bytes are the only form of
// that text and signature.
func openNote(raw []byte, v note.Verifier) (string, error) {
	n, err := note.Open(raw, note.VerifierList(v))
	if err != nil {
		return "", err
	}
	sig, err := base64.StdEncoding.DecodeString(n.Sigs[0].Base64)
	if err != nil {
		return "", err
	}
	binary.BigEndian.PutUint32(sig, v.KeyHash())
	again := n.Text + "\n— " + v.Name() + " " + base64.StdEncoding.EncodeToString(sig) + "\n"
	if !bytes.Equal(raw, []byte(again)) {
		return "", errors.New("signed, but not in canonical form, or by others too")
	}
	return n.Text, nil
}

// parseCheckpoint reads the text of a checkpoint.
func parseCheckpoint(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tlog.Tree{}, errors.New("want three lines: origin, size, root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || size > maxLeaves {
		return tlog.Tree{}, fmt.Errorf("size %.30q is no number of leaves", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("root %.60q is no hash", lines[2])
	}
	if again := fmt.Sprintf("%s\n%d\n%s\n", origin, size, root); again != text {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s in canonical form", origin)
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// anchor is what the signatures of a log rest on.
type anchor struct {
	verifier note.Verifier
	tree     tlog.Tree
}

// openAnchor reads key and checkpoint. It returns nil after a finding: nothing else can then be held against anything.
// With a pin, a good verifier key, signatures are held to that and not to the key in the directory.
func openAnchor(d *directory, pin string, c *collector) *anchor {
	raw, err := d.read(vkeyFile, maxNote)
	if err != nil {
		c.add(vkeyFile, "", "%v", err)
	}
	verifier, keyErr := parseKey(raw)
	if err == nil && keyErr != nil {
		c.add(vkeyFile, "", "not a verifier key: %v", keyErr)
	}
	if pin != "" {
		if verifier != nil && string(raw) != pin {
			c.add(vkeyFile, "", "another key than the verifier key asked for")
		}
		if verifier, err = parseKey([]byte(pin)); err != nil {
			c.add(vkeyFile, "", "the verifier key asked for is none: %v", err)
			return nil
		}
	}
	raw, err = d.read(checkpointFile, maxNote)
	if err != nil {
		c.add(checkpointFile, "", "%v", err)
	}
	if verifier == nil || err != nil {
		return nil
	}
	text, err := openNote(raw, verifier)
	if err != nil {
		c.add(checkpointFile, "", "not signed by %s: %v", verifier.Name(), err)
		return nil
	}
	tree, err := parseCheckpoint(text, verifier.Name())
	if err != nil {
		c.add(checkpointFile, "", "%v", err)
		return nil
	}
	return &anchor{verifier, tree}
}
