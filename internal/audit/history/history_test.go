package history_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rogatory/internal/audit"
	"rogatory/internal/audit/history"
	"rogatory/internal/mla"
)

const recorded = "../../../workflows/testdata/histories"

func files(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(recorded, "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no recorded histories: %v", err)
	}
	out := map[string][]byte{}
	for _, n := range names {
		raw, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(n)] = raw
	}
	return out
}

func read(t testing.TB, raw []byte) *history.History {
	t.Helper()
	h, err := history.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// logged is the case as it is on logs that hold these events.
func logged(t testing.TB, events []mla.Event) *audit.Case {
	t.Helper()
	cases := audit.Cases(audit.See(events, func(mla.Event) bool { return true }))
	if len(cases) != 1 {
		t.Fatalf("%d cases", len(cases))
	}
	return cases[0]
}

func compared(t testing.TB, h *history.History, events []mla.Event) audit.Comparison {
	t.Helper()
	o, err := history.Compare(h, logged(t, events))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestHistoryReplayAndLogsAgree(t *testing.T) {
	for name, raw := range files(t) {
		h := read(t, raw)
		o := compared(t, h, h.Appended())
		if len(o.Differences) > 0 || o.History == 0 || o.Replayed != o.History || o.Logged != o.History || (o.Acts == 0) != (strings.HasPrefix(name, "g29") || strings.HasPrefix(name, "forged")) || !o.Finished {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

// edited changes the plain JSON of every payload that changed reports to have changed.
func edited(t testing.TB, raw []byte, change func(text string) string) []byte {
	t.Helper()
	var h map[string]any
	if err := json.Unmarshal(raw, &h); err != nil {
		t.Fatal(err)
	}
	n := 0
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if data, ok := v["data"].(string); ok {
				if text, err := base64.StdEncoding.DecodeString(data); err == nil {
					if after := change(string(text)); after != string(text) {
						v["data"] = base64.StdEncoding.EncodeToString([]byte(after))
						n++
					}
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
	walk(h)
	if n == 0 {
		t.Fatal("nothing was changed")
	}
	out, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A replay compares commands and not what they carry: only the procedure's own calls show that an input was forged.
func TestAForgedInputOfAnAppendIsFound(t *testing.T) {
	raw := files(t)["honest-uncc.json"]
	honest := read(t, raw)
	forged := read(t, edited(t, raw, func(s string) string {
		if strings.HasPrefix(s, `{"events":`) {
			return strings.ReplaceAll(s, `"minutes":95`, `"minutes":96`)
		}
		return s
	}))
	r, err := forged.Replay()
	if err != nil || r.Fault != "" {
		t.Fatalf("the forged input does not replay (%q, %v): the test shows nothing", r.Fault, err)
	}
	for name, events := range map[string][]mla.Event{"logs as forged": forged.Appended(), "logs honest": honest.Appended()} {
		o := compared(t, forged, events)
		if len(o.Differences) == 0 || o.Differences[0].Kind != mla.ReviewPerformed {
			t.Errorf("%s: differences %+v, want ReviewPerformed", name, o.Differences)
		}
	}
}

func TestWhatOneTellingLacksIsNamed(t *testing.T) {
	h := read(t, files(t)["g01-uncc.json"])
	all := h.Appended()
	fewer := all[:len(all)-1]
	if o := compared(t, h, fewer); len(o.Differences) != 1 || o.Differences[0].Event != all[len(all)-1].ID() {
		t.Errorf("an event gone from a log: %+v", o.Differences)
	}
	more := all[len(all)-1]
	more.Sequence++
	if o := compared(t, h, append(all[:len(all):len(all)], more)); len(o.Differences) != 1 || o.Differences[0].Event != more.ID() {
		t.Errorf("an event put on a log: %+v", o.Differences)
	}
	other := append([]mla.Event{}, all...)
	for i, e := range other {
		if b, ok := e.Body.(mla.ProducedBody); ok {
			b.Evidence.Records++
			other[i].Body = b
		}
	}
	if o := compared(t, h, other); len(o.Differences) != 1 || o.Differences[0].Kind != mla.Produced {
		t.Errorf("an event changed on a log: %+v", o.Differences)
	}
}

func TestAnActWithoutItsEventAndAForgedReceiptAreNamed(t *testing.T) {
	raw := files(t)["g01-uncc.json"]
	h := read(t, raw)
	events := []mla.Event{}
	for _, e := range h.Appended() {
		if e.Kind == mla.OrderServed {
			e.Kind, e.Body = mla.NeedEnded, mla.NeedEndedBody{}
		}
		events = append(events, e)
	}
	found := false
	for _, d := range compared(t, h, events).Differences {
		found = found || strings.Contains(d.Says, "the act serve")
	}
	if !found {
		t.Error("an act that no event records is not named")
	}
	receipt := read(t, edited(t, raw, func(s string) string {
		if strings.HasPrefix(s, `{"hash":"`) {
			return `{"hash":"00` + s[len(`{"hash":"00`):]
		}
		return s
	}))
	if o := compared(t, receipt, h.Appended()); len(o.Differences) == 0 {
		t.Error("forged receipts are not named")
	}
}

func TestAnEncodedHistoryIsOneClearError(t *testing.T) {
	raw := files(t)["g01-uncc.json"]
	encoded := bytes.ReplaceAll(raw, []byte(base64.StdEncoding.EncodeToString([]byte("json/plain"))),
		[]byte(base64.StdEncoding.EncodeToString([]byte("binary/encrypted"))))
	_, err := history.Read(bytes.NewReader(encoded))
	if !errors.Is(err, history.ErrEncoded) || !strings.Contains(err.Error(), "binary/encrypted") {
		t.Errorf("got %v, want an error that names the encoding", err)
	}
}

func TestWhatIsNoHistoryIsOneClearError(t *testing.T) {
	raw := files(t)["g01-uncc.json"]
	for name, text := range map[string][]byte{
		"nothing": nil, "a list": []byte("[]"), "an object": []byte("{}"), "half of one": raw[:len(raw)/2],
		"another workflow": bytes.ReplaceAll(raw, []byte(`"MutualLegalAssistance"`), []byte(`"Other"`)),
		"a hole":           bytes.Replace(raw, []byte(`"eventId":"3"`), []byte(`"eventId":"4"`), 1),
	} {
		if name == "a hole" && bytes.Equal(text, raw) {
			text = bytes.Replace(raw, []byte(`"eventId": "3"`), []byte(`"eventId": "4"`), 1)
		}
		if _, err := history.Read(bytes.NewReader(text)); !errors.Is(err, history.ErrNotHistory) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// endless is a reader that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestAHistoryWithoutEndIsGivenUp(t *testing.T) {
	if _, err := history.Read(io.MultiReader(strings.NewReader("{"), endless{})); !errors.Is(err, history.ErrNotHistory) {
		t.Error(err)
	}
}

func TestTheDigestIsOfTheContentAndNotOfTheLayout(t *testing.T) {
	raw := files(t)["g01-uncc.json"]
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(v, "", "   ")
	if err != nil {
		t.Fatal(err)
	}
	a, err := read(t, raw).Digest()
	if err != nil {
		t.Fatal(err)
	}
	b, err := read(t, indented).Digest()
	if err != nil || a != b {
		t.Errorf("%s and %s, %v", a, b, err)
	}
	c, err := read(t, files(t)["honest-uncc.json"]).Digest()
	if err != nil || a == c {
		t.Errorf("two histories share a digest, %v", err)
	}
}

func FuzzRead(f *testing.F) {
	start := `{"events":[{"eventId":"1","workflowExecutionStartedEventAttributes":{"workflowType":{"name":"MutualLegalAssistance"},"input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"e30="}]}}}`
	call := `,{"eventId":"2","activityTaskScheduledEventAttributes":{"activityType":{"name":"%s"},"input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"%s"}]}}}`
	done := `,{"eventId":"3","activityTaskCompletedEventAttributes":{"scheduledEventId":"2","result":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"eyJoYXNoIjoiIn0="}]}}}`
	for _, seed := range []string{
		start + "]}",
		start + fmt.Sprintf(call, "Append", base64.StdEncoding.EncodeToString([]byte(`{"events":[{"kind":"NeedEnded","body":{"why":"x","tells":true}}]}`))) + done + "]}",
		start + fmt.Sprintf(call, "Serve", base64.StdEncoding.EncodeToString([]byte(`{"verb":"serve","key":"k"}`))) + done + "]}",
		start + `,{"eventId":"2","markerRecordedEventAttributes":{"markerName":"LocalActivity","details":{"data":{"payloads":[{}]}}}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Add([]byte(`{"events":[{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED","workflowExecutionStartedEventAttributes":{"workflowType":{"name":"MutualLegalAssistance"},"input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"e30="}]}}}]}`))
	f.Add([]byte(`{"events":[{"eventId":"1","workflowExecutionStartedEventAttributes":{"workflowType":{"name":"MutualLegalAssistance"},"input":{"payloads":[{"metadata":{"encoding":"YmluYXJ5L3psaWI="},"data":"e30="}]}}}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, err := history.Read(bytes.NewReader(raw))
		if err != nil {
			if !errors.Is(err, history.ErrNotHistory) && !errors.Is(err, history.ErrEncoded) {
				t.Errorf("an error of neither kind: %v", err)
			}
			return
		}
		if h.Events == 0 {
			t.Error("a history without events")
		}
		if _, err := h.Digest(); err != nil {
			t.Error(err)
		}
	})
}
