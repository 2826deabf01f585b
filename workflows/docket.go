package workflows

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"rogatory/internal/mla"
)

// A public docket shows that there is a request, and no more, until its secret ends (L07). Nobody has to open the entry for
// its absence to be seen: an entry that stays sealed says so itself.

// enterDocket puts a sealed entry on the public docket.
func (c *Case) enterDocket(k Clerk) {
	if !c.owes("L07 commitment") {
		return
	}
	c.sealed = Commitment(c.request)
	c.requested.record(k, mla.CentralAuthority, mla.DocketEnteredBody{
		Commitment: c.sealed, Category: string(gravest(c.request.Scope)), Instruments: c.request.Instruments,
	})
}

// openDocket opens the entry once nothing is secret and the request is settled.
func (c *Case) openDocket(k Clerk) {
	if c.sealed == "" || !c.settled || len(c.requested.secrets) > 0 || !c.owes("L07 opening") {
		return
	}
	c.requested.record(k, mla.CentralAuthority, mla.DocketOpenedBody{Commitment: c.sealed, Reference: c.request.Reference})
	c.sealed = ""
}

// Commitment is what a sealed entry says of a request: sha256, hex, over its reference, the two States and the kind of data,
// each on a line. Whoever is given the reference can compute it again.
func Commitment(r mla.Request) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{
		r.Reference, string(r.Requesting), string(r.Requested), string(gravest(r.Scope)), "",
	}, "\n")))
	return hex.EncodeToString(sum[:])
}

// gravest is the most intrusive kind of data in a scope.
func gravest(s mla.Scope) (out mla.Category) {
	for _, c := range mla.Categories {
		for _, d := range s.Categories {
			if c == d {
				out = c
			}
		}
	}
	return out
}
