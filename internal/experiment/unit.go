package experiment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/report"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

// Unit is one replication of one arm: the smallest piece of work of an experiment. It runs alone to the same bytes.
type Unit struct {
	Arm         int
	Replication int
}

// Summary is what a unit came to; its rows lie beside it.
type Summary struct {
	Arm         string   `json:"arm"`
	Replication int      `json:"replication"`
	Cases       int      `json:"cases"`
	Counted     int      `json:"counted"`
	Events      int      `json:"events"`
	InFlight    int      `json:"in_flight"` // cases at one time, at most
	Root        string   `json:"root"`      // Merkle root over the events, hex
	Parts       []Part   `json:"parts"`
	Secrets     []Step   `json:"secrets"`
	Evidence    Evidence `json:"evidence"`
	// Files gives the sha256 of what lies beside it, by name.
	Files map[string]string `json:"files"`
}

// Receipt says where a unit's summary lies and what it is.
type Receipt struct {
	Key    string `json:"key"`
	Digest string `json:"digest"` // sha256 of the summary, hex
}

// Event is the cover of one event, in events.parquet, whose rows are in the order of recording.
type Event struct {
	Arm         string `parquet:"arm,dict"`
	Replication int32  `parquet:"replication"`
	Case        string `parquet:"case,dict"`
	Party       string `parquet:"party,dict"`
	Sequence    int32  `parquet:"sequence"`
	Day         int32  `parquet:"day"` // of legal time, from the first day of the population
	Kind        string `parquet:"kind,dict"`
	Role        string `parquet:"role,dict"`
	Passage     string `parquet:"passage,dict"`
	// Leaf is the hash (RFC 6962) of the event's canonical bytes: from those of all rows of an arm follows its Merkle root.
	Leaf [sha256.Size]byte `parquet:"leaf"`
}

// Experiment is a design ready to run.
type Experiment struct {
	Design     *Design
	Seed       string
	Bundle     *policies.Bundle
	Parameters population.Parameters

	arms []Arm
	seed population.Seed
}

// New makes a design ready.
func New(d *Design, seed string, b *policies.Bundle, p population.Parameters) *Experiment {
	return &Experiment{Design: d, Seed: seed, Bundle: b, Parameters: p, arms: d.Arms(p), seed: population.SeedOf(seed)}
}

// Arms lists the settings, the one that the others are held against first.
func (x *Experiment) Arms() []Arm { return x.arms }

// key is where a unit's things lie. It names all that they hang on, so that another design or seed finds none of them.
func (x *Experiment) key(u Unit) string {
	return fmt.Sprintf("parts/%s/%03d-%05d", x.Digest()[:16], u.Arm, u.Replication)
}

