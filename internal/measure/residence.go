package measure

import (
	"rogatory/internal/mla"
)

const (
	homeClaim     = "Critics say that data are shared although what the person did is no crime at home."
	diasporaClaim = "Critics say that jurisdiction over acts abroad that touch nationals turns the channel against people who left."
)

var homeArticles = []string{"uncc 22", "uncc 35(3)", "uncc 40(8)"}

// homeLaw is G14. Residence is as the letter tells it.
var homeLaw = []Measure{
	{
		ID: "G14.HomeLawful", Claim: homeClaim, Articles: homeArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "granted requests about conduct stipulated as no crime where the person lives, over granted requests about a person known to live in a third State",
		About:   letters, Needs: decidedLetters, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			d, ok := c.abroad(r)
			if !ok {
				return
			}
			if crime, known := c.stipulated(answer(st.Truth.CrimeWhereLiving), "whether the conduct is a crime where the person lives"); known {
				c.count(!crime, d, r.asks)
			}
		},
	},
	{
		ID: "G14.HomeStateTold", Claim: homeClaim, Articles: homeArticles, Unit: Share, Kind: Structural, Span: Card,
		Formula: "granted requests about a person who lives in a third State of which that State was told, over such grants",
		About:   letters, Needs: []mla.Kind{mla.RequestSubmitted, mla.Decided, mla.StateNotified},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			d, ok := c.abroad(r)
			if !ok {
				return
			}
			var notified *Sighting
			for n := range stateNotified.on(&r.anywhere) {
				if n.Body.State == r.asked.Residence {
					notified = n.Sighting
				}
			}
			c.count(notified != nil, d, notified)
		},
	},
}

// abroad returns the grant of a request about a person who lives in a third State.
func (c *Contribution) abroad(r *record) (*Sighting, bool) {
	if home := r.asked.Residence; home == "" || home == r.asked.Requesting || home == r.asked.Requested {
		c.none("nothing says that the person lives in a third State")
		return nil, false
	}
	d, ok := c.grant(r)
	return d.Sighting, ok
}

// diaspora is G42.
var diaspora = []Measure{{
	ID: "G42.DiasporaShare", Claim: diasporaClaim, Articles: []string{"uncc 22", "uncc 35", "uncc 37", "uncc 40"}, Unit: Share, Kind: Image, Span: Card,
	Formula: "granted requests for protected conduct of a person stipulated as a national of the requesting State who lives elsewhere, over granted requests",
	About:   letters, Needs: decidedLetters, Stipulates: true,
	take: func(r *record, st *Stipulated, c *Contribution) {
		d, ok := c.grant(r)
		if !ok {
			return
		}
		left := mla.AnswerOf(r.asked.Residence != r.asked.Requesting)
		targeted := both(left, both(answer(st.Truth.National), answer(st.Truth.ProtectedConduct)))
		if yes, known := c.stipulated(targeted, "the person's nationality, or whether the conduct is protected"); known {
			c.count(yes, d.Sighting, r.asks)
		}
	},
}}
