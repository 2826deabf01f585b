package audit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
)

// Standing is how one item stands in double entry: what one State entered against what the other did.
type Standing string

// The standings. Agreed and in the post are as they should be. Lost: sent, and never received. Forged: received, and
// never sent. Altered: received as something else than was sent. Doubled: received twice. Undeclared: one party holds or
// used evidence of which its log has no delivery, by a State or straight from a provider. Late: longer under way than the
// sender's State takes, which is assumed.
const (
	Agreed     Standing = "agreed"
	InPost     Standing = "in the post"
	Lost       Standing = "lost"
	Forged     Standing = "forged"
	Altered    Standing = "altered"
	Doubled    Standing = "doubled"
	Undeclared Standing = "undeclared"
	Late       Standing = "late"
	Untold     Standing = "cannot tell"
)

// Standings lists them, the gravest first.
var Standings = []Standing{Forged, Lost, Altered, Undeclared, Doubled, Late, Untold, InPost, Agreed}

// Wrong reports that the books of the two States do not agree. What is late agrees in the end.
func (s Standing) Wrong() bool {
	return s == Lost || s == Forged || s == Altered || s == Doubled || s == Undeclared
}

// Entry is one item of the double entry.
type Entry struct {
	Case     string     `json:"case"`
	Item     string     `json:"item"` // the message's id, or the evidence
	Kind     mla.Kind   `json:"kind"`
	From     mla.State  `json:"from,omitzero"`
	To       mla.State  `json:"to,omitzero"`
	Sent     *time.Time `json:"sent"`     // null: not entered
	Received *time.Time `json:"received"` // null: not entered
	Standing Standing   `json:"standing"`
	Says     string     `json:"says"`
}

// Reconcile sets what each party of a case says it sent against what the others say they received, and what evidence each
// holds against what came to it.
func Reconcile(c *Case, law *Law) []Entry {
	r := &reconciliation{c: c, pairs: map[string]*pair{}, transit: map[mla.State]int{}}
	for _, request := range c.Requests() {
		if readings := law.Terms(request); len(readings) > 0 {
			for s, practice := range readings[0].Practice {
				r.transit[s] = practice.TransitDays
			}
		}
	}
	for _, l := range c.Logs {
		for i := range l.Seen {
			r.enter(l, l.Seen[i])
		}
	}
	for _, id := range r.order {
		r.judge(id, r.pairs[id])
	}
	r.holdings()
	slices.SortStableFunc(r.out, func(a, b Entry) int {
		return slices.Index(Standings, a.Standing) - slices.Index(Standings, b.Standing)
	})
	return r.out
}

type reconciliation struct {
	c       *Case
	transit map[mla.State]int // how many days a State's letters take; absent: that is not known
	pairs   map[string]*pair
	order   []string
	out     []Entry
}

// pair is what is entered of one message.
type pair struct {
	sent     *mla.Event
	received []*mla.Event
}

func (r *reconciliation) enter(l *Log, s verify.Sighting) {
	e := s.Event
	if e == nil || e.Passage == mla.Internal {
		return
	}
	p := r.pairs[e.Message]
	if p == nil {
		p = &pair{}
		r.pairs[e.Message] = p
		r.order = append(r.order, e.Message)
	}
	if e.Passage == mla.Sent {
		p.sent = e
		return
	}
	p.received = append(p.received, e)
}

// receiver is whom a message is to: the party its body names, or else the other side of the request. Empty: that is not on
// record.
func (r *reconciliation) receiver(e *mla.Event) (to mla.State, named bool) {
	switch b := e.Body.(type) {
	case mla.RequestSubmittedBody:
		return b.Request.Requested, true
	case mla.PreservationRequestedBody:
		return b.Request.Requested, true
	case mla.OnwardTransferredBody:
		return "", false // a third State, which the message does not name
	case mla.StateNotifiedBody:
		return b.State, true
	case mla.VoluntaryDisclosedBody:
		return mla.State(b.To), true
	case mla.ConsentDecidedBody:
		if _, asked, _, err := mla.ParseEventID(b.To); err == nil {
			return asked, true
		}
	}
	for _, request := range slices.Backward(r.c.Requests()) {
		if l := request.Letter; l != nil {
			switch e.Party {
			case l.Requested:
				return l.Requesting, false
			case l.Requesting:
				return l.Requested, false
			}
		}
		switch e.Party {
		case request.Requested.Party:
			return request.Requesting.Party, false
		case request.Requesting.Party:
			return request.Requested.Party, false
		}
	}
	return "", false
}

