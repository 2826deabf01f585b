package policies

import (
	"maps"
	"slices"
	"time"

	"rogatory/internal/mla"
)

// Direct is what an instrument says of an order by which an authority of one State puts a provider in another under a duty,
// asking no State. Rules are named by id, and empty where the instrument has none.
type Direct struct {
	// Asks is true where the instrument itself lets the order cross the border; elsewhere it has States give such a power
	// at home, and says nothing more.
	Asks bool `json:"asks,omitempty"`
	// Only is true where no instrument of the case asks a State.
	Only bool `json:"only,omitempty"`
	// Article is what the order rests on, for the kinds of data listed; of other kinds it says nothing.
	Article    string         `json:"article,omitempty"`
	Categories []mla.Category `json:"categories,omitempty"`
	Notice     string         `json:"notice,omitempty"`    // rule by which the State where the provider is must be told
	Emergency  string         `json:"emergency,omitempty"` // rule that lets an order go ahead of its validation
	Bar        string         `json:"bar,omitempty"`       // rule by which that State may stop the order on the provider's word
	Challenge  string         `json:"challenge,omitempty"` // article by which the provider may object
	Person     string         `json:"person,omitempty"`    // article by which the issuing authority must tell the person
	Delay      string         `json:"delay,omitempty"`     // article by which that may wait
	// Authorisation is what the instrument asks of the issuing State's law, by kind of data.
	Authorisation map[mla.Category]Authorisation `json:"authorisation,omitempty"`
	Periods       map[string]Period              `json:"periods,omitempty"` // by the id of the instrument's timer
}

// Periods of an order, by the ids of the timers that set them. An instrument without one sets no such period.
const (
	OrderNotified      = "order-notified"      // the provider waits, once its State was told
	OrderNotNotified   = "order-not-notified"  // the data must come
	OrderEmergency     = "order-emergency"     // the data must come
	ObjectionEmergency = "objection-emergency" // the State that was told may object
	Assessment         = "assessment"          // the State that was told may object
	Validation         = "validation-afterwards"
	Clarification      = "clarification"
	ObjectionForeign   = "objection-foreign-law"      // the provider may object
	ObjectionHold      = "objection-foreign-law-hold" // until that is settled nothing is produced
)

// Period is a timer's length. With no unit it has none, and never runs out.
type Period struct {
	Kind    TimerKind `json:"kind"`
	Length  int       `json:"length,omitempty"`
	Unit    TimeUnit  `json:"unit,omitempty"`
	Article string    `json:"article"` // "eu-e-evidence 10(4)"
}

// After is the instant at which the period that starts at t is over; zero where it never is.
func (p Period) After(t time.Time) time.Time {
	switch p.Unit {
	case Hours:
		return t.Add(time.Duration(p.Length) * time.Hour)
	case Days:
		return t.AddDate(0, 0, p.Length)
	case Months:
		return t.AddDate(0, p.Length, 0)
	}
	return time.Time{}
}

// ThirdState is the notice that a State gets which neither asks nor is asked, and whose matter it is all the same.
type ThirdState struct {
	Days       int    `json:"days"`        // to object; 0: it is not told
	UrgentDays int    `json:"urgent_days"` // where the request is urgent
	Basis      string `json:"basis"`
}

// readDirect reads the section on orders to a provider in another State.
func (r *Regime) readDirect(f fields) {
	d, ok := f.optionalSub("direct", "article", "categories", "confidence", "notice", "emergency", "bar", "challenge", "person", "delay", "authorisation")
	if !ok {
		if slices.Contains(r.Asks, AskProvider) {
			f.at.fault("nothing says how an order reaches the provider", "add direct: with at least its article and confidence")
		}
		return
	}
	pick(d, "confidence", mla.Confidences)
	r.direct = &Direct{Asks: slices.Contains(r.Asks, AskProvider), Article: d.text("article"),
		Categories: words(d, "categories", "category", mla.Categories), Notice: d.optional("notice"), Emergency: d.optional("emergency"),
		Bar: d.optional("bar"), Challenge: d.optional("challenge"), Person: d.optional("person"), Delay: d.optional("delay")}
	if len(r.direct.Categories) == 0 {
		r.direct.Categories = mla.Categories
	}
	if !d.has("authorisation") {
		return
	}
	by := d.values["authorisation"].mapping()
	r.direct.Authorisation = map[mla.Category]Authorisation{}
	for _, name := range by.order {
		if c, ok := wordOf(by.keys[name], "category", mla.Categories); ok {
			a := by.values[name].fields("authority", "independent", "article")
			r.direct.Authorisation[c] = Authorisation{Authority: a.text("authority"), Independent: a.flag("independent"), Basis: r.address(a.text("article"))}
		}
	}
}

