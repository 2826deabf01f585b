package scenario

import (
	"fmt"
	"strings"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
)

// Expectation is what the author of a case thinks will come out under one instrument. What is left empty is not expected
// either way.
type Expectation struct {
	Outcome         mla.Outcome         `yaml:"outcome"`
	DualCriminality mla.DualCriminality `yaml:"dual_criminality"`
	Grounds         []GroundExpectation `yaml:"grounds"`
	// DualCriminalityStipulated is the test on the stipulated facts.
	DualCriminalityStipulated mla.DualCriminality `yaml:"dual_criminality_on_stipulated"`
	Occur                     []mla.Kind          `yaml:"occur"` // kinds that must be on some log
	Never                     []mla.Kind          `yaml:"never"` // kinds that must be on none
	// Gaps gives, by measure and view, the value a view computes; nil where the view cannot compute it.
	Gaps map[string]map[string]*float64 `yaml:"gaps"`
}

// GroundExpectation is what one rule says, on what the deciding role knew and on the stipulated facts, and whether that
// role raised it.
type GroundExpectation struct {
	Rule         string     `yaml:"rule"`
	Effect       mla.Effect `yaml:"effect"`
	Holds        mla.Answer `yaml:"holds"`
	OnStipulated mla.Answer `yaml:"on_stipulated"`
	Raised       bool       `yaml:"raised"`
}

// Views lists the eyes a measure is computed for.
var Views = []string{"omniscient", "auditor_full", "auditor", "auditor_none", "public"}

// checkMeasure refuses what is no measure of the catalogue.
func checkMeasure(id string) error {
	if _, ok := measure.ByID(id); ok {
		return nil
	}
	gap, _, _ := strings.Cut(id, ".")
	var near []string
	for _, m := range measure.Measures {
		if strings.HasPrefix(m.ID, gap+".") {
			near = append(near, m.ID)
		}
	}
	if len(near) == 0 {
		return fmt.Errorf("there is no measure %s (gaps names those of each gap)", quoted(id))
	}
	return fmt.Errorf("there is no measure %s (one of: %s)", quoted(id), strings.Join(near, ", "))
}
