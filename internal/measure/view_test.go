package measure

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
)

// readBy opens kinds of event on both logs to a role.
func readBy(p play, r mla.Role, kinds ...mla.Kind) play {
	out := slices.Clone(p)
	for i := range out {
		if len(kinds) == 0 || slices.Contains(kinds, out[i].Kind) {
			out[i].Readers = slices.Sorted(slices.Values(append([]mla.Role{r}, out[i].Readers...)))
		}
	}
	return out
}

func result(t *testing.T, rs []Result, id string) Result {
	t.Helper()
	i := slices.IndexFunc(rs, func(r Result) bool { return r.ID == id })
	if i < 0 {
		t.Fatalf("no result for %s", id)
	}
	return rs[i]
}

func TestWhatEachViewSees(t *testing.T) {
	p := readBy(readBy(granted("fraud"), mla.Auditor, mla.Decided), mla.Public, mla.OrderServed)
	events := p.events()
	open := func(v View) (covers int, kinds []mla.Kind) {
		for _, s := range See(events, v) {
			covers++
			if s.Event != nil && !slices.Contains(kinds, s.Cover.Kind) {
				kinds = append(kinds, s.Cover.Kind)
			}
			if s.Event != nil && s.Event.ID() != s.id() {
				t.Errorf("%s: cover %s over event %s", v, s.id(), s.Event.ID())
			}
		}
		return covers, kinds
	}
	for _, v := range []View{Omniscient, AuditorFull} {
		if n, kinds := open(v); n != len(events) || len(kinds) < 15 {
			t.Errorf("%s sees %d of %d events and %d kinds of body", v, n, len(events), len(kinds))
		}
	}
	for v, want := range map[View][]mla.Kind{Auditor: {mla.Decided, mla.OrderServed}, AuditorNone: {mla.OrderServed}} {
		if n, kinds := open(v); n != len(events) || !slices.Equal(kinds, want) {
			t.Errorf("%s sees %d of %d covers and the bodies of %v, want %v", v, n, len(events), kinds, want)
		}
	}
	if n, kinds := open(Public); n != 1 || !slices.Equal(kinds, []mla.Kind{mla.OrderServed}) {
		t.Errorf("the public sees %d events, %v", n, kinds)
	}
}

// Nobody computes a figure from bodies of a case that is sealed to all but its central authorities, except by every key.
// That something never happened, the covers of a whole log tell.
func TestASealedCaseTellsNothingWithoutKeys(t *testing.T) {
	for _, label := range []string{"fraud", csam} {
		p := granted(label)
		for _, r := range All(SeeAll(p.events()), abused()) {
			m := measured(t, r.ID)
			if m.take == nil {
				continue
			}
			if got := r.Reasons[Public]; got != "nothing of the case is seen" {
				t.Errorf("%s for the public: %q", r.ID, got)
			}
			read := slices.ContainsFunc(p, func(e mla.Event) bool { return slices.Contains(m.Needs, e.Kind) })
			about := slices.ContainsFunc(p, func(e mla.Event) bool { return slices.Contains(m.About, e.Kind) })
			if v := r.Values[AuditorNone]; read && about && (v.Defined || v.Lack != CannotTell) {
				t.Errorf("%s without keys: %+v, want that it cannot be told", r.ID, v)
			}
		}
	}
}

// That nothing was kept secret shows on the covers of a whole log; the public, who holds no log, cannot even know that.
func TestCoversTellThatThereIsNone(t *testing.T) {
	rs := All(SeeAll(refused("fraud").events()), abused())
	for _, id := range []string{"G01.IndefiniteShare", "G01.SecretPersonDays", "G03.UnjudgedShare"} {
		r := result(t, rs, id)
		for v, want := range map[View]Lack{AuditorFull: NoneOnRecord, AuditorNone: NoneOnRecord, Public: CannotTell} {
			if got := r.Values[v]; got.Lack != want {
				t.Errorf("%s in the view %s: %+v, want %s", id, v, got, want)
			}
		}
	}
}

func TestACaseWithoutALetterHasNone(t *testing.T) {
	p := play{on(400, cassia, mla.ObservationEndedBody{}), on(400, alder, mla.ObservationEndedBody{})}
	for _, r := range All(SeeAll(p.events()), abused()) {
		if v := r.Values[Omniscient]; v.Lack != NoneOnRecord {
			t.Errorf("%s: %+v, want none on record", r.ID, v)
		}
	}
}

func TestAccessDecidesWhatAnAuditorCanCompute(t *testing.T) {
	sealed := All(SeeAll(granted("fraud").events()), abused())
	opened := All(SeeAll(readBy(granted("fraud"), mla.Auditor, mla.ConfidentialityImposed).events()), abused())
	if got := result(t, sealed, "G01.IndefiniteShare").Views[Auditor]; got != nil {
		t.Errorf("without access: %v, want null", *got)
	}
	if got := result(t, opened, "G01.IndefiniteShare").Views[Auditor]; got == nil || *got != 0.5 {
		t.Errorf("with access to secrets: %v, want 0.5", got)
	}
	if got := result(t, opened, "G01.StandingDays").Views[Auditor]; got != nil {
		t.Errorf("without access to the lifting: %v, want null", *got)
	}
}

