package policies_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func policiesShipped() (*policies.Bundle, error) { return policies.Shipped() }

// caseFacts lists the facts that a case can give, and those of the letter.
func caseFacts(b *policies.Bundle) (facts, letters []policies.Fact) {
	for _, f := range b.Facts() {
		switch f.KnownBy {
		case policies.LawSays:
		case policies.LetterSays:
			letters = append(letters, f)
		case policies.RequestingKnows, policies.RequestedKnows:
			facts = append(facts, f)
		}
	}
	return facts, letters
}

func drawValue(t *rapid.T, f policies.Fact) mla.Value {
	switch f.Type {
	case policies.BoolFact:
		return mla.Bool(rapid.Bool().Draw(t, string(f.Path)))
	case policies.IntFact:
		return mla.Int(rapid.Int64Range(f.Min, f.Max).Draw(t, string(f.Path)))
	case policies.WordFact:
		return mla.Word(rapid.SampledFrom(f.Domain).Draw(t, string(f.Path)))
	}
	panic("a fact of no type")
}

func drawPair(t *rapid.T, b *policies.Bundle) policies.Pair {
	two := rapid.Permutation(b.StateIDs()).Draw(t, "States")
	return policies.Pair{Instruments: []string{rapid.SampledFrom(b.InstrumentIDs()).Draw(t, "instrument")}, Requesting: two[0], Requested: two[1]}
}

// drawLetter draws a letter and says what it states, fact by fact.
func drawLetter(t *rapid.T, b *policies.Bundle) (mla.Request, map[string]any) {
	_, facts := caseFacts(b)
	says := map[string]any{}
	for _, f := range facts {
		says[string(f.Path)] = drawValue(t, f).Any()
	}
	return mla.Request{
		Measure:      mla.Measure(says["request.measure"].(string)),
		Offence:      mla.Offence{Label: says["offence.label"].(string), MaxPenaltyYears: int(says["offence.max_penalty_years"].(int64))},
		Scope:        mla.Scope{Categories: []mla.Category{mla.Category(says["request.category"].(string))}},
		Urgent:       says["request.urgent"].(bool),
		Confidential: says["request.confidential"].(bool),
	}, says
}

func drawKnown(t *rapid.T, b *policies.Bundle) mla.Facts {
	facts, _ := caseFacts(b)
	known := mla.Facts{}
	for _, f := range facts {
		known[f.Path] = drawValue(t, f)
	}
	return known
}

