package docket

import (
	"fmt"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Vocabulary checks the words of a case file against a bundle.
type Vocabulary struct{ *policies.Bundle }

// CheckRule refuses a rule that no instrument and no State has.
func (v Vocabulary) CheckRule(id string) error {
	for _, r := range v.Rules() {
		if r.ID == id {
			return nil
		}
	}
	return fmt.Errorf("no rule %q", id)
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