// Whoever may read everything computes everything but what compares with the stipulated layer.
func TestAnOpenCaseTellsThePublicAll(t *testing.T) {
	for _, r := range All(SeeAll(readBy(granted("fraud"), mla.Public).events()), abused()) {
		m := measured(t, r.ID)
		for _, v := range []View{AuditorFull, Auditor, AuditorNone, Public} {
			if m.Stipulates && r.Values[v].Lack != NoneOnRecord {
				if r.Views[v] != nil || !strings.Contains(r.Reasons[v], "stipulated") {
					t.Errorf("%s in the view %s: %+v, want that it needs what is stipulated", r.ID, v, r.Values[v])
				}
			} else if d := cmp.Diff(r.Values[Omniscient], r.Values[v]); d != "" {
				t.Errorf("%s in the view %s differs from the omniscient one:\n%s", r.ID, v, d)
			}
		}
	}
}

func TestStipulationReachesTheOmniscientViewAlone(t *testing.T) {
	seen := SeeAll(readBy(granted(csam), mla.Auditor).events())
	with, without := All(seen, abused()), All(seen, nil)
	differ := 0
	for i := range with {
		for _, v := range Views {
			same := cmp.Equal(with[i].Values[v], without[i].Values[v])
			if v != Omniscient && !same {
				t.Errorf("%s in the view %s changes with what is stipulated", with[i].ID, v)
			}
			if v == Omniscient && !same {
				differ++
			}
		}
	}
	if differ < 6 {
		t.Errorf("%d omniscient figures change with what is stipulated, want at least 6", differ)
	}
}

func TestResultsAsJSON(t *testing.T) {
	rs := All(SeeAll(granted("fraud").events()), nil)
	raw, err := json.Marshal(result(t, rs, "G01.IndefiniteShare"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"id":"G01.IndefiniteShare"`, `"value":0.5`, `"unit":"share"`, `"kind":"structural"`, `"reason":""`,
		`"omniscient":0.5`, `"auditor_full":0.5`, `"auditor":null`, `"auditor_none":null`, `"public":null`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s lacks %s", raw, want)
		}
	}
	raw, err = json.Marshal(result(t, rs, "G29.PoliticalPass"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), `"value":null`) || strings.Contains(string(raw), `"reason":""`) {
		t.Errorf("%s: want a null value with its reason", raw)
	}
	var back Result
	if err := json.Unmarshal(raw, &back); err != nil || back.Value != nil || len(back.Views) != len(Views) {
		t.Errorf("read back: %+v, %v", back, err)
	}
}

// names of those who made the claims; a claim of the catalogue names nobody.
var names = regexp.MustCompile(`EFF|HRW|ARTICLE|OHCHR|ICC|Microsoft|Accord|GI-TOC|Amnesty|Privacy International|EDRi|Hanoi|Alder|Cassia`)

func TestEveryMeasureIsDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Measures {
		if seen[m.ID] || !strings.HasPrefix(m.ID, m.Gap+".") || !regexp.MustCompile(`^(G\d\d|Price)$`).MatchString(m.Gap) {
			t.Errorf("measure %q of gap %q is twice there or misnamed", m.ID, m.Gap)
		}
		seen[m.ID] = true
		if !strings.HasPrefix(m.Claim, "Critics say ") || !strings.HasSuffix(m.Claim, ".") || names.MatchString(m.Claim) {
			t.Errorf("%s: claim %q", m.ID, m.Claim)
		}
		if !slices.Contains(Units, m.Unit) || !slices.Contains([]Kind{Structural, Image, Emergent}, m.Kind) {
			t.Errorf("%s: unit %q, kind %q", m.ID, m.Unit, m.Kind)
		}
		if m.Unit == Share && !strings.Contains(m.Formula, ", over ") {
			t.Errorf("%s: formula %q does not say what the share is over", m.ID, m.Formula)
		}
		if made, taken := len(m.From) > 0, len(m.About) > 0; made == taken || taken != (m.take != nil) {
			t.Errorf("%s is either about something or made of others", m.ID)
		}
		for _, k := range m.About {
			if words[k] == "" {
				t.Errorf("%s is about %s, and there is no word for it", m.ID, k)
			}
		}
		if len(m.Articles) == 0 || !slices.Contains(m.Sides, mla.Requested) {
			t.Errorf("%s lacks articles or sides", m.ID)
		}
		for _, id := range m.From {
			if of, ok := ByID(id); !ok || of.take == nil {
				t.Errorf("%s is made of %s, which is not taken from events", m.ID, id)
			}
		}
		for _, a := range m.Articles {
			if !regexp.MustCompile(`^(uncc|budapest|untoc) \d+(\(\w+\))*$`).MatchString(a) {
				t.Errorf("%s: article %q", m.ID, a)
			}
		}
	}
}

func TestByGap(t *testing.T) {
	for n := 1; n <= 48; n++ {
		if gap := fmt.Sprintf("G%02d", n); len(ByGap(gap)) == 0 {
			t.Errorf("%s has no measure", gap)
		}
	}
	if len(ByGap("G99")) != 0 || len(ByGap("G27")) != 5 {
		t.Errorf("G99 has %d measures and G27 %d", len(ByGap("G99")), len(ByGap("G27")))
	}
	if _, ok := ByID("G99.Nothing"); ok {
		t.Error("there is a measure of no gap")
	}
}
