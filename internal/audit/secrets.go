package audit

import (
	"slices"
	"time"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// Secret is one secrecy order as a clearance sees it, up to the last legal instant on the log.
type Secret struct {
	Case    string     `json:"case"`
	State   mla.State  `json:"state"`
	Event   string     `json:"event"` // its imposition
	Order   string     `json:"order"` // empty: sealed
	Since   time.Time  `json:"since"`
	Ends    *time.Time `json:"ends"`     // its end, as renewed last; null: none, or sealed
	Endless mla.Answer `json:"endless"`  // imposed without an end
	Stands  mla.Answer `json:"stands"`   // at the last legal instant on the log
	Days    int        `json:"days"`     // whole days it has stood
	PastEnd mla.Answer `json:"past_end"` // it stands although its end has passed
	// PastNeed: it stands although the requesting State's need has ended or, where it recorded no end, although that State
	// has closed its case.
	PastNeed     mla.Answer `json:"past_need"`
	DaysPastNeed int        `json:"days_past_need"` // 0 unless PastNeed is yes

	sequence int // of its imposition
}

// Secrets lists the secrets of a case in the order of their imposition.
func Secrets(c *Case) []Secret {
	out := []Secret{}
	for _, l := range c.Logs {
		out = append(out, c.secretsOf(l)...)
	}
	slices.SortStableFunc(out, func(a, b Secret) int { return a.Since.Compare(b.Since) })
	return out
}

func (c *Case) secretsOf(log *Log) (out []Secret) {
	for _, s := range log.byKind[mla.ConfidentialityImposed] {
		x := Secret{
			Case: c.ID, State: log.Party, Event: idOf(s), Since: s.Cover.At, sequence: s.Cover.Sequence,
			Endless: mla.Unknown, Stands: mla.Unknown, PastEnd: mla.Unknown, PastNeed: mla.Unknown,
		}
		until := log.last()
		lifted := x.follow(log, s)
		if lifted != nil {
			until = *lifted
		}
		if until.After(x.Since) {
			x.Days = int(until.Sub(x.Since).Hours() / 24)
		}
		x.past(c, until)
		out = append(out, x)
	}
	return out
}

// follow reads what became of a secret, and returns when it was lifted; nil: it was not, or that cannot be told.
func (x *Secret) follow(log *Log, s verify.Sighting) *time.Time {
	if s.Event == nil {
		if log.Hole < 0 && len(log.byKind[mla.ConfidentialityLifted]) == 0 {
			x.Stands = mla.Yes // covers show every kind: nothing was ever lifted here
		}
		return nil
	}
	b, _ := s.Event.Body.(mla.ConfidentialityImposedBody)
	x.Order, x.Ends, x.Endless = b.Order, b.ExpiresAt, mla.AnswerOf(b.ExpiresAt == nil)
	x.Stands = mla.Yes
	if log.Hole >= 0 {
		x.Stands = mla.Unknown
	}
	for _, k := range []mla.Kind{mla.ConfidentialityRenewed, mla.ConfidentialityLifted} {
		for _, y := range log.byKind[k] {
			switch {
			case y.Cover.Sequence < s.Cover.Sequence:
			case y.Event == nil:
				x.Stands = mla.Unknown
			case sameOrder(y.Event) != b.Order:
			case k == mla.ConfidentialityLifted:
				x.Stands = mla.No
				return &y.Event.At
			default:
				r, _ := y.Event.Body.(mla.ConfidentialityRenewedBody)
				x.Ends = &r.ExpiresAt
			}
		}
	}
	return nil
}

// past says what the secret has outlived.
func (x *Secret) past(c *Case, until time.Time) {
	if x.Stands == mla.No {
		x.PastEnd, x.PastNeed = mla.No, mla.No
		return
	}
	if x.Order != "" {
		x.PastEnd = and(x.Stands, mla.AnswerOf(x.Ends != nil && until.After(*x.Ends)))
	}
	need := needEnd(c)
	switch {
	case need == nil && (c.Requesting.Hole >= 0 || !c.Requesting.Ended):
	case need == nil || !until.After(*need):
		x.PastNeed = mla.No
	default:
		x.PastNeed = x.Stands
		if x.PastNeed == mla.Yes {
			from := x.Since
			if need.After(from) {
				from = *need
			}
			x.DaysPastNeed = int(until.Sub(from).Hours() / 24)
		}
	}
}

// needEnd is when the requesting State's need ended by its own log: its word, or else the closing of its case. The cover
// is enough.
func needEnd(c *Case) *time.Time {
	for _, k := range []mla.Kind{mla.NeedEnded, mla.CaseClosed} {
		if found := c.Requesting.byKind[k]; len(found) > 0 {
			return &found[0].Cover.At
		}
	}
	return nil
}
