package audit

import (
	"cmp"
	"slices"

	"rogatory/internal/mla"
)

// Field is one of the twelve figures that safeguard L08 asks each State to publish a year, by partner. The catalogue
// gives their number and not their names; these are ours, and all can be read off the requested State's log.
type Field string

// The twelve fields. All count the letters that arrived in the year, and what came of them by the end of observation.
const (
	Received     Field = "received"    // letters that arrived
	WasGranted   Field = "granted"     // in whole, in part or on conditions
	WasRefused   Field = "refused"     // outside the instrument included
	WasPostponed Field = "postponed"   // and not taken up again
	WasEnded     Field = "ended"       // withdrawn or lapsed
	Returned     Field = "returned"    // sent back for completion at least once
	MedianDays   Field = "median_days" // from arrival to the first decision, over those decided; of an even number the later of the two in the middle
	Persons      Field = "persons"     // reached by what was produced
	Unjudged     Field = "unjudged"    // requests with data produced that no independent authority had allowed
	SecretsMade  Field = "secrets"     // imposed
	StillSecret  Field = "standing"    // of those, standing at the end of observation
	Told         Field = "told"        // persons told
)

// Fields lists the twelve.
var Fields = []Field{Received, WasGranted, WasRefused, WasPostponed, WasEnded, Returned, MedianDays, Persons, Unjudged, SecretsMade, StillSecret, Told}

// Figure is one number of the statistics. Value is null where it is suppressed or cannot be told.
type Figure struct {
	Value      *int `json:"value"`
	Suppressed bool `json:"suppressed"`
	CannotTell int  `json:"cannot_tell"` // cases of which the clearance cannot tell it
}

// StatisticsRow is a year of one State with one partner.
type StatisticsRow struct {
	State   mla.State        `json:"state"`   // that was asked
	Year    int              `json:"year"`    // in which the letters arrived
	Partner mla.State        `json:"partner"` // that asked
	Figures map[Field]Figure `json:"figures"`
}

// Statistics counts cases by State, year and partner. A count of persons or requests from 1 to threshold-1 is suppressed,
// and so is one more where it could be worked out from the others; so is a figure that rests on fewer requests. Zero is
// published. A threshold below 2 suppresses nothing.
func Statistics(cases []*Case, threshold int) []StatisticsRow {
	rows := map[statisticsKey]*counts{}
	for _, c := range cases {
		for _, r := range c.Requests() {
			at := Arrived(r)
			if at.IsZero() {
				continue // no letter arrived: there is nothing to count
			}
			k := statisticsKey{r.Requested.Party, at.Year(), r.Requesting.Party}
			if rows[k] == nil {
				rows[k] = &counts{sum: map[Field]int{}, over: map[Field]int{}, untold: map[Field]int{}}
			}
			rows[k].add(r)
		}
	}
	out := []StatisticsRow{}
	for k, n := range rows {
		out = append(out, StatisticsRow{State: k.State, Year: k.Year, Partner: k.Partner, Figures: n.figures(threshold)})
	}
	slices.SortFunc(out, func(a, b StatisticsRow) int {
		return cmp.Or(cmp.Compare(a.State, b.State), a.Year-b.Year, cmp.Compare(a.Partner, b.Partner))
	})
	return out
}

// statisticsKey is what one row is about.
type statisticsKey struct {
	State   mla.State
	Year    int
	Partner mla.State
}

// counts are the sums of one row.
type counts struct {
	sum    map[Field]int
	over   map[Field]int // requests that a sum rests on
	untold map[Field]int
	days   []int
}

func (n *counts) put(f Field, value int) {
	n.sum[f] += value
	if value > 0 {
		n.over[f]++
	}
}

func (n *counts) whether(f Field, is bool) {
	value := 0
	if is {
		value = 1
	}
	n.put(f, value)
}

func (n *counts) add(c *Case) {
	n.put(Received, 1)
	if o, seen := outcome(c); seen {
		n.whether(WasGranted, o.Grants())
		n.whether(WasRefused, o == mla.Refused || o == mla.OutOfScope)
		n.whether(WasPostponed, o == mla.Postponed)
		n.whether(WasEnded, o == mla.Withdrawn || o == mla.Lapsed)
	} else {
		for _, f := range partition {
			n.untold[f]++
		}
	}
	n.whether(Returned, len(c.requested(mla.RequestReturned)) > 0) // covers tell
	if decided := c.requested(mla.Decided); len(decided) > 0 {
		n.days = append(n.days, int(decided[0].Cover.At.Sub(Arrived(c)).Hours()/24))
		n.over[MedianDays]++
	}
	n.persons(c)
	for _, x := range c.secretsOf(c.Requested) {
		if !c.about(x.sequence) {
			continue
		}
		n.put(SecretsMade, 1)
		switch x.Stands {
		case mla.Yes:
			n.put(StillSecret, 1)
		case mla.Unknown:
			n.untold[StillSecret]++
		case mla.No:
		}
	}
}

func (n *counts) persons(c *Case) {
	reached := 0
	for _, s := range c.requested(mla.Produced) {
		b, open := mla.ProducedBody{}, s.Event != nil
		if open {
			b, _ = s.Event.Body.(mla.ProducedBody)
		} else {
			n.untold[Persons]++
		}
		reached = max(reached, b.Evidence.Scope.Persons)
	}
	n.put(Persons, reached)
	if len(c.requested(mla.Produced)) > 0 {
		judged := mla.No
		for _, s := range c.requested(mla.AuthorisationDecided) {
			if s.Event == nil {
				judged = mla.Unknown
			} else if independent(c, nil, s.Event) == mla.Yes {
				judged = mla.Yes
				break
			}
		}
		if judged == mla.Unknown {
			n.untold[Unjudged]++
		}
		n.whether(Unjudged, judged == mla.No)
	}
	told := 0
	for _, s := range c.requested(mla.SubjectNotified) {
		if s.Event == nil {
			n.untold[Told]++
			continue
		}
		b, _ := s.Event.Body.(mla.SubjectNotifiedBody)
		told += b.Persons
	}
	n.put(Told, told)
}

// partition are the outcomes that letters received fall into, each into one.
var partition = []Field{WasGranted, WasRefused, WasPostponed, WasEnded}

func (n *counts) figures(threshold int) map[Field]Figure {
	out := map[Field]Figure{}
	for _, f := range Fields {
		value := n.sum[f]
		if f == MedianDays {
			if len(n.days) == 0 {
				out[f] = Figure{}
				continue
			}
			slices.Sort(n.days)
			value = n.days[len(n.days)/2]
		}
		x := Figure{CannotTell: n.untold[f]}
		switch {
		case x.CannotTell > 0:
		case f != MedianDays && value > 0 && value < threshold, n.over[f] > 0 && n.over[f] < threshold:
			x.Suppressed = true
		default:
			x.Value = &value
		}
		out[f] = x
	}
	n.complement(out)
	return out
}

// complement suppresses one more outcome where exactly one is: else it is what is missing from the letters received.
func (n *counts) complement(out map[Field]Figure) {
	hidden := 0
	least := Field("")
	for _, f := range partition {
		switch {
		case out[f].Suppressed:
			hidden++
		case out[f].Value != nil && *out[f].Value > 0 && (least == "" || *out[f].Value < *out[least].Value):
			least = f
		}
	}
	if hidden == 1 && least != "" {
		out[least] = Figure{Suppressed: true}
	}
	if hidden == 1 && least == "" && out[Received].Value != nil {
		out[Received] = Figure{Suppressed: true}
	}
}
