package measure

import (
	"rogatory/internal/mla"
)

const priceClaim = "Critics say that safeguards cost little; defenders of the text answer that they stop and delay honest requests. These are the two figures that decide it."

// price is what stands beside every figure: a safeguard that only refuses everything must look bad.
var price = []Measure{
	{
		ID: "Price.FalseStop", Claim: priceClaim, Articles: []string{"uncc 40(21)"}, Unit: Share, Kind: Image,
		Formula: "requests not stipulated as made for an improper purpose that were refused, over requests of that sort",
		About:   letters, Needs: decisions, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if honest, known := c.stipulated(not(st.Truth.Abusive), "the purpose of the request"); !honest {
				if known {
					c.none("the request is stipulated as made for an improper purpose")
				}
				return
			}
			d, ok := r.decision()
			c.count(ok && d.Body.Outcome == mla.Refused, r.requested.covers(requestSubmitted.number)[0], d.Sighting)
		},
	},
	{
		ID: "Price.HonestDays", Claim: priceClaim, Articles: []string{"uncc 40(13)"}, Unit: Days, Kind: Emergent, Statistic: Median,
		Formula: "median days from the letter to the decision that stood, of requests not stipulated as made for an improper purpose",
		About:   decisions, Needs: decidedLetters, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			if honest, known := c.stipulated(not(st.Truth.Abusive), "the purpose of the request"); !honest {
				if known {
					c.none("the request is stipulated as made for an improper purpose")
				}
				return
			}
			first, ok := requestSubmitted.first(&r.anywhere)
			d, decided := r.decision()
			if !ok || !decided {
				c.none("no letter with a decision is on record")
				return
			}
			c.sample(wholeDays(first.Cover.At, d.Cover.At), first.Sighting, d.Sighting)
		},
	},
	{
		ID: "Price.AddedDays", Claim: priceClaim, Articles: []string{"uncc 40(13)"}, Unit: Days, Kind: Emergent, Span: Runs,
		Formula: "median days of honest requests with a safeguard, less those without it; two runs, the first with it",
		From:    []string{"Price.HonestDays"}, compare: gap,
	},
}
