package history

import (
	"fmt"
	"slices"

	"rogatory/activities"
	"rogatory/internal/audit"
	"rogatory/internal/mla"
)

// comparison is an audit.Comparison being made.
type comparison struct{ audit.Comparison }

// Compare sets a history against its replay and against the logs of its case. What is sealed to the clearance is compared
// by its cover.
func Compare(h *History, c *audit.Case) (audit.Comparison, error) {
	digest, err := h.Digest()
	if err != nil {
		return audit.Comparison{}, err
	}
	replay, err := h.Replay()
	if err != nil {
		return audit.Comparison{}, err
	}
	o := comparison{audit.Comparison{
		Case: h.Input.Case, Digest: digest, Finished: h.Finished, Replayed: len(replay.Events), Acts: len(h.Acts),
		Differences: []audit.Difference{}, Fault: replay.Fault,
	}}
	told := h.Appended()
	o.History = len(told)
	o.replayed(told, replay)
	o.logged(h, told, c)
	o.acts(h, c)
	return o.Comparison, nil
}

func (o *comparison) add(id string, k mla.Kind, format string, args ...any) {
	o.Differences = append(o.Differences, audit.Difference{Event: id, Kind: k, Says: fmt.Sprintf(format, args...)})
}

// replayed holds the history's appends to those of the procedure.
func (o *comparison) replayed(told []mla.Event, replay Replay) {
	if o.Fault != "" {
		o.add("", "", "the procedure does not follow this history: %.300s", o.Fault)
	}
	for i, e := range told {
		switch {
		case i >= len(replay.Events):
			if o.Fault == "" {
				o.add(e.ID(), e.Kind, "the history says it was appended, and the procedure does not append it")
			}
		case !audit.SameBytes(e, replay.Events[i]):
			o.add(e.ID(), e.Kind, "the history says something else was appended than the procedure appends: the history is forged, or the procedure is another version's")
		}
	}
	for _, e := range replay.Events[min(len(told), len(replay.Events)):] {
		o.add(e.ID(), e.Kind, "the procedure appends it, and the history does not say so")
	}
}

// logged holds the history's appends to the logs, both ways.
func (o *comparison) logged(h *History, told []mla.Event, c *audit.Case) {
	done := map[string]bool{}
	for _, a := range h.Appends {
		for _, e := range a.Events {
			done[e.ID()] = a.Done
		}
	}
	byID := map[string]mla.Event{}
	for _, e := range told {
		byID[e.ID()] = e
	}
	met := map[string]bool{}
	for _, l := range c.Logs {
		for _, s := range l.Seen {
			o.Logged++
			id := mla.EventID(s.Cover.Case, s.Cover.Party, s.Cover.Sequence)
			met[id] = true
			e, said := byID[id]
			switch {
			case !said:
				o.add(id, s.Cover.Kind, "it is on the log of %s, and the history does not say that it was appended", s.Cover.Party)
			case s.Event == nil:
				o.Sealed++
				if !audit.SameBytes(e.Cover(), s.Cover) {
					o.add(id, s.Cover.Kind, "its cover on the log of %s is not that of the history", s.Cover.Party)
				}
			case !audit.SameBytes(e, *s.Event):
				o.add(id, s.Cover.Kind, "the log of %s has other bytes than the history", s.Cover.Party)
			}
		}
	}
	for _, e := range told {
		if !met[e.ID()] && done[e.ID()] {
			o.add(e.ID(), e.Kind, "the history says it was appended, and the log of %s does not have it", e.Party)
		}
	}
}

// acts holds each act in the history to its receipt and to the event that records it.
func (o *comparison) acts(h *History, c *audit.Case) {
	for _, a := range h.Acts {
		if !a.Done {
			continue
		}
		_, want, err := activities.ReceiptFor(a.Act)
		if err != nil || want != a.Receipt {
			o.add(fmt.Sprintf("history event %d", a.ID), "", "the act %s %s has a receipt that is not its own", a.Act.Verb, a.Act.Key)
			continue
		}
		kinds := recordedAs[a.Act.Verb]
		if found := recorded(c, a, kinds); found == mla.No {
			o.add(fmt.Sprintf("history event %d", a.ID), kinds[0], "the act %s %s is in the history, and no %s on the log of %s records it", a.Act.Verb, a.Act.Key, kinds[0], a.Act.State)
		}
	}
}

// recordedAs are the events by which each act is recorded: on the way of a request the first, on other channels another.
var recordedAs = map[activities.Verb][]mla.Kind{
	activities.Preserve: {mla.PreservationOrdered},
	activities.Serve:    {mla.OrderServed},
	activities.Produce:  {mla.Produced, mla.TransborderAccessed},
	activities.Transmit: {mla.Transmitted, mla.InformationShared, mla.PoliceShared, mla.ContactAnswered, mla.VoluntaryDisclosed},
	activities.Notify:   {mla.SubjectNotified},
	activities.Publish:  {mla.StatisticPublished},
}

// recorded says whether an act is recorded on the log of its State.
func recorded(c *audit.Case, a Act, kinds []mla.Kind) mla.Answer {
	answer := mla.No
	for _, l := range c.Logs {
		for _, s := range l.Seen {
			switch {
			case l.Party != a.Act.State || !slices.Contains(kinds, s.Cover.Kind):
			case s.Event == nil:
				answer = mla.Unknown
			case records(s.Event.Body, a):
				return mla.Yes
			}
		}
	}
	return answer
}

func records(b mla.Body, a Act) bool {
	switch b := b.(type) {
	case mla.PreservationOrderedBody:
		return b.Order == a.Act.Key
	case mla.OrderServedBody:
		return b.Order == a.Act.Key
	case mla.ProducedBody:
		return b.Evidence.ID == a.Act.Key && b.Evidence.Hash == a.Receipt.Hash
	case mla.TransborderAccessedBody:
		return b.Evidence.ID == a.Act.Key && b.Evidence.Hash == a.Receipt.Hash
	case mla.TransmittedBody:
		return b.Evidence.ID == a.Act.Key
	case mla.InformationSharedBody:
		return b.Evidence.ID == a.Act.Key
	case mla.PoliceSharedBody:
		return b.Evidence.ID == a.Act.Key
	case mla.ContactAnsweredBody:
		return b.Evidence != nil && b.Evidence.ID == a.Act.Key
	case mla.VoluntaryDisclosedBody:
		return b.Evidence.ID == a.Act.Key
	case mla.SubjectNotifiedBody:
		return b.Person == a.Act.Subject
	case mla.StatisticPublishedBody:
		return b.Period == a.Act.Key
	}
	return false
}