// Digest names the experiment: design, law, parameters and seed.
func (x *Experiment) Digest() string {
	raw, err := json.Marshal(struct {
		Design     *Design
		Arms       []Arm
		Seed, Law  string
		Parameters []population.Parameter
		Model      int
	}{x.withoutEnd(), x.arms, x.Seed, x.Bundle.Digest(), x.Parameters.List(), modelVersion})
	if err != nil {
		panic("experiment: " + err.Error()) // nothing in it fails to marshal
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// keepsEvents reports whether the events of a unit are kept: those of the first replication of each arm but the tornado's, unless it
// is of more letters than [report.EventsUpTo]. A leaf takes 32 bytes and no compression makes it less; any replication runs again alone to
// the same root.
func (x *Experiment) keepsEvents(u Unit) bool {
	arm := x.arms[u.Arm]
	return u.Replication == 0 && arm.Tornado == "" && x.letters(arm) <= report.EventsUpTo
}

// letters is how many a replication of an arm is about: those asked for, or those its years bring.
func (x *Experiment) letters(a Arm) float64 {
	if x.Design.Cases > 0 {
		return float64(x.Design.Cases)
	}
	return x.perYear(a) * x.Design.Years
}

// perYear is how many letters a year brings to an arm.
func (x *Experiment) perYear(a Arm) float64 {
	const rate = "requests.per_year"
	if v, set := a.Parameters[rate]; set {
		return v
	}
	p, err := x.Parameters.Get(rate)
	if err != nil {
		panic("experiment: " + err.Error()) // parameters that were read hold every one
	}
	return p.Value
}

// CheckCases reports an arm whose letters, as many as are asked for, would take longer than letters may be begun.
func (x *Experiment) CheckCases() error {
	for _, a := range x.arms {
		if years := float64(x.Design.Cases) / x.perYear(a); years > population.MostYears {
			return fmt.Errorf("%d letters of arm %s would be begun over %.0f years, and at most %d are: ask for fewer, or for more a year (requests.per_year)",
				x.Design.Cases, a.Name, years, population.MostYears)
		}
	}
	return nil
}

// modelVersion changes whenever the same parameters give other events, or a unit other files.
const modelVersion = 4

// withoutEnd leaves out of a design when it stops, so that more replications go on from those there are.
func (x *Experiment) withoutEnd() *Design {
	d := *x.Design
	d.Replications, d.HalfWidth = 0, nil
	return &d
}

// world is the population of an arm.
func (x *Experiment) world(a Arm) (*population.World, error) {
	p, err := x.Parameters.With(a.Parameters)
	if err != nil {
		return nil, err
	}
	return population.NewWorld(x.Bundle, p, a.Setting, x.seed, mla.Days(x.Design.Watch))
}

// Run runs a unit and keeps what it came to in a bucket.
func (x *Experiment) Run(ctx context.Context, b *blob.Bucket, u Unit, progress func(cases int)) (_ Receipt, err error) {
	arm := x.arms[u.Arm]
	w, err := x.world(arm)
	if err != nil {
		return Receipt{}, err
	}
	if err := clearAway(ctx, b, x.key(u)+"/", halfWritten); err != nil {
		return Receipt{}, err
	}
	files := map[string]string{}
	rows, err := create[Row](ctx, b, x.key(u)+"/cases.parquet")
	if err != nil {
		return Receipt{}, err
	}
	var events *table[Event]
	defer func() { err = errors.Join(err, rows.drop(), events.drop()) }()
	var record func(*mla.Event, [sha256.Size]byte) error
	if x.keepsEvents(u) {
		record = func(e *mla.Event, leaf [sha256.Size]byte) error {
			return events.write(newEvent(arm.Name, u.Replication, e, leaf))
		}
		if events, err = create[Event](ctx, b, x.key(u)+"/events.parquet"); err != nil {
			return Receipt{}, err
		}
	}
	t, counted, cases := newTally(x.Design.Outcomes), 0, 0
	var laid measure.Stipulated
	take := func(e *simulation.Ended) error {
		st := w.Assess(e.Case, mla.StageAdmissibility, e.Case.Request, e.Case.Stipulated, mla.ByConduct)
		row := newRow(arm.Name, e, open(&st))
		if row.Counted = int(row.Began) >= 7*x.Design.from(); row.Counted {
			counted++
			t.add(&row, e, func() *measure.Stipulated { return stipulate(&laid, w, e, &st) })
		}
		if cases++; cases%progressEvery == 0 && progress != nil {
			progress(progressEvery)
		}
		return rows.write(row)
	}
	whole, err := simulation.Population{World: w, Policy: x.Bundle.Digest(), Replication: u.Replication,
		Weeks: x.Design.weeks(), From: x.Design.from(), Limit: x.Design.Cases, Take: take, Record: record}.Run(ctx)
	if err != nil {
		return Receipt{}, err
	}
	if files["cases.parquet"], err = rows.close(); err != nil {
		return Receipt{}, err
	}
	if events != nil {
		if files["events.parquet"], err = events.close(); err != nil {
			return Receipt{}, err
		}
	}
	return x.keep(ctx, b, u, &Summary{
		Arm: arm.Name, Replication: u.Replication, Cases: whole.Cases, Counted: counted, Events: whole.Events, InFlight: whole.InFlight,
		Root: hex.EncodeToString(whole.Root[:]), Parts: t.done(), Secrets: t.survival(), Evidence: t.scores, Files: files,
	})
}

func open(a *mla.Assessment) (n int) {
	for i := range a.Findings {
		if a.Findings[i].Open() {
			n++
		}
	}
	return n
}

// stipulate lays down what measures compare with, where that of the case before stood.
func stipulate(st *measure.Stipulated, w *population.World, e *simulation.Ended, admissibility *mla.Assessment) *measure.Stipulated {
	scope := w.Assess(e.Case, mla.StageScope, e.Case.Request, e.Case.Stipulated, mla.ByConduct)
	c := &e.Case.Truth
	*st = measure.Stipulated{
		Facts: e.Case.Stipulated,
		Truth: measure.Truth{Abusive: &c.Abusive, AbuseKind: c.Kind, ProtectedConduct: &c.Protected, EmergencyReal: &c.Emergency,
			CrimeInRequestedByConduct: admissibility.DualCriminality.ByConduct},
		Findings: append(append(st.Findings[:0], scope.Findings...), admissibility.Findings...),
	}
	return st
}

// keep writes a unit's summary last: a unit without one was not finished.
func (x *Experiment) keep(ctx context.Context, b *blob.Bucket, u Unit, s *Summary) (Receipt, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return Receipt{}, err
	}
	if err := b.WriteAll(ctx, x.key(u)+"/summary.json", raw, nil); err != nil {
		return Receipt{}, err
	}
	return x.receipt(u, s)
}

// receipt is that of a unit that is finished.
func (x *Experiment) receipt(u Unit, s *Summary) (Receipt, error) {
	raw, err := json.Marshal(s)
	sum := sha256.Sum256(raw)
	return Receipt{Key: x.key(u) + "/summary.json", Digest: hex.EncodeToString(sum[:])}, err
}

// kept reads the summary of a unit that is finished. False: it is not, or what lies there is not whole.
func (x *Experiment) kept(ctx context.Context, b *blob.Bucket, u Unit) (*Summary, bool, error) {
	raw, err := b.ReadAll(ctx, x.key(u)+"/summary.json")
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	s := &Summary{}
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(s); err != nil {
		return nil, false, nil // half a file: the unit runs again
	}
	for name := range s.Files {
		if there, err := b.Exists(ctx, x.key(u)+"/"+name); err != nil || !there {
			return nil, false, err
		}
	}
	return s, true, nil
}

// intact reads the summary of a unit that is finished, and what lies beside it. False: it has to run again.
func (x *Experiment) intact(ctx context.Context, b *blob.Bucket, u Unit) (*Summary, bool, error) {
	s, found, err := x.kept(ctx, b, u)
	if err != nil || !found {
		return nil, false, err
	}
	for name, want := range s.Files {
		if got, err := digestOf(ctx, b, x.key(u)+"/"+name); err != nil || got != want {
			return nil, false, err
		}
	}
	return s, true, nil
}

func digestOf(ctx context.Context, b *blob.Bucket, key string) (string, error) {
	in, err := b.NewReader(ctx, key, nil)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, in)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, in.Close())
}

