package auditlog_test

import (
	"context"
	"slices"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// checked fails the test unless the log in dir verifies, and returns the report.
func checked(t testing.TB, dir string) verify.Report {
	t.Helper()
	key, err := auditlog.VerifierKey(origin, seed)
	if err != nil {
		t.Fatal(err)
	}
	r, err := verify.Check(context.Background(), dir, verify.Options{VerifierKey: key})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Error(f)
	}
	if !r.OK() {
		t.FailNow()
	}
	return r
}

func read(t testing.TB, dir string, identities ...age.Identity) []verify.Sighting {
	t.Helper()
	s, err := verify.Read(context.Background(), dir, identities)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEachRoleReadsBackExactlyWhatIsSealedToIt(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	want := events("c-1", 12)
	indices := add(t, l, want, 5)
	shut(t, l)
	if !slices.IsSorted(indices) || indices[0] != 0 || indices[11] != 11 {
		t.Errorf("indices %v, want 0 to 11", indices)
	}
	if r := checked(t, dir); r.Size != 12 || r.Cases != 1 || r.Events != 12 || r.Origin != origin {
		t.Errorf("report %+v", r)
	}
	for _, role := range mla.Roles {
		got := read(t, dir, roleKeys().Identities(role)...)
		if len(got) != len(want) {
			t.Fatalf("%s sees %d events, want %d", role, len(got), len(want))
		}
		for i, s := range got {
			if s.Fault != "" || s.Index != uint64(i) || cmp.Diff(s.Cover, want[i].Cover()) != "" {
				t.Errorf("%s, event %d: %+v", role, i, s)
			}
			may := want[i].ReadableBy(role) || want[i].ReadableBy(mla.Public)
			if (s.Event != nil) != may {
				t.Errorf("%s reads event %d to %v: %v, want %v", role, i, want[i].Readers, s.Event != nil, may)
			}
			if s.Event != nil {
				if diff := cmp.Diff(want[i], *s.Event, cmp.Comparer(func(a, b mla.Value) bool { return a == b })); diff != "" {
					t.Errorf("%s, event %d (-want +got):\n%s", role, i, diff)
				}
			}
		}
	}
}

func TestAnEmptyLogVerifies(t *testing.T) {
	dir := t.TempDir()
	shut(t, open(t, dir))
	if r := checked(t, dir); r.Size != 0 || r.Root != "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" {
		t.Errorf("report %+v", r)
	}
	if got := read(t, dir); len(got) != 0 {
		t.Errorf("an empty log shows %v", got)
	}
}
