package experiment

import (
	"slices"
	"strings"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

// Outcome is one figure of a replication: a share, a mean or a median over its counted cases.
type Outcome struct {
	ID      string       `json:"id"`
	Unit    measure.Unit `json:"unit"`
	Kind    measure.Kind `json:"kind"`
	Says    string       `json:"says"`
	Formula string       `json:"formula"`
	// Rests names parameters it leans on most; the letters of their bases stand beside it.
	Rests []string `json:"rests"`
	// Quantile is which quantile of the parts it is; 0: their mean.
	Quantile float64 `json:"quantile,omitempty"`

	// every counts what was sought by any channel; elsewhere letters alone are counted.
	every bool
	of    func(r *Row) (part, whole float64)
	// against is a second mean; the figure is one less the first over the second. Nil: it is the first.
	against func(r *Row) (part, whole float64)
}

// Outcomes lists every outcome that is not a measure of the catalogue.
var Outcomes = slices.Concat(onLetters, onChannels)

var onLetters = []Outcome{
	{ID: "detection", Unit: measure.Share, Kind: measure.Image, Says: "improper letters that were refused",
		Formula: "improper letters refused, over improper letters not withdrawn",
		Rests:   []string{"camouflage.share", "evidence.threshold", "scrutiny.exponent", "ground.may", "check.minutes"},
		of: func(r *Row) (float64, float64) {
			return whether(refused(r)), whether(r.Abusive && !withdrawn(r))
		}},
	{ID: "detection.visible", Unit: measure.Share, Kind: measure.Image, Says: "improper letters under their own label that were refused",
		Formula: "as detection, without the camouflaged", Rests: []string{"evidence.threshold", "evidence.visible", "ground.may"},
		of: func(r *Row) (float64, float64) {
			return whether(refused(r)), whether(r.Abusive && !r.Camouflaged && !withdrawn(r))
		}},
	{ID: "abuse.produced", Unit: measure.Share, Kind: measure.Image, Says: "letters for which data were produced though the purpose was improper",
		Formula: "improper letters with a production, over all letters", Rests: []string{"improper.few", "improper.some", "improper.many", "camouflage.share"},
		of: func(r *Row) (float64, float64) { return whether(r.Abusive && r.Produced), 1 }},
	{ID: "abuse.persons", Unit: measure.Count, Kind: measure.Image, Says: "persons reached by improper letters, for 1,000 letters",
		Formula: "persons whose data were produced on improper letters, over all letters, times 1,000", Rests: []string{"improper.many", "bystanders.median", "accounts.extra"},
		of: func(r *Row) (float64, float64) {
			if r.Abusive && r.Produced {
				return 1000 * float64(r.Persons), 1
			}
			return 0, 1
		}},
	{ID: "false-stop", Unit: measure.Share, Kind: measure.Image, Says: "honest letters refused",
		Formula: "honest letters refused, over honest letters not withdrawn", Rests: []string{"ground.honest", "ground.may", "ground.must", "evidence.threshold"},
		of: func(r *Row) (float64, float64) { return whether(refused(r)), whether(!r.Abusive && !withdrawn(r)) }},
	{ID: "days", Unit: measure.Days, Kind: measure.Emergent, Quantile: 0.5, Says: "days to delivery, median of honest letters that are not urgent",
		Formula: "from the letter sent to the evidence received", Rests: []string{"draft.median", "review.median", "staff.scale", "returned.share"},
		of: func(r *Row) (float64, float64) {
			return float64(r.Delivery), whether(!r.Abusive && !r.Urgent && r.Delivery >= 0)
		}},
	{ID: "days.urgent", Unit: measure.Days, Kind: measure.Emergent, Quantile: 0.5, Says: "days to delivery, median of honest letters marked urgent",
		Formula: "from the letter sent to the evidence received", Rests: []string{"urgent.share", "review.median", "staff.scale"},
		of: func(r *Row) (float64, float64) {
			return float64(r.Delivery), whether(!r.Abusive && r.Urgent && r.Delivery >= 0)
		}},
	{ID: "days.all", Unit: measure.Days, Kind: measure.Emergent, Says: "days from the first draft to the evidence, mean of letters that are not urgent",
		Formula: "from the beginning of the draft to the evidence received", Rests: []string{"draft.median", "review.median", "staff.scale", "returned.share"},
		of: func(r *Row) (float64, float64) { return float64(r.Total), whether(!r.Urgent && r.Total >= 0) }},
	{ID: "wait", Unit: measure.Days, Kind: measure.Emergent, Says: "days a letter waits for an officer, mean",
		Formula: "from the end of intake to somebody taking the letter up", Rests: []string{"staff.scale", "review.median", "requests.per_year"},
		of: func(r *Row) (float64, float64) { return r.Waited, whether(r.Waited >= 0) }},
	{ID: "wait.ordinary", Unit: measure.Days, Kind: measure.Emergent, Quantile: 0.9, Says: "days a letter not marked urgent waits for an officer, nine in ten at most",
		Formula: "ninetieth percentile of the days from the end of intake to somebody taking up a letter that is not marked urgent (G47; UNCC 40(13), (14))",
		Rests:   []string{"urgent.share", "staff.scale", "review.median"},
		of:      func(r *Row) (float64, float64) { return r.Waited, whether(!r.Urgent && r.Waited >= 0) }},
	{ID: "scrutiny.cut", Unit: measure.Share, Kind: measure.Image, Says: "by how much less a letter marked urgent is read",
		Formula: "one less the mean minutes of review of letters marked urgent over those of all others (G47; UNCC 40(13), (14))",
		Rests:   []string{"scrutiny.urgent", "scrutiny.exponent"},
		of:      func(r *Row) (float64, float64) { return float64(r.Minutes), whether(r.Urgent && r.Minutes >= 0) },
		against: func(r *Row) (float64, float64) { return float64(r.Minutes), whether(!r.Urgent && r.Minutes >= 0) }},
	{ID: "detection.urgent", Unit: measure.Share, Kind: measure.Image, Says: "improper letters marked urgent that were refused",
		Formula: "as detection, of letters marked urgent (G47; UNCC 40(13), (14))", Rests: []string{"scrutiny.urgent", "check.minutes", "evidence.threshold", "camouflage.share"},
		of: func(r *Row) (float64, float64) {
			is := r.Urgent && r.Abusive && !withdrawn(r)
			return whether(is && refused(r)), whether(is)
		}},
	{ID: "minutes", Unit: "minutes", Kind: measure.Image, Says: "minutes of scrutiny, mean",
		Formula: "minutes of review on the log, over reviewed letters", Rests: []string{"scrutiny.median", "scrutiny.exponent", "staff.scale"},
		of: func(r *Row) (float64, float64) { return float64(r.Minutes), whether(r.Minutes >= 0) }},
	{ID: "looked", Unit: measure.Share, Kind: measure.Image, Says: "reviewed letters whose check for discrimination was made",
		Formula: "reviews with the check on the log, over all reviews", Rests: []string{"scrutiny.median", "scrutiny.exponent", "check.minutes"},
		of: func(r *Row) (float64, float64) { return whether(r.Looked), whether(r.Minutes >= 0) }},
	{ID: "refused", Unit: measure.Share, Kind: measure.Image, Says: "letters refused", Formula: "letters refused, over all letters",
		Rests: []string{"ground.honest", "ground.may", "ground.must"},
		of:    func(r *Row) (float64, float64) { return whether(refused(r)), 1 }},
	{ID: "outside", Unit: measure.Share, Kind: measure.Structural, Says: "letters outside the instrument, which is no refusal", Formula: "letters a gate of the instrument leaves out, over all letters",
		Rests: []string{"offence.fraud", "offence.child"},
		of:    func(r *Row) (float64, float64) { return whether(r.Outcome == string(mla.OutOfScope)), 1 }},
	{ID: "again", Unit: measure.Share, Kind: measure.Image, Says: "letters tried again under another instrument", Formula: "letters begun after a refusal of the same matter, over all letters",
		Rests: []string{"retry.share", "regime.temperature"},
		of:    func(r *Row) (float64, float64) { return whether(r.Again), 1 }},
	{ID: "abuse.evaded", Unit: measure.Share, Kind: measure.Image, Says: "improper letters tried again that then yielded data",
		Formula: "improper letters tried again with a production, over improper letters", Rests: []string{"retry.share", "regime.temperature", "camouflage.share"},
		of: func(r *Row) (float64, float64) { return whether(r.Again && r.Produced), whether(r.Abusive) }},
	{ID: "unjudged", Unit: measure.Share, Kind: measure.Structural, Says: "productions nobody independent had authorised",
		Formula: "productions without an independent authorisation before service, over productions", Rests: []string{"host.alder", "data.subscriber"},
		of: func(r *Row) (float64, float64) { return whether(!r.Judged), whether(r.Produced) }},
	{ID: "secret.endless", Unit: measure.Share, Kind: measure.Structural, Says: "secrets imposed without an end",
		Formula: "secrets without an end on the log, over secrets imposed", Rests: []string{"host.alder"},
		of: func(r *Row) (float64, float64) { return float64(r.endless), float64(r.Secrets) }},
	{ID: "secret.standing", Unit: measure.Share, Kind: measure.Emergent, Says: "secrets that still stand when observation ends",
		Formula: "secrets neither lifted nor ended, over secrets imposed", Rests: []string{"unseal.hazard", "need.tells"},
		of: func(r *Row) (float64, float64) { return float64(r.Standing), float64(r.Secrets) }},
	{ID: "secret.days", Unit: measure.Days, Kind: measure.Emergent, Says: "days a secret stands within observation, mean",
		Formula: "days from imposition to lifting or the end of observation, over secrets", Rests: []string{"unseal.hazard", "need.tells", "need.median"},
		of: func(r *Row) (float64, float64) { return float64(r.SecretDays), float64(r.Secrets) }},
	{ID: "notice", Unit: measure.Share, Kind: measure.Emergent, Says: "persons told within a year of production",
		Formula: "productions with a notice to the person within 365 days, over productions", Rests: []string{"host.alder", "need.tells"},
		of: func(r *Row) (float64, float64) {
			return whether(r.Notified >= 0 && r.Notified <= 365), whether(r.Produced)
		}},
	{ID: "off-purpose", Unit: measure.Share, Kind: measure.Image, Says: "evidence used for another purpose", Formula: "uses off purpose, over productions",
		Rests: []string{"use.offpurpose.few", "use.offpurpose.other"},
		of:    func(r *Row) (float64, float64) { return whether(r.OffPurpose), whether(r.Produced) }},
	{ID: "open.requests", Unit: measure.Share, Kind: measure.Structural, Says: "requests the public can tell there were",
		Formula: "requests with an entry on a public register, a decision or a published figure open to the public, over requests that arrived (G04, UNCC 57)", Rests: []string{"host.alder", "host.birch", "host.gorse"},
		of: func(r *Row) (float64, float64) { return whether(r.open.request), whether(r.arrived) }},
	{ID: "open.refusals", Unit: measure.Share, Kind: measure.Structural, Says: "refusals the public can tell there were",
		Formula: "refused requests that a published figure or an open decision counts as refused, over refused requests (G04, UNCC 57)", Rests: []string{"host.alder", "host.birch", "host.gorse"},
		of: func(r *Row) (float64, float64) {
			is := r.arrived && r.Outcome == string(mla.Refused)
			return whether(is && r.open.refusal), whether(is)
		}},
	{ID: "open.secrets", Unit: measure.Share, Kind: measure.Structural, Says: "requests under a secret that the public can tell are or were secret",
		Formula: "requests with a secret that a published figure counts, or whose entry on a public register is sealed when observation ends, over requests with a secret (G04, G17; UNCC 40(20), 57)",
		Rests:   []string{"host.alder", "secret.share", "unseal.hazard"},
		of: func(r *Row) (float64, float64) {
			return whether(r.Secrets > 0 && (r.open.secret || r.open.sealed)), whether(r.Secrets > 0)
		}},
	{ID: "review.findings", Unit: measure.Count, Kind: measure.Image, Says: "findings of an independent reviewer, for 100 cases of a random sample",
		Formula: "reviews of cases drawn at random that found something wrong, over such reviews, times 100 (G46; UNCC 57, 58)",
		Rests:   []string{"review.finds", "improper.scale", "camouflage.share", "ground.must", "ground.may"},
		of: func(r *Row) (float64, float64) {
			is := r.lot && r.reviewed >= 0
			return 100 * whether(is && r.finding), whether(is)
		}},
	{ID: "review.days", Unit: measure.Days, Kind: measure.Image, Says: "a reviewer's days, for 1,000 letters",
		Formula: "calendar days that files are with a reviewer, begun days counted whole, over all letters, times 1,000 (G46; the price of L09)",
		Rests:   []string{"review.median", "review.sigma"},
		of:      func(r *Row) (float64, float64) { return 1000 * float64(max(0, r.reviewed)), 1 }},
	{ID: "core.produced", Unit: measure.Share, Kind: measure.Image, Says: "productions about offences that cannot be committed without a computer",
		Formula: "productions on letters with such a label, over productions (G18; UNCC 2(h), 7 to 11, 35(1)(c))", Rests: []string{"offence.computer", "offence.fraud", "camouflage.share"},
		of: func(r *Row) (float64, float64) { return whether(r.Produced && r.core), whether(r.Produced) }},
	{ID: "core.intrusive", Unit: measure.Share, Kind: measure.Image, Says: "productions of content, or in real time, about offences that cannot be committed without a computer",
		Formula: "productions of content or in real time on letters with such a label, over productions of that kind (G18; UNCC 28 to 30, 35(1)(c))", Rests: []string{"offence.computer", "data.content", "ground.must"},
		of: func(r *Row) (float64, float64) {
			is := r.Produced && r.intrusive()
			return whether(is && r.core), whether(is)
		}},
	{ID: "input.improper", Unit: measure.Share, Kind: measure.Image, Says: "letters made for an improper purpose", Formula: "over all letters", Rests: []string{"improper.few", "improper.some", "improper.many"},
		of: func(r *Row) (float64, float64) { return whether(r.Abusive), 1 }},
	{ID: "input.secret", Unit: measure.Share, Kind: measure.Image, Says: "letters that demand secrecy", Formula: "over all letters", Rests: []string{"secret.share"},
		of: func(r *Row) (float64, float64) { return whether(r.demanded), 1 }},
	{ID: "input.produced", Unit: measure.Share, Kind: measure.Image, Says: "orders that yield some data", Formula: "productions with at least one record, over productions", Rests: []string{"produce.some"},
		of: func(r *Row) (float64, float64) { return whether(r.Records > 0), whether(r.Produced) }},
	{ID: "input.denied", Unit: measure.Share, Kind: measure.Image, Says: "applications that an independent authority modifies, of those it does not deny", Formula: "modified, over independently authorised", Rests: []string{"judge.modify.engaged"},
		of: func(r *Row) (float64, float64) { return whether(r.Judged && r.Modified), whether(r.Judged) }},
	{ID: "input.returned", Unit: measure.Share, Kind: measure.Image, Says: "letters returned for completion", Formula: "over letters not tried again", Rests: []string{"returned.share"},
		of: func(r *Row) (float64, float64) { return whether(r.Returned), whether(!r.Again) }},
	{ID: "input.urgent", Unit: measure.Share, Kind: measure.Image, Says: "letters marked urgent", Formula: "over all letters", Rests: []string{"urgent.share"},
		of: func(r *Row) (float64, float64) { return whether(r.Urgent), 1 }},
}

// counts reports whether an outcome is about a case at all.
func (o *Outcome) counts(r *Row) bool { return o.every || r.Channel == string(mla.Formal) }

// whole reports whether a part is the figure itself, and not yet to be divided.
func (o *Outcome) whole() bool { return o.Quantile > 0 || o.against != nil }

func refused(r *Row) bool {
	return r.Outcome == string(mla.Refused) || r.Outcome == string(mla.OutOfScope)
}

// intrusive reports whether a letter asks for content, or for data as they arise.
func (r *Row) intrusive() bool {
	return r.Category == string(mla.Content) || r.Measure != string(mla.Produce)
}

func withdrawn(r *Row) bool { return r.Outcome == string(mla.Withdrawn) }

func whether(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// prices are always reported beside an effect.
var prices = []string{"days", "false-stop"}

// Figure names an outcome, or a measure in a view: "detection", "G01.StandingDays", "G01.StandingDays@public".
type Figure struct {
	Outcome *Outcome         // nil: a measure
	Measure *measure.Measure // nil: an outcome
	View    measure.View
}

// FigureOf finds what an id names.
func FigureOf(id string) (Figure, bool) {
	if i := slices.IndexFunc(Outcomes, func(o Outcome) bool { return o.ID == id }); i >= 0 {
		return Figure{Outcome: &Outcomes[i]}, true
	}
	name, view, named := strings.Cut(id, "@")
	m, ok := measure.ByID(name)
	f := Figure{Measure: &m, View: measure.Omniscient}
	if named {
		f.View = measure.View(view)
	}
	return f, ok && slices.Contains(measure.Views, f.View)
}

// FigureIDs lists every outcome and every measure by its own id.
func FigureIDs() (ids []string) {
	for _, o := range Outcomes {
		ids = append(ids, o.ID)
	}
	for _, m := range measure.Measures {
		ids = append(ids, m.ID)
	}
	return ids
}

// Unit, Kind, Says and Formula tell of a figure.
func (f Figure) Unit() measure.Unit {
	if f.Outcome != nil {
		return f.Outcome.Unit
	}
	return f.Measure.Unit
}

// Kind is what kind of claim it is.
func (f Figure) Kind() measure.Kind {
	if f.Outcome != nil {
		return f.Outcome.Kind
	}
	return f.Measure.Kind
}

// Says is the figure in words.
func (f Figure) Says() string {
	if f.Outcome != nil {
		return f.Outcome.Says
	}
	return f.Measure.Formula
}
