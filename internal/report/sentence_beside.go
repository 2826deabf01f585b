package report

import "rogatory/internal/mla"

// beside: what goes on without a request between central authorities, and what is tried after a refusal.
func (s sentence) beside() string {
	switch b := s.Body.(type) {
	case mla.InformationSharedBody:
		what := data(b.Evidence) + clause(b.Why) + conditions(b.Conditions) + docket(b.Docket)
		return s.message("gives, unasked on record, "+what, "is given, unasked on record, "+what)
	case mla.PoliceSharedBody:
		within := "from police to police"
		if b.Team != "" {
			within = "within team " + b.Team
		}
		what := data(b.Evidence) + " " + within + clause(b.Why) + docket(b.Docket)
		return s.message("passes on "+what, "is passed "+what)
	case mla.TeamFormedBody:
		member := "without the central authority"
		if b.CentralAuthority {
			member = "with the central authority as a member"
		}
		what := "joint team " + orNone(b.Team) + " " + member + clause(b.Purpose)
		return s.message("agrees on "+what, "joins "+what)
	case mla.TransborderAccessedBody:
		return s.does("takes " + data(b.Evidence) + " abroad with the consent of " + orNone(b.Consent) + ", asking no State")
	case mla.RegimeChosenBody:
		return s.does("chooses " + orNone(b.Chosen) + " among " + orNone(list(b.Candidates)) + clause(b.Why))
	case mla.LedgerConsultedBody:
		what := "finds this conduct in the shared ledger" + clause(list(b.Found))
		if len(b.Found) == 0 {
			what = "finds nothing on this conduct in the shared ledger"
		}
		if len(b.Findings) > 0 {
			what += ", and against the authority that asks" + clause(list(b.Findings))
		}
		return s.does(what)
	}
	if said := s.contact(); said != "" {
		return said
	}
	if said := s.disclosure(); said != "" {
		return said
	}
	return s.ofTheDefence()
}

// contact: what passes between contact points.
func (s sentence) contact() string {
	switch b := s.Body.(type) {
	case mla.ContactAskedBody:
		what := map[mla.ContactAsk]string{mla.AskPreserve: "to preserve data", mla.AskDisclose: "to tell data", mla.AskAdvice: "for advice"}[b.Ask]
		if what == "" {
			what = "for help"
		}
		return s.message("asks the other contact point "+what+clause(b.Claim), "is asked "+what+clause(b.Claim))
	case mla.ContactAnsweredBody:
		what := "that nothing is done"
		switch b.Answer {
		case mla.ContactPreserves:
			what = "that the data are kept"
		case mla.ContactTells:
			what = "with personal data"
			if b.Evidence != nil {
				what = "with " + data(*b.Evidence)
			}
		case mla.ContactDeclines:
		}
		what += clause(b.Why) + docket(b.Docket)
		return s.message("answers "+what, "is answered "+what)
	}
	return ""
}

// disclosure: what a provider is asked for, and does, without an order.
func (s sentence) disclosure() string {
	switch b := s.Body.(type) {
	case mla.DisclosureAskedBody:
		why := ""
		if b.Emergency {
			why = ", with danger to life as the reason"
		}
		return s.message("asks "+someone(b.Provider)+" for data without an order"+why+clause(b.Claim),
			"is asked for data without an order by "+sender(b.Sender)+why+clause(b.Claim))
	case mla.SenderCheckedBody:
		found := map[mla.Answer]string{mla.Yes: "it is genuine", mla.No: "it is not from there"}[b.Genuine]
		if found == "" {
			found = "it cannot tell"
		}
		if b.How == "" {
			return s.does("does not find out whether the message is from " + sender(b.Sender))
		}
		return s.does("checks by " + b.How + " whether the message is from " + sender(b.Sender) + clause(found))
	case mla.SenderAlertedBody:
		return s.message("tells the State named that a message came in the name of "+sender(b.Sender),
			"is told that a message went out in the name of "+sender(b.Sender))
	case mla.VoluntaryDisclosedBody:
		why := ""
		if b.Emergency {
			why = ", believing life to be in danger"
		}
		return s.message("hands over "+data(b.Evidence)+" to "+sender(b.To)+" without an order"+why, "receives "+data(b.Evidence)+" without an order"+why)
	case mla.DisclosureDeclinedBody:
		return s.message("hands over nothing without an order"+clause(b.Why), "is given nothing without an order"+clause(b.Why))
	case mla.EmergencyValidatedBody:
		found := map[mla.Answer]string{mla.Yes: "there was one", mla.No: "there was none"}[b.Real]
		if found == "" {
			found = "it stays unknown"
		}
		by := ""
		if b.By != "" {
			by = " (" + b.By + ")"
		}
		reasons := ""
		if b.Reasons != "" {
			reasons = "; " + b.Reasons
		}
		return s.does("looks afterwards at the emergency" + by + clause(found+reasons))
	}
	return ""
}

// ofTheDefence: what it asks for, and what time takes from it.
func (s sentence) ofTheDefence() string {
	switch b := s.Body.(type) {
	case mla.DefenceAskedBody:
		through := "and nobody may carry it"
		if b.Through != "" {
			through = "through a " + b.Through
		}
		return "The defence asks for " + scope(b.Scope) + ", " + through + clause(b.Why) + "."
	case mla.DefenceAnsweredBody:
		if b.Carried {
			return s.does("takes up what the defence asks" + clause(b.Why))
		}
		return s.does("does not take up what the defence asks" + clause(b.Why))
	case mla.EvidenceExpiredBody:
		return s.does("deletes the data in the usual course" + clause(b.Why))
	}
	return ""
}

func data(e mla.Evidence) string {
	return count(e.Records, "record", "records") + " of " + scope(e.Scope)
}

func sender(name string) string {
	if name == "" {
		return "an unknown sender"
	}
	return who(name)
}

func conditions(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return "; conditions: " + list(all)
}

func docket(number string) string {
	if number == "" {
		return ""
	}
	return " (" + number + ")"
}