func lawOfPair(t *rapid.T, b *policies.Bundle, p policies.Pair) *policies.Law {
	l, err := b.Law(p)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func drawStage(t *rapid.T) mla.Stage { return rapid.SampledFrom(mla.Stages).Draw(t, "stage") }

// Every answer and every missing fact is what trying all completions, with CEL, shows.
func TestUnknownAndMissingAreExact(t *testing.T) {
	b, o := shippedBundle(t), theOracle()
	rapid.Check(t, func(t *rapid.T) {
		pair, stage := drawPair(t, b), drawStage(t)
		req, says := drawLetter(t, b)
		known := drawKnown(t, b)
		var unknown []mla.Path
		size := 1
		for _, p := range rapid.Permutation(known.Paths()).Draw(t, "unknown")[:rapid.IntRange(0, 6).Draw(t, "how many")] {
			if n := len(o.values(p)); size*n <= 256 {
				size *= n
				unknown = append(unknown, p)
				delete(known, p)
			}
		}
		if size <= 64 && rapid.Bool().Draw(t, "no measure") {
			req.Measure = ""
			delete(says, "request.measure")
			unknown = append(unknown, "request.measure")
		}
		for p, v := range known {
			says[string(p)] = v.Any()
		}
		want := situation{o, pair.Instruments[0], pair.Requesting, pair.Requested}.try(stage, says, unknown)
		a := lawOfPair(t, b, pair).Assess(stage, req, known, mla.ByConduct)
		if len(a.Findings) != len(want) {
			t.Fatalf("%d findings, the oracle has %d", len(a.Findings), len(want))
		}
		for _, f := range a.Findings {
			w := want[f.Rule]
			if f.Holds != w.answer || !slices.Equal(f.Missing, w.missing) {
				t.Errorf("%s with %v unknown: %s, missing %v; trying every completion: %s, missing %v",
					f.Rule, unknown, f.Holds, f.Missing, w.answer, w.missing)
			}
		}
	})
}

func TestLearningAFactNeverUndecides(t *testing.T) {
	b := shippedBundle(t)
	rapid.Check(t, func(t *rapid.T) {
		law, stage := lawOfPair(t, b, drawPair(t, b)), drawStage(t)
		req, _ := drawLetter(t, b)
		all := drawKnown(t, b)
		known := mla.Facts{}
		before := law.Assess(stage, req, known, mla.ByConduct)
		for _, p := range rapid.Permutation(all.Paths()).Draw(t, "order") {
			known[p] = all[p]
			after := law.Assess(stage, req, known, mla.ByConduct)
			if fault := undecided(before, after); fault != "" {
				t.Fatalf("learning %s: %s", p, fault)
			}
			for i, f := range after.Findings {
				if !slices.IsSorted(f.Missing) {
					t.Fatalf("%s: missing %v, out of order", f.Rule, f.Missing)
				}
				for _, m := range f.Missing {
					if m == p || !slices.Contains(before.Findings[i].Missing, m) {
						t.Fatalf("%s: %s is missing once %s is known, and was not before", f.Rule, m, p)
					}
				}
			}
			before = after
		}
		for _, f := range before.Findings {
			if f.Holds == mla.Unknown {
				t.Fatalf("%s is unknown with every fact known, missing %v", f.Rule, f.Missing)
			}
		}
	})
}

// undecided says where a decided answer became another; empty where none did.
func undecided(before, after mla.Assessment) string {
	for i, f := range after.Findings {
		if was := before.Findings[i]; was.Holds != mla.Unknown && f.Holds != was.Holds {
			return f.Rule + " was " + string(was.Holds) + " and is " + string(f.Holds)
		}
	}
	return ""
}

// hardness is how hard a request is to grant: 0 where no ground is open, 1 where help may be refused, 2 where it must be.
// It is given as the least and the most that the unknown facts leave.
func hardness(a mla.Assessment) (least, most int) {
	for _, f := range a.Findings {
		h := 0
		switch {
		case f.Effect == mla.MustRefuse:
			h = 2
		case f.Effect.Ground():
			h = 1
		}
		if f.Holds == mla.Yes {
			least = max(least, h)
		}
		if f.Holds != mla.No {
			most = max(most, h)
		}
	}
	return least, most
}

// easier reports whether a request is easier to grant after than before.
func easier(before, after mla.Assessment) bool {
	was, could := hardness(before)
	is, can := hardness(after)
	return is < was || can < could
}

// Each property can fail: what it looks for is seen where it is there.
func TestThePropertiesCanFail(t *testing.T) {
	b := shippedBundle(t)
	pair := policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "gorse"}
	law := lawOf(t, "cassia", "gorse", "uncc")
	known := complete(t, y("own_law.bars_measure"))
	must := law.Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct)
	open := law.Assess(mla.StageAdmissibility, letter("fraud", 5), nil, mla.ByConduct)
	if undecided(must, open) == "" || undecided(open, must) != "" {
		t.Error("forgetting goes unseen, or learning is taken for it")
	}
	files := b.Files()
	files["states/gorse.yaml"] = []byte(strings.NewReplacer("effect: must-refuse", "effect: may-refuse", "must be refused", "may be refused").Replace(string(files["states/gorse.yaml"])))
	soft, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	softer, err := soft.Law(pair)
	if err != nil {
		t.Fatal(err)
	}
	may := softer.Assess(mla.StageAdmissibility, letter("fraud", 5), known, mla.ByConduct)
	if !easier(must, may) || easier(may, must) || easier(must, must) {
		t.Error("softening goes unseen, or hardening is taken for it")
	}
	if diff := differs(exchanger(b.Digest(), soft.Digest(), "cassia", "gorse"), must, may); diff == "" {
		t.Error("other law under exchanged names goes unseen")
	}
	relevant := law.Assess(mla.StageAdmissibility, letter("fraud", 5), known.With(n("own_law.bars_measure")), mla.ByConduct)
	if cmp.Diff(must, relevant, cmp.Comparer(func(a, b mla.Value) bool { return a == b })) == "" {
		t.Error("a relevant fact goes unseen")
	}
}

