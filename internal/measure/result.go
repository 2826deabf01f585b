package measure

// Result is one measure of one case, for every view. Its JSON is what a run prints.
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
	records := make(map[View]*record, len(Views))
	for _, v := range Views {
		records[v] = newRecord(seen[v])
	}
	out := make([]Result, len(Measures))
	for i, m := range Measures {
		r := Result{
			ID: m.ID, Unit: m.Unit, Kind: m.Kind,
			Views: map[View]*float64{}, Reasons: map[View]string{}, Values: map[View]Value{},
		}
		for _, v := range Views {
			given := st
			if v != Omniscient {
				given = nil
			}
			value := m.on(records[v], given)
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
