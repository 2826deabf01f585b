package audit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
	"rogatory/policies"
)

// Verdict is the answer to one constraint on one case.
type Verdict string

// The verdicts. A duty is violated; anything else is not met. No occasion: nothing happened that the constraint is about,
// or what it asks for was not due when observation ended.
const (
	Holds      Verdict = "holds"
	Violated   Verdict = "violated"
	NotMet     Verdict = "not met"
	CannotTell Verdict = "cannot tell"
	NoOccasion Verdict = "no occasion"
)

// Verdicts lists the verdicts, the gravest first.
var Verdicts = []Verdict{Violated, NotMet, CannotTell, Holds, NoOccasion}

// Finding is the answer to one constraint on one case, at one clearance.
type Finding struct {
	Case       string      `json:"case"`
	Constraint string      `json:"constraint"`
	Template   Template    `json:"template"`
	Verdict    Verdict     `json:"verdict"`
	Basis      Basis       `json:"basis"`
	Articles   []string    `json:"articles"`             // provisions, or the safeguard that asks for it
	AsIf       []string    `json:"as_if_in_force"`       // instruments among them that were not in force when last checked
	Safeguards []string    `json:"switched_on,omitzero"` // the safeguard that asks is among those switched on in the case
	Says       string      `json:"says"`                 // what is asked
	Because    string      `json:"because"`              // why the answer is what it is
	Events     []Reference `json:"events"`               // what the answer rests on
	Occasions  int         `json:"occasions"`            // events it was asked of
}

// Reference names an event that an answer rests on.
type Reference struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Kind   mla.Kind  `json:"kind"`
	Index  uint64    `json:"index"` // of the leaf, in the log at Log
	Log    string    `json:"log,omitempty"`
	Sealed bool      `json:"sealed,omitempty"`
}

// Negative reports whether a finding is one to act on.
func (f Finding) Negative() bool { return f.Verdict == Violated || f.Verdict == NotMet }

// Check answers every constraint on a case, in the order of the table.
func Check(c *Case, law *Law) []Finding { return CheckWith(c, law, Constraints) }

// CheckWith answers some constraints on a case: each on every request of it, of which the gravest answer counts.
func CheckWith(c *Case, law *Law, constraints []Constraint) []Finding {
	requests := c.Requests()
	readings := make([][]reading, len(requests))
	for i, r := range requests {
		readings[i] = law.readings(r)
	}
	out := make([]Finding, 0, len(constraints))
	for i := range constraints {
		k := &constraints[i]
		last := len(requests) - 1
		f := read(requests[last], readings[last], k)
		for n := range last {
			if k.ofRequesting() {
				break // the requesting State's log is one, whatever it asked for
			}
			f = graver(f, read(requests[n], readings[n], k))
		}
		out = append(out, f)
	}
	return out
}

// read answers a constraint on one request under each reading of its law.
func read(c *Case, readings []reading, k *Constraint) Finding {
	f := answer(c, readings[0], k)
	for _, r := range readings[1:] {
		other := answer(c, r, k)
		if other.Basis != f.Basis {
			f.Basis, f.Articles, f.AsIf = Unclear, []string{}, []string{}
		}
		if other.Verdict != f.Verdict {
			f.Verdict = CannotTell
			f.Because = "it turns on whether another treaty binds the pair, and that is sealed to this clearance"
		}
	}
	return f
}

// graver is the graver of two findings on requests of one case; where they are alike, both.
func graver(a, b Finding) Finding {
	occasions := a.Occasions + b.Occasions
	if slices.Index(Verdicts, b.Verdict) < slices.Index(Verdicts, a.Verdict) {
		a, b = b, a
	}
	if a.Verdict == b.Verdict {
		a.Events = distinct(slices.Concat(a.Events, b.Events))
	}
	a.Occasions = occasions
	return a
}

