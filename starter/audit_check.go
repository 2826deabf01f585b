package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"rogatory/internal/audit"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/imported"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/policies"
)

// sight is what the commands that ask something of logs are told: whose eyes, and in which form to answer.
type sight struct {
	as   []string
	keys string
	json bool
	csv  bool

	// faulty goes on where a body that the clearance may read is missing or altered; else that is an error.
	faulty bool
}

func (s *sight) flags(c *cobra.Command) {
	c.Flags().StringArrayVar(&s.as, "as", nil, "whose keys to use: ROLE, ROLE@STATE, full or none (default auditor, or all those in --keys)")
	c.Flags().StringVar(&s.keys, "keys", "", "directory of keys, one directory per State, instead of the run's own")
	jsonFlag(c, &s.json)
	c.Flags().BoolVar(&s.csv, "csv", false, "print comma-separated values, one row for each finding")
}

// tabled is a result that has rows.
type tabled interface {
	written
	CSV(w io.Writer) error
}

// answer prints a result in the form asked for.
func (p *program) answer(v tabled, s sight) error {
	if s.csv {
		return v.CSV(p.out)
	}
	return p.print(v, s.json)
}

// bench is what lies before an auditor: the cases of all runs below a directory as a clearance sees them, and the law.
type bench struct {
	dir            string
	as             []string
	runs           []auditedRun
	cases          []*audit.Case
	law            *audit.Law
	seen           []verify.Sighting // of every log, one after the other
	events, opened int
	notes          []string
}

// auditedRun is the directory of one run, the cases on its logs and the law kept with it.
type auditedRun struct {
	dir    string
	cases  []*audit.Case
	law    map[string][]byte // files; nil: none is kept
	digest string            // of that law; empty: it is the one this program carries, or cannot be read
}

// named is the law that the events of a run name; empty where none is open.
func (r auditedRun) named() string {
	for _, c := range r.cases {
		if c.Policy != "" {
			return c.Policy
		}
	}
	return ""
}

// spread reads every log below a directory with the keys of a clearance, run by run.
func (s sight) spread(ctx context.Context, dir string) (*bench, error) {
	if s.json && s.csv {
		return nil, badInputf("--json and --csv: give one")
	}
	asked, err := parseClearance(s.as)
	if err != nil {
		return nil, err
	}
	if imported.Is(dir) {
		return s.spreadImported(dir)
	}
	logs, err := logsBelow(dir)
	if err != nil {
		return nil, err
	}
	if s.keys != "" {
		if err := isDirectory(s.keys); err != nil {
			return nil, badInputf("--keys: %w", err)
		}
	}
	c, as := asked.orDefault(s.keys)
	b := &bench{dir: filepath.ToSlash(dir), as: as, notes: []string{}}
	runs, order, used := map[string][]audit.Source{}, []string{}, 0
	for _, at := range logs {
		whole, err := filepath.Abs(at)
		if err != nil {
			return nil, err
		}
		if filepath.Base(whole) == operatorLog && len(logs) > 1 {
			continue // it is about histories, and no State's
		}
		identities, err := identitiesFor(whole, mla.State(filepath.Base(whole)), c, s.keys)
		if err != nil {
			return nil, err
		}
		used += len(identities)
		seen, err := verify.Read(ctx, at, identities)
		if err != nil {
			return nil, fmt.Errorf("%w; audit verify %s says what is wrong", err, at)
		}
		of := filepath.Dir(filepath.Dir(whole))
		if _, met := runs[of]; !met {
			order = append(order, of)
		}
		runs[of] = append(runs[of], audit.Source{Dir: filepath.ToSlash(at), Seen: seen})
		b.seen = append(b.seen, seen...)
	}
	if used == 0 && len(c) > 0 && !slices.ContainsFunc(c, func(a mla.Actor) bool { return a.Role == mla.Public }) {
		return nil, badInputf("no key of %s was found for the logs in %s; give --keys DIR, or --as none", strings.Join(as, ", "), dir)
	}
	for _, x := range b.seen {
		if x.Fault != "" && !s.faulty {
			return nil, fmt.Errorf("event %s: %s; audit verify %s says what is wrong", mla.EventID(x.Cover.Case, x.Cover.Party, x.Cover.Sequence), x.Fault, dir)
		}
		b.events++
		if x.Event != nil {
			b.opened++
		}
	}
	for _, of := range order {
		r := auditedRun{dir: of, cases: audit.Cases(runs[of])}
		b.runs = append(b.runs, r)
		b.cases = append(b.cases, r.cases...)
	}
	return b, b.know()
}

