package policies

import "rogatory/internal/mla"

// Doubt is a provision whose text we have not seen, and the cases whose answer rests on it: were it otherwise, they would
// be answered otherwise.
type Doubt struct {
	Rule   string   `json:"rule"`
	Effect string   `json:"effect"`
	Source string   `json:"source,omitempty"`
	Cases  []string `json:"cases"`
}

// Doubts lists the gates, grounds and forbidden reasons that are from memory and hold in some case. With no such
// provision the case would be answered otherwise.
func (b *Bundle) Doubts() (out []Doubt) {
	cases, _ := b.Cases()
	for _, r := range b.rules() {
		if r.Confidence != mla.Unverified || r.Effect != mla.Gate && !r.Effect.Ground() && r.Effect != mla.MustNotRefuse || b.safeguards[r.Instrument] != nil {
			continue
		}
		d := Doubt{Rule: r.ID, Effect: string(r.Effect), Source: r.Source}
		for _, c := range cases {
			if c.Rule == r.ID && c.Holds == mla.Yes {
				d.Cases = append(d.Cases, c.Name)
			}
		}
		if len(d.Cases) > 0 {
			out = append(out, d)
		}
	}
	return out
}
