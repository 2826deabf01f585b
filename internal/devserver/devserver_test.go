package devserver_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"google.golang.org/grpc"

	"rogatory/internal/devserver"
)

const (
	queue = "q"
	day   = 24 * time.Hour
	// slow is more wall time than any test takes. Legal times are asserted within it: a skipped clock still ticks.
	slow = 10 * time.Minute
)

// start runs a server for the test.
func start(tb testing.TB, o devserver.Options) *devserver.Server {
	tb.Helper()
	s, err := devserver.Start(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Stop)
	return s
}

func connect(tb testing.TB, s *devserver.Server, d ...grpc.DialOption) client.Client {
	tb.Helper()
	c, err := s.Client(client.Options{ConnectionOptions: client.ConnectionOptions{DialOptions: d}})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// registered is every workflow and activity of these tests.
func registered(w worker.Registry) {
	w.RegisterWorkflow(steps)
	w.RegisterWorkflow(deadlines)
	w.RegisterWorkflow(twoRoles)
	w.RegisterWorkflow(hearing)
	w.RegisterWorkflow(patience)
	w.RegisterWorkflow(journey)
	w.RegisterActivity(act)
	w.RegisterActivity(&outside)
}

// work runs a worker for the test, with the options the package comment advises.
func work(tb testing.TB, c client.Client) worker.Worker {
	tb.Helper()
	w := worker.New(c, queue, worker.Options{StickyScheduleToStartTimeout: time.Second})
	registered(w)
	if err := w.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(w.Stop)
	return w
}

func begin(tb testing.TB, c client.Client, workflow any, args ...any) client.WorkflowRun {
	tb.Helper()
	r, err := c.ExecuteWorkflow(tb.Context(), client.StartWorkflowOptions{TaskQueue: queue, WorkflowTaskTimeout: 2 * time.Second}, workflow, args...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func result[T any](tb testing.TB, r client.WorkflowRun) T {
	tb.Helper()
	var v T
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	if err := r.Get(ctx, &v); err != nil {
		tb.Fatal(err)
	}
	return v
}

// passed fails the test unless the time from a to b is want, give or take the wall time a test needs.
func passed(tb testing.TB, what string, a, b time.Time, want time.Duration) {
	tb.Helper()
	if got := b.Sub(a); got < want || got > want+slow {
		tb.Errorf("%s came after %v, want %v", what, got, want)
	}
}

func TestAServerStartsAnswersAndStops(t *testing.T) {
	s := start(t, devserver.Options{})
	if host, _, err := net.SplitHostPort(s.Address()); err != nil || host != "127.0.0.1" {
		t.Errorf("address %s is not on loopback", s.Address())
	}
	c := connect(t, s)
	w := work(t, c)
	result[any](t, begin(t, c, steps, plan{Activities: 3}))
	w.Stop()
	s.Stop()
	s.Stop()
	if conn, err := net.Dial("tcp", s.Address()); err == nil {
		conn.Close()
		t.Errorf("%s still accepts connections", s.Address())
	}
	if _, err := s.Client(client.Options{}); err == nil {
		t.Error("a stopped server gave out a client")
	}
}

// A stop that waits for the worker takes five seconds each time; a stop that does not takes about one, and may take longer
// where the machine is busy.
func TestStopIsQuickAlthoughAWorkerStillPolls(t *testing.T) {
	var d time.Duration
	for range 5 {
		if d = stopUnderAWorker(t); d < 4*time.Second {
			return
		}
	}
	t.Errorf("stop took %v", d)
}

func stopUnderAWorker(t *testing.T) time.Duration {
	s := start(t, devserver.Options{})
	foreign, err := client.Dial(client.Options{HostPort: s.Address(), Namespace: s.Namespace(), Logger: silent})
	if err != nil {
		t.Fatal(err)
	}
	defer foreign.Close()
	work(t, foreign)
	began := time.Now()
	s.Stop()
	return time.Since(began)
}

func TestServersLiveSideBySide(t *testing.T) {
	for i := range 3 {
		s := start(t, devserver.Options{})
		c := connect(t, s, devserver.TimeSkipping())
		work(t, c)
		result[any](t, begin(t, c, steps, plan{Activities: i, Timers: 1}))
	}
}

func TestNothingRunsOnAfterAStop(t *testing.T) {
	before := goroutines()
	s := start(t, devserver.Options{File: filepath.Join(t.TempDir(), "f")})
	c := connect(t, s, devserver.TimeSkipping())
	w := work(t, c)
	result[any](t, begin(t, c, steps, plan{Activities: 2, Timers: 2}))
	w.Stop()
	s.Stop()

	var left map[string]string
	defer func() {
		if t.Failed() {
			t.Log(left)
		}
	}()
	eventually(t, "only goroutines that sleep for good are left", func() bool {
		left = goroutines()
		maps.DeleteFunc(left, func(id, stack string) bool {
			_, old := before[id]
			return old ||
				strings.Contains(stack, "grpcsync.(*CallbackSerializer).run") || // Temporal closes no connection between its services,
				strings.Contains(stack, "database/sql.(*DB).connection") // and no store
		})
		return len(left) == 0
	})
}

// goroutines is the stack of every goroutine, by its number.
func goroutines() map[string]string {
	buf := make([]byte, 8<<20)
	stacks := make(map[string]string)
	for stack := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		id, _, _ := strings.Cut(strings.TrimPrefix(stack, "goroutine "), " ")
		stacks[id] = stack
	}
	return stacks
}

func TestAStartThatIsCancelledFailsAndFreesTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := devserver.Start(ctx, devserver.Options{File: file}); !errors.Is(err, context.Canceled) {
		t.Fatalf("Start = %v, %v; want context.Canceled", s, err)
	}
	start(t, devserver.Options{File: file})
}

func TestTwoServersCannotShareAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	s := start(t, devserver.Options{File: file})
	if _, err := devserver.Start(t.Context(), devserver.Options{File: file}); !errors.Is(err, devserver.ErrLocked) {
		t.Errorf("second Start in this process: %v, want ErrLocked", err)
	}
	if out, err := child(t, "start", file).CombinedOutput(); err == nil || !strings.Contains(string(out), devserver.ErrLocked.Error()) {
		t.Errorf("Start in another process: %v, %q; want ErrLocked", err, out)
	}
	s.Stop()
	start(t, devserver.Options{File: file})
}

