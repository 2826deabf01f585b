package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// Names of the published directory.
const (
	vkeyFile       = "log.vkey"
	checkpointFile = "checkpoint"
	privateDir     = ".state" // the writer's own; never published, never read here
)

// ageHead begins every file that age encrypted.
const ageHead = "age-encryption.org/"

// ErrNoLog says that a directory is no log of Rogatory's: empty, encrypted, or of others. The caller gives another.
var ErrNoLog = errors.New("not an audit log")

// foreign is the error for a log whose leaves are all of another kind, though its tree is whole.
func foreign(dir string, a *anchor) error {
	return fmt.Errorf("%w: %s: its %d leaves are none of Rogatory's: it is a log of others, %s", ErrNoLog, dir, a.tree.N, a.verifier.Name())
}

// directory is a log's published files. Nothing outside it can be reached through it, by links or otherwise.
type directory struct {
	dir   string
	root  *os.Root
	names []string        // of every regular file, once listed
	files map[string]bool // the same; true once accounted for. Nil if not listed
}

// openDirectory opens what looks like a log.
func openDirectory(dir string) (*directory, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read audit log %s: %w", dir, err)
	}
	there := false
	for _, name := range []string{checkpointFile, vkeyFile} {
		_, err := root.Lstat(name)
		there = there || err == nil
		if f, err := openRegular(root, name); err == nil {
			head := make([]byte, len(ageHead))
			n, _ := io.ReadFull(f, head) // what is shorter is not encrypted
			_ = f.Close()                // it was only read from
			if string(head[:n]) == ageHead {
				return nil, errors.Join(fmt.Errorf("%w: %s is encrypted with age: decrypt it first", ErrNoLog, dir), root.Close())
			}
		}
	}
	if !there {
		return nil, errors.Join(fmt.Errorf("%w: %s has neither %s nor %s", ErrNoLog, dir, checkpointFile, vkeyFile), root.Close())
	}
	return &directory{dir: dir, root: root}, nil
}

func (d *directory) close() { _ = d.root.Close() } // it was only read from

// list learns what is published. Anything that is neither a directory nor a regular file is a finding.
func (d *directory) list(ctx context.Context, c *collector) error {
	d.files = map[string]bool{}
	err := fs.WalkDir(d.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case name == privateDir && e.IsDir():
			return fs.SkipDir
		case e.IsDir():
			return nil
		case !e.Type().IsRegular():
			c.add(name, "", "%v", errNoFile)
			return nil
		}
		d.names = append(d.names, name)
		d.files[name] = false
		return nil
	})
	if err != nil {
		return fmt.Errorf("read audit log %s: %w", d.dir, err)
	}
	return nil
}

func (d *directory) has(name string) bool { _, ok := d.files[name]; return ok }

// account marks a file as one that the log speaks of. It reports whether the file may be there.
func (d *directory) account(name string) bool {
	if d.files == nil {
		return true
	}
	if d.has(name) {
		d.files[name] = true
		return true
	}
	return false
}

// read returns a file of at most limit bytes, and marks it accounted for.
func (d *directory) read(name string, limit int) ([]byte, error) {
	if !d.account(name) {
		return nil, errMissing
	}
	return d.load(nil, name, limit)
}

// load reads a file of at most limit bytes over buf, which it may keep in what it returns.
func (d *directory) load(buf []byte, name string, limit int) ([]byte, error) {
	f, err := openRegular(d.root, name)
	if err != nil {
		return nil, plain(err)
	}
	buf = buf[:0]
	if info, err := f.Stat(); err == nil {
		buf = slices.Grow(buf, int(min(info.Size(), int64(limit)))+1)
	}
	for {
		if len(buf) == cap(buf) {
			buf = slices.Grow(buf, 4096)
		}
		n, err := f.Read(buf[len(buf):min(cap(buf), limit+1)])
		buf = buf[:len(buf)+n]
		if err == nil && len(buf) <= limit {
			continue
		}
		if err == io.EOF {
			err = nil
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, plain(err)
		}
		if len(buf) > limit {
			return nil, fmt.Errorf("more than the %d bytes that can be", limit)
		}
		return buf, nil
	}
}

// openRegular opens a file, and nothing that could keep a reader waiting for ever, such as a pipe.
func openRegular(root *os.Root, name string) (*os.File, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	return root.Open(name)
}

var (
	errMissing = errors.New("missing")
	errNoFile  = errors.New("neither a file nor a directory")
)

// plain drops the path that a finding names already.
func plain(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errMissing
	}
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
