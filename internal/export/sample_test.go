package export

import (
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// sighting is an event as one sees it who may read it.
func sighting(e mla.Event) verify.Sighting {
	return verify.Sighting{Index: uint64(e.Sequence), Cover: e.Cover(), Event: &e}
}
