package docket

import (
	"slices"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// doors counts, for each instrument or State among which one was chosen, the mandatory checks that its law puts before a
// grant of the request that was chosen for; see measure.Stipulated. Nil: nothing was chosen.
func (o Options) doors(law *policies.Law, events []mla.Event) map[string]int {
	var out map[string]int
	var asked mla.Request // last
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.RequestSubmittedBody:
			asked = b.Request
		case mla.RegimeChosenBody:
			for _, door := range b.Candidates {
				n, err := o.checksBehind(law, asked, door)
				if err != nil {
					continue // no law is known behind it, and the measure says so
				}
				if out == nil {
					out = map[string]int{}
				}
				out[door] = n
			}
		}
	}
	return out
}

// checksBehind counts the mandatory checks of a request, were it sent under another instrument or to another State.
func (o Options) checksBehind(law *policies.Law, r mla.Request, door string) (int, error) {
	p := law.Pair()
	p.Requesting, p.Requested = r.Requesting, r.Requested
	if len(r.Instruments) > 0 {
		p.Instruments = r.Instruments
	}
	if to := mla.State(door); slices.Contains(o.Bundle.StateIDs(), to) {
		p.Requested = to
	} else {
		p.Instruments = []string{door}
	}
	behind, err := law.Between(p)
	if err != nil {
		return 0, err
	}
	r.Instruments, r.Requested = p.Instruments, p.Requested
	n := 0
	for _, stage := range []mla.Stage{mla.StageScope, mla.StageAdmissibility} {
		a := behind.Assess(stage, r, nil, mla.ByConduct)
		for _, f := range a.Findings {
			if f.Reading != mla.Contested && (f.Effect == mla.Gate || f.Effect == mla.MustRefuse) {
				n++
			}
		}
		if stage == mla.StageAdmissibility && a.DualCriminality.Required == mla.Yes {
			n++
		}
	}
	if behind.Terms(nil).Authorisation[r.Measure].Independent {
		n++
	}
	return n, nil
}
