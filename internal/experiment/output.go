package experiment

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"rogatory/internal/population"
	"rogatory/internal/report"
)

// Cell is one row of measures.parquet: one figure of one replication of one arm.
type Cell struct {
	Arm         string  `parquet:"arm,dict"`
	Replication int32   `parquet:"replication"`
	Figure      string  `parquet:"figure,dict"`
	Unit        string  `parquet:"unit,dict"`
	Kind        string  `parquet:"kind,dict"`
	Defined     bool    `parquet:"defined"`
	Value       float64 `parquet:"value"`
	Part        float64 `parquet:"part"`
	Whole       float64 `parquet:"whole"`
	Untold      int32   `parquet:"untold"` // cases that the view cannot tell
}

// Manifest says what an experiment was, so that anybody can run it again. It holds no clock, host or number of cores.
type Manifest struct {
	Format       int                    `json:"format"`
	Experiment   string                 `json:"experiment"` // digest of all below that a replication hangs on
	Design       *Design                `json:"design"`
	Arms         []Arm                  `json:"arms"`
	Seed         string                 `json:"seed"`
	Policy       string                 `json:"policy"` // digest of the law
	Parameters   []population.Parameter `json:"parameters"`
	Replications int                    `json:"replications"`
	Complete     bool                   `json:"complete"`
	Roots        []Root                 `json:"roots"`
	Covers       string                 `json:"events_parquet"` // which replications that file holds, and why no others
	Caveat       string                 `json:"caveat"`
}

// Root is the Merkle root (RFC 6962) over the canonical bytes of every event of a replication, in the order of recording.
type Root struct {
	Arm         string `json:"arm"`
	Replication int    `json:"replication"`
	Cases       int    `json:"cases"`
	Events      int    `json:"events"`
	Root        string `json:"root"`
	InEvents    bool   `json:"in_events_parquet"` // its leaves are there, from which the root follows
}

// Write writes everything a result is told in into the bucket of its experiment, and returns it as reports tell it.
func (r *Result) Write(ctx context.Context, b *blob.Bucket, where string) (*report.Experiment, error) {
	told := r.Told(where)
	var err error
	if told.Plots, err = r.plots(); err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := told.Page(&page); err != nil {
		return nil, err
	}
	manifest, err := json.MarshalIndent(r.manifest(), "", "  ")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{
		"effects.csv": r.csv(), "report.html": page.Bytes(), "codebook.md": told.Codebook(codes()), "CITATION.cff": []byte(told.Citation()),
	}
	for _, p := range told.Plots {
		files["plots/"+p.Name+".svg"] = p.SVG
	}
	// What was told of before, from fewer replications or by a process that was killed, goes.
	if err := errors.Join(clearAway(ctx, b, "", halfWritten), clearAway(ctx, b, "plots/", func(key string) bool { return files[key] == nil })); err != nil {
		return nil, err
	}
	for name, content := range files { // each file is its own; their order tells nothing
		if err := b.WriteAll(ctx, name, content, nil); err != nil {
			return nil, err
		}
	}
	if err := r.tables(ctx, b); err != nil {
		return nil, err
	}
	return told, b.WriteAll(ctx, "manifest.json", append(manifest, '\n'), nil)
}

// ReadManifest reads which experiment a bucket tells of. False: none, or none that is whole.
func ReadManifest(ctx context.Context, b *blob.Bucket) (*Manifest, bool, error) {
	raw, err := b.ReadAll(ctx, "manifest.json")
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, false, nil
	}
	m := &Manifest{}
	if err != nil || json.Unmarshal(raw, m) != nil || m.Design == nil {
		return nil, false, err
	}
	return m, true, nil
}

func (r *Result) manifest() *Manifest {
	x := r.Experiment
	m := &Manifest{Format: 1, Experiment: x.Digest(), Design: x.Design, Arms: x.arms, Seed: x.Seed, Policy: x.Bundle.Digest(),
		Parameters: x.Parameters.List(), Replications: r.Replications, Complete: r.Complete, Roots: []Root{}, Covers: report.EventsCovered, Caveat: report.Caveat}
	for a := range x.arms {
		for _, s := range r.Summaries[a] {
			m.Roots = append(m.Roots, Root{Arm: s.Arm, Replication: s.Replication, Cases: s.Cases, Events: s.Events, Root: s.Root, InEvents: x.keepsEvents(Unit{a, s.Replication})})
		}
	}
	return m
}

