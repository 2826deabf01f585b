//go:build unix

package devserver

import (
	"errors"
	"os"
	"syscall"
)

// fileLock is an exclusive advisory lock. The system drops it when the process dies.
type fileLock struct{ f *os.File }

// acquire takes the lock on the file, making it when missing, or fails at once with ErrLocked.
func acquire(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
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
