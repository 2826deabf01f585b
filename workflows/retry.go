package workflows

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/mla"
)

// retry is the requesting State asking again for the same conduct once it has been refused: another State, under another
// instrument, or by another name for the offence. Nothing in the instruments has it say so.
func (c *Case) retry(k Clerk) {
	if c.heard != mla.Refused && c.heard != mla.OutOfScope {
		return
	}
	a, ok := c.requesting.ask(k, mla.QRetry, never, nil)
	if !ok {
		return
	}
	c.again(k, a.(mla.RetryAnswer)).letter(k)
}

// again is the second request: a case of its own beside the first, on the same clock and with the same numbering on each
// State's log. What the first taught the requested State's roles is known to the second only where the two States asked
// are one.
func (c *Case) again(k Clerk, a mla.RetryAnswer) *Case {
	us, r := c.requesting, c.request
	r.Reference = c.in.Case + "/" + strconv.Itoa(c.ordinal+1)
	r.Preserve = false
	if a.Relabel != "" {
		r.Offence = mla.Offence{Label: a.Relabel, MaxPenaltyYears: a.MaxPenaltyYears}
	}
	if a.Regime != "" {
		c.chose(k, a.Regime, append(slices.Clone(r.Instruments), a.Open...), a.Why)
		r.Instruments = []string{a.Regime}
	}
	if a.Requested != "" {
		c.chose(k, string(a.Requested), append([]string{string(r.Requested)}, a.Open...), a.Why)
		r.Requested = a.Requested
	}
	next := &Case{
		in: c.in, scheduler: c.scheduler, request: r, ordinal: c.ordinal + 1, before: c,
		outcome: mla.Lapsed, heard: mla.Lapsed, reached: r.Scope,
	}
	next.in.Request, next.in.Known = r, nil
	next.requesting, next.requested = next.party(us.state), next.party(r.Requested)
	next.executing = next.requested
	next.readLaw(k)
	c.next = next
	k.Open(next.requestedState)
	return next
}

// ownFiles is what the central authority that is asked knows by itself: of the State asked first, as the case has it; of any
// other, nothing.
func (c *Case) ownFiles() mla.Facts {
	first := c
	for first.before != nil {
		first = first.before
	}
	if c.request.Requested != first.request.Requested {
		return nil
	}
	return first.in.Known[mla.CentralAuthority]
}

// chose records the choice of a State or an instrument among those that were open.
func (c *Case) chose(k Clerk, chosen string, open []string, why string) {
	if !slices.Contains(open, chosen) {
		open = append(open, chosen)
	}
	c.requesting.record(k, mla.RequestingAuthority, mla.RegimeChosenBody{Candidates: open, Chosen: chosen, Why: why})
}

// last is the request that was made last.
func (c *Case) last() *Case {
	for c.next != nil {
		c = c.next
	}
	return c
}

// consultLedger looks up the conduct among the refusals entered before, and whoever asks among the findings, in any State and
// under any instrument. Without a ledger nobody tells the State that is asked, and nothing is known.
func (c *Case) consultLedger(k Clerk) {
	if !c.terms.Channels.Ledger {
		return
	}
	us, hash, found, findings := c.requested, conductHash(c.request), []string{}, []string{}
	for e := c.before; e != nil; e = e.before {
		if d := e.decided; d.Outcome == mla.Refused && d.Final && conductHash(e.request) == hash {
			says := append([]string{"refused by " + string(e.requested.state)}, articles(d.Grounds)...)
			found = append(found, strings.Join(says, ", "))
		}
		if e.finding != "" && e.request.Authority == c.request.Authority {
			findings = append(findings, "found by "+string(e.requested.state)+": "+e.finding)
		}
	}
	if c.attended(mla.QLedger) {
		if a, ok := c.ask(k, us, mla.QLedger); ok {
			findings = append(findings, a.(mla.LedgerAnswer).Findings...)
		}
	}
	us.record(k, mla.CentralAuthority, mla.LedgerConsultedBody{ConductHash: hash, Found: found, Findings: findings})
	us.learn(k, mla.CentralAuthority, mla.Facts{
		"request.refused_before": mla.Bool(len(found) > 0), "authority.found_before": mla.Bool(len(findings) > 0),
	}, "the ledger shared between States")
}

// conductHash names a conduct by what is told of it and of whom, whatever the offence is called.
func conductHash(r mla.Request) string {
	sum := sha256.Sum256([]byte(r.Person + "\x00" + r.Conduct))
	return hex.EncodeToString(sum[:])
}
