package population

import (
	"math"
	"slices"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// ways are the channels in the order in which one lot falls on them. A letter comes first: what makes it dearer takes from it
// and gives to the others, and the same lot tells which matters would have been letters otherwise.
var ways = [...]mla.Channel{mla.Formal, mla.Direct, mla.Police, mla.Voluntary, mla.Contact, mla.Spontaneous}

// windowOfCost is the days that count as much as Model.ChannelDays says.
const windowOfCost = 100

var beyond, way = PurposeOf("looks beyond the letter"), PurposeOf("choice of channel")

// Seek has the requesting State choose how to seek the data, where a letter would now lie with the officers of the other
// State for so many days. What is chosen hangs on those days and on the number of the case alone.
func (w *World) Seek(c *Case, pile float64) {
	c.Pile = pile
	if !w.looksBeyond(c) {
		return
	}
	lot := Draw(w.Seed, c.Replication, c.Number, way)
	unhindered := lot
	weights := w.weigh(c, pile)
	to := ways[lot.Pick(weights[:])]
	if to == mla.Formal {
		return
	}
	if w.plain == nil {
		w.plain = w.without()
	}
	before := w.plain.weigh(c, 0)
	c.Displaced = ways[unhindered.Pick(before[:])] == mla.Formal
	w.turn(c, to)
}

// looksBeyond reports whether the requesting State thinks of anything but a letter, in this matter and whenever it is tried
// again.
func (w *World) looksBeyond(c *Case) bool {
	s := Draw(w.Seed, c.Replication, c.Number%attempt, beyond)
	return s.Happens(w.Model.ChannelChoice)
}

// without is the same world with no safeguard.
func (w *World) without() *World {
	plain := *w
	plain.Setting.Safeguards, plain.pairs, plain.facts, plain.plain = nil, map[pairKey]*pair{}, map[factsKey]layers{}, nil
	return &plain
}

// turn makes of a letter what goes by another channel.
func (w *World) turn(c *Case, to mla.Channel) {
	r := &c.Request
	r.Channel, r.Preserve = to, false
	if to != mla.Direct {
		return
	}
	if n, _ := w.orders(c); n != c.instrument {
		c.instrument, c.pair = n, w.between(r.Requesting, r.Requested, n)
		r.Instruments = w.Setting.Instruments[n : n+1]
		w.drawPurpose(c, c.Number%attempt)
	}
	if _, used := c.Stipulated[route]; used {
		byOrder := mla.Facts{route: mla.Word("provider-order")}
		c.Stipulated, c.Stated = c.Stipulated.With(byOrder), c.Stated.With(byOrder)
	}
}

const route mla.Path = "channel.route"

// weigh gives each way its weight: how usual it is, less what it costs the asker. A way that is not open has none.
func (w *World) weigh(c *Case, pile float64) (weights [len(ways)]float64) {
	m := &w.Model
	usual := [...]float64{m.HabitLetter, m.HabitOrder, m.HabitPolice, m.HabitVoluntary, m.HabitContact, m.HabitSpontaneous}
	for i, to := range ways {
		if usual[i] > 0 && w.open(c, to) {
			weights[i] = usual[i] * math.Exp(-m.ChannelElastic*w.cost(c, to, pile))
		}
	}
	return weights
}

// open reports whether a way can carry what is sought. A forger has the letter and the provider: the rest needs an authority
// of the State that is named.
func (w *World) open(c *Case, to mla.Channel) bool {
	r := &c.Request
	content := slices.Contains(r.Scope.Categories, mla.Content)
	if to == mla.Formal {
		return !c.Again() || w.letters() > 1
	}
	if r.Measure != mla.Produce || c.forged && to != mla.Voluntary {
		return false
	}
	switch to {
	case mla.Direct:
		_, ok := w.orders(c)
		return ok
	case mla.Police:
		return !content
	case mla.Voluntary:
		return !content || r.Urgent
	case mla.Contact:
		return !content && r.Urgent && !w.asked(c).terms.Channels.Gated
	case mla.Spontaneous:
		return true
	case mla.Formal, mla.JointTeam, mla.Transborder: // the one is above, the others nobody here takes
	}
	return false
}

// letters is under how many instruments of the setting a State asks a State.
func (w *World) letters() (n int) {
	for i := range w.Setting.Instruments {
		if !w.between(States[0], States[1], i).terms.Direct.Only {
			n++
		}
	}
	return n
}

// asked is the law by which the other State would be asked.
func (w *World) asked(c *Case) *pair {
	return w.between(c.Request.Requesting, c.Request.Requested, c.instrument)
}

// orders finds the instrument by which an order to the provider reaches the kinds of data sought: one that carries orders
// across the border before one that only has States give the power at home, and of the latter that of the letter first.
// A power that an instrument has States give is taken to have been given (README, What is assumed).
func (w *World) orders(c *Case) (instrument int, ok bool) {
	best := 0
	for i := range w.Setting.Instruments {
		d := w.between(c.Request.Requesting, c.Request.Requested, i).terms.Direct
		if d.Article == "" || slices.ContainsFunc(c.Request.Scope.Categories, func(k mla.Category) bool { return !slices.Contains(d.Categories, k) }) {
			continue
		}
		rank := 1
		switch {
		case d.Asks:
			rank = 3
		case i == c.instrument:
			rank = 2
		}
		if rank > best {
			instrument, best = i, rank
		}
	}
	return instrument, best > 0
}

// cost is what a way costs the asker: days, the noes to be met with, and evidence that does not come or cannot be used.
func (w *World) cost(c *Case, to mla.Channel, pile float64) float64 {
	m := &w.Model
	days, noes, worth := w.prospect(c, to, pile)
	scrutiny := m.ChannelScrutiny
	if c.Truth.Abusive {
		scrutiny *= m.ChannelImproper
	}
	return m.ChannelDays*days/windowOfCost + scrutiny*noes + m.ChannelWorth*(1-worth)
}

// prospect is what the asker expects of a way: the days at the medians of its stages and with the pile as it is; how many noes
// there were if every ground held; and the share of cases in which evidence comes and can be used.
func (w *World) prospect(c *Case, to mla.Channel, pile float64) (days, noes, worth float64) {
	m, r, p := &w.Model, &c.Request, w.asked(c)
	provider, review := m.ComplyMedian, m.ReviewMedian*365/WorkingDays
	if r.Urgent {
		provider = m.ComplyUrgent
	}
	if w.First(c) {
		pile = 0
	}
	look := pile + review // what an officer takes, where one looks
	switch to {
	case mla.Formal:
		transit := float64(p.terms.Practice[r.Requesting].TransitDays + p.terms.Practice[r.Requested].TransitDays)
		deny, _ := w.rules(p.terms.Authorisation[r.Measure])
		days = m.DraftMedian + transit + m.IntakeMedian + m.ReturnedShare*m.ReturnedMedian + look + m.AuthoriseMedian + provider + m.FilterMedian
		return days, w.noes(p) + deny, 1
	case mla.Direct:
		n, _ := w.orders(c)
		q := w.between(r.Requesting, r.Requested, n)
		noes, _ = w.rules(w.atHome(c, n))
		days, worth = m.OrderMedian+m.AuthoriseMedian+provider, m.UsableOrder
		if !q.terms.Direct.Asks {
			worth *= w.obeys(c)
		}
		switch told := q.terms.Direct.Notice != ""; {
		case q.terms.Channels.Gated && !told:
			days, noes = days+look, noes+w.noes(q)
		case told || q.terms.ThirdState.Days > 0:
			days, noes = days+float64(q.terms.ThirdState.Days), noes+w.noes(q)
		}
		return days, noes, worth
	case mla.Police:
		days, worth = m.PoliceMedian, m.PoliceGives*m.UsablePolice
	case mla.Voluntary:
		if r.Urgent {
			return 1 + provider, 0, m.DiscloseEmergency * m.UsableVoluntary
		}
		days, worth = 1+provider, w.obeys(c)*m.UsableVoluntary
	case mla.Contact:
		return 2, 0, m.ContactTells * m.UsableContact
	case mla.Spontaneous:
		days, worth = m.SpontaneousMedian, m.SpontaneousGives*m.UsableSpontaneous
	case mla.JointTeam, mla.Transborder: // nobody here takes them
	}
	if p.terms.Channels.Gated {
		days, noes = days+look, w.noes(p)
	}
	return days, noes, worth
}

// noes is how many grounds would be raised if every one of them held.
func (w *World) noes(p *pair) (n float64) {
	for _, e := range p.effects {
		n += w.used(e)
	}
	return n
}

// used is how often a ground of a kind is raised where it is open.
func (w *World) used(e mla.Effect) float64 {
	if e == mla.MustRefuse {
		return w.Model.GroundMust
	}
	return w.Model.GroundMay
}

// obeys is how often a provider gives what an authority abroad asks that cannot bind it.
func (w *World) obeys(c *Case) float64 {
	if trusted(c.Request.Requesting) {
		return w.Model.DiscloseTrusted
	}
	return w.Model.DiscloseOther
}

// atHome is who authorises an order in the State that issues it, under an instrument.
func (w *World) atHome(c *Case, instrument int) policies.Authorisation {
	r := &c.Request
	own := w.between(r.Requested, r.Requesting, instrument).terms
	t := w.between(r.Requesting, r.Requested, instrument).terms.OrderedUnder(own, r.Scope.Categories)
	return t.Authority(r.Measure, r.Scope)
}

// Terms are those between the two States of a request of a case, whichever of them asks.
func (w *World) Terms(c *Case, r mla.Request) policies.Terms {
	return w.between(r.Requesting, r.Requested, c.instrument).terms
}
