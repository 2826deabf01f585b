package simulation_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"rogatory/internal/simulation"
)

// TestAPopulationThatIsStoppedLeavesNothingRunning stops populations while letters are under way, and counts goroutines: each
// procedure that waits is one, and holds its letter for good.
func TestAPopulationThatIsStoppedLeavesNothingRunning(t *testing.T) {
	w, digest := world(t, nil, uncc), law(t).Digest()
	enough := errors.New("enough")
	for name, stop := range map[string]func(cancel func()) error{
		"its context ends": func(cancel func()) error { cancel(); return nil },
		"its taker fails":  func(func()) error { return enough },
	} {
		ctx, cancel := context.WithCancel(context.Background())
		before, taken := runtime.NumGoroutine(), 0
		whole, err := simulation.Population{World: w, Policy: digest, Weeks: 1000, Limit: 3000, Take: func(*simulation.Ended) error {
			if taken++; taken < 200 {
				return nil
			}
			return stop(cancel)
		}}.Run(ctx)
		cancel()
		if !errors.Is(err, context.Canceled) && !errors.Is(err, enough) {
			t.Fatalf("%s: %v", name, err)
		}
		if whole.InFlight < 50 {
			t.Fatalf("%s: %d letters were under way at one time, too few to tell", name, whole.InFlight)
		}
		for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		if after := runtime.NumGoroutine(); after > before {
			t.Errorf("%s: %d goroutines before, %d after", name, before, after)
		}
	}
}
