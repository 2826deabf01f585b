package policies_test

import (
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// The rows of section 9 of the research notes: what runs, of which kind, how long, and how we know.
func TestTheFifteenPeriodsOfTheNotes(t *testing.T) {
	type period struct {
		instrument, timer string
		kind              policies.TimerKind
		span              string
		confidence        mla.Confidence
	}
	rows := []struct {
		name    string
		periods []period
	}{
		{"cross-border preservation", []period{
			{"budapest", "preservation-abroad", policies.Floor, "60 days", mla.Verified},
			{"budapest", "preservation-hold", policies.Hold, "until it ends", mla.Verified},
			{"uncc", "preservation-abroad", policies.Floor, "60 days", mla.Unverified},
			{"uncc", "preservation-hold", policies.Hold, "until it ends", mla.Unverified}}},
		{"domestic preservation order", []period{
			{"budapest", "preservation-home", policies.Ceiling, "90 days", mla.Verified},
			{"uncc", "preservation-home", policies.Ceiling, "90 days", mla.Unverified}}},
		{"EPOC-PR", []period{
			{"eu-e-evidence", "preservation-order", policies.Ceiling, "60 days", mla.Verified},
			{"eu-e-evidence", "preservation-extension", policies.Ceiling, "30 days", mla.Verified},
			{"eu-e-evidence", "preservation-production", policies.Hold, "until it ends", mla.Verified}}},
		{"EPOC, not notified", []period{{"eu-e-evidence", "order-not-notified", policies.Ceiling, "10 days", mla.Verified}}},
		{"EPOC, notified", []period{{"eu-e-evidence", "order-notified", policies.Wait, "10 days", mla.Verified}}},
		{"EPOC emergency", []period{{"eu-e-evidence", "order-emergency", policies.Ceiling, "8 hours", mla.Secondary}}},
		{"emergency objection", []period{{"eu-e-evidence", "objection-emergency", policies.Review, "96 hours", mla.Secondary}}},
		{"ex-post validation", []period{{"eu-e-evidence", "validation-afterwards", policies.Ceiling, "48 hours", mla.Secondary}}},
		{"clarification by issuing authority", []period{{"eu-e-evidence", "clarification", policies.Ceiling, "5 days", mla.Unverified}}},
		{"conflict-of-law objection", []period{
			{"eu-e-evidence", "objection-foreign-law", policies.Ceiling, "10 days", mla.Unverified},
			{"eu-e-evidence", "objection-foreign-law-hold", policies.Hold, "until it ends", mla.Unverified}}},
		{"CETS 224 Art 7", []period{{"budapest-2ap", "provider-answer", policies.Escalation, "30 days", mla.Unverified}}},
		{"CETS 224 Art 8 serve / return", []period{
			{"budapest-2ap", "serve-provider", policies.BestEffort, "45 days", mla.Unverified},
			{"budapest-2ap", "return-subscriber", policies.Ceiling, "20 days", mla.Unverified},
			{"budapest-2ap", "return-traffic", policies.Ceiling, "45 days", mla.Unverified}}},
		{"comity motion", []period{{"cloud-act", "comity-motion", policies.Ceiling, "14 days", mla.Secondary}}},
		{"safe conduct", []period{
			{"untoc", "safe-conduct", policies.Expiry, "15 days", mla.Verified},
			{"uncc", "safe-conduct", policies.Expiry, "15 days", mla.Unverified},
			{"us-mlat", "safe-conduct", policies.Expiry, "10 days", mla.Verified}}},
		{"UN and Budapest MLA itself", []period{
			{"untoc", "execution", policies.BestEffort, "no number", mla.Verified},
			{"uncc", "execution", policies.BestEffort, "no number", mla.Unverified}}},
	}
	if len(rows) != 15 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		for _, want := range row.periods {
			r, err := shippedBundle(t).Instrument(want.instrument)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, is := range r.Timers {
				if is.ID != want.timer {
					continue
				}
				found = true
				if got := (period{r.ID, is.ID, is.Kind, is.Span(), is.Confidence}); got != want {
					t.Errorf("%s: %v, want %v", row.name, got, want)
				}
				if is.Starts == "" {
					t.Errorf("%s: %s does not say what sets it running", row.name, is.ID)
				}
			}
			if !found {
				t.Errorf("%s: %s has no %s", row.name, want.instrument, want.timer)
			}
		}
	}
	// Budapest sets no number of days for assistance, and nothing that could be cited.
	budapest, err := shippedBundle(t).Instrument("budapest")
	if err != nil || budapest.Parameter("deadlines").Is != policies.Silent {
		t.Errorf("%v, %v", budapest.Parameter("deadlines"), err)
	}
}
