package experiment

import (
	"slices"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

// route is one way of seeking data, or several taken together.
type route struct {
	id, says string
	on       []mla.Channel
	rests    []string
}

// routes are the ways that figures are given for.
var routes = []route{
	{"letter", "by letter", []mla.Channel{mla.Formal}, []string{"channel.choice", "habit.letter"}},
	{"order", "by an order straight to the provider", []mla.Channel{mla.Direct}, []string{"habit.order", "channel.elastic"}},
	{"informal", "with neither letter nor order", []mla.Channel{mla.Police, mla.Voluntary, mla.Contact, mla.Spontaneous},
		[]string{"habit.voluntary", "habit.police", "channel.elastic", "channel.scrutiny"}},
}

// informal are the ways without letter or order, one by one.
var informal = []route{
	{"police", "by police", []mla.Channel{mla.Police}, []string{"habit.police", "channel.elastic", "usable.police"}},
	{"voluntary", "by the provider's own decision, danger claimed or not", []mla.Channel{mla.Voluntary}, []string{"habit.voluntary", "channel.elastic", "disclose.trusted"}},
	{"contact", "by the contact point", []mla.Channel{mla.Contact}, []string{"habit.contact", "channel.elastic", "urgent.share"}},
	{"spontaneous", "by what the other State gives unasked", []mla.Channel{mla.Spontaneous}, []string{"habit.spontaneous", "channel.elastic"}},
}

func (w route) taken(r *Row) bool { return slices.Contains(w.on, mla.Channel(r.Channel)) }

// onChannels are the outcomes that count what was sought by any channel. A matter tried again after a refusal counts again.
var onChannels = func() (out []Outcome) {
	for _, w := range slices.Concat(routes, informal) {
		out = append(out, Outcome{ID: "way." + w.id, Unit: measure.Share, Kind: measure.Image, Says: "matters sought " + w.says,
			Formula: "matters sought " + w.says + ", over all matters (G22, G35 to G38; UNCC 27(b), 40(4), 41, 47)", Rests: w.rests,
			of: func(r *Row) (float64, float64) { return whether(w.taken(r)), 1 }})
	}
	for _, w := range routes {
		out = append(out, Outcome{ID: "obtained." + w.id, Unit: measure.Share, Kind: measure.Image, Says: "matters in which data came " + w.says,
			Formula: "matters sought " + w.says + " in which data came within observation, over all matters", Rests: w.rests,
			of: func(r *Row) (float64, float64) { return whether(w.taken(r) && r.Obtained >= 0), 1 }})
		out = append(out, Outcome{ID: "unjudged." + w.id, Unit: measure.Count, Kind: measure.Image,
			Says:    "matters in which data came " + w.says + " and nobody independent had authorised it, for 1,000 matters",
			Formula: "such matters with no independent authorisation before, over all matters, times 1,000 (G03, G22, G35; UNCC 24(2))", Rests: w.rests,
			of: func(r *Row) (float64, float64) { return 1000 * whether(w.taken(r) && r.Obtained >= 0 && !r.Judged), 1 }})
	}
	out = append(out,
		Outcome{ID: "way.emergency", Unit: measure.Share, Kind: measure.Image, Says: "matters in which a provider gave data on a claim of danger to life",
			Formula: "over all matters (G37; 18 USC 2702(b), (c); no article of the convention)", Rests: []string{"urgent.share", "habit.voluntary", "disclose.emergency"},
			of: func(r *Row) (float64, float64) { return whether(r.emergency), 1 }},
		Outcome{ID: "displaced", Unit: measure.Share, Kind: measure.Image, Says: "matters that a safeguard or a pile of files moved from letters to another way",
			Formula: "matters that went by another way and by the same lot would have been letters with no safeguard and no pile, over matters not tried again (G35)",
			Rests:   []string{"channel.elastic", "channel.scrutiny", "channel.days", "channel.improper"},
			of:      func(r *Row) (float64, float64) { return whether(r.Displaced), whether(!r.Again) }},
		Outcome{ID: "around", Unit: measure.Share, Kind: measure.Image, Says: "matters sought by another way once a letter was refused",
			Formula: "matters tried again after a refused letter, and with no letter, over all matters (G25, G41)", Rests: []string{"retry.share", "channel.elastic"},
			of: func(r *Row) (float64, float64) { return whether(r.Again && r.Channel != string(mla.Formal)), 1 }},
		Outcome{ID: "obtained", Unit: measure.Share, Kind: measure.Image, Says: "matters in which data came, by any way",
			Formula: "matters in which data came within observation, over all matters", Rests: []string{"channel.elastic", "disclose.trusted", "staff.scale"},
			of: func(r *Row) (float64, float64) { return whether(r.Obtained >= 0), 1 }},
		Outcome{ID: "usable", Unit: measure.Share, Kind: measure.Image, Says: "matters in which what came could be used as evidence",
			Formula: "matters with a use on record that is no mere lead, over all matters", Rests: []string{"usable.order", "usable.police", "usable.voluntary"},
			of: func(r *Row) (float64, float64) { return whether(r.Usable), 1 }},
		Outcome{ID: "obtained.days", Unit: measure.Days, Kind: measure.Emergent, Quantile: 0.5, Says: "days from the first draft to data in hand, median over all ways",
			Formula: "from the first day of the matter to the data in the hands of whoever asked", Rests: []string{"channel.elastic", "draft.median", "staff.scale"},
			of: func(r *Row) (float64, float64) { return float64(r.Obtained), whether(r.Obtained >= 0) }},
		Outcome{ID: "abuse.obtained", Unit: measure.Share, Kind: measure.Image, Says: "improper matters in which data came, by any way",
			Formula: "improper matters in which data came within observation, over improper matters", Rests: []string{"camouflage.share", "channel.improper", "disclose.other"},
			of: func(r *Row) (float64, float64) { return whether(r.Abusive && r.Obtained >= 0), whether(r.Abusive) }},
		Outcome{ID: "notice.every", Unit: measure.Share, Kind: measure.Emergent, Says: "persons told within a year of their data being in other hands, by any way",
			Formula: "matters with a notice to the person within 365 days of the data, over matters in which data came (G31)", Rests: []string{"host.alder", "need.tells", "channel.elastic"},
			of: func(r *Row) (float64, float64) {
				return whether(r.told >= 0 && r.told <= 365), whether(r.Obtained >= 0)
			}},
		Outcome{ID: "host.sees", Unit: measure.Share, Kind: measure.Image, Says: "matters in which data came by no letter, that the central authority of the State where they were had decided on or been told of",
			Formula: "such matters with a decision or a notice on that State's log, over matters in which data came by no letter (G22; Regulation 2023/1543, 8; CETS 224 7(5))",
			Rests:   []string{"habit.order", "habit.voluntary"},
			of: func(r *Row) (float64, float64) {
				is := r.Channel != string(mla.Formal) && r.Obtained >= 0
				return whether(is && r.hostSees), whether(is)
			}})
	for i := range out {
		out[i].every = true
	}
	return out
}()
