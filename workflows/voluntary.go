package workflows

import (
	"slices"
	"strings"
	"time"

	"rogatory/activities"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// invented is the number, which no log reaches, from which a forger counts the messages that nobody sent.
const invented = 1 << 20

// approach is a message to a provider in another State that asks for data without an order. A forged one is on no State's
// log: what the provider receives then names a message that nobody sent.
func (c *Case) approach(k Clerk) {
	for {
		a, ok := c.ask(k, c.requesting, mla.QApproach)
		if !ok {
			return
		}
		m := a.(mla.ApproachAnswer)
		b := mla.DisclosureAskedBody{
			Provider: c.request.Provider, Emergency: m.Emergency, Claim: m.Claim, Sender: m.Sender, Scope: c.request.Scope,
		}
		register := c.register()
		if !m.Forged {
			c.requesting.notify(k, mla.RequestingAuthority, b, register, mla.Provider)
			continue
		}
		named := mla.EventID(c.in.Case, c.requesting.state, invented+len(c.forged))
		c.forged = append(c.forged, named)
		got := register.write(k, mla.Provider, b, named, mla.Received, nil)
		register.box = append(register.box, got)
	}
}

// voluntary is the provider's own decision (no instrument here speaks of it). What it hands over without an order goes by
// every authority of its State, unless parity of channels has it gated, or looked at afterwards where life is said to be
// in danger.
func (c *Case) voluntary(k Clerk) {
	us := c.register()
	for us.await(k, never, nil, mla.DisclosureAsked) {
		asked, message := us.taken.Body.(mla.DisclosureAskedBody), us.taken.Message
		a, ok := us.ask(k, mla.QDisclose, never, nil)
		if !ok {
			return
		}
		d := a.(mla.DiscloseAnswer)
		why := d.Why
		if d.Discloses && (d.Checks || c.terms.Channels.CallBack) {
			switch genuine := c.checkSender(k, asked.Sender); {
			case genuine == mla.No:
				d.Discloses, why = false, "the message does not come from whom it names"
			case genuine == mla.Unknown && c.terms.Channels.CallBack:
				d.Discloses, why = false, "nobody could confirm who asks"
			}
		}
		scope := asked.Scope
		if d.Discloses && !asked.Emergency {
			if _, scope, ok = c.gate(k, false); !ok {
				d.Discloses, why = false, "the central authority of its State did not agree"
			}
		}
		if !d.Discloses {
			c.replyTo(k, message, mla.DisclosureDeclinedBody{Why: why})
			continue
		}
		id := us.number("evidence")
		r := us.act(k, activities.Transmit, id, asked.Sender, scope, d.Records)
		e := mla.Evidence{ID: id, Scope: scope, Records: d.Records, Hash: r.Hash}
		c.replyTo(k, message, mla.VoluntaryDisclosedBody{Evidence: e, Emergency: asked.Emergency, Claim: asked.Claim, To: asked.Sender})
		if c.terms.Channels.Gated {
			us.notify(k, mla.Provider, mla.StateNotifiedBody{State: c.requested.state, As: "host"}, c.requested, mla.CentralAuthority)
		}
		if hours := c.terms.Channels.ValidationHours; asked.Emergency && hours > 0 {
			deadline := k.Now().Add(time.Duration(hours) * time.Hour)
			k.Open(func(k Clerk) { c.validate(k, deadline, scope) })
		}
	}
}

// replyTo answers whoever wrote. The answer to a forged message leaves, and arrives with no State.
func (c *Case) replyTo(k Clerk, message string, b mla.Body) {
	us := c.register()
	if !slices.Contains(c.forged, message) {
		us.notify(k, mla.Provider, b, c.requesting, mla.RequestingAuthority)
		return
	}
	us.write(k, mla.Provider, b, mla.EventID(c.in.Case, us.state, us.sequence), mla.Sent, nil)
}

// checkSender looks the sender up and calls back. The State named is told of a false one where senders are authenticated,
// or where the provider does so by itself.
func (c *Case) checkSender(k Clerk, sender string) mla.Answer {
	us, found, alerts := c.register(), mla.SenderCheckedBody{Sender: sender, Genuine: mla.Unknown}, c.terms.Channels.CallBack
	if a, ok := us.ask(k, mla.QCheckSender, c.requested.patience(k), nil); ok {
		check := a.(mla.CheckSenderAnswer)
		found.How, found.Genuine, alerts = check.How, check.Genuine, alerts || check.Alerts
	}
	us.record(k, mla.Provider, found)
	if found.Genuine == mla.No && alerts {
		us.notify(k, mla.Provider, mla.SenderAlertedBody{Sender: sender, Genuine: found.Genuine}, c.requesting, mla.CentralAuthority)
	}
	return found.Genuine
}

// validate looks afterwards, within a set time, at whether an emergency was real. What nobody has found out by then stays
// unknown; of what was none, the person is told.
func (c *Case) validate(k Clerk, deadline time.Time, scope mla.Scope) {
	us, found := c.requested, mla.EmergencyValidatedBody{Real: mla.Unknown, Reasons: "nobody looked at it in time"}
	if a, ok := us.ask(k, mla.QEmergency, deadline, nil); ok {
		v := a.(mla.EmergencyAnswer)
		found = mla.EmergencyValidatedBody{Real: v.Real, By: v.By, Reasons: v.Reasons}
	}
	us.record(k, mla.Court, found)
	if found.Real == mla.No {
		c.informPerson(k, "validation", scope.Persons)
	}
}

// register is the provider's own log, in its own name. No State's law says who reads it.
func (c *Case) register() *party {
	p := c.party(RegisterOf(c.request.Provider))
	if p.terms == nil {
		p.terms, p.keeper = &policies.Terms{}, mla.Provider
	}
	return p
}

// RegisterOf is the name under which a provider keeps a log of its own: its name in lower case, with hyphens for whatever a
// file's name does not take.
func RegisterOf(provider string) mla.State {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(provider))
	return mla.State(strings.Trim(name, "-"))
}
