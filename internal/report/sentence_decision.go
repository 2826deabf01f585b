package report

import (
	"strconv"
	"strings"

	"rogatory/internal/mla"
)

// examination: what a role finds out, what the law answers, what is looked at.
func (s sentence) examination() string {
	switch b := s.Body.(type) {
	case mla.FactLearnedBody:
		source := ""
		if b.Source != "" {
			source = " from " + b.Source
		}
		return s.does("learns " + count(len(b.Facts), "fact", "facts") + source + clause(facts(b.Facts, 3)))
	case mla.AssessedBody:
		return s.does("asks the law on " + string(b.Assessment.Stage) + clause(assessed(b.Assessment)))
	case mla.ReviewPerformedBody:
		checks, floor := "", ""
		if b.Floored > 0 {
			floor = ", " + strconv.Itoa(b.Floored) + " of them by the floor of scrutiny"
		}
		if len(b.Checks) > 0 {
			checks = clause(list(b.Checks))
		}
		return s.does("reviews the file for " + count(b.Minutes, "minute", "minutes") + floor + checks)
	case mla.DualCriminalityTestedBody:
		return s.does(tested(b.Result)) + departs(b.Departures)
	case mla.GroundConsideredBody:
		raised := "does not raise it"
		if b.Raised {
			raised = "raises it"
		}
		return s.does("looks at " + strings.TrimSpace(ruleName(b.Ground.Rule, b.Ground.Article)+" ("+effectName(b.Effect)+"; "+answerName(b.Effect, b.Standard, b.Result)) +
			") and " + raised)
	}
	return ""
}

// assessed says how many rules of each kind of answer came back.
func assessed(a mla.Assessment) string {
	var open, unknown, outside, forbidden int
	for _, f := range a.Findings {
		switch {
		case f.Open():
			open++
		case f.Effect.Ground() && f.Holds == mla.Unknown:
			unknown++
		case f.Effect == mla.Gate && f.Holds == mla.No:
			outside++
		case f.Effect == mla.MustNotRefuse && f.Holds == mla.Yes:
			forbidden++
		}
	}
	said := count(open, "ground", "grounds") + " open, " + strconv.Itoa(unknown) + " unknown"
	if outside > 0 {
		said += ", outside the instrument"
	}
	if forbidden > 0 {
		said += ", " + count(forbidden, "reason", "reasons") + " forbidden"
	}
	return said
}

// tested says how dual criminality was tested and what came out.
func tested(d mla.DualCriminality) string {
	met := "cannot say whether it is met"
	switch d.Met {
	case mla.Yes:
		met = "takes it as met"
	case mla.No:
		met = "takes it as not met"
	case mla.Unknown:
	}
	switch d.Method {
	case mla.ByConduct:
		return "tests dual criminality on the conduct and " + met
	case mla.ByLabel:
		return "tests dual criminality by comparing labels and " + met
	case mla.NotTested:
	}
	if d.Required == mla.No {
		return "does not test dual criminality, which is not required"
	}
	return "does not test dual criminality"
}

// departs says from which provisions an act departs.
func departs(gs []mla.Ground) string {
	if len(gs) == 0 {
		return ""
	}
	return " This departs from " + articles(gs) + "."
}

// decision: consultation, decision, reasons.
func (s sentence) decision() string {
	switch b := s.Body.(type) {
	case mla.ConsultedBody:
		offer := ""
		if len(b.Conditions) > 0 {
			offer = ", and offers conditions: " + list(b.Conditions)
		}
		verb := "refusing"
		if b.Intends == mla.Postponed {
			verb = "postponing"
		}
		return s.message("consults before "+verb+on(b.Grounds)+offer, "is consulted before "+verb+on(b.Grounds)+offer)
	case mla.ConsultationAnsweredBody:
		if b.Accepts {
			return s.message("accepts the conditions", "hears that the conditions are accepted")
		}
		return s.message("does not accept the conditions", "hears that the conditions are not accepted")
	case mla.DecidedBody:
		said := outcomeName(b.Outcome) + on(b.Grounds)
		if b.Outcome == mla.PartlyGranted {
			said += ", for " + scope(b.Scope)
		}
		if len(b.Conditions) > 0 {
			said += "; conditions: " + list(b.Conditions)
		}
		if !b.Final {
			said += "; to be taken up again"
		}
		return s.message("decides: "+said, "receives the decision: "+said) + departsKnowingly(b.Departures)
	case mla.ReasonsGivenBody:
		words := ""
		if b.Words != "" {
			words = ": “" + strings.TrimRight(strings.TrimSpace(b.Words), ".") + "”"
		}
		return s.message("gives reasons"+words, "receives the reasons"+words)
	}
	return ""
}

func departsKnowingly(gs []mla.Ground) string {
	if len(gs) == 0 {
		return ""
	}
	return " It departs from the law: it had to refuse" + on(gs) + "."
}

// authorisation: seeking and ruling.
func (s sentence) authorisation() string {
	switch b := s.Body.(type) {
	case mla.AuthorisationSoughtBody:
		return s.does("seeks authorisation of " + measureName(b.Measure) + " from " + authority(b.Authority, b.Independent))
	case mla.AuthorisationDecidedBody:
		ruling := "grants the measure"
		switch b.Ruling {
		case mla.RulingModify:
			ruling = "narrows the measure to " + scope(b.Scope)
		case mla.RulingDeny:
			ruling = "denies the measure"
		case mla.RulingGrant:
		}
		return sentenceCase(authority(b.Authority, b.Independent)) + " " + ruling + clause(b.Reasons) + "."
	}
	return ""
}

// authority names who authorises; whether it stands apart from the investigation is what critics ask first.
func authority(name string, independent bool) string {
	if name == "" {
		name = "authorising authority"
	}
	if independent {
		return "the " + name + " (independent)"
	}
	return "the " + name + " (not independent)"
}
