package measure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
)

// golden is a figure worked out by hand, or the lack that takes its place.
type golden struct {
	id   string
	name string
	play play
	st   *Stipulated

	part, of int     // of a defined figure
	number   float64 // where it is not what its statistic makes of the two
	lack     Lack    // else
	because  string  // and a piece of its reason
}

const csam = "child-abuse-material"

func goldens() []golden {
	return slices.Concat(secrecyGoldens(), decisionGoldens(), authorisationGoldens(), minorGoldens(), dualGoldens(), groundGoldens(),
		provideGoldens(), handlingGoldens(), procedureGoldens(), channelGoldens(), afterGoldens())
}

func secrecyGoldens() []golden {
	nothing := granted("fraud").without(mla.ConfidentialityImposed).without(mla.ConfidentialityLifted)
	unended := granted("fraud").without(mla.NeedEnded).without(mla.CaseClosed)
	return []golden{
		{id: "G01.IndefiniteShare", name: "one of two secrets has no end", play: granted("fraud"), part: 1, of: 2},
		{id: "G01.IndefiniteShare", name: "every secret has an end", part: 0, of: 2,
			play: with(granted("fraud"), func(b *mla.ConfidentialityImposedBody) { b.ExpiresAt = until(100) })},
		{id: "G01.IndefiniteShare", name: "nothing was kept secret", play: nothing, lack: NoneOnRecord, because: "no secret"},

		// o1 stands from day 120 to day 400, o2 to day 130.
		{id: "G01.StandingDays", name: "both secrets outlive the need", play: granted("fraud"), part: 280 + 10, of: 2},
		{id: "G01.StandingDays", name: "closing the case stands for an end of need not recorded", part: 340 + 70, of: 2,
			play: granted("fraud").without(mla.NeedEnded)},
		{id: "G01.StandingDays", name: "both secrets are lifted while they are needed", part: 0, of: 2,
			play: with(granted("fraud"), func(b *mla.ObservationEndedBody) { b.Standing = nil }).without(mla.ConfidentialityLifted).and(
				on(110, alder, mla.ConfidentialityLiftedBody{Order: "o1"}), on(111, alder, mla.ConfidentialityLiftedBody{Order: "o2"}))},
		{id: "G01.StandingDays", name: "a secret is imposed after the need ended", part: 280 + 10 + 100, of: 3,
			play: with(granted("fraud"), func(b *mla.ObservationEndedBody) { b.Standing = []string{"o1", "o3"} }).and(
				on(300, alder, mla.ConfidentialityImposedBody{Order: "o3", Persons: 1}))},
		{id: "G01.StandingDays", name: "the need never ended", play: unended, lack: NoneOnRecord, because: "neither the end of its need"},
		{id: "G01.StandingDays", name: "nothing was kept secret", play: nothing, lack: NoneOnRecord, because: "no secret"},
		{id: "G01.StandingDays", name: "a secret has no fate on record", play: granted("fraud").without(mla.ConfidentialityLifted),
			lack: CannotTell, because: "o2 is neither lifted"},
		{id: "G01.SecretPersonDays", name: "seven persons and two", play: granted("fraud"), part: 280*7 + 10*2, of: 2},
		{id: "G01.SecretPersonDays", name: "the need never ended", play: unended, lack: NoneOnRecord, because: "neither the end of its need"},
	}
}

