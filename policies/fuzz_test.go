package policies_test

import (
	"errors"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// FuzzLoad puts any content into one of the law's files: Load must give a law that answers, or faults that say where.
func FuzzLoad(f *testing.F) {
	names := []string{"facts.yaml", "readers.yaml", "regimes/uncc.yaml", "regimes/budapest.yaml", "states/alder.yaml", "states/gorse.yaml"}
	for i, name := range names {
		content := shippedBundle(f).Files()[name]
		f.Add(uint8(i), content)
		f.Add(uint8(i), content[:len(content)/2])
	}
	for _, s := range []string{"", "a: &a *a", "facts: [", "- - -", "? :", "!x y: z", "\"", "id: [1, {", "rules:\n  - when: ((((", "\xff"} {
		f.Add(uint8(2), []byte(s))
	}
	f.Fuzz(func(t *testing.T, which uint8, content []byte) {
		files := shippedBundle(t).Files()
		files[names[int(which)%len(names)]] = content
		b, err := policies.Load(fsOf(files))
		if err != nil {
			var faults policies.Faults
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("no faults but %v", err)
			}
			for _, fault := range faults {
				if fault.File == "" || fault.Message == "" || fault.Detail() == "" || fault.Line < 0 || fault.Line > 0 && fault.Column < 1 {
					t.Fatalf("fault without place or words: %+v", fault)
				}
			}
			return
		}
		ids := b.StateIDs()
		l, err := b.Law(policies.Pair{Instruments: b.InstrumentIDs(), Requesting: ids[0], Requested: ids[len(ids)-1]})
		if err != nil {
			t.Fatal(err)
		}
		l.Terms(nil)
		for _, stage := range mla.Stages {
			l.Assess(stage, mla.Request{}, nil, mla.ByConduct)
		}
	})
}

// FuzzAssess gives the law letters and facts of any kind, declared or not, rightly typed or not.
func FuzzAssess(f *testing.F) {
	f.Add("admissibility", "produce", "sedition", 7, "content", "conduct.deceived", "true", int64(3), uint64(0b1011))
	f.Add("nowhere", "", "", -1, "", "person.age", "x", int64(-5), ^uint64(0))
	f.Fuzz(func(t *testing.T, stage, measure, label string, years int, category, path, word string, number int64, known uint64) {
		b := shippedBundle(t)
		facts := mla.Facts{}
		for i, d := range b.Facts() {
			if known>>(i%64)&1 == 1 {
				switch d.Type {
				case policies.BoolFact:
					facts[d.Path] = mla.Bool(number>>(i%64)&1 == 1)
				case policies.IntFact:
					facts[d.Path] = mla.Int(number)
				case policies.WordFact:
					facts[d.Path] = mla.Word(word)
				}
			}
		}
		facts[mla.Path(path)] = mla.Word(word)
		req := mla.Request{Measure: mla.Measure(measure), Offence: mla.Offence{Label: label, MaxPenaltyYears: years},
			Scope: mla.Scope{Categories: []mla.Category{mla.Category(category)}}}
		for _, instruments := range [][]string{{"uncc"}, {"budapest", "uncc"}} {
			law := lawOf(t, "cassia", "gorse", instruments...)
			a := law.Assess(mla.Stage(stage), req, facts, mla.ByConduct)
			for _, finding := range a.Findings {
				if (finding.Holds == mla.Unknown) != (len(finding.Missing) > 0) {
					t.Fatalf("%s: %s, missing %v", finding.Rule, finding.Holds, finding.Missing)
				}
				for _, m := range finding.Missing {
					if v, ok := facts[m]; ok && b.CheckFact(m, v) == nil {
						t.Fatalf("%s misses %s, which is %s", finding.Rule, m, v)
					}
				}
			}
			for p, v := range a.Used {
				if err := b.CheckFact(p, v); err != nil {
					t.Fatalf("used: %v", err)
				}
			}
			law.Terms(facts)
		}
	})
}

// FuzzCases reads any bytes as a case file, and runs what is read.
func FuzzCases(f *testing.F) {
	f.Add([]byte(rightCase))
	f.Add([]byte("cases: [{name: a, rule: b, between: [alder, alder], letter: {measure: 3}, holds: unknown}]"))
	f.Fuzz(func(t *testing.T, content []byte) {
		_, _ = policies.RunCases(shippedBundle(t).WithCases(map[string][]byte{"cases/made.yaml": content}))
	})
}
