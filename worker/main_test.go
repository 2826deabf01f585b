package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"google.golang.org/grpc"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/experiment"
	"rogatory/internal/mla"
	"rogatory/internal/population"
	"rogatory/internal/scenario"
	"rogatory/policies"
	"rogatory/workflows"
)

// started runs the worker until stop is called, which returns its exit code.
func started(t *testing.T, args ...string) (stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	in, out := io.Pipe()
	ended := make(chan int, 1)
	var said strings.Builder
	go func() {
		code := run(ctx, args, out, &said)
		_ = out.Close()
		ended <- code
	}()
	line := make([]byte, 400)
	if n, err := in.Read(line); err != nil || !strings.Contains(string(line[:n]), "serving task queue rogatory") {
		cancel()
		t.Fatalf("the worker ends with %d and says %q %q", <-ended, line[:n], said.String())
	}
	return func() int {
		cancel()
		return <-ended
	}
}

func TestAWorkerServesACaseStopsAndLeavesWholeLogs(t *testing.T) {
	for _, v := range []string{"TEMPORAL_PROFILE", "TEMPORAL_TLS", "TEMPORAL_API_KEY", "TEMPORAL_ADDRESS"} {
		t.Setenv(v, "")
	}
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	server, err := devserver.Start(t.Context(), devserver.Options{}) // knows no search attributes: the worker adds them
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	t.Setenv("TEMPORAL_NAMESPACE", server.Namespace())
	c, err := server.Client(client.Options{
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{devserver.TimeSkipping()}},
	})
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := scenario.ByID("g29", bundle)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, seed := range []string{"first", "second"} { // the second worker goes on with the logs of the first
		stop := started(t, "--address", server.Address(), "--out", dir, "--log-level", "error")
		in := docket.Options{
			Case: chosen, Instruments: []string{"uncc"}, Bundle: bundle, Clock: docket.Skip, Seed: seed,
		}.Input()
		submitted, err := docket.Start(t.Context(), c, in, workflows.TaskQueue, docket.Skip)
		if err != nil {
			t.Fatal(err)
		}
		again, err := docket.Start(t.Context(), c, in, workflows.TaskQueue, docket.Skip)
		if err != nil || again.GetRunID() != submitted.GetRunID() {
			t.Errorf("submitted twice: %v, run %s and run %s", err, submitted.GetRunID(), again.GetRunID())
		}
		var result workflows.Result
		if err := submitted.Get(t.Context(), &result); err != nil {
			t.Fatal(err)
		}
		if result.Outcome != mla.Granted {
			t.Errorf("outcome %s, want %s", result.Outcome, mla.Granted)
		}
		if code := stop(); code != 0 {
			t.Errorf("told to stop, the worker ends with %d", code)
		}
	}
	for _, state := range []string{"alder", "cassia"} {
		r, err := verify.Check(t.Context(), filepath.Join(dir, "logs", state), verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !r.OK() || r.Cases != 2 {
			t.Errorf("log of %s: %d cases, findings %v", state, r.Cases, r.Findings)
		}
	}
}

func TestAWorkerServesAnExperiment(t *testing.T) {
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	server, err := devserver.Start(t.Context(), devserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	t.Setenv("TEMPORAL_NAMESPACE", server.Namespace())
	c, err := server.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	bundle, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	parameters, err := population.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	design, err := experiment.Parse("small.yaml", []byte("{id: small, title: A small design, base: {instruments: [uncc]}, replications: 2, years: 0.05, watch: 100, outcomes: [days]}"), bundle, parameters)
	if err != nil {
		t.Fatal(err)
	}
	x := experiment.New(design, "1", bundle, parameters)
	stop := started(t, "--address", server.Address(), "--out", t.TempDir(), "--log-level", "error")
	in := x.FanOut(t.TempDir(), 1)
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: in.Spec.ID(), TaskQueue: experiment.TaskQueue}, experiment.WorkflowName, in)
	if err != nil {
		t.Fatal(err)
	}
	var got experiment.Fanned
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := run.Get(ctx, &got); err != nil {
		t.Fatal(err)
	}
	if got.Replications != 2 {
		t.Errorf("%d replications, want 2", got.Replications)
	}
	if code := stop(); code != 0 {
		t.Errorf("told to stop, the worker ends with %d", code)
	}
}

func TestAWorkerRefusesBadInputBeforeItServes(t *testing.T) {
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"no directory":      {nil, "--out is missing"},
		"a file":            {[]string{"--out", file}, "--out: "},
		"an unknown level":  {[]string{"--out", dir, "--log-level", "loud"}, "unknown log level"},
		"an unknown flag":   {[]string{"--out", dir, "--speed", "1"}, "unknown flag"},
		"less than none":    {[]string{"--out", dir, "--replications", "-1"}, "--replications -1"},
		"an argument":       {[]string{"--out", dir, "now"}, "now"},
		"faulty law files":  {[]string{"--out", dir, "--policies", dir}, "facts.yaml: the file is missing"},
		"nobody answers":    {[]string{"--out", dir, "--address", "127.0.0.1:1"}, "no Temporal cluster answers at 127.0.0.1:1"},
		"no such profile":   {[]string{"--out", dir, "--profile", "nowhere"}, "nowhere"},
		"an emptied secret": {[]string{"--out", emptied(t), "--address", "127.0.0.1:1"}, "is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, said strings.Builder
			if code := run(t.Context(), test.args, &out, &said); code != 2 || !strings.Contains(said.String(), test.want) {
				t.Errorf("code %d, says %q, want 2 and %q", code, said.String(), test.want)
			}
			if out.Len() > 0 {
				t.Errorf("standard output: %q", out.String())
			}
		})
	}
}

// emptied is a directory whose seed was lost.
func emptied(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "seed"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}
