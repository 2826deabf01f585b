package main

import (
	"context"
	"os"
	"strings"
	"testing"
)

// call runs the program in this process.
func call(ctx context.Context, args ...string) (code int, out, err string) {
	var stdout, stderr strings.Builder
	code = run(ctx, args, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// commands are the lines of a text that call the program, without those that leave something for the reader to fill in.
func commands(text string) (out [][]string) {
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if call, ok := strings.CutPrefix(strings.TrimSpace(line), "go run ./starter "); ok {
			out = append(out, strings.Fields(call))
		}
	}
	return out
}

func TestTheCommandsOfTheREADMEWork(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	tried := 0
	for _, args := range commands(string(readme)) {
		tried++
		code, out, err := call(t.Context(), args...)
		if strings.HasPrefix(err, "Keeping what is done in out/experiment/") && strings.Count(err, "\n") == 1 {
			err = "" // where an experiment keeps its results is said on the side
		}
		if code != exitDone || out == "" || err != "" {
			t.Errorf("%v ends with %d and says %q", args, code, err)
		}
	}
	if tried < 5 {
		t.Errorf("only %d commands were found", tried)
	}
}

func TestTheCommandsThatTheDemoNamesWork(t *testing.T) {
	t.Chdir(t.TempDir())
	code, out, err := call(t.Context(), "demo")
	if code != exitDone {
		t.Fatalf("demo ends with %d: %s", code, err)
	}
	_, next, found := strings.Cut(out, "\nNext\n")
	if !found {
		t.Fatalf("the demo names no commands:\n%s", out)
	}
	named := commands(next)
	for _, args := range named {
		if code, out, err := call(t.Context(), args...); code != exitDone || out == "" || err != "" {
			t.Errorf("%v ends with %d and says %q", args, code, err)
		}
	}
	if len(named) != len(nextAfter("out/demo")) {
		t.Errorf("%d commands were tried, the demo names %d", len(named), len(nextAfter("out/demo")))
	}
}

func TestARunThatIsStoppedSaysHowToGoOnAndTheSameCommandDoes(t *testing.T) {
	t.Chdir(t.TempDir())
	stopped, stop := context.WithCancel(t.Context())
	stop()
	code, out, err := call(stopped, "run", "g29", "--out", "kept")
	if code != exitNegative || out != "" || !strings.Contains(err, "the same command goes on") {
		t.Fatalf("stopped: code %d, out %q, error %q", code, out, err)
	}
	if code, out, err := call(t.Context(), "run", "g29", "--out", "kept"); code != exitDone || !strings.Contains(out, "All eight hold.") {
		t.Fatalf("taken up: code %d, error %q, out %q", code, err, out)
	}
	if code, _, err := call(t.Context(), "audit", "verify", "kept"); code != exitDone {
		t.Errorf("the logs of the run taken up: code %d, %s", code, err)
	}
}

func TestARunWithoutADirectoryLeavesNothingBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Chdir(t.TempDir())
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if code, _, err := call(stopped, "run", "g29"); code != exitNegative || !strings.Contains(err, "nothing is kept") {
		t.Errorf("stopped: code %d, error %q", code, err)
	}
	if code, _, err := call(t.Context(), "run", "g29", "--clock", "sim"); code != exitDone {
		t.Errorf("run: code %d, error %q", code, err)
	}
	for _, dir := range []string{os.Getenv("TMPDIR"), "."} {
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(left) > 0 {
			t.Errorf("%s holds %v", dir, left)
		}
	}
}

func TestTheProgramIsQuietUntilItIsAskedToLog(t *testing.T) {
	_, _, quiet := call(t.Context(), "run", "g29")
	code, out, loud := call(t.Context(), "run", "g29", "--json", "--log-level", "info")
	if code != exitDone || quiet != "" {
		t.Errorf("code %d; without a level the log is %q", code, quiet)
	}
	if !strings.Contains(loud, "INFO") || strings.Contains(out, "INFO") {
		t.Errorf("with a level the log is %q, and standard output %q", loud, out)
	}
}
