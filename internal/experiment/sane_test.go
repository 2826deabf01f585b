package experiment

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"gocloud.dev/blob/memblob"

	"rogatory/internal/population"
	"rogatory/policies"
)

// abuses are the figures that count what was done for an improper purpose. Where nothing is improper each of them is zero,
// or there is nothing of what it is over.
var abuses = []string{
	"detection", "detection.visible", "detection.urgent", "abuse.produced", "abuse.persons", "abuse.evaded", "abuse.obtained", "input.improper",
	"G02.LabelSerious", "G05.MissedChallenge", "G16.Refused", "G18.SpeechShare", "G19.AbuseYield", "G19.Camouflage", "G19.Detection", "G28.Unused", "G29.PoliticalPass",
	"G30.Recall", "G30.EvidenceGap",
}

// seldom are those of them that no arm of a small population need show.
var seldom = []string{"G29.PoliticalPass", "abuse.evaded"}

// summary runs one replication of an arm alone.
func summary(t *testing.T, x *Experiment, u Unit) *Summary {
	t.Helper()
	b := memblob.OpenBucket(nil)
	if _, err := x.Run(t.Context(), b, u, nil); err != nil {
		t.Fatal(err)
	}
	s, found, err := x.kept(t.Context(), b, u)
	if err != nil || !found {
		t.Fatal(found, err)
	}
	return s
}

// everyFigure has a design tell all that its reports tell, and every figure of abuse beside.
func everyFigure(d *Design) {
	for _, id := range abuses {
		if !slices.Contains(d.Outcomes, id) {
			d.Outcomes = append(d.Outcomes, id)
		}
	}
}

