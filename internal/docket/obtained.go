package docket

import (
	"slices"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/policies"
)

// obtained is whether data crossed the border, by whatever way, and whether a State decided on it. Of data that nobody
// asked a State for there is no outcome to tell; there is this.
func obtained(events []mla.Event, channel mla.Channel) report.Obtained {
	o := report.Obtained{Channel: channel}
	crossed := func(e mla.Evidence) { o.Data, o.Persons = true, max(o.Persons, e.Scope.Persons) }
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.DecidedBody:
			o.Decided = true
		case mla.ProducedBody:
			if e.Actor.State != e.Party { // an order abroad: the provider hands over across the border
				crossed(b.Evidence)
			}
		case mla.DeliveryUndoneBody:
			o.Undone = true
		case mla.TransmittedBody:
			if e.Passage == mla.Received {
				crossed(b.Evidence)
			}
		case mla.InformationSharedBody:
			crossed(b.Evidence)
		case mla.PoliceSharedBody:
			crossed(b.Evidence)
		case mla.VoluntaryDisclosedBody:
			crossed(b.Evidence)
		case mla.TransborderAccessedBody:
			crossed(b.Evidence)
		case mla.ContactAnsweredBody:
			if b.Evidence != nil {
				crossed(*b.Evidence)
			}
		}
	}
	return o
}

// channel is the way the matter went: under instruments that ask no State, an order straight to a provider.
func channel(c mla.Channel, t policies.Terms) mla.Channel {
	if c == mla.Formal && t.Direct.Only {
		return mla.Direct
	}
	return c
}

// asked is the State that was asked last: of a request made again, how it ended is how the matter ended.
func asked(events []mla.Event, requested mla.State) mla.State {
	for _, e := range events {
		if b, ok := e.Body.(mla.RequestSubmittedBody); ok && e.Passage == mla.Sent {
			requested = b.Request.Requested
		}
	}
	return requested
}

// ofStates leaves out what a provider's register holds.
func ofStates(all []measure.Sighting) []measure.Sighting {
	return slices.DeleteFunc(slices.Clone(all), measure.Sighting.OnRegister)
}
