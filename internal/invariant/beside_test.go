package invariant

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
)

// firm is a provider that keeps a register.
const firm mla.State = "firm"

var packet = mla.InformationSharedBody{Evidence: mla.Evidence{ID: "e1", Scope: narrow}, Why: "of use to you"}

// gate is a decision on what nobody asked for.
func gate(o mla.Outcome, grounds ...mla.Ground) entry {
	d := mla.DecidedBody{Outcome: o, Grounds: grounds, Final: true}
	if o.Grants() {
		d.Scope = narrow
	}
	return on(5, alder, mla.CentralAuthority, d)
}

func TestWhatGoesBesideARequestBreaksNothing(t *testing.T) {
	gated := Duties{Reasons: law.Reasons, Consultation: law.Consultation, Gated: true}
	asked := mla.DisclosureAskedBody{Provider: "Firm", Sender: "a constable"}
	for name, c := range map[string]struct {
		duties Duties
		stream stream
	}{
		"information that nobody asked for, where nothing gates it": {law, mail(1, 6, alder, cassia, packet)},
		"the same, agreed to": {gated, join(stream{gate(mla.Granted)}, mail(1, 6, alder, cassia, packet))},
		"a gate that stays shut owes nobody reasons or consultation":     {gated, stream{gate(mla.Refused, ordrePublic)}},
		"a forged message and its answer, whose other ends are nowhere":  {law, stream{half(mla.Received, 1, 1, asked), half(mla.Sent, 2, 2, mla.DisclosureDeclinedBody{})}},
		"a request made again to another State, under another duty":      {again(), retried(t)},
		"a provider asked by the State it names, and answering that one": {law, join(mail(1, 1, cassia, firm, asked), mail(2, 2, firm, cassia, mla.DisclosureDeclinedBody{}))},
	} {
		t.Run(name, func(t *testing.T) {
			if found := Check(c.duties, c.stream.events()); len(found) > 0 {
				t.Errorf("%v, want nothing", found)
			}
		})
	}
}

func TestPromisesBrokenBesideARequest(t *testing.T) {
	gated := Duties{Gated: true}
	asked := mla.DisclosureAskedBody{Provider: "Firm", Sender: "a constable"}
	for name, c := range map[string]struct {
		duties    Duties
		stream    stream
		invariant int
	}{
		"information leaves without the agreement owed":          {gated, mail(1, 6, alder, cassia, packet), 1},
		"information leaves although the gate was shut":          {gated, join(stream{gate(mla.Refused, ordrePublic)}, mail(1, 6, alder, cassia, packet)), 1},
		"a gate is shut without a ground":                        {gated, stream{gate(mla.Refused)}, 3},
		"a request made again is refused without reasons":        {law, retried(t), 3},
		"the answer to a genuine message is lost":                {law, join(mail(1, 1, cassia, firm, asked), stream{half(mla.Sent, 2, 2, mla.DisclosureDeclinedBody{})}), 8},
		"a message between States is received and was not sent":  {law, stream{half(mla.Received, 1, 1, mla.ContactAskedBody{})}, 8},
		"data are produced on the grant of an earlier request":   {law, granted().before(t, mla.Produced, letterAgain()), 1},
		"a departure from an earlier request is named once more": {law, departsLater(t), 2},
	} {
		t.Run(name, func(t *testing.T) {
			if got := broken(Check(c.duties, c.stream.events())); !slices.Contains(got, c.invariant) {
				t.Errorf("broken: %v, want %d", got, c.invariant)
			}
		})
	}
}

// half is one end of a message whose other end is on no log.
func half(p mla.Passage, link, n int, b mla.Body) entry {
	e := on(n, firm, mla.Provider, b)
	e.Passage, e.link = p, link
	if p == mla.Received {
		e.Message = "c1/elm/1048576"
	}
	return e
}

// letterAgain is the first letter of a second request, as it arrives.
func letterAgain() entry {
	return on(0, alder, mla.CentralAuthority, mla.RequestSubmittedBody{Request: mla.Request{Reference: "c1/2", Scope: wide}, Submission: 1})
}

// retried is a request made again, of a State that refuses it without giving reasons.
func retried(t *testing.T) stream {
	t.Helper()
	return join(
		mail(1, 1, cassia, alder, mla.RequestSubmittedBody{Request: mla.Request{Reference: "c1/2", Scope: wide}, Submission: 1}),
		mail(2, 9, alder, cassia, mla.DecidedBody{Outcome: mla.Refused, Grounds: []mla.Ground{persecution}, Final: true}),
	)
}

// again are the duties of the case, and none on the request made again.
func again() Duties {
	d := law
	d.Again = map[string]Duties{"c1/2": {}}
	return d
}

// departsLater names on a second request a departure that only the first had.
func departsLater(t *testing.T) stream {
	t.Helper()
	holds := assessed(0, mla.StageAdmissibility, nil, finding(persecution, mla.MustRefuse, mla.Yes))
	first := granted().before(t, mla.Decided, holds).before(t, mla.Decided, letterAgain())
	return edited(t, first, alder, func(b *mla.DecidedBody) { b.Departures = []mla.Ground{persecution} })
}

// A secret keeps to the law of the request that it was imposed on, and to none that was promised before the law changed.
func TestASecretIsJudgedByTheLawOfItsRequest(t *testing.T) {
	opens := Duties{Unseals: true}
	second := granted().before(t, mla.ConfidentialityImposed, letterAgain())
	later := granted().before(t, mla.ConfidentialityLifted, letterAgain())
	changed := granted().before(t, mla.ConfidentialityLifted, on(0, alder, mla.CentralAuthority, mla.LawChangedBody{State: alder}))
	for name, c := range map[string]struct {
		first, again Duties
		stream       stream
		broken       bool
	}{
		"the second request has it opened, and it stays sealed":       {again: opens, stream: second, broken: true},
		"only the first request has it opened":                        {first: opens, stream: second},
		"it was imposed on the first request, which has it opened":    {first: opens, stream: later, broken: true},
		"it was imposed on the first request, which does not":         {again: opens, stream: later},
		"the law that had it opened was changed before it was lifted": {first: opens, stream: changed},
	} {
		c.first.Again = map[string]Duties{"c1/2": c.again}
		if got := slices.Contains(broken(Check(c.first, c.stream.events())), 6); got != c.broken {
			t.Errorf("%s: a promise about secrets is broken: %v, want %v", name, got, c.broken)
		}
	}
}
