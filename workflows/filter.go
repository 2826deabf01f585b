package workflows

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"rogatory/internal/mla"
)

// filter is what is taken out of the evidence before it is sent: privileged items, by somebody not on the case (L10), and
// what the letter did not ask for (L12). Taking things out makes another set of it, with a hash of its own. False: the
// request was withdrawn meanwhile.
func (c *Case) filter(k Clerk, e mla.Evidence) (mla.Evidence, bool) {
	if c.owes("L10 filter") || c.volunteers(mla.QFilter) {
		b := mla.PrivilegeFilteredBody{Evidence: e.ID, By: "filter team"}
		if c.attended(mla.QFilter) {
			a, ok := c.ask(k, c.requested, mla.QFilter)
			if !ok {
				return e, false
			}
			held := a.(mla.FilterAnswer)
			b.Held, b.By = min(held.Held, e.Records), held.By
		}
		c.requested.record(k, mla.Court, b)
		e = without(e, b.Held)
	}
	if e.Needed > 0 && c.owes("L12 fields") {
		e = without(e, max(0, e.Records-e.Needed))
	}
	return e, true
}

// without is evidence with so many records less.
func without(e mla.Evidence, held int) mla.Evidence {
	if held == 0 {
		return e
	}
	e.Records -= held
	e.Needed = min(e.Needed, e.Records)
	if e.Hash != "" {
		e.Hash = rehash(e.Hash, fmt.Sprintf("without %d", held))
	}
	return e
}

// rehash is the hash of evidence to which something was done.
func rehash(hash, done string) string {
	sum := sha256.Sum256([]byte(hash + "\n" + done))
	return hex.EncodeToString(sum[:])
}
