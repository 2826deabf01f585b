package report

import "rogatory/internal/mla"

// abroad: States that are told and object, deliveries undone, and what becomes of evidence beyond the request.
func (s sentence) abroad() string {
	switch b := s.Body.(type) {
	case mla.StateNotifiedBody:
		its, ours := "", ""
		if b.ObjectBy != nil {
			its, ours = ", which may object until "+hour(*b.ObjectBy), ", and may object until "+hour(*b.ObjectBy)
		}
		return s.message("tells "+stateName(b.State)+as(b.As)+its, "is told by "+s.sender()+as(b.As)+ours)
	case mla.StateObjectedBody:
		what := "raises no objection"
		if b.Objects {
			what = "objects" + on(b.Grounds)
			if b.Restrict {
				what += ", and wants use restricted"
			}
		}
		return s.message(what+clause(b.Reasons), "hears that "+s.sender()+" "+what+clause(b.Reasons))
	case mla.DeliveryUndoneBody:
		duty := "must delete the data delivered"
		if b.Restrict {
			duty = "must restrict the use of the data delivered"
		}
		return s.message(duty+clause(b.Why), "hears that "+s.sender()+" "+duty+clause(b.Why))
	case mla.DeletedBody:
		shown := "and cannot show it"
		if b.Confirmed {
			shown = "and confirms it"
		}
		return s.message("deletes the copy of "+who(b.Holder)+" "+shown+clause(b.Why), "hears that the copy of "+who(b.Holder)+" is deleted"+clause(b.Why))
	case mla.ConsentAskedBody:
		return s.message("asks for consent to another use"+passing(b.To)+clause(b.Use), "is asked for consent to another use"+passing(b.To)+clause(b.Use))
	case mla.ConsentDecidedBody:
		answer := "declines"
		if b.Grants {
			answer = "consents"
		}
		if b.Token != "" {
			answer += ", by token " + b.Token
		}
		return s.message(answer+clause(b.Why), "hears that "+s.sender()+" "+answer+clause(b.Why))
	case mla.UseBlockedBody:
		return s.does("is stopped by the registry of uses, for want of a token" + passing(b.To) + clause(b.Use))
	case mla.OnwardTransferredBody:
		consent := "without consent"
		if b.Consent {
			consent = "with consent"
		}
		records := count(b.Evidence.Records, "record", "records")
		return s.message("passes on "+records+" "+consent+clause(b.Purpose), "receives "+records+" from "+s.sender()+", passed on "+consent+clause(b.Purpose)) + departs(b.Departures)
	}
	return ""
}

func as(what string) string {
	if what == "" {
		return ""
	}
	return " (as " + what + ")"
}

func passing(to mla.State) string {
	if to == "" {
		return ""
	}
	return ", passing it on to " + stateName(to)
}
