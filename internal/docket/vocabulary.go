package docket

import (
	"fmt"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Vocabulary checks the words of a case file against a bundle.
type Vocabulary struct{ *policies.Bundle }

// CheckRule refuses what is neither a rule ("uncc/40(8) trivial") nor an article with rules ("uncc/40(8)").
func (v Vocabulary) CheckRule(id string) error {
	for _, r := range v.Rules() {
		if r.ID == id || r.Instrument+"/"+r.Article == id {
			return nil
		}
	}
	return fmt.Errorf("no rule or article %q", id)
}

// CheckState refuses a State that is not of the cast.
func (v Vocabulary) CheckState(s mla.State) error {
	_, err := v.State(s)
	return err
}

// CheckInstrument refuses an instrument that there is not.
func (v Vocabulary) CheckInstrument(id string) error {
	_, err := v.Instrument(id)
	return err
}
