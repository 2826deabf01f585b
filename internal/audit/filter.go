package audit

import (
	"slices"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// Filter chooses cases. What is empty chooses every case.
type Filter struct {
	States     []mla.State // each has a log in the case
	Instrument string      // the letter is under it
	Ground     string      // a decision raises it, by rule or by article: "uncc/40(22)", "uncc 40(22)"
	Gap        string      // a constraint that bears on it is violated or not met
	Outcome    mla.Outcome // as the requested State's side stood last
	From, To   time.Time   // the letter arrived on or after, and before
	Sealed     mla.Answer  // the letter cannot be read at this clearance (yes), or can (no)
}

// Fits says whether a case is one of those chosen. Unknown: the clearance cannot tell.
func (f Filter) Fits(c *Case, law *Law) mla.Answer {
	answer := mla.Yes
	for _, s := range f.States {
		answer = and(answer, mla.AnswerOf(c.log(s) != nil))
	}
	if f.Sealed != "" {
		answer = and(answer, mla.AnswerOf((c.Letter == nil) == (f.Sealed == mla.Yes)))
	}
	if f.Instrument != "" {
		is := mla.Unknown
		if c.Letter != nil {
			is = mla.AnswerOf(slices.Contains(c.Letter.Instruments, f.Instrument))
		}
		answer = and(answer, is)
	}
	if !f.From.IsZero() || !f.To.IsZero() {
		answer = and(answer, f.inTime(c))
	}
	if f.Outcome != "" {
		answer = and(answer, outcomeIs(c, f.Outcome))
	}
	if f.Ground != "" {
		answer = and(answer, raises(c, f.Ground))
	}
	if f.Gap != "" && answer != mla.No {
		answer = and(answer, shows(c, law, f.Gap))
	}
	return answer
}

// Arrived is when the letter first arrived; the cover tells. Zero: none is on record.
func Arrived(c *Case) time.Time {
	if found := c.requested(mla.RequestSubmitted); len(found) > 0 {
		return found[0].Cover.At
	}
	return time.Time{}
}

func (f Filter) inTime(c *Case) mla.Answer {
	at := Arrived(c)
	if at.IsZero() {
		if c.Requested.Hole >= 0 || !c.Requested.Ended {
			return mla.Unknown
		}
		return mla.No
	}
	return mla.AnswerOf((f.From.IsZero() || !at.Before(f.From)) && (f.To.IsZero() || at.Before(f.To)))
}

// outcome is how the requested State's side stood last; empty and false where that is sealed or not seen.
func outcome(c *Case) (mla.Outcome, bool) {
	for _, k := range []mla.Kind{mla.ObservationEnded, mla.CaseClosed, mla.Decided} {
		for _, s := range slices.Backward(c.requested(k)) {
			if s.Event == nil {
				break
			}
			switch b := s.Event.Body.(type) {
			case mla.ObservationEndedBody:
				return b.Outcome, true
			case mla.CaseClosedBody:
				return b.Outcome, true
			case mla.DecidedBody:
				return b.Outcome, true
			}
		}
	}
	return "", false
}

func outcomeIs(c *Case, want mla.Outcome) mla.Answer {
	o, seen := outcome(c)
	if !seen {
		return mla.Unknown
	}
	return mla.AnswerOf(o == want)
}

func raises(c *Case, ground string) mla.Answer {
	answer := mla.No
	for _, r := range c.Requests() {
		if r.Requested.Hole >= 0 || !r.Requested.Ended {
			answer = mla.Unknown
		}
		for _, s := range r.requested(mla.Decided) {
			if s.Event == nil {
				answer = mla.Unknown
				continue
			}
			b, _ := s.Event.Body.(mla.DecidedBody)
			for _, g := range b.Grounds {
				if Cites(ground, g.Rule, g.Article) {
					return mla.Yes
				}
			}
		}
	}
	return answer
}

// Cites reports whether what a filter calls a ground is this rule or provision, or one that this is part of.
func Cites(ground, rule, article string) bool {
	return rule == ground || article == ground || strings.HasPrefix(rule, ground+" ") || strings.HasPrefix(article, ground+"(")
}

func shows(c *Case, law *Law, gap string) mla.Answer {
	about := slices.DeleteFunc(slices.Clone(Constraints), func(k Constraint) bool { return k.Gap != gap })
	answer := mla.No
	for _, f := range CheckWith(c, law, about) {
		switch {
		case f.Negative():
			return mla.Yes
		case f.Verdict == CannotTell:
			answer = mla.Unknown
		}
	}
	return answer
}

// Choose parts cases into those chosen and those of which the clearance cannot tell.
func (f Filter) Choose(cases []*Case, law *Law) (chosen, untold []*Case) {
	for _, c := range cases {
		switch f.Fits(c, law) {
		case mla.Yes:
			chosen = append(chosen, c)
		case mla.Unknown:
			untold = append(untold, c)
		case mla.No:
		}
	}
	return chosen, untold
}

// Gaps lists the gaps that constraints bear on.
func Gaps() []string {
	var out []string
	for _, k := range Constraints {
		if k.Gap != "" && !slices.Contains(out, k.Gap) {
			out = append(out, k.Gap)
		}
	}
	slices.Sort(out)
	return out
}
