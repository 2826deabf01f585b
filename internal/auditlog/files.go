package auditlog

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
)

// atOnce is how many files are synced together: a journalling disk takes them in one commit.
const atOnce = 8

// file is one to be published.
type file struct {
	path string // relative to the log
	data []byte
}

// publish writes files so that each is there whole or not at all, and all are on disk when it returns nil. They pass
// through the private directory, so that a writer killed half way leaves nothing unfinished among published files.
func publish(dir string, files []file) error {
	parents := map[string]bool{}
	for _, f := range files {
		parents[filepath.Dir(filepath.Join(dir, f.path))] = true
	}
	for p := range parents {
		if err := makeDir(p); err != nil {
			return err
		}
	}
	write := func(f file) error {
		return writeFile(filepath.Join(dir, StateDir), filepath.Join(dir, f.path), f.data, 0o644)
	}
	if err := each(files, write); err != nil {
		return err
	}
	return each(slices.Collect(maps.Keys(parents)), syncDir)
}

// each calls do for each of xs, some at a time, and returns when all have returned.
func each[X any](xs []X, do func(X) error) error {
	slots := make(chan struct{}, atOnce)
	failed := make([]error, len(xs))
	var wait sync.WaitGroup
	for i, x := range xs {
		slots <- struct{}{}
		wait.Go(func() {
			failed[i] = do(x)
			<-slots
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// writeFile writes name by way of a temporary file in the directory by, on the same file system. The caller syncs
// the directory of name.
func writeFile(by, name string, data []byte, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(by, tempPrefix+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

const tempPrefix = "writing-"

// makeDir makes a directory and those above it, and syncs the names of the new ones.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	above := filepath.Dir(dir)
	if err := makeDir(above); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(above)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// lock takes the directory for one writer; the system frees it when the process dies. The lock file stays, for
// removing it would let two writers hold "the" lock.
func lock(dir string) (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(dir, StateDir, "writer.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrLocked
		}
		return nil, errors.Join(&os.PathError{Op: "lock", Path: f.Name(), Err: err}, f.Close())
	}
	return f.Close, nil
}

// digits reports whether s is a decimal number and nothing else.
func digits(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil && s[0] != '+'
}
