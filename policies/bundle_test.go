package policies_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func TestTheLawThatShipsHasNoFault(t *testing.T) {
	for _, f := range policies.Check(os.DirFS(".")) {
		t.Error(f.Detail())
	}
}

func TestARunCanCarryItsLaw(t *testing.T) {
	b := shippedBundle(t)
	again, err := policies.Load(fsOf(b.Files()))
	if err != nil {
		t.Fatal(err)
	}
	if again.Digest() != b.Digest() || len(b.Digest()) != 64 {
		t.Errorf("digest %s after a round trip, %s before", again.Digest(), b.Digest())
	}
	onDisk, err := policies.Load(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if onDisk.Digest() != b.Digest() {
		t.Error("the files on disk and those embedded differ")
	}
	files := b.Files()
	files["regimes/uncc.yaml"][0] = '%'
	if b.Files()["regimes/uncc.yaml"][0] == '%' {
		t.Error("the bundle shares its bytes")
	}
}

func TestTheDigestChangesWithAnyContentOrName(t *testing.T) {
	b := shippedBundle(t)
	files := b.Files()
	files["regimes/uncc.yaml"] = append(files["regimes/uncc.yaml"], "# a comment\n"...)
	if other, err := policies.Load(fsOf(files)); err != nil || other.Digest() == b.Digest() {
		t.Errorf("a comment leaves the digest as it was (%v)", err)
	}
	files = b.Files()
	files["states/hazel.yaml"] = []byte(strings.NewReplacer("id: fern", "id: hazel", "name: Fern", "name: Hazel").Replace(string(files["states/fern.yaml"])))
	delete(files, "states/fern.yaml")
	if other, err := policies.Load(fsOf(files)); err != nil || other.Digest() == b.Digest() {
		t.Errorf("a name leaves the digest as it was (%v)", err)
	}
	files = b.Files()
	files["notes/g29.yaml"] = []byte("not law")
	files["cases/g29.yaml"] = []byte("cases: []\n") // cases test the law and are none
	if other, err := policies.Load(fsOf(files)); err != nil || other.Digest() != b.Digest() {
		t.Errorf("a file that is no law moves the digest (%v)", err)
	}
}

func TestWhatShips(t *testing.T) {
	b := shippedBundle(t)
	for _, id := range []string{"uncc", "budapest"} {
		if !slices.Contains(b.InstrumentIDs(), id) {
			t.Errorf("instruments %v, and no %s", b.InstrumentIDs(), id)
		}
	}
	if got, want := b.StateIDs(), []mla.State{"alder", "birch", "cassia", "dogwood", "elm", "fern", "gorse"}; !reflect.DeepEqual(got, want) {
		t.Errorf("States %v, want %v", got, want)
	}
	if got := b.SafeguardIDs(); len(got) != 30 || got[0] != "L01" || got[29] != "L30" {
		t.Errorf("safeguards %v, want L01 to L30", got)
	}
	for _, r := range b.Rules() {
		if slices.Contains(b.SafeguardIDs(), r.Instrument) {
			continue
		}
		if !strings.HasPrefix(r.ID, r.Instrument+"/"+r.Article) && r.Instrument != "state" {
			t.Errorf("rule %s does not begin with its citation %s %s", r.ID, r.Instrument, r.Article)
		}
		if i, _ := b.Instrument(r.Instrument); r.Effect == mla.MustRefuse && r.Instrument != "state" && i.Kind != policies.Position {
			t.Errorf("rule %s: no treaty here has a mandatory ground", r.ID)
		}
		if r.Instrument == "uncc" && (r.Confidence == mla.Verified || strings.Contains(r.When+r.Unless, "political_character")) {
			t.Errorf("rule %s: no paragraph of the UN convention was verified, and none knows political offences", r.ID)
		}
		if r.Instrument == "budapest" && r.Confidence != mla.Verified {
			t.Errorf("rule %s: the Budapest Convention was checked", r.ID)
		}
	}
}

func TestTheUNConventionIsNotInForce(t *testing.T) {
	b := shippedBundle(t)
	r, err := b.Instrument("uncc")
	if err != nil {
		t.Fatal(err)
	}
	if r.InForce || r.Standing.InForce.Date != "" || r.Standing.Signed.Date == "" || !strings.Contains(r.Standing.Says, "2026-11-21") {
		t.Errorf("standing %+v", r.Standing)
	}
}

func TestACaseCannotGiveAFactWrongly(t *testing.T) {
	b := shippedBundle(t)
	for name, c := range map[string]struct {
		path  mla.Path
		value mla.Value
		want  string // "" means that it is right
	}{
		"a truth value":                 {"conduct.deceived", mla.Bool(false), ""},
		"a number at its limit":         {"person.age", mla.Int(120), ""},
		"a word of the domain":          {"person.role", mla.Word("journalist"), ""},
		"a fact of the letter":          {"offence.label", mla.Word("fraud"), ""},
		"a misspelt path":               {"conduct.decieved", mla.Bool(true), "unknown fact conduct.decieved: did you mean conduct.deceived?"},
		"a path like no other":          {"weather.rain", mla.Bool(true), "unknown fact weather.rain: facts.yaml lists those there are"},
		"a number where yes or no is":   {"conduct.deceived", mla.Int(1), "fact conduct.deceived cannot be 1: true or false"},
		"a number beyond the domain":    {"person.age", mla.Int(121), "fact person.age cannot be 121: a whole number of years from 0 to 120"},
		"a word beyond the domain":      {"person.role", mla.Word("jurnalist"), "fact person.role cannot be jurnalist: did you mean journalist?"},
		"no value":                      {"person.age", mla.Value{}, "fact person.age cannot be (no value): a whole number of years from 0 to 120"},
		"a fact that follows from law":  {"requested.conduct_is_offence", mla.Bool(true), "fact requested.conduct_is_offence follows from the instruments and State files (leave it out)"},
		"a State's law given by a case": {"requested.requires_dual_criminality", mla.Bool(true), "fact requested.requires_dual_criminality follows from the instruments and State files (leave it out)"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := b.CheckFact(c.path, c.value); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnUnknownPartyIsAnErrorThatSaysWhoThereIs(t *testing.T) {
	b := shippedBundle(t)
	for name, c := range map[string]struct {
		pair policies.Pair
		want string
	}{
		"no instrument":         {policies.Pair{Requesting: "cassia", Requested: "alder"}, "no instrument between cassia and alder: name one of " + strings.Join(b.InstrumentIDs(), ", ")},
		"a misspelt instrument": {policies.Pair{Instruments: []string{"unc"}, Requesting: "cassia", Requested: "alder"}, `unknown instrument "unc": did you mean uncc?`},
		"another instrument":    {policies.Pair{Instruments: []string{"palermo"}, Requesting: "cassia", Requested: "alder"}, `unknown instrument "palermo": one of: ` + strings.Join(b.InstrumentIDs(), ", ")},
		"an instrument twice":   {policies.Pair{Instruments: []string{"uncc", "uncc"}, Requesting: "cassia", Requested: "alder"}, "instrument uncc is named twice"},
		"another State":         {policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "ruritania"}, `unknown State "ruritania": one of: alder, birch, cassia, dogwood, elm, fern, gorse`},
		"a State asking itself": {policies.Pair{Instruments: []string{"uncc"}, Requesting: "alder", Requested: "alder"}, "alder cannot ask itself: name two States"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Law(c.pair)
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
	if one, two := lawOf(t, "cassia", "alder", "uncc"), lawOf(t, "cassia", "alder", "uncc"); one != two {
		t.Error("the law of a pair was compiled twice")
	}
}
