package policies_test

import (
	"maps"
	"testing"
	"testing/fstest"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func shippedBundle(t testing.TB) *policies.Bundle {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func lawOf(t testing.TB, requesting, requested mla.State, instruments ...string) *policies.Law {
	t.Helper()
	l, err := shippedBundle(t).Law(policies.Pair{Instruments: instruments, Requesting: requesting, Requested: requested})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func fsOf(files map[string][]byte) fstest.MapFS {
	out := fstest.MapFS{}
	for name, content := range files {
		out[name] = &fstest.MapFile{Data: content}
	}
	return out
}

// letter is a request to produce content.
func letter(label string, years int) mla.Request {
	return mla.Request{Measure: mla.Produce, Offence: mla.Offence{Label: label, MaxPenaltyYears: years},
		Scope: mla.Scope{Categories: []mla.Category{mla.Subscriber, mla.Content}, Accounts: 1, Persons: 1, Months: 6}}
}

// clean is a file in which nothing happened and nothing stands in the way.
var clean = mla.Facts{
	"evidence.electronic": mla.Bool(true), "evidence.bank_secret": mla.Bool(false), "evidence.available_otherwise": mla.Bool(false),
	"offence.by_computer": mla.Bool(true), "offence.fiscal": mla.Bool(false), "offence.trivial": mla.Bool(false),
	"offence.political_character": mla.Bool(false), "request.in_conformity": mla.Bool(true),
	"conduct.accessed_system": mla.Bool(false), "conduct.security_bypassed": mla.Bool(false), "conduct.authorised": mla.Bool(false),
	"conduct.good_faith_research": mla.Bool(false), "conduct.made_tools": mla.Bool(false), "conduct.intent_to_offend": mla.Bool(false),
	"conduct.deceived": mla.Bool(false), "conduct.property_loss": mla.Bool(false), "conduct.dishonest_gain": mla.Bool(false),
	"conduct.proceeds_moved": mla.Bool(false), "conduct.expression": mla.Bool(false), "conduct.peaceful": mla.Bool(true),
	"conduct.about_public_power": mla.Bool(false), "conduct.knowing_falsehood": mla.Bool(false),
	"conduct.sexual_image_of_minor": mla.Bool(false), "conduct.own_image": mla.Bool(false), "conduct.consensual": mla.Bool(false),
	"person.age": mla.Int(40), "person.role": mla.Word("none"), "motive.protected_ground": mla.Word("none"),
	"interest.prejudiced": mla.Bool(false), "own_law.bars_measure": mla.Bool(false), "own_law.bars_assistance": mla.Bool(false),
	"own_law.data_protection_bars": mla.Bool(false), "own_case.prejudiced": mla.Bool(false), "secrecy.possible": mla.Bool(true),
	"person.risk_of_torture": mla.Bool(false), "offence.death_penalty": mla.Bool(false), "receiver.protection_adequate": mla.Bool(true),
	"request.sender_confirmed": mla.Bool(true), "assistance.weakens_others": mla.Bool(false), "assistance.of_staff": mla.Bool(false),
	"requesting.offers_remedy": mla.Bool(true), "request.refused_before": mla.Bool(false), "authority.found_before": mla.Bool(false),
	"preservation.secures_data": mla.Bool(true), "pair.other_mla_treaty": mla.Bool(false),
}

// stipulated gives what sets a case apart from a clean file.
func stipulated(id string) mla.Facts {
	yes := mla.Bool(true)
	cases := map[string]mla.Facts{
		"clean": {},
		"g02":   {"conduct.expression": yes, "conduct.about_public_power": yes},
		"g11": {"conduct.accessed_system": yes, "conduct.security_bypassed": yes, "conduct.made_tools": yes,
			"conduct.good_faith_research": yes, "person.role": mla.Word("researcher"), "person.age": mla.Int(22)},
		"g12": {"conduct.sexual_image_of_minor": yes, "conduct.own_image": yes, "conduct.consensual": yes, "person.age": mla.Int(16)},
		"g27": {"conduct.accessed_system": yes},
		"g28": {"conduct.expression": yes, "conduct.about_public_power": yes, "motive.protected_ground": mla.Word("political-opinions")},
		"g29": {"conduct.expression": yes, "conduct.about_public_power": yes, "motive.protected_ground": mla.Word("political-opinions"),
			"offence.political_character": yes, "interest.prejudiced": yes},
	}
	f, ok := cases[id]
	if !ok {
		panic("no case " + id)
	}
	return f
}

// complete lays what sets a case apart over a clean file, and checks every fact.
func complete(t testing.TB, apart mla.Facts) mla.Facts {
	t.Helper()
	b := shippedBundle(t)
	out := maps.Clone(clean)
	maps.Copy(out, apart)
	for p, v := range out {
		if err := b.CheckFact(p, v); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// finding returns what one rule says.
func finding(t testing.TB, a mla.Assessment, rule string) mla.Finding {
	t.Helper()
	for _, f := range a.Findings {
		if f.Rule == rule {
			return f
		}
	}
	t.Fatalf("no rule %s at stage %s", rule, a.Stage)
	return mla.Finding{}
}

// open lists the grounds a State may raise.
func open(a mla.Assessment) (out []string) {
	for _, f := range a.Findings {
		if f.Open() {
			out = append(out, f.Rule)
		}
	}
	return out
}
