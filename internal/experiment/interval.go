package experiment

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"rogatory/internal/population"
)

// Interval is a mean over replications with its uncertainty: that of chance in the simulation alone, and not of the
// parameters.
type Interval struct {
	Mean      float64 `json:"mean"`
	N         int     `json:"n"`   // replications in which it is defined
	Low       float64 `json:"low"` // 95%, Student's t
	High      float64 `json:"high"`
	BootLow   float64 `json:"boot_low"` // 95%, percentiles of the bootstrap
	BootHigh  float64 `json:"boot_high"`
	HalfWidth float64 `json:"half_width"` // of the t interval; without end where one replication is all there is
}

// level is the probability with which an interval covers.
const level = 0.95

// resamples is how often the bootstrap draws.
const resamples = 2000

// NewInterval works out the interval of a mean. No values give N = 0 and no numbers.
func NewInterval(values []float64) Interval {
	i := tInterval(values)
	if i.N > 1 {
		i.BootLow, i.BootHigh = bootstrap(values)
	}
	return i
}

func tInterval(values []float64) Interval {
	n := len(values)
	if n == 0 {
		return Interval{HalfWidth: math.Inf(1)}
	}
	mean, sd := stat.MeanStdDev(values, nil)
	i := Interval{Mean: mean, N: n, Low: math.Inf(-1), High: math.Inf(1), BootLow: mean, BootHigh: mean, HalfWidth: math.Inf(1)}
	if n > 1 {
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}
		i.HalfWidth = t.Quantile(1-(1-level)/2) * sd / math.Sqrt(float64(n))
		i.Low, i.High = mean-i.HalfWidth, mean+i.HalfWidth
	}
	return i
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
	return stat.Quantile((1-level)/2, stat.LinInterp, means, nil), stat.Quantile(1-(1-level)/2, stat.LinInterp, means, nil)
}
