package report

import (
	"fmt"
	"io"

	"rogatory/internal/measure"
)

// Validation holds a population against figures: those put in, and those held out. The two are told apart, because only the
// second say anything of the model.
type Validation struct {
	Seed         string  `json:"seed"`
	Replications int     `json:"replications"`
	Complete     bool    `json:"complete"`
	Cases        int     `json:"cases"`
	Inputs       []Check `json:"input_reproduction"`
	HeldOut      []Check `json:"held_out"`
	Caveat       string  `json:"caveat"`
}

// Check is one figure against its band.
type Check struct {
	Arm       string       `json:"arm"`
	Figure    string       `json:"figure"`
	Says      string       `json:"says"`
	Unit      measure.Unit `json:"unit"`
	Published float64      `json:"target"`
	Low       float64      `json:"band_low"`
	High      float64      `json:"band_high"`
	Model     *float64     `json:"model"` // null: undefined
	ModelLow  *float64     `json:"model_low"`
	ModelHigh *float64     `json:"model_high"`
	Within    bool         `json:"within"`
	Source    string       `json:"source"`
	Why       string       `json:"why,omitempty"` // it falls outside, if known
}

// Sound reports whether every figure that was put in comes out. What is held out may fall outside: that is a result.
func (v *Validation) Sound() bool {
	for _, c := range v.Inputs {
		if !c.Within && c.Why == "" {
			return false
		}
	}
	return true
}

// Terminal writes the two lists.
func (v *Validation) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading("Validation")
	p.text(0, fmt.Sprintf("%s letters in %s, seed %s. 95%% intervals hold the chance of the simulation alone; the uncertainty of parameters is shown by the tornado of the design baseline.",
		grouped(v.Cases), count(v.Replications, "replication", "replications"), v.Seed), faint)
	for _, l := range []struct {
		head, says string
		checks     []Check
	}{
		{"Input reproduction: a check of the code", "These figures were put in. That they come out says nothing of the model.", v.Inputs},
		{"Held out: a check of the model", "Nothing was fitted to these.", v.HeldOut},
	} {
		p.blank()
		p.heading(l.head)
		p.text(tableIndent, l.says, faint)
		var rows [][]cell
		for _, c0 := range l.checks {
			within := c("within").in(good)
			if !c0.Within {
				within = c("outside").in(alarming)
			}
			rows = append(rows, []cell{c(c0.Says), c(quantity(&c0.Published, c0.Unit)), c(between(&c0.Low, &c0.High, c0.Unit)).in(faint),
				c(quantity(c0.Model, c0.Unit)), c(between(c0.ModelLow, c0.ModelHigh, c0.Unit)).in(faint), within, c(c0.Source).in(faint)})
		}
		p.table([]column{{head: "figure"}, {head: "target", fixed: true, right: true}, {head: "band", right: true}, {head: "model", fixed: true, right: true},
			{head: "95%", right: true}, {head: "", fixed: true}, {head: "source"}}, rows)
		for _, c0 := range l.checks {
			if c0.Why != "" {
				p.item(tableIndent, "-", c0.Says+": outside, because "+c0.Why+".", ordinary)
			}
		}
	}
	p.caveat(v.Caveat)
	return p.print(w)
}
