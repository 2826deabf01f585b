package measure

import (
	"rogatory/internal/mla"
)

const transparencyClaim = "Critics say that no State has to publish how often it asks, grants, refuses or gags."

// coreFields is how many fields a statistic would have that tells the public what critics ask for.
const coreFields = 12

var (
	transparencyArticles = []string{"uncc 57"}
	letters              = []mla.Kind{mla.RequestSubmitted}
)

// transparency is G04. What it counts are traces; VisibilityGap sets the views side by side.
var transparency = []Measure{
	{
		ID: "G04.Coverage", Claim: transparencyClaim, Articles: transparencyArticles, Unit: Share, Kind: Structural,
		Formula: "requests of which some event is open to the public, over all requests",
		About:   letters,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.count(len(r.public) > 0, r.requested.covers(requestSubmitted.number)[0])
			c.rest(r.public...)
		},
	},
	{
		ID: "G04.Docketed", Claim: transparencyClaim, Articles: transparencyArticles, Unit: Share, Kind: Structural,
		Formula: "requests with an entry on a public register, sealed or open, over all requests",
		About:   letters,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			entries := r.anywhere.covers(docketEntered.number)
			c.count(len(entries) > 0, r.requested.covers(requestSubmitted.number)[0])
			c.rest(entries...)
		},
	},
	{
		ID: "G04.ReportedRatio", Claim: transparencyClaim, Articles: transparencyArticles, Unit: Times, Kind: Structural, Statistic: Ratio,
		Formula: "requests in published statistics, over requests on the logs",
		About:   letters, Needs: []mla.Kind{mla.StatisticPublished}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.add(0, 1, r.requested.covers(requestSubmitted.number)[0])
			for s := range statisticPublished.on(r.requested) {
				if s.Event.Actor.Role != mla.Provider { // whose figures count orders
					c.add(s.Body.Received, 0, s.Sighting)
				}
			}
		},
	},
	{
		ID: "G04.FieldsPublished", Claim: transparencyClaim, Articles: transparencyArticles, Unit: Share, Kind: Structural,
		Formula: "fields in a published statistic, over the twelve that critics ask for",
		About:   letters, Needs: []mla.Kind{mla.StatisticPublished}, Sides: requested,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			most := told[mla.StatisticPublishedBody]{}
			for s := range statisticPublished.on(r.requested) {
				if most.Sighting == nil || len(s.Body.Counts) > len(most.Body.Counts) {
					most = s
				}
			}
			c.add(min(coreFields, len(most.Body.Counts)), coreFields, most.Sighting)
		},
	},
}
