package measure

import (
	"time"

	"rogatory/internal/mla"
)

const (
	custodyClaim = "Critics say that the text pushes collection and sharing but not handling, so that what is gathered may be useless or unsafe."
	keepingClaim = "Critics say that pooled secrets become targets, and that nobody has to say when they leak."
	useClaim     = "Critics say that limits on use rest on trust, and that passing evidence on is easy and invisible."
)

var (
	custodyArticles = []string{"uncc 35", "uncc 40", "uncc 44", "uncc 47", "uncc 54"}
	keepingArticles = []string{"uncc 28(4)", "uncc 36", "uncc 40"}
	useArticles     = []string{"uncc 36(3)", "uncc 40(19)", "budapest 28(2)"}

	handoffs  = []mla.Kind{mla.CustodyHandoff}
	rulings   = []mla.Kind{mla.AdmissibilityRuled}
	passedOn  = []mla.Kind{mla.OnwardTransferred}
	holdings  = []mla.Kind{mla.Produced, mla.CustodyHandoff, mla.OnwardTransferred}
	retention = []mla.Kind{mla.Produced, mla.CustodyHandoff, mla.OnwardTransferred, mla.Deleted}
)

// broken reports whether a hop cannot be shown to have left the evidence as it was.
func broken(h mla.CustodyHandoffBody) bool {
	return h.HashIn == "" || h.HashOut == "" || h.HashIn != h.HashOut
}

// custody is G15.
var custody = []Measure{
	{
		ID: "G15.BrokenChain", Claim: custodyClaim, Articles: custodyArticles, Unit: Share, Kind: Image,
		Formula: "hand-overs of evidence whose hashes differ or are missing, over hand-overs",
		About:   handoffs, Needs: handoffs,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for h := range custodyHandoff.on(&r.anywhere) {
				c.count(broken(h.Body), h.Sighting)
			}
		},
	},
	{
		ID: "G15.WastedIntrusion", Claim: custodyClaim, Articles: custodyArticles, Unit: Share, Kind: Image,
		Formula: "persons whose data were produced and then excluded at trial, over persons whose data were produced",
		About:   productionsMade, Needs: []mla.Kind{mla.Produced, mla.AdmissibilityRuled},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for p := range produced.on(&r.anywhere) {
				persons, wasted := p.Body.Evidence.Scope.Persons, 0
				for a := range admissibilityRuled.on(&r.anywhere) {
					if a.Body.Evidence == p.Body.Evidence.ID && !a.Body.Admitted {
						wasted = persons
						c.rest(a.Sighting)
					}
				}
				c.add(wasted, persons, p.Sighting)
			}
		},
	},
	{
		ID: "G15.UnsafeAdmission", Claim: custodyClaim, Articles: custodyArticles, Unit: Share, Kind: Image,
		Formula: "evidence admitted at trial whose chain is broken at some hand-over, over evidence admitted",
		About:   rulings, Needs: []mla.Kind{mla.AdmissibilityRuled, mla.CustodyHandoff},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for a := range admissibilityRuled.on(&r.anywhere) {
				if !a.Body.Admitted {
					continue
				}
				var gap *Sighting
				for h := range custodyHandoff.on(&r.anywhere) {
					if h.Body.Evidence == a.Body.Evidence && broken(h.Body) {
						gap = h.Sighting
					}
				}
				c.count(gap != nil, a.Sighting, gap)
			}
		},
	},
}

// holders counts who has held evidence: the provider that produced it, whoever it was handed to, and every State it was
// passed on to.
func (r *record) holders(evidence string, c *Contribution) int {
	seen := [16]string{}
	held := seen[:0]
	add := func(holder string, s *Sighting) {
		for _, h := range held {
			if h == holder {
				return
			}
		}
		held = append(held, holder)
		c.rest(s)
	}
	for h := range custodyHandoff.on(&r.anywhere) {
		if h.Body.Evidence == evidence {
			add(h.Body.From, nil)
			add(h.Body.To, h.Sighting)
		}
	}
	for t := range onwardTransferred.on(&r.anywhere) {
		if t.Body.Evidence.ID == evidence {
			add(t.id(), t.Sighting)
		}
	}
	return len(held)
}

