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

// childDir, in the environment, makes the test binary run one case into that directory instead of its tests.
const childDir = "ROGATORY_TEST_RUN_INTO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if _, err := docket.Run(context.Background(), killed(dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// killed is the run that is killed: the longest shipped case, on a server that keeps its state in a file.
func killed(dir string) docket.Options {
	b, err := policies.Shipped()
	if err != nil {
		panic(err)
	}
	c, err := scenario.ByID("honest", b)
	if err != nil {
		panic(err)
	}
	return docket.Options{
		Case: c, Source: []byte("honest"), Instruments: []string{"uncc"}, Bundle: b, Clock: docket.Skip, Seed: "1", Dir: dir,
	}
}

// TestAKilledRunGoesOnWhereItWas kills the process at twenty random moments and starts it again each time. What it leaves
// in the end must be what a run leaves that nobody disturbed.
func TestAKilledRunGoesOnWhereItWas(t *testing.T) {
	undisturbed := filepath.Join(t.TempDir(), "undisturbed")
	start := time.Now()
	want, err := docket.Run(t.Context(), killed(undisturbed))
	if err != nil {
		t.Fatal(err)
	}
	length := time.Since(start)
	chance := rand.New(rand.NewPCG(20, 7))
	for kills, run := 0, 0; kills < 20; run++ {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(run))
		for done := false; !done; {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childDir+"="+dir)
			child.Stderr = os.Stderr
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- child.Wait() }()
			moment := time.Duration(chance.Int64N(int64(length)))
			if kills >= 20 {
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
		got, err := docket.Run(t.Context(), killed(dir))
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