// csv is effects.csv.
func (r *Result) csv() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	row := func(cells ...string) { _ = w.Write(cells) } // a buffer never fails; Flush would tell
	row("figure", "unit", "kind", "rests_on", "arm", "replications", "level", "level_low", "level_high", "level_by",
		"effect", "effect_low", "effect_high", "effect_by", "effect_boot_low", "effect_boot_high", "effect_thin")
	for _, e := range r.Effects {
		cells := []string{e.Figure, string(e.Unit), string(e.Kind), e.Letters, e.Name, strconv.Itoa(e.Level.N)}
		cells = append(cells, numbers(e.Level.N, e.Level.Mean, e.Level.Low, e.Level.High)...)
		cells = append(append(cells, string(e.Level.By)), numbers(e.Effect.N, e.Effect.Mean, e.Effect.Low, e.Effect.High)...)
		cells = append(append(cells, string(e.Effect.By)), numbers(e.Effect.N, e.Effect.BootLow, e.Effect.BootHigh)...)
		if e.Effect.N > 0 {
			cells = append(cells, strconv.FormatBool(e.Effect.Thin))
		} else {
			cells = append(cells, "")
		}
		row(cells...)
	}
	w.Flush()
	return out.Bytes()
}

// numbers writes numbers, or nothing where there are none.
func numbers(n int, values ...float64) []string {
	out := make([]string, len(values))
	for i, v := range values {
		if f := finite(v); n > 0 && f != nil {
			out[i] = strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	return out
}

// tables puts the rows of all units together, in their order.
func (r *Result) tables(ctx context.Context, b *blob.Bucket) error {
	if err := together[Row](ctx, r, b, "cases.parquet"); err != nil {
		return err
	}
	if err := together[Event](ctx, r, b, "events.parquet"); err != nil {
		return err
	}
	cells, err := create[Cell](ctx, b, "measures.parquet")
	if err != nil {
		return err
	}
	for a := range r.Summaries {
		for _, s := range r.Summaries[a] {
			for _, p := range s.Parts {
				f, _ := FigureOf(p.Figure)
				v, ok := p.Value()
				if err := cells.write(Cell{Arm: s.Arm, Replication: int32(s.Replication), Figure: p.Figure, Unit: string(f.Unit()),
					Kind: string(f.Kind()), Defined: ok, Value: v, Part: p.Part, Whole: p.Whole, Untold: int32(p.Untold)}); err != nil {
					return errors.Join(err, cells.drop())
				}
			}
		}
	}
	_, err = cells.close()
	return err
}

// together copies a file of every unit into one.
func together[R any](ctx context.Context, r *Result, b *blob.Bucket, name string) error {
	out, err := create[R](ctx, b, name)
	if err != nil {
		return err
	}
	room := make([]R, 1024)
	for a := range r.Summaries {
		for _, s := range r.Summaries[a] {
			if s.Files[name] == "" {
				continue
			}
			if err := copyRows(ctx, b, r.Experiment.key(Unit{a, s.Replication})+"/"+name, room, out); err != nil {
				return errors.Join(err, out.drop())
			}
		}
	}
	_, err = out.close()
	return err
}

func copyRows[R any](ctx context.Context, b *blob.Bucket, key string, room []R, out *table[R]) error {
	raw, err := b.ReadAll(ctx, key)
	if err != nil {
		return err
	}
	in := parquet.NewGenericReader[R](bytes.NewReader(raw))
	defer func() { _ = in.Close() }() // it only read
	for {
		n, err := in.Read(room)
		for i := range n {
			if err := out.write(room[i]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
}

// codes are the columns of the tables.
func codes() []report.Code {
	out := []report.Code{}
	for _, t := range []struct {
		file   string
		schema *parquet.Schema
	}{
		{"cases.parquet", parquet.SchemaOf(Row{})}, {"events.parquet", parquet.SchemaOf(Event{})}, {"measures.parquet", parquet.SchemaOf(Cell{})},
	} {
		for _, f := range t.schema.Fields() {
			out = append(out, report.Code{File: t.file, Column: f.Name(), Type: typeName(f.Type()), Means: cmp.Or(columns[f.Name()], columns[strings.TrimSuffix(t.file, "parquet")+f.Name()])})
		}
	}
	return out
}

// typeName writes the type of a column as a reader of any language knows it.
func typeName(t parquet.Type) string {
	switch t.Kind() {
	case parquet.Boolean:
		return "true or false"
	case parquet.Int32, parquet.Int64:
		return "integer"
	case parquet.Float, parquet.Double:
		return "number"
	case parquet.FixedLenByteArray:
		return strconv.Itoa(t.Length()) + " bytes"
	default:
		return "text"
	}
}

// columns says what the columns of the tables mean; where two tables have one of the same name, behind the table's name.
var columns = map[string]string{
	"arm": "the setting; see arms in manifest.json", "replication": "from 0; the same number meets the same letters in every arm",
	"case": "id of the matter: replication, week, place in the week", "instrument": "the instrument under which it is sent", "requesting": "the State that asks",
	"requested": "the State that is asked", "measure": "the step asked for", "category": "the kind of data", "urgent": "marked urgent",
	"abusive": "stipulated: made for an improper purpose", "abuse_kind": "stipulated: which improper purpose; empty: none", "camouflaged": "stipulated: an improper letter under an ordinary label",
	"counted": "begun after the warm-up, so that figures are over it", "began_day": "day of the first draft, from the first day of the population",
	"outcome": "how it ended for the requesting State", "days_to_decision": "days from the letter sent to the decision heard; -1: never",
	"days_to_delivery": "days from the letter sent to the evidence received; -1: never", "days_in_all": "days from the first draft to the evidence received; -1: never",
	"days_waited": "days it waited for an officer; -1: nobody took it up", "load": "load of the officers' desk when it was taken up: the share that is busy, or 1 and the pile as a share of what they do in the window; -1: nobody took it up",
	"minutes": "minutes of scrutiny on the log; -1: none", "looked": "the check for discrimination was made", "grounds_open": "grounds for refusal open when admissibility was assessed, on the stipulated facts",
	"grounds_open_known": "the same on what the officer knew when deciding", "secrets": "secrets imposed on the provider", "secrets_standing": "of them, those that still stood at the end of observation",
	"secret_days": "days that secrets stood within observation, summed", "returned": "sent back for completion", "judged": "somebody independent authorised before service",
	"denied": "the measure was denied by whoever authorises it", "modified": "the measure was allowed with changes by whoever authorises it", "challenged": "the provider challenged the order", "produced": "data were produced",
	"records": "records produced", "persons": "persons whose data were produced", "days_to_notice": "days from production to notice to the person; -1: never",
	"off_purpose": "the evidence was used for another purpose", "again": "tried again after a refusal", "events": "events on all logs",
	"channel": "the way by which the data are sought; empty: a letter", "displaced": "it would have been a letter, had there been no safeguard and no pile",
	"days_to_data": "days from the first draft to the data in hand, by whatever channel; -1: never", "usable": "the data could serve as evidence and not as a lead only, by the record of their use",
	"party": "whose log", "sequence": "place on the log, from 0, for each case and party", "day": "day of legal time, from the first day of the population",
	"events.kind": "what happened: a kind of event", "measures.kind": "what the figure can claim: structural, image or emergent",
	"role":    "who acted",
	"passage": "which end of a message; empty: none", "figure": "an outcome, or a measure of the catalogue, with its view",
	"unit": "unit of the value", "defined": "false where nothing was there to count, or some case cannot be told", "value": "part over whole, or a median",
	"part": "what is counted or summed", "whole": "what it is counted over",
	"leaf":   "hash of the event's canonical bytes, RFC 6962: SHA-256 of a zero byte and them",
	"untold": "cases that the view cannot tell; one of them leaves the figure undefined",
}