// keeping is G21.
var keeping = []Measure{
	{
		ID: "G21.CopyCount", Claim: keepingClaim, Articles: keepingArticles, Unit: Count, Kind: Image, Span: Card, Statistic: Median,
		Formula: "median number of holders of a produced set",
		About:   productionsMade, Needs: holdings,
		take: func(r *record, _ *Stipulated, c *Contribution) { c.fanout(r) },
	},
	{
		ID: "G21.ExposureYears", Claim: keepingClaim, Articles: keepingArticles, Unit: PersonYears, Kind: Emergent, Span: Card, Statistic: InYears,
		Formula: "years for which each holder but the provider kept each person's data, up to deletion or the last legal instant on record, summed over persons and holders",
		About:   productionsMade, Needs: retention,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for p := range produced.on(&r.anywhere) {
				evidence := p.Body.Evidence
				for h := range custodyHandoff.on(&r.anywhere) {
					if h.Body.Evidence == evidence.ID {
						c.add(evidence.Scope.Persons*r.kept(c, evidence.ID, h.Body.To, h.Cover.At), 0, h.Sighting)
					}
				}
				for t := range onwardTransferred.on(&r.anywhere) {
					if t.Body.Evidence.ID == evidence.ID {
						c.add(evidence.Scope.Persons*r.kept(c, evidence.ID, "", t.Cover.At), 0, t.Sighting)
					}
				}
				c.add(0, 1, p.Sighting)
			}
		},
	},
	{
		ID: "G21.BreachSilent", Claim: keepingClaim, Articles: keepingArticles, Unit: Share, Kind: Image, Span: Card,
		Formula: "leaks of which nobody was told, over leaks",
		About:   []mla.Kind{mla.BreachFound}, Needs: []mla.Kind{mla.BreachFound, mla.BreachNotified},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for b := range breachFound.on(&r.anywhere) {
				var spoken *Sighting
				for n := range breachNotified.on(&r.anywhere) {
					if !n.Cover.At.Before(b.Cover.At) {
						spoken = n.Sighting
					}
				}
				c.count(spoken == nil, b.Sighting, spoken)
			}
		},
	},
}

// fanout takes the holders of each produced set into account.
func (c *Contribution) fanout(r *record) {
	for p := range produced.on(&r.anywhere) {
		n := r.holders(p.Body.Evidence.ID, c)
		if n == 0 {
			c.cannot("data were produced by %s and no hand-over of them is on record", p.id())
			return
		}
		c.sample(n, p.Sighting)
	}
}

// kept counts the days for which a holder kept evidence.
func (r *record) kept(c *Contribution, evidence, holder string, from time.Time) int {
	for d := range deleted.on(&r.anywhere) {
		if d.Body.Evidence == evidence && d.Body.Holder == holder && !d.Cover.At.Before(from) {
			c.rest(d.Sighting)
			return wholeDays(from, d.Cover.At)
		}
	}
	return wholeDays(from, r.last())
}

// otherUses is G33.
var otherUses = []Measure{
	{
		ID: "G33.OffPurpose", Claim: useClaim, Articles: useArticles, Unit: Share, Kind: Image,
		Formula: "recorded uses of evidence outside the request, over recorded uses",
		About:   []mla.Kind{mla.UseRecorded}, Needs: []mla.Kind{mla.UseRecorded},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for u := range useRecorded.on(&r.anywhere) {
				c.count(!u.Body.WithinRequest, u.Sighting)
			}
		},
	},
	{
		ID: "G33.UntokenedTransfer", Claim: useClaim, Articles: useArticles, Unit: Share, Kind: Image,
		Formula: "evidence passed on to another State without a token of consent, over evidence passed on",
		About:   passedOn, Needs: passedOn,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for t := range onwardTransferred.on(&r.anywhere) {
				c.count(t.Body.Token == "", t.Sighting)
			}
		},
	},
	{
		ID: "G33.Fanout", Claim: useClaim, Articles: useArticles, Unit: Count, Kind: Image, Statistic: Ratio,
		Formula: "mean number of holders of a produced set: holders, over sets",
		About:   productionsMade, Needs: holdings,
		take: func(r *record, _ *Stipulated, c *Contribution) { c.fanout(r) },
	},
	{
		ID: "G33.Fanout.max", Claim: useClaim, Articles: useArticles, Unit: Count, Kind: Image, Statistic: Largest,
		Formula: "largest number of holders of a produced set",
		About:   productionsMade, Needs: holdings,
		take: func(r *record, _ *Stipulated, c *Contribution) { c.fanout(r) },
	},
}
