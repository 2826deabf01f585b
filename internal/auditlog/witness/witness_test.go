package witness

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	cosignature "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "log.example/one"

// log is a log that signs what it is told to.
type log struct {
	t      testing.TB
	signer note.Signer
	vkey   string
	stored []tlog.Hash
	n      int64
}

func newLog(t testing.TB, name string) *log {
	t.Helper()
	// A key of its own from the name, so that fuzzing meets the same bytes in every process.
	skey, vkey, err := note.GenerateKey(strings.NewReader(strings.Repeat(name, 32)), name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return &log{t: t, signer: signer, vkey: vkey}
}

func (l *log) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, x := range at {
		out[i] = l.stored[x]
	}
	return out, nil
}

// grow adds leaves; the mark makes other leaves of them.
func (l *log) grow(to int64, mark string) {
	for ; l.n < to; l.n++ {
		more, err := tlog.StoredHashes(l.n, fmt.Appendf(nil, "%s %d", mark, l.n), l)
		if err != nil {
			l.t.Fatal(err)
		}
		l.stored = append(l.stored, more...)
	}
}

func (l *log) root(n int64) tlog.Hash {
	if n == 0 {
		return sha256.Sum256(nil)
	}
	h, err := tlog.TreeHash(n, l)
	if err != nil {
		l.t.Fatal(err)
	}
	return h
}

func (l *log) checkpoint(n int64, root tlog.Hash) string {
	raw, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", l.signer.Name(), n, root)}, l.signer)
	if err != nil {
		l.t.Fatal(err)
	}
	return string(raw)
}

// ask writes a request that goes from old to n leaves.
func (l *log) ask(old, n int64) string {
	out := fmt.Sprintf("old %d\n", old)
	if old > 0 && old < n {
		proof, err := tlog.ProveTree(n, old, l)
		if err != nil {
			l.t.Fatal(err)
		}
		for _, h := range proof {
			out += h.String() + "\n"
		}
	}
	return out + "\n" + l.checkpoint(n, l.root(n))
}

func open(t testing.TB, dir string, logs ...string) *Witness {
	t.Helper()
	w, err := Open(dir, "witness.example/w", logs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() }) // a test may have closed it
	return w
}

