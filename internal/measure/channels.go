package measure

import (
	"rogatory/internal/mla"
)

const (
	spontaneousClaim = "Critics say that information can flow unasked, so that no request, ground or authorisation exists."
	contactClaim     = "Critics say that a contact point built for preservation becomes a channel of disclosure."
	voluntaryClaim   = "Critics say that firms hand data over without compulsion, and that an emergency removes the judge."
	policeClaim      = "Critics say that police cooperation and joint teams sidestep the central authority."
)

var (
	spontaneousArticles = []string{"uncc 40(4)", "uncc 40(5)", "budapest 26"}
	contactArticles     = []string{"uncc 41", "budapest 35"}
	voluntaryArticles   = []string{"budapest 32(b)"}
	policeArticles      = []string{"uncc 47", "uncc 48"}
	allChannels         = []string{"uncc 40(4)", "uncc 41", "uncc 47", "uncc 48", "budapest 32(b)"}

	moves      = []mla.Kind{mla.Produced, mla.InformationShared, mla.ContactAnswered, mla.PoliceShared, mla.VoluntaryDisclosed, mla.TransborderAccessed}
	shared     = []mla.Kind{mla.InformationShared}
	contacts   = []mla.Kind{mla.ContactAsked}
	contacting = []mla.Kind{mla.ContactAsked, mla.ContactAnswered, mla.RequestSubmitted}
	disclosed  = []mla.Kind{mla.VoluntaryDisclosed}
)

// exposures are the persons whose data crossed a border, by the channel.
type exposures struct {
	formal, direct                                             int
	spontaneous, contact, voluntary, police, team, transborder int
}

func (e exposures) informal() int {
	return e.spontaneous + e.contact + e.voluntary + e.police + e.team + e.transborder
}

func (e exposures) all() int { return e.formal + e.direct + e.informal() }

// exposures works them out once for a case.
func (r *record) exposures() exposures {
	if r.exposing {
		return r.exposed
	}
	e := exposures{}
	for p := range produced.on(&r.anywhere) {
		if r.asked.Channel == mla.Direct {
			e.direct += p.Body.Evidence.Scope.Persons
		} else {
			e.formal += p.Body.Evidence.Scope.Persons
		}
	}
	for s := range informationShared.on(&r.anywhere) {
		e.spontaneous += s.Body.Evidence.Scope.Persons
	}
	for a := range contactAnswered.on(&r.anywhere) {
		if a.Body.Answer == mla.ContactTells && a.Body.Evidence != nil {
			e.contact += a.Body.Evidence.Scope.Persons
		}
	}
	for v := range voluntaryDisclosed.on(&r.anywhere) {
		e.voluntary += v.Body.Evidence.Scope.Persons
	}
	for p := range policeShared.on(&r.anywhere) {
		if p.Body.Team == "" {
			e.police += p.Body.Evidence.Scope.Persons
		} else {
			e.team += p.Body.Evidence.Scope.Persons
		}
	}
	for t := range transborderAccessed.on(&r.anywhere) {
		e.transborder += t.Body.Evidence.Scope.Persons
	}
	r.exposed, r.exposing = e, true
	return e
}

// restMoves names the events by which data moved.
func (c *Contribution) restMoves(r *record) {
	for _, k := range [...]number{produced.number, informationShared.number, contactAnswered.number, policeShared.number, voluntaryDisclosed.number, transborderAccessed.number} {
		c.rest(r.anywhere.covers(k)...)
	}
}

// channel is the part of all persons exposed that some channels exposed.
func channel(id, claim string, articles []string, what string, k Kind, part func(exposures) int) Measure {
	return Measure{
		ID: id, Claim: claim, Articles: articles, Unit: Share, Kind: k,
		Formula: "persons exposed " + what + ", over persons exposed by any channel",
		About:   moves, Needs: append([]mla.Kind{mla.RequestSubmitted, mla.RequestDrafted}, moves...),
		take: func(r *record, _ *Stipulated, c *Contribution) {
			e := r.exposures()
			c.add(part(e), e.all())
			c.restMoves(r)
		},
	}
}

