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