func TestAnotherProgramsFileIsRefusedAndLeftAlone(t *testing.T) {
	for name, content := range map[string]string{
		"text":   "this is not a database, but it is long enough to have a header of a hundred bytes, which SQLite reads first of all\n",
		"sqlite": sqliteFile(t),
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "f")
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := devserver.Start(t.Context(), devserver.Options{File: file})
			if err == nil || !strings.Contains(err.Error(), file) {
				t.Errorf("Start = %v, want an error that names %s", err, file)
			}
			if after, err := os.ReadFile(file); err != nil || string(after) != content {
				t.Errorf("file was changed (%v)", err)
			}
		})
	}
}

func TestAFileMayHaveAnyName(t *testing.T) {
	file := filepath.Join(t.TempDir(), "50% of ärger? #1 & more.db")
	start(t, devserver.Options{File: file}).Stop()
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
	start(t, devserver.Options{File: file})
}

func TestSearchAttributesAreTypedAndMayBeAdded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	type attributes = map[string]enumspb.IndexedValueType
	first := attributes{"Regime": enumspb.INDEXED_VALUE_TYPE_KEYWORD}
	start(t, devserver.Options{File: file, SearchAttributes: first}).Stop()

	changed := attributes{"Regime": enumspb.INDEXED_VALUE_TYPE_INT}
	if _, err := devserver.Start(t.Context(), devserver.Options{File: file, SearchAttributes: changed}); err == nil {
		t.Error("the type of a search attribute was changed")
	}
	added := attributes{"CaseID": enumspb.INDEXED_VALUE_TYPE_KEYWORD, "Days": enumspb.INDEXED_VALUE_TYPE_INT}
	c := connect(t, start(t, devserver.Options{File: file, SearchAttributes: added}))
	work(t, c)
	r, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{
		TaskQueue: queue,
		TypedSearchAttributes: temporal.NewSearchAttributes(
			temporal.NewSearchAttributeKeyKeyword("Regime").ValueSet("uncc"),
			temporal.NewSearchAttributeKeyKeyword("CaseID").ValueSet("c1"),
			temporal.NewSearchAttributeKeyInt64("Days").ValueSet(90),
		),
	}, steps, plan{})
	if err != nil {
		t.Fatal(err)
	}
	result[any](t, r)
	query := &workflowservice.CountWorkflowExecutionsRequest{Query: `Regime = "uncc" AND CaseID = "c1" AND Days > 89`}
	eventually(t, "the workflow is found by its attributes", func() bool {
		n, err := c.CountWorkflow(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		return n.GetCount() == 1
	})
}

func TestNothingIsPrinted(t *testing.T) {
	cmd := child(t, "quiet", filepath.Join(t.TempDir(), "f"))
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("a run printed (%v):\n%s", err, out)
	}
}

// eventually waits for what the server does on its own time.
func eventually(tb testing.TB, what string, is func() bool) {
	tb.Helper()
	for deadline := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			tb.Fatalf("did not come about: %s", what)
		}
	}
}

// child is this test binary as another process, in one of the roles of TestMain.
func child(tb testing.TB, role, file string) *exec.Cmd {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "DEVSERVER_TEST_CHILD="+role, "DEVSERVER_TEST_FILE="+file)
	return cmd
}

func TestMain(m *testing.M) {
	role, file := os.Getenv("DEVSERVER_TEST_CHILD"), os.Getenv("DEVSERVER_TEST_FILE")
	if role == "" {
		os.Exit(m.Run())
	}
	if err := be(context.Background(), role, file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// be is what a child does.
func be(ctx context.Context, role, file string) error {
	s, err := devserver.Start(ctx, devserver.Options{File: file})
	if err != nil || role == "start" {
		return err
	}
	c, err := s.Client(client.Options{ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{devserver.TimeSkipping()}}})
	if err != nil {
		return err
	}
	w := worker.New(c, queue, worker.Options{StickyScheduleToStartTimeout: time.Second})
	registered(w)
	switch role {
	case "quiet":
		if err := w.Start(); err != nil {
			return err
		}
		r, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: queue}, steps, plan{Activities: 4, Timers: 2})
		if err != nil {
			return err
		}
		if err := r.Get(ctx, nil); err != nil {
			return err
		}
		w.Stop()
		s.Stop()
		return nil
	case "hang", "race": // never ends: its parent kills it
		outside.hang = role == "hang"
		if err := w.Start(); err != nil {
			return err
		}
		if _, err := c.ExecuteWorkflow(ctx, journeyOptions, journey); err != nil {
			return err
		}
		fmt.Println("started")
		select {}
	default:
		return fmt.Errorf("no role %q", role)
	}
}

// sqliteFile is a database that is not ours.
func sqliteFile(tb testing.TB) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "other")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE t (c)"); err != nil {
		tb.Fatal(err)
	}
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return string(content)
}