// persons is how many persons some channels exposed.
func persons(id, what string, part func(exposures) int) Measure {
	return Measure{
		ID: id, Claim: spontaneousClaim, Articles: allChannels, Unit: Count, Kind: Image,
		Formula: "persons exposed " + what,
		About:   moves, Needs: append([]mla.Kind{mla.RequestSubmitted, mla.RequestDrafted}, moves...),
		take: func(r *record, _ *Stipulated, c *Contribution) {
			c.add(part(r.exposures()), 1)
			c.restMoves(r)
		},
	}
}

// spontaneous is G35, and the waterbed under all channels.
var spontaneous = []Measure{
	channel("G35.SpontaneousShare", spontaneousClaim, spontaneousArticles, "by information given unasked", Image,
		func(e exposures) int { return e.spontaneous }),
	channel("G35.InformalShare", spontaneousClaim, allChannels, "by any channel without a request or an order", Image, exposures.informal),
	persons("G35.Persons.formal", "on requests and orders", func(e exposures) int { return e.formal + e.direct }),
	persons("G35.Persons.informal", "without a request or an order", exposures.informal),
	{
		ID: "G35.ChannelShift", Claim: spontaneousClaim, Articles: allChannels, Unit: Times, Kind: Emergent, Span: Runs,
		Formula: "persons more on informal channels with a safeguard than without it, over persons fewer on the formal route; two runs, the first without",
		From:    []string{"G35.Persons.formal", "G35.Persons.informal"}, compare: moved,
	},
	{
		ID: "G35.Prompted", Claim: spontaneousClaim, Articles: spontaneousArticles, Unit: Share, Kind: Image,
		Formula: "information given unasked within fourteen days of a message from the State that gets it, over information given unasked",
		About:   shared, Needs: []mla.Kind{mla.InformationShared, mla.ContactAsked, mla.DisclosureAsked, mla.PoliceShared},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for s := range informationShared.on(&r.anywhere) {
				prompt := r.prompt(s.Sighting)
				c.count(prompt != nil, s.Sighting, prompt)
			}
		},
	},
	{
		ID: "G35.GateBypass", Claim: spontaneousClaim, Articles: spontaneousArticles, Unit: Count, Kind: Structural, Statistic: Ratio,
		Formula: "of the four gates of a request (check of form, grounds considered, dual criminality tested, independent authorisation), how many were not passed, for each person exposed without a request or an order",
		About:   moves, Needs: append([]mla.Kind{mla.AuthorisationDecided, mla.RequestSubmitted, mla.RequestDrafted}, moves...),
		take: func(r *record, _ *Stipulated, c *Contribution) {
			persons, gates := r.exposures().informal(), 4
			for _, n := range [...]int{intakeChecked.count(&r.anywhere), groundConsidered.count(&r.anywhere), dualCriminalityTested.count(&r.anywhere)} {
				gates -= min(1, n)
			}
			for a := range authorisationDecided.on(&r.anywhere) {
				if a.Body.Independent && a.Body.Ruling != mla.RulingDeny {
					gates--
					break
				}
			}
			c.add(gates*persons, persons)
			c.restMoves(r)
		},
	},
}

// promptDays is how long after a message information still counts as prompted by it.
const promptDays = 14

// prompt is a message of another State shortly before information was shared.
func (r *record) prompt(s *Sighting) (found *Sighting) {
	for _, k := range [...]number{contactAsked.number, disclosureAsked.number, policeShared.number} {
		for _, x := range r.anywhere.covers(k) {
			if x.Event != nil && x.Event.Actor.State != s.Event.Actor.State && !x.Cover.At.After(s.Cover.At) && wholeDays(x.Cover.At, s.Cover.At) <= promptDays {
				found = x
			}
		}
	}
	return found
}

// contactPoint is G36.
var contactPoint = []Measure{
	leak("G36.Leak247", "messages to a contact point", func(*Sighting) bool { return true }),
	leak("G36.AfterHoursDisclosure", "messages to a contact point between 20:00 and 06:00 legal time", func(s *Sighting) bool {
		h := s.Cover.At.Hour()
		return h >= 20 || h < 6
	}),
}

// linkDays is how long a request may take to follow what a contact point told.
const linkDays = 60

