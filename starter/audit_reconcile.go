package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"rogatory/internal/audit"
	"rogatory/internal/audit/history"
	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/cluster"
	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/workflows"
)

// reconcileOptions are the flags of audit reconcile.
type reconcileOptions struct {
	sight
	all     bool
	file    string
	record  bool
	seed    string
	cluster cluster.Connection
}

func (p *program) auditReconcile() *cobra.Command {
	var o reconcileOptions
	c := &cobra.Command{
		Use:   "reconcile DIR",
		Short: "Set the two States' logs against each other, and against Temporal's history",
		Long: `Double entry: what one State says it sent against what the other says it received, and what evidence each holds against what
was delivered. Forged, lost, altered, undeclared and late items are listed by name.

With --history FILE (as exported by temporal workflow show --output json) or --address, a case's history is set against the
logs too: every event and act in the history is on the log and the reverse, and the procedure, played the history again,
appends the same bytes. With --record the history's digest goes on a log of the operator's own, beside the run.

Exits 0 where all agree, 1 where something does not or a log is not whole, and 2 for bad input.`,
		Example: `  go run ./starter audit reconcile out/g01
  go run ./starter audit reconcile out/g01 --history g01.json --record
  go run ./starter audit reconcile out/g01 --address localhost:7233`,
		Args: exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.as == nil && o.keys == "" {
				o.as = []string{clearanceFull}
			}
			return p.reconcile(c.Context(), args[0], o)
		},
	}
	o.flags(c)
	c.Flags().Lookup("as").Usage = "whose keys to use: ROLE, ROLE@STATE, full or none (default full, or all those in --keys)"
	c.Flags().BoolVar(&o.all, "all", false, "list every item, not only those that do not simply agree")
	c.Flags().StringVar(&o.file, "history", "", "exported history of the case's workflow, as JSON")
	c.Flags().BoolVar(&o.record, "record", false, "put the history's digest on the operator's log in DIR/"+operatorLog)
	c.Flags().StringVar(&o.seed, "seed", "", "what the operator's log's keys are derived from (default the run's own seed)")
	o.cluster.Flags(c.Flags())
	return c
}

func (p *program) reconcile(ctx context.Context, dir string, o reconcileOptions) error {
	live := o.cluster.Address != "" || o.cluster.Profile != ""
	switch {
	case live && o.file != "":
		return badInputf("--history and --address: give one, a history has one source")
	case o.record && !live && o.file == "":
		return badInputf("--record records a history: give --history FILE or --address")
	}
	b, err := o.spread(ctx, dir)
	if err != nil {
		return err
	}
	v := b.reconcile(o.all)
	var histories []*history.History
	switch {
	case o.file != "":
		h, err := readHistory(o.file)
		if err != nil {
			return err
		}
		histories = append(histories, h)
	case live:
		if histories, err = p.fetchHistories(ctx, b, o.cluster); err != nil {
			return err
		}
	}
	for _, h := range histories {
		at := slices.IndexFunc(b.cases, func(c *audit.Case) bool { return c.ID == h.Input.Case })
		if at < 0 {
			return badInputf("%s: it is the history of case %s, and no log in %s has that case; give the directory of its run", o.file, h.Input.Case, dir)
		}
		compared, err := history.Compare(h, b.cases[at])
		if err != nil {
			return err
		}
		v.Histories = append(v.Histories, compared)
		if o.record {
			recorded, err := recordHistory(ctx, dir, o.seed, h, compared)
			if err != nil {
				return err
			}
			v.Recorded = append(v.Recorded, recorded)
		}
	}
	v.Agree = !v.Wrong()
	if err := p.answer(v, o.sight); err != nil {
		return err
	}
	if !v.Agree {
		return errNegative
	}
	return nil
}

// reconcile sets the books of the States of every case against each other.
func (b *bench) reconcile(all bool) *report.Reconciled {
	v := &report.Reconciled{
		Dir: b.dir, As: b.as, Cases: len(b.cases), Events: b.events, Opened: b.opened, Accounts: audit.Accounts(b.cases),
		Standings: map[audit.Standing]int{}, Items: []audit.Entry{}, Notes: b.notes, Caveat: report.Caveat,
	}
	for _, c := range b.cases {
		for _, e := range audit.Reconcile(c, b.law) {
			v.Standings[e.Standing]++
			if all || e.Standing != audit.Agreed && e.Standing != audit.InPost {
				v.Items = append(v.Items, e)
			}
		}
	}
	return v
}

