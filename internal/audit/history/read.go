package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/workflows"
)

// MaxBytes bounds an exported history: 50 MiB is the most that a server keeps, and JSON takes more.
const MaxBytes = 128 << 20

// ErrNotHistory says that the bytes are no history of a case.
var ErrNotHistory = errors.New("not the history of a case")

// ErrEncoded says that payloads are not plain JSON: a codec encoded them, and the history must be exported decoded.
var ErrEncoded = errors.New("payloads are encoded")

// History is what a case's workflow history says was done.
type History struct {
	Input    workflows.Input
	Appends  []Append
	Acts     []Act
	Finished bool // the workflow ended by itself
	Events   int  // of the history

	raw *historypb.History
}

// Append is one call that put events on logs.
type Append struct {
	ID     int64 // of the history's event
	Events []mla.Event
	Done   bool // it was acknowledged
}

// Act is one act on the outside world.
type Act struct {
	ID      int64
	Act     activities.Act
	Receipt activities.Receipt
	Done    bool
}

// Read reads a history as `temporal workflow show --output json` exports it.
func Read(r io.Reader) (*History, error) {
	limited := io.LimitReader(r, MaxBytes+1)
	raw, err := io.ReadAll(limited)
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("%w: more than %d MiB", ErrNotHistory, MaxBytes>>20)
	}
	if trimmed := bytes.TrimSpace(raw); len(trimmed) == 0 || trimmed[0] != '{' {
		return nil, fmt.Errorf("%w: no JSON object; export it with temporal workflow show --output json", ErrNotHistory)
	}
	h, err := client.HistoryFromJSON(bytes.NewReader(raw), client.HistoryJSONOptions{})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotHistory, err)
	}
	return Of(h)
}

// Of reads a history as a server gives it.
func Of(raw *historypb.History) (*History, error) {
	h := &History{raw: raw, Events: len(raw.GetEvents())}
	if h.Events == 0 {
		return nil, fmt.Errorf("%w: it has no events", ErrNotHistory)
	}
	started := raw.Events[0].GetWorkflowExecutionStartedEventAttributes()
	if started == nil {
		return nil, fmt.Errorf("%w: its first event is %s", ErrNotHistory, raw.Events[0].GetEventType())
	}
	if name := started.GetWorkflowType().GetName(); name != workflows.WorkflowName {
		return nil, fmt.Errorf("%w: it is of the workflow %.80q, want %s", ErrNotHistory, name, workflows.WorkflowName)
	}
	if err := decode(started.GetInput(), &h.Input); err != nil {
		return nil, fmt.Errorf("input of the workflow: %w", err)
	}
	at := map[int64]func(*commonpb.Payloads) error{} // by the event that scheduled it: what to do when it is done
	for i, e := range raw.Events {
		if e.GetEventId() != int64(i)+1 {
			return nil, fmt.Errorf("%w: event %d where %d is next: it is not whole", ErrNotHistory, e.GetEventId(), i+1)
		}
		if err := h.event(e, at); err != nil {
			return nil, fmt.Errorf("event %d (%s): %w", e.GetEventId(), e.GetEventType(), err)
		}
	}
	return h, nil
}

func (h *History) event(e *historypb.HistoryEvent, at map[int64]func(*commonpb.Payloads) error) error {
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		if a.GetActivityType().GetName() == "Append" {
			var in activities.AppendInput
			if err := decode(a.GetInput(), &in); err != nil {
				return err
			}
			h.Appends = append(h.Appends, Append{ID: e.GetEventId(), Events: in.Events})
			n := len(h.Appends) - 1
			at[e.GetEventId()] = func(*commonpb.Payloads) error { h.Appends[n].Done = true; return nil }
			return nil
		}
		act := Act{ID: e.GetEventId()}
		if err := decode(a.GetInput(), &act.Act); err != nil {
			return err
		}
		h.Acts = append(h.Acts, act)
		n := len(h.Acts) - 1
		at[e.GetEventId()] = func(result *commonpb.Payloads) error {
			h.Acts[n].Done = true
			return decode(result, &h.Acts[n].Receipt)
		}
	}
	if a := e.GetActivityTaskCompletedEventAttributes(); a != nil {
		if done := at[a.GetScheduledEventId()]; done != nil {
			return done(a.GetResult())
		}
	}
	if m := e.GetMarkerRecordedEventAttributes(); m != nil {
		for _, payloads := range m.GetDetails() {
			if err := plain(payloads); err != nil {
				return err
			}
		}
	}
	if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED {
		h.Finished = true
	}
	return nil
}

// decode reads the first payload.
func decode(p *commonpb.Payloads, into any) error {
	if err := plain(p); err != nil {
		return err
	}
	if len(p.GetPayloads()) == 0 {
		return fmt.Errorf("%w: a payload is missing", ErrNotHistory)
	}
	if err := converter.GetDefaultDataConverter().FromPayload(p.GetPayloads()[0], into); err != nil {
		return fmt.Errorf("%w: %w", ErrNotHistory, err)
	}
	return nil
}

// plain is an error where a payload is not plain JSON.
func plain(p *commonpb.Payloads) error {
	for _, one := range p.GetPayloads() {
		switch encoding := string(one.GetMetadata()[converter.MetadataEncoding]); encoding {
		case converter.MetadataEncodingJSON, converter.MetadataEncodingNil:
		case "":
			return fmt.Errorf("%w: they name no encoding; export the history decoded", ErrEncoded)
		default:
			return fmt.Errorf("%w as %.60q; export the history decoded: temporal workflow show --codec-endpoint URL --output json", ErrEncoded, encoding)
		}
	}
	return nil
}

// Digest names the history by its content: SHA-256, hex, of its events in a fixed binary form, however it was laid out
// as JSON. It is fixed for one version of this software.
func (h *History) Digest() (string, error) {
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(h.raw)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Appended lists the events that the history says were put on logs, in order.
func (h *History) Appended() []mla.Event {
	var out []mla.Event
	for _, a := range h.Appends {
		out = append(out, a.Events...)
	}
	return out
}
