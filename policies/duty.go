package policies

import "slices"

// Duty is what a safeguard, or a State's law, obliges somebody to do.
type Duty struct {
	ID   string `json:"id"` // "L08 yearly-figures"
	Says string `json:"says"`
	// Acts says whether the procedure acts on it. Where it does not, a run neither keeps nor breaks the duty.
	Acts bool `json:"acts"`
	// Days, Hours, Percent and Most are its measure where it has one: a time, a share, a number at most. 0: none.
	Days    int `json:"days,omitzero"`
	Hours   int `json:"hours,omitzero"`
	Percent int `json:"percent,omitzero"`
	Most    int `json:"most,omitzero"`
}

// Acted lists the duties on which the procedure acts, by id. A file cannot have it act on another.
var Acted = []string{
	"L01 hard-stop", "L02 unsealing", "L02 fresh-facts", "L03 bystanders", "L05 assurance", "L07 commitment", "L07 opening", "L08 core-figures", "L08 providers", "L09 samples",
	"L09 follow-up", "L10 screening", "L10 filter", "L12 fields", "L12 retention", "L12 breach", "L16 firm", "L16 reach",
	"L11 tokens", "L13 logged", "L13 gated", "L13 validated", "L14 floor", "L15 alerted", "L17 hashes", "L18 window", "L19 forum",
	"L19 tolling", "L20 ledger", "L20 enhanced", "L21 notice", "L22 carried", "L26 full-reading", "L27 tier", "L27 hourly", "L29 in-place",
	"L30 look-up",
}

func readDuty(safeguard string, d fields) Duty {
	duty := Duty{ID: safeguard + " " + d.text("id"), Says: d.text("says"), Acts: d.flag("acts")}
	if duty.Acts && !slices.Contains(Acted, duty.ID) {
		d.values["acts"].faultf("say acts: false, or set a term that the procedure reads", "nothing acts on the duty %s", quoted(duty.ID))
	}
	for _, measure := range []struct {
		name string
		into *int
		most int
	}{{"days", &duty.Days, 36500}, {"hours", &duty.Hours, 876000}, {"percent", &duty.Percent, 100}, {"most", &duty.Most, 1_000_000_000}} {
		if d.has(measure.name) {
			*measure.into = d.number(measure.name, 1, measure.most)
			if !duty.Acts {
				d.values[measure.name].faultf("remove it, or say acts: true", "nothing reads %s: nothing acts on the duty", measure.name)
			}
		}
	}
	return duty
}

// Duty returns a duty that safeguards add, by its id ("L12 retention"), where the procedure acts on it.
func (t Terms) Duty(id string) (Duty, bool) {
	i := slices.IndexFunc(t.Duties, func(d Duty) bool { return d.ID == id && d.Acts })
	if i < 0 {
		return Duty{}, false
	}
	return t.Duties[i], true
}