func post(t *testing.T, url, body string) (status int, kind, answer string) {
	t.Helper()
	r, err := http.Post(url+"/add-checkpoint", "text/plain", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, r.Header.Get("Content-Type"), string(raw)
}

// The steps are those of tlog-witness, in its order, with the status that each demands.
func TestAWitnessAnswersAsTheProtocolSays(t *testing.T) {
	one, other := newLog(t, origin), newLog(t, "log.example/unknown")
	one.grow(10, "leaf")
	other.grow(3, "leaf")
	fork := newLog(t, origin)
	fork.grow(3, "leaf")
	fork.grow(12, "forged")
	w := open(t, t.TempDir(), one.vkey)
	s := httptest.NewServer(w.Handler())
	defer s.Close()
	proofless := func(old, n int64) string {
		return fmt.Sprintf("old %d\n\n%s", old, one.checkpoint(n, one.root(n)))
	}
	v, err := cosignature.NewVerifierForCosignatureV1(w.VerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		what, body string
		status     int
		size       string // that a conflict tells
	}{
		{"the root of nothing is not that of nothing", "old 0\n\n" + one.checkpoint(0, tlog.Hash{1}), 422, ""},
		{"a log that nobody knows", other.ask(0, 3), 404, ""},
		{"the log's signature is another's", strings.Replace(one.ask(0, 3), one.root(3).String(), one.root(4).String(), 1), 403, ""},
		{"a proof from nothing", "old 0\n" + one.root(1).String() + "\n\n" + one.checkpoint(3, one.root(3)), 422, ""},
		{"not from what was cosigned", one.ask(2, 3), 409, "0\n"},
		{"the first checkpoint", one.ask(0, 3), 200, ""},
		{"the same again", one.ask(3, 3), 200, ""},
		{"as if for the first time", one.ask(0, 7), 409, "3\n"},
		{"without the proof", proofless(3, 7), 422, ""},
		{"another tree of that size", "old 3\n\n" + one.checkpoint(3, one.root(2)), 422, ""},
		{"back", one.ask(3, 2), 400, ""},
		{"on", one.ask(3, 7), 200, ""},
		{"a fork", fork.ask(7, 12), 422, ""},
		{"a fork from before", fork.ask(3, 12), 409, "7\n"},
		{"on, to 10", one.ask(7, 10), 200, ""},
		{"nothing at all", "", 400, ""},
		{"no old size", strings.Replace(one.ask(10, 10), "old 10", "old x", 1), 400, ""},
		{"an old size in another form", strings.Replace(one.ask(10, 10), "old 10", "old 010", 1), 400, ""},
		{"too much", strings.Repeat("x", maxBody+1), 400, ""},
		{"64 hashes", "old 10\n" + strings.Repeat(one.root(1).String()+"\n", 64) + "\n" + one.checkpoint(10, one.root(10)), 400, ""},
	} {
		status, kind, answer := post(t, s.URL, step.body)
		if status != step.status || step.size != "" && (answer != step.size || kind != "text/x.tlog.size") {
			t.Errorf("%d, %s: %d %s %q, want %d %q", i, step.what, status, kind, answer, step.status, step.size)
		}
		if status == 200 {
			_, checkpoint, _ := strings.Cut(step.body, "\n\n")
			n, err := note.Open([]byte(checkpoint+answer), note.VerifierList(v))
			if err != nil || len(n.Sigs) != 1 {
				t.Errorf("%d, %s: cosignature %q: %v", i, step.what, answer, err)
			}
		}
	}
	r, err := http.Get(s.URL + "/" + originHash(origin) + "/checkpoint")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil || !strings.HasPrefix(string(raw), origin+"\n10\n") {
		t.Errorf("the latest checkpoint is %s, %v", raw, err)
	}
	if r, err := http.Get(s.URL + "/" + originHash("nobody") + "/checkpoint"); err != nil || r.StatusCode != 404 {
		t.Errorf("the checkpoint of nobody: %v, %v", r, err)
	}
}

func TestAWitnessRemembersAndItsStateIsHeldToItsKeys(t *testing.T) {
	dir := t.TempDir()
	one := newLog(t, origin)
	one.grow(20, "leaf")
	w := open(t, dir, one.vkey)
	cosign := func(w *Witness, body string) error {
		r, err := parseRequest([]byte(body))
		if err == nil {
			_, err = w.Cosign(r)
		}
		return err
	}
	if err := cosign(w, one.ask(0, 9)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, "witness.example/w", nil); err == nil || !strings.Contains(err.Error(), "another witness") {
		t.Errorf("two witnesses in one directory: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = open(t, dir, one.vkey)
	if err := cosign(w, one.ask(0, 9)); err == nil {
		t.Error("after a restart it cosigns as if for the first time")
	}
	if err := cosign(w, one.ask(9, 20)); err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, "witness.example/other", nil); err == nil || !strings.Contains(err.Error(), "witness.example/w") {
		t.Errorf("opened under another name: %v", err)
	}
	state := filepath.Join(dir, originHash(origin), checkpointFile)
	raw, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	for i := range strings.Index(string(raw), "\n\n") { // what is signed; a signature has spare bits
		bad := append([]byte(nil), raw...)
		bad[i] ^= 1
		if err := os.WriteFile(state, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if w, err := Open(dir, "witness.example/w", []string{one.vkey}); err == nil {
			t.Errorf("byte %d of its state was changed, and it goes on", i)
			_ = w.Close() // the test has failed
		}
	}
	if info, err := os.Stat(filepath.Join(dir, keyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v, %v", info.Mode(), err)
	}
}

// Of many who ask at once for different checkpoints on top of the same one, one is answered.
func TestOneCheckpointFollowsAnother(t *testing.T) {
	one := newLog(t, origin)
	one.grow(40, "leaf")
	w := open(t, t.TempDir(), one.vkey)
	var wait sync.WaitGroup
	var mu sync.Mutex
	good := 0
	for n := int64(1); n <= 40; n++ {
		body := []byte(one.ask(0, n))
		wait.Go(func() {
			r, err := parseRequest(body)
			if err == nil {
				_, err = w.Cosign(r)
			}
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				good++
			}
		})
	}
	wait.Wait()
	if good != 1 {
		t.Errorf("%d checkpoints were cosigned on top of none", good)
	}
}

// FuzzRequest gives any bytes to a witness: whatever it cosigns must go on from what it cosigned.
func FuzzRequest(f *testing.F) {
	one := newLog(f, origin)
	one.grow(20, "leaf")
	for _, seed := range []string{one.ask(0, 5), one.ask(5, 9), one.ask(5, 5), "old 5\n\nx", "old 0\n\n" + one.checkpoint(0, one.root(0))} {
		f.Add([]byte(seed))
	}
	w := open(f, f.TempDir(), one.vkey)
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := parseRequest(body)
		if err != nil {
			return
		}
		before := w.latest[origin].tree
		if _, err := w.Cosign(r); err == nil && w.latest[origin].tree.N < before.N {
			t.Errorf("%d leaves were cosigned after %d", w.latest[origin].tree.N, before.N)
		}
	})
}