// unentered says why no log at hand shows that a message never came; empty: they show it. Where the body does not name the
// receiver, no log at hand may have it.
func (r *reconciliation) unentered(e *mla.Event, to mla.State, named bool) string {
	l := r.c.log(to)
	if to == "" && len(r.c.Logs) > 1 {
		return "whom it went to is not on record"
	}
	if l == nil {
		return "the other State's log is not seen"
	}
	if named {
		return unread(l, e.Kind)
	}
	for _, l := range r.c.Logs {
		if l.Party == e.Party {
			continue
		}
		if why := unread(l, e.Kind); why != "" {
			return why
		}
	}
	return ""
}

// unread says why absence from a log of an event of some kind proves nothing; empty: it does.
func unread(l *Log, k mla.Kind) string {
	switch {
	case l.Hole >= 0:
		return fmt.Sprintf("the log of %s is not seen whole: event %d is missing", l.Party, l.Hole)
	case !l.Ended:
		return fmt.Sprintf("the log of %s is not seen to the end of observation", l.Party)
	}
	for _, s := range l.byKind[k] {
		if s.Event == nil {
			return fmt.Sprintf("the log of %s has a sealed %s that may be it", l.Party, k)
		}
	}
	return ""
}

func (r *reconciliation) judge(id string, p *pair) {
	entry := Entry{Case: r.c.ID, Item: id}
	put := func(s Standing, says string) {
		entry.Standing, entry.Says = s, says
		r.out = append(r.out, entry)
	}
	if p.sent != nil {
		entry.Kind, entry.From, entry.Sent = p.sent.Kind, p.sent.Party, &p.sent.At
		entry.To, _ = r.receiver(p.sent)
	}
	if len(p.received) == 0 {
		r.notReceived(p, put)
		return
	}
	got := p.received[0]
	entry.To, entry.Received = got.Party, &got.At
	if p.sent == nil {
		entry.Kind, entry.From = got.Kind, sender(id)
		r.neverSent(got, id, put)
		return
	}
	switch days := r.transit[p.sent.Party]; {
	case got.Kind != p.sent.Kind || !SameBytes(got.Body, p.sent.Body):
		put(Altered, fmt.Sprintf("%s entered as received what %s did not send in this form", got.Party, p.sent.Party))
	case got.At.Before(p.sent.At):
		put(Altered, fmt.Sprintf("%s entered it as received on %s, before it was sent", got.Party, day(got.At)))
	case len(p.received) > 1:
		put(Doubled, fmt.Sprintf("%s entered it as received %d times", got.Party, len(p.received)))
	case days > 0 && got.At.After(p.sent.At.AddDate(0, 0, days)):
		put(Late, fmt.Sprintf("under way for %d days, where %s takes %d (assumed)", int(got.At.Sub(p.sent.At).Hours()/24), p.sent.Party, days))
	default:
		put(Agreed, "both ends entered it")
	}
}

func (r *reconciliation) notReceived(p *pair, put func(Standing, string)) {
	e := p.sent
	for _, s := range r.c.log(e.Party).byKind[mla.ObservationEnded] {
		if s.Event == nil {
			continue
		}
		if b, ok := s.Event.Body.(mla.ObservationEndedBody); ok && slices.Contains(b.InPost, e.Message) {
			put(InPost, fmt.Sprintf("%s entered it as still on its way when observation ended", e.Party))
			return
		}
	}
	to, named := r.receiver(e)
	if why := r.unentered(e, to, named); why != "" {
		put(Untold, why)
		return
	}
	put(Lost, fmt.Sprintf("%s entered it as sent, and %s never as received", e.Party, to))
}

// sender is the party whose event a message is named after; empty: it is named after none.
func sender(id string) mla.State {
	_, s, _, err := mla.ParseEventID(id)
	if err != nil {
		return ""
	}
	return s
}

func (r *reconciliation) neverSent(got *mla.Event, id string, put func(Standing, string)) {
	_, party, sequence, err := mla.ParseEventID(id)
	if err != nil {
		put(Forged, fmt.Sprintf("%s entered it as received, under a name that no event has", got.Party))
		return
	}
	from := r.c.log(party)
	if from == nil {
		put(Untold, "the other State's log is not seen")
		return
	}
	for _, s := range from.Seen {
		if s.Cover.Sequence != sequence {
			continue
		}
		if s.Event == nil && s.Cover.Kind == got.Kind {
			put(Untold, fmt.Sprintf("the event of %s that it names is sealed to this clearance", party))
			return
		}
		put(Forged, fmt.Sprintf("%s entered it as received, and the event of %s that it names is another one", got.Party, party))
		return
	}
	if from.Hole >= 0 || !from.Ended {
		put(Untold, unread(from, got.Kind))
		return
	}
	put(Forged, fmt.Sprintf("%s entered it as received, and %s never as sent", got.Party, party))
}

