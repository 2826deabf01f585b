package invariant

import (
	"slices"
	"strings"
	"testing"

	"rogatory/internal/mla"
)

// abroad is an order of Cassia's own to a provider in Alder: Alder is told, objects after delivery, and the delivery is undone.
func abroad() stream {
	order := letter
	order.Channel = mla.Direct
	e := mla.Evidence{ID: "e1", Scope: narrow, Records: 4, Hash: "h"}
	return join(
		stream{
			on(0, cassia, mla.RequestingAuthority, mla.RequestDraftedBody{Request: order}),
			on(0, cassia, mla.RequestingAuthority, mla.AuthorisationSoughtBody{Stage: mla.StageExecution, Measure: mla.Produce, Scope: wide, Authority: "judge"}),
			on(1, cassia, mla.Court, mla.AuthorisationDecidedBody{Stage: mla.StageExecution, Authority: "judge", Ruling: mla.RulingModify, Scope: narrow}),
			on(1, cassia, mla.RequestingAuthority, mla.OrderServedBody{Order: "o1", Provider: "Quillmail", Measure: mla.Produce, Scope: narrow}),
		},
		mail(1, 1, cassia, alder, mla.StateNotifiedBody{State: alder, As: "enforcing", Request: order, Facts: stated}),
		stream{
			on(2, cassia, mla.Provider, mla.ProducedBody{Order: "o1", Evidence: e}),
			assessed(4, mla.StageAdmissibility, mla.Facts{"person.age": mla.Int(30), "request.category": mla.Word("traffic")}, finding(persecution, mla.MayRefuse, mla.Yes)),
		},
		mail(2, 4, alder, cassia, mla.StateObjectedBody{Objects: true, Grounds: []mla.Ground{persecution}}),
		mail(3, 6, cassia, alder, mla.DeliveryUndoneBody{Evidence: "e1"}),
		ending(60, nil),
	)
}

// first has the order go ahead of its validation.
func first(t *testing.T, ruling mla.Ruling) stream {
	s := abroad().without(t, cassia, mla.AuthorisationSought).without(t, cassia, mla.AuthorisationDecided)
	s = s.after(t, mla.OrderServed, on(0, cassia, mla.RequestingAuthority, mla.AuthorisationSoughtBody{Stage: mla.StageAfter, Authority: "judge", Scope: narrow}))
	b := mla.AuthorisationDecidedBody{Stage: mla.StageAfter, Authority: "judge", Ruling: ruling}
	if ruling != mla.RulingDeny {
		b.Scope = narrow
	}
	return s.after(t, mla.Produced, on(0, cassia, mla.Court, b))
}

func TestAGatedOrderAbroadWaitsForTheStateWhereTheProviderIs(t *testing.T) {
	gated := Duties{Gated: true}
	order := func(answer ...mla.StateObjectedBody) stream {
		s := abroad().without(t, cassia, mla.DeliveryUndone).without(t, alder, mla.DeliveryUndone)
		for _, b := range []mla.State{cassia, alder} {
			s[s.find(t, b, mla.StateNotified, 0)].Body = mla.StateNotifiedBody{State: alder, As: "host"}
			s = s.without(t, b, mla.StateObjected)
		}
		for i, b := range answer {
			s = append(mail(9+i, -1, alder, cassia, b), s...)
		}
		return s
	}
	broken := func(s stream) bool {
		return slices.ContainsFunc(Check(gated, s.events()), func(v Violation) bool {
			return v.Invariant == 1 && strings.Contains(v.Says, "agreement of the State")
		})
	}
	for name, c := range map[string]struct {
		stream stream
		want   bool
	}{
		"nobody has answered":        {order(), true},
		"that State has said no":     {order(mla.StateObjectedBody{Objects: true}), true},
		"that State has agreed":      {order(mla.StateObjectedBody{}), false},
		"the instrument has it told": {abroad(), false},
	} {
		if got := broken(c.stream); got != c.want {
			t.Errorf("%s: broken %t, want %t", name, got, c.want)
		}
	}
}

func TestAnOrderAbroadIsHeldToItsOwnAuthorisation(t *testing.T) {
	late := func(ruling mla.Ruling) stream {
		s := first(t, ruling)
		i, j := s.find(t, cassia, mla.Produced, 0), s.find(t, cassia, mla.AuthorisationDecided, 0)
		s[i], s[j] = s[j], s[i]
		return s
	}
	other := abroad()
	i := other.find(t, alder, mla.StateNotified, 0)
	other[i].Body = mla.StateNotifiedBody{State: alder, As: "host"}
	for name, c := range map[string]struct {
		stream stream
		want   []int // promises broken
	}{
		"authorised before":                        {abroad(), nil},
		"validated after delivery":                 {first(t, mla.RulingGrant), nil},
		"validation refused after delivery":        {first(t, mla.RulingDeny), nil},
		"produced although validation was refused": {late(mla.RulingDeny), []int{1}},
		"no authorisation sought":                  {abroad().without(t, cassia, mla.AuthorisationSought).without(t, cassia, mla.AuthorisationDecided), []int{1}},
		"not yet ruled on":                         {abroad().without(t, cassia, mla.AuthorisationDecided), []int{1}},
		"not an order, and no decision":            {edited(t, abroad(), cassia, func(b *mla.RequestDraftedBody) { b.Request.Channel = mla.Formal }), []int{1}},
		"more produced than authorised":            {edited(t, abroad(), cassia, func(b *mla.ProducedBody) { b.Evidence.Scope = wide }), []int{5}},
		"the notice says another thing on arrival": {other, []int{4, 8}},
		"the notice is never received":             {abroad().without(t, alder, mla.StateNotified), []int{4, 8}},
		"a third State receives what nobody sent":  {join(abroad(), mail(9, 7, cassia, "gorse", mla.OnwardTransferredBody{})[1:]), []int{8}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []int
			for _, v := range Check(law, c.stream.events()) {
				if !slices.Contains(got, v.Invariant) {
					got = append(got, v.Invariant)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("promises %v broken, want %v: %v", got, c.want, Check(law, c.stream.events()))
			}
		})
	}
}
