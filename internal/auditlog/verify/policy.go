package verify

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	cosignature "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
)

// Policy says whose signatures make a checkpoint good: which logs, and how many of which witnesses. Its form is C2SP's
// tlog-policy.
type Policy struct {
	logs      []note.Verifier
	witnesses []policyWitness
	quorum    *policyGroup // nil: none is needed
}

type policyWitness struct {
	name string // in the policy
	key  note.Verifier
}

// policyGroup is met by enough of its members. A witness stands in it as a group of itself.
type policyGroup struct {
	name    string
	need    int
	witness note.Verifier // nil in a group of others
	members []*policyGroup
}

const maxPolicy = 1 << 20 // bytes

// ParsePolicy reads a policy file. Its errors name the line.
func ParsePolicy(raw []byte) (*Policy, error) {
	if len(raw) > maxPolicy {
		return nil, fmt.Errorf("policy of %d bytes, where at most %d can be", len(raw), maxPolicy)
	}
	if i := bytes.IndexFunc(raw, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' || r == 0x7f }); i >= 0 {
		return nil, fmt.Errorf("line %d: a control character", 1+bytes.Count(raw[:i], []byte("\n")))
	}
	r := policyReader{Policy: &Policy{}, names: map[string]*policyGroup{}, member: map[string]string{}, keys: map[string]bool{}}
	for i, line := range strings.Split(string(raw), "\n") {
		fields := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if err := r.line(fields[0], fields[1:]); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if !r.closed {
		return nil, fmt.Errorf("it has no quorum line; write \"quorum none\" where no witness is needed")
	}
	return r.Policy, nil
}

// policyReader is a policy as far as it was read.
type policyReader struct {
	*Policy
	names  map[string]*policyGroup
	member map[string]string // the group that a name is in already
	keys   map[string]bool   // public keys of logs and witnesses, with which of the two
	closed bool              // the quorum was read
}

func (r *policyReader) line(word string, args []string) error {
	switch {
	case word == "log" && (len(args) == 1 || len(args) == 2):
		v, err := note.NewVerifier(args[0])
		if err != nil {
			return fmt.Errorf("log key %.200q: %w", args[0], err)
		}
		r.logs = append(r.logs, v)
		return r.once("log", args[0])
	case word == "witness" && (len(args) == 2 || len(args) == 3):
		v, err := witnessKey(args[1])
		if err != nil {
			return err
		}
		if err := r.name(args[0], &policyGroup{name: args[0], need: 1, witness: v}); err != nil {
			return err
		}
		r.witnesses = append(r.witnesses, policyWitness{args[0], v})
		return r.once("witness", args[1])
	case word == "group" && len(args) >= 3:
		return r.group(args[0], args[1], args[2:])
	case word == "quorum" && len(args) == 1:
		if r.closed {
			return fmt.Errorf("a second quorum")
		}
		r.closed = true
		if r.quorum = r.names[args[0]]; r.quorum == nil && args[0] != "none" {
			return fmt.Errorf("quorum %q is no witness or group of the lines before", args[0])
		}
		return nil
	}
	return fmt.Errorf("%q: want log VKEY [URL], witness NAME VKEY [URL], group NAME all|any|N NAME..., or quorum NAME", word)
}

func (r *policyReader) group(name, need string, members []string) error {
	g := &policyGroup{name: name}
	for _, m := range members {
		one := r.names[m]
		if one == nil {
			return fmt.Errorf("group %q: %q is no witness or group of the lines before", name, m)
		}
		if in := r.member[m]; in != "" {
			return fmt.Errorf("group %q: %q is in group %q already", name, m, in)
		}
		r.member[m] = name
		g.members = append(g.members, one)
	}
	switch n, err := strconv.Atoi(need); {
	case need == "all":
		g.need = len(members)
	case need == "any":
		g.need = 1
	case err != nil || n < 1 || n > len(members) || strconv.Itoa(n) != need:
		return fmt.Errorf("group %q: %q of %d members: want all, any, or a number from 1", name, need, len(members))
	default:
		g.need = n
	}
	return r.name(name, g)
}

func (r *policyReader) name(name string, g *policyGroup) error {
	switch {
	case slices.Contains([]string{"log", "witness", "group", "quorum", "any", "all", "none"}, name):
		return fmt.Errorf("%q is a word of the format and names nobody", name)
	case r.names[name] != nil:
		return fmt.Errorf("%q is named twice", name)
	}
	r.names[name] = g
	return nil
}

// once refuses a public key that was given before in the same part.
func (r *policyReader) once(part, vkey string) error {
	key := part + keyPart(vkey)
	if r.keys[key] {
		return fmt.Errorf("the key of this %s was given before", part)
	}
	r.keys[key] = true
	return nil
}

// witnessKey reads a key for cosignatures: C2SP's signature type 0x04.
func witnessKey(vkey string) (note.Verifier, error) {
	v, err := cosignature.NewVerifierForCosignatureV1(vkey)
	if err != nil {
		return nil, fmt.Errorf("witness key %.200q: %w", vkey, err)
	}
	key, err := base64.StdEncoding.DecodeString(keyPart(vkey))
	if err != nil || len(key) != 33 || key[0] != 4 || !strings.HasPrefix(vkey, fmt.Sprintf("%s+%08x+", v.Name(), v.KeyHash())) {
		return nil, fmt.Errorf("witness key %.200q is not one for Ed25519 cosignatures (type 4) under its name and id", vkey)
	}
	return v, nil
}

// keyPart is the key in a verifier key, after its name and id; base64 has plus signs of its own.
func keyPart(vkey string) string {
	_, rest, _ := strings.Cut(vkey, "+")
	_, key, _ := strings.Cut(rest, "+")
	return key
}

// knows reports whether the policy takes the log's signature.
func (p *Policy) knows(log note.Verifier) bool {
	return len(p.logs) == 0 || slices.ContainsFunc(p.logs, func(v note.Verifier) bool {
		return v.Name() == log.Name() && v.KeyHash() == log.KeyHash()
	})
}

// lacks says what a checkpoint with these cosignatures lacks of the quorum, or nothing.
func (p *Policy) lacks(by []Cosigner) string {
	if p == nil || p.quorum == nil || p.quorum.met(by) {
		return ""
	}
	there := []string{}
	for _, c := range by {
		if c.Checked {
			there = append(there, c.Name)
		}
	}
	got := "no witness of the policy cosigned it"
	if len(there) > 0 {
		got = "only " + strings.Join(there, ", ") + " of the policy's witnesses cosigned it"
	}
	return got + ", which does not make its quorum " + p.quorum.name
}

func (g *policyGroup) met(by []Cosigner) bool {
	if g.witness != nil {
		return slices.ContainsFunc(by, func(c Cosigner) bool {
			return c.Checked && c.Name == g.witness.Name() && c.key == g.witness.KeyHash()
		})
	}
	n := 0
	for _, m := range g.members {
		if m.met(by) {
			n++
		}
	}
	return n >= g.need
}

// logOf finds the key that a checkpoint of the given origin must be signed with.
func (o Options) logOf(origin string) (note.Verifier, error) {
	if o.VerifierKey != "" {
		v, err := parseKey([]byte(strings.TrimSpace(o.VerifierKey) + "\n"))
		if err != nil {
			return nil, fmt.Errorf("%w: %.200q is no verifier key: %w", ErrNoKey, o.VerifierKey, err)
		}
		if v.Name() != origin {
			return nil, fmt.Errorf("%w: it has a checkpoint of %.100q, and the key given is that of %.100q", ErrNoKey, origin, v.Name())
		}
		return v, nil
	}
	if o.Policy != nil {
		for _, v := range o.Policy.logs {
			if v.Name() == origin {
				return v, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: it has a checkpoint of %.100q", ErrNoKey, origin)
}

// ErrNoKey says that a proof cannot be judged: the options give no good key of its log.
var ErrNoKey = errors.New("no key of its log was given")
