package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"rogatory/internal/export"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

func (p *program) auditExport() *cobra.Command {
	var format, to, keys string
	var as []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "export DIR",
		Short: "Write the events of logs for other tools",
		Long: `Writes the events of every log below a directory as OCEL 2.0 (JSON or SQLite), XES (IEEE 1849), CSV or Parquet, as far as a
clearance reads them: without --as, as the public does. What stays sealed is exported by its cover. Each event carries its
log, the index of its leaf and the leaf's hash.`,
		Example: "  go run ./starter audit export out/g01 --format ocel-json --to g01.jsonocel --as auditor\n  go run ./starter audit export out/g01 --format csv --to g01.csv --as full",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(export.Formats, export.Format(format)) {
				return badInputf("--format %q: want one of %s", format, joined(export.Formats))
			}
			if to == "" {
				return badInputf("say with --to which file to write")
			}
			if err := isDirectory(filepath.Dir(to)); err != nil {
				return badInputf("--to %s: %w", to, err)
			}
			if err := beside("--to", to); err != nil {
				return err
			}
			if len(as) == 0 {
				as = []string{clearanceNone}
			}
			who, err := parseClearance(as)
			if err != nil {
				return err
			}
			logs, err := logsBelow(args[0])
			if err != nil {
				return err
			}
			var all []export.Log
			used := 0
			for _, at := range logs {
				whole, err := filepath.Abs(at)
				if err != nil {
					return err
				}
				identities, err := identitiesFor(whole, mla.State(filepath.Base(whole)), who, keys)
				if err != nil {
					return err
				}
				used += len(identities)
				all = append(all, export.Log{Dir: at, Identities: identities})
			}
			if used == 0 && len(who) > 0 {
				return badInputf("no key for --as was found for the logs in %s; give --keys DIR, or leave --as out", args[0])
			}
			sum, err := export.Write(c.Context(), all, export.Format(format), to)
			if err != nil {
				return fmt.Errorf("%w; audit verify %s says more", err, args[0])
			}
			return p.print(&exported{
				File: filepath.ToSlash(to), Format: format, As: as, Events: sum.Events, Opened: sum.Opened, Cases: sum.Cases, Objects: sum.Objects,
				Caveat: report.Caveat,
			}, asJSON)
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "one of "+joined(export.Formats))
	f.StringVar(&to, "to", "", "the file to write")
	f.StringArrayVar(&as, "as", nil, "whose keys to use: ROLE, ROLE@STATE, full or none (default none)")
	f.StringVar(&keys, "keys", "", "directory of keys, one directory per State, instead of the run's own")
	jsonFlag(c, &asJSON)
	return c
}

// exported says what was written.
type exported struct {
	File    string   `json:"file"`
	Format  string   `json:"format"`
	As      []string `json:"as"`
	Events  int      `json:"events"`
	Opened  int      `json:"opened"`
	Cases   int      `json:"cases"`
	Objects int      `json:"objects"`
	Caveat  string   `json:"caveat"`
}

// Terminal says it in two lines.
func (e *exported) Terminal(w io.Writer, _ report.Style) error {
	_, err := fmt.Fprintf(w, "%s: %d events of %d case(s) and %d objects, as %s; %d events can be read, the others are covers.\n%s\n",
		e.File, e.Events, e.Cases, e.Objects, e.Format, e.Opened, e.Caveat)
	return err
}