func TestAMissingFactIsTheOnlyThingThatCanHelp(t *testing.T) {
	b := shippedBundle(t)
	rapid.Check(t, func(t *rapid.T) {
		law := lawOfPair(t, b, drawPair(t, b))
		req, _ := drawLetter(t, b)
		all := drawKnown(t, b)
		known := maps.Clone(all)
		for p := range all {
			if rapid.Bool().Draw(t, "known "+string(p)) {
				delete(known, p)
			}
		}
		before := law.Assess(mla.StageAdmissibility, req, known, mla.ByConduct)
		for i, f := range before.Findings {
			if f.Holds != mla.Unknown {
				continue
			}
			if len(f.Missing) == 0 {
				t.Fatalf("%s is unknown and nothing is missing", f.Rule)
			}
			told := maps.Clone(known)
			for _, p := range f.Missing {
				told[p] = all[p]
			}
			if after := law.Assess(mla.StageAdmissibility, req, told, mla.ByConduct).Findings[i]; after.Holds == mla.Unknown {
				t.Fatalf("%s is unknown still, once all it missed is known", f.Rule)
			}
		}
	})
}

func TestAnIrrelevantFactChangesNothing(t *testing.T) {
	b := shippedBundle(t)
	rapid.Check(t, func(t *rapid.T) {
		law, stage := lawOfPair(t, b, drawPair(t, b)), drawStage(t)
		req, _ := drawLetter(t, b)
		known := drawKnown(t, b)
		for p := range known {
			if rapid.Bool().Draw(t, "known "+string(p)) {
				delete(known, p)
			}
		}
		delete(known, "person.role")
		before := law.Assess(stage, req, known, mla.ByConduct)
		after := law.Assess(stage, req, known.With(mla.Facts{
			"person.role":                  mla.Word("lawyer"),   // declared, and no rule rests on it
			"weather.rain":                 mla.Bool(true),       // not declared
			"requested.conduct_is_offence": mla.Bool(true),       // follows from the law
			"offence.label":                mla.Word("sedition"), // the letter says
		}), mla.ByConduct)
		if diff := cmp.Diff(before, after, cmp.Comparer(func(a, b mla.Value) bool { return a == b })); diff != "" {
			t.Fatalf("(-without +with):\n%s", diff)
		}
	})
}

func TestUsedIsWhatWasKnownAndMentioned(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	known := mla.Facts{"conduct.deceived": mla.Bool(true), "pair.other_mla_treaty": mla.Bool(false), "secrecy.possible": mla.Bool(true),
		"person.role": mla.Word("trader"), "person.age": mla.Int(500), "offence.label": mla.Word("fraud"), "preservation.secures_data": mla.Bool(true)}
	for stage, want := range map[mla.Stage][]mla.Path{
		mla.StageAdmissibility: {"conduct.deceived", "pair.other_mla_treaty"},
		mla.StageExecution:     {"conduct.deceived", "pair.other_mla_treaty", "secrecy.possible"},
		mla.StagePreservation:  {"conduct.deceived", "preservation.secures_data"},
	} {
		if got := law.Assess(stage, letter("fraud", 5), known, mla.ByConduct).Used.Paths(); !slices.Equal(got, want) {
			t.Errorf("%s used %v, want %v", stage, got, want)
		}
	}
}