// addDirect takes the first instrument that lets an order cross the border; where none does, the first that has States give
// the power at home.
func (t *Terms) addDirect(r *Regime, speaks func(*Regime, string) bool) {
	if r.direct == nil || t.Direct.Asks || t.Direct.Article != "" && !r.direct.Asks || !speaks(r, r.direct.Article) {
		return
	}
	d := *r.direct
	d.Article = r.address(d.Article)
	for _, rule := range []*string{&d.Notice, &d.Emergency, &d.Bar} {
		if *rule != "" {
			*rule = r.ID + "/" + *rule
		}
	}
	for _, article := range []*string{&d.Challenge, &d.Person, &d.Delay} {
		if *article != "" {
			*article = r.address(*article)
		}
	}
	if d.Asks {
		d.Periods = map[string]Period{}
		for _, timer := range r.Timers {
			d.Periods[timer.ID] = Period{Kind: timer.Kind, Length: timer.Length, Unit: timer.Unit, Article: r.address(timer.Article)}
		}
	}
	t.Direct = d
}

// OrderedUnder are the terms of an order to a provider abroad by the State whose own terms are given: who authorises, what binds
// the provider to silence, whether it may go to court and whether the person is told come from there. An instrument that
// carries orders across the border asks something of that law; one that only has States create such a power says nothing of
// what follows, and of other kinds of data than it names nothing at all.
func (t Terms) OrderedUnder(own Terms, categories []mla.Category) Terms {
	t.Authorisation, t.AuthorisationByCategory = own.Authorisation, own.AuthorisationByCategory
	t.Secrecy, t.Challenge, t.Notice, t.Statistics = own.Secrecy, own.Challenge, own.Notice, own.Statistics
	d := t.Direct
	if !d.Asks {
		t.Acts, t.Secrecy.Treaty, t.Secrecy.RequestArticle = map[mla.Kind][]string{}, nil, ""
		t.Use = Use{Tokens: t.Use.Tokens} // no State has furnished anything
		if d.Article != "" && !slices.ContainsFunc(categories, func(c mla.Category) bool { return !slices.Contains(d.Categories, c) }) {
			t.Acts[mla.OrderServed] = []string{d.Article}
		}
		return t
	}
	produce := maps.Clone(own.AuthorisationByCategory[mla.Produce])
	for _, category := range mla.Categories {
		asks, asked := d.Authorisation[category]
		by, ok := produce[category]
		if !ok {
			by = own.Authorisation[mla.Produce]
		}
		if asked && (asks.Independent || !by.Independent) {
			if produce == nil {
				produce = map[mla.Category]Authorisation{}
			}
			produce[category] = asks
		}
	}
	if len(produce) > 0 {
		t.AuthorisationByCategory = maps.Clone(own.AuthorisationByCategory)
		if t.AuthorisationByCategory == nil {
			t.AuthorisationByCategory = map[mla.Measure]map[mla.Category]Authorisation{}
		}
		t.AuthorisationByCategory[mla.Produce] = produce
	}
	if d.Challenge != "" {
		t.Challenge = Challenge{Available: true, Stays: d.Periods[ObjectionHold].Kind == Hold || own.Challenge.Stays, Basis: d.Challenge}
	}
	if d.Person != "" {
		t.Notice.Owed, t.Notice.Basis = true, d.Person
	}
	return t
}
