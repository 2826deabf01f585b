package main

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"rogatory/internal/devserver"
)

const toBeKilled = `id: killed
title: A design to be killed in
base:
  instruments: [uncc]
factors:
  - factor: safeguards
    levels: [[L05]]
tornado: [staff.scale]
replications: 3
years: 0.4
warm_up: 0.1
watch: 200
outcomes: [detection, wait, secret.days]
`

// experimenter runs starter experiment as processes of their own, in one directory.
type experimenter struct {
	t   *testing.T
	dir string
	env []string
}

func newExperimenter(t *testing.T, env ...string) experimenter {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "killed.yaml"), []byte(toBeKilled), 0o600); err != nil {
		t.Fatal(err)
	}
	return experimenter{t, dir, slices.Concat(os.Environ(), []string{"TEMPORAL_CONFIG_FILE=" + os.DevNull}, env)}
}

func (e experimenter) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	var said bytes.Buffer
	c := exec.Command("starter", append([]string{"experiment"}, args...)...)
	c.Dir, c.Env, c.Stderr = e.dir, e.env, &said
	return c, &said
}

// whole runs a command to its end.
func (e experimenter) whole(args ...string) {
	e.t.Helper()
	c, said := e.command(args...)
	if err := c.Run(); err != nil {
		e.t.Fatalf("%v: %v\n%s", args, err, said)
	}
}

// killedWhen runs a command and kills it as soon as a moment has come. False: it had ended before.
func (e experimenter) killedWhen(moment func() bool, args ...string) bool {
	e.t.Helper()
	c, said := e.command(args...)
	if err := c.Start(); err != nil {
		e.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				e.t.Fatalf("%v: %v\n%s", args, err, said)
			}
			return false
		default:
		}
		if moment() {
			_ = c.Process.Kill() // SIGKILL; it may have ended just now
			return <-ended != nil
		}
		time.Sleep(200 * time.Microsecond)
	}
}

// there reports how many files below the directory match a pattern.
func (e experimenter) there(pattern string) func(n int) bool {
	return func(n int) bool {
		all, err := filepath.Glob(filepath.Join(e.dir, pattern))
		if err != nil {
			e.t.Fatal(err)
		}
		return len(all) >= n
	}
}

// left is every file below a directory of results. Of units it holds what was kept, for nothing may be there twice.
func (e experimenter) left(out string) map[string]string {
	e.t.Helper()
	all := map[string]string{}
	root := filepath.Join(e.dir, out)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		all[name] = string(raw)
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return all
}

func (e experimenter) sameAs(want map[string]string, out, what string) {
	e.t.Helper()
	got := e.left(out)
	if a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)); !slices.Equal(a, b) {
		e.t.Errorf("%s: files %v, and %v", what, a, b)
	}
	for name := range want {
		if want[name] != got[name] {
			e.t.Errorf("%s: %s differs", what, name)
		}
	}
}

// TestAKilledExperimentGoesOnToTheSameBytes kills the process at several moments and starts it again as it says one should.
func TestAKilledExperimentGoesOnToTheSameBytes(t *testing.T) {
	e := newExperimenter(t, "GOMAXPROCS=2")
	one := e
	one.env = append(slices.Clone(e.env), "GOMAXPROCS=1")
	one.whole("run", "killed.yaml", "--out", "whole")
	want := e.left("whole")
	if len(want) < 12*2+2+8 {
		t.Fatalf("only %d files were written", len(want))
	}
	for out, moments := range map[string][]struct {
		pattern string
		n       int
	}{
		"while units are written": {{"parts/*/*/cases.parquet.*.tmp", 1}, {"parts/*/000-00001/cases.parquet.*.tmp", 1}, {"parts/*/*/events.parquet.*.tmp", 1}, {"parts/*/003-*/*.tmp", 1}},
		"right after them":        {{"parts/*/*/summary.json", 1}, {"parts/*/*/summary.json", 4}, {"parts/*/*/summary.json", 11}},
		"while it is told":        {{"report.html", 1}, {"cases.parquet.*.tmp", 1}, {"cases.parquet", 1}, {"measures.parquet", 1}},
	} {
		t.Run(out, func(t *testing.T) {
			e := e
			e.t = t
			again, kills := []string{"run", "killed.yaml", "--out", out}, 0
			for _, m := range moments {
				there := e.there(filepath.Join(out, m.pattern))
				if e.killedWhen(func() bool { return there(m.n) }, again...) {
					kills++
				}
				again = []string{"run", "killed.yaml", "--out", out, "--resume"}
			}
			e.whole(again...)
			e.sameAs(want, out, out)
			if kills < 2 {
				t.Errorf("it was killed %d times", kills)
			}
		})
	}
	c, said := e.command("run", "killed.yaml", "--out", "whole")
	if err := c.Run(); err == nil || !strings.Contains(said.String(), "--resume") {
		t.Errorf("%v: %s", err, said)
	}
}

// TestAKilledWorkerCountsNothingTwice has an experiment run on a cluster whose only worker is killed with a unit in hand, and the
// process that waits for it too.
func TestAKilledWorkerCountsNothingTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("a dead worker is missed after 30 seconds")
	}
	server, err := devserver.Start(t.Context(), devserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	e := newExperimenter(t, "TEMPORAL_NAMESPACE="+server.Namespace())
	e.whole("run", "killed.yaml", "--out", "whole")
	want := e.left("whole")

	run := []string{"run", "killed.yaml", "--out", "fanned", "--address", server.Address(), "--workers", "2"}
	work := []string{"work", "--address", server.Address()}
	asked := make(chan bool, 1)
	there := e.there
	go func() {
		asked <- e.killedWhen(func() bool { return there("fanned/parts/*/*/summary.json")(2) }, run...)
	}()
	if !e.killedWhen(func() bool {
		return there("fanned/parts/*/*/summary.json")(3) && there("fanned/parts/*/*/cases.parquet.*.tmp")(1)
	}, work...) {
		t.Fatal("the worker ended by itself")
	}
	if !<-asked {
		t.Fatal("the experiment ended before it was killed")
	}
	ctx, cancel := context.WithCancel(t.Context())
	second := exec.CommandContext(ctx, "starter", append([]string{"experiment"}, work...)...)
	second.Dir, second.Env = e.dir, e.env
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cancel(); _ = second.Wait() }() // it is killed
	e.whole(append(run, "--resume")...)
	e.sameAs(want, "fanned", "on a cluster whose worker was killed")
	if again := attempted(t, server); again < 1 {
		t.Error("no unit was given to a second worker")
	}
}

// attempted is how many units were begun more than once.
func attempted(t *testing.T, server *devserver.Server) (n int) {
	t.Helper()
	c, err := server.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	all, err := c.ListWorkflow(t.Context(), &workflowservice.ListWorkflowExecutionsRequest{Namespace: server.Namespace()})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all.GetExecutions() {
		for h := c.GetWorkflowHistory(t.Context(), w.GetExecution().GetWorkflowId(), w.GetExecution().GetRunId(), false, 0); h.HasNext(); {
			v, err := h.Next()
			if err != nil {
				t.Fatal(err)
			}
			if v.GetActivityTaskStartedEventAttributes().GetAttempt() > 1 {
				n++
			}
		}
	}
	return n
}
