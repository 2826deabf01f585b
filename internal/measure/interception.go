package measure

import (
	"rogatory/internal/mla"
)

const (
	interceptionClaim = "Critics say that live collection of traffic and content is exported by request, with few brakes."
	locationClaim     = "Critics say that location is obtained as if it were routine traffic data."
)

var (
	interceptionArticles = []string{"uncc 29", "uncc 30", "uncc 45", "uncc 46", "budapest 20", "budapest 21", "budapest 33", "budapest 34"}
	locationArticles     = []string{"uncc 27", "uncc 29", "uncc 45"}

	stopped = []mla.Kind{mla.InterceptionStopped}
	started = []mla.Kind{mla.InterceptionStarted}
)

// cursory is the scrutiny, in minutes, under which a renewal counts as not reviewed.
const cursory = 10

// interception is G08.
var interception = []Measure{
	{
		ID: "G08.BystanderRatio", Claim: interceptionClaim, Articles: interceptionArticles, Unit: Times, Kind: Image, Statistic: Ratio,
		Formula: "other persons caught by an interception, over its targets, of whom each has one",
		About:   stopped, Needs: stopped,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for i := range interceptionStopped.on(&r.anywhere) {
				c.add(i.Body.Bystanders, 1, i.Sighting)
			}
		},
	},
	{
		ID: "G08.OverRun", Claim: interceptionClaim, Articles: interceptionArticles, Unit: Share, Kind: Emergent,
		Formula: "days of interception beyond those authorised, over days of interception",
		About:   stopped, Needs: []mla.Kind{mla.InterceptionStarted, mla.InterceptionStopped},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for i := range interceptionStopped.on(&r.anywhere) {
				authorised := 0
				for s := range interceptionStarted.on(&r.anywhere) {
					if s.Body.Order == i.Body.Order {
						authorised += s.Body.Days
						c.rest(s.Sighting)
					}
				}
				c.add(max(0, i.Body.TargetDays-authorised), i.Body.TargetDays, i.Sighting)
			}
		},
	},
	{
		ID: "G08.RenewNoReview", Claim: interceptionClaim, Articles: interceptionArticles, Unit: Share, Kind: Image,
		Formula: "renewals of an interception with less than ten minutes of review since it last started, over renewals",
		About:   started, Needs: []mla.Kind{mla.InterceptionStarted, mla.ReviewPerformed},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for s := range interceptionStarted.on(&r.anywhere) {
				var before *Sighting
				for b := range interceptionStarted.on(&r.anywhere) {
					if b.Sighting == s.Sighting {
						break
					}
					if b.Body.Order == s.Body.Order {
						before = b.Sighting
					}
				}
				if before == nil {
					continue
				}
				minutes := 0
				for v := range reviewPerformed.on(&r.anywhere) {
					if v.Cover.At.After(before.Cover.At) && !v.Cover.At.After(s.Cover.At) {
						minutes += v.Body.Minutes
					}
				}
				c.count(minutes < cursory, s.Sighting, before)
			}
			if c.Whole == 0 {
				c.none("no interception was renewed")
			}
		},
	},
	{
		ID: "G08.LiveShare", Claim: interceptionClaim, Articles: interceptionArticles, Unit: Share, Kind: Image,
		Formula: "requests for live traffic or content, over all requests",
		About:   letters, Needs: letters,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.count(r.asked.Measure == mla.RealTimeTraffic || r.asked.Measure == mla.Interception, r.asks)
		},
	},
}

// location is G09. An interception with points on it is one of location.
var location = []Measure{
	{
		ID: "G09.LocationAtLowTier", Claim: locationClaim, Articles: locationArticles, Unit: Share, Kind: Structural, Span: Card,
		Formula: "interceptions of location authorised as traffic data, over interceptions of location",
		About:   stopped, Needs: stopped,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for i := range interceptionStopped.on(&r.anywhere) {
				if i.Body.Points > 0 {
					c.count(i.Body.Tier == string(mla.Traffic), i.Sighting)
				}
			}
		},
	},
	{
		ID: "G09.PointsPerPersonDay", Claim: locationClaim, Articles: locationArticles, Unit: Count, Kind: Image, Span: Card, Statistic: Median,
		Formula: "median whole number of points of location a day",
		About:   stopped, Needs: stopped,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for i := range interceptionStopped.on(&r.anywhere) {
				if i.Body.Points > 0 && i.Body.TargetDays > 0 {
					c.sample(i.Body.Points/i.Body.TargetDays, i.Sighting)
				}
			}
		},
	},
}
