package verify

import (
	"context"
	"fmt"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/tlog"

	"rogatory/internal/mla"
)

// Sighting is one event as a reader sees it.
type Sighting struct {
	Index uint64
	Leaf  tlog.Hash // of the leaf, by RFC 6962
	Cover mla.Cover
	// Event is the whole event, or nil if it is sealed to others than the reader.
	Event *mla.Event
	// Fault, if not empty, says why an event that the reader may read cannot be read: its key note or sealed body is
	// missing or altered. Check finds the same.
	Fault string
}

// Read returns the events of the log in dir, in the order of the log, each as far as the identities open it: the
// cover always, the body where the reader is among the event's readers. Without identities that is what the public
// sees. Every cover is on the signed tree, and every body is the one committed to there; a log for which that cannot
// be shown is an error that names the place. Read does not look at what no leaf speaks of: that is for Check.
func Read(ctx context.Context, dir string, identities []age.Identity) ([]Sighting, error) {
	var out []Sighting
	err := Walk(ctx, dir, identities, func(s Sighting) error {
		out = append(out, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Walk gives visit the events that Read returns, one after the other, and ends with the first error of visit. Only
// when Walk has returned nil is it known that what was visited is on the signed tree: put nothing out before.
func Walk(ctx context.Context, dir string, identities []age.Identity, visit func(Sighting) error) error {
	d, err := openDirectory(dir)
	if err != nil {
		return err
	}
	defer d.close()
	c := &collector{}
	a := openAnchor(d, "", nil, c)
	if a == nil {
		return fmt.Errorf("read audit log %s: %s", dir, c.found[0])
	}
	r := &reader{d: d, a: a, identities: identities, leaves: newLeafReader(a.verifier.Name()), keys: map[string]opened{}}
	ours := false
	all, err := readLeaves(ctx, d, a, c, func(file string, first uint64, entries [][]byte) error {
		r.beside = beside{first: first}
		for i, raw := range entries {
			index := first + uint64(i)
			l, err := r.leaves.parse(raw)
			if err != nil {
				c.add(file, leafPlace(index), "%v", err)
				return nil
			}
			ours = true
			s := r.sight(i, l)
			s.Index, s.Leaf = index, tlog.RecordHash(raw)
			if err := visit(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read audit log %s: %w", dir, err)
	}
	before := len(c.found)
	if whole := checkRoot(all, a, c); whole && !ours && before > 0 {
		return foreign(dir, a)
	}
	if len(c.found) > 0 {
		return fmt.Errorf("read audit log %s: %s", dir, c.found[0])
	}
	return nil
}

type reader struct {
	d          *directory
	a          *anchor
	identities []age.Identity
	leaves     *leafReader
	keys       map[string]opened
	beside     beside
	buf        []byte
}

// opened is a key as the reader's identities open it: both nil if they do not.
type opened struct {
	key []byte
	err error
}

// beside is what lies beside the bundle in hand, read when it is first needed.
type beside struct {
	first     uint64
	lines     map[string]string // of key notes, by key; nil if not read
	linesErr  error
	bodies    [][]byte
	bodiesErr error
	read      bool // bodies were
}

// sight shows leaf i of the bundle in hand.
func (r *reader) sight(i int, l leaf) Sighting {
	s := Sighting{Cover: l.Cover}
	o, met := r.keys[l.Key]
	if !met {
		o = r.openKey(l)
		if o.err != nil {
			o.err = fmt.Errorf("%s: %w", keysFile(r.beside.first), o.err)
		}
		r.keys[l.Key] = o
	}
	err := o.err
	if o.key != nil {
		if s.Event, err = r.openBody(i, l, o.key); err != nil {
			err = fmt.Errorf("%s: %w", sealedFile(r.beside.first), err)
		}
	}
	if err != nil {
		s.Fault = err.Error()
	}
	return s
}

func (r *reader) openBody(i int, l leaf, key []byte) (*mla.Event, error) {
	b := &r.beside
	if !b.read {
		b.read = true
		var buf []byte
		if buf, b.bodiesErr = r.d.load(r.buf, sealedFile(b.first), maxBundle); b.bodiesErr == nil {
			r.buf = buf
			b.bodies, b.bodiesErr = splitBundle(buf, tileWidth) // a log that is written to may have more than its checkpoint
		}
	}
	if i >= len(b.bodies) {
		return nil, b.bodiesErr
	}
	if err := sealedBy(b.bodies[i], l); err != nil {
		return nil, err
	}
	return openBody(l, key, b.bodies[i])
}

// openKey opens the key of a leaf that is the first to speak of it.
func (r *reader) openKey(l leaf) opened {
	b := &r.beside
	if b.lines == nil {
		b.lines = map[string]string{}
		raw, err := r.d.load(nil, keysFile(b.first), maxKeys)
		if b.linesErr = err; err == nil {
			lines, fault := openKeys(raw, r.a.verifier)
			if fault != nil {
				b.linesErr = fault
			}
			for _, line := range lines {
				b.lines[lineKey(line)] = line
			}
		}
	}
	line, ok := b.lines[l.Key]
	switch {
	case !ok && b.linesErr != nil:
		return opened{err: b.linesErr}
	case !ok:
		return opened{err: errNoKeyNote}
	}
	w, err := parseKeyLine(line, r.a.verifier, l)
	if err != nil {
		return opened{err: err}
	}
	key, err := w.open(r.identities)
	return opened{key, err}
}
