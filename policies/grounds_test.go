package policies_test

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// ground is one way of not helping, or one forbidden reason: the facts on which it holds over a clean file, and the one
// fact for want of which it is unknown there.
type ground struct {
	name     string
	rule     string
	effect   mla.Effect
	standard mla.Standard
	holds    mla.Facts
	missing  mla.Path
	// What stands over the clean file when that fact is missing, where it is not what makes the ground hold.
	beside mla.Facts
	// Where the pair is not cassia asking alder, or the letter no listed offence of fraud.
	pair  policies.Pair
	label string
}

func y(paths ...mla.Path) mla.Facts {
	out := mla.Facts{}
	for _, p := range paths {
		out[p] = mla.Bool(true)
	}
	return out
}

func n(p mla.Path) mla.Facts { return mla.Facts{p: mla.Bool(false)} }

// opinion is conduct that is an offence in Cassia and none in Alder, Elm or Gorse.
var opinion = y("conduct.expression", "conduct.about_public_power")

// swindle is fraud in every State of the cast.
var swindle = y("conduct.deceived", "conduct.property_loss", "conduct.dishonest_gain")

var motive = mla.Facts{"motive.protected_ground": mla.Word("religion")}

var grounds = []ground{
	{name: "the UN convention lets a State decline where the conduct is no offence under both laws", rule: "uncc/40(8) dual-criminality",
		effect: mla.MayRefuse, standard: mla.Objective, holds: opinion, missing: "conduct.proceeds_moved", beside: opinion, label: "sedition"},
	{name: "the UN convention lets a State decline a trivial matter", rule: "uncc/40(8) trivial", effect: mla.MayRefuse,
		standard: mla.Objective, holds: y("offence.trivial"), missing: "offence.trivial"},
	{name: "the UN convention lets a State decline what can be had otherwise", rule: "uncc/40(8) available-otherwise", effect: mla.MayRefuse,
		standard: mla.Objective, holds: y("evidence.available_otherwise"), missing: "evidence.available_otherwise"},
	{name: "a letter not in conformity", rule: "uncc/40(21)(a)", effect: mla.MayRefuse, standard: mla.Objective,
		holds: n("request.in_conformity"), missing: "request.in_conformity"},
	{name: "essential interests, as the State considers", rule: "uncc/40(21)(b)", effect: mla.MayRefuse, standard: mla.SelfJudging,
		holds: y("interest.prejudiced"), missing: "interest.prejudiced"},
	{name: "own law bars the step at home", rule: "uncc/40(21)(c)", effect: mla.MayRefuse, standard: mla.Objective,
		holds: y("own_law.bars_measure"), missing: "own_law.bars_measure"},
	{name: "own law on assistance", rule: "uncc/40(21)(d)", effect: mla.MayRefuse, standard: mla.Objective,
		holds: y("own_law.bars_assistance"), missing: "own_law.bars_assistance"},
	{name: "nothing obliges to help persecution", rule: "uncc/40(22)", effect: mla.NoDuty, standard: mla.Belief,
		holds: motive, missing: "motive.protected_ground"},
	{name: "nothing obliges to help persecution, even beside another treaty, on one reading", rule: "uncc/40(22) beside-another-treaty", effect: mla.NoDuty,
		standard: mla.Belief, holds: motive.With(y("pair.other_mla_treaty")), missing: "pair.other_mla_treaty"},
	{name: "nothing obliges to send what data-protection law keeps", rule: "uncc/36(1)(a)", effect: mla.NoDuty, standard: mla.Objective,
		holds: y("own_law.data_protection_bars"), missing: "own_law.data_protection_bars"},
	{name: "fiscal matters are a forbidden reason", rule: "uncc/40(23)", effect: mla.MustNotRefuse, standard: mla.Objective,
		holds: y("offence.fiscal"), missing: "offence.fiscal"},
	{name: "bank secrecy is a forbidden reason", rule: "uncc/40(24)", effect: mla.MustNotRefuse, standard: mla.Objective,
		holds: y("evidence.bank_secret"), missing: "evidence.bank_secret"},

	{name: "the UN convention's reservation at preservation", rule: "uncc/42(5)", effect: mla.MayRefuse, standard: mla.Belief,
		holds: opinion, missing: "conduct.deceived", beside: opinion.With(swindle), label: "sedition",
		pair: policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "elm"}},
	{name: "essential interests at preservation", rule: "uncc/42(6) on 40(21)(b)", effect: mla.MayRefuse, standard: mla.SelfJudging,
		holds: y("interest.prejudiced"), missing: "interest.prejudiced"},
	{name: "own law bars preservation at home", rule: "uncc/42(6) on 40(21)(c)", effect: mla.MayRefuse, standard: mla.Objective,
		holds: y("own_law.bars_measure"), missing: "own_law.bars_measure"},
	{name: "persecution at preservation", rule: "uncc/42(6) on 40(22)", effect: mla.MayRefuse, standard: mla.Belief,
		holds: motive, missing: "motive.protected_ground"},
	{name: "form is a forbidden reason at preservation", rule: "uncc/42(6) closed-list", effect: mla.MustNotRefuse, standard: mla.Objective,
		holds: n("request.in_conformity"), missing: "own_law.bars_assistance", beside: mla.Facts{}},
	{name: "dual criminality is a forbidden reason at preservation", rule: "uncc/42(4) dual-criminality", effect: mla.MustNotRefuse,
		standard: mla.Objective, holds: opinion, missing: "conduct.dishonest_gain", beside: opinion.With(swindle), label: "sedition",
		pair: policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "gorse"}},

	{name: "Budapest opens the requested Party's own law", rule: "budapest/25(4)", effect: mla.MayRefuse, standard: mla.Objective,
		holds: y("own_law.bars_assistance"), missing: "own_law.bars_measure", beside: mla.Facts{}},
	{name: "Budapest lets a Party that requires dual criminality refuse for want of it", rule: "budapest/25(4) dual-criminality", effect: mla.MayRefuse,
		standard: mla.Objective, holds: opinion, missing: "conduct.dishonest_gain", beside: opinion.With(swindle), label: "sedition",
		pair: policies.Pair{Instruments: []string{"budapest"}, Requesting: "cassia", Requested: "gorse"}},
	{name: "fiscal matters are a forbidden reason for a listed offence under Budapest", rule: "budapest/25(4) fiscal", effect: mla.MustNotRefuse,
		standard: mla.Objective, holds: y("offence.fiscal"), missing: "offence.fiscal"},
	{name: "a political offence, as the Party considers", rule: "budapest/27(4)(a)", effect: mla.MayRefuse, standard: mla.SelfJudging,
		holds: y("offence.political_character"), missing: "offence.political_character"},
	{name: "essential interests under Budapest", rule: "budapest/27(4)(b)", effect: mla.MayRefuse, standard: mla.SelfJudging,
		holds: y("interest.prejudiced"), missing: "interest.prejudiced"},
	{name: "Budapest's reservation at preservation", rule: "budapest/29(4)", effect: mla.MayRefuse, standard: mla.Belief,
		holds: opinion, missing: "conduct.dishonest_gain", beside: opinion.With(swindle), label: "sedition",
		pair: policies.Pair{Instruments: []string{"budapest"}, Requesting: "cassia", Requested: "elm"}},
	{name: "a political offence at preservation", rule: "budapest/29(5)(a)", effect: mla.MayRefuse, standard: mla.SelfJudging,
		holds: y("offence.political_character"), missing: "offence.political_character"},
	{name: "essential interests at preservation under Budapest", rule: "budapest/29(5)(b)", effect: mla.MayRefuse, standard: mla.SelfJudging,
		holds: y("interest.prejudiced"), missing: "interest.prejudiced"},
	{name: "own law is a forbidden reason at preservation under Budapest", rule: "budapest/29(5) closed-list", effect: mla.MustNotRefuse,
		standard: mla.Objective, holds: y("own_law.bars_measure"), missing: "own_law.bars_measure"},
	{name: "dual criminality is a forbidden reason at preservation under Budapest", rule: "budapest/29(3) dual-criminality",
		effect: mla.MustNotRefuse, standard: mla.Objective, holds: opinion,
		missing: "conduct.dishonest_gain", beside: opinion.With(swindle), label: "sedition",
		pair: policies.Pair{Instruments: []string{"budapest"}, Requesting: "cassia", Requested: "gorse"}},

	{name: "a State's own constitution obliges it to refuse", rule: "gorse/overlay-1", effect: mla.MustRefuse, standard: mla.Objective,
		holds: y("own_law.bars_measure"), missing: "own_law.bars_measure",
		pair: policies.Pair{Instruments: []string{"uncc"}, Requesting: "cassia", Requested: "gorse"}},
}

