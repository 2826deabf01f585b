package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"rogatory/internal/audit"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/imported"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

func (p *program) auditImport() *cobra.Command {
	var mapping, to string
	var asJSON bool
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Read an event log that was kept elsewhere",
		Long: `Reads a CSV or XES file of events through a mapping file, which says which column is the case, the time and the activity,
which of Rogatory's kinds each activity is, and where the body of a kind comes from. An activity whose body is not mapped
is imported by its cover, as if it were sealed. What is imported is not tamper-evident, and is marked so.`,
		Example: "  go run ./starter audit import cases.csv --map cases-map.yaml --to out/foreign",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if mapping == "" || to == "" {
				return badInputf("say with --map how to read the file, and with --to which directory to write")
			}
			if err := beside("--to", to); err != nil {
				return err
			}
			entries, rec, err := imported.FromFile(args[0], mapping)
			if err != nil {
				return badInput{err}
			}
			if rec, err = imported.Write(to, entries, rec); err != nil {
				return badInput{err}
			}
			from, until := imported.Span(entries)
			return p.print(&importing{Dir: filepath.ToSlash(to), Record: rec, From: from.Format("2006-01-02"), To: until.Format("2006-01-02"), Caveat: report.Caveat}, asJSON)
		},
	}
	c.Flags().StringVar(&mapping, "map", "", "the mapping file (YAML)")
	c.Flags().StringVar(&to, "to", "", "the directory to write")
	jsonFlag(c, &asJSON)
	return c
}

// spreadImported puts an import before an auditor. What its mapping gave a body is open to whoever holds it; the rest
// is as if it were sealed.
func (s sight) spreadImported(dir string) (*bench, error) {
	entries, rec, err := imported.Read(dir)
	if err != nil {
		return nil, badInput{err}
	}
	b := &bench{
		dir: filepath.ToSlash(dir), as: []string{"the holder of " + filepath.ToSlash(dir)}, events: rec.Events, opened: rec.Bodies,
		notes: []string{"Imported from " + rec.Source + ": not tamper-evident. Nobody signed these events."},
	}
	logs, order := map[mla.State]*audit.Source{}, []mla.State{}
	for i, e := range entries {
		s := verify.Sighting{Index: uint64(i), Cover: e.Cover, Event: e.Event}
		if logs[e.Cover.Party] == nil {
			logs[e.Cover.Party] = &audit.Source{Dir: filepath.ToSlash(dir)}
			order = append(order, e.Cover.Party)
		}
		logs[e.Cover.Party].Seen = append(logs[e.Cover.Party].Seen, s)
		b.seen = append(b.seen, s)
	}
	var sources []audit.Source
	for _, state := range order {
		sources = append(sources, *logs[state])
	}
	b.cases = audit.Cases(sources)
	b.runs = []auditedRun{{dir: dir, cases: b.cases}}
	return b, b.know()
}

// importing says what was imported.
type importing struct {
	Dir string `json:"dir"`
	imported.Record
	From   string `json:"from"`
	To     string `json:"to"`
	Caveat string `json:"caveat"`
}

// Terminal says it in a few lines.
func (v *importing) Terminal(w io.Writer, _ report.Style) error {
	_, err := fmt.Fprintf(w, "%s: %d events of %d case(s) from %s, %s to %s; %d with a body, %d left out.\nNot tamper-evident: nobody signed these events.\n%s\n",
		v.Dir, v.Events, v.Cases, v.Source, v.From, v.To, v.Bodies, v.Skipped, v.Caveat)
	return err
}
