package measure

import (
	"strings"

	"rogatory/internal/mla"
)

const (
	noticeClaim = "Critics say that nothing ever makes anybody tell the person."
	remedyClaim = "Critics say that someone abroad has no forum, no standing and no redress."
)

var (
	noticeArticles = []string{"uncc 24", "uncc 36", "uncc 40(20)"}
	remedyArticles = []string{"uncc 24(2)"}
	noticeNeeds    = []mla.Kind{mla.Produced, mla.SubjectNotified}
	suits          = []mla.Kind{mla.RemedySought}
)

// notices is G31. The wait begins when the requested State closes the case, or with production where it never does.
var notices = []Measure{
	noticeRate("G31.NoticeRate.90d", "ninety days", 90, everybody),
	noticeRate("G31.NoticeRate.1y", "a year", 365, everybody),
	noticeRate("G31.NoticeRate.5y", "five years", 1825, everybody),
	noticeRate("G31.BystanderNotice.90d", "ninety days", 90, bystanders),
	noticeRate("G31.BystanderNotice.1y", "a year", 365, bystanders),
	noticeRate("G31.BystanderNotice.5y", "five years", 1825, bystanders),
	{
		ID: "G31.MedianDelay", Claim: noticeClaim, Articles: noticeArticles, Unit: Days, Kind: Emergent, Statistic: HalfWaits,
		Formula: "days after closure within which half of the persons were told, by the Kaplan-Meier estimate",
		About:   productionsMade, Needs: noticeNeeds, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) { c.waitForNotice(r, everybody) },
	},
}

// everybody and bystanders say how many of some persons count: all, or all but the one named.
func everybody(persons int) int  { return persons }
func bystanders(persons int) int { return max(0, persons-1) }

func noticeRate(id, time string, days int, which func(int) int) Measure {
	who := "persons whose data were produced"
	if which(1) == 0 {
		who = "persons beside the one named whose data were produced"
	}
	return Measure{
		ID: id, Claim: noticeClaim, Articles: noticeArticles, Unit: Share, Kind: Emergent, Statistic: ReachedWithin(days),
		Formula: who + " who were told within " + time + " of closure, over all of them, by the Kaplan-Meier estimate: who was not watched so long counts for as long as it was",
		About:   productionsMade, Needs: noticeNeeds, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) { c.waitForNotice(r, which) },
	}
}

// waitForNotice takes every person's wait into account.
func (c *Contribution) waitForNotice(r *record, which func(int) int) {
	reached := 0
	var from *Sighting
	for p := range produced.on(r.requested) {
		reached = max(reached, which(p.Body.Evidence.Scope.Persons))
		if from == nil {
			from = p.Sighting
		}
		c.rest(p.Sighting)
	}
	if closed := r.requested.covers(caseClosed.number); len(closed) > 0 {
		from = closed[0]
		c.rest(from)
	}
	left := reached
	for n := range subjectNotified.on(r.requested) {
		told := min(left, which(n.Body.Persons))
		c.spell(Spell{Days: wholeDays(from.Cover.At, n.Cover.At), Weight: told, Ended: true}, n.Sighting)
		left -= told
	}
	c.spell(Spell{Days: wholeDays(from.Cover.At, r.last()), Weight: left})
	if reached == 0 {
		c.none("nobody beside the person named was reached")
	}
}

// remedies is G32: what stands between a person wronged and a remedy, one factor after the other.
var remedies = []Measure{
	{
		ID: "G32.Notice", Claim: remedyClaim, Articles: remedyArticles, Unit: Share, Kind: Emergent,
		Formula: "persons told, over persons whose data were produced and who are stipulated as wronged",
		About:   productionsMade, Needs: noticeNeeds, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			wronged, known := c.stipulated(st.wronged(), "whether the persons are wronged")
			if known && !wronged {
				c.none("nobody is stipulated as wronged")
			}
			if !wronged {
				return
			}
			reached, told := 0, 0
			for p := range produced.on(&r.anywhere) {
				reached = max(reached, p.Body.Evidence.Scope.Persons)
				c.rest(p.Sighting)
			}
			for n := range subjectNotified.on(&r.anywhere) {
				told += n.Body.Persons
				c.rest(n.Sighting)
			}
			c.add(min(told, reached), reached)
		},
	},
	factor("G32.Standing", "in which the person had standing", func(b mla.RemedySoughtBody) bool { return b.Standing == mla.Yes }),
	factor("G32.Forum", "for which a forum was open", func(b mla.RemedySoughtBody) bool { return b.Forum != "" }),
	{
		ID: "G32.InTime", Claim: remedyClaim, Articles: remedyArticles, Unit: Share, Kind: Emergent,
		Formula: "suits decided on another reason than that they came too late (the reason names limitation or time), over suits",
		About:   suits, Needs: []mla.Kind{mla.RemedySought, mla.RemedyDecided},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for s := range remedySought.on(&r.anywhere) {
				late := false
				for d := range remedyDecided.on(&r.anywhere) {
					if !d.Cover.At.Before(s.Cover.At) {
						c.rest(d.Sighting)
						late = late || !d.Body.Granted && (strings.Contains(d.Body.Reason, "limitation") || strings.Contains(d.Body.Reason, "time"))
					}
				}
				c.count(!late, s.Sighting)
			}
		},
	},
	{
		ID: "G32.RemedyReach", Claim: remedyClaim, Articles: remedyArticles, Unit: Share, Kind: Emergent,
		Formula: "persons who could go to law, over persons wronged: the product of notice, standing, forum and time; one factor that is zero settles it",
		From:    []string{"G32.Notice", "G32.Standing", "G32.Forum", "G32.InTime"}, derive: product,
	},
	{
		ID: "G32.RemedyYield", Claim: remedyClaim, Articles: remedyArticles, Unit: Share, Kind: Image,
		Formula: "suits granted, over suits",
		About:   suits, Needs: []mla.Kind{mla.RemedySought, mla.RemedyDecided},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for s := range remedySought.on(&r.anywhere) {
				c.add(0, 1, s.Sighting)
			}
			for d := range remedyDecided.on(&r.anywhere) {
				if d.Body.Granted {
					c.add(1, 0, d.Sighting)
				}
			}
		},
	},
}

func factor(id, which string, so func(mla.RemedySoughtBody) bool) Measure {
	return Measure{
		ID: id, Claim: remedyClaim, Articles: remedyArticles, Unit: Share, Kind: Structural,
		Formula: "suits " + which + ", over suits",
		About:   suits, Needs: suits,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for s := range remedySought.on(&r.anywhere) {
				c.count(so(s.Body), s.Sighting)
			}
		},
	}
}
