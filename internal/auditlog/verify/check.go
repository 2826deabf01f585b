package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"filippo.io/age"

	"rogatory/internal/mla"
)

// Check verifies the log in dir: signatures and their form, root, every tile and bundle (also those left from smaller
// trees), every leaf's form, every sealed body's hash, every key note and to how many it is wrapped, the bodies that
// the public or the roles of Options.Keys may read, and for each case that its sequence has no hole and its legal time
// does not run back. A file that none of this accounts for is a finding too.
//
// What is wrong with a log is in Report.Findings; the error is for a directory that cannot be read or is no log, for
// options that are none, and for a context that ended. Check reads a directory at rest: let the writer close it (or
// publish) first.
func Check(ctx context.Context, dir string, o Options) (Report, error) {
	r, _, err := examine(ctx, dir, o)
	return r, err
}

// examine is Check. It also returns the hashes of the tree, as far as the leaves could be read.
func examine(ctx context.Context, dir string, o Options) (Report, levels, error) {
	pin := o.VerifierKey
	if pin != "" {
		pin = strings.TrimSpace(pin) + "\n"
		if _, err := parseKey([]byte(pin)); err != nil {
			return Report{}, nil, fmt.Errorf("check audit log %s: verifier key %.200q: %w", dir, o.VerifierKey, err)
		}
	}
	d, err := openDirectory(dir)
	if err != nil {
		return Report{}, nil, err
	}
	defer d.close()
	c := &collector{found: []Finding{}}
	if err := d.list(ctx, c); err != nil {
		return Report{}, nil, err
	}
	a := openAnchor(d, pin, o.Policy, c)
	if a == nil {
		return Report{Findings: c.found, Cosigners: []Cosigner{}}, nil, nil
	}
	r := Report{Origin: a.verifier.Name(), Size: uint64(a.tree.N), Root: a.tree.Hash.String(), Checkpoint: a.checkpoint, Cosigners: []Cosigner{}}
	r.Cosigners = append(r.Cosigners, a.cosigners...)
	k := &check{
		d: d, a: a, c: c, roles: o.Keys, leaves: newLeafReader(a.verifier.Name()), notes: map[string]*keyNote{}, cases: map[string]*course{},
	}
	all, err := readLeaves(ctx, d, a, c, k.bundle)
	if err != nil {
		return r, nil, err
	}
	whole := checkRoot(all, a, c)
	if whole && a.tree.N > 0 && k.events == 0 && k.foreign {
		return Report{}, nil, foreign(dir, a)
	}
	checkSince(all, a, o.Since, c)
	if err := checkTiles(ctx, d, a, all, c); err != nil {
		return r, nil, err
	}
	if all.size() == a.tree.N {
		for _, name := range d.names {
			if !d.files[name] {
				c.add(name, "", "no leaf accounts for this file: it was added, or its leaf is missing")
			}
		}
	}
	r.Cases, r.Events, r.Findings = len(k.cases), k.events, c.found
	return r, all, nil
}

// check is what is remembered from leaf to leaf.
type check struct {
	d      *directory
	a      *anchor
	c      *collector
	roles  map[mla.Role]age.Identity
	leaves *leafReader
	notes  map[string]*keyNote // by key
	cases  map[string]*course
	party  mla.State
	events int
	// foreign says that a leaf was of another kind than Rogatory's.
	foreign bool
	tasks   []task // of the bundle in hand
}

// course is where a case stands on this log.
type course struct {
	next int
	at   time.Time
}

// keyNote is a key note, opened by whoever first needs it. Its key is nil when nobody here can or should have it.
type keyNote struct {
	index uint64 // of the first leaf that speaks of it
	there bool
	once  sync.Once
	key   []byte
	err   error
}

// task is what is to be done about one leaf that stands in no order to others.
type task struct {
	index  uint64
	leaf   leaf
	note   *keyNote
	there  bool  // the sealed body is
	sealed error // what is wrong with it
}

// bundle checks some leaves in a row: their order one by one, their files at the same time.
func (k *check) bundle(file string, first uint64, entries [][]byte) error {
	k.tasks = k.tasks[:0]
	for i, raw := range entries {
		index := first + uint64(i)
		l, err := k.leaves.parse(raw)
		if err != nil {
			k.foreign = k.foreign || errors.Is(err, errNoLeaf)
			k.c.add(file, leafPlace(index), "%v", err)
			continue
		}
		k.events++
		k.order(file, index, l.Cover)
		note := k.notes[l.Key]
		if note == nil {
			note = &keyNote{index: index, there: k.d.account(l.keyFile())}
			k.notes[l.Key] = note
		}
		k.tasks = append(k.tasks, task{index: index, leaf: l, note: note, there: k.d.account(l.sealedFile())})
	}
	k.share()
	for i := range k.tasks {
		t := &k.tasks[i]
		if t.note.index == t.index && t.note.err != nil {
			k.c.add(t.leaf.keyFile(), leafPlace(t.index), "%v", t.note.err)
		}
		if t.sealed != nil {
			k.c.add(t.leaf.sealedFile(), leafPlace(t.index), "%v", t.sealed)
		}
	}
	return nil
}

// share does the tasks in hand on every core.
func (k *check) share() {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(k.tasks)) {
		wait.Go(func() {
			buf := make([]byte, 0, 4096)
			for i := next.Add(1) - 1; int(i) < len(k.tasks); i = next.Add(1) - 1 {
				buf = k.do(&k.tasks[i], buf)
			}
		})
	}
	wait.Wait()
}

// do reads the files that a leaf speaks of, the sealed body over buf, which it returns for the next.
func (k *check) do(t *task, buf []byte) []byte {
	t.note.once.Do(func() { t.note.key, t.note.err = k.openKey(t) })
	if !t.there {
		t.sealed = errMissing
		return buf
	}
	raw, err := readSealed(k.d, buf, t.leaf)
	if err == nil && t.note.key != nil {
		_, err = openBody(t.leaf, t.note.key, raw)
	}
	t.sealed = err
	return raw[:0]
}

// openKey reads the key note of a leaf and opens it for every role whose key is at hand; all must find the same.
func (k *check) openKey(t *task) ([]byte, error) {
	if !t.note.there {
		return nil, errMissing
	}
	raw, err := k.d.load(nil, t.leaf.keyFile(), maxNote)
	if err != nil {
		return nil, err
	}
	w, err := parseKeyNote(raw, k.a.verifier, t.leaf)
	if err != nil {
		return nil, err
	}
	key, err := w.open(nil)
	for _, role := range w.Readers {
		identity := k.roles[role]
		if err != nil || identity == nil || w.Clear != "" {
			continue
		}
		if key, err = w.open([]age.Identity{identity}); err == nil && key == nil {
			err = fmt.Errorf("it names %s among its readers, and the key of %s does not open it: it was sealed to others", role, role)
		}
	}
	return key, err
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

// readSealed returns the sealed body of a leaf if it is the one that the leaf speaks of. What it returns may be over
// buf, also with an error.
func readSealed(d *directory, buf []byte, l leaf) ([]byte, error) {
	raw, err := d.load(buf, l.sealedFile(), maxSealed)
	if err != nil {
		return buf, err
	}
	sum := sha256.Sum256(raw)
	var digits [2 * sha256.Size]byte
	hex.Encode(digits[:], sum[:])
	if string(digits[:]) != l.Sealed {
		return raw, fmt.Errorf("not the bytes that the leaf speaks of: their SHA-256 is %x", sum)
	}
	return raw, nil
}