// readHistory reads an exported history.
func readHistory(name string) (*history.History, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, badInputf("--history: %w", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, badInputf("--history: %s is a directory; give the exported history of one workflow", name)
	}
	h, err := history.Read(f)
	if err != nil {
		return nil, badInputf("--history %s: %w", name, err)
	}
	return h, nil
}

// fetchHistories asks a cluster for the history of each case.
func (p *program) fetchHistories(ctx context.Context, b *bench, at cluster.Connection) ([]*history.History, error) {
	options, err := at.Options(p.log())
	if err != nil {
		return nil, badInput{err}
	}
	c, err := cluster.Dial(ctx, options)
	if err != nil {
		return nil, badInput{err}
	}
	defer c.Close()
	var out []*history.History
	for _, one := range b.cases {
		raw := &historypb.History{}
		id := workflows.WorkflowID(one.ID)
		for events := c.GetWorkflowHistory(ctx, id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
			e, err := events.Next()
			if err != nil {
				return nil, badInputf("the history of workflow %s: %w; a cluster that no longer keeps it cannot be asked: give --history FILE", id, err)
			}
			raw.Events = append(raw.Events, e)
		}
		h, err := history.Of(raw)
		if err != nil {
			return nil, badInputf("the history of workflow %s: %w", id, err)
		}
		out = append(out, h)
	}
	return out, nil
}

// recordHistory puts the digest of a history on the operator's log beside the run, once; it says which other digests of
// the case are there.
func recordHistory(ctx context.Context, dir, seed string, h *history.History, o audit.Comparison) (_ report.Recorded, err error) {
	if seed == "" {
		seed = seedOf(dir)
	}
	at := filepath.Join(dir, operatorLog)
	log := filepath.Join(at, "logs", operatorLog)
	out := report.Recorded{Case: o.Case, Digest: o.Digest, Log: filepath.ToSlash(log), Before: []string{}}
	next, last, known := 0, time.Time{}, false
	if isLog(log) {
		seen, err := verify.Read(ctx, log, nil)
		if err != nil {
			return out, err
		}
		for _, s := range seen {
			if s.Cover.Case != o.Case || s.Event == nil {
				continue
			}
			next, last = s.Cover.Sequence+1, s.Cover.At
			b, _ := s.Event.Body.(mla.FactLearnedBody)
			digest := b.Facts["history.sha256"].String()
			known = digest == o.Digest
			if !known && !slices.Contains(out.Before, digest) {
				out.Before = append(out.Before, digest)
			}
		}
	}
	if known {
		return out, nil
	}
	when := h.Input.Start.UTC()
	for _, e := range h.Appended() {
		when = laterOf(when, e.At)
	}
	books := docket.OpenBooks(at, seed)
	defer func() { err = errors.Join(err, books.Close(context.WithoutCancel(ctx))) }()
	err = books.Append(ctx, operatorLog, []mla.Event{{
		Case: o.Case, Party: operatorLog, Sequence: next, At: laterOf(when, last), Kind: mla.FactLearned,
		Actor: mla.Actor{Role: mla.Auditor, State: operatorLog}, Articles: []string{}, Policy: h.Input.Policy,
		Readers: []mla.Role{mla.Auditor, mla.Public},
		Body: mla.FactLearnedBody{Source: "Temporal history of " + workflows.WorkflowID(o.Case), Facts: mla.Facts{
			"history.sha256": mla.Word(o.Digest), "history.events": mla.Int(int64(h.Events)), "history.agrees": mla.Bool(len(o.Differences) == 0),
		}},
	}})
	if errors.Is(err, auditlog.ErrDamaged) {
		return out, badInputf("%s: %w; it was begun with another seed: give --seed", log, err)
	}
	return out, err
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// seedOf is the seed of the run in a directory; that of runs that name none where there is no run.
func seedOf(dir string) string {
	var m docket.Manifest
	raw, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil || json.Unmarshal(raw, &m) != nil || m.Seed == "" {
		return defaultSeed
	}
	return m.Seed
}

// lawFiles reads the files of a folder of law as they are.
func lawFiles(dir string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(path)
		out[filepath.ToSlash(rel)] = raw
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the law in %s: %w", dir, err)
	}
	return out, nil
}
