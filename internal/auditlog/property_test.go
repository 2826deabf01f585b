package auditlog_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rogatory/internal/mla"
)

// drawn is any event that begins a case: any text, any set of readers, bodies of several shapes.
func drawn(t *rapid.T, caseID string) mla.Event {
	text := rapid.StringN(0, 40, 400)
	readers := rapid.SliceOfNDistinct(rapid.SampledFrom(mla.Roles), 0, len(mla.Roles), rapid.ID).Draw(t, "readers")
	slices.Sort(readers)
	e := mla.Event{
		Case: caseID, Party: party,
		At:    time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0).UTC(),
		Actor: mla.Actor{Role: rapid.SampledFrom(mla.Roles).Draw(t, "role"), State: mla.State(text.Draw(t, "state"))},
		// Empty and nil are one in canonical form; what is read back is empty.
		Articles: rapid.SliceOfN(text, 1, 4).Draw(t, "articles"),
		Policy:   text.Draw(t, "policy"), Message: text.Draw(t, "message"),
		Passage: rapid.SampledFrom([]mla.Passage{mla.Internal, mla.Sent, mla.Received}).Draw(t, "passage"),
		Readers: readers,
	}
	switch rapid.IntRange(0, 3).Draw(t, "shape") {
	case 0:
		e.Body = mla.FactLearnedBody{Source: text.Draw(t, "source"), Facts: mla.Facts{
			mla.Path(text.Draw(t, "path")): mla.Int(rapid.Int64Range(-1<<53, 1<<53).Draw(t, "n")),
			"word":                         mla.Word(text.Draw(t, "word")),
			"bool":                         mla.Bool(rapid.Bool().Draw(t, "bool")),
		}}
	case 1:
		e.Body = mla.ConfidentialityImposedBody{Order: text.Draw(t, "order"), Persons: rapid.IntRange(0, 1e6).Draw(t, "persons")}
	case 2:
		until := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "until"), 0).UTC()
		e.Body = mla.NoticeDeferredBody{Person: text.Draw(t, "person"), Until: &until}
	case 3:
		e.Body = mla.StatisticPublishedBody{Period: text.Draw(t, "period"),
			Counts: rapid.MapOfN(text, rapid.IntRange(0, 1e9), 1, 5).Draw(t, "counts")}
	}
	e.Kind = e.Body.Kind()
	return e
}

func TestAnyEventIsReadBackByItsReadersAndNobodyElse(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	var want []mla.Event
	rapid.Check(t, func(rt *rapid.T) {
		e := drawn(rt, fmt.Sprintf("c-%d", len(want)))
		if got, err := l.Append(t.Context(), []mla.Event{e}); err != nil || got[0] != uint64(len(want)) {
			rt.Fatalf("append: index %v, %v, want %d", got, err, len(want))
		}
		want = append(want, e)
	})
	shut(t, l)
	checked(t, dir)
	for _, role := range mla.Roles {
		for i, s := range read(t, dir, roleKeys().Identities(role)...) {
			may := want[i].ReadableBy(role) || want[i].ReadableBy(mla.Public)
			switch {
			case s.Fault != "":
				t.Errorf("%s, event %d: %s", role, i, s.Fault)
			case (s.Event != nil) != may:
				t.Errorf("%s reads event %d to %v: %v, want %v", role, i, want[i].Readers, s.Event != nil, may)
			case may:
				if diff := cmp.Diff(want[i], *s.Event, cmp.Comparer(func(a, b mla.Value) bool { return a == b })); diff != "" {
					t.Errorf("%s, event %d (-logged +read):\n%s", role, i, diff)
				}
			}
		}
	}
}
