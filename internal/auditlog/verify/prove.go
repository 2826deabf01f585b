package verify

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"rogatory/internal/mla"
)

// Proof is what a .tlog-proof file holds (c2sp.org/tlog-proof@v1): one leaf, where it is in the tree, and the signed
// checkpoint of that tree. The leaf is in the file's extra line; that it is the one in the tree follows from the proof.
type Proof struct {
	Leaf       []byte
	Index      int64
	Path       tlog.RecordProof
	Checkpoint []byte
}

const (
	proofTitle = "c2sp.org/tlog-proof@v1"
	maxProof   = 256 << 10 // bytes: the largest leaf in base64, 63 hashes and the largest checkpoint take less
	maxPath    = 63
)

// ErrNoEvent says that the log has no such event.
var ErrNoEvent = errors.New("not on this log")

// Prove makes the proofs that the log in dir has some events, each named by mla.EventID or by the index of its leaf in
// digits, and returns them in the order of the names. It reads the log once. The log need not be whole for that, but its
// leaves must be those that the checkpoint signs.
func Prove(ctx context.Context, dir string, events ...string) ([]Proof, error) {
	d, err := openDirectory(dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	c := &collector{}
	a := openAnchor(d, "", nil, c)
	if a == nil {
		return nil, fmt.Errorf("read audit log %s: %s", dir, c.found[0])
	}
	byIndex, byName := map[int64][]byte{}, map[string]int64{} // leaves; indices, -1 until found
	for _, event := range events {
		if index, ok := parseIndex(event); ok {
			byIndex[index] = nil
		} else {
			byName[event] = -1
		}
	}
	leaves := newLeafReader(a.verifier.Name())
	all, err := readLeaves(ctx, d, a, c, func(_ string, first uint64, entries [][]byte) error {
		for i, raw := range entries {
			index := int64(first) + int64(i)
			_, wanted := byIndex[index]
			if len(byName) > 0 {
				l, err := leaves.parse(raw)
				name := mla.EventID(l.Cover.Case, l.Cover.Party, l.Cover.Sequence)
				if at, named := byName[name]; err == nil && named && at < 0 {
					byName[name], wanted = index, true
				}
			}
			if wanted {
				byIndex[index] = bytes.Clone(raw)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read audit log %s: %w", dir, err)
	}
	if checkRoot(all, a, c); len(c.found) > 0 {
		return nil, fmt.Errorf("read audit log %s: %s", dir, c.found[0])
	}
	out := make([]Proof, len(events))
	for i, event := range events {
		index, ok := parseIndex(event)
		if !ok {
			index = byName[event]
		}
		leaf := byIndex[index]
		if leaf == nil {
			return nil, fmt.Errorf("event %.300s: %w (%d leaves in %s)", event, ErrNoEvent, a.tree.N, dir)
		}
		path, err := tlog.ProveRecord(a.tree.N, index, all)
		if err != nil {
			return nil, err
		}
		out[i] = Proof{Leaf: leaf, Index: index, Path: path, Checkpoint: a.checkpoint}
	}
	return out, nil
}

// Marshal writes the proof as a file.
func (p Proof) Marshal() []byte {
	b := []byte(proofTitle + "\nextra ")
	b = base64.StdEncoding.AppendEncode(b, p.Leaf)
	b = append(b, "\nindex "...)
	b = strconv.AppendInt(b, p.Index, 10)
	for _, h := range p.Path {
		b = append(b, '\n')
		b = base64.StdEncoding.AppendEncode(b, h[:])
	}
	return append(append(b, "\n\n"...), p.Checkpoint...)
}

// ParseProof reads a proof file. It looks at the form alone; Check judges.
func ParseProof(raw []byte) (Proof, error) {
	if len(raw) > maxProof {
		return Proof{}, fmt.Errorf("more than the %d bytes that a proof can have", maxProof)
	}
	head, checkpoint, ok := strings.Cut(string(raw), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != proofTitle {
		return Proof{}, fmt.Errorf("line 1: want %s", proofTitle)
	}
	if !ok {
		return Proof{}, errors.New("no empty line before the checkpoint")
	}
	p := Proof{Checkpoint: []byte(checkpoint)}
	at := 1
	if len(lines) > at && strings.HasPrefix(lines[at], "extra ") {
		var err error
		if p.Leaf, err = base64.StdEncoding.Strict().DecodeString(lines[at][len("extra "):]); err != nil {
			return Proof{}, fmt.Errorf("line %d: extra data: %w", at+1, err)
		}
		if base64.StdEncoding.EncodeToString(p.Leaf) != lines[at][len("extra "):] { // decoding passes over carriage returns
			return Proof{}, fmt.Errorf("line %d: extra data: other characters among the base64", at+1)
		}
		at++
	}
	if p.Leaf == nil {
		return Proof{}, fmt.Errorf("line %d: want the leaf: extra and its bytes in base64", at+1)
	}
	if len(lines) > at {
		digits, found := strings.CutPrefix(lines[at], "index ")
		if p.Index, ok = parseIndex(digits); !found || !ok {
			return Proof{}, fmt.Errorf("line %d: want index and a number", at+1)
		}
		at++
	} else {
		return Proof{}, fmt.Errorf("line %d: want index and a number", at+1)
	}
	if len(lines)-at > maxPath {
		return Proof{}, fmt.Errorf("line %d: more than %d hashes", at+maxPath+1, maxPath)
	}
	for i, line := range lines[at:] {
		h, err := tlog.ParseHash(line)
		if err != nil || h.String() != line {
			return Proof{}, fmt.Errorf("line %d: %.60q is no hash in base64", at+i+1, line)
		}
		p.Path = append(p.Path, h)
	}
	return p, nil
}

// parseIndex reads a number of a leaf as the format has it: decimal, without leading zeroes.
func parseIndex(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == s
}

// Proven is what a proof shows.
type Proven struct {
	Origin    string
	Size      uint64 // leaves of the tree
	Root      string
	Index     uint64
	Event     string // id
	Cover     mla.Cover
	Cosigners []Cosigner
}

// Check judges a proof by the steps of c2sp.org/tlog-proof, against the log's key in Options.VerifierKey or those in
// Options.Policy; the policy's quorum is asked for too. The error says which step fails.
func (p Proof) Check(o Options) (Proven, error) {
	origin, _, _ := strings.Cut(string(p.Checkpoint), "\n")
	log, err := o.logOf(origin)
	if err != nil {
		return Proven{}, err
	}
	text, by, err := openCheckpoint(p.Checkpoint, log, o.Policy)
	if err != nil {
		return Proven{}, fmt.Errorf("the checkpoint is not signed by %s as it should be: %w", log.Name(), err)
	}
	tree, err := parseCheckpoint(text, log.Name())
	if err != nil {
		return Proven{}, fmt.Errorf("the checkpoint: %w", err)
	}
	if why := o.Policy.lacks(by); why != "" {
		return Proven{}, fmt.Errorf("the checkpoint: %s", why)
	}
	if p.Index >= tree.N {
		return Proven{}, fmt.Errorf("index %d of a tree of %d leaves", p.Index, tree.N)
	}
	if err := tlog.CheckRecord(p.Path, tree.N, tree.Hash, p.Index, tlog.RecordHash(p.Leaf)); err != nil {
		return Proven{}, fmt.Errorf("leaf %d is not in the tree of %d leaves that the checkpoint signs", p.Index, tree.N)
	}
	l, err := parseLeaf(p.Leaf, log.Name())
	if err != nil {
		return Proven{}, fmt.Errorf("leaf %d is on the log, and is none of Rogatory's: %w", p.Index, err)
	}
	return Proven{
		Origin: log.Name(), Size: uint64(tree.N), Root: tree.Hash.String(), Index: uint64(p.Index),
		Event: mla.EventID(l.Cover.Case, l.Cover.Party, l.Cover.Sequence), Cover: l.Cover, Cosigners: by,
	}, nil
}
