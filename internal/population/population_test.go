package population

import (
	"math"
	"testing"
)

func TestAStreamIsUniformAndItsOwn(t *testing.T) {
	const n = 200_000
	sum, square, cross := 0.0, 0.0, 0.0
	for i := range n { // first draws of neighbouring cases, and of another purpose of the same case
		a, b := Draw(1, 0, i, PurposeOf("a")), Draw(1, 0, i, PurposeOf("b"))
		u, v := a.Uniform(), b.Uniform()
		sum, square, cross = sum+u, square+u*u, cross+(u-0.5)*(v-0.5)
	}
	// Six standard errors each.
	if mean := sum / n; math.Abs(mean-0.5) > 6*math.Sqrt(1./12/n) {
		t.Errorf("mean %v", mean)
	}
	if second := square / n; math.Abs(second-1./3) > 6*math.Sqrt(4./45/n) {
		t.Errorf("mean square %v", second)
	}
	if c := cross / n; math.Abs(c) > 6./12/math.Sqrt(n) {
		t.Errorf("two purposes of a case hang together: %v", c)
	}
	x, y := Draw(1, 0, 7, PurposeOf("a")), Draw(1, 0, 7, PurposeOf("a"))
	if x.Uint64() != y.Uint64() {
		t.Error("the same purpose of the same case drew twice")
	}
}

func TestDistributionsHaveTheirMoments(t *testing.T) {
	const n = 200_000
	s := Draw(2, 0, 0, PurposeOf("moments"))
	mean, logs := 0.0, 0.0
	for range n {
		x := s.LogNormal(12, 0.7)
		mean += x / n
		logs += math.Log(x) / n
	}
	if want := 12 * math.Exp(0.7*0.7/2); math.Abs(mean/want-1) > 0.02 || math.Abs(logs-math.Log(12)) > 0.01 {
		t.Errorf("log-normal: mean %v, want %v; mean log %v", mean, want, logs)
	}
	counts := [3]int{}
	for range n {
		counts[s.Pick([]float64{1, 0, 3})]++
	}
	if counts[1] != 0 || math.Abs(float64(counts[0])/n-0.25) > 0.01 {
		t.Errorf("weights 1, 0, 3 gave %v", counts)
	}
}

func TestWeeksAreAsManyAndAsUnevenAsAsked(t *testing.T) {
	w := worldWith(t, nil, Setting{Instruments: []string{"uncc"}})
	const n = 4000
	mean, square := 0.0, 0.0
	for week := range n {
		x := float64(w.Arrivals(0, week))
		mean, square = mean+x/n, square+x*x/n
	}
	if want := 3000 * 7. / 365; math.Abs(mean/want-1) > 0.02 {
		t.Errorf("%v letters a week, want %v", mean, want)
	}
	if fano := (square - mean*mean) / mean; math.Abs(fano-1.5) > 0.15 {
		t.Errorf("variance over mean %v, want 1.5", fano)
	}
}

func TestIDsAreReadBack(t *testing.T) {
	for _, number := range []int{0, 1, Number(12, 34), Number(5000, 999_999), attempt + Number(3, 4), 2*attempt + Number(3, 4)} {
		replication, got, err := ParseID(ID(7, number))
		if err != nil || replication != 7 || got != number {
			t.Errorf("%s: %d, %d, %v", ID(7, number), replication, got, err)
		}
	}
	for _, id := range []string{"", "r0", "r0-1", "r0-1-x", "r00-1-2", "r0-1-2-again", "r0-1-2 "} {
		if _, _, err := ParseID(id); err == nil {
			t.Errorf("%q was read", id)
		}
	}
}
