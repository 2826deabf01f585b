package measure

import (
	"cmp"
	"math"
	"slices"
)

// Run is one whole run of an experiment: the figures of its population, and where on the axis it stands that the runs
// differ in, such as load, year or strictness.
type Run struct {
	At     float64
	Values map[string]Value
}

// figure makes a value out of other figures.
func figure(n float64) Value { return Value{Defined: true, Number: n} }

// undefinedAmong returns the first of some values that is undefined.
func undefinedAmong(from []Value) (Value, bool) {
	i := slices.IndexFunc(from, func(v Value) bool { return !v.Defined })
	if i < 0 {
		return Value{}, false
	}
	return from[i], true
}

// difference is the first figure less the second.
func difference(from []Value) Value {
	if v, ok := undefinedAmong(from); ok {
		return v
	}
	return figure(from[0].Number - from[1].Number)
}

// quotient is the first figure over the second.
func quotient(from []Value) Value {
	if v, ok := undefinedAmong(from); ok {
		return v
	}
	if from[1].Number == 0 {
		return none("what it is over is zero")
	}
	return figure(from[0].Number / from[1].Number)
}

// lessQuotient is how much smaller the first figure is than the second, as a part of the second.
func lessQuotient(from []Value) Value {
	v := quotient(from)
	v.Number = 1 - v.Number
	return v
}

// product is all figures multiplied. One that is zero settles it, whatever the others are.
func product(from []Value) Value {
	n := 1.0
	for _, v := range from {
		if v.Defined && v.Number == 0 {
			return figure(0)
		}
		n *= v.Number
	}
	if v, ok := undefinedAmong(from); ok {
		return v
	}
	return figure(n)
}

// discernment is d': how far apart, in standard deviations, the cases in which something is so lie from those in which it
// is not, from the shares of each in which it was found.
func discernment(from []Value) Value {
	if v, ok := undefinedAmong(from); ok {
		return v
	}
	z := func(v Value) float64 { // Laplace's rule keeps it finite
		p := (float64(v.Numerator) + 0.5) / (float64(v.Denominator) + 1)
		return math.Sqrt2 * math.Erfinv(2*p-1)
	}
	return figure(z(from[0]) - z(from[1]))
}

// first less second run, on one figure.
func gap(runs []Run, from []string) Value {
	if len(runs) != 2 {
		return none("it compares two runs, and there are %d", len(runs))
	}
	return difference([]Value{runs[0].Values[from[0]], runs[1].Values[from[0]]})
}

// slope is the least-squares slope of a figure over where the runs stand, per step of that size.
func slope(step float64) func([]Run, []string) Value {
	return func(runs []Run, from []string) Value {
		n, x, y, xx, xy := float64(len(runs)), 0.0, 0.0, 0.0, 0.0
		for _, r := range runs {
			v := r.Values[from[0]].Number
			x, y, xx, xy = x+r.At, y+v, xx+r.At*r.At, xy+r.At*v
		}
		if d := n*xx - x*x; d > 0 {
			return figure(step * (n*xy - x*y) / d)
		}
		return none("a slope needs runs at two places or more")
	}
}

// lastOverFirst is the figure of the run that stands furthest over that of the nearest; drift is the nearest less the
// furthest.
func lastOverFirst(runs []Run, from []string) Value {
	return ends(runs, from, func(first, last Value) Value { return quotient([]Value{last, first}) })
}

func drift(runs []Run, from []string) Value {
	return ends(runs, from, func(first, last Value) Value { return difference([]Value{first, last}) })
}

func ends(runs []Run, from []string, of func(first, last Value) Value) Value {
	if len(runs) < 2 {
		return none("it compares two runs or more, and there are %d", len(runs))
	}
	along := func(a, b Run) int { return cmp.Compare(a.At, b.At) }
	return of(slices.MinFunc(runs, along).Values[from[0]], slices.MaxFunc(runs, along).Values[from[0]])
}

// moved is the waterbed: persons more on informal channels with a safeguard than without, over persons fewer on the
// formal one. The first run is the one without.
func moved(runs []Run, from []string) Value {
	if len(runs) != 2 {
		return none("it compares two runs, and there are %d", len(runs))
	}
	formal, informal := from[0], from[1]
	saved := runs[0].Values[formal].Number - runs[1].Values[formal].Number
	if saved <= 0 {
		return none("the safeguard saved nobody on the formal route")
	}
	return figure((runs[1].Values[informal].Number - runs[0].Values[informal].Number) / saved)
}

// under is the area under the curve of hits over false alarms, as a threshold moves from run to run, from nobody to all.
func under(runs []Run, from []string) Value {
	type point struct{ hit, alarm float64 }
	points := []point{{0, 0}, {1, 1}}
	for _, r := range runs {
		points = append(points, point{r.Values[from[0]].Number, r.Values[from[1]].Number})
	}
	slices.SortFunc(points, func(a, b point) int { return cmp.Or(cmp.Compare(a.alarm, b.alarm), cmp.Compare(a.hit, b.hit)) })
	area := 0.0
	for i := 1; i < len(points); i++ {
		area += (points[i].alarm - points[i-1].alarm) * (points[i].hit + points[i-1].hit) / 2
	}
	return figure(area)
}

// fades is where the figure has first come half-way from that of the nearest run to that of the furthest.
func fades(runs []Run, from []string) Value {
	return ends(runs, from, func(first, last Value) Value {
		half := (first.Number + last.Number) / 2
		sorted := slices.SortedFunc(slices.Values(runs), func(a, b Run) int { return cmp.Compare(a.At, b.At) })
		for _, r := range sorted {
			n := r.Values[from[0]].Number
			if first.Number > last.Number && n <= half || first.Number < last.Number && n >= half {
				return figure(r.At)
			}
		}
		return none("the figure is the same at both ends")
	})
}
