package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"

	"rogatory/internal/devserver"
	"rogatory/internal/docket"
	"rogatory/internal/scenario"
	"rogatory/policies"
	"rogatory/workflows"
)

// kept is a run with its directory, the server it ran on, and its exported history.
func kept(t *testing.T, id string) (dir, address, history string) {
	t.Helper()
	ctx := t.Context()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	s, err := scenario.ByID(id, b)
	if err != nil {
		t.Fatal(err)
	}
	server, err := docket.StartServer(ctx, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	dir = filepath.Join(t.TempDir(), "run")
	told, err := docket.Run(ctx, docket.Options{
		Case: s, Source: []byte(id), Instruments: []string{"uncc"}, Bundle: b, Clock: docket.Skip, Seed: "history", Dir: dir, Server: server,
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := server.Client(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var h historypb.History
	for events := c.GetWorkflowHistory(ctx, workflows.WorkflowID(told.CaseID), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
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
	history = filepath.Join(t.TempDir(), "history.json")
	write(t, history, raw)
	return dir, server.Address(), history
}

func write(t *testing.T, name string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(name, raw, 0o644); err != nil {
		t.Fatal(err)
	}
}

// expect runs a command and checks how it ends, and that it says some words.
func expect(t *testing.T, code int, words string, args ...string) {
	t.Helper()
	got, out, err := call(t.Context(), args...)
	if got != code || !strings.Contains(out+err, words) {
		t.Errorf("%v ends with %d, want %d and %q\n%s%s", args, got, code, words, out, err)
	}
	if code == exitBadInput && (out != "" || strings.Count(err, "\n") != 1) {
		t.Errorf("%v: bad input is one line on standard error:\n%s%s", args, out, err)
	}
}

func TestAHistoryIsSetAgainstTheLogs(t *testing.T) {
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	t.Setenv("TEMPORAL_NAMESPACE", devserver.DefaultNamespace)
	dir, address, history := kept(t, "g01")
	raw, err := os.ReadFile(history)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, exitDone, "All three agree", "audit", "reconcile", dir, "--history", history)
	expect(t, exitDone, "All three agree", "audit", "reconcile", dir, "--address", address)
	expect(t, exitDone, "compared by cover", "audit", "reconcile", dir, "--history", history, "--as", "auditor")

	t.Run("recorded once, and verified as any log", func(t *testing.T) {
		expect(t, exitDone, "on the operator's log", "audit", "reconcile", dir, "--history", history, "--record")
		expect(t, exitDone, "on the operator's log", "audit", "reconcile", dir, "--address", address, "--record")
		expect(t, exitDone, "Whole. 1 leaves", "audit", "verify", filepath.Join(dir, "operator"))
		expect(t, exitDone, "Whole", "audit", "verify", dir)
		expect(t, exitNegative, "1 case; 28 events", "audit", "check", dir, "--as", "full") // the operator is no State
	})
	t.Run("a forged input of an append", func(t *testing.T) {
		forged := filepath.Join(t.TempDir(), "forged.json")
		write(t, forged, rewritten(t, raw, func(s string) string {
			if strings.HasPrefix(s, `{"events":`) {
				return strings.ReplaceAll(s, `"records":`, `"records":1`)
			}
			return s
		}))
		expect(t, exitNegative, "the history is forged", "audit", "reconcile", dir, "--history", forged)
		expect(t, exitNegative, "Another digest was recorded", "audit", "reconcile", dir, "--history", forged, "--record")
	})
	t.Run("an encoded history", func(t *testing.T) {
		encoded := filepath.Join(t.TempDir(), "encoded.json")
		plain, secret := base64.StdEncoding.EncodeToString([]byte("json/plain")), base64.StdEncoding.EncodeToString([]byte("binary/encrypted"))
		write(t, encoded, bytes.ReplaceAll(raw, []byte(plain), []byte(secret)))
		expect(t, exitBadInput, "binary/encrypted", "audit", "reconcile", dir, "--history", encoded)
	})
	t.Run("what is no history, and another case's", func(t *testing.T) {
		none := filepath.Join(t.TempDir(), "none.json")
		write(t, none, raw[:len(raw)/2])
		expect(t, exitBadInput, "not the history of a case", "audit", "reconcile", dir, "--history", none)
		expect(t, exitBadInput, "no such file", "audit", "reconcile", dir, "--history", none+"x")
		expect(t, exitBadInput, "is a directory", "audit", "reconcile", dir, "--history", dir)
		expect(t, exitBadInput, "no log in", "audit", "reconcile", dir, "--history", "../workflows/testdata/histories/honest-uncc.json")
		expect(t, exitBadInput, "give one", "audit", "reconcile", dir, "--history", history, "--address", address)
		expect(t, exitBadInput, "--record records a history", "audit", "reconcile", dir, "--record")
	})
}

// rewritten changes the text of every payload of a history.
func rewritten(t *testing.T, raw []byte, change func(string) string) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	n := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if data, ok := v["data"].(string); ok {
				if text, err := base64.StdEncoding.DecodeString(data); err == nil && change(string(text)) != string(text) {
					v["data"], n = base64.StdEncoding.EncodeToString([]byte(change(string(text)))), n+1
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	if n == 0 {
		t.Fatal("nothing was rewritten")
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
