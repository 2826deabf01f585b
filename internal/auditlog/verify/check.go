package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// Check verifies the log in dir: signatures and their form, root, every tile and bundle (also those left from smaller
// trees), every leaf's form, every sealed body's hash, every key note, the bodies that the public may read, and for
// each case that its sequence has no hole and its legal time does not run back. A file that none of this accounts for
// is a finding too.
//
// What is wrong with a log is in Report.Findings; the error is for a directory that cannot be read or is no log, for a
// verifier key that is none, and for a context that ended. Check reads a directory at rest: let the writer close it
// (or publish) first.
func Check(ctx context.Context, dir string, o Options) (Report, error) {
	pin := o.VerifierKey
	if pin != "" {
		pin = strings.TrimSpace(pin) + "\n"
		if _, err := parseKey([]byte(pin)); err != nil {
			return Report{}, fmt.Errorf("check audit log %s: verifier key %.200q: %w", dir, o.VerifierKey, err)
		}
	}
	c := &collector{found: []Finding{}}
	d, err := openDirectory(ctx, dir, c)
	if err != nil {
		return Report{}, err
	}
	defer d.close()
	a := openAnchor(d, pin, c)
	if a == nil {
		return Report{Findings: c.found}, nil
	}
	r := Report{Origin: a.verifier.Name(), Size: uint64(a.tree.N), Root: a.tree.Hash.String()}
	k := &check{d: d, a: a, c: c, keys: map[string]keyState{}, cases: map[string]*course{}}
	all, err := readLeaves(ctx, d, a, c, k.leaf)
	if err != nil {
		return r, err
	}
	checkRoot(all, a, c)
	if err := checkTiles(ctx, d, a, all, c); err != nil {
		return r, err
	}
	if all.size() == a.tree.N {
		for _, name := range d.names() {
			if !d.seen[name] {
				c.add(name, "", "no leaf accounts for this file: it was added, or its leaf is missing")
			}
		}
	}
	r.Cases, r.Events, r.Findings = len(k.cases), k.events, c.found
	return r, nil
}

// check is what is remembered from leaf to leaf.
type check struct {
	d      *directory
	a      *anchor
	c      *collector
	keys   map[string]keyState
	cases  map[string]*course
	party  mla.State
	events int
}

// course is where a case stands on this log.
type course struct {
	next int
	at   time.Time
}

// keyState is a key note that was read; key is nil when it is not public or not good.
type keyState struct{ key []byte }

func (k *check) leaf(file string, index uint64, raw []byte) {
	l, err := parseLeaf(raw, k.a.verifier.Name())
	if err != nil {
		k.c.add(file, leafPlace(index), "%v", err)
		return
	}
	k.events++
	k.order(file, index, l.Cover)
	ciphertext, ok := k.sealed(index, l)
	state, met := k.keys[l.Key]
	if !met {
		state = k.keyNote(index, l)
		k.keys[l.Key] = state
	}
	if !ok || state.key == nil {
		return
	}
	if _, err := openBody(l, state.key, ciphertext); err != nil {
		k.c.add(l.sealedFile(), leafPlace(index), "%v", err)
	}
}

// order checks the log's invariant on sequence and time.
func (k *check) order(file string, index uint64, c mla.Cover) {
	if k.party == "" {
		k.party = c.Party
	}
	if c.Party != k.party {
		k.c.add(file, leafPlace(index), "an event of %.60q on the log of %.60q", c.Party, k.party)
	}
	s := k.cases[c.Case]
	if s == nil {
		s = &course{at: c.At}
		k.cases[c.Case] = s
	}
	if c.Sequence != s.next {
		k.c.add(file, leafPlace(index), "case %.60q: sequence %d where %d is next", c.Case, c.Sequence, s.next)
	}
	if c.At.Before(s.at) {
		k.c.add(file, leafPlace(index), "case %.60q: %s, after an event at %s", c.Case, c.At.Format(time.RFC3339), s.at.Format(time.RFC3339))
	}
	s.next, s.at = c.Sequence+1, c.At
}

func (k *check) sealed(index uint64, l leaf) ([]byte, bool) {
	raw, err := readSealed(k.d, l)
	if err != nil {
		k.c.add(l.sealedFile(), leafPlace(index), "%v", err)
	}
	return raw, err == nil
}

func (k *check) keyNote(index uint64, l leaf) keyState {
	raw, err := k.d.read(l.keyFile(), maxNote)
	var w wrapped
	if err == nil {
		w, err = parseKeyNote(raw, k.a.verifier, l)
	}
	var key []byte
	if err == nil {
		key, err = w.open(nil)
	}
	if err != nil {
		k.c.add(l.keyFile(), leafPlace(index), "%v", err)
	}
	return keyState{key}
}

// readSealed returns the sealed body of a leaf if it is the one that the leaf speaks of.
func readSealed(d *directory, l leaf) ([]byte, error) {
	raw, err := d.read(l.sealedFile(), maxSealed)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != l.Sealed {
		return nil, fmt.Errorf("not the bytes that the leaf speaks of: their SHA-256 is %x", sum)
	}
	return raw, nil
}
