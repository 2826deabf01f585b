package docket

import (
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/report"
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

// first leaves out what belongs to a request that was made again: another State's log, and what the State asked first did
// on another letter.
func first(events []mla.Event, requested mla.State) []mla.Event {
	var out []mla.Event
	letter, over := "", false
	for _, e := range events {
		if b, ok := e.Body.(mla.RequestSubmittedBody); ok && e.Party == requested {
			over = over || letter != "" && b.Request.Reference != letter
			letter = b.Request.Reference
		}
		if e.Party == requested && !over {
			out = append(out, e)
		}
	}
	return out
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

// ofStates leaves out what a provider's register holds: its sheets are the provider's alone to read, and no State's
// auditor has access to them.
func ofStates(all []measure.Sighting) []measure.Sighting {
	var out []measure.Sighting
	for _, s := range all {
		if len(s.Cover.Readers) != 1 || s.Cover.Readers[0] != mla.Provider {
			out = append(out, s)
		}
	}
	return out
}
