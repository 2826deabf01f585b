package policies

import (
	"fmt"

	"rogatory/internal/mla"
)

// CheckRule refuses what is neither a rule ("uncc/40(8) trivial") nor an article that has rules ("uncc/40(8)").
func (b *Bundle) CheckRule(id string) error {
	var ids []string
	for _, r := range b.rules() {
		if r.ID == id || r.Instrument+"/"+r.Article == id {
			return nil
		}
		ids = append(ids, r.ID)
	}
	return fmt.Errorf("unknown rule %q: %s", id, suggest(id, ids))
}

// CheckState refuses a State that is not of the cast.
func (b *Bundle) CheckState(s mla.State) error {
	_, err := b.State(s)
	return err
}

// CheckInstrument refuses an instrument that there is not.
func (b *Bundle) CheckInstrument(id string) error {
	_, err := b.Instrument(id)
	return err
}
