package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/report"
)

// What the demo runs, and the seed by which its directories are known.
const (
	demoCase = "g29"
	demoSeed = "demo"
)

var demoRegimes = []string{"uncc", "budapest"}

func (p *program) demo() *cobra.Command {
	var dir string
	var asJSON bool
	c := &cobra.Command{
		Use:   "demo",
		Short: "Run one case under two treaties and show what each observer could see",
		Long: `Starts Temporal in this process and runs case g29 under the UN convention and under Budapest: the same request, the
same officers, two texts. Tells who did what and when, which grounds there were and which were raised, what the public,
the auditor at each access and an all-knowing observer could see, verifies the logs, and says what to try next.

The directory given by --out keeps both runs. Only what an earlier demo left there is replaced.`,
		Example: "  go run ./starter demo\n  go run ./starter demo --out out/demo --json",
		Args:    exactly(0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.runDemo(c.Context(), dir, asJSON)
		},
	}
	c.Flags().StringVar(&dir, "out", filepath.Join("out", "demo"), "directory to keep both runs in")
	jsonFlag(c, &asJSON)
	return c
}

func (p *program) runDemo(ctx context.Context, dir string, asJSON bool) error {
	subjects := make([]*subject, len(demoRegimes))
	for i, regime := range demoRegimes {
		s, err := selection{name: demoCase, regime: regime}.read()
		if err != nil {
			return err
		}
		subjects[i] = s
	}
	if err := clearDemo(dir); err != nil {
		return badInputf("--out: %w", err)
	}
	started := time.Now()
	done := progress(p.err, "running "+demoCase+" under "+strings.Join(demoRegimes, " and "))
	defer done()
	server, err := docket.StartServer(ctx, "", p.logger)
	if err != nil {
		return interrupted(ctx, err)
	}
	defer server.Stop()
	demo := &report.Demo{Dir: filepath.ToSlash(dir), Next: nextAfter(filepath.ToSlash(dir)), Caveat: report.Caveat}
	for i, regime := range demoRegimes {
		at := filepath.Join(dir, regime)
		told, err := docket.Run(ctx, docket.Options{
			Case: subjects[i].scenario, Source: subjects[i].source, Instruments: subjects[i].instruments, Bundle: subjects[i].bundle,
			Clock: docket.Skip, Seed: demoSeed, Dir: at, Server: server, Logger: p.logger,
		})
		if err != nil {
			return interrupted(ctx, err)
		}
		events, err := eventsIn(ctx, at)
		if err != nil {
			return err
		}
		demo.Runs = append(demo.Runs, told)
		demo.Events = append(demo.Events, events)
	}
	done()
	demo.Took = time.Since(started)
	if err := p.print(demo, asJSON); err != nil {
		return err
	}
	if slices.ContainsFunc(demo.Runs, func(r *report.Run) bool { return !sound(r) }) {
		return errNegative
	}
	return nil
}

// nextAfter lists commands to try on what the demo left.
func nextAfter(dir string) []string {
	return []string{
		"go run ./starter audit verify " + dir,
		"go run ./starter audit show " + dir + "/uncc --as auditor",
		"go run ./starter audit show " + dir + "/uncc --as none",
		"go run ./starter assess " + demoCase + " --regime uncc",
		"go run ./starter run " + demoCase + " --regime uncc,budapest",
	}
}

func interrupted(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return errors.New("stopped; the same command starts the demo anew")
	case errors.Is(err, docket.ErrOther), errors.Is(err, fs.ErrPermission):
		return badInputf("--out: %w", err)
	}
	return err
}

// clearDemo takes away what an earlier demo left in a directory. A directory that holds anything else stays as it is, and
// is an error.
func clearDemo(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !slices.Contains(demoRegimes, e.Name()) {
			return fmt.Errorf("%s holds %s, which is no demo's; give another directory", dir, e.Name())
		}
		if err := ofADemo(filepath.Join(dir, e.Name()), e.Name()); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// ofADemo reports, as an error, why a directory is not one that a demo left behind.
func ofADemo(dir, regime string) error {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		return err
	}
	raw, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return fmt.Errorf("%s is not empty and no demo left it there; give another directory", dir)
	}
	var m docket.Manifest
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil || m.Case != demoCase || m.Seed != demoSeed || !slices.Equal(m.Instruments, []string{regime}) {
		return fmt.Errorf("%s holds something else than a demo under %s; give another directory", dir, regime)
	}
	for _, e := range entries {
		if !ofARun(e.Name()) {
			return fmt.Errorf("%s holds %s beside an earlier demo; move it away, or give another directory", dir, e.Name())
		}
	}
	return nil
}

// ofARun reports whether a run leaves such a name in its directory; one that was killed may leave it half written, with a
// dot before it.
func ofARun(name string) bool {
	names := []string{"manifest.json", "result.json", "case.yaml", "stipulated.json", "policy", "logs", "keys", "spool"}
	return slices.Contains(names, name) || slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(name, "."+n) })
}
