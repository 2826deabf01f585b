package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/report"
)

func (p *program) audit() *cobra.Command {
	c := &cobra.Command{
		Use:     "audit",
		Short:   "Verify and read the logs of a run",
		Example: "  go run ./starter audit verify out/demo/uncc\n  go run ./starter audit show out/demo/uncc --as auditor",
		Args:    cobra.ArbitraryArgs,
		RunE:    choose,
	}
	c.AddCommand(p.auditVerify(), p.auditShow())
	return c
}

func (p *program) auditVerify() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that logs are whole, from their published bytes alone",
		Long: `Checks every log below a directory: signatures, root, every tile, every leaf, every sealed body. The directory may be a
run's, one that holds several runs, a directory of logs, or one log. Exits 0 where all are whole, 1 where one is not, and 2
where there is no log.`,
		Example: "  go run ./starter audit verify out/demo\n  go run ./starter audit verify out/demo/uncc/logs/alder --json",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			v, err := verified(c.Context(), args[0])
			if err != nil {
				return err
			}
			if err := p.print(v, asJSON); err != nil {
				return err
			}
			if !v.Whole {
				return errNegative
			}
			return nil
		},
	}
	jsonFlag(c, &asJSON)
	return c
}

// verified checks every log below a directory.
func verified(ctx context.Context, dir string) (*report.Verification, error) {
	logs, err := logsBelow(dir)
	if err != nil {
		return nil, err
	}
	out := &report.Verification{Dir: filepath.ToSlash(dir), Whole: true, Caveat: report.Caveat}
	for _, at := range logs {
		r, err := verify.Check(ctx, at, verify.Options{})
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", at, err)
		}
		l := report.CheckedLog{
			Dir: filepath.ToSlash(at), Origin: r.Origin, Size: r.Size, Root: r.Root, Cases: r.Cases, Whole: r.OK(), Findings: []report.Finding{},
		}
		for _, f := range r.Findings {
			l.Findings = append(l.Findings, report.Finding{File: f.File, Place: f.Place, What: f.What})
		}
		out.Whole = out.Whole && l.Whole
		out.Logs = append(out.Logs, l)
	}
	return out, nil
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

// isLog reports whether a directory has what only a log has.
func isLog(dir string) bool {
	for _, name := range []string{"checkpoint", "log.vkey"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}
