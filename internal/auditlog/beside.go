package auditlog

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"os"
	"path/filepath"
	"sync"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/note"

	"rogatory/internal/mla"
)

// beside is what lies beside the tree: for each entry bundle a file of the sealed bodies of its leaves, and one of the
// notes of the keys first met there. Both only ever grow at the end, until the bundle is full. Nothing in them counts
// before the tree holds its leaf, so what a writer leaves there that is killed is cut off by the next (settle).
type beside struct {
	dir        string
	sealer     sealer
	signer     note.Signer
	recipients map[mla.Role]age.Recipient

	number uint64    // of the bundle that the files below are of
	sealed *os.File  // nil until something is written
	keys   *os.File  // likewise
	sum    hash.Hash // over what is in keys
}

// write puts the bodies and new keys of events on disk, the first of which will be leaf from.
func (b *beside) write(from uint64, events []*sealedEvent) error {
	for len(events) > 0 {
		if n := from / entriesPerTile; n != b.number {
			if err := b.close(); err != nil {
				return err
			}
			b.number = n
		}
		room := min(entriesPerTile-from%entriesPerTile, uint64(len(events)))
		if err := b.grow(events[:room]); err != nil {
			return err
		}
		from, events = from+room, events[room:]
	}
	return nil
}

// grow writes events of one bundle. The bodies go to the disk while the keys are wrapped.
func (b *beside) grow(events []*sealedEvent) error {
	var bodies []byte
	var covers []mla.Cover
	for _, s := range events {
		bodies = binary.BigEndian.AppendUint16(bodies, uint16(len(s.ciphertext)))
		bodies = append(bodies, s.ciphertext...)
		if s.newKey {
			covers = append(covers, s.cover)
		}
	}
	failed := make(chan error, 1)
	go func() { failed <- b.add(&b.sealed, SealedPath(b.number), bodies) }()
	var err error
	if len(covers) > 0 {
		err = b.growKeys(covers)
	}
	return errors.Join(err, <-failed)
}

// growKeys adds one note with the keys of these covers.
func (b *beside) growKeys(covers []mla.Cover) error {
	lines, failed := make([][]byte, len(covers)), make([]error, len(covers))
	var wait sync.WaitGroup
	for i, c := range covers {
		wait.Go(func() { lines[i], failed[i] = keyLine(b.sealer, b.recipients, c) })
	}
	wait.Wait()
	if err := errors.Join(failed...); err != nil {
		return err
	}
	if b.keys == nil {
		b.sum = sha256.New()
	}
	raw, err := signKeys(b.signer, b.sum.Sum(nil), lines)
	if err != nil {
		return err
	}
	b.sum.Write(raw)
	return b.add(&b.keys, KeysPath(b.number), raw)
}

// add writes at the end of a file, which it opens if it must, and puts it on disk.
func (b *beside) add(f **os.File, name string, raw []byte) (err error) {
	name = filepath.Join(b.dir, filepath.FromSlash(name))
	made := *f == nil
	if made {
		if err := makeDir(filepath.Dir(name)); err != nil {
			return err
		}
		if *f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644); err != nil {
			*f = nil
			return err
		}
	}
	if _, err := (*f).Write(raw); err != nil {
		return err
	}
	if err := (*f).Sync(); err != nil || !made {
		return err
	}
	return syncDir(filepath.Dir(name))
}

func (b *beside) close() error {
	var failed []error
	for _, f := range []*os.File{b.sealed, b.keys} {
		if f != nil {
			failed = append(failed, f.Close())
		}
	}
	b.sealed, b.keys, b.sum = nil, nil, nil
	return errors.Join(failed...)
}
