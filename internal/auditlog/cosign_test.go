package auditlog_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/auditlog/witness"
)

const oversight = "oversight.example/birch"

// serve has a witness of the sample log answer on loopback, and returns the policy that asks for it.
func serve(t *testing.T, dir string) string {
	t.Helper()
	key, err := auditlog.VerifierKey(origin, seed)
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.Open(dir, oversight, []string{key})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(w.Handler())
	t.Cleanup(func() {
		s.Close()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return "log " + key + "\nwitness birch " + w.VerifierKey() + " " + s.URL + "\nquorum birch\n"
}

func cosigners(t *testing.T, dir, policy string) verify.Report {
	t.Helper()
	p, err := verify.ParsePolicy([]byte(policy))
	if err != nil {
		t.Fatal(err)
	}
	r, err := verify.Check(t.Context(), dir, verify.Options{Policy: p})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAWitnessCosignsALogThatGrowsAndNoOther(t *testing.T) {
	policy := serve(t, t.TempDir())
	dir := t.TempDir()
	for _, size := range []int{1, 2, 7, 8, 64, 100} {
		l := open(t, dir)
		add(t, l, events("c-1", size), 20)
		shut(t, l)
		if r := cosigners(t, dir, policy); r.OK() {
			t.Fatalf("%d leaves: nobody cosigned, and the policy is content", size)
		}
		if err := auditlog.Cosign(t.Context(), dir, []byte(policy)); err != nil {
			t.Fatalf("%d leaves: %v", size, err)
		}
		r := cosigners(t, dir, policy)
		if !r.OK() || len(r.Cosigners) != 1 || !r.Cosigners[0].Checked || r.Cosigners[0].Name != oversight || time.Since(r.Cosigners[0].At) > time.Hour {
			t.Fatalf("%d leaves: %+v", size, r)
		}
		checked(t, dir) // without a policy too
		if err := tesseraSays(t, dir); err != nil {
			t.Error(err)
		}
	}

	// The operator writes the log anew from its 8th leaf: shorter, as long, and longer.
	for _, size := range []int{50, 100, 120} {
		forked := t.TempDir()
		l := open(t, forked)
		all := events("c-1", size)
		all[8].Policy = "another law"
		add(t, l, all, 20)
		shut(t, l)
		checked(t, forked)
		err := auditlog.Cosign(t.Context(), forked, []byte(policy))
		if !errors.Is(err, auditlog.ErrUnavailable) {
			t.Errorf("a fork of %d leaves: %v", size, err)
		}
		if r := cosigners(t, forked, policy); r.OK() {
			t.Errorf("a fork of %d leaves was cosigned", size)
		}
	}
}

func TestALogWithAPolicyPublishesOnlyWhatIsCosigned(t *testing.T) {
	policy := serve(t, t.TempDir())
	dir, o := t.TempDir(), options()
	o.Policy = []byte(policy)
	l, err := auditlog.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	add(t, l, events("c-1", 12), 4)
	shut(t, l)
	if r := cosigners(t, dir, policy); !r.OK() || r.Size != 12 {
		t.Errorf("%+v", r)
	}

	nobody := strings.Replace(policy, "http://", "http://127.0.0.1:1/", 1)
	o.Policy = []byte(nobody)
	l, err = auditlog.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	add(t, l, events("c-1", 14), 20)
	short, done := context.WithTimeout(t.Context(), time.Second)
	defer done()
	if err := l.Publish(short); !errors.Is(err, auditlog.ErrStorage) {
		t.Errorf("no witness answers, and Publish says %v", err)
	}
	if err := l.Close(short); err == nil {
		t.Error("no witness answers, and Close is content")
	}
	if raw, err := os.ReadFile(filepath.Join(dir, auditlog.CheckpointPath)); err != nil || !strings.HasPrefix(string(raw), origin+"\n12\n") {
		t.Errorf("a checkpoint that nobody cosigned was published: %s, %v", raw, err)
	}
}
