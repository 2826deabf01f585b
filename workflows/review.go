package workflows

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"rogatory/internal/mla"
)

// reviewer is who looks at a closed case, in every State alike.
const reviewer = "independent reviewer"

// review is an independent look at a closed case: of a sample where that is asked for (L09), or on a complaint, which needs
// no sample. Whoever is found wrong may be made to answer before it closes.
func (c *Case) review(k Clerk) {
	drawn, ok := c.drawn()
	if !ok {
		return
	}
	us := c.requested
	us.record(k, mla.Auditor, mla.ReviewOpenedBody{By: reviewer, Drawn: string(drawn)})
	b := mla.ReviewClosedBody{Published: true}
	if a, ok := c.after(k, us, mla.QReview); ok {
		found := a.(mla.ReviewAnswer)
		b.Finding, b.Published = found.Finding, !found.Withholds
	} else {
		duty, _ := c.terms.Duty("L09 samples")
		k.Await(k.Now().AddDate(0, 0, duty.Days), nil)
		b.Finding = departed(c.decided)
	}
	if duty, owed := c.terms.Duty("L09 follow-up"); b.Finding != "" && (owed || c.volunteers(mla.QAnswerReview)) && c.attended(mla.QAnswerReview) {
		var until = never
		if owed && duty.Days > 0 {
			until = k.Now().AddDate(0, 0, duty.Days)
		}
		if a, ok := us.ask(k, mla.QAnswerReview, until, nil); ok {
			b.Answer = a.(mla.AnswerReviewAnswer).Words
		}
	}
	us.record(k, mla.Auditor, b)
	c.finding = b.Finding
}

// drawn says how the case came to be reviewed, and whether it is.
func (c *Case) drawn() (mla.Drawn, bool) {
	var told mla.Drawn
	if c.volunteers(mla.QReview) {
		told = c.scheduler.desk.script[mla.QReview][0].(mla.ReviewAnswer).Drawn
	}
	duty, owed := c.terms.Duty("L09 samples")
	switch {
	case told == mla.DrawnOnComplaint:
		return told, true
	case !owed, told == mla.NotDrawn:
		return "", false
	case told != "":
		return told, true
	case len(c.decided.Departures) > 0:
		return mla.DrawnByRisk, true
	}
	return mla.DrawnAtRandom, InSample(c.in.Case, duty.Percent)
}

// InSample draws a case for a sample of so many in a hundred. The lot is a hash of the case's id, so that it falls the same
// way on every clock, and nobody who decides a case can know of it from the file.
func InSample(caseID string, percent int) bool {
	sum := sha256.Sum256([]byte("review\x00" + caseID))
	return binary.BigEndian.Uint64(sum[:])%100 < uint64(percent)
}

// departed puts into words what a decision on the log did against a mandatory ground.
func departed(d mla.DecidedBody) string {
	words := ""
	for i, g := range d.Departures {
		if i == 0 {
			words = "granted against " + g.Article
		} else if !slices.Contains(d.Departures[:i], g) {
			words += ", " + g.Article
		}
	}
	return words
}

// withheld reports whether the public must not read an event that it otherwise may: a finding that was not published.
func withheld(b mla.Body) bool {
	r, ok := b.(mla.ReviewClosedBody)
	return ok && !r.Published
}
