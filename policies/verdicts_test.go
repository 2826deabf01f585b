package policies_test

import (
	"flag"
	"maps"
	"math/rand/v2"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// factSets is how many random fact sets the differential test tries. A release runs it once with a million:
//
//	go test ./policies -run TestVerdictsAreWhatCELSays -fact-sets 1000000 -timeout 60m
var factSets = flag.Int("fact-sets", 2000, "random fact sets for the differential test of verdicts")

// Verdicts on random facts, some unknown, are what CEL says of every completion.
func TestVerdictsAreWhatCELSays(t *testing.T) {
	b, o := shippedBundle(t), theOracle()
	facts, letters := caseFacts(b)
	random := rand.New(rand.NewPCG(7, 11))
	type held struct {
		law   *policies.Law
		known *policies.Knowledge
	}
	laws := map[[3]string]held{}
	states, instruments := b.StateIDs(), b.InstrumentIDs()
	values := map[mla.Path][]any{}
	for _, f := range append(append([]policies.Fact(nil), facts...), letters...) {
		values[f.Path] = o.values(f.Path)
	}
	sets, answers := 0, 0
	var got []mla.Answer
	for sets < *factSets {
		i, j := random.IntN(len(states)), random.IntN(len(states)-1)
		if j >= i {
			j++
		}
		id := instruments[random.IntN(len(instruments))]
		key := [3]string{id, string(states[i]), string(states[j])}
		h, ok := laws[key]
		if !ok {
			h.law = lawOf(t, states[i], states[j], id)
			h.known = h.law.Knowledge()
			laws[key] = h
		}
		known := map[string]any{}
		for _, f := range append(append([]policies.Fact(nil), facts...), letters...) {
			vs := values[f.Path]
			known[string(f.Path)] = vs[random.IntN(len(vs))]
		}
		var unknown []mla.Path
		for range random.IntN(4) {
			f := facts[random.IntN(len(facts))]
			if _, still := known[string(f.Path)]; still && len(values[f.Path]) <= 8 {
				delete(known, string(f.Path))
				unknown = append(unknown, f.Path)
			}
		}
		stage := []mla.Stage{mla.StageAdmissibility, mla.StagePreservation}[random.IntN(2)]
		h.known.Forget()
		for p, v := range known {
			h.known.Learn(mla.Path(p), valueOf(v))
		}
		grounds := h.law.Grounds(stage)
		got = h.law.Verdicts(got[:0], stage, h.known)
		want := situation{o, id, states[i], states[j]}.verdicts(stage, grounds, known, unknown)
		for n, rule := range grounds {
			if got[n] != want[rule] {
				t.Fatalf("%v, %s with %v and %v unknown: %s, every completion by CEL: %s", key, rule, known, unknown, got[n], want[rule])
			}
		}
		sets, answers = sets+1, answers+len(grounds)
	}
	t.Logf("%d fact sets, %d answers, no disagreement", sets, answers)
}

func valueOf(v any) mla.Value {
	switch v := v.(type) {
	case bool:
		return mla.Bool(v)
	case int64:
		return mla.Int(v)
	case string:
		return mla.Word(v)
	}
	panic("a value of no type")
}

// verdicts answers grounds by trying every completion, and stops at the second answer.
func (s situation) verdicts(stage mla.Stage, grounds []string, known map[string]any, unknown []mla.Path) map[string]mla.Answer {
	ids, rules := s.rules(stage)
	byID := map[string]*oracleRule{}
	for i, id := range ids {
		byID[id] = rules[i]
	}
	total := 1
	for _, p := range unknown {
		total *= len(s.values(p))
	}
	out := map[string]mla.Answer{}
	for c := range total {
		facts := make(map[string]any, len(known)+16)
		for k, v := range known {
			facts[k] = v
		}
		rest := c
		for _, p := range unknown {
			vs := s.values(p)
			facts[string(p)] = vs[rest%len(vs)]
			rest /= len(vs)
		}
		s.law(facts)
		for _, id := range grounds {
			a := mla.AnswerOf(s.holds(byID[id], facts))
			if was, ok := out[id]; ok && was != a {
				a = mla.Unknown
			}
			out[id] = a
		}
	}
	return out
}

func TestVerdictsAllocateNothing(t *testing.T) {
	law := lawOf(t, "cassia", "gorse", "uncc")
	k := law.Knowledge()
	k.Read(letter("sedition", 7), nil)
	dst := make([]mla.Answer, 0, 32)
	if n := testing.AllocsPerRun(100, func() {
		k.Learn("conduct.deceived", mla.Bool(true))
		dst = law.Verdicts(dst[:0], mla.StageAdmissibility, k)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// BenchmarkVerdicts answers the grounds of the UN convention and of Birch's own law, fifteen in all.
func BenchmarkVerdicts(b *testing.B) {
	law := lawOf(b, "cassia", "birch", "uncc")
	if n := len(law.Grounds(mla.StageAdmissibility)); n < 12 {
		b.Fatalf("%d grounds, want twelve at least", n)
	}
	all := complete(b, stipulated("g29"))
	three := maps.Clone(all)
	for _, p := range []mla.Path{"conduct.peaceful", "motive.protected_ground", "own_law.bars_measure"} {
		delete(three, p)
	}
	for name, known := range map[string]mla.Facts{"known": all, "three unknown": three, "nothing known": {}} {
		b.Run(name, func(b *testing.B) {
			k := law.Knowledge()
			k.Read(letter("sedition", 7), known)
			dst := make([]mla.Answer, 0, 16)
			b.ReportAllocs()
			for b.Loop() {
				k.Learn("offence.fiscal", mla.Bool(true)) // so that nothing is remembered from the last time
				dst = law.Verdicts(dst[:0], mla.StageAdmissibility, k)
			}
		})
	}
}
