package measure

import (
	"rogatory/internal/mla"
)

const forgedClaim = "Critics say that weak authentication lets impostors pose as authorities."

var forgedArticles = []string{"uncc 40(14)", "budapest 25(3)"}

// forged is G48.
var forged = []Measure{
	{
		ID: "G48.ForgedAccepted", Claim: forgedClaim, Articles: forgedArticles, Unit: Share, Kind: Image,
		Formula: "requests whose sender is stipulated as not genuine after which data were handed over, over such requests",
		About:   []mla.Kind{mla.RequestSubmitted, mla.DisclosureAsked, mla.ContactAsked}, Needs: append([]mla.Kind{mla.RequestSubmitted, mla.RequestDrafted}, moves...), Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if c.forgery(st) {
				c.count(r.exposures().all() > 0)
				c.restMoves(r)
				c.restAsks(r)
			}
		},
	},
	{
		ID: "G48.TimeToDetect", Claim: forgedClaim, Articles: forgedArticles, Unit: Days, Kind: Image, Statistic: HalfWaits,
		Formula: "days until half of the messages whose sender is stipulated as not genuine were found out, by the Kaplan-Meier estimate: what was never found out counts for as long as it was watched",
		About:   []mla.Kind{mla.RequestSubmitted, mla.DisclosureAsked, mla.ContactAsked}, Needs: []mla.Kind{mla.SenderChecked, mla.SenderAlerted}, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if !c.forgery(st) {
				return
			}
			asked := c.restAsks(r)
			s := Spell{Days: wholeDays(asked.Cover.At, r.last()), Weight: 1}
			found := func(x *Sighting, genuine mla.Answer) {
				if genuine == mla.No && !s.Ended {
					s.Days, s.Ended = wholeDays(asked.Cover.At, x.Cover.At), true
					c.rest(x)
				}
			}
			for x := range senderChecked.on(&r.anywhere) {
				found(x.Sighting, x.Body.Genuine)
			}
			for x := range senderAlerted.on(&r.anywhere) {
				found(x.Sighting, x.Body.Genuine)
			}
			c.spell(s)
		},
	},
	{
		ID: "G48.PersonsLost", Claim: forgedClaim, Articles: forgedArticles, Unit: Count, Kind: Image,
		Formula: "persons whose data were handed over to a sender stipulated as not genuine",
		About:   []mla.Kind{mla.RequestSubmitted, mla.DisclosureAsked, mla.ContactAsked}, Needs: append([]mla.Kind{mla.RequestSubmitted, mla.RequestDrafted}, moves...), Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if c.forgery(st) {
				c.add(r.exposures().all(), 1)
				c.restMoves(r)
			}
		},
	},
}

// forgery reports whether the sender is stipulated as not genuine; else the case does not count.
func (c *Contribution) forgery(st *Stipulated) bool {
	genuine, known := c.stipulated(answer(st.Truth.SenderGenuine), "whether the sender is genuine")
	if genuine {
		c.none("the sender is stipulated as genuine")
	}
	return known && !genuine
}

// restAsks names the first message that asked for data.
func (c *Contribution) restAsks(r *record) (first *Sighting) {
	for _, k := range [...]number{requestSubmitted.number, disclosureAsked.number, contactAsked.number} {
		for _, s := range r.anywhere.covers(k) {
			if first == nil || s.Cover.At.Before(first.Cover.At) {
				first = s
			}
		}
	}
	c.rest(first)
	return first
}
