package population

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"rogatory/internal/mla"
)

// File writes the case as a case file: with what its parties answered it plays on any clock to the same events.
func (c *Case) File(script mla.Script, horizon mla.Days) ([]byte, error) {
	var b bytes.Buffer
	var failed error
	flow := func(v any) string { // JSON is YAML, and its keys are those of a case file
		raw, err := json.Marshal(v)
		if err != nil && failed == nil {
			failed = err
		}
		return string(raw)
	}
	r := &c.Request
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("id: %s", c.ID)
	line("title: Letter %s of a simulated population", c.ID)
	line("gaps: []")
	line("start: %s", c.Start.Format(time.DateOnly))
	line("horizon: %d", horizon)
	line("requesting: %s\nrequested: %s\nregimes: %s", r.Requesting, r.Requested, flow(r.Instruments))
	if len(r.Safeguards) > 0 {
		line("safeguards: %s", flow(r.Safeguards))
	}
	line("request:")
	line("  authority: %s\n  offence: %s\n  conduct: %s\n  purpose: %s", flow(r.Authority), flow(r.Offence), flow(r.Conduct), flow(r.Purpose))
	line("  measure: %s\n  scope: %s\n  person: %s\n  provider: %s", r.Measure, flow(r.Scope), flow(r.Person), flow(r.Provider))
	if r.Channel != mla.Formal {
		line("  channel: %s", r.Channel)
	}
	line("  urgent: %t\n  confidential: %t\n  preserve: %t", r.Urgent, r.Confidential, r.Preserve)
	line("facts:")
	for _, p := range c.Stipulated.Paths() {
		layers := map[string]mla.Value{"stipulated": c.Stipulated[p]}
		if v, ok := c.Stated[p]; ok {
			layers["stated"] = v
		}
		if v, ok := c.Known[p]; ok {
			layers[string(mla.CentralAuthority)], layers[string(mla.ContactPoint)] = v, v
		}
		line("  %s: %s", p, flow(layers))
	}
	if len(script) > 0 {
		line("script:")
	} else {
		line("script: {}")
	}
	for _, q := range mla.Questions {
		if answers := script[q]; len(answers) > 0 {
			line("  %s:", q)
			for _, a := range answers {
				line("    - %s", flow(a))
			}
		}
	}
	var real, genuine *bool
	if r.Urgent {
		real = &c.Truth.Emergency
	}
	if r.Channel == mla.Voluntary {
		is := !c.forged
		genuine = &is
	}
	line("truth: %s", flow(struct {
		Abusive   bool   `json:"abusive"`
		Kind      string `json:"abuse_kind,omitempty"`
		Protected bool   `json:"protected_conduct"`
		Emergency *bool  `json:"emergency_real,omitempty"`
		Genuine   *bool  `json:"sender_genuine,omitempty"`
	}{c.Truth.Abusive, c.Truth.Kind, c.Truth.Protected, real, genuine}))
	line("notes:\n  - Drawn from a simulated population.")
	return b.Bytes(), failed
}
