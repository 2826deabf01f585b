package devserver

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// fileLock is an exclusive lock. The system drops it when the process dies.
type fileLock struct{ f *os.File }

// acquire takes the lock on the file, making it when missing, or fails at once with ErrLocked.
func acquire(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped)); err != nil {
		f.Close()
		if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
			return nil, ErrLocked
		}
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return &fileLock{f}, nil
}

// release drops the lock; the file stays, since removing it would let two holders have "the" lock. Nil has nothing to drop.
func (l *fileLock) release() {
	if l != nil {
		l.f.Close()
	}
}
