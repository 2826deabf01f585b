package policies

import "rogatory/internal/mla"

// Remedy says whether a person may go to a court of the State, by its own law.
type Remedy struct {
	Available bool   `json:"available"`
	Days      int    `json:"days"` // within which it must be sought; 0: no period
	Basis     string `json:"basis"`
	// FromMeasure is true where the days run from the measure, known or not; elsewhere they run from the notice.
	FromMeasure bool  `json:"from_measure,omitzero"`
	Standing    Locus `json:"standing,omitzero"` // empty: the law does not say
}

// Locus says whom a State's courts hear about a measure carried out for another State.
type Locus string

// Those heard: whoever is touched; the accused alone. Where the law does not say, it is for the court.
const (
	Anyone  Locus = "anyone"
	Accused Locus = "accused"
)

// Loci lists those heard.
var Loci = []Locus{Anyone, Accused}

// DataProtection says whether an authority independent of the executive watches over transfers of data.
type DataProtection struct {
	Independent bool   `json:"independent"`
	Basis       string `json:"basis"`
}

// Staff is who does the work, and how fast. All of it is assumed.
type Staff struct {
	Officers     int  `json:"officers"`
	Trained      bool `json:"trained"`
	DaysToDecide int  `json:"days_to_decide"` // on a file without trouble
}

// Discretion says in how many of a hundred cases a State uses a ground that it may use, by who may say that its condition
// is met. All of it is assumed; results that rest on it are images of the assumption.
type Discretion struct {
	Objective   int `json:"objective"`
	Belief      int `json:"belief"`
	SelfJudging int `json:"self_judging"`
}

// Of returns the rate for a standard.
func (d Discretion) Of(s mla.Standard) int {
	switch s {
	case mla.Objective:
		return d.Objective
	case mla.Belief:
		return d.Belief
	case mla.SelfJudging:
		return d.SelfJudging
	}
	return 0
}

// bases are where a number about practice comes from.
var bases = []string{"assumed", "derived", "transferred", "published"}

func (s *StateLaw) readInstitutions(f fields) {
	r := f.sub("remedy", "available", "days", "from", "standing", "basis")
	if r.at.node != nil {
		s.Remedy = Remedy{Available: r.flag("available"), Basis: r.optional("basis"), Standing: pickOr(r, "standing", Loci, ""),
			FromMeasure: pickOr(r, "from", []string{"notice", "measure"}, "notice") == "measure"}
		if r.has("days") {
			s.Remedy.Days = r.number("days", 0, 36500)
		}
	}
	d := f.sub("data_protection", "independent", "basis")
	if d.at.node != nil {
		s.DataProtection = DataProtection{Independent: d.flag("independent"), Basis: d.optional("basis")}
	}
	staff := f.sub("staff", "officers", "trained", "days_to_decide", "basis")
	if staff.at.node != nil {
		s.Staff = Staff{Officers: staff.number("officers", 1, 100000), Trained: staff.flag("trained"), DaysToDecide: staff.number("days_to_decide", 1, 3650)}
		pick(staff, "basis", bases)
	}
	use := f.sub("discretion", "objective", "belief", "self-judging", "basis")
	if use.at.node != nil {
		s.Discretion = Discretion{Objective: use.number("objective", 0, 100), Belief: use.number("belief", 0, 100),
			SelfJudging: use.number("self-judging", 0, 100)}
		pick(use, "basis", bases)
	}
}
