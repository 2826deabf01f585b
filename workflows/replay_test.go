package workflows_test

import (
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/grpc"

	"rogatory/activities"
	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/scenario"
	"rogatory/policies"
	"rogatory/workflows"
)

var update = flag.Bool("update", false, "record the histories anew; a release keeps those of the release before")

// recorded are the runs whose histories are kept: one that takes every turn of the road, refusals and secrets, an order
// abroad that is undone, a disclosure to a forged sender, a second request under a ledger, and safeguards as steps.
var recorded = []struct {
	scenario   string // of a shipped case
	file       string // or of a test's
	regime     string
	safeguards []string
}{
	{scenario: "honest", regime: "uncc"},
	{scenario: "g29", regime: "budapest"},
	{scenario: "g01", regime: "uncc"},
	{scenario: "emergency", file: "../internal/docket/testdata/emergency.yaml", regime: "eu-e-evidence"},
	{scenario: "forged", file: "../internal/simulation/testdata/beside/forged.yaml", regime: "uncc", safeguards: []string{"L15"}},
	{scenario: "retry", file: "../internal/simulation/testdata/beside/retry.yaml", regime: "uncc", safeguards: []string{"L20"}},
	{scenario: "honest", regime: "uncc", safeguards: []string{"L07", "L10", "L12", "L17", "L19"}},
}

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

const histories = "testdata/histories"

// TestRecordedHistoriesReplay holds the procedure to what it did before: a change that would take a running case down
// another road fails here. Before the first release such a change records the histories anew, with -update on an embedded
// server; after it, workflow.GetVersion keeps the old road open for cases under way.
func TestRecordedHistoriesReplay(t *testing.T) {
	if *update {
		record(t)
	}
	files, err := filepath.Glob(filepath.Join(histories, "*.json"))
	if err != nil || len(files) != len(recorded) {
		t.Fatalf("%d histories, want %d: %v", len(files), len(recorded), err)
	}
	replayer := worker.NewWorkflowReplayer()
	replayer.RegisterWorkflowWithOptions(workflows.MutualLegalAssistance, workflow.RegisterOptions{Name: workflows.WorkflowName})
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			if err := replayer.ReplayWorkflowHistoryFromJSONFile(silent, f); err != nil {
				t.Error(err)
			}
			if err := replayer.ReplayWorkflowHistory(silent, tampered(t, f)); err == nil {
				t.Error("a history that lacks an act replays: the replayer proves nothing")
			}
		})
	}
}

// tampered is a history in which one act became another.
func tampered(t *testing.T, file string) *historypb.History {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var h historypb.History
	if err := (temporalproto.CustomJSONUnmarshalOptions{}).Unmarshal(raw, &h); err != nil {
		t.Fatal(err)
	}
	for _, e := range h.Events {
		if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
			a.ActivityType.Name = "Publish"
			return &h
		}
	}
	t.Fatalf("%s has no act", file)
	return nil
}

func record(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	server, err := docket.StartServer(ctx, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	c, err := server.Client(client.Options{
		Identity:          "rogatory",
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{devserver.TimeSkipping()}},
	})
	if err != nil {
		t.Fatal(err)
	}
	o := docket.WorkerOptions()
	o.Identity = "rogatory"
	w := worker.New(c, workflows.TaskQueue, o)
	workflows.Register(w, &activities.Activities{Law: docket.Shelf{b.Digest(): b}, Logs: &book{}})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	for _, r := range recorded {
		s, err := scenario.ByID(r.scenario, b)
		if r.file != "" {
			s, err = scenario.Load(r.file, b)
		}
		if err != nil {
			t.Fatal(err)
		}
		in := docket.Options{Case: s, Source: []byte(s.ID), Instruments: []string{r.regime}, Safeguards: r.safeguards, Bundle: b, Seed: "1"}.Input()
		run, err := docket.Start(ctx, c, in, workflows.TaskQueue, docket.Skip)
		if err != nil {
			t.Fatal(err)
		}
		if err := run.Get(ctx, nil); err != nil {
			t.Fatal(err)
		}
		var h historypb.History
		for events := c.GetWorkflowHistory(ctx, run.GetID(), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
			e, err := events.Next()
			if err != nil {
				t.Fatal(err)
			}
			h.Events = append(h.Events, e)
		}
		raw, err := temporalproto.CustomJSONMarshalOptions{}.Marshal(&h)
		if err != nil {
			t.Fatal(err)
		}
		if host, err := os.Hostname(); err == nil && strings.Contains(string(raw), "@"+host) {
			t.Error("the history names this machine")
		}
		name := filepath.Join(histories, strings.Join(append([]string{r.scenario, r.regime}, r.safeguards...), "-")+".json")
		if err := os.MkdirAll(histories, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(raw, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
