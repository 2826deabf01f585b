package report

import (
	"rogatory/internal/mla"
)

// Sentence says in plain words what an event is: who did what. Every kind has a sentence of its own; of a kind it does
// not know it can only give the name.
func Sentence(e mla.Event) string {
	s := sentence{e}
	said := s.letter()
	for _, part := range []func() string{s.preservation, s.examination, s.decision, s.authorisation, s.secrecy, s.execution, s.aftermath,
		s.abroad, s.beside, s.scrutiny, s.collection, s.reckoning} {
		if said == "" {
			said = part()
		}
	}
	if said == "" {
		return unspoken(e.Kind)
	}
	return said
}

func unspoken(k mla.Kind) string { return "Event " + string(k) + "." }

// sentence is an event to be put into words. Each of its methods knows the kinds of one part of the procedure, and says
// nothing of the others.
type sentence struct{ mla.Event }

// does makes a sentence of what the actor did.
func (s sentence) does(words string) string {
	role := roleName(s.Actor.Role)
	if role == "" {
		role = "actor"
	}
	return "The " + role + " " + words + "."
}

// message makes the sentence of one end of a message.
func (s sentence) message(sent, received string) string {
	if s.Passage == mla.Received {
		return s.does(received)
	}
	return s.does(sent)
}

// sender is the State a received message comes from.
func (s sentence) sender() string {
	if _, party, _, err := mla.ParseEventID(s.Message); err == nil {
		return stateName(party)
	}
	return "the other State"
}

// letter: drafting, sending, form, completion, supplement.
func (s sentence) letter() string {
	switch b := s.Body.(type) {
	case mla.RequestDraftedBody:
		draft := "drafts the letter: "
		if b.Request.Channel == mla.Direct {
			draft = "draws up an order to " + someone(b.Request.Provider) + ": "
		}
		return s.does(draft + sought(b.Request.Measure, b.Request.Scope) + offence(b.Request.Offence))
	case mla.RequestSubmittedBody:
		letter := "the letter"
		if b.Submission > 1 {
			letter = "the completed letter"
		}
		return s.message("sends "+letter+" to "+stateName(b.Request.Requested), "receives "+letter+" from "+s.sender())
	case mla.IntakeCheckedBody:
		if b.Complete {
			return s.does("finds the letter complete in form")
		}
		return s.does("finds the letter incomplete" + lacking(b.Lacking))
	case mla.RequestReturnedBody:
		return s.message("returns the letter for completion"+lacking(b.Lacking), "gets the letter back"+lacking(b.Lacking))
	case mla.SupplementAskedBody:
		return s.message("asks for "+count(len(b.Missing), "fact", "facts")+clause(some(b.Missing, 3)),
			"is asked for "+count(len(b.Missing), "fact", "facts")+clause(some(b.Missing, 3)))
	case mla.SupplementGivenBody:
		given := count(len(b.Facts), "fact", "facts") + clause(facts(b.Facts, 3))
		if len(b.Facts) == 0 {
			given = "no fact"
		}
		if len(b.Declined) > 0 {
			given += "; not given" + clause(some(b.Declined, 3))
		}
		return s.message("answers with "+given, "is answered with "+given)
	case mla.RequestWithdrawnBody:
		return s.message("withdraws the request"+clause(b.Why), "learns that the request is withdrawn"+clause(b.Why))
	}
	return ""
}

func lacking(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return "; it lacks " + list(parts)
}

func offence(o mla.Offence) string {
	if o.Label == "" {
		return ""
	}
	return ", for “" + o.Label + "”, at most " + years(o.MaxPenaltyYears)
}

func years(n int) string {
	if n >= 99 {
		return "life"
	}
	return count(n, "year", "years")
}

// preservation: from asking to lapse.
func (s sentence) preservation() string {
	switch b := s.Body.(type) {
	case mla.PreservationRequestedBody:
		silence := ""
		if b.Silence {
			silence = " in silence"
		}
		what := "quick preservation"
		if b.Renewal > 0 {
			what = "a longer preservation"
		}
		return s.message("asks for "+what+silence, "is asked for "+what+silence)
	case mla.PreservationDecidedBody:
		if b.Granted {
			return s.message("agrees to have the data preserved", "hears that the data will be preserved")
		}
		return s.message("declines to have the data preserved"+on(b.Grounds), "hears that the data will not be preserved"+on(b.Grounds))
	case mla.PreservationOrderedBody:
		return s.does("has " + someone(b.Provider) + " keep the data until " + date(b.Until))
	case mla.PreservationExtendedBody:
		return s.does("extends the preservation to " + date(b.Until))
	case mla.PreservationHeldBody:
		return s.does("holds the data until the request is decided")
	case mla.PreservationLapsedBody:
		return s.does("lets the preservation end" + clause(b.Why))
	}
	return ""
}

func someone(name string) string {
	if name == "" {
		return "the provider"
	}
	return name
}

// aftermath: use, notice, statistics, the end.
func (s sentence) aftermath() string {
	switch b := s.Body.(type) {
	case mla.UseRecordedBody:
		within := "as the request said"
		if !b.WithinRequest {
			within = "beyond the request, without consent"
			if b.Consent {
				within = "beyond the request, with consent"
			}
		}
		if b.Exculpatory {
			within += "; it clears an accused"
		}
		if b.Token != "" {
			within += " by token " + b.Token
		}
		return s.does("uses the evidence "+within+clause(b.Purpose)) + departs(b.Departures)
	case mla.NoticeDeferredBody:
		until := " without end"
		if b.Until != nil {
			until = " to " + date(*b.Until)
		}
		return s.does("puts off telling the person" + until + clause(b.Why))
	case mla.SubjectNotifiedBody:
		return s.does("tells " + count(max(b.Persons, 1), "person", "persons") + " that their data were sought")
	case mla.NeedEndedBody:
		if s.Passage == mla.Internal {
			return s.does("no longer needs help or secrecy, and tells nobody" + clause(b.Why))
		}
		return s.message("says that the need for help and secrecy has ended"+clause(b.Why), "hears that the need has ended"+clause(b.Why))
	case mla.StatisticPublishedBody:
		return s.does("publishes figures for " + b.Period + clause(count(b.Received, "request", "requests")+" received"))
	case mla.CaseClosedBody:
		return s.does("closes its side of the case" + clause(outcomeName(b.Outcome)))
	case mla.ObservationEndedBody:
		left := ""
		if len(b.Standing) > 0 {
			left += "; " + count(len(b.Standing), "secret still stands", "secrets still stand")
		}
		if len(b.InPost) > 0 {
			left += "; " + count(len(b.InPost), "message is", "messages are") + " under way"
		}
		return "The observation of the case ends" + left + "."
	}
	return ""
}
