package measure

import (
	"maps"
	"math"
	"math/bits"
	"slices"
)

// histogram counts whole numbers from 0. It is exact up to 8191 and to one part in 4096 above, so that its size is bounded
// whatever the number of cases.
type histogram map[int]int

// exact is the number of leading bits kept.
const exact = 13

func bucket(n int) int {
	n = max(n, 0)
	if drop := bits.Len(uint(n)) - exact; drop > 0 {
		return n >> drop << drop
	}
	return n
}

func (h *histogram) add(n, weight int) {
	if *h == nil {
		*h = histogram{}
	}
	(*h)[bucket(n)] += weight
}

func (h *histogram) merge(o histogram) {
	for n, w := range o {
		h.add(n, w)
	}
}

func (h histogram) total() (sum int) {
	for _, w := range h {
		sum += w
	}
	return sum
}

// at returns the number of a rank, counted from 1.
func (h histogram) at(rank int) int {
	seen, last := 0, 0
	for _, n := range slices.Sorted(maps.Keys(h)) {
		seen, last = seen+h[n], n
		if seen >= rank {
			break
		}
	}
	return last
}

// quantile returns the smallest number that at least a part q of all do not exceed; for the median of an even number of
// them, the mean of the two in the middle. Its bounds are those of a 95 % interval, by rank.
func (h histogram) quantile(q float64) (n, low, high float64) {
	all := h.total()
	rank := int(math.Ceil(q * float64(all)))
	n = float64(h.at(rank))
	if q == 0.5 && all%2 == 0 {
		n = (n + float64(h.at(rank+1))) / 2
	}
	spread := z95 * math.Sqrt(float64(all)*q*(1-q))
	low = float64(h.at(max(1, int(math.Floor(q*float64(all)-spread)))))
	high = float64(h.at(min(all, int(math.Ceil(q*float64(all)+spread))+1)))
	return n, low, high
}

// waits are spells gathered: those that ended and those still going on, by their days.
type waits struct{ ended, open histogram }

func (w *waits) add(s Spell) {
	if s.Ended {
		w.ended.add(s.Days, s.Weight)
		return
	}
	w.open.add(s.Days, s.Weight)
}

func (w *waits) merge(o waits) {
	w.ended.merge(o.ended)
	w.open.merge(o.open)
}

func (w waits) total() int { return w.ended.total() + w.open.total() }

// step is a day on which some wait ended.
type step struct {
	day      int
	standing float64 // the part still standing after it
	variance float64 // of standing, by Greenwood's formula
}

// steps is the Kaplan-Meier estimate of the part still standing, and the last day on which anybody was watched. A wait
// that is cut off on a day counts as at risk on that day.
func (w waits) steps() (out []step, watched int) {
	atRisk, s, greenwood := w.total(), 1.0, 0.0
	days := map[int]bool{}
	for d := range w.ended {
		days[d] = true
	}
	for d := range w.open {
		days[d] = true
	}
	for _, d := range slices.Sorted(maps.Keys(days)) {
		watched = d
		if ended := w.ended[d]; ended > 0 {
			s *= 1 - float64(ended)/float64(atRisk)
			if atRisk > ended {
				greenwood += float64(ended) / (float64(atRisk) * float64(atRisk-ended))
			}
			out = append(out, step{d, s, s * s * greenwood})
		}
		atRisk -= w.ended[d] + w.open[d]
	}
	return out, watched
}

// standing is the part still standing after some days; ok is false if nobody was watched so long and some still stood.
func (w waits) standing(after int) (s, variance float64, ok bool) {
	s = 1
	steps, watched := w.steps()
	for _, x := range steps {
		if x.day <= after {
			s, variance = x.standing, x.variance
		}
	}
	return s, variance, watched >= after || s == 0
}

// half is the first day after which no more than half still stand; ok is false if more than half stood to the end.
func (w waits) half() (day int, ok bool) {
	steps, _ := w.steps()
	for _, x := range steps {
		if x.standing <= 0.5 {
			return x.day, true
		}
	}
	return 0, false
}
