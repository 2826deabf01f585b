package invariant

import (
	"maps"
	"slices"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// knowledge is promise 4: what an assessment rests on is in the fold of the events its role could read before it, or is
// read off a letter that role could read, or follows from the law.
type knowledge struct {
	known   map[mla.Role]mla.Facts
	letters map[mla.Role]mla.Request // the latest
}

func (*knowledge) number() int { return 4 }

func (k *knowledge) observe(e mla.Event, c *complaints) {
	if b, ok := e.Body.(mla.AssessedBody); ok {
		k.assessed(e, b.Assessment.Used, c)
	}
	learned := mla.Learned(e.Body)
	letter, isLetter := letterIn(e.Body)
	for _, role := range e.Readers {
		if len(learned) > 0 {
			if k.known[role] == nil {
				k.known[role] = mla.Facts{}
			}
			maps.Copy(k.known[role], learned)
		}
		if isLetter {
			k.letters[role] = letter
		}
	}
}

func (k *knowledge) assessed(e mla.Event, used mla.Facts, c *complaints) {
	role := e.Actor.Role
	letter, read := k.letters[role]
	for _, p := range used.Paths() {
		if lawFact(p) {
			continue
		}
		had, knows := k.known[role][p]
		if knows && had == used[p] {
			continue
		}
		off, inLetter := letterFact(p, letter)
		switch {
		case read && inLetter && off == used[p]:
		case knows:
			c.about(e.ID(), "%s used %s = %s and knew it to be %s", role, p, used[p], had)
		case read && inLetter:
			c.about(e.ID(), "%s used %s = %s where the letter says %s", role, p, used[p], off)
		default:
			c.about(e.ID(), "%s used %s = %s without knowing it", role, p, used[p])
		}
	}
}

func (*knowledge) finish(time.Time, *complaints) {}

// letterIn returns the letter an event carries.
func letterIn(b mla.Body) (mla.Request, bool) {
	switch b := b.(type) {
	case mla.RequestDraftedBody:
		return b.Request, true
	case mla.PreservationRequestedBody:
		return b.Request, true
	case mla.RequestSubmittedBody:
		return b.Request, true
	case mla.StateNotifiedBody:
		return b.Request, true
	default:
		return mla.Request{}, false
	}
}

// letterFact reads a fact off the letter: those that policies/facts.yaml declares known_by letter.
func letterFact(p mla.Path, r mla.Request) (mla.Value, bool) {
	switch p {
	case "request.measure":
		return mla.Word(string(r.Measure)), r.Measure != ""
	case "request.category":
		for _, c := range slices.Backward(mla.Categories) {
			if slices.Contains(r.Scope.Categories, c) {
				return mla.Word(string(c)), true
			}
		}
		return mla.Value{}, false
	case "request.urgent":
		return mla.Bool(r.Urgent), true
	case "request.confidential":
		return mla.Bool(r.Confidential), true
	case "offence.label":
		return mla.Word(r.Offence.Label), r.Offence.Label != ""
	case "offence.max_penalty_years":
		return mla.Int(int64(r.Offence.MaxPenaltyYears)), r.Offence.Label != ""
	default:
		return mla.Value{}, false
	}
}

// lawFact reports whether a fact follows from the instruments and the State files, so that nobody has to learn it:
// those that policies/facts.yaml declares known_by law.
func lawFact(p mla.Path) bool {
	for _, prefix := range []string{"requested.", "requesting.", "dual_criminality."} {
		if strings.HasPrefix(string(p), prefix) {
			return true
		}
	}
	return p == "offence.listed" || p == "offence.serious_requesting_law" || p == "offence.serious_both_laws"
}
