package auditlog

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// fewFiles are synced one by one: syncing the file system also writes what other programs have not yet written.
const fewFiles = 8

// flush puts files and directories on disk. Many go with all of dir's file system at once: one commit of its journal
// costs less than one for each file.
func flush(dir string, files, dirs []string) error {
	if len(files) <= fewFiles {
		return syncEach(append(files, dirs...))
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := unix.Syncfs(int(d.Fd())); err != nil {
		return errors.Join(&os.PathError{Op: "syncfs", Path: dir, Err: err}, d.Close())
	}
	return d.Close()
}
