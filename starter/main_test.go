package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"rogatory/activities"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/policies"
	"rogatory/workflows"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"starter": func() {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}})
}

// TestScripts runs the command line as its users do; each file has one theme.
func TestScripts(t *testing.T) {
	address := served(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ADDRESS", address)
			e.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
			e.Setenv("TEMPORAL_NAMESPACE", devserver.DefaultNamespace)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit":    edit,
			"exit":    exitCode,
			"foreign": foreign,
			"waitfor": waitFor,
			"field":   field,
			"flip":    flip,
			"grow":    grow,
			"same":    same,
		},
		RequireExplicitExec: true,
	})
}

// served is the address of a Temporal server with one worker on it, as a user of --address would have it.
func served(t *testing.T) (address string) {
	t.Helper()
	server, err := docket.StartServer(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	c, err := server.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	books := docket.OpenBooks(t.TempDir(), "cluster")
	w := worker.New(c, workflows.TaskQueue, docket.WorkerOptions())
	workflows.Register(w, &activities.Activities{Law: docket.Shelf{bundle.Digest(): bundle}, Logs: books})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.Stop()
		if err := books.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return server.Address()
}

// exitCode runs a command that must end with a code other than 0: exit 2 starter run nothing.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit CODE COMMAND ...")
	}
	err := ts.Exec(args[1], args[2:]...)
	if err == nil {
		ts.Fatalf("it succeeded, want exit code %s", args[0])
	}
	if want := "exit status " + args[0]; err.Error() != want {
		ts.Fatalf("%v, want %s", err, want)
	}
}

// field checks a value in a JSON file: field stdout grounds.0.raised true. A star counts the elements of a list.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: field FILE PATH VALUE")
	}
	var v any
	text := ts.ReadFile(args[0])
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		ts.Fatalf("%s is no JSON: %v", args[0], err)
	}
	if strings.Count(text, "\n") == 0 || !strings.HasSuffix(text, "}\n") {
		ts.Fatalf("%s does not end with an object and a newline", args[0])
	}
	for key := range strings.SplitSeq(args[1], ".") {
		v = step(ts, v, key)
	}
	if got := fmt.Sprint(v); (got == args[2]) == neg {
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}

func step(ts *testscript.TestScript, v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		next, ok := v[key]
		if !ok {
			ts.Fatalf("there is no %s", key)
		}
		return next
	case []any:
		if key == "*" {
			return len(v)
		}
		if i, err := strconv.Atoi(key); err == nil && i < len(v) {
			return v[i]
		}
	}
	ts.Fatalf("there is no %s in %v", key, v)
	return nil
}

// flip changes one byte in the middle of a file.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		raw := []byte(ts.ReadFile(name))
		raw[len(raw)/2] ^= 1
		ts.Check(os.WriteFile(ts.MkAbs(name), raw, 0o600))
	}
}

// grow makes a file of 100 MB.
func grow(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.Truncate(100 << 20))
	ts.Check(f.Close())
}

// same checks that two files have the same bytes.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if (ts.ReadFile(args[0]) == ts.ReadFile(args[1])) == neg {
		ts.Fatalf("%s and %s: same is %v", args[0], args[1], neg)
	}
}
