//go:build !linux

package auditlog

// flush puts files and directories on disk.
func flush(_ string, files, dirs []string) error { return syncEach(append(files, dirs...)) }
