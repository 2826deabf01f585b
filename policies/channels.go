package policies

import "fmt"

// Channels is what safeguards ask of the ways around a request, and of what is kept before one. The zero value is the law
// as it stands: the instruments ask nothing of the kind.
type Channels struct {
	// Gated: what would cross the border without a request is entered on a docket, and the central authority looks at the
	// grounds for refusal before it does.
	Gated bool `json:"gated,omitzero"`
	// ValidationHours is the time within which a claim of emergency is looked at afterwards; 0: nobody does.
	ValidationHours int `json:"validation_hours,omitzero"`
	// CallBack: a sender is checked before anything is handed over, and the State named is told of a false one.
	CallBack bool `json:"call_back,omitzero"`
	// Ledger: refusals are found again by a hash of the conduct, under whatever instrument and in whatever State.
	Ledger bool `json:"ledger,omitzero"`
	// Capped: a preservation that no request has followed is extended at most Renewals times.
	Capped   bool `json:"capped,omitzero"`
	Renewals int  `json:"renewals,omitzero"`
	// LapseNotice: the person is told when such a preservation ends.
	LapseNotice bool `json:"lapse_notice,omitzero"`
	// Defence: a court carries what the defence asks for, and it is preserved at once.
	Defence bool `json:"defence,omitzero"`
}

// readChannels reads what a safeguard sets, and notes each setting.
func readChannels(t fields, set func(term string, value any)) (c Channels) {
	f, ok := t.optionalSub("channels", "gated", "validation_hours", "call_back", "ledger", "renewals", "lapse_notice", "defence")
	if !ok {
		return c
	}
	flag := func(name string) bool {
		if !f.has(name) {
			return false
		}
		v := f.values[name].flag()
		if !v {
			f.values[name].fault("a safeguard takes nothing away", "say "+name+": true, or leave it out")
		}
		set("channels."+name, v)
		return v
	}
	c = Channels{Gated: flag("gated"), CallBack: flag("call_back"), Ledger: flag("ledger"), LapseNotice: flag("lapse_notice"), Defence: flag("defence")}
	if f.has("validation_hours") {
		c.ValidationHours = f.values["validation_hours"].number(24, 8760)
		if c.ValidationHours%24 != 0 {
			f.values["validation_hours"].fault(fmt.Sprintf("%d hours are no whole days", c.ValidationHours), "give a multiple of 24")
		}
		set("channels.validation_hours", c.ValidationHours)
	}
	if f.has("renewals") {
		c.Capped, c.Renewals = true, f.values["renewals"].number(0, 1000)
		set("channels.renewals", c.Renewals)
	}
	return c
}

// with adds what another safeguard asks; where both set a number, contradict has refused the two.
func (c Channels) with(d Channels) Channels {
	out := Channels{
		Gated: c.Gated || d.Gated, ValidationHours: max(c.ValidationHours, d.ValidationHours), CallBack: c.CallBack || d.CallBack,
		Ledger: c.Ledger || d.Ledger, Capped: c.Capped || d.Capped, Renewals: c.Renewals + d.Renewals,
		LapseNotice: c.LapseNotice || d.LapseNotice, Defence: c.Defence || d.Defence,
	}
	if c.Capped && d.Capped {
		out.Renewals = min(c.Renewals, d.Renewals)
	}
	return out
}
