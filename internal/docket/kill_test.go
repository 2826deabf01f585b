package docket_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// childDir, in the environment, makes the test binary run one case, the one that childRoute names, into that directory
// instead of its tests.
const (
	childDir   = "ROGATORY_TEST_RUN_INTO"
	childRoute = "ROGATORY_TEST_RUN_ROUTE"
)

// killed are the runs that are killed, each on a server that keeps its state in a file, and how often: the longest shipped
// case, an order abroad that is undone, a second request in another State.
var killed = []struct {
	route, file string // no file: a shipped case
	regime      string
	safeguards  []string
	kills       int
}{
	{"honest", "", "uncc", nil, 12},
	{"emergency", "testdata/emergency.yaml", "eu-e-evidence", nil, 4},
	{"retry", "../simulation/testdata/beside/retry.yaml", "uncc", []string{"L20"}, 4},
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if _, err := docket.Run(context.Background(), route(os.Getenv(childRoute), dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// route is one of the runs that are killed.
func route(name, dir string) docket.Options {
	b, err := policies.Shipped()
	if err != nil {
		panic(err)
	}
	for _, r := range killed {
		if r.route != name {
			continue
		}
		c, err := scenario.ByID(r.route, b)
		if r.file != "" {
			c, err = scenario.Load(r.file, b)
		}
		if err != nil {
			panic(err)
		}
		return docket.Options{
			Case: c, Source: []byte(name), Instruments: []string{r.regime}, Safeguards: r.safeguards, Bundle: b, Clock: docket.Skip, Seed: "1", Dir: dir,
		}
	}
	panic("no route " + name)
}

// TestAKilledRunGoesOnWhereItWas kills the process at random moments and starts it again each time. What it leaves in the
// end must be what a run leaves that nobody disturbed.
func TestAKilledRunGoesOnWhereItWas(t *testing.T) {
	for _, r := range killed {
		t.Run(r.route, func(t *testing.T) { kill(t, r.route, r.kills) })
	}
}

func kill(t *testing.T, name string, times int) {
	undisturbed := filepath.Join(t.TempDir(), "undisturbed")
	start := time.Now()
	want, err := docket.Run(t.Context(), route(name, undisturbed))
	if err != nil {
		t.Fatal(err)
	}
	length := time.Since(start)
	chance := rand.New(rand.NewPCG(20, 7))
	for kills, run := 0, 0; kills < times; run++ {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(run))
		for done := false; !done; {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childDir+"="+dir, childRoute+"="+name)
			child.Stderr = os.Stderr
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- child.Wait() }()
			moment := time.Duration(chance.Int64N(int64(length)))
			if kills >= times {
				moment = time.Minute
			}
			select {
			case err := <-ended:
				if err != nil {
					t.Fatalf("after %d kills: %v", kills, err)
				}
				done = true
			case <-time.After(moment):
				if err := child.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
					t.Fatal(err)
				}
				<-ended
				kills++
			}
		}
		got, err := docket.Run(t.Context(), route(name, dir))
		if err != nil {
			t.Fatal(err)
		}
		want.Log.Dir, got.Log.Dir = "", ""
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("run %d: %s", run, diff)
		}
		if diff := cmp.Diff(whole(t, undisturbed), whole(t, dir)); diff != "" {
			t.Errorf("run %d: %s", run, diff)
		}
	}
}

// whole reads all events of a run in the order of its logs.
func whole(t *testing.T, dir string) []mla.Event {
	t.Helper()
	seen, err := docket.Read(t.Context(), dir, mla.Roles...)
	if err != nil {
		t.Fatal(err)
	}
	var out []mla.Event
	for _, s := range seen {
		if s.Event == nil {
			t.Fatalf("event %d of %s is sealed for its own readers", s.Cover.Sequence, s.Cover.Party)
		}
		out = append(out, *s.Event)
	}
	return out
}
