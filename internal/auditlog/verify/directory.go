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

// directory is a log's published files. Nothing outside it can be reached through it, by links or otherwise.
type directory struct {
	root  *os.Root
	sizes map[string]int64 // of every regular file
	seen  map[string]bool  // files accounted for
}

// openDirectory lists what is published. Anything that is neither a directory nor a regular file is a finding.
func openDirectory(ctx context.Context, dir string, c *collector) (*directory, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read audit log %s: %w", dir, err)
	}
	d := &directory{root: root, sizes: map[string]int64{}, seen: map[string]bool{}}
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
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
			c.add(name, "", "neither a file nor a directory")
			return nil
		}
		info, err := e.Info()
		if err == nil {
			d.sizes[name] = info.Size()
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read audit log %s: %w", dir, err), root.Close())
	}
	_, hasCheckpoint := d.sizes[checkpointFile]
	_, hasKey := d.sizes[vkeyFile]
	if !hasCheckpoint && !hasKey {
		return nil, errors.Join(fmt.Errorf("%s is not an audit log: it has neither %s nor %s", dir, checkpointFile, vkeyFile), root.Close())
	}
	return d, nil
}

func (d *directory) close() { _ = d.root.Close() }

func (d *directory) has(name string) bool { _, ok := d.sizes[name]; return ok }

// names lists the files in order.
func (d *directory) names() []string {
	out := make([]string, 0, len(d.sizes))
	for name := range d.sizes {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// read returns a file of at most limit bytes, and marks it accounted for.
func (d *directory) read(name string, limit int64) ([]byte, error) {
	d.seen[name] = true
	size, ok := d.sizes[name]
	if !ok {
		return nil, errMissing
	}
	if size > limit {
		return nil, fmt.Errorf("%d bytes, where at most %d can be", size, limit)
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, plain(err)
	}
	raw := make([]byte, size)
	n, err := io.ReadFull(f, raw)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, plain(err)
	}
	return raw[:n], nil
}

var errMissing = errors.New("missing")

// plain drops the path that a finding names already.
func plain(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
