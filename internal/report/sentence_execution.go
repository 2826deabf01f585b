package report

import "rogatory/internal/mla"

// secrecy: from what cannot be kept secret to what is lifted.
func (s sentence) secrecy() string {
	switch b := s.Body.(type) {
	case mla.SecrecyImpossibleBody:
		choice := ""
		if b.RequestingDecides {
			choice = "; the requesting State decides whether to go on"
		}
		return s.message("says that secrecy cannot be kept"+clause(b.Why)+choice, "hears that secrecy cannot be kept"+clause(b.Why)+choice)
	case mla.SecrecyAnsweredBody:
		if b.GoesOn {
			return s.message("goes on without secrecy", "hears that the request goes on without secrecy")
		}
		return s.message("does not go on without secrecy", "hears that the request does not go on without secrecy")
	case mla.ConfidentialityImposedBody:
		end := "without end"
		if b.ExpiresAt != nil {
			end = "until " + date(*b.ExpiresAt)
		}
		basis := ""
		if b.Basis != "" {
			basis = " by " + b.Basis
		}
		return s.does("binds " + someone(b.On) + " to silence " + end + basis)
	case mla.ConfidentialityRenewedBody:
		facts := ""
		if len(b.Facts) > 0 {
			facts = ", on facts that are new: " + list(b.Facts)
		}
		return s.does("renews the silence to " + date(b.ExpiresAt) + facts)
	case mla.ConfidentialityLiftedBody:
		opened := ""
		if b.Opened != nil {
			opened = ", and opens to the person what was sealed since " + date(b.Opened.Since)
		}
		return s.does("lifts the silence" + opened + clause(b.Why))
	case mla.LiftAskedBody:
		return s.does("asks for the silence to be lifted; the answer" + clause(orNone(b.Answer)))
	}
	return ""
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// execution: order, challenge, production, hand-over.
func (s sentence) execution() string {
	switch b := s.Body.(type) {
	case mla.OrderServedBody:
		challenge := "no challenge is open to it"
		if b.ChallengeAvailable {
			challenge = "it may challenge the order"
		}
		return s.does("serves "+someone(b.Provider)+" with an order of "+measureName(b.Measure)+"; "+challenge) + departs(b.Departures)
	case mla.ChallengeFiledBody:
		return s.does("challenges the order" + clause(b.Why))
	case mla.ChallengeDecidedBody:
		switch b.Ruling {
		case mla.RulingGrant:
			return s.does("sets the order aside")
		case mla.RulingModify:
			return s.does("narrows the order to " + scope(b.Scope))
		case mla.RulingDeny:
		}
		return s.does("lets the order stand")
	case mla.ProducedBody:
		from := ""
		if b.From != "" {
			from = ", from what was preserved"
		}
		return s.does("produces "+count(b.Evidence.Records, "record", "records")+": "+scope(b.Evidence.Scope)+from) + departs(b.Departures)
	case mla.CustodyHandoffBody:
		hash := "unchanged by its hash"
		switch {
		case b.HashIn == "" || b.HashOut == "":
			hash = "without a hash: nobody can tell whether it changed"
		case b.HashIn != b.HashOut:
			hash = "changed: its hash is another"
		}
		return "The evidence passes from " + who(b.From) + " to " + who(b.To) + ", " + hash + "."
	case mla.TransmittedBody:
		limit := "its use is not limited"
		if b.UseLimited {
			limit = "its use is limited to the request"
		}
		if len(b.Conditions) > 0 {
			limit += "; conditions: " + list(b.Conditions)
		}
		records := count(b.Evidence.Records, "record", "records")
		if b.InPlace {
			return s.message("shows the evidence where it is, and sends no copy; "+limit, "is shown the evidence where it is; "+limit)
		}
		return s.message("hands over "+records+"; "+limit, "receives "+records+"; "+limit)
	}
	return ""
}
