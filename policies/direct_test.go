package policies_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func TestWhatTheInstrumentsSayOfOrdersToAProviderAbroad(t *testing.T) {
	judge := policies.Authorisation{Authority: "judge", Independent: true, Basis: "eu-e-evidence 4(2)"}
	for regime, want := range map[string]policies.Direct{
		"eu-e-evidence": {Asks: true, Only: true, Article: "eu-e-evidence 4", Categories: mla.Categories, Notice: "eu-e-evidence/8(1)",
			Emergency: "eu-e-evidence/4(5)", Challenge: "eu-e-evidence 17", Person: "eu-e-evidence 13(1)", Delay: "eu-e-evidence 13(2)",
			Authorisation: map[mla.Category]policies.Authorisation{
				mla.Subscriber: {Authority: "judge or prosecutor", Basis: "eu-e-evidence 4(1)"}, mla.Traffic: judge, mla.Content: judge,
			}},
		"cloud-act": {Asks: true, Only: true, Article: "cloud-act (b)(4)(D)(iii)", Categories: mla.Categories, Bar: "cloud-act/(b)(4)(K)",
			Challenge: "cloud-act US-UK 5"},
		"budapest-2ap": {Asks: true, Article: "budapest-2ap 7(1)", Categories: []mla.Category{mla.Subscriber}, Notice: "budapest-2ap/7(5)(a)"},
		"uncc":         {Article: "uncc 27(b)", Categories: []mla.Category{mla.Subscriber}},
		"budapest":     {Article: "budapest 18(1)(b)", Categories: []mla.Category{mla.Subscriber}},
		"untoc":        {},
	} {
		got := lawOf(t, "cassia", "alder", regime).Terms(nil).Direct
		if (len(got.Periods) > 0) != want.Asks {
			t.Errorf("%s: periods %v", regime, got.Periods)
		}
		got.Periods = nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", regime, diff)
		}
	}
	// Where both bind the pair, the order rests on the instrument that carries it across the border.
	if got := lawOf(t, "cassia", "alder", "budapest", "budapest-2ap").Terms(nil).Direct; got.Article != "budapest-2ap 7(1)" || got.Only {
		t.Errorf("%+v", got)
	}
}

func TestAPeriodCountsWhatItsTimerCounts(t *testing.T) {
	from := time.Date(2028, 1, 31, 6, 0, 0, 0, time.UTC)
	periods := lawOf(t, "cassia", "alder", "eu-e-evidence").Terms(nil).Direct.Periods
	for id, want := range map[string]time.Time{
		policies.OrderEmergency:     from.Add(8 * time.Hour),
		policies.ObjectionEmergency: from.Add(96 * time.Hour),
		policies.Validation:         from.Add(48 * time.Hour),
		policies.OrderNotified:      from.AddDate(0, 0, 10),
		policies.OrderNotNotified:   from.AddDate(0, 0, 10),
		policies.Assessment:         from.AddDate(0, 0, 10),
		policies.Clarification:      from.AddDate(0, 0, 5),
		policies.ObjectionForeign:   from.AddDate(0, 0, 10),
		policies.ObjectionHold:      {},
		"no such timer":             {},
	} {
		if got := periods[id].After(from); !got.Equal(want) {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if got := (policies.Period{Length: 1, Unit: policies.Months}).After(from); !got.Equal(from.AddDate(0, 1, 0)) {
		t.Errorf("a month ends on %s", got)
	}
}