// A State's attributes are data: give Alder's law to Cassia and Cassia's to Alder, and every answer is the same with the
// names exchanged.
func TestSwappingTwoStatesNamesChangesNothingButNames(t *testing.T) {
	b := shippedBundle(t)
	rapid.Check(t, func(t *rapid.T) {
		pair := drawPair(t, b)
		pair.Safeguards = rapid.Permutation(b.SafeguardIDs()).Draw(t, "safeguards")[:rapid.IntRange(0, 4).Draw(t, "how many safeguards")]
		swapped := swappedBundle(t, b, pair.Requesting, pair.Requested)
		back := policies.Pair{Instruments: pair.Instruments, Requesting: pair.Requested, Requested: pair.Requesting, Safeguards: pair.Safeguards}
		law, mirror := lawOfPair(t, b, pair), lawOfPair(t, swapped, back)
		req, _ := drawLetter(t, b)
		known := drawKnown(t, b)
		for p := range known {
			if rapid.Bool().Draw(t, "known "+string(p)) {
				delete(known, p)
			}
		}
		exchange := exchanger(b.Digest(), swapped.Digest(), string(pair.Requesting), string(pair.Requested))
		for _, stage := range mla.Stages {
			same(t, exchange, law.Assess(stage, req, known, mla.ByConduct), mirror.Assess(stage, req, known, mla.ByConduct))
		}
		same(t, exchange, law.Terms(known), mirror.Terms(known))
	})
}

func same(t *rapid.T, exchange *strings.Replacer, a, b any) {
	if diff := differs(exchange, a, b); diff != "" {
		t.Fatalf("(-exchanged +swapped):\n%s", diff)
	}
}

// differs compares two values once the names in the first are exchanged; as decoded JSON, so that the order of names in a
// map plays no part.
func differs(exchange *strings.Replacer, a, b any) string {
	decoded := func(v any, exchange *strings.Replacer) (out any) {
		text, err := json.Marshal(v)
		if err == nil {
			err = json.Unmarshal([]byte(exchange.Replace(string(text))), &out)
		}
		if err != nil {
			panic(err)
		}
		return out
	}
	return cmp.Diff(decoded(a, exchange), decoded(b, strings.NewReplacer()))
}

// exchanger rewrites names as they stand in JSON: as a whole word, before the slash of a rule's id, or after "law of".
func exchanger(digest, swapped, a, b string) *strings.Replacer {
	return strings.NewReplacer(digest, swapped, `"`+a+`"`, `"`+b+`"`, `"`+b+`"`, `"`+a+`"`, `"`+a+`/`, `"`+b+`/`, `"`+b+`/`, `"`+a+`/`,
		"law of "+a, "law of "+b, "law of "+b, "law of "+a)
}

var swaps = map[[2]mla.State]*policies.Bundle{}

func swappedBundle(t *rapid.T, b *policies.Bundle, one, two mla.State) *policies.Bundle {
	key := [2]mla.State{min(one, two), max(one, two)}
	if s := swaps[key]; s != nil {
		return s
	}
	files := b.Files()
	title := func(s mla.State) string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }
	name := func(s mla.State) string { return "states/" + string(s) + ".yaml" }
	rename := func(content []byte, from, to mla.State) []byte {
		return []byte(strings.NewReplacer("id: "+string(from)+"\n", "id: "+string(to)+"\n", "name: "+title(from)+"\n", "name: "+title(to)+"\n").Replace(string(content)))
	}
	files[name(one)], files[name(two)] = rename(files[name(two)], two, one), rename(files[name(one)], one, two)
	s, err := policies.Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	swaps[key] = s
	return s
}

func TestManyMayAskAtOnce(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	known := complete(t, stipulated("g29"))
	want := law.Assess(mla.StageAdmissibility, letter("sedition", 7), known, mla.ByConduct)
	done := make(chan string)
	for range 8 {
		go func() {
			for range 200 {
				partial := maps.Clone(known)
				delete(partial, "conduct.peaceful")
				law.Assess(mla.StageScope, letter("fraud", 2), partial, mla.ByLabel)
				got := law.Assess(mla.StageAdmissibility, letter("sedition", 7), known, mla.ByConduct)
				if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b mla.Value) bool { return a == b })); diff != "" {
					done <- diff
					return
				}
			}
			done <- ""
		}()
	}
	for range 8 {
		if diff := <-done; diff != "" {
			t.Error(diff)
		}
	}
}