// answer puts the occasions of one constraint together: the gravest decides.
func answer(c *Case, r reading, k *Constraint) Finding {
	t := r.terms
	f := Finding{
		Case: c.ID, Constraint: k.ID, Template: k.Template, Says: k.Says, Verdict: NoOccasion,
		Articles: []string{}, AsIf: []string{}, Events: []Reference{},
	}
	var articles []string
	f.Basis, articles = k.basis(c, t)
	f.Articles = append(f.Articles, articles...)
	if t != nil && f.Basis == Duty {
		f.AsIf = append(f.AsIf, AsIf(t, articles)...)
	}
	if t != nil && k.Asked != "" && slices.Contains(t.Safeguards, k.Asked) {
		f.Safeguards = []string{k.Asked}
	}
	e := &examination{c: c, t: t, changes: r.changes, k: k}
	e.examine()
	f.Occasions = len(e.occasions)
	f.Because = "nothing on record that it is about"
	if e.waits != "" {
		f.Because = e.waits
	}
	gravest, worst := mla.Answer(""), occasion{}
	for _, o := range e.occasions {
		if rank(o.holds) <= rank(gravest) {
			continue
		}
		gravest, worst = o.holds, o
	}
	if gravest != "" {
		f.Because = worst.because()
	}
	for _, o := range e.occasions {
		if o.holds != gravest {
			continue
		}
		for _, s := range o.on {
			f.Events = append(f.Events, e.reference(s))
		}
	}
	f.Events = distinct(f.Events)
	if n := count(e.occasions, gravest); n > 1 {
		f.Because += fmt.Sprintf(" (and %d more)", n-1)
	}
	missing := unseen(c, k)
	switch {
	case c.beside:
		f.Occasions, f.Events, f.Because = 0, []Reference{}, "no request was made"
	case missing != "" && (gravest == "" || gravest == mla.Yes):
		f.Verdict, f.Because = CannotTell, missing+": what is not seen may exist"
	case gravest == mla.Yes:
		f.Verdict = Holds
	case gravest == mla.Unknown:
		f.Verdict = CannotTell
	case gravest == mla.No && f.Basis == Unclear:
		f.Verdict, f.Because = CannotTell, f.Because+"; whether that is owed is not known at this clearance"
	case gravest == mla.No && f.Basis == Duty:
		f.Verdict = Violated
	case gravest == mla.No:
		f.Verdict = NotMet
	}
	return f
}

// unseen says what is missing from the logs that a constraint is about; empty: nothing so far.
func unseen(c *Case, k *Constraint) string {
	sides := []mla.Side{k.First.On}
	if len(k.Then.Kinds) > 0 {
		sides = append(sides, k.Then.On)
	}
	for _, side := range sides {
		switch l := c.On(side); {
		case len(l.Seen) == 0:
			return fmt.Sprintf("the log of the %s State is not seen", side)
		case l.Hole >= 0:
			return fmt.Sprintf("event %d is missing from the log of %s", l.Hole, l.Party)
		}
	}
	return ""
}

// rank orders answers by how much they weigh in a case.
func rank(a mla.Answer) int { return slices.Index([]mla.Answer{"", mla.Yes, mla.Unknown, mla.No}, a) }

func count(all []occasion, a mla.Answer) (n int) {
	for _, o := range all {
		if o.holds == a {
			n++
		}
	}
	return n
}

func distinct(refs []Reference) []Reference {
	out, met := []Reference{}, map[string]bool{}
	for _, r := range refs {
		if !met[r.ID] {
			met[r.ID] = true
			out = append(out, r)
		}
	}
	return out
}

// occasion is one event that a constraint was asked of.
type occasion struct {
	holds  mla.Answer
	on     on
	format string // of why; most are never told
	args   []any
}

// on is what an answer rests on.
type on []verify.Sighting

// because says why, with events, patterns and days in words.
func (o occasion) because() string {
	args := make([]any, len(o.args))
	for i, a := range o.args {
		switch a := a.(type) {
		case verify.Sighting:
			args[i] = name(a)
		case Pattern:
			args[i] = kinds(a)
		case time.Time:
			args[i] = day(a)
		default:
			args[i] = a
		}
	}
	return fmt.Sprintf(o.format, args...)
}

// examination asks one constraint of one case under one reading of the terms.
type examination struct {
	c         *Case
	t         *policies.Terms // as the letter has them
	changes   []enactment     // since
	k         *Constraint
	occasions []occasion
	waits     string // why what is asked was not due; empty: it was
}

func (e *examination) examine() {
	switch e.k.Template {
	case Precedence:
		e.precedence()
	case Response:
		e.response()
	case Absence:
		e.absence()
	case FourEyes:
		e.fourEyes()
	case Succession:
		e.response()
		e.precedence()
	}
}

func (e *examination) found(holds mla.Answer, rests on, format string, args ...any) {
	e.occasions = append(e.occasions, occasion{holds, rests, format, args})
}

func (e *examination) reference(s verify.Sighting) Reference {
	r := Reference{ID: idOf(s), At: s.Cover.At, Kind: s.Cover.Kind, Index: s.Index, Sealed: s.Event == nil}
	for _, l := range e.c.Logs {
		if l.Party == s.Cover.Party {
			r.Log = l.Dir
		}
	}
	return r
}

