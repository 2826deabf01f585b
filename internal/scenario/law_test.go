package scenario_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// shippedLaw lets the law that comes with the software vouch for the words of a case.
type shippedLaw struct{ *policies.Bundle }

func (l shippedLaw) CheckState(s mla.State) error { _, err := l.State(s); return err }

func (l shippedLaw) CheckInstrument(id string) error { _, err := l.Instrument(id); return err }

func lawOf(t testing.TB) shippedLaw {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return shippedLaw{b}
}

func shipped(t testing.TB) []*scenario.Case {
	t.Helper()
	cases, err := scenario.Shipped(lawOf(t))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// An author's expectation of the law is checked against the law itself, on what the central authority knows when it has
// read the letter and its own files, and on what is stipulated.
func TestTheLawSaysWhatTheAuthorsExpect(t *testing.T) {
	law := lawOf(t)
	for _, c := range formal(t) {
		for _, regime := range c.Regimes {
			t.Run(c.ID+" under "+regime, func(t *testing.T) {
				want := c.Expect[regime]
				method := c.Script[mla.QDecide][0].(mla.DecideAnswer).Method
				known := assess(t, law, c, regime, c.Stated().With(c.Known()[mla.CentralAuthority]), method)
				stipulated := assess(t, law, c, regime, c.Stipulated(), mla.ByConduct)
				compareTest(t, "known", want.DualCriminality, known.test)
				compareTest(t, "stipulated", want.DualCriminalityStipulated, stipulated.test)
				for _, g := range want.Grounds {
					f, ok := known.findings[g.Rule]
					if !ok {
						t.Errorf("%s is not among the findings on scope and admissibility", g.Rule)
						continue
					}
					got := scenario.GroundExpectation{Rule: g.Rule, Effect: f.Effect, Holds: f.Holds, OnStipulated: stipulated.findings[g.Rule].Holds, Raised: raised(c, f)}
					if diff := cmp.Diff(g, got); diff != "" {
						t.Errorf("%s (-expected +the law)\n%s", g.Rule, diff)
					}
				}
			})
		}
	}
}

// A ground that is open on what is stipulated is what a case is about, so the author must have said so.
func TestNoOpenGroundIsLeftUnmentioned(t *testing.T) {
	law := lawOf(t)
	for _, c := range formal(t) {
		for _, regime := range c.Regimes {
			mentioned := func(rule string) bool {
				return slices.ContainsFunc(c.Expect[regime].Grounds, func(g scenario.GroundExpectation) bool { return g.Rule == rule })
			}
			for _, facts := range []mla.Facts{c.Stipulated(), c.Stated().With(c.Known()[mla.CentralAuthority])} {
				for rule, f := range assess(t, law, c, regime, facts, mla.ByConduct).findings {
					if f.Open() && !mentioned(rule) {
						t.Errorf("%s under %s: %s is open and the expectations do not mention it", c.ID, regime, rule)
					}
				}
			}
		}
	}
}

// firsts are cases in which nothing is unknown for want of facts: what the officer overlooks is overlooked, not missing.
var firsts = []string{"honest", "honest-findings", "g01", "g02", "g03", "g11", "g11-false", "g12", "g27", "g28", "g29"}

func TestNothingIsUnknownInTheFirstCases(t *testing.T) {
	law, seen := lawOf(t), 0
	defer func() {
		if seen != len(firsts) {
			t.Errorf("%d of %v were looked at", seen, firsts)
		}
	}()
	for _, c := range shipped(t) {
		if !slices.Contains(firsts, c.ID) {
			continue
		}
		seen++
		for _, regime := range c.Regimes {
			known := c.Stated().With(c.Known()[mla.CentralAuthority])
			for _, stage := range mla.Stages {
				facts := known
				if stage == mla.StagePreservation {
					if !c.Request.Preserve {
						continue
					}
					facts = c.Stated().With(c.Script[mla.QPreservation][0].When().Learns)
				}
				for name, facts := range map[string]mla.Facts{"known": facts, "stipulated": c.Stipulated()} {
					a := assessStage(t, law, c, regime, stage, facts, mla.ByConduct)
					for _, f := range a.Findings {
						if f.Holds == mla.Unknown {
							t.Errorf("%s under %s: %s is unknown on the %s facts for want of %v", c.ID, regime, f.Rule, name, f.Missing)
						}
					}
				}
			}
		}
	}
}

// An offence and its maximum are those of the requesting State's own law, so that the letters of the shipped cases do not
// lie about the law by mistake.
func TestLettersStateTheMaximumOfTheirOwnLaw(t *testing.T) {
	law := lawOf(t)
	for _, c := range shipped(t) {
		s, err := law.State(c.Requesting)
		if err != nil {
			t.Fatal(err)
		}
		letters := []mla.Offence{c.Request.Offence}
		for _, a := range c.Script[mla.QRetry] {
			if r := a.(mla.RetryAnswer); r.Relabel != "" {
				letters = append(letters, mla.Offence{Label: r.Relabel, MaxPenaltyYears: r.MaxPenaltyYears})
			}
		}
		for _, l := range letters {
			i := slices.IndexFunc(s.Offences, func(o *policies.StateOffence) bool { return o.Label == l.Label })
			if i < 0 || s.Offences[i].MaxPenaltyYears != l.MaxPenaltyYears {
				t.Errorf("%s: %s has no %s with %d years", c.ID, c.Requesting, l.Label, l.MaxPenaltyYears)
			}
		}
	}
}

// formal are the cases in which a State is asked. Elsewhere nobody decides on grounds, unless a safeguard has it done.
func formal(t testing.TB) []*scenario.Case {
	return slices.DeleteFunc(shipped(t), func(c *scenario.Case) bool { return c.Request.Channel != mla.Formal })
}

type answers struct {
	findings map[string]mla.Finding
	test     mla.DualCriminality
}

func assess(t *testing.T, law shippedLaw, c *scenario.Case, regime string, facts mla.Facts, method mla.Method) answers {
	t.Helper()
	out := answers{findings: map[string]mla.Finding{}}
	for _, stage := range []mla.Stage{mla.StageScope, mla.StageAdmissibility} {
		a := assessStage(t, law, c, regime, stage, facts, method)
		for _, f := range a.Findings {
			out.findings[f.Rule] = f
		}
		out.test = a.DualCriminality
	}
	return out
}

func assessStage(t *testing.T, law shippedLaw, c *scenario.Case, regime string, stage mla.Stage, facts mla.Facts, method mla.Method) mla.Assessment {
	t.Helper()
	l, err := law.Law(policies.Pair{Instruments: []string{regime}, Requesting: c.Requesting, Requested: c.Requested})
	if err != nil {
		t.Fatal(err)
	}
	return l.Assess(stage, c.Request, facts, method)
}

// raised is whether the script's decision raises a finding that is open on the known facts, or the finding is a gate that
// closes by itself.
func raised(c *scenario.Case, f mla.Finding) bool {
	if f.Effect == mla.Gate && f.Reading != mla.Contested && f.Holds == mla.No {
		return true
	}
	return slices.Contains(c.Script[mla.QDecide][0].(mla.DecideAnswer).Raises, f.Rule) && f.Open()
}

func compareTest(t *testing.T, facts string, want, got mla.DualCriminality) {
	t.Helper()
	for _, x := range []struct {
		name      string
		want, got string
	}{
		{"required", string(want.Required), string(got.Required)},
		{"method", string(want.Method), string(got.Method)},
		{"met", string(want.Met), string(got.Met)},
		{"by_label", string(want.ByLabel), string(got.ByLabel)},
		{"by_conduct", string(want.ByConduct), string(got.ByConduct)},
	} {
		if x.want != "" && x.want != x.got {
			t.Errorf("dual criminality on the %s facts: %s is %s, expected %s", facts, x.name, x.got, x.want)
		}
	}
}

// diffCases compares two cases, every value included.
func diffCases(a, b *scenario.Case) string { return cmp.Diff(a, b, cmp.AllowUnexported(mla.Value{})) }
