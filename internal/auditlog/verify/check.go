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
	buf     []byte // its sealed bodies
}

// course is where a case stands on this log.
type course struct {
	next int
	at   time.Time
}

// keyNote is a key, opened by whoever first needs it. Its key is nil when nobody here can or should have it.
type keyNote struct {
	index uint64 // of the first leaf that speaks of it
	line  string // of the note; empty if there is none
	once  sync.Once
	key   []byte
	err   error
}

// task is what is to be done about one leaf that stands in no order to others.
type task struct {
	index  uint64
	leaf   leaf
	note   *keyNote
	body   []byte // nil if it is not there
	sealed error  // what is wrong with it
}

// bundle checks some leaves in a row: their order one by one, what lies beside them at the same time.
func (k *check) bundle(file string, first uint64, entries [][]byte) error {
	k.tasks = k.tasks[:0]
	var fresh []*keyNote // met for the first time, by the leaves of this bundle
	keys := map[string]*keyNote{}
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
			note = &keyNote{index: index}
			k.notes[l.Key], keys[l.Key] = note, note
			fresh = append(fresh, note)
		}
		k.tasks = append(k.tasks, task{index: index, leaf: l, note: note})
	}
	width := min(uint64(k.a.tree.N)-first, tileWidth)
	whole := len(k.tasks) == int(width)
	k.findKeys(first, fresh, keys, whole)
	cut := k.findBodies(first, int(width))
	k.share()
	for i := range k.tasks {
		t := &k.tasks[i]
		if t.note.index == t.index && t.note.err != nil {
			k.c.add(keysFile(first), leafPlace(t.index), "%v", t.note.err)
		}
		if t.sealed != nil {
			k.c.add(sealedFile(first), leafPlace(t.index), "%v", t.sealed)
			if cut {
				break // with a length changed, no later body is where it should be
			}
		}
	}
	return nil
}

// findKeys reads the key notes beside a bundle and gives each key that is met there for the first time its line.
func (k *check) findKeys(first uint64, fresh []*keyNote, keys map[string]*keyNote, whole bool) {
	name := keysFile(first)
	if len(fresh) == 0 {
		if !whole {
			k.d.account(name) // it may be of the leaves that could not be read
		}
		return
	}
	raw, err := k.d.read(name, maxKeys)
	if err != nil {
		k.c.add(name, leafPlace(fresh[0].index), "%v", err)
		return
	}
	lines, fault := openKeys(raw, k.a.verifier)
	if fault != nil {
		k.c.add(name, fault.place, "%v", fault.err)
	}
	for _, line := range lines {
		switch note := keys[lineKey(line)]; {
		case note == nil && whole:
			k.c.add(name, "", "the key %.32q, which no leaf here is the first to speak of", lineKey(line))
		case note != nil && note.line != "":
			k.c.add(name, leafPlace(note.index), "the key of this leaf twice")
		case note != nil:
			note.line = line
		}
	}
	for _, note := range fresh {
		if note.line == "" && fault == nil {
			note.err = errNoKeyNote
		}
	}
}

var errNoKeyNote = errors.New("missing: no note has the key of this leaf")

// findBodies reads the sealed bodies beside a bundle for the tasks in hand. It reports whether they could not be told
// apart to the end.
func (k *check) findBodies(first uint64, width int) (cut bool) {
	name := sealedFile(first)
	if !k.d.account(name) {
		k.c.add(name, leafPlace(first), "%v", errMissing)
		return true
	}
	var err error
	if k.buf, err = k.d.load(k.buf, name, maxBundle); err != nil {
		k.c.add(name, leafPlace(first), "%v", err)
		return true
	}
	bodies, err := splitBundle(k.buf, width)
	if err != nil {
		place := ""
		if len(bodies) < width {
			place = leafPlace(first + uint64(len(bodies)))
		}
		k.c.add(name, place, "%v", err)
	}
	for i := range k.tasks {
		if at := k.tasks[i].index - first; at < uint64(len(bodies)) {
			k.tasks[i].body = bodies[at]
		}
	}
	return err != nil
}

// share does the tasks in hand on every core.
func (k *check) share() {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(k.tasks)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(k.tasks); i = next.Add(1) - 1 {
				k.do(&k.tasks[i])
			}
		})
	}
	wait.Wait()
}

// do checks what lies beside the tree for a leaf.
func (k *check) do(t *task) {
	t.note.once.Do(func() {
		if t.note.line != "" {
			t.note.key, t.note.err = k.openKey(t)
		}
	})
	if t.body == nil {
		return
	}
	if t.sealed = sealedBy(t.body, t.leaf); t.sealed == nil && t.note.key != nil {
		_, t.sealed = openBody(t.leaf, t.note.key, t.body)
	}
}

// openKey opens the key of a leaf for every role whose key is at hand; all must find the same.
func (k *check) openKey(t *task) ([]byte, error) {
	w, err := parseKeyLine(t.note.line, k.a.verifier, t.leaf)
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

// sealedBy reports that a sealed body is not the one that a leaf speaks of.
func sealedBy(body []byte, l leaf) error {
	sum := sha256.Sum256(body)
	var digits [2 * sha256.Size]byte
	hex.Encode(digits[:], sum[:])
	if string(digits[:]) != l.Sealed {
		return fmt.Errorf("not the bytes that the leaf speaks of: their SHA-256 is %x", sum)
	}
	return nil
}
