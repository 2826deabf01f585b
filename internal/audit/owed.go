package audit

import (
	"slices"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Whether something is a duty, and under which provisions, is read off the terms of the case.

// under is owed where the instruments have an act of this kind done under some provision.
func under(k mla.Kind) Owed {
	return func(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
		return t.Acts[k], mla.AnswerOf(len(t.Acts[k]) > 0)
	}
}

func article(a string, owed bool) ([]string, mla.Answer) {
	if a == "" {
		return nil, mla.No
	}
	return []string{a}, mla.AnswerOf(owed)
}

// ownLaw cites the requested State's own law.
func ownLaw(c *Case, basis string, owed bool) ([]string, mla.Answer) {
	if basis == "" || c.Letter == nil {
		return nil, mla.No
	}
	return []string{"law of " + string(c.Letter.Requested) + ": " + basis}, mla.AnswerOf(owed)
}

func reasonsOwed(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
	return article(t.Reasons.Article, true)
}

func consultationOwed(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
	return article(t.Consultation.Article, t.Consultation.Must)
}

func conductTestOwed(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
	return article(t.DualCriminality.Article, true)
}

func floorOwed(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
	return article(t.Preservation.Article, t.Preservation.FloorDays > 0)
}

func holdOwed(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
	return article(t.Preservation.HoldArticle, t.Preservation.Hold)
}

func tellingOwed(_ *Case, t *policies.Terms) ([]string, mla.Answer) {
	return article(t.Secrecy.ImpossibleArticle, true)
}

// useLimited is owed by default, or where a condition was set with the delivery.
func useLimited(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	articles, owed := article(t.Use.Article, t.Use.Limited)
	if articles == nil || owed == mla.Yes || !t.Use.Condition {
		return articles, owed
	}
	for _, log := range c.Logs {
		for _, s := range log.byKind[mla.Transmitted] {
			if s.Event == nil {
				owed = mla.Unknown
				continue
			}
			if b, ok := s.Event.Body.(mla.TransmittedBody); ok && b.UseLimited {
				return articles, mla.Yes
			}
		}
	}
	return articles, owed
}

// authority is whoever the requested State's law has authorise what the letter asks for.
func authority(c *Case, t *policies.Terms) policies.Authorisation {
	by := t.Authorisation[c.Letter.Measure]
	for _, k := range c.Letter.Scope.Categories {
		if special, ok := t.AuthorisationByCategory[c.Letter.Measure][k]; ok && (special.Independent || !by.Independent) {
			by = special
		}
	}
	return by
}

func authorisationOwed(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	return ownLaw(c, authority(c, t).Basis, true)
}

// judgeOwed is owed where the State's own law has somebody independent authorise.
func judgeOwed(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	by := authority(c, t)
	return ownLaw(c, by.Basis, by.Independent && !slices.Contains(t.Safeguards, "L01"))
}

// termOwed is owed where the State's own law gives its secrets a term.
func termOwed(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	return ownLaw(c, t.Secrecy.Law.Basis, t.Secrecy.Law.Days > 0 && !slices.Contains(t.Safeguards, "L02"))
}

func noticeOwed(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	return ownLaw(c, t.Notice.Basis, t.Notice.Owed && !slices.Contains(t.Safeguards, "L03"))
}

func statisticsOwed(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	return ownLaw(c, t.Statistics.Basis, t.Statistics.Published && !slices.Contains(t.Safeguards, "L08"))
}

func challengeOwed(c *Case, t *policies.Terms) ([]string, mla.Answer) {
	return ownLaw(c, t.Challenge.Basis, t.Challenge.Available && !slices.Contains(t.Safeguards, "L04"))
}