// know puts the law that the cases name on the bench: the one this program carries, and those kept with the runs where
// they are others.
func (b *bench) know() error {
	shipped, err := policies.Shipped()
	if err != nil {
		return err
	}
	bundles := []*policies.Bundle{shipped}
	for i := range b.runs {
		r := &b.runs[i]
		dir := filepath.Join(r.dir, "policy")
		if isDirectory(dir) != nil {
			continue
		}
		r.law, err = lawFiles(dir)
		if err != nil {
			return badInput{err}
		}
		if len(audit.ChangedFiles(r.law, shipped.Files())) == 0 {
			continue // loading it again takes longer than all the rest
		}
		kept, err := policies.Load(os.DirFS(dir))
		if err != nil {
			b.notes = append(b.notes, fmt.Sprintf("The law in %s cannot be read: %.300s.", filepath.ToSlash(dir), err))
			continue
		}
		r.digest = kept.Digest()
		bundles = append(bundles, kept)
	}
	b.law = audit.NewLaw(bundles...)
	unknown := []string{}
	for _, c := range b.cases {
		if c.Policy != "" && b.law.Bundle(c.Policy) == nil && !slices.Contains(unknown, c.Policy) {
			unknown = append(unknown, c.Policy)
			b.notes = append(b.notes, fmt.Sprintf("The law %.12s that case %s names is not at hand: what is owed there cannot be told; audit rederive says which file changed.", c.Policy, c.ID))
		}
	}
	return nil
}

func (p *program) auditCheck() *cobra.Command {
	var s sight
	var all, proofs, clearances bool
	var only []string
	var sheets string
	c := &cobra.Command{
		Use:   "check DIR",
		Short: "Ask of the logs whether duties, safeguards asked for and good practice were kept to",
		Long: `Answers a table of constraints on each case, as one clearance can: what must come before what, what must follow and by when,
what must not be, who must not be the same, what never comes without the other. Each is a duty of the law in the run's
folder, a safeguard that critics ask for, or good practice; only a duty can be violated. Where bodies are sealed the answer
may be cannot tell, and how often it is is the auditor's gap.

Exits 0, 1 where a duty was violated or a log is not whole, and 2 for bad input.`,
		Example: `  go run ./starter audit check out/g01
  go run ./starter audit check out/g01 --as full --sheets out/findings
  go run ./starter audit check out/g01 --only every-secret-ends --csv`,
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			table, err := chosenConstraints(only)
			if err != nil {
				return err
			}
			if sheets != "" {
				if err := beside("--sheets", sheets); err != nil {
					return err
				}
			}
			b, err := s.spread(c.Context(), args[0])
			if err != nil {
				return err
			}
			v := b.check(table, all)
			if clearances {
				if v.Clearances, err = s.gaps(c.Context(), args[0], table); err != nil {
					return err
				}
			}
			if proofs {
				if v.Proofs, err = b.proofs(c.Context(), v.Findings); err != nil {
					return err
				}
			}
			if sheets != "" {
				if v.Sheets, err = b.sheets(c.Context(), sheets, v.Findings); err != nil {
					return err
				}
			}
			if err := p.answer(v, s); err != nil {
				return err
			}
			if slices.ContainsFunc(v.Findings, func(f audit.Finding) bool { return f.Verdict == audit.Violated }) {
				return errNegative
			}
			return nil
		},
	}
	s.flags(c)
	c.Flags().BoolVar(&all, "all", false, "list every answer, not only those to act on")
	c.Flags().StringSliceVar(&only, "only", nil, "constraints to ask, by id")
	c.Flags().BoolVar(&clearances, "clearances", false, "tell the auditor's gap at every clearance for which there is a key")
	c.Flags().StringVar(&sheets, "sheets", "", "directory to write a finding sheet into for each finding, with the proofs of its events")
	c.Flags().BoolVar(&proofs, "proofs", false, "put the inclusion proofs of the findings' events into --json")
	return c
}

// chosenConstraints picks constraints by id; all of them where none is named.
func chosenConstraints(only []string) ([]audit.Constraint, error) {
	if len(only) == 0 {
		return audit.Constraints, nil
	}
	var out []audit.Constraint
	for _, id := range only {
		k, ok := audit.ByID(id)
		if !ok {
			ids := []string{}
			for _, k := range audit.Constraints {
				ids = append(ids, k.ID)
			}
			return nil, badInputf("--only %q: there is no such constraint; there are %s", id, strings.Join(ids, ", "))
		}
		out = append(out, k)
	}
	return out, nil
}

