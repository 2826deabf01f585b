package verify

import (
	"context"
	"fmt"

	"filippo.io/age"

	"rogatory/internal/mla"
)

// Sighting is one event as a reader sees it.
type Sighting struct {
	Index uint64
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
	c := &collector{}
	d, err := openDirectory(ctx, dir, c)
	if err != nil {
		return nil, err
	}
	defer d.close()
	c.found = nil // what is neither file nor directory is for Check to report
	a := openAnchor(d, "", c)
	if a == nil {
		return nil, fmt.Errorf("read audit log %s: %s", dir, c.found[0])
	}
	r := &reader{d: d, a: a, identities: identities, keys: map[string]opened{}}
	all, err := readLeaves(ctx, d, a, c, func(file string, index uint64, raw []byte) {
		l, err := parseLeaf(raw, a.verifier.Name())
		if err != nil {
			c.add(file, leafPlace(index), "%v", err)
			return
		}
		r.leaf(index, l)
	})
	if err != nil {
		return nil, fmt.Errorf("read audit log %s: %w", dir, err)
	}
	if len(c.found) == 0 {
		checkRoot(all, a, c)
	}
	if len(c.found) > 0 {
		return nil, fmt.Errorf("read audit log %s: %s", dir, c.found[0])
	}
	return r.sightings, nil
}

type reader struct {
	d          *directory
	a          *anchor
	identities []age.Identity
	keys       map[string]opened
	sightings  []Sighting
}

// opened is a key note as the reader's identities open it: both nil if they do not.
type opened struct {
	key []byte
	err error
}

func (r *reader) leaf(index uint64, l leaf) {
	s := Sighting{Index: index, Cover: l.Cover}
	o, met := r.keys[l.Key]
	if !met {
		o = r.openKey(l)
		r.keys[l.Key] = o
	}
	err := o.err
	if err != nil {
		err = fmt.Errorf("%s: %w", l.keyFile(), err)
	}
	if o.key != nil {
		var ciphertext []byte
		if ciphertext, err = readSealed(r.d, l); err == nil {
			s.Event, err = openBody(l, o.key, ciphertext)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", l.sealedFile(), err)
		}
	}
	if err != nil {
		s.Fault = err.Error()
	}
	r.sightings = append(r.sightings, s)
}

func (r *reader) openKey(l leaf) opened {
	raw, err := r.d.read(l.keyFile(), maxNote)
	if err != nil {
		return opened{err: err}
	}
	w, err := parseKeyNote(raw, r.a.verifier, l)
	if err != nil {
		return opened{err: err}
	}
	key, err := w.open(r.identities)
	return opened{key, err}
}
