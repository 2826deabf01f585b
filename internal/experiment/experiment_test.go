package experiment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"gocloud.dev/blob/memblob"

	"rogatory/internal/fault"
	"rogatory/internal/population"
	"rogatory/policies"
)

func law(t testing.TB) (*policies.Bundle, population.Parameters) {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	p, err := population.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b, p
}

const small = `id: small
title: A small design
base:
  instruments: [uncc]
factors:
  - factor: safeguards
    levels: [[L05], [L13]]
  - factor: improper.scale
    levels: [0]
replications: 3
years: 0.2
warm_up: 0.05
watch: 400
outcomes: [detection, wait, abuse.produced, abuse.persons, secret.days, G01.StandingDays, G27.FalseDual]
`

func design(t testing.TB, text string) *Experiment {
	t.Helper()
	b, p := law(t)
	d, err := Parse("small.yaml", []byte(text), b, p)
	if err != nil {
		t.Fatal(err)
	}
	return New(d, "test", b, p)
}

// written is everything an experiment leaves at the top of its directory, and its plots.
func written(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if strings.HasPrefix(name, "parts") {
			return nil
		}
		raw, err := os.ReadFile(path)
		out[name] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func runTo(t *testing.T, x *Experiment, dir string, workers int) map[string]string {
	t.Helper()
	ctx := context.Background()
	b, err := OpenBucket(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.RunAll(ctx, b, workers, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Complete {
		t.Errorf("not complete after %d replications", r.Replications)
	}
	if _, err := r.Write(ctx, b, ""); err != nil {
		t.Fatal(err)
	}
	return written(t, dir)
}

func same(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	if len(want) < 8 {
		t.Errorf("only %d files were written", len(want))
	}
	if a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(a, b) {
		t.Errorf("%s: files %v, and %v", what, a, b)
	}
	for name := range want {
		if want[name] != got[name] {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

func TestTheSameDesignAndSeedGiveTheSameBytes(t *testing.T) {
	x := design(t, small)
	was := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(was)
	one := runTo(t, x, t.TempDir(), 1)
	runtime.GOMAXPROCS(2)
	same(t, "two cores", one, runTo(t, x, t.TempDir(), 2))

	// Stopped after a few units, told of, and gone on with.
	dir := t.TempDir()
	b, err := OpenBucket(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	r, err := x.RunAll(ctx, b, 2, func(p Progress) {
		if p.Units == 6 {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Complete || r.Replications < 1 {
		t.Fatalf("stopped after 6 units: %d replications, complete %v", r.Replications, r.Complete)
	}
	if _, err := r.Write(context.Background(), b, ""); err != nil {
		t.Fatal(err)
	}
	same(t, "stopped and resumed", one, runTo(t, x, dir, 2))
}

func TestAUnitThatIsHalfWrittenRunsAgain(t *testing.T) {
	x, dir := design(t, small), t.TempDir()
	want := runTo(t, x, dir, 1)
	if err := os.WriteFile(filepath.Join(dir, x.key(Unit{1, 1}), "summary.json"), []byte(`{"arm":"L0`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, x.key(Unit{2, 0}), "cases.parquet")); err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(dir, x.key(Unit{2, 2}), "cases.parquet")
	raw, err := os.ReadFile(cut)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{cut: raw[:len(raw)/2], filepath.Join(dir, "cases.parquet.1f.tmp"): raw, filepath.Join(dir, "plots", "tornado.svg"): nil} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "mended", want, runTo(t, x, dir, 1))
}

// TestTheRootFollowsFromTheLeaves reads events.parquet as anybody would, and works out the roots of the manifest.
func TestTheRootFollowsFromTheLeaves(t *testing.T) {
	x, dir := design(t, small+"tornado: [returned.share]\n"), t.TempDir()
	files := runTo(t, x, dir, 2)
	rows, err := parquet.Read[Event](strings.NewReader(files["events.parquet"]), int64(len(files["events.parquet"])))
	if err != nil {
		t.Fatal(err)
	}
	leaves := map[string][][]byte{}
	seen := map[string]int32{} // events of one log of one case, which must come in their order
	for _, r := range rows {
		leaves[r.Arm] = append(leaves[r.Arm], bytes.Clone(r.Leaf[:]))
		log := r.Arm + " " + r.Case + " " + r.Party
		if r.Replication != 0 || r.Sequence != seen[log] {
			t.Fatalf("replication %d, %s: event %d follows %d others", r.Replication, log, r.Sequence, seen[log])
		}
		seen[log]++
	}
	var m Manifest
	if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, r := range m.Roots {
		switch is := r.Replication == 0 && !strings.HasPrefix(r.Arm, "returned."); {
		case is != r.InEvents:
			t.Errorf("%s, replication %d: in_events_parquet is %v", r.Arm, r.Replication, r.InEvents)
		case is:
			checked++
			if got := hex.EncodeToString(merkleRoot(leaves[r.Arm])); got != r.Root || len(leaves[r.Arm]) != r.Events {
				t.Errorf("%s: %d leaves give %s, the manifest has %d and %s", r.Arm, len(leaves[r.Arm]), got, r.Events, r.Root)
			}
			leaves[r.Arm][0][0] ^= 1
			if hex.EncodeToString(merkleRoot(leaves[r.Arm])) == r.Root {
				t.Errorf("%s: another leaf has the same root", r.Arm)
			}
		}
	}
	if checked != 4 {
		t.Errorf("%d roots were checked", checked)
	}
}

// merkleRoot is MTH of RFC 6962, section 2.1, as it stands there.
func merkleRoot(leaves [][]byte) []byte {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	sum := sha256.Sum256(slices.Concat([]byte{1}, merkleRoot(leaves[:k]), merkleRoot(leaves[k:])))
	return sum[:]
}

// TestIntervalsCover holds the interval against 1,000 toy experiments whose answer is known: paired differences of two
// queues' worth of skewed noise, of which one arm adds exactly 0.3.
func TestIntervalsCover(t *testing.T) {
	for _, replications := range []int{12, 30} {
		covered, boot := 0, 0
		const trials, effect = 1000, 0.3
		for trial := range trials {
			values := make([]float64, replications)
			for r := range values {
				s := population.Draw(7, trial, r, population.PurposeOf("toy"))
				shared, noise := 0.0, 0.0
				for range 40 { // letters of a replication
					shared += -math.Log(s.Uniform())
					noise += -math.Log(s.Uniform()) + math.Log(s.Uniform())
				}
				values[r] = (shared + noise/40 + effect) - shared
			}
			i := difference(values)
			covered += int(whether(i.Low <= effect && effect <= i.High))
			boot += int(whether(i.BootLow <= effect && effect <= i.BootHigh))
		}
		if covered < 930 || covered > 970 {
			t.Errorf("%d replications: the t interval covers in %d of 1,000 experiments", replications, covered)
		}
		if boot < 880 || boot > 970 { // the percentile bootstrap is known to be narrow with few replications
			t.Errorf("%d replications: the bootstrap covers in %d of 1,000 experiments", replications, boot)
		}
	}
}

// TestIntervalsOfRareThings says what is achieved where Student's t is unfit: levels that cannot be below zero, seldom above it,
// in 1,000 toy experiments each. What is counted twice over, events and what each weighs, is covered less often than 95%.
func TestIntervalsOfRareThings(t *testing.T) {
	const trials = 1000
	weight := math.Exp(0.9 * 0.9 / 2) // mean of a log-normal weight with median 1
	for _, toy := range []struct {
		what         string
		s            support
		replications int
		rate         float64 // events a replication
		of           float64 // letters a replication
		weighed      bool
		least, most  int // experiments whose interval covers
	}{
		{"a count", aboveZero, 12, 1, 200, false, 930, 975},
		{"a rare count", aboveZero, 12, 0.3, 200, false, 940, 995},
		{"a rare count, more often", aboveZero, 30, 0.3, 200, false, 940, 995},
		{"a share", zeroToOne, 12, 10, 200, false, 930, 970},
		{"a rare share", zeroToOne, 12, 0.1, 200, false, 940, 1000},
		{"a rare share, more often", zeroToOne, 30, 0.1, 200, false, 940, 1000},
		{"persons", aboveZero, 30, 3, 200, true, 920, 970},
		{"persons, rarely", aboveZero, 30, 0.3, 200, true, 880, 950},
	} {
		truth := toy.rate / toy.of
		if toy.weighed {
			truth *= weight
		}
		covered, plain := 0, 0
		for trial := range trials {
			values := make([]float64, toy.replications)
			for r := range values {
				s := population.Draw(11, trial, r, population.PurposeOf(toy.what))
				for range int(toy.of) {
					if s.Happens(toy.rate / toy.of) {
						by := 1.0
						if toy.weighed {
							by = s.LogNormal(1, 0.9)
						}
						values[r] += by / toy.of
					}
				}
			}
			i, j := level(values, toy.s, toy.of*float64(toy.replications)), byT(values)
			if i.Low < 0 || toy.s == zeroToOne && i.High > 1 {
				t.Fatalf("%s: %+v", toy.what, i)
			}
			covered += int(whether(i.Low <= truth && truth <= i.High))
			plain += int(whether(j.Low <= truth && truth <= j.High))
		}
		t.Logf("%s, %d replications: covered in %d of 1,000 experiments, by Student's t in %d", toy.what, toy.replications, covered, plain)
		if covered < toy.least || covered > toy.most || covered < plain {
			t.Errorf("%s, %d replications: the interval covers in %d of 1,000 experiments, Student's t in %d", toy.what, toy.replications, covered, plain)
		}
	}
}

// TestAThinDifferenceIsNoFinding: a paired difference that shows in few replications is marked, and what is not marked covers.
func TestAThinDifferenceIsNoFinding(t *testing.T) {
	const rate = 0.3
	thin, other, covered := 0, 0, 0
	for trial := range 1000 {
		values := make([]float64, 12)
		for r := range values {
			s := population.Draw(13, trial, r, population.PurposeOf("thin"))
			for range 200 {
				values[r] -= whether(s.Happens(rate / 200))
			}
		}
		if i := difference(values); i.Thin {
			thin++
		} else if i.By != BySame {
			other++
			covered += int(whether(i.Low <= -rate && -rate <= i.High))
		}
	}
	t.Logf("thin in %d of 1,000; of %d others %d are covered", thin, other, covered)
	if thin < 500 || other < 100 || covered < other*88/100 {
		t.Errorf("thin in %d of 1,000; of %d others %d are covered", thin, other, covered)
	}
	e := Effect{Effect: difference([]float64{-1, -1, 0, -1, -1, 0, 0, 0})}
	if e.Clear() || !e.Effect.Thin || difference([]float64{-3, -2, -3}).Thin {
		t.Errorf("%+v", e.Effect)
	}
}

func TestStoppingIsJudgedOnTheWholePrefix(t *testing.T) {
	text := strings.Replace(small, "replications: 3\n", "replications: 2\nhalf_width: {outcome: wait, at_most: 1000, replications: 5}\n", 1)
	r, err := design(t, text).RunAll(context.Background(), memblob.OpenBucket(nil), 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Replications != 2 || !r.Complete {
		t.Errorf("a wide interval will do: %d replications, complete %v", r.Replications, r.Complete)
	}
	text = strings.Replace(text, "at_most: 1000", "at_most: 1e-9", 1)
	text = strings.Replace(text, "outcome: wait", "outcome: abuse.persons", 1)
	if r, err = design(t, text).RunAll(context.Background(), memblob.OpenBucket(nil), 2, nil); err != nil {
		t.Fatal(err)
	}
	if r.Replications != 5 || !r.Complete {
		t.Errorf("no interval is so narrow: %d replications, complete %v", r.Replications, r.Complete)
	}
}

func TestEveryDesignThatShipsIsSound(t *testing.T) {
	b, p := law(t)
	for _, id := range IDs() {
		d, err := Open(id, b, p)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if d.ID != id {
			t.Errorf("the file of %s calls itself %s", id, d.ID)
		}
		for _, a := range New(d, "1", b, p).Arms() {
			if _, err := p.With(a.Parameters); err != nil {
				t.Errorf("%s, %s: %v", id, a.Name, err)
			}
		}
	}
}

func TestAllThatIsWrongWithADesignIsToldAtOnce(t *testing.T) {
	b, p := law(t)
	_, err := Parse("bad.yaml", []byte(`id: bad
title: Bad
base:
  instruments: [cloud-act]
  parameters: {camouflage.share: 3}
factors:
  - factor: stafff.scale
    levels: [1]
  - factor: staff.scale
    levels: [lots, -1]
  - factor: safeguards
    levels: [[L99]]
tornado: [nothing]
replications: 1
years: 0
watch: 0
outcomes: [detecton]
gaps: [G99]
`), b, p)
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("%v", err)
	}
	for line, want := range map[int]string{4: "asks providers", 5: "outside its support", 7: "nearest is staff.scale", 10: "is no level", 12: "L99",
		13: "nothing", 14: "replications: 1", 15: "years", 16: "watch", 17: "nearest is detection", 18: "no gap"} {
		if !slices.ContainsFunc(faults, func(f fault.Fault) bool { return f.Line == line && strings.Contains(f.Error(), want) }) {
			t.Errorf("line %d: nothing says %q in\n%v", line, want, faults)
		}
	}
}

// TestABadFormHidesNoOtherFault: what has the wrong form is told of in order with all that is wrong besides.
func TestABadFormHidesNoOtherFault(t *testing.T) {
	b, p := law(t)
	_, err := Parse("bad.yaml", []byte(`id: ../bad
title: Bad
base:
  instruments: []
  safeguards: [L07, L07]
  parameters: {camouflage.share: "much"}
factors:
  - factor: instruments
    levels: [uncc, [uncc], 3]
  - factor: safeguards
    levels: [7, [[L01]], [L05, L05]]
  - factor: staff.scale
    levels: [1, 1, .nan]
  - {factor: camouflage.share, levels: []}
replications: two
yeers: 1
years: .nan
watch: 1.5
outcomes: [days, days]
`), b, p)
	want := map[int]string{1: "is no id", 4: "no instrument", 5: "L07 is there twice", 6: "is not a number", 9: "3 names no instrument", 11: "is no list of safeguards",
		13: "outside its support", 14: "no levels", 15: "is not a whole number", 16: "nearest is years", 17: "NaN", 18: "is not a whole number", 19: "twice"}
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("%v", err)
	}
	for line, words := range want {
		if !slices.ContainsFunc(faults, func(f fault.Fault) bool { return f.Line == line && strings.Contains(f.Error(), words) }) {
			t.Errorf("line %d: nothing says %q in\n%v", line, words, faults)
		}
	}
	for _, f := range faults {
		if want[f.Line] == "" {
			t.Errorf("line %d is at no fault: %v", f.Line, f)
		}
	}
	for name, words := range map[string]string{"": "no design", "- a": "not a mapping", "id: [": "not found",
		"id: none\ntitle: N\nbase: {instruments: [uncc]}\nfactors: [{factor: offence.fraud, levels: [0]}]\nreplications: 2\nyears: 1\nwatch: 9\noutcomes: [days]": ""} {
		if _, err := Parse("bad.yaml", []byte(name), b, p); (err == nil) != (words == "") || err != nil && !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v, want %q", name, err, words)
		}
	}
	none := "id: none\ntitle: N\nbase: {instruments: [uncc], parameters: {offence.child: 0, offence.computer: 0, offence.laundering: 0}}\nfactors: [{factor: offence.fraud, levels: [0]}]\nreplications: 2\nyears: 1\nwatch: 9\noutcomes: [days]"
	if _, err := Parse("bad.yaml", []byte(none), b, p); err == nil || !strings.Contains(err.Error(), "bad.yaml:3") || !strings.Contains(err.Error(), "nothing to draw") {
		t.Errorf("nothing to draw: %v", err)
	}
}

func TestParametersRefuseWhatIsNotTheirs(t *testing.T) {
	content := bytes.Replace(population.Source(), []byte("id: requests.growth"), []byte("id: requests.grwth"), 1)
	content = bytes.Replace(content, []byte("value: 0.10, unit: share, basis: transferred"), []byte("value: 1.10, unit: share, basis: hearsay"), 1)
	_, err := population.ReadParameters("parameters.yaml", content)
	if err == nil || !strings.Contains(err.Error(), "requests.grwth") || !strings.Contains(err.Error(), "hearsay") {
		t.Errorf("%v", err)
	}
}