func TestEveryGroundHoldsFailsAndIsUnknown(t *testing.T) {
	var tested []string
	for _, g := range grounds {
		tested = append(tested, g.rule)
		t.Run(g.name, func(t *testing.T) {
			rule := ruleOf(t, g.rule)
			if g.pair.Requesting == "" {
				g.pair = policies.Pair{Instruments: []string{rule.Instrument}, Requesting: "cassia", Requested: "alder"}
			}
			law, err := shippedBundle(t).Law(g.pair)
			if err != nil {
				t.Fatal(err)
			}
			if g.label == "" {
				g.label = "fraud"
			}
			ask := func(known mla.Facts) mla.Finding {
				return finding(t, law.Assess(rule.Stage, letter(g.label, 7), known, mla.ByConduct), g.rule)
			}
			fails := complete(t, swindle)
			holds := complete(t, g.holds)
			if f := ask(holds); f.Holds != mla.Yes || f.Effect != g.effect || f.Standard != g.standard || f.Missing != nil {
				t.Errorf("holds %s, missing %v, effect %s, standard %s; want yes, %s, %s", f.Holds, f.Missing, f.Effect, f.Standard, g.effect, g.standard)
			} else if f.Open() != g.effect.Ground() {
				t.Errorf("open %v with effect %s", f.Open(), f.Effect)
			}
			if f := ask(fails); f.Holds != mla.No || f.Missing != nil {
				t.Errorf("on a clean file it holds %s, missing %v; want no", f.Holds, f.Missing)
			}
			if g.beside == nil {
				g.beside = g.holds
			}
			unknown := complete(t, g.beside)
			delete(unknown, g.missing)
			if f := ask(unknown); f.Holds != mla.Unknown || !slices.Equal(f.Missing, []mla.Path{g.missing}) {
				t.Errorf("without %s it holds %s, missing %v; want unknown for want of it", g.missing, f.Holds, f.Missing)
			}
		})
	}
	// The rest have their three cases in the folder cases, as all have; those of the first two instruments are looked at
	// closer here.
	for _, r := range shippedBundle(t).Rules() {
		if r.Instrument != "uncc" && r.Instrument != "budapest" {
			continue
		}
		if (r.Effect.Ground() || r.Effect == mla.MustNotRefuse) && !slices.Contains(tested, r.ID) {
			t.Errorf("ground %s is not tested", r.ID)
		}
	}
}

func ruleOf(t *testing.T, id string) policies.Rule {
	t.Helper()
	for _, r := range shippedBundle(t).Rules() {
		if r.ID == id {
			if r.Instrument == "state" {
				r.Instrument = "uncc"
			}
			return r
		}
	}
	t.Fatalf("no rule %s", id)
	return policies.Rule{}
}