// seen lists the sightings of a pattern's kinds on its log, in order.
func (e *examination) seen(p Pattern) []verify.Sighting {
	if len(p.Kinds) == 0 {
		return nil
	}
	log := e.c.On(p.On)
	if len(p.Kinds) == 1 {
		return log.byKind[p.Kinds[0]]
	}
	var out []verify.Sighting
	for _, k := range p.Kinds {
		out = append(out, log.byKind[k]...)
	}
	slices.SortFunc(out, func(a, b verify.Sighting) int { return a.Cover.Sequence - b.Cover.Sequence })
	return out
}

// about lists the sightings of a pattern that are about the request asked of.
func (e *examination) about(p Pattern) []verify.Sighting {
	all := e.seen(p)
	if p.On == mla.Requesting {
		return all
	}
	var out []verify.Sighting
	for _, s := range all {
		if e.c.about(s.Cover.Sequence) {
			out = append(out, s)
		}
	}
	return out
}

// fits says whether a sighting of the pattern's kinds is as the pattern describes.
func (e *examination) fits(p Pattern, s verify.Sighting) mla.Answer {
	switch {
	case p.Where == nil:
		return mla.Yes
	case s.Event == nil:
		return mla.Unknown
	}
	return p.Where(e.c, e.under(s), s.Event)
}

// under is the law that an event was done under.
func (e *examination) under(s verify.Sighting) *policies.Terms {
	t := e.t
	for _, x := range e.changes {
		if before(x.by, s) {
			t = x.terms
		}
	}
	return t
}

// tied says whether two sightings are about the same thing.
func (e *examination) tied(a, b verify.Sighting) mla.Answer {
	switch {
	case e.k.Same == nil:
		return mla.Yes
	case a.Event == nil || b.Event == nil:
		return mla.Unknown
	}
	key := e.k.Same(a.Event)
	return mla.AnswerOf(key != "" && key == e.k.Same(b.Event))
}

// before reports whether one event came before another: by sequence on one log, by legal time across logs.
func before(a, b verify.Sighting) bool {
	if a.Cover.Party == b.Cover.Party {
		return a.Cover.Sequence < b.Cover.Sequence
	}
	return !a.Cover.At.After(b.Cover.At)
}

// and is yes where both are, and no where one is.
func and(a, b mla.Answer) mla.Answer {
	switch {
	case a == mla.No || b == mla.No:
		return mla.No
	case a == mla.Yes && b == mla.Yes:
		return mla.Yes
	}
	return mla.Unknown
}

// first finds an event of a pattern that is tied to another and lies where which says. Yes comes with the event; unknown
// with the sealed one that may be it; no says that there is none among what is seen.
func (e *examination) first(p Pattern, to verify.Sighting, which func(verify.Sighting) bool) (verify.Sighting, mla.Answer) {
	var perhaps verify.Sighting
	answer := mla.No
	for _, s := range e.seen(p) {
		if !which(s) {
			continue
		}
		switch and(e.fits(p, s), e.tied(to, s)) {
		case mla.Yes:
			return s, mla.Yes
		case mla.Unknown:
			perhaps, answer = s, mla.Unknown
		case mla.No:
		}
	}
	return perhaps, answer
}

func (e *examination) precedence() {
	for _, then := range e.about(e.k.Then) {
		is := e.fits(e.k.Then, then)
		if is == mla.No {
			continue
		}
		first, had := e.first(e.k.First, then, func(s verify.Sighting) bool { return before(s, then) && e.earlier(s) })
		log := e.c.On(e.k.First.On)
		switch {
		case had == mla.Yes:
			e.found(mla.Yes, on{first, then}, "%s came after %s", then, first)
		case had == mla.Unknown:
			e.found(mla.Unknown, on{first, then}, "%s that came before %s cannot be read far enough to tell whether it was the one asked for", first, then)
		case log.Hole >= 0 || len(log.Seen) == 0:
			e.found(mla.Unknown, on{then}, "what came before %s is not seen whole", then)
		case is == mla.Unknown:
			e.found(mla.Unknown, on{then}, "whether %s needed anything before it hangs on what is sealed", then)
		default:
			e.found(mla.No, on{then}, "%s came without %s before it", then, e.k.First)
		}
	}
}

// earlier says whether what came first may count: what came before an earlier request counts only where a key ties it.
func (e *examination) earlier(s verify.Sighting) bool {
	return e.k.Same != nil || e.k.First.On == mla.Requesting || e.c.about(s.Cover.Sequence)
}

func (e *examination) response() {
	for _, first := range e.about(e.k.First) {
		if is := e.fits(e.k.First, first); is != mla.No {
			e.respond(first, is)
		}
	}
}

