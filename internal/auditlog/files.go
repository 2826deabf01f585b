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

// file is one to be published.
type file struct {
	path string // relative to the log
	data []byte
}

// publish writes files so that all are on disk, whole and under their names, when it returns nil. No leaf speaks of them
// before, so what a writer leaves half done that is killed is a stray like any other: the next Open removes it.
func publish(dir string, files []file) error {
	parents, names := map[string]bool{}, make([]string, len(files))
	for i, f := range files {
		names[i] = filepath.Join(dir, f.path)
		parents[filepath.Dir(names[i])] = true
	}
	for p := range parents {
		if err := makeDir(p); err != nil {
			return err
		}
	}
	for i, f := range files {
		if err := os.WriteFile(names[i], f.data, 0o644); err != nil {
			return err
		}
	}
	return flush(dir, names, slices.Collect(maps.Keys(parents)))
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

// atOnce is how many files are synced together: a journalling disk takes them in one commit.
const atOnce = 8

// syncEach puts files and directories on disk, some at a time.
func syncEach(names []string) error {
	slots := make(chan struct{}, atOnce)
	failed := make([]error, len(names))
	var wait sync.WaitGroup
	for i, name := range names {
		slots <- struct{}{}
		wait.Go(func() {
			failed[i] = syncDir(name)
			<-slots
		})
	}
	wait.Wait()
	return errors.Join(failed...)
}

// syncDir puts a directory on disk, or a file.
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
