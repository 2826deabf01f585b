package measure

// Result is one measure, of one case or of many, for every view. Its JSON is what a run prints.
type Result struct {
	ID    string   `json:"id"`
	Value *float64 `json:"value"` // the omniscient view's; null where undefined
	Unit  Unit     `json:"unit"`
	Kind  Kind     `json:"kind"`
	// Reason says why the value is undefined; Reasons says so for each view that has none.
	Reason  string            `json:"reason"`
	Views   map[View]*float64 `json:"views"` // null where the view cannot compute it
	Reasons map[View]string   `json:"reasons,omitempty"`

	Values map[View]Value `json:"-"` // with parts, events and lack
}

// All computes every measure for every view of one case. What is stipulated goes to the omniscient view alone.
func All(seen map[View][]Sighting, st *Stipulated) []Result {
	values := make(map[View]map[string]Value, len(Views))
	for _, v := range Views {
		given := st
		if v != Omniscient {
			given = nil
		}
		values[v] = Gather().one(seen[v], given)
	}
	out := make([]Result, len(Measures))
	for i, m := range Measures {
		r := Result{
			ID: m.ID, Unit: m.Unit, Kind: m.Kind,
			Views: map[View]*float64{}, Reasons: map[View]string{}, Values: map[View]Value{},
		}
		for _, v := range Views {
			value := values[v][m.ID]
			r.Values[v], r.Views[v] = value, value.Figure()
			if !value.Defined {
				r.Reasons[v] = value.Reason
			}
		}
		r.Value, r.Reason = r.Views[Omniscient], r.Reasons[Omniscient]
		out[i] = r
	}
	return out
}

// VisibilityGap is how far a view's figure is from that of the view that sees all. Where the view has none, that is the
// finding.
func VisibilityGap(all, seen Value) Value {
	switch {
	case !all.Defined:
		return all
	case !seen.Defined:
		return cannot("the view has no figure: %s", seen.Reason)
	}
	v := all
	v.Number, v.Interval = abs(all.Number-seen.Number), nil
	return v
}

func abs(x float64) float64 { return max(x, -x) }
