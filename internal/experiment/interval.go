package experiment

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"rogatory/internal/measure"
	"rogatory/internal/population"
)

// Interval is a mean over replications with its uncertainty: that of chance in the simulation alone, and not of the
// parameters.
type Interval struct {
	Mean     float64 `json:"mean"`
	N        int     `json:"n"`   // replications in which it is defined
	Low      float64 `json:"low"` // 95%, by By
	High     float64 `json:"high"`
	By       Method  `json:"by"`
	BootLow  float64 `json:"boot_low"` // 95%, percentiles of the bootstrap
	BootHigh float64 `json:"boot_high"`
	// Thin reports a difference that shows in fewer than five replications, while in others there is none. Student's t is then
	// too narrow, and whether it leaves out zero says nothing.
	Thin bool `json:"thin"`
}

// Method is how an interval was worked out. It follows from what the figure can be, and not from what would be narrower.
type Method string

// The methods. An interval by Student's t about the mean of a share or a count can reach below zero, and of something rare it
// covers far less often than it says; so a level that can only lie within [0,1] or above zero gets its interval on the scale of its
// log-odds or its logarithm (delta method). A difference has no such bound.
const (
	ByT     Method = "t"
	ByLog   Method = "log-t"
	ByLogit Method = "logit-t"
	// ByNone is the bound of Clopper and Pearson where a share was 0 or 1 in every replication, as if letters were independent.
	ByNone Method = "none-seen"
	// BySame is no interval: every replication gave the same. That proves no certainty.
	BySame Method = "same"
)

// support is the set of values that a figure can have.
type support int

const (
	anyNumber support = iota
	aboveZero
	zeroToOne
)

// support is that of a figure's level. One less a quotient has none.
func (f Figure) support() support {
	switch {
	case f.Outcome != nil && f.Outcome.against != nil, f.Unit() == measure.Points:
		return anyNumber
	case f.Unit() == measure.Share:
		return zeroToOne
	}
	return aboveZero
}

// contains reports whether all values lie within a support; a figure that breaks its own is treated as any number.
func (s support) contains(values []float64) bool {
	return s == anyNumber || slices.Min(values) >= 0 && (s == aboveZero || slices.Max(values) <= 1)
}

// confidence is the probability with which an interval covers.
const confidence = 0.95

// resamples is how often the bootstrap draws.
const resamples = 2000

// level works out the interval of a mean of values within a support. Of is over how many letters they are
// together. No values give N = 0 and no numbers.
func level(values []float64, s support, of float64) Interval {
	i := byT(values)
	if i.N < 2 {
		return i
	}
	i.BootLow, i.BootHigh = bootstrap(values)
	if !s.contains(values) {
		return i
	}
	half := (i.High - i.Low) / 2
	switch m := i.Mean; {
	case s == zeroToOne && (m == 0 || m == 1) && of >= 1:
		i.By = ByNone
		bound := 1 - math.Pow((1-confidence)/2, 1/of)
		i.Low, i.High = math.Max(0, m-bound), math.Min(1, m+bound)
	case half == 0:
	case s == zeroToOne:
		i.By = ByLogit
		at, by := math.Log(m/(1-m)), half/(m*(1-m))
		i.Low, i.High = 1/(1+math.Exp(by-at)), 1/(1+math.Exp(-by-at))
	case s == aboveZero:
		i.By = ByLog
		i.Low, i.High = m*math.Exp(-half/m), m*math.Exp(half/m)
	}
	return i
}

// difference works out the interval of a mean of paired differences.
func difference(values []float64) Interval {
	i := byT(values)
	if i.N < 2 {
		return i
	}
	i.BootLow, i.BootHigh = bootstrap(values)
	differ := 0
	for _, v := range values {
		differ += int(whether(v != 0))
	}
	i.Thin = differ > 0 && differ < min(5, len(values))
	return i
}

// byT is the interval of a mean by Student's t; where one replication is all there is, it is without end.
func byT(values []float64) Interval {
	n := len(values)
	if n == 0 {
		return Interval{}
	}
	mean, sd := stat.MeanStdDev(values, nil)
	i := Interval{Mean: mean, N: n, Low: math.Inf(-1), High: math.Inf(1), By: ByT, BootLow: mean, BootHigh: mean}
	if n > 1 {
		half := halfWidth(n, sd)
		i.Low, i.High = mean-half, mean+half
	}
	if n > 1 && slices.Min(values) == slices.Max(values) {
		i.Mean, i.Low, i.High, i.By = values[0], values[0], values[0], BySame
	}
	return i
}

// halfWidth is that of Student's t; without end for a single value.
func halfWidth(n int, sd float64) float64 {
	if n < 2 {
		return math.Inf(1)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}.Quantile(1-(1-confidence)/2) * sd / math.Sqrt(float64(n))
}

var bootstrapping = population.PurposeOf("bootstrap")

// bootstrap draws replications with replacement. Its chance is fixed, so that the same values have the same interval.
func bootstrap(values []float64) (low, high float64) {
	s := population.Draw(0, 0, len(values), bootstrapping)
	means := make([]float64, resamples)
	for i := range means {
		sum := 0.0
		for range values {
			sum += values[int(s.Uniform()*float64(len(values)))]
		}
		means[i] = sum / float64(len(values))
	}
	slices.Sort(means)
	return stat.Quantile((1-confidence)/2, stat.LinInterp, means, nil), stat.Quantile(1-(1-confidence)/2, stat.LinInterp, means, nil)
}
