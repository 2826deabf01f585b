package audit

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// otherTreaty is the fact on which a gap-filler's silence turns (UNCC 40(7), Budapest 27(1)).
const otherTreaty mla.Path = "pair.other_mla_treaty"

// Law gives the terms between two States from the policy bundles at hand. It is safe for concurrent use.
type Law struct {
	bundles map[string]*policies.Bundle // by digest

	mu    sync.Mutex
	terms map[string]*policies.Terms
}

// NewLaw reads terms off bundles. A case under none of them has no terms: what is owed in it cannot be told.
func NewLaw(bundles ...*policies.Bundle) *Law {
	l := &Law{bundles: map[string]*policies.Bundle{}, terms: map[string]*policies.Terms{}}
	for _, b := range bundles {
		if b != nil {
			l.bundles[b.Digest()] = b
		}
	}
	return l
}

// Bundle is the law that a digest names; nil: it is not at hand.
func (l *Law) Bundle(digest string) *policies.Bundle { return l.bundles[digest] }

// Terms returns every reading of the terms of a case that is possible at its clearance: none where the letter is sealed
// or the law is not at hand; two where the clearance cannot see whether another treaty binds the pair.
func (l *Law) Terms(c *Case) []*policies.Terms {
	bundle := l.bundles[c.Policy]
	if bundle == nil || c.Letter == nil {
		return nil
	}
	known, sure := treatyKnown(c)
	t := l.of(bundle, c.Letter, known)
	if t == nil {
		return nil
	}
	if sure {
		return []*policies.Terms{t}
	}
	return []*policies.Terms{t, l.of(bundle, c.Letter, true)}
}

// reading is one way in which the law of a request can be read at a clearance.
type reading struct {
	terms   *policies.Terms // as the letter has them; nil: they cannot be told
	changes []enactment     // since
}

// readings lists every reading of the law of a request that is possible at its clearance; see Terms. There is at least one.
func (l *Law) readings(c *Case) []reading {
	all := l.Terms(c)
	if len(all) == 0 {
		return []reading{{}}
	}
	known, _ := treatyKnown(c)
	out := make([]reading, len(all))
	for i, t := range all {
		out[i] = reading{t, l.enacted(c, known || i > 0)}
	}
	return out
}

// enactment is a change of the law under way: by an event on the requested State's log, to the terms since. Terms are nil
// where the change is sealed.
type enactment struct {
	by    verify.Sighting
	terms *policies.Terms
}

// enacted lists the changes of the law on the way of a request, in their order. What was done before one stays under the law
// that it was done under (as the Vienna Convention on the Law of Treaties, 28, has it of acts under treaties; here of a State's
// own law likewise): a change is no judgement on the past. Whether it reaches what lasts, such as a secret, is for it to say.
// Other says that another treaty binds the pair.
func (l *Law) enacted(c *Case, other bool) (out []enactment) {
	bundle := l.bundles[c.Policy]
	for _, s := range c.Requested.byKind[mla.LawChanged] {
		x := enactment{by: s}
		if s.Event != nil {
			b, _ := s.Event.Body.(mla.LawChangedBody)
			letter := *c.Letter
			letter.Safeguards = b.Safeguards
			x.terms = l.of(bundle, &letter, other)
		}
		out = append(out, x)
	}
	return out
}

func (l *Law) of(b *policies.Bundle, r *mla.Request, other bool) *policies.Terms {
	key := fmt.Sprint(b.Digest(), r.Instruments, r.Requesting, r.Requested, r.Safeguards, r.Yields, other)
	l.mu.Lock()
	defer l.mu.Unlock()
	if t, ok := l.terms[key]; ok {
		return t
	}
	law, err := b.Law(pairOf(*r))
	if err != nil {
		l.terms[key] = nil // a State or an instrument the bundle lacks: nothing can be told of what they owe
		return nil
	}
	known := mla.Facts{}
	if other {
		known[otherTreaty] = mla.Bool(true)
	}
	t := law.Terms(known)
	l.terms[key] = &t
	return &t
}

// pairOf is who asks whom in a letter, and under what.
func pairOf(r mla.Request) policies.Pair {
	return policies.Pair{
		Instruments: r.Instruments, Requesting: r.Requesting, Requested: r.Requested, Safeguards: r.Safeguards, Yields: r.Yields,
	}
}

// treatyKnown says whether the requested State's authority knew another treaty to bind the pair, and whether the
// clearance can see that it did or did not.
func treatyKnown(c *Case) (known, sure bool) {
	sure = true
	for _, s := range c.Requested.byKind[mla.FactLearned] {
		if s.Event == nil {
			sure = false
			continue
		}
		b, _ := s.Event.Body.(mla.FactLearnedBody)
		if v, ok := b.Facts[otherTreaty].AsBool(); ok && s.Event.Actor.Role == mla.CentralAuthority {
			return v, true
		}
	}
	return false, sure
}

// AsIf lists the instruments among some provisions that were not in force when last checked: a duty under one of them is
// read as if it were.
func AsIf(t *policies.Terms, articles []string) []string {
	var out []string
	for _, i := range t.Instruments {
		if !i.InForce && slices.ContainsFunc(articles, func(a string) bool { return strings.HasPrefix(a, i.ID+" ") }) {
			out = append(out, i.ID)
		}
	}
	return out
}
