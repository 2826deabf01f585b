package measure

import (
	"strings"

	"rogatory/internal/mla"
)

// Contribution is what one case adds to a measure, or why it adds nothing.
type Contribution struct {
	// Part and Whole are the two sums that a share or an amount is made of.
	Part, Whole int
	// Samples are single numbers, for medians and the like.
	Samples []int
	// Spells are waits that ended, or that were still going on when observation ended.
	Spells []Spell

	lack   Lack // empty: the case counts
	reason string
	args   [2]string
	sealed *log // where what is needed is sealed, if that is the reason
	needs  kindSet
	events []*Sighting
}

// Spell is a wait.
type Spell struct {
	Days   int
	Weight int  // persons, or 1
	Ended  bool // false: observation ended first
}

func (c *Contribution) reset() {
	c.Part, c.Whole, c.Samples, c.Spells, c.events = 0, 0, c.Samples[:0], c.Spells[:0], c.events[:0]
	c.lack, c.sealed = "", nil
}

// count takes one thing into account, of those for which something is so or not.
func (c *Contribution) count(so bool, rests ...*Sighting) {
	c.Whole++
	if so {
		c.Part++
	}
	c.rest(rests...)
}

// add takes a number of things into account, part of a whole.
func (c *Contribution) add(part, whole int, rests ...*Sighting) {
	c.Part += part
	c.Whole += whole
	c.rest(rests...)
}

// sample takes one number into account.
func (c *Contribution) sample(n int, rests ...*Sighting) {
	c.Samples = append(c.Samples, n)
	c.Part += n
	c.Whole++
	c.rest(rests...)
}

// spell takes one wait into account.
func (c *Contribution) spell(s Spell, rests ...*Sighting) {
	if s.Weight > 0 {
		c.Spells = append(c.Spells, s)
	}
	c.rest(rests...)
}

// rest says which events the figure rests on.
func (c *Contribution) rest(rests ...*Sighting) {
	for _, s := range rests {
		if s != nil {
			c.events = append(c.events, s)
		}
	}
}

// none says that the case is not one of those that count.
func (c *Contribution) none(reason string, args ...string) { c.lacks(NoneOnRecord, reason, args) }

// cannot says that what is seen does not allow an answer.
func (c *Contribution) cannot(reason string, args ...string) { c.lacks(CannotTell, reason, args) }

// lacks keeps a reason; it is written out only where somebody reads it.
func (c *Contribution) lacks(l Lack, reason string, args []string) {
	c.lack, c.reason, c.args = l, reason, [2]string{}
	copy(c.args[:], args)
}

// why writes the reason out.
func (c *Contribution) why() string {
	if c.sealed != nil {
		return c.sealed.closed(c.needs)
	}
	reason := c.reason
	for _, arg := range c.args {
		reason = strings.Replace(reason, "%s", arg, 1)
	}
	return reason
}

// idle reports that the case counts, and yet nothing was counted.
func (c *Contribution) idle() bool {
	return c.lack == "" && c.Whole == 0 && len(c.Samples) == 0 && len(c.Spells) == 0
}

// grant returns the requested State's last decision if it grants; else the case does not count.
func (c *Contribution) grant(r *record) (told[mla.DecidedBody], bool) {
	d, ok := r.decision()
	switch {
	case !ok:
		c.none("no decision is on record")
		return d, false
	case !d.Body.Outcome.Grants():
		c.none("the request was not granted: %s", string(d.Body.Outcome))
		return d, false
	}
	return d, true
}

// stipulated reports whether something is laid down as being so. Where nothing is laid down, the case cannot be told.
func (c *Contribution) stipulated(a mla.Answer, what string) (yes, known bool) {
	if a == mla.Unknown {
		c.cannot("the case does not stipulate %s", what)
	}
	return a == mla.Yes, a != mla.Unknown
}

// decision is the requested State's last decision on the request.
func (r *record) decision() (told[mla.DecidedBody], bool) { return decided.last(r.requested) }

// letter is the last letter to arrive.
func (r *record) letter() (told[mla.RequestSubmittedBody], bool) {
	return requestSubmitted.last(r.requested)
}
