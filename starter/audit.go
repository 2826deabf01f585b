package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func (p *program) audit() *cobra.Command {
	c := &cobra.Command{
		Use:     "audit",
		Short:   "Verify and read the logs of a run",
		Example: "  go run ./starter audit verify out/demo/uncc\n  go run ./starter audit show out/demo/uncc --as auditor",
		Args:    cobra.ArbitraryArgs,
		RunE:    choose,
	}
	c.AddCommand(p.auditVerify(), p.auditShow(), p.auditCheck(), p.auditReconcile(), p.auditRederive(), p.auditAsk(), p.auditStatistics(), p.auditSample(), p.auditProve(), p.auditCheckProof(), p.auditWitness(), p.auditCosign(), p.auditExport(), p.auditImport())
	return c
}

// deepest is how far below a directory logs are looked for: run, logs, State.
const deepest = 4

// logsBelow finds the logs below a directory, in order. It is an error, of bad input, if there is none.
func logsBelow(dir string) ([]string, error) {
	if err := isDirectory(dir); err != nil {
		return nil, badInputf("%w; give the directory of a run, of its logs, or of one log", err)
	}
	var logs []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		switch {
		case isLog(path), strings.Count(rel, string(filepath.Separator)) >= deepest:
			if isLog(path) {
				logs = append(logs, path)
			}
			return fs.SkipDir
		}
		return nil
	})
	if err != nil {
		return nil, badInputf("look for logs in %s: %w", dir, err)
	}
	if below, err := os.ReadDir(filepath.Join(dir, "logs")); err == nil { // a log that lost both its names is still a log
		for _, e := range below {
			at := filepath.Join(dir, "logs", e.Name())
			if e.IsDir() && !slices.Contains(logs, at) {
				return nil, badInputf("%s is not a log: it has neither checkpoint nor log.vkey; restore it, or move it away", at)
			}
		}
	}
	if len(logs) == 0 {
		return nil, badInputf("there is no log in %s; give the directory of a run, of its logs, or of one log", dir)
	}
	return logs, nil
}

// beside checks that what a flag has written would lie beside logs and not in one, which would then no longer be whole.
func beside(flag, name string) error {
	at, err := filepath.Abs(name)
	if err != nil {
		return badInputf("%s: %w", flag, err)
	}
	for ; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil && info.IsDir() && isLog(at) {
			return badInputf("%s %s: %s is a log, and would no longer be whole; give another place", flag, name, at)
		}
	}
	return nil
}

// isLog reports whether a directory has what only a log has.
func isLog(dir string) bool {
	for _, name := range []string{"checkpoint", "log.vkey"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}
