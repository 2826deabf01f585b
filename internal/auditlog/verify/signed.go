package verify

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

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

// Cosigner is one who cosigned a checkpoint besides the log.
type Cosigner struct {
	Name string `json:"name"`
	// Checked says that the policy names the witness and its cosignature is good. Others are taken no notice of, as
	// C2SP's signed-note demands.
	Checked bool      `json:"checked"`
	At      time.Time `json:"at"` // when the witness says it cosigned
	key     uint32
}

const latest = 253402300799 // the last second of the year 9999; later ones have no RFC 3339 form

// Lengths of the signatures in a cosignature line, with key id and timestamp: Ed25519 and ML-DSA-44.
var cosignatureLengths = []int{4 + 8 + 64, 4 + 8 + 2420}

// openCheckpoint returns the text of a checkpoint: a note signed by the log, first, and cosigned by any number of
// others. Each of its lines must be in its only form, and whatever a witness of the policy is said to have signed must
// be good.
func openCheckpoint(raw []byte, v note.Verifier, p *Policy) (string, []Cosigner, error) {
	known := []note.Verifier{v}
	if p != nil {
		for _, w := range p.witnesses {
			known = append(known, w.key)
		}
	}
	n, err := note.Open(raw, note.VerifierList(known...))
	if err != nil {
		return "", nil, err
	}
	lines, ok := bytes.CutPrefix(raw, []byte(n.Text+"\n"))
	if !ok {
		return "", nil, errors.New("not in canonical form")
	}
	var by []Cosigner
	type signer struct {
		name string
		id   uint32
	}
	met := map[signer]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(string(lines), "\n"), "\n") {
		name, text, _ := strings.Cut(strings.TrimPrefix(line, "— "), " ")
		sig, err := base64.StdEncoding.Strict().DecodeString(text)
		if err != nil || len(sig) < 4 || line != "— "+name+" "+base64.StdEncoding.EncodeToString(sig) {
			return "", nil, fmt.Errorf("signature line %d is not in canonical form", i+1)
		}
		s := signer{name, binary.BigEndian.Uint32(sig)}
		if met[s] {
			return "", nil, fmt.Errorf("signature line %d: %.60q signed twice", i+1, name)
		}
		met[s] = true
		log := s.name == v.Name() && s.id == v.KeyHash()
		switch {
		case log != (i == 0):
			return "", nil, errors.New("the log's own signature is not the first")
		case log:
			continue
		case !slices.Contains(cosignatureLengths, len(sig)):
			return "", nil, fmt.Errorf("signature line %d is neither the log's nor a cosignature", i+1)
		}
		by = append(by, Cosigner{
			Name:    s.name,
			Checked: slices.ContainsFunc(known[1:], func(k note.Verifier) bool { return k.Name() == s.name && k.KeyHash() == s.id }),
			At:      time.Unix(int64(min(binary.BigEndian.Uint64(sig[4:]), latest)), 0).UTC(),
			key:     s.id,
		})
	}
	return n.Text, by, nil
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
	verifier   note.Verifier
	tree       tlog.Tree
	checkpoint []byte // as published
	cosigners  []Cosigner
}

// openAnchor reads key and checkpoint. It returns nil after a finding: nothing else can then be held against anything.
// With a pin, a good verifier key, signatures are held to that and not to the key in the directory.
func openAnchor(d *directory, pin string, p *Policy, c *collector) *anchor {
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
	if p != nil && !p.knows(verifier) {
		c.add(vkeyFile, "", "the policy names no log %s with this key", verifier.Name())
	}
	text, by, err := openCheckpoint(raw, verifier, p)
	if err != nil {
		c.add(checkpointFile, "", "not signed by %s as it should be: %v", verifier.Name(), err)
		return nil
	}
	if why := p.lacks(by); why != "" {
		c.add(checkpointFile, "", "%s", why)
	}
	tree, err := parseCheckpoint(text, verifier.Name())
	if err != nil {
		c.add(checkpointFile, "", "%v", err)
		return nil
	}
	return &anchor{verifier, tree, raw, by}
}
