package scenario

// Sentences tells what the author lays down beyond the facts that rules look at, for whoever has answered; what is not laid
// down is left out. It is what is stipulated, and not what a court would find.
func (t Truth) Sentences() []string {
	out := []string{"As stipulated, the purpose is no improper one."}
	if t.Abusive {
		out[0] = "As stipulated, the purpose is improper (" + t.AbuseKind + ")."
	}
	for _, x := range []struct {
		is      *bool
		yes, no string
	}{
		{t.ProtectedConduct, "The conduct is the exercise of a right.", "The conduct is not the exercise of a right."},
		{t.Overbroad, "More is asked for than the purpose needs.", "No more is asked for than the purpose needs."},
		{t.EmergencyReal, "A life or somebody's safety is in danger.", "Nobody's life or safety is in danger."},
		{t.SenderGenuine, "The message comes from whom it names.", "The message does not come from whom it names."},
		{t.SourceLawful, "What led to the request was lawfully got.", "What led to the request was not lawfully got."},
		{t.CrimeWhereLiving, "The conduct is a crime where the person lives.", "The conduct is no crime where the person lives."},
		{t.StateLinked, "The offender is close to the requested State.", "The offender is not close to the requested State."},
		{t.National, "The person is a national of the requesting State.", "The person is no national of the requesting State."},
		{t.CapitalOffence, "The conduct may be punished by death.", "The conduct may not be punished by death."},
		{t.Privileged, "Privileged items are among what is asked for.", "No privileged item is among what is asked for."},
		{t.Exculpatory, "The data would clear the person.", "The data would not clear the person."},
		{t.ThirdLawForbids, "The law of another State forbids the production.", "No law of another State forbids the production."},
		{t.ReceiverProtects, "The receiving State has an independent authority for data protection and a remedy.", "The receiving State has no independent authority for data protection, or no remedy."},
		{t.Prompted, "What was given unasked had been asked for, on no log.", "What was given unasked had not been asked for."},
	} {
		switch {
		case x.is == nil:
		case *x.is:
			out = append(out, x.yes)
		default:
			out = append(out, x.no)
		}
	}
	return out
}