func leak(id, what string, counts func(*Sighting) bool) Measure {
	return Measure{
		ID: id, Claim: contactClaim, Articles: contactArticles, Unit: Share, Kind: Image,
		Formula: what + " answered with personal data and tied to no request within sixty days, over " + what,
		About:   contacts, Needs: contacting,
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for a := range contactAsked.on(&r.anywhere) {
				if !counts(a.Sighting) {
					continue
				}
				answer, told := r.answerTo(a.Sighting)
				linked := told && answer.Body.Docket != ""
				for l := range requestSubmitted.on(&r.anywhere) {
					linked = linked || !l.Cover.At.Before(a.Cover.At) && wholeDays(a.Cover.At, l.Cover.At) <= linkDays
				}
				c.count(told && answer.Body.Answer == mla.ContactTells && !linked, a.Sighting, answer.Sighting)
			}
		},
	}
}

// answerTo is the first answer of a contact point after a message to it.
func (r *record) answerTo(asked *Sighting) (told[mla.ContactAnsweredBody], bool) {
	for a := range contactAnswered.on(&r.anywhere) {
		if !a.Cover.At.Before(asked.Cover.At) {
			return a, true
		}
	}
	return told[mla.ContactAnsweredBody]{}, false
}

// voluntary is G37.
var voluntary = []Measure{
	channel("G37.VoluntaryShare", voluntaryClaim, voluntaryArticles, "by a provider's own decision", Image, func(e exposures) int { return e.voluntary }),
	channel("G37.TransborderShare", voluntaryClaim, voluntaryArticles, "by access with consent that asks no State", Image, func(e exposures) int { return e.transborder }),
	{
		ID: "G37.FalseEmergency", Claim: voluntaryClaim, Articles: voluntaryArticles, Unit: Share, Kind: Image,
		Formula: "disclosures on a claim of danger to life for which no emergency is stipulated, over disclosures on such a claim",
		About:   disclosed, Needs: disclosed, Stipulates: true,
		take: func(r *record, st *Stipulated, c *Contribution) {
			for v := range voluntaryDisclosed.on(&r.anywhere) {
				if !v.Body.Emergency {
					continue
				}
				if real, known := c.stipulated(answer(st.Truth.EmergencyReal), "whether the emergency is real"); known {
					c.count(!real, v.Sighting)
				}
			}
		},
	},
	{
		ID: "G37.AfterCheck", Claim: voluntaryClaim, Articles: voluntaryArticles, Unit: Share, Kind: Structural,
		Formula: "disclosures on a claim of danger to life that an authority looked into within 72 hours, over disclosures on such a claim",
		About:   disclosed, Needs: []mla.Kind{mla.VoluntaryDisclosed, mla.EmergencyValidated},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for v := range voluntaryDisclosed.on(&r.anywhere) {
				if !v.Body.Emergency {
					continue
				}
				var checked *Sighting
				for x := range emergencyValidated.on(&r.anywhere) {
					if after := x.Cover.At.Sub(v.Cover.At).Hours(); after >= 0 && after <= 72 {
						checked = x.Sighting
					}
				}
				c.count(checked != nil, v.Sighting, checked)
			}
		},
	},
}

// police is G38.
var police = []Measure{
	channel("G38.PoliceRoute", policeClaim, policeArticles, "police to police or within a joint team", Image, func(e exposures) int { return e.police + e.team }),
	{
		ID: "G38.NoGroundsTested", Claim: policeClaim, Articles: policeArticles, Unit: Share, Kind: Image,
		Formula: "sets of data shared within a joint team before any ground was considered, over sets shared within a joint team",
		About:   []mla.Kind{mla.PoliceShared}, Needs: []mla.Kind{mla.PoliceShared, mla.GroundConsidered},
		take: func(r *record, _ *Stipulated, c *Contribution) {
			for p := range policeShared.on(&r.anywhere) {
				if p.Body.Team == "" {
					continue
				}
				var looked *Sighting
				for g := range groundConsidered.on(&r.anywhere) {
					if !g.Cover.At.After(p.Cover.At) {
						looked = g.Sighting
					}
				}
				c.count(looked == nil, p.Sighting, looked)
			}
		},
	},
}
