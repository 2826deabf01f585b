package experiment

import (
	"context"
	"maps"
	"testing"

	"gocloud.dev/blob/memblob"
)

// brief is a design that ships, with few letters and two replications; set changes the parameters of every arm.
func brief(t *testing.T, id string, set map[string]float64) *Experiment {
	t.Helper()
	b, p := law(t)
	d, err := Open(id, b, p)
	if err != nil {
		t.Fatal(err)
	}
	d.Replications, d.WarmUp, d.Cases = 2, 0, 250
	d.Base.Parameters = maps.Clone(d.Base.Parameters)
	if d.Base.Parameters == nil {
		d.Base.Parameters = map[string]float64{}
	}
	maps.Copy(d.Base.Parameters, set)
	return New(d, "test", b, p)
}

// honestly is a population with nothing improper, and no obstacle to an honest letter.
var honestly = map[string]float64{"improper.scale": 0, "ground.honest": 0}

// levels runs a design twice, holds both runs against each other, and gives each figure by arm.
func levels(t *testing.T, x *Experiment) func(arm, figure string) float64 {
	t.Helper()
	ctx := context.Background()
	r, err := x.RunAll(ctx, memblob.OpenBucket(nil), 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := x.RunAll(ctx, memblob.OpenBucket(nil), 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	for a := range r.Summaries {
		for n, s := range r.Summaries[a] {
			one, errOne := x.receipt(Unit{a, n}, s)
			two, errTwo := x.receipt(Unit{a, n}, again.Summaries[a][n])
			if errOne != nil || errTwo != nil || one != two {
				t.Errorf("arm %d, replication %d: %v and %v", a, n, one, two)
			}
		}
	}
	return func(arm, figure string) float64 {
		t.Helper()
		for _, e := range r.Effects {
			if e.Name == arm && e.Figure == figure && e.Level.N > 0 {
				t.Logf("%s, %s: %.3f", arm, figure, e.Level.Mean)
				return e.Level.Mean
			}
		}
		t.Fatalf("%s of %s is not told", figure, arm)
		return 0
	}
}

func TestWhatThePublicRecovers(t *testing.T) {
	of := levels(t, brief(t, "coverage", nil))
	for _, figure := range []string{"open.requests", "open.refusals", "open.secrets"} {
		none, figures, docket, both := of("none", figure), of("L08", figure), of("L07", figure), of("L07+L08", figure)
		if figures <= none || both < figures || both < docket {
			t.Errorf("%s: none %v, L08 %v, L07 %v, both %v", figure, none, figures, docket, both)
		}
	}
	if of("L07", "open.requests") != 1 || of("L07", "open.refusals") != of("none", "open.refusals") {
		t.Error("a sealed docket counts requests, and does not say what became of them")
	}
	if all := of("L07+L08", "open.secrets"); all != 1 {
		t.Errorf("with both, %v of the secrets are told of", all)
	}
}

func TestAClosedListLeavesWhatWasPutIn(t *testing.T) {
	of := levels(t, brief(t, "scope", nil))
	for _, mix := range []string{"offence.computer=0.4", "offence.computer=0.19", "offence.computer=0.05"} {
		without, with := mix+", none", mix+", L23"
		if of(without, "G18.CoreShare") != of(with, "G18.CoreShare") {
			t.Errorf("%s: the list changes what letters are about", mix)
		}
		if of(with, "refused") < of(without, "refused") {
			t.Errorf("%s: the list makes fewer refusals", mix)
		}
	}
	if of("offence.computer=0.4, none", "core.produced") <= of("offence.computer=0.05, none", "core.produced") {
		t.Error("more letters about attacks on computers, and no more productions about them")
	}
	honest := levels(t, brief(t, "scope", honestly))
	if got := honest("offence.computer=0.19, L23", "abuse.produced"); got != 0 {
		t.Errorf("nothing is improper, and %v of the letters are abuse", got)
	}
}

func TestUrgencyHasAPrice(t *testing.T) {
	of := levels(t, brief(t, "urgency", map[string]float64{"staff.scale": 0.3, "scrutiny.exponent": 0}))
	for _, share := range []string{"urgent.share=0.1", "urgent.share=0.4"} {
		none, floor, price := share+", none", share+", L14", share+", L26"
		if cut := of(none, "scrutiny.cut"); cut < 0.3 || cut > 0.7 {
			t.Errorf("%s: urgent letters get half the minutes, and the cut is %v", share, cut)
		}
		if of(floor, "scrutiny.cut") > of(none, "scrutiny.cut") {
			t.Errorf("%s: a floor widens the cut", share)
		}
		if of(none, "G47.FalseUrgent") != of(price, "G47.FalseUrgent") {
			t.Errorf("%s: the price changes what is marked", share)
		}
	}
	if of("urgent.share=0.4, L26", "scrutiny.cut") >= of("urgent.share=0.4, none", "scrutiny.cut") {
		t.Error("where urgency has to be shown, letters marked urgent are read as little as before")
	}
	if of("urgent.share=0.4, L26", "wait.ordinary") >= of("urgent.share=0.4, none", "wait.ordinary") {
		t.Error("where urgency has to be shown, ordinary letters wait as long as before")
	}
	if few, many := of("urgent.share=0.1, none", "G47.FalseUrgent"), of("urgent.share=0.4, none", "G47.FalseUrgent"); few > 0.25 || many < 0.65 || many > 0.85 {
		t.Errorf("false urgency: %v where a tenth is marked, %v where four tenths are", few, many)
	}
	honest := brief(t, "urgency", map[string]float64{"improper.scale": 0, "ground.honest": 0, "emergency.share": 0.4})
	honest.Design.Cases = 60
	of = levels(t, honest)
	if got := of("urgent.share=0.4, none", "G47.FalseUrgent"); got != 0 {
		t.Errorf("every urgent letter is an honest emergency, and %v are false", got)
	}
}

func TestQuantiles(t *testing.T) {
	for _, x := range []struct {
		samples []float64
		q, want float64
	}{{[]float64{3, 1, 2}, 0.5, 2}, {[]float64{4, 1, 2, 3}, 0.5, 2.5}, {[]float64{7}, 0.9, 7}, {[]float64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 0.9, 9.5}} {
		if got := quantile(x.samples, x.q); got != x.want {
			t.Errorf("quantile %v of %v: %v, want %v", x.q, x.samples, got, x.want)
		}
	}
}

func TestASampleIsReadAgain(t *testing.T) {
	// Letters of two States whose letters are often improper, so that a few dozen reviews have something to find.
	often := map[string]float64{"asker.alder": 0, "asker.birch": 0, "asker.cassia": 0, "asker.gorse": 0, "improper.many": 0.24}
	many := brief(t, "sampling", often)
	many.Design.Cases = 1000
	of := levels(t, many)
	few, more := "improper.scale=1, L09", "improper.scale=4, L09"
	if got := of(few, "G46.Sampled"); got < 0.008 || got > 0.04 {
		t.Errorf("%v of the cases are read again", got)
	}
	if of("improper.scale=4, none", "G46.Sampled") != 0 || of("improper.scale=4, none", "review.days") != 0 {
		t.Error("nobody has to review, and somebody does")
	}
	if of(more, "review.days") <= 0 {
		t.Error("review takes no time")
	}
	if of(more, "G46.StopRate") != of("improper.scale=4, none", "G46.StopRate") {
		t.Error("a review afterwards changes what is stopped beforehand")
	}
	if of(more, "review.findings") <= of(few, "review.findings") {
		t.Error("four times the improper letters, and no more findings")
	}
	maps.Copy(often, honestly)
	honest := brief(t, "sampling", often)
	honest.Design.Cases = 500
	honest.arms = honest.arms[:2]
	for a := range honest.arms {
		honest.arms[a].Parameters["improper.scale"] = 0
	}
	of = levels(t, honest)
	if got := of(few, "review.findings"); got != 0 {
		t.Errorf("nothing is improper, and a reviewer finds %v in 100", got)
	}
}