func decisionGoldens() []golden {
	threshold := func(s mla.Seriousness) play {
		return with(granted("fraud"), func(b *mla.AssessedBody) { b.Assessment.Seriousness = s })
	}
	another := func(n int, role mla.Role, stage mla.Stage) mla.Event {
		e := on(n, alder, mla.AssessedBody{Assessment: mla.Assessment{Stage: stage, Seriousness: mla.Seriousness{Required: mla.No}}})
		e.Actor.Role = role
		return e
	}
	return []golden{
		{id: "G02.LabelSerious", name: "protected conduct passes on its penalty", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G02.LabelSerious", name: "conduct that is not protected passes", play: granted("fraud"), part: 0, of: 1,
			st: stipulating(func(s *Stipulated) { s.Truth.ProtectedConduct = &untruly })},
		{id: "G02.LabelSerious", name: "no threshold is asked for", st: abused(), part: 0, of: 1,
			play: threshold(mla.Seriousness{Required: mla.No, RequestingLaw: mla.Yes, BothLaws: mla.Yes})},
		{id: "G02.LabelSerious", name: "no law reaches the threshold", st: abused(), part: 0, of: 1,
			play: threshold(mla.Seriousness{Required: mla.Yes, RequestingLaw: mla.No, BothLaws: mla.No})},
		{id: "G02.LabelSerious", name: "one law does not reach it and the other is unknown", st: abused(), lack: CannotTell, because: "leaves open",
			play: threshold(mla.Seriousness{Required: mla.Yes, RequestingLaw: mla.No, BothLaws: mla.Unknown})},
		{id: "G02.LabelSerious", name: "what was asked later, by another role or for preserving does not count", st: abused(), part: 1, of: 1,
			play: granted("fraud").and(
				another(9, mla.CentralAuthority, mla.StagePreservation), another(9, mla.Court, mla.StageAdmissibility),
				another(15, mla.CentralAuthority, mla.StageAdmissibility))},
		{id: "G02.LabelSerious", name: "whether a threshold applied is unknown", st: abused(), lack: CannotTell, because: "leaves open",
			play: threshold(mla.Seriousness{Required: mla.Unknown, RequestingLaw: mla.Yes})},
		{id: "G02.LabelSerious", name: "protection is not stipulated", play: granted("fraud"), lack: CannotTell, because: "does not stipulate",
			st: stipulating(func(s *Stipulated) { s.Truth.ProtectedConduct = nil })},
		{id: "G02.LabelSerious", name: "nobody asked the law", play: granted("fraud").without(mla.Assessed), st: abused(),
			lack: CannotTell, because: "no assessment"},
		{id: "G02.LabelSerious", name: "the request was refused", play: refused("fraud"), st: abused(), lack: NoneOnRecord, because: "not granted"},
		{id: "G02.LabelSerious", name: "nobody decided", play: granted("fraud").without(mla.Decided), st: abused(),
			lack: NoneOnRecord, because: "no decision"},

		{id: "G11.ResearchReach", name: "a request about a researcher is granted", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G11.ResearchReach", name: "a request about a researcher is refused", play: refused("fraud"), st: abused(), part: 0, of: 1},
		{id: "G11.ResearchReach", name: "the fact goes before the truth file", play: granted("fraud"), lack: NoneOnRecord, because: "trader",
			st: stipulating(func(s *Stipulated) { s.Facts = mla.Facts{"person.role": mla.Word("trader")} })},
		{id: "G11.ResearchReach", name: "the role is not stipulated", play: granted("fraud"), lack: CannotTell, because: "does not stipulate",
			st: stipulating(func(s *Stipulated) { s.Truth.SubjectRole = "" })},
		{id: "G11.ResearchReach", name: "nobody decided", play: granted("fraud").without(mla.Decided), st: abused(),
			lack: NoneOnRecord, because: "no decision"},

		{id: "G29.PoliticalPass", name: "a political request is granted", play: granted("sedition"), st: abused(), part: 1, of: 1},
		{id: "G29.PoliticalPass", name: "a political request is refused", play: refused("sedition"), st: abused(), part: 0, of: 1},
		{id: "G29.PoliticalPass", name: "the purpose is another", play: granted("sedition"), lack: NoneOnRecord, because: "dissent",
			st: stipulating(func(s *Stipulated) { s.Truth.AbuseKind = "dissent" })},
		{id: "G29.PoliticalPass", name: "the request is honest", play: granted("sedition"), lack: NoneOnRecord, because: "improper",
			st: stipulating(func(s *Stipulated) { s.Truth.AbuseKind, s.Truth.Abusive = "", &untruly })},
		{id: "G29.PoliticalPass", name: "the purpose is not stipulated", play: granted("sedition"), lack: CannotTell, because: "does not stipulate",
			st: stipulating(func(s *Stipulated) { s.Truth = Truth{} })},
	}
}

func authorisationGoldens() []golden {
	second := granted("fraud").and(
		on(30, alder, mla.AuthorisationSoughtBody{Authority: "judge", Independent: true}),
		on(31, alder, mla.AuthorisationDecidedBody{Authority: "judge", Independent: true, Ruling: mla.RulingModify, Scope: traffic}),
		on(32, alder, mla.OrderServedBody{Order: "o9", Scope: traffic}),
		on(33, alder, mla.ProducedBody{Order: "o9", Evidence: mla.Evidence{ID: "e2", Scope: traffic}}),
	)
	late := byJudge(mla.RulingGrant).without(mla.OrderServed).and(on(5, alder, mla.OrderServedBody{Order: "o1", Scope: content}))
	return []golden{
		{id: "G03.UnjudgedShare", name: "a prosecutor authorised", play: granted("fraud"), part: 1, of: 1},
		{id: "G03.UnjudgedShare", name: "a judge authorised", play: byJudge(mla.RulingGrant), part: 0, of: 1},
		{id: "G03.UnjudgedShare", name: "a judge narrowed", play: byJudge(mla.RulingModify), part: 0, of: 1},
		{id: "G03.UnjudgedShare", name: "a judge denied and data moved", play: byJudge(mla.RulingDeny), part: 1, of: 1},
		{id: "G03.UnjudgedShare", name: "a judge authorised after the order was served", play: late, part: 1, of: 1},
		{id: "G03.UnjudgedShare", name: "a judge authorised another order", part: 1, of: 1, play: granted("fraud").and(
			on(14, alder, mla.AuthorisationSoughtBody{Authority: "judge", Independent: true}),
			on(15, alder, mla.AuthorisationDecidedBody{Authority: "judge", Independent: true, Ruling: mla.RulingGrant, Scope: traffic}),
			on(16, alder, mla.OrderServedBody{Order: "o5", Scope: traffic}))},
		{id: "G03.UnjudgedShare", name: "one production of two", play: second, part: 1, of: 2},
		{id: "G03.UnjudgedShare", name: "a ruling is missing", play: granted("fraud").without(mla.AuthorisationDecided),
			lack: CannotTell, because: "no ruling"},
		{id: "G03.UnjudgedShare", name: "the service of the order is missing", play: granted("fraud").without(mla.OrderServed),
			lack: CannotTell, because: "service of order o1"},
		{id: "G03.UnjudgedShare", name: "nothing was produced", play: refused("fraud"), lack: NoneOnRecord, because: "no production"},
		{id: "G03.UnjudgedShare.subscriber", name: "subscriber data among others", play: second, part: 1, of: 1},
		{id: "G03.UnjudgedShare.traffic", name: "traffic data by a judge", play: second, part: 0, of: 1},
		{id: "G03.UnjudgedShare.traffic", name: "traffic data by a prosecutor", part: 1, of: 1,
			play: with(granted("fraud"), func(b *mla.ProducedBody) { b.Evidence.Scope = traffic })},
		{id: "G03.UnjudgedShare.traffic", name: "no traffic data", play: granted("fraud"), lack: NoneOnRecord, because: "traffic data"},
		{id: "G03.UnjudgedShare.content", name: "content data by a prosecutor", play: granted("fraud"), part: 1, of: 1},
		{id: "G03.IntrusionUnjudged.subscriber", name: "seven persons", play: second, part: 7, of: 1},
		{id: "G03.IntrusionUnjudged.traffic", name: "three persons, by a judge", play: second, part: 0, of: 1},
		{id: "G03.IntrusionUnjudged.traffic", name: "three persons", part: 3, of: 1,
			play: with(granted("fraud"), func(b *mla.ProducedBody) { b.Evidence.Scope = traffic })},
		{id: "G03.IntrusionUnjudged.content", name: "seven persons", play: granted("fraud"), part: 7, of: 1},
		{id: "G03.IntrusionUnjudged.content", name: "nothing was produced", play: refused("fraud"), lack: NoneOnRecord, because: "no production"},
	}
}

func minorGoldens() []golden {
	adult := stipulating(func(s *Stipulated) { s.Facts = mla.Facts{"person.age": mla.Int(18)} })
	ageless := stipulating(func(s *Stipulated) { s.Truth.Age = nil })
	othersImage := stipulating(func(s *Stipulated) { s.Facts = mla.Facts{"conduct.own_image": mla.Bool(false)} })
	checks := func(words ...string) play {
		return with(granted(csam), func(b *mla.ReviewPerformedBody) { b.Checks = words })
	}
	return []golden{
		{id: "G12.MinorAsSuspect", name: "a minor's own image", play: granted(csam), st: abused(), part: 1, of: 1},
		{id: "G12.MinorAsSuspect", name: "an adult", play: granted(csam), st: adult, part: 0, of: 1},
		{id: "G12.MinorAsSuspect", name: "an adult by the truth file", play: granted(csam), part: 0, of: 1,
			st: stipulating(func(s *Stipulated) { eighteen := 18; s.Truth.Age = &eighteen })},
		{id: "G12.MinorAsSuspect", name: "an image of others by a person of unknown age", play: granted(csam), part: 0, of: 1,
			st: stipulating(func(s *Stipulated) { s.Truth.Age, s.Truth.OwnImage = nil, &untruly })},
		{id: "G12.MinorAsSuspect", name: "the age is not stipulated", play: granted(csam), st: ageless, lack: CannotTell, because: "does not stipulate"},
		{id: "G12.MinorAsSuspect", name: "another label", play: granted("fraud"), st: abused(), lack: NoneOnRecord, because: csam},
		{id: "G12.MinorAsSuspect", name: "the request was refused", play: refused(csam), st: abused(), lack: NoneOnRecord, because: "not granted"},
		{id: "G12.MinorAsSuspect", name: "no letter arrived", play: granted(csam).without(mla.RequestSubmitted), st: abused(),
			lack: NoneOnRecord, because: "no letter"},

		{id: "G12.CopiesMade", name: "one copy with each State", play: granted(csam), st: abused(), part: 2, of: 1},
		{id: "G12.CopiesMade", name: "nothing moved", play: refused(csam), st: abused(), part: 0, of: 1},
		{id: "G12.CopiesMade", name: "data moved unrecorded", play: granted(csam).without(mla.CustodyHandoff), st: abused(),
			lack: CannotTell, because: "no hand-over"},
		{id: "G12.CopiesMade", name: "the image shows others", play: granted(csam), st: othersImage, lack: NoneOnRecord, because: "does not show"},
		{id: "G12.CopiesMade", name: "the age is not stipulated", play: granted(csam), st: ageless, lack: CannotTell, because: "does not stipulate"},
		{id: "G12.CopiesMade", name: "another label", play: granted("fraud"), st: abused(), lack: NoneOnRecord, because: csam},

		{id: "G12.AgeChecked", name: "the age of the person was checked", play: granted(csam), part: 1, of: 1},
		{id: "G12.AgeChecked", name: "Age alone is a word", play: checks("form", "Age"), part: 1, of: 1},
		{id: "G12.AgeChecked", name: "an agency is no age", play: checks("form", "agency's message, average damage"), part: 0, of: 1},
		{id: "G12.AgeChecked", name: "one review of two", part: 1, of: 2,
			play: granted(csam).and(on(8, alder, mla.ReviewPerformedBody{Minutes: 1, Checks: []string{"form"}}))},
		{id: "G12.AgeChecked", name: "nobody reviewed", play: granted(csam).without(mla.ReviewPerformed), lack: NoneOnRecord, because: "no review"},
		{id: "G12.AgeChecked", name: "another label", play: granted("fraud"), lack: NoneOnRecord, because: csam},
	}
}

func dualGoldens() []golden {
	retested := granted("fraud").and(on(8, alder, mla.DualCriminalityTestedBody{Result: mla.DualCriminality{Method: mla.ByConduct, Met: mla.No}}))
	untested := granted("fraud").without(mla.DualCriminalityTested)
	return []golden{
		{id: "G27.FalseDual", name: "passed by its label, and no crime", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G27.FalseDual", name: "passed, and a crime", play: granted("fraud"), part: 0, of: 1,
			st: stipulating(func(s *Stipulated) { s.Truth.CrimeInRequestedByConduct = mla.Yes })},
		{id: "G27.FalseDual", name: "the last test counts", play: retested, st: abused(), part: 1, of: 1},
		{id: "G27.FalseDual", name: "not stipulated", play: granted("fraud"), lack: CannotTell, because: "does not stipulate",
			st: stipulating(func(s *Stipulated) { s.Truth.CrimeInRequestedByConduct = "" })},
		{id: "G27.FalseDual", name: "granted although it failed", play: tested(granted("fraud"), mla.ByConduct, mla.No), st: abused(),
			lack: NoneOnRecord, because: "came out no"},
		{id: "G27.FalseDual", name: "refused", play: refused("fraud"), st: abused(), lack: NoneOnRecord, because: "not granted"},
		{id: "G27.FalseDual", name: "not tested", play: untested, st: abused(), lack: NoneOnRecord, because: "no test"},
		{id: "G27.MethodMix.label", name: "by label", play: granted("fraud"), part: 1, of: 1},
		{id: "G27.MethodMix.label", name: "by both in turn", play: retested, part: 1, of: 2},
		{id: "G27.MethodMix.label", name: "not tested", play: untested, lack: NoneOnRecord, because: "no test"},
		{id: "G27.MethodMix.conduct", name: "by conduct", play: tested(granted("fraud"), mla.ByConduct, mla.No), part: 1, of: 1},
		{id: "G27.MethodMix.conduct", name: "by label", play: granted("fraud"), part: 0, of: 1},
		{id: "G27.MethodMix.none", name: "by no method", play: tested(granted("fraud"), mla.NotTested, mla.Unknown), part: 1, of: 1},
		{id: "G27.MethodMix.none", name: "not tested at all", play: untested, lack: NoneOnRecord, because: "no test"},
		{id: "G27.WaiverRate", name: "granted although it failed", play: tested(granted("fraud"), mla.ByConduct, mla.No), part: 1, of: 1},
		{id: "G27.WaiverRate", name: "refused because it failed", play: tested(refused("fraud"), mla.ByConduct, mla.No), part: 0, of: 1},
		{id: "G27.WaiverRate", name: "passed", play: granted("fraud"), lack: NoneOnRecord, because: "came out yes"},
		{id: "G27.WaiverRate", name: "nobody decided", play: granted("fraud").without(mla.Decided), lack: NoneOnRecord, because: "no decision"},
	}
}

func groundGoldens() []golden {
	findings := func(fs ...mla.Finding) *Stipulated {
		return stipulating(func(s *Stipulated) { s.Findings = append([]mla.Finding{}, fs...) })
	}
	altered := func(change func(f *mla.Finding)) mla.Finding {
		f := openGround
		change(&f)
		return f
	}
	dual := altered(func(f *mla.Finding) { f.Rule = noCrime.Rule })
	preserving := altered(func(f *mla.Finding) { f.Stage = mla.StagePreservation })
	return []golden{
		{id: "G28.Unused", name: "the open ground is not the one considered", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G28.Unused", name: "one open ground of two was considered", play: granted("fraud"), st: findings(preserving, dual, openGround), part: 1, of: 1},
		{id: "G28.Unused", name: "the open ground was considered", play: granted("fraud"), st: findings(dual), part: 0, of: 1},
		{id: "G28.Unused", name: "refused on another ground", play: refused("fraud"), st: abused(), part: 0, of: 1},
		{id: "G28.Unused", name: "no ground is open", play: granted("fraud"), lack: NoneOnRecord, because: "no ground is open",
			st: findings(altered(func(f *mla.Finding) { f.Holds = mla.No }))},
		{id: "G28.Unused", name: "a duty is no ground", play: granted("fraud"), lack: NoneOnRecord, because: "no ground is open",
			st: findings(altered(func(f *mla.Finding) { f.Effect = mla.Must }))},
		{id: "G28.Unused", name: "a ground against preserving is not for this decision", play: granted("fraud"), lack: NoneOnRecord,
			because: "no ground is open", st: findings(preserving)},
		{id: "G28.Unused", name: "whether a ground is open is unknown", play: granted("fraud"), lack: CannotTell, because: "leave open",
			st: findings(altered(func(f *mla.Finding) { f.Holds = mla.Unknown }))},
		{id: "G28.Unused", name: "the law was not asked", play: granted("fraud"), lack: CannotTell, because: "not asked",
			st: stipulating(func(s *Stipulated) { s.Findings = nil })},
		{id: "G28.Unused", name: "nobody decided", play: granted("fraud").without(mla.Decided), st: abused(), lack: NoneOnRecord, because: "no decision"},
		{id: "G28.StepsToRefuse", name: "consult, refuse, give reasons; what the postponement took is not counted", play: refused("fraud"), part: 3, of: 1},
		{id: "G28.StepsToRefuse", name: "reasons that no article demands", part: 2, of: 1,
			play: refused("fraud").without(mla.ReasonsGiven).and(on(60, alder, mla.ReasonsGivenBody{Outcome: mla.Refused}))},
		{id: "G28.StepsToRefuse", name: "granted", play: granted("fraud"), lack: NoneOnRecord, because: "another: granted"},
		{id: "G28.StepsToGrant", name: "one word", play: granted("fraud"), part: 1, of: 1},
		{id: "G28.StepsToGrant", name: "refused", play: refused("fraud"), lack: NoneOnRecord, because: "another: refused"},
		{id: "G28.StepsToGrant", name: "nobody decided", play: granted("fraud").without(mla.Decided), lack: NoneOnRecord, because: "no decision"},
	}
}

// near allows for the last bits of a fraction.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }

// expected is the figure: what the statistic makes of the two parts, unless it is given.
func (g golden) expected(m Measure) float64 {
	number := g.number
	if number == 0 {
		number = float64(g.part)
		if f := m.Statistic.form; f == ratio || f == standing || f == reached {
			number /= float64(g.of)
		}
		if m.Statistic.scale != 0 {
			number *= m.Statistic.scale
		}
	}
	return number
}

func TestFiguresWorkedOutByHand(t *testing.T) {
	for _, g := range goldens() {
		t.Run(g.id+"/"+g.name, func(t *testing.T) {
			v := measured(t, g.id).Compute(See(g.play.events(), Omniscient), g.st)
			if g.lack != "" {
				if v.Defined || v.Lack != g.lack || !strings.Contains(v.Reason, g.because) || v.Figure() != nil {
					t.Fatalf("got %+v, want %s because of %q", v, g.lack, g.because)
				}
				return
			}
			number := g.expected(measured(t, g.id))
			if !v.Defined || v.Numerator != g.part || v.Denominator != g.of || !near(v.Number, number) || *v.Figure() != v.Number {
				t.Fatalf("got %+v, want %v, %d over %d", v, number, g.part, g.of)
			}
			if v.Cases != 1 || v.Interval != nil || v.Rests != len(v.Events) {
				t.Errorf("%+v: want one case, no interval and every event", v)
			}
			if v.Number != 0 && len(v.Events) == 0 {
				t.Error("the figure rests on no event")
			}
		})
	}
}

func TestEveryMeasureHasGoldens(t *testing.T) {
	defined := map[string]int{}
	for _, g := range goldens() {
		if g.lack == "" {
			defined[g.id]++
		}
	}
	for _, d := range derivedGoldens() {
		defined[d.id]++
	}
	for _, d := range runGoldens() {
		defined[d.id]++
	}
	for _, m := range Measures {
		if defined[m.ID] == 0 {
			t.Errorf("%s has no figure worked out by hand", m.ID)
		}
	}
}

func measured(t *testing.T, id string) Measure {
	t.Helper()
	m, ok := ByID(id)
	if !ok {
		t.Fatalf("there is no measure %s", id)
	}
	return m
}