func TestWithNothingImproperNothingIsAbuse(t *testing.T) {
	shown := map[string]bool{}
	for _, id := range IDs() {
		b, p := law(t)
		d, err := Open(id, b, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, figure := range d.Outcomes {
			if strings.HasPrefix(figure, "abuse.") && !slices.Contains(abuses, figure) {
				t.Errorf("%s: %s is of abuse, and not in the list", id, figure)
			}
		}
		d.WarmUp, d.Cases = 0, 120
		everyFigure(d)
		scaled := func(scale float64) *Experiment {
			x := New(d, "sane", b, p)
			for a := range x.arms {
				x.arms[a].Parameters = maps.Clone(x.arms[a].Parameters)
				x.arms[a].Parameters["improper.scale"] = scale
			}
			return x
		}
		honest, improper := scaled(0), scaled(8)
		for a := range honest.arms {
			for _, part := range summary(t, honest, Unit{Arm: a}).Parts {
				if v, ok := part.Value(); slices.Contains(abuses, part.Figure) && ok && v != 0 {
					t.Errorf("%s, %s: nothing is improper, and %s is %v", id, honest.arms[a].Name, part.Figure, v)
				}
			}
		}
		for _, part := range summary(t, improper, Unit{Arm: len(improper.arms) - 1}).Parts {
			if v, ok := part.Value(); ok && v != 0 {
				shown[part.Figure] = true
			}
		}
	}
	for _, figure := range abuses {
		if !shown[figure] && !slices.Contains(seldom, figure) {
			t.Errorf("%s is zero in every design also where much is improper: it shows nothing", figure)
		}
	}
}

// placebo is a safeguard whose one duty the procedure does not act on.
const placebo = `id: L99
name: A safeguard in name
asks: That everybody do their best.
source: None; a test asks for it.
price: None.
closes: [G01]
duties:
  - {id: best, says: "Everybody does their best.", acts: false}
`

// TestAPlaceboChangesNothing sets a safeguard that nothing acts on over the base of every design. The letters are the same,
// so its effect is exactly zero on every figure, and so within its interval. A safeguard that asks for much changes some
// figure of every design.
func TestAPlaceboChangesNothing(t *testing.T) {
	b, p := law(t)
	files := b.Files()
	files["safeguards/L99.yaml"] = []byte(placebo)
	b, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range IDs() {
		d, err := Open(id, b, p)
		if err != nil {
			t.Fatal(err)
		}
		d.WarmUp, d.Cases = 0, 250
		everyFigure(d)
		with := func(safeguards ...string) []Part {
			x := New(d, "sane", b, p)
			base := &x.arms[0]
			base.Setting.Safeguards = slices.Sorted(slices.Values(slices.Concat(base.Setting.Safeguards, safeguards)))
			return summary(t, x, Unit{}).Parts
		}
		base, same := with(), with("L99")
		defined := 0
		for i := range base {
			v, ok := base[i].Value()
			got, still := same[i].Value()
			if v != got || ok != still {
				t.Errorf("%s: a placebo changes %s from %v to %v", id, base[i].Figure, v, got)
			}
			if ok && slices.Contains(d.Outcomes, base[i].Figure) {
				defined++
			}
		}
		if defined < 5 {
			t.Errorf("%s: only %d figures are defined", id, defined)
		}
		if slices.Equal(base, with("L01", "L02", "L03", "L04", "L07", "L08", "L12", "L23")) {
			t.Errorf("%s: eight safeguards change none of its figures", id)
		}
	}
}

// TestStatesWithEqualAttributesScoreEqually gives Birch the file of Alder under its own name, and has all letters of every
// design go to one of them and then to the other. Gorse, whose file is its own, scores differently.
func TestStatesWithEqualAttributesScoreEqually(t *testing.T) {
	b, p := law(t)
	files := b.Files()
	files["states/birch.yaml"] = []byte(strings.NewReplacer("id: alder", "id: birch", "name: Alder", "name: Birch").Replace(string(files["states/alder.yaml"])))
	twin, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range IDs() {
		d, err := Open(id, twin, p)
		if err != nil {
			t.Fatal(err)
		}
		d.WarmUp, d.Cases = 0, 250
		everyFigure(d)
		to := func(host string) []Part {
			x := New(d, "sane", twin, p)
			set := maps.Clone(x.arms[0].Parameters)
			for _, s := range population.States {
				set["host."+string(s)], set["asker."+string(s)] = 0, 0
			}
			set["host."+host], set["asker.cassia"] = 1, 1
			x.arms[0].Parameters = set
			return summary(t, x, Unit{}).Parts
		}
		alder, birch := to("alder"), to("birch")
		for i := range alder {
			if alder[i] != birch[i] {
				t.Errorf("%s: %+v of Alder, %+v of Birch", id, alder[i], birch[i])
			}
		}
		if slices.Equal(alder, to("gorse")) {
			t.Errorf("%s: a State with other attributes scores the same on every figure", id)
		}
	}
}

// TestEveryUnitRunsAloneToTheSameRoot runs every arm of every design in one go, and then the second replication of each
// alone.
func TestEveryUnitRunsAloneToTheSameRoot(t *testing.T) {
	for _, id := range IDs() {
		x := few(t, id, "alone", 40)
		b := memblob.OpenBucket(nil)
		r, err := x.RunAll(context.Background(), b, 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Replications != 2 {
			t.Fatalf("%s: %d replications", id, r.Replications)
		}
		for a := range x.arms {
			first, second := r.Summaries[a][0], r.Summaries[a][1]
			if first.Root == second.Root || second.Events < 40 {
				t.Errorf("%s, %s: root %s of %d events, and %s of another replication", id, second.Arm, second.Root, second.Events, first.Root)
			}
			alone := few(t, id, "alone", 40)
			kept, err := x.receipt(Unit{a, 1}, second)
			if err != nil {
				t.Fatal(err)
			}
			again, err := alone.Run(context.Background(), memblob.OpenBucket(nil), Unit{a, 1}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if again != kept {
				t.Errorf("%s, %s: among the others %v, alone %v", id, second.Arm, kept, again)
			}
			if s := summary(t, alone, Unit{a, 1}); s.Root != second.Root {
				t.Errorf("%s, %s: root %s among the others, %s alone", id, second.Arm, second.Root, s.Root)
			}
		}
	}
}

// TestMeasuresAreTheCataloguesOwn holds measures of a unit against outcomes that count the same things in another way.
func TestMeasuresAreTheCataloguesOwn(t *testing.T) {
	b, p := law(t)
	d, err := Open("baseline", b, p)
	if err != nil {
		t.Fatal(err)
	}
	same := map[string]string{
		"G19.AbuseYield": "abuse.persons", // for 1,000 letters
		"G16.Refused":    "detection",
		"G01.Stale.5y":   "", // nobody was watched for so long
	}
	d.WarmUp, d.Cases, d.Outcomes = 0, 600, append(slices.Sorted(maps.Keys(same)), "abuse.persons", "detection", "G16.Minutes", "minutes", "G16.Minutes@public")
	x := New(d, "sane", b, p)
	x.arms[0].Parameters["improper.scale"] = 8
	parts := map[string]Part{}
	for _, part := range summary(t, x, Unit{}).Parts {
		parts[part.Figure] = part
	}
	for measure, outcome := range same {
		v, ok := parts[measure].Value()
		want, defined := parts[outcome].Value()
		if outcome == "" {
			defined = false
		}
		if ok != defined || v != want || outcome != "" && v == 0 {
			t.Errorf("%s is %v (%v), %s %v (%v)", measure, v, ok, outcome, want, defined)
		}
	}
	median, _ := parts["G16.Minutes"].Value()
	if mean, _ := parts["minutes"].Value(); median == mean || median != float64(int(median)) {
		t.Errorf("the median of minutes is %v, their mean %v", median, mean)
	}
	if public := parts["G16.Minutes@public"]; public.Untold == 0 {
		t.Errorf("the public can tell minutes: %+v", public)
	}
}