// check answers the table on every case. With one case every answer is listed; with many the negative ones, or all.
func (b *bench) check(table []audit.Constraint, all bool) *report.Answered {
	v := &report.Answered{
		Dir: b.dir, As: b.as, Cases: len(b.cases), Events: b.events, Opened: b.opened, Notes: b.notes,
		Findings: []audit.Finding{}, Caveat: report.Caveat,
	}
	var every []audit.Finding
	asIf := []string{}
	for _, c := range b.cases {
		for _, f := range audit.CheckWith(c, b.law, table) {
			every = append(every, f)
			for _, i := range f.AsIf {
				if !slices.Contains(asIf, i) {
					asIf = append(asIf, i)
				}
			}
			if f.Negative() || all && f.Verdict != audit.NoOccasion || len(b.cases) == 1 && f.Verdict == audit.CannotTell {
				v.Findings = append(v.Findings, f)
			}
		}
	}
	for _, i := range asIf {
		v.Notes = append(v.Notes, i+" was not in force when last checked: its duties are read as if it were, and every such finding is hypothetical.")
	}
	v.Constraints, v.Gap = audit.Count(every)
	return v
}

// gaps answers the table at every clearance: nobody's, each role's on all logs, and everybody's.
func (s sight) gaps(ctx context.Context, dir string, table []audit.Constraint) ([]report.ClearanceGap, error) {
	out := []report.ClearanceGap{}
	whose := []string{clearanceNone}
	for _, r := range mla.Roles {
		if r != mla.Public {
			whose = append(whose, string(r))
		}
	}
	for _, as := range append(whose, clearanceFull) {
		one := s
		one.as = []string{as}
		b, err := one.spread(ctx, dir)
		if errors.As(err, new(badInput)) {
			continue // there is no such key here
		}
		if err != nil {
			return nil, err
		}
		v := b.check(table, false)
		out = append(out, report.ClearanceGap{As: as, Events: v.Events, Opened: v.Opened, Gap: v.Gap})
	}
	return out, nil
}

// proofs makes the inclusion proofs of the events of findings to act on. It reads each log once.
func (b *bench) proofs(ctx context.Context, findings []audit.Finding) (map[string]string, error) {
	byLog := map[string][]string{}
	for _, f := range findings {
		for _, e := range f.Events {
			if f.Negative() && e.Log != "" {
				byLog[e.Log] = append(byLog[e.Log], e.ID)
			}
		}
	}
	out := map[string]string{}
	for log, ids := range byLog {
		slices.Sort(ids)
		ids = slices.Compact(ids)
		proofs, err := verify.Prove(ctx, filepath.FromSlash(log), ids...)
		if err != nil {
			return nil, err
		}
		for i, p := range proofs {
			out[ids[i]] = string(p.Marshal())
		}
	}
	return out, nil
}

// sheets writes each finding to act on as text and as JSON, with the proofs of its events beside it.
func (b *bench) sheets(ctx context.Context, dir string, findings []audit.Finding) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, badInputf("--sheets: %w; give a new or empty directory", err)
	}
	if len(entries) > 0 {
		return nil, badInputf("--sheets: %s is not empty; give a new or empty directory", dir)
	}
	proofs, err := b.proofs(ctx, findings)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, badInputf("--sheets: %w", err)
	}
	files := map[string][]byte{}
	for id, proof := range proofs {
		files[audit.ProofName(id)] = []byte(proof)
	}
	names := []string{}
	for _, f := range findings {
		if !f.Negative() {
			continue
		}
		at := slices.IndexFunc(b.cases, func(c *audit.Case) bool { return c.ID == f.Case })
		sheet := audit.NewSheet(len(names)+1, f, b.cases[at])
		var text strings.Builder
		if err := report.JSON(&text, sheet); err != nil {
			return nil, err
		}
		files[sheet.Name()+".md"] = []byte(sheet.Markdown() + "\n" + report.Caveat + "\n")
		files[sheet.Name()+".json"] = []byte(text.String())
		names = append(names, filepath.ToSlash(filepath.Join(dir, sheet.Name()+".md")))
	}
	for name, raw := range files {
		if err := renameio.WriteFile(filepath.Join(dir, name), raw, 0o644); err != nil {
			return nil, badInputf("--sheets: %w", err)
		}
	}
	return names, nil
}

// operatorLog is the log that whoever runs Temporal keeps of histories, beside those of the States.
const operatorLog = "operator"
