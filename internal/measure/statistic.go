package measure

import "math"

// Statistic says how the contributions of cases become one figure.
type Statistic struct {
	form  form
	q     float64 // of a quantile
	days  int     // of a survival
	scale float64 // what the figure is multiplied by; 0: one
}

type form uint8

const (
	total form = iota // the sum of the parts
	ratio             // parts over wholes
	quantile
	standing // the part of waits that have not ended after some days
	reached  // the part that have
	halfway  // the days until half have ended
)

// The statistics.
var (
	Total       = Statistic{form: total}
	Ratio       = Statistic{form: ratio}
	Median      = Statistic{form: quantile, q: 0.5}
	P90         = Statistic{form: quantile, q: 0.9}
	P95         = Statistic{form: quantile, q: 0.95}
	Largest     = Statistic{form: quantile, q: 1}
	HalfWaits   = Statistic{form: halfway}
	PerThousand = Statistic{form: ratio, scale: 1000}
	PerHundred  = Statistic{form: ratio, scale: 100}
	InYears     = Statistic{form: total, scale: 1.0 / 365}
)

// StandingAfter is the Kaplan-Meier estimate of the part of waits that have not ended after some days.
func StandingAfter(days int) Statistic { return Statistic{form: standing, days: days} }

// ReachedWithin is the part that have.
func ReachedWithin(days int) Statistic { return Statistic{form: reached, days: days} }

// z95 is the normal quantile of a 95 % interval.
const z95 = 1.959963984540054

// of works the figure out from what a fold has gathered. An interval is given for more than one case, and never where the
// figure follows from the rule alone.
func (s Statistic) of(f *Fold) Value {
	v := Value{Defined: true, Numerator: f.part, Denominator: f.whole, Cases: f.Counted}
	many := f.Counted > 1 && f.kind != Structural
	switch s.form {
	case total:
		v.Number = float64(f.part)
	case ratio:
		if f.whole == 0 {
			return none("there is nothing of what it is over")
		}
		v.Number = float64(f.part) / float64(f.whole)
		if many {
			v.Interval = f.spread(v.Number)
		}
	case quantile:
		if len(f.samples) == 0 {
			return none("there is nothing of what it is over")
		}
		n, low, high := f.samples.quantile(s.q)
		v.Number = n
		if many && s.q < 1 {
			v.Interval = &Interval{low, high}
		}
	case standing, reached:
		part, variance, ok := f.waits.standing(s.days)
		if !ok {
			return none("nobody was watched for %d days", s.days)
		}
		width := z95 * math.Sqrt(variance)
		v.Denominator = f.waits.total()
		low, high := max(0, part-width), min(1, part+width)
		if s.form == reached {
			part, low, high = 1-part, 1-high, 1-low
		}
		v.Number, v.Numerator = part, int(math.Round(part*float64(v.Denominator)))
		if many {
			v.Interval = &Interval{low, high}
		}
	case halfway:
		day, ok := f.waits.half()
		if !ok {
			return none("for more than half it had not happened when observation ended")
		}
		v.Number, v.Denominator = float64(day), f.waits.total()
	}
	if s.scale != 0 {
		v.Number *= s.scale
		if v.Interval != nil {
			v.Interval = &Interval{v.Interval.Low * s.scale, v.Interval.High * s.scale}
		}
	}
	return v
}

// spread is the 95 % interval of a ratio, from the differences between cases. Of a share it is Wilson's, on as many
// things as would spread as the cases do.
func (f *Fold) spread(p float64) *Interval {
	n, whole := float64(f.Counted), float64(f.whole)
	squares := f.parts2 - 2*p*f.cross + p*p*f.wholes2
	variance := max(0, squares) * n / (n - 1) / (whole * whole)
	if f.unit != Share {
		width := z95 * math.Sqrt(variance)
		return &Interval{p - width, p + width}
	}
	like := n // things that are all alike within a case are no more than their cases
	if variance > 0 {
		like = p * (1 - p) / variance
	}
	z2 := z95 * z95 / like
	middle := (p + z2/2) / (1 + z2)
	width := z95 / (1 + z2) * math.Sqrt(p*(1-p)/like+z2/(4*like))
	return &Interval{max(0, middle-width), min(1, middle+width)}
}