func (e *examination) respond(first verify.Sighting, is mla.Answer) {
	by, due := time.Time{}, mla.Yes
	if e.k.Within != nil {
		due = mla.Unknown
		if first.Event != nil {
			by, due = e.k.Within(e.c, e.under(first), first.Event)
		}
	}
	after := func(s verify.Sighting) bool { return before(first, s) && idOf(s) != idOf(first) }
	inTime := func(s verify.Sighting) bool { return after(s) && (by.IsZero() || !s.Cover.At.After(by)) }
	then, came := e.first(e.k.Then, first, inTime)
	log := e.c.On(e.k.Then.On)
	unless, excused := e.excuse(inTime)
	switch {
	case due == mla.No:
		e.waits = "what it asks for was not due"
	case came == mla.Yes && due == mla.Yes:
		e.found(mla.Yes, on{first, then}, "%s was followed by %s", first, then)
	case due == mla.Unknown:
		e.found(mla.Unknown, on{first}, "when anything was due after %s cannot be told", first)
	case came == mla.Unknown:
		e.found(mla.Unknown, on{first, then}, "%s may answer %s, and cannot be read far enough to tell", then, first)
	case excused == mla.Yes:
		e.waits = fmt.Sprintf("nothing more was expected after %s", name(unless))
	case log.Hole >= 0 || len(log.Seen) == 0 || !log.Ended && (by.IsZero() || !log.last().After(by)):
		e.found(mla.Unknown, on{first}, "what came after %s is not seen to its end", first)
	case !by.IsZero() && !log.last().After(by):
		e.waits = "it was not yet due when observation ended"
	case is == mla.Unknown || excused == mla.Unknown:
		e.found(mla.Unknown, on{first}, "whether %s needed an answer hangs on what is sealed", first)
	default:
		e.silent(first, by, after)
	}
}

// excuse finds what ends the waiting, whichever thing the waiting was about.
func (e *examination) excuse(which func(verify.Sighting) bool) (verify.Sighting, mla.Answer) {
	answer := mla.No
	for _, s := range e.seen(e.k.Unless) {
		if !which(s) {
			continue
		}
		switch e.fits(e.k.Unless, s) {
		case mla.Yes:
			return s, mla.Yes
		case mla.Unknown:
			answer = mla.Unknown
		case mla.No:
		}
	}
	return verify.Sighting{}, answer
}

// silent says that nothing came, or that it came late.
func (e *examination) silent(first verify.Sighting, by time.Time, after func(verify.Sighting) bool) {
	if by.IsZero() {
		e.found(mla.No, on{first}, "%s was not followed by %s", first, e.k.Then)
		return
	}
	if late, came := e.first(e.k.Then, first, after); came == mla.Yes {
		e.found(mla.No, on{first, late}, "%s came after %s, by which it was due", late, by)
		return
	}
	e.found(mla.No, on{first}, "%s was not followed by %s by %s", first, e.k.Then, by)
}

func (e *examination) absence() {
	for _, s := range e.about(e.k.First) {
		switch e.fits(e.k.First, s) {
		case mla.Yes:
			e.found(mla.No, on{s}, "%s is one %s", s, e.k.First.Words)
		case mla.Unknown:
			e.found(mla.Unknown, on{s}, "%s cannot be read far enough to tell", s)
		case mla.No:
			e.found(mla.Yes, on{s}, "%s is none %s", s, e.k.First.Words)
		}
	}
}

func (e *examination) fourEyes() {
	for _, first := range e.about(e.k.First) {
		for _, then := range e.about(e.k.Then) {
			switch pair := and(and(e.fits(e.k.First, first), e.fits(e.k.Then, then)), e.tied(first, then)); {
			case pair == mla.No:
			case pair == mla.Unknown || first.Event == nil || then.Event == nil:
				e.found(mla.Unknown, on{first, then}, "who did %s and who did %s cannot both be read", first, then)
			case first.Event.Actor == then.Event.Actor:
				e.found(mla.No, on{first, then}, "%s did both %s and %s", first.Event.Actor, first, then)
			default:
				e.found(mla.Yes, on{first, then}, "%s did one and %s the other", first.Event.Actor, then.Event.Actor)
			}
		}
	}
}

// name writes an event as a reader looks it up: its kind, day and number on its State's log.
func name(s verify.Sighting) string {
	return fmt.Sprintf("%s (event %d of %s, %s)", s.Cover.Kind, s.Cover.Sequence, s.Cover.Party, day(s.Cover.At))
}

func kinds(p Pattern) string {
	text := ""
	for i, k := range p.Kinds {
		if i > 0 {
			text += " or "
		}
		text += string(k)
	}
	return strings.TrimSpace(text + " " + p.Words)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
