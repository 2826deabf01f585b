package policies_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
	"rogatory/policies"
)

func TestEveryKindOfEventHasReadersInEveryState(t *testing.T) {
	b := shippedBundle(t)
	for _, requesting := range b.StateIDs() {
		for _, requested := range b.StateIDs() {
			if requesting == requested {
				continue
			}
			terms := lawOf(t, requesting, requested, "uncc").Terms(nil)
			for _, state := range []mla.State{requesting, requested} {
				for _, kind := range mla.Kinds {
					roles := terms.Readers[state][kind]
					if len(roles) == 0 || !slices.Contains(roles, mla.CentralAuthority) && !slices.Contains(roles, mla.RequestingAuthority) &&
						!slices.Contains(roles, mla.ContactPoint) || !slices.IsSorted(roles) || len(slices.Compact(slices.Clone(roles))) != len(roles) {
						t.Errorf("%s, %s: %v", state, kind, roles)
					}
				}
			}
			if len(terms.Readers) != 2 || len(terms.Practice) != 2 || terms.Practice[requested].PatienceDays == 0 {
				t.Errorf("%s asks %s: %d logs, practice %v", requesting, requested, len(terms.Readers), terms.Practice)
			}
		}
	}
}

func TestWhoReadsWhat(t *testing.T) {
	terms := lawOf(t, "cassia", "alder", "uncc").Terms(nil)
	for _, c := range []struct {
		state mla.State
		kind  mla.Kind
		want  []mla.Role
	}{
		{"alder", mla.Decided, []mla.Role{mla.Auditor, mla.CentralAuthority}},
		{"alder", mla.ConfidentialityImposed, []mla.Role{mla.CentralAuthority, mla.Provider}},
		{"alder", mla.OrderServed, []mla.Role{mla.CentralAuthority, mla.Court, mla.Provider}},
		{"alder", mla.PreservationDecided, []mla.Role{mla.Auditor, mla.CentralAuthority, mla.ContactPoint}},
		{"alder", mla.SubjectNotified, []mla.Role{mla.CentralAuthority, mla.Person}},
		{"alder", mla.AuthorisationDecided, []mla.Role{mla.CentralAuthority, mla.Court}},
		{"alder", mla.StatisticPublished, []mla.Role{mla.CentralAuthority}},
		{"cassia", mla.Transmitted, []mla.Role{mla.CentralAuthority, mla.RequestingAuthority}},
		{"cassia", mla.OrderServed, []mla.Role{mla.CentralAuthority, mla.Court, mla.RequestingAuthority}},
		{"cassia", mla.StateNotified, []mla.Role{mla.CentralAuthority, mla.RequestingAuthority}},
		{"alder", mla.StateNotified, []mla.Role{mla.Auditor, mla.CentralAuthority}},
	} {
		if diff := cmp.Diff(c.want, terms.Readers[c.state][c.kind]); diff != "" {
			t.Errorf("%s on the log of %s (-want +got):\n%s", c.kind, c.state, diff)
		}
	}
	gorse := lawOf(t, "cassia", "gorse", "uncc").Terms(nil).Readers["gorse"]
	for _, k := range mla.Kinds {
		if !slices.Contains(gorse[k], mla.Auditor) {
			t.Errorf("Gorse's auditor does not read %s", k)
		}
		if slices.Contains(gorse[k], mla.Public) != (k == mla.StatisticPublished) {
			t.Errorf("Gorse's public and %s", k)
		}
	}
}

func TestTheTermsOfGorse(t *testing.T) {
	terms := lawOf(t, "cassia", "gorse", "uncc").Terms(nil)
	if got, want := terms.Challenge, (policies.Challenge{Available: true, Stays: true, Basis: "code of criminal procedure"}); got != want {
		t.Errorf("%+v", got)
	}
	if got, want := terms.Notice, (policies.Notice{Owed: true, Days: 30, Basis: "data protection act"}); got != want {
		t.Errorf("%+v", got)
	}
	if !terms.Statistics.Published || terms.Policy != shippedBundle(t).Digest() {
		t.Errorf("%+v, policy %s", terms.Statistics, terms.Policy)
	}
	if got, want := terms.Secrecy.Law, (policies.ProviderSecrecy{Basis: "code of criminal procedure", Days: 90, Renewals: 3}); got != want {
		t.Errorf("%+v", got)
	}
	if i := terms.Instruments; len(i) != 1 || i[0].InForce || i[0].Short != "UN convention" || i[0].Status == "" {
		t.Errorf("%+v", i)
	}
}

func TestActsAreDoneUnderTheProvisionsOfEveryInstrument(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc", "budapest")
	if got, want := law.Terms(nil).Acts[mla.ReasonsGiven], []string{"uncc 40(25)", "budapest 27(7)"}; !slices.Equal(got, want) {
		t.Errorf("reasons are given under %v, want %v", got, want)
	}
	beside := law.Terms(y("pair.other_mla_treaty"))
	if got := beside.Acts[mla.ReasonsGiven]; got != nil {
		t.Errorf("beside another treaty reasons are given under %v", got)
	}
	if got, want := beside.Acts[mla.DualCriminalityTested], []string{"uncc 35(3)", "budapest 25(5)"}; !slices.Equal(got, want) {
		t.Errorf("dual criminality is tested under %v, want %v", got, want)
	}
}

func TestReasonsAreOwedForPostponingInOneOnly(t *testing.T) {
	for instrument, want := range map[string][]mla.Outcome{"uncc": {mla.Refused}, "budapest": {mla.Refused, mla.Postponed}} {
		if got := lawOf(t, "cassia", "alder", instrument).Terms(nil).Reasons.Outcomes; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", instrument, got, want)
		}
	}
}

func TestTermsCannotBeChangedThroughWhatTheyReturn(t *testing.T) {
	law := lawOf(t, "cassia", "alder", "uncc")
	first := law.Terms(nil)
	first.Readers["alder"][mla.Decided][0] = "nobody"
	first.Consultation.Grounds[0] = "nothing"
	first.Reasons.Outcomes[0] = "nothing"
	first.Acts[mla.Decided][0] = "nothing"
	delete(first.Authorisation, mla.Produce)
	second := law.Terms(nil)
	if second.Readers["alder"][mla.Decided][0] == "nobody" || second.Consultation.Grounds[0] == "nothing" ||
		second.Reasons.Outcomes[0] == "nothing" || second.Acts[mla.Decided][0] == "nothing" || second.Authorisation[mla.Produce].Authority == "" {
		t.Error("the law shares what it returned")
	}
}

func TestOnlyACaseOfItsOwnGivesThePowerToPostpone(t *testing.T) {
	for instrument, want := range map[string][]string{"uncc": {"uncc/40(27)"}, "budapest": {"budapest/27(5)"}} {
		law := lawOf(t, "cassia", "alder", instrument)
		if got := law.Terms(nil).Postponement; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", instrument, got, want)
		}
		if got := law.Terms(y("pair.other_mla_treaty")).Postponement; got != nil {
			t.Errorf("%s beside another treaty: %v", instrument, got)
		}
	}
}
