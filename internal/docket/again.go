package docket

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"rogatory/internal/mla"
)

// Differs holds the events on the logs below dir against those that a case is to have, in any order. It returns the id of
// the first event, by State and sequence, that is not the same byte for byte or is on one side only; empty: there is none.
func Differs(ctx context.Context, dir string, want []mla.Event) (string, error) {
	seen, err := Read(ctx, dir, mla.Roles...)
	if err != nil {
		return "", err
	}
	got := make([]mla.Event, 0, len(seen))
	for _, s := range seen {
		if s.Event == nil {
			return "", fmt.Errorf("event %s cannot be opened with the keys in %s", mla.EventID(s.Cover.Case, s.Cover.Party, s.Cover.Sequence), dir)
		}
		got = append(got, *s.Event)
	}
	want = slices.Clone(want)
	slices.SortFunc(want, inLogOrder)
	slices.SortFunc(got, inLogOrder)
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(want):
			return got[i].ID(), nil
		case i >= len(got):
			return want[i].ID(), nil
		}
		a, errA := mla.Canonical(want[i])
		b, errB := mla.Canonical(got[i])
		if err := cmp.Or(errA, errB); err != nil {
			return "", err
		}
		if !bytes.Equal(a, b) {
			return want[i].ID(), nil
		}
	}
	return "", nil
}

func inLogOrder(a, b mla.Event) int {
	return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Sequence, b.Sequence))
}