// halfWritten reports whether a file is what a process that was killed left: a directory keeps a file under such a name until it
// is whole. Object stores keep none.
func halfWritten(key string) bool { return strings.HasSuffix(key, ".tmp") }

// clearAway removes files below a prefix.
func clearAway(ctx context.Context, b *blob.Bucket, prefix string, unwanted func(key string) bool) error {
	for all := b.List(&blob.ListOptions{Prefix: prefix, Delimiter: "/"}); ; {
		o, err := all.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && !o.IsDir && unwanted(o.Key) {
			err = b.Delete(ctx, o.Key)
		}
		if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return err
		}
	}
}

// table is a parquet file under way in a bucket.
type table[R any] struct {
	out     *blob.Writer
	cancel  context.CancelFunc
	digest  *digestWriter
	parquet *parquet.GenericWriter[R]
	room    []R
	closed  bool
}

type digestWriter struct {
	to  io.Writer
	sum interface {
		io.Writer
		Sum([]byte) []byte
	}
}

func (d *digestWriter) Write(p []byte) (int, error) {
	_, _ = d.sum.Write(p) // a hash never fails
	return d.to.Write(p)
}

// rowsAtOnce is how many rows a group of a parquet file holds: what stays in memory.
const rowsAtOnce = 64 << 10

func create[R any](ctx context.Context, b *blob.Bucket, key string) (*table[R], error) {
	ctx, cancel := context.WithCancel(ctx)
	out, err := b.NewWriter(ctx, key, &blob.WriterOptions{ContentType: "application/vnd.apache.parquet"})
	if err != nil {
		cancel()
		return nil, err
	}
	t := &table[R]{out: out, cancel: cancel, digest: &digestWriter{to: out, sum: sha256.New()}}
	t.parquet = parquet.NewGenericWriter[R](t.digest, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowsAtOnce),
		parquet.CreatedBy("rogatory", "1", "experiment"))
	return t, nil
}

func (t *table[R]) write(r R) error {
	if t.room = append(t.room, r); len(t.room) < 1024 {
		return nil
	}
	return t.flush()
}

func (t *table[R]) flush() error {
	_, err := t.parquet.Write(t.room)
	clear(t.room)
	t.room = t.room[:0]
	return err
}

// close finishes the file and returns its sha256.
func (t *table[R]) close() (string, error) {
	if err := errors.Join(t.flush(), t.parquet.Close()); err != nil {
		return "", errors.Join(err, t.drop())
	}
	defer t.cancel()
	t.closed = true
	return hex.EncodeToString(t.digest.sum.Sum(nil)), t.out.Close()
}

// drop leaves no file of a table that was not closed.
func (t *table[R]) drop() error {
	if t == nil || t.closed {
		return nil
	}
	t.closed = true
	t.cancel()
	if err := t.out.Close(); err != nil && !strings.Contains(err.Error(), context.Canceled.Error()) {
		return err
	}
	return nil
}

func newEvent(arm string, replication int, v *mla.Event, leaf [sha256.Size]byte) Event {
	return Event{Arm: arm, Replication: int32(replication), Case: v.Case, Party: string(v.Party), Sequence: int32(v.Sequence),
		Day: wholeDays(population.Start, v.At), Kind: string(v.Kind), Role: string(v.Actor.Role), Passage: string(v.Passage), Leaf: leaf}
}

// progressEvery is after how many cases a unit says how far it is.
const progressEvery = 500
