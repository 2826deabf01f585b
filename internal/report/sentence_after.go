package report

import "rogatory/internal/mla"

// scrutiny: what is looked at and promised before a decision.
func (s sentence) scrutiny() string {
	switch b := s.Body.(type) {
	case mla.RoleScreenedBody:
		found := "finds none"
		if len(b.Found) > 0 {
			found = "finds: " + list(b.Found)
		}
		return s.does("looks for a role or a vulnerability that the law protects, and " + found + ", by " + nameOr(b.How, "no means on record"))
	case mla.AssuranceAskedBody:
		return s.message("asks for an assurance"+clause(b.Of), "is asked for an assurance"+clause(b.Of))
	case mla.AssuranceGivenBody:
		if b.Given {
			return s.message("gives the assurance"+clause(b.Of), "receives the assurance"+clause(b.Of))
		}
		return s.message("does not give the assurance"+clause(b.Of), "hears that the assurance is not given"+clause(b.Of))
	case mla.AssuranceBreachedBody:
		return s.does("breaks the assurance" + clause(b.Of) + further(b.What))
	case mla.DocketEnteredBody:
		return s.does("enters a sealed request for " + nameOr(b.Category, "some") + " data on the public docket")
	case mla.DocketOpenedBody:
		return s.does("opens the entry on the public docket")
	case mla.LawChangedBody:
		return "The law of " + stateName(b.State) + " changes" + clause(b.What) + "."
	}
	return ""
}

// collection: what is collected as it arises, who is made to help, and what is taken out.
func (s sentence) collection() string {
	switch b := s.Body.(type) {
	case mla.AssistanceCompelledBody:
		whom := someone(b.Person)
		if b.Natural {
			whom += ", a person,"
		}
		touched := ""
		if b.Reach > 0 {
			touched = "; it touches the security of " + count(b.Reach, "other person", "other persons")
		}
		return s.does("makes " + whom + " help" + clause(b.What) + touched)
	case mla.InterceptionStartedBody:
		return s.does("starts " + measureName(b.Measure) + ", authorised for " + count(b.Days, "day", "days"))
	case mla.InterceptionStoppedBody:
		taken := ""
		if b.Bystanders > 0 {
			taken += "; " + count(b.Bystanders, "bystander was", "bystanders were") + " caught"
		}
		if b.Points > 0 {
			taken += "; " + count(b.Points, "point", "points") + " of location, taken as " + nameOr(b.Tier, "some") + " data"
		}
		return s.does("stops collecting after " + count(b.TargetDays, "day", "days") + taken)
	case mla.PrivilegeFilteredBody:
		return "The " + nameOr(b.By, "filter") + " keeps back " + count(b.Held, "privileged item", "privileged items") + "."
	}
	return ""
}

// reckoning: what becomes of evidence and of those it is about after delivery.
func (s sentence) reckoning() string {
	switch b := s.Body.(type) {
	case mla.AdmissibilityRuledBody:
		if b.Admitted {
			return s.does("admits the evidence" + clause(b.Reason))
		}
		return s.does("excludes the evidence" + clause(b.Reason))
	case mla.BreachFoundBody:
		return s.does("finds that data of " + count(b.Persons, "person", "persons") + " have leaked")
	case mla.BreachNotifiedBody:
		to := nameOr(b.To, "nobody")
		if s.Passage != mla.Internal {
			to = stateName(mla.State(b.To))
		}
		return s.message("tells "+to+" of the leak "+count(b.HoursAfter, "hour", "hours")+" after it was found",
			"is told of a leak "+count(b.HoursAfter, "hour", "hours")+" after it was found")
	case mla.ReviewOpenedBody:
		return "The " + nameOr(b.By, "reviewer") + " opens a review of the case, drawn " + nameOr(b.Drawn, "in no way on record") + "."
	case mla.ReviewClosedBody:
		said := "closes the review and finds nothing wrong"
		if b.Finding != "" {
			said = "closes the review with a finding" + clause(b.Finding)
		}
		if b.Answer != "" {
			said += "; the answer" + clause(b.Answer)
		}
		if !b.Published {
			said += "; it is not published"
		}
		return s.does(said)
	case mla.RemedySoughtBody:
		if b.Forum == "" {
			return s.does("would go to law and finds no court")
		}
		standing := map[mla.Answer]string{mla.Yes: "with standing", mla.No: "without standing"}
		return s.does("goes to " + who(b.Forum) + ", " + nameOr(standing[b.Standing], "with standing for the court to decide"))
	case mla.RemedyDecidedBody:
		if b.Granted {
			return s.does("grants the person a remedy" + clause(b.Reason))
		}
		return s.does("denies the person a remedy" + clause(b.Reason))
	}
	return ""
}

// nameOr is a name, or what stands for one that is missing.
func nameOr[T ~string](name T, missing string) string {
	if name == "" {
		return missing
	}
	return string(name)
}

// further adds a second clause.
func further(s string) string {
	if c := clause(s); c != "" {
		return ";" + c[1:]
	}
	return ""
}