// bringing are the kinds by which evidence comes into a party's hands: from another State, or straight from a provider.
var bringing = []mla.Kind{
	mla.Transmitted, mla.Produced, mla.VoluntaryDisclosed, mla.InformationShared, mla.ContactAnswered, mla.PoliceShared,
	mla.TransborderAccessed, mla.OnwardTransferred,
}

// holdings looks at what each party has in hand or used.
func (r *reconciliation) holdings() {
	for _, l := range r.c.Logs {
		r.held(l)
	}
}

func (r *reconciliation) held(log *Log) {
	came := map[string]bool{}
	sealed := ""
	for _, k := range bringing {
		for _, s := range log.byKind[k] {
			if s.Event == nil {
				sealed = "a sealed delivery may be it"
				continue
			}
			came[sameEvidence(s.Event)] = true
		}
	}
	for _, k := range []mla.Kind{mla.CustodyHandoff, mla.UseRecorded} {
		for _, s := range log.byKind[k] {
			if s.Event == nil || came[sameEvidence(s.Event)] {
				continue
			}
			at := s.Event.At
			e := Entry{Case: r.c.ID, Item: sameEvidence(s.Event), Kind: k, To: log.Party, Received: &at}
			switch {
			case sealed != "":
				e.Standing, e.Says = Untold, sealed
			case log.Hole >= 0:
				e.Standing, e.Says = Untold, unread(log, k)
			default:
				e.Standing = Undeclared
				e.Says = fmt.Sprintf("%s entered it as %s, and no delivery of it", log.Party, map[mla.Kind]string{
					mla.CustodyHandoff: "in hand", mla.UseRecorded: "used"}[k])
			}
			r.out = append(r.out, e)
		}
	}
}

// Account counts, for one State's log, what its books say of a case's exchange.
type Account struct {
	State    mla.State        `json:"state"`
	Side     mla.Side         `json:"side"`
	Sent     map[mla.Kind]int `json:"sent"`
	Received map[mla.Kind]int `json:"received"`
	Produced int              `json:"produced"`
	Returned int              `json:"returned"` // letters sent back for completion
	Used     int              `json:"used"`
	Sealed   int              `json:"sealed"` // events that may be messages
}

// Accounts sums what each State's books say over cases.
func Accounts(cases []*Case) []Account {
	of := map[string]*Account{}
	for _, c := range cases {
		for _, side := range mla.Sides {
			l := c.On(side)
			if len(l.Seen) == 0 {
				continue
			}
			key := string(l.Party) + " " + string(side)
			a := of[key]
			if a == nil {
				a = &Account{State: l.Party, Side: side, Sent: map[mla.Kind]int{}, Received: map[mla.Kind]int{}}
				of[key] = a
			}
			for _, s := range l.Seen {
				a.add(s)
			}
		}
	}
	out := []Account{}
	for _, a := range of {
		out = append(out, *a)
	}
	slices.SortFunc(out, func(a, b Account) int {
		return cmp.Or(cmp.Compare(a.State, b.State), cmp.Compare(b.Side, a.Side))
	})
	return out
}

func (a *Account) add(s verify.Sighting) {
	if s.Event == nil {
		a.Sealed++
		return
	}
	switch s.Event.Passage {
	case mla.Sent:
		a.Sent[s.Cover.Kind]++
	case mla.Received:
		a.Received[s.Cover.Kind]++
	case mla.Internal:
	}
	switch {
	case s.Cover.Kind == mla.Produced:
		a.Produced++
	case s.Cover.Kind == mla.UseRecorded:
		a.Used++
	case s.Cover.Kind == mla.RequestReturned && s.Event.Passage == mla.Sent:
		a.Returned++
	}
}

// SameBytes reports whether two values have the same canonical bytes; what has none is like nothing.
func SameBytes(a, b any) bool {
	x, err := mla.Canonical(a)
	if err != nil {
		return false
	}
	y, err := mla.Canonical(b)
	return err == nil && bytes.Equal(x, y)
}
