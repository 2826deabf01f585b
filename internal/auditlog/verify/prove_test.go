package verify

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func sampleOptions(t testing.TB) Options {
	t.Helper()
	return Options{VerifierKey: string(sampleFile(t, "log.vkey"))}
}

func TestEveryLeafIsProvedByTheStepsOfTheFormat(t *testing.T) {
	o := sampleOptions(t)
	for i := range 8 {
		raw := prove(t, strconv.Itoa(i)).Marshal()
		again, err := ParseProof(raw)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Marshal(), raw) {
			t.Errorf("leaf %d: the proof is written in another way than it was read", i)
		}
		got, err := again.Check(o)
		if err != nil || got.Index != uint64(i) || got.Event != "c-1/alder/"+strconv.Itoa(i) || got.Size != 8 {
			t.Errorf("leaf %d: %+v, %v", i, got, err)
		}
		byOthers(t, raw, strings.TrimSpace(o.VerifierKey))
		if byName := prove(t, got.Event); !bytes.Equal(byName.Marshal(), raw) {
			t.Errorf("event %s: another proof", got.Event)
		}
	}
	for _, nobody := range []string{"8", "c-1/alder/8", "-1", "01", "c-1"} {
		if _, err := Prove(t.Context(), sample, nobody); !errors.Is(err, ErrNoEvent) {
			t.Errorf("event %s: %v", nobody, err)
		}
	}
}

func TestManyEventsAreProvedAtOnce(t *testing.T) {
	names := []string{"c-1/alder/7", "0", "c-1/alder/0", "7", "3"}
	all, err := Prove(t.Context(), sample, names...)
	if err != nil || len(all) != len(names) {
		t.Fatal(len(all), err)
	}
	for i, name := range names {
		if one := prove(t, name); !bytes.Equal(all[i].Marshal(), one.Marshal()) {
			t.Errorf("%s: another proof in company than alone", name)
		}
	}
	if _, err := Prove(t.Context(), sample, "0", "c-1/alder/8"); !errors.Is(err, ErrNoEvent) {
		t.Errorf("one of two is not on the log: %v", err)
	}
}

func prove(t testing.TB, event string) Proof {
	t.Helper()
	all, err := Prove(t.Context(), sample, event)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// byOthers checks a proof by the four steps of c2sp.org/tlog-proof with nothing of ours.
func byOthers(t *testing.T, raw []byte, vkey string) {
	t.Helper()
	head, checkpoint, _ := strings.Cut(string(raw), "\n\n")
	lines := strings.Split(head, "\n")
	leaf, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		t.Fatal(err)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open([]byte(checkpoint), note.VerifierList(v))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + strings.SplitN(n.Text, "\n", 2)[1]))
	if err != nil {
		t.Fatal(err)
	}
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			t.Fatal(err)
		}
		path = append(path, h)
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(leaf)); err != nil {
		t.Error(err)
	}
}

func TestNoOtherBytesProveTheEvent(t *testing.T) {
	o := sampleOptions(t)
	p := prove(t, "5")
	raw := p.Marshal()
	for i := range raw {
		for _, bit := range []byte{1, 0x20, 0x80} {
			bad := bytes.Clone(raw)
			bad[i] ^= bit
			p, err := ParseProof(bad)
			if err != nil {
				continue
			}
			if got, err := p.Check(o); err == nil {
				t.Errorf("byte %d was changed, and it proves %s", i, got.Event)
			}
		}
	}
	for i := range raw {
		if p, err := ParseProof(raw[:i]); err == nil {
			if _, err := p.Check(o); err == nil {
				t.Errorf("cut at byte %d, and it proves an event", i)
			}
		}
	}
	if _, err := p.Check(Options{}); !errors.Is(err, ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
	_, vkeys := signers(t, 1)
	policy, err := ParsePolicy([]byte("log " + strings.TrimSpace(o.VerifierKey) + "\nwitness w " + vkeys[0] + "\nquorum w\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Check(Options{Policy: policy}); err == nil || !strings.Contains(err.Error(), "no witness of the policy") {
		t.Errorf("nobody cosigned it: %v", err)
	}
}

func TestSavedCheckpointsArePartedAgain(t *testing.T) {
	one := sampleFile(t, "checkpoint")
	other := bytes.Replace(one, []byte("alder"), []byte("birch"), 1)
	all, err := SplitCheckpoints(JoinCheckpoints([][]byte{one, other}))
	if err != nil || len(all) != 2 || !bytes.Equal(all["rogatory.example/alder"], one) || !bytes.Equal(all["rogatory.example/birch"], other) {
		t.Errorf("%q, %v", all, err)
	}
	for _, bad := range []string{"", "x", string(one) + "\n" + string(one), "\n\n\n\n", strings.Replace(string(one), "—", "-", 1)} {
		if all, err := SplitCheckpoints([]byte(bad)); err == nil {
			t.Errorf("%q was taken for checkpoints: %q", bad, all)
		}
	}
}

// FuzzProof gives any bytes to the readers of files that an auditor is handed: proofs, policies, saved checkpoints.
func FuzzProof(f *testing.F) {
	o := sampleOptions(f)
	good := prove(f, "5").Marshal()
	_, vkeys := signers(f, 1)
	f.Add(good)
	f.Add([]byte("log " + strings.TrimSpace(o.VerifierKey) + "\nwitness w " + vkeys[0] + "\ngroup g all w\nquorum g\n"))
	f.Add(JoinCheckpoints([][]byte{sampleFile(f, "checkpoint"), sampleFile(f, "checkpoint")}))
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 0\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if p, err := ParseProof(raw); err == nil {
			if !bytes.Equal(p.Marshal(), raw) {
				t.Errorf("%q was taken for a proof, and is written %q", raw, p.Marshal())
			}
			if got, err := p.Check(o); err == nil && got.Event != "c-1/alder/5" {
				t.Errorf("%q proves %s", raw, got.Event)
			}
		}
		if p, err := ParsePolicy(raw); err == nil {
			p.lacks(nil)
		}
		if all, err := SplitCheckpoints(raw); err == nil && len(all) == 0 {
			t.Error("no checkpoint in what was taken for some")
		}
	})
}

// FuzzLeaf holds the quick reader of leaves to the definition.
func FuzzLeaf(f *testing.F) {
	v, err := parseKey(sampleFile(f, "log.vkey"))
	if err != nil {
		f.Fatal(err)
	}
	entries, err := splitBundle(sampleFile(f, "tile/entries/000.p/8"), 8)
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		f.Add(e)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		quick, err := newLeafReader(v.Name()).parse(raw)
		slow, also := parseLeaf(raw, v.Name())
		if (err == nil) != (also == nil) {
			t.Errorf("%q: quickly %v, by the definition %v", raw, err, also)
		}
		if err == nil && (quick.Key != slow.Key || quick.Sealed != slow.Sealed || !quick.Cover.At.Equal(slow.Cover.At) || quick.Cover.Sequence != slow.Cover.Sequence) {
			t.Errorf("%q: quickly %+v, by the definition %+v", raw, quick, slow)
		}
	})
}
