package report

import (
	"testing"

	"rogatory/internal/measure"
)

// A difference of two shares is in percentage points, whichever way it comes.
func TestDifferencesOfSharesAreInPoints(t *testing.T) {
	v, low, high := 0.0042, -0.001, 0.25
	r := EffectRow{EffectLow: &low, EffectHigh: &high, LevelLow: &low, LevelHigh: &high}
	for _, x := range []struct{ what, got, want string }{
		{"the level of a share", quantity(&v, measure.Share), "0.42%"},
		{"the change of a share", signed(&v, measure.Share), "+0.42"},
		{"its interval", r.EffectSpread(measure.Share), "-0.10 to 25.0"},
		{"the interval of a level", r.LevelSpread(measure.Share), "-0.10% to 25.0%"},
		{"a difference that is the figure", quantity(&v, measure.Points), "0.42"},
		{"days", signed(&high, measure.Days), "+0.2"},
		{"the head of a change", headed("change", changeOf(measure.Share)), "change, points"},
		{"the head of a level", headed("level", measure.Share), "level"},
	} {
		if x.got != x.want {
			t.Errorf("%s is written %q, not %q", x.what, x.got, x.want)
		}
	}
}
