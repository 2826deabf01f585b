package verify

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	cosignature "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/tessera"
	"golang.org/x/mod/sumdb/note"
)

// signers are witnesses with keys that never change.
func signers(t testing.TB, n int) (all []*cosignature.Signer, vkeys []string) {
	t.Helper()
	for i := range n {
		name := fmt.Sprintf("witness.example/%d", i)
		skey, vkey, err := note.GenerateKey(strings.NewReader(strings.Repeat(name, 16)), name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := cosignature.NewSignerForCosignatureV1(skey)
		if err != nil {
			t.Fatal(err)
		}
		if vkey, err = cosignature.VKeyToCosignatureV1(vkey); err != nil {
			t.Fatal(err)
		}
		all, vkeys = append(all, s), append(vkeys, vkey)
	}
	return all, vkeys
}

func TestAPolicyIsReadOrItsFaultNamed(t *testing.T) {
	_, k := signers(t, 3)
	log := strings.TrimSpace(string(sampleFile(t, "log.vkey")))
	plain := strings.TrimSpace(string(sampleFile(t, "log.vkey")))
	for _, c := range []struct{ text, want string }{
		{"quorum none\n", ""},
		{"# who\n\n  log " + log + " https://x.example\nwitness a " + k[0] + "\nquorum a", ""},
		{"witness a " + k[0] + "\nwitness b " + k[1] + " https://b.example/\ngroup g 2 a b\ngroup h any g\nquorum h\n", ""},
		{"", "no quorum line"},
		{"quorum a\n", "line 1: quorum \"a\" is no witness"},
		{"witness a " + k[0] + "\nquorum a\nquorum a\n", "line 3: a second quorum"},
		{"witness a " + k[0] + "\nwitness a " + k[1] + "\nquorum a\n", "line 2: \"a\" is named twice"},
		{"witness a " + k[0] + "\nwitness b " + k[0] + "\nquorum a\n", "line 2: the key of this witness was given before"},
		{"log " + log + "\nlog " + log + "\nquorum none\n", "line 2: the key of this log was given before"},
		{"witness a " + plain + "\nquorum a\n", "line 1: witness key"},
		{"witness a nonsense\nquorum a\n", "line 1: witness key"},
		{"log nonsense\nquorum none\n", "line 1: log key"},
		{"witness none " + k[0] + "\nquorum none\n", "names nobody"},
		{"witness a " + k[0] + "\ngroup g 2 a\nquorum g\n", "line 2: group \"g\": \"2\" of 1 members"},
		{"witness a " + k[0] + "\ngroup g 0 a\nquorum g\n", "line 2"},
		{"witness a " + k[0] + "\ngroup g 01 a\nquorum g\n", "line 2"},
		{"witness a " + k[0] + "\ngroup g all a a\nquorum g\n", "already"},
		{"group g all g\nquorum g\n", "line 1"},
		{"quorum none\x00\n", "line 1: a control character"},
		{"frob a\n", "line 1: \"frob\": want log VKEY"},
		{strings.Repeat("#\n", maxPolicy), "at most"},
	} {
		_, err := ParsePolicy([]byte(c.text))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.80q: %v, want %q", c.text, err, c.want)
		}
	}
}

// Tessera's reading of the same policy is the oracle: both say of every set of cosigners whether it is enough.
func TestPoliciesMeanWhatTesseraTakesThemToMean(t *testing.T) {
	const n = 5
	witnesses, vkeys := signers(t, n)
	v, err := parseKey(sampleFile(t, "log.vkey"))
	if err != nil {
		t.Fatal(err)
	}
	checkpoint := sampleFile(t, "checkpoint")
	open, err := note.Open(checkpoint, note.VerifierList(v))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	decided := map[bool]int{}
	for range 300 {
		text, names := "", []string{}
		for i, k := range vkeys {
			text += fmt.Sprintf("witness w%d %s https://w%d.example/\n", i, k, i)
			names = append(names, fmt.Sprintf("w%d", i))
		}
		for g := 0; len(names) > 1; g++ {
			r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			k := 1 + r.IntN(len(names))
			need := []string{"all", "any", fmt.Sprint(1 + r.IntN(k))}[r.IntN(3)]
			text += fmt.Sprintf("group g%d %s %s\n", g, need, strings.Join(names[:k], " "))
			names = append(names[k:], fmt.Sprintf("g%d", g))
			if r.IntN(4) == 0 {
				break
			}
		}
		text += "quorum " + names[len(names)-1] + "\n"
		ours, err := ParsePolicy([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		theirs, err := tessera.NewWitnessGroupFromPolicy([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for range 4 {
			raw := string(checkpoint)
			for _, w := range witnesses {
				if r.IntN(2) == 0 {
					continue
				}
				both, err := note.Sign(&note.Note{Text: open.Text}, w)
				if err != nil {
					t.Fatal(err)
				}
				_, line, _ := strings.Cut(string(both), "\n\n")
				raw += line
			}
			_, by, err := openCheckpoint([]byte(raw), v, ours)
			if err != nil {
				t.Fatal(err)
			}
			got, want := ours.lacks(by) == "", theirs.Satisfied([]byte(raw))
			if got != want {
				t.Errorf("%s\n%s\nours %v, Tessera's %v", text, raw, got, want)
			}
			decided[got]++
		}
	}
	if decided[true] < 100 || decided[false] < 100 {
		t.Errorf("too few of one answer: %v", decided)
	}
}

func TestACheckpointHasOneForm(t *testing.T) {
	witnesses, vkeys := signers(t, 2)
	v, err := parseKey(sampleFile(t, "log.vkey"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParsePolicy([]byte("witness w " + vkeys[0] + "\nquorum w\n"))
	if err != nil {
		t.Fatal(err)
	}
	checkpoint := string(sampleFile(t, "checkpoint"))
	text, own, _ := strings.Cut(checkpoint, "\n\n")
	line := func(i int) string {
		both, err := note.Sign(&note.Note{Text: text + "\n"}, witnesses[i])
		if err != nil {
			t.Fatal(err)
		}
		_, l, _ := strings.Cut(string(both), "\n\n")
		return l
	}
	w, u := line(0), line(1)
	for what, c := range map[string]struct {
		raw  string
		good bool
	}{
		"the log alone":               {checkpoint, true},
		"a witness too":               {checkpoint + w, true},
		"one that nobody knows":       {checkpoint + w + u, true},
		"in another order":            {checkpoint + u + w, true},
		"the log last":                {text + "\n\n" + w + own, false},
		"a witness twice":             {checkpoint + w + w, false},
		"one that nobody knows twice": {checkpoint + u + u, false},
		"the log twice":               {checkpoint + own, false},
		"no signature of the log":     {text + "\n\n" + w, false},
		"no end":                      {strings.TrimSuffix(checkpoint+w, "\n"), false},
		"another length":              {checkpoint + "— x AAAAAAAAAAAA\n", false},
		"a line of another kind":      {checkpoint + "hello\n", false},
	} {
		if _, _, err := openCheckpoint([]byte(c.raw), v, p); (err == nil) != c.good {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i := range len(w) {
		raw := []byte(checkpoint + w)
		raw[len(checkpoint)+i] ^= 1
		if _, by, err := openCheckpoint(raw, v, p); err == nil && p.lacks(by) == "" {
			t.Errorf("byte %d of the cosignature was changed, and it counts: %q", i, raw)
		}
	}
}
