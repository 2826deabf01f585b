package policies_test

import (
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// The cast of the scenario cards: what their table says of a State, its file has.
func TestEachStateOfTheCastIsAsItsAttributesSay(t *testing.T) {
	b := shippedBundle(t)
	for id, is := range map[mla.State]func(s *policies.StateLaw) bool{
		"alder": func(s *policies.StateLaw) bool {
			return s.Authorisation[mla.Search].Independent && !s.Authorisation[mla.Produce].Independent && s.Staff.DaysToDecide >= 120
		},
		"birch": func(s *policies.StateLaw) bool {
			return s.Authorisation[mla.Produce].Independent && s.Staff.Officers == 6
		},
		"cassia": func(s *policies.StateLaw) bool {
			return noneIndependent(s) && s.Authorisation[mla.Search].Authority == "prosecutor"
		},
		"dogwood": func(s *policies.StateLaw) bool {
			return noneIndependent(s) && hasOffence(s, "undermining-digital-order", 6)
		},
		"elm": func(s *policies.StateLaw) bool {
			return s.Staff.Officers == 2 && !s.Staff.Trained && s.Reserved && slices.Contains(s.RequiredFor, mla.Produce)
		},
		"fern": func(s *policies.StateLaw) bool { return noneIndependent(s) && s.Staff.DaysToDecide <= 10 },
		"gorse": func(s *policies.StateLaw) bool {
			return !slices.ContainsFunc(mla.Measures, func(m mla.Measure) bool { return !s.Authorisation[m].Independent }) && s.Secrecy.Days == 90 && s.Challenge.Stays
		},
	} {
		s, err := b.State(id)
		if err != nil {
			t.Fatal(err)
		}
		if !is(s) {
			t.Errorf("%s is not as the cast has it: %+v", id, s)
		}
		page, err := b.Explain(string(id), "")
		if err != nil {
			t.Fatal(err)
		}
		p := page.State
		if p == nil || len(p.Attributes) < 3 || len(p.Offences) < 3 || len(p.Authorities) < len(mla.Measures) || len(p.Records[mla.Auditor]) == 0 ||
			p.Staff.Officers == 0 || p.Practice.PatienceDays == 0 || p.Secrecy.Basis == "" || len(page.Provisions) == 0 {
			t.Errorf("the page of %s lacks something: %+v", id, p)
		}
		for _, a := range p.Attributes {
			if every := strings.HasPrefix(a, "A prosecutor signs every measure"); every && !noneIndependent(s) {
				t.Errorf("%s says: %s", id, a)
			}
			if strings.Contains(a, "obliges it to refuse") && !slices.ContainsFunc(s.Overlay, func(r *policies.Rule) bool { return r.Effect == mla.MustRefuse }) {
				t.Errorf("%s says: %s", id, a)
			}
		}
		for _, o := range p.Offences {
			if o.InWords == "" || o.Elements == "" || o.MaxPenaltyYears == 0 {
				t.Errorf("%s: %+v", id, o)
			}
		}
	}
	// Of one article of a State's law there is the article, and not the State over again.
	if page, err := b.Explain("birch", "press act 2"); err != nil || page.State != nil || len(page.Provisions) != 1 {
		t.Errorf("%v, %d provisions, %v", err, len(page.Provisions), page.State)
	}
}

func noneIndependent(s *policies.StateLaw) bool {
	return !slices.ContainsFunc(mla.Measures, func(m mla.Measure) bool { return s.Authorisation[m].Independent })
}

func hasOffence(s *policies.StateLaw, label string, years int) bool {
	return slices.ContainsFunc(s.Offences, func(o *policies.StateOffence) bool { return o.Label == label && o.MaxPenaltyYears == years })
}
