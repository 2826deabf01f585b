package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Terminal writes a run for a reader: the case, who did what and when, the grounds, what each observer could see, and
// whether the logs are whole. Events are those of all logs.
func (r *Run) Terminal(w io.Writer, s Style, events []mla.Event) error {
	p := newPage(s)
	p.theCase(r, events)
	p.told(r, events)
	p.figures(r.Gaps, r.Gap)
	p.caveat(r.Caveat)
	return p.print(w)
}

// told writes all of a run but the case itself.
func (p *page) told(r *Run, events []mla.Event) {
	p.timeline(events)
	p.ending(r)
	if len(r.AskedFor) > 0 {
		p.heading("Asked for, and not acted on in this run")
		p.askedFor(r.AskedFor)
	}
	part := groundsPart{heading: "Grounds for not helping", known: "as the authority knew", quiet: quietGrounds, raised: true}
	p.grounds(part, append(r.closedGates(), r.Grounds...))
	if len(r.Forbidden) > 0 {
		p.grounds(groundsPart{heading: "Reasons that are forbidden", known: "as the authority knew", quiet: quietReasons}, r.Forbidden)
	}
	p.dualCriminality(r.DualCriminality, &r.OnStipulated)
	p.seriousness(r.Seriousness)
	p.secretsStanding(events)
	p.views(r.Gaps, r.Gap)
	p.invariants(r.Invariants)
	p.logs(r)
}

// What is said of rules that neither set of facts makes speak.
const (
	quietGates   = "Passed on either set of facts"
	quietGrounds = "Closed on either set of facts"
	quietReasons = "Not in play on either set of facts"
)

// theCase says in five lines what is run.
func (p *page) theCase(r *Run, events []mla.Event) {
	p.heading(r.Case + " · " + r.Title)
	p.text(tableIndent, r.opening(events), ordinary)
	p.instruments(r.Instruments)
	p.safeguards(r.Safeguards)
	for _, a := range again(events) {
		p.text(tableIndent, "Asked again. "+a, ordinary)
	}
	p.text(tableIndent, fmt.Sprintf("Clock %s, seed %s, law %s, case %s", r.Clock, orNone(r.Seed), short(r.Policy), short(r.CaseID)), faint)
}

// opening says who asks whom for what; on another channel than a request, who seeks data that are held where.
func (r *Run) opening(events []mla.Event) string {
	if r.unasked() {
		return seeks(r.Requesting, r.Requested, r.Obtained.Channel)
	}
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.RequestDraftedBody:
			return asks(r.Requesting, r.Requested, b.Request)
		case mla.RequestSubmittedBody:
			return asks(r.Requesting, r.Requested, b.Request)
		}
	}
	return stateName(r.Requesting) + " asks " + stateName(r.Requested) + " for help."
}

// again says, for each later request of the case, when who asked whom for what, and under which instrument.
func again(events []mla.Event) []string {
	zero, first := dayZero(events), ""
	var out []string
	for _, e := range events {
		b, ok := e.Body.(mla.RequestSubmittedBody)
		if !ok || e.Passage != mla.Sent || b.Submission != 1 {
			continue
		}
		if first == "" {
			first = b.Request.Reference
		}
		if r := b.Request; r.Reference != first {
			out = append(out, "On day "+strconv.Itoa(dayOf(e.At, zero))+", under "+strings.Join(r.Instruments, ", ")+": "+asks(r.Requesting, r.Requested, r))
		}
	}
	return out
}

// seeks says which way data are sought without a request.
func seeks(requesting, requested mla.State, c mla.Channel) string {
	return stateName(requesting) + " seeks data held in " + stateName(requested) + " " + by(c) + "; no request is made."
}

// asks says what a letter asks for, or an order that goes straight to a provider.
func asks(requesting, requested mla.State, q mla.Request) string {
	what, secret := sought(q.Measure, q.Scope), ""
	if q.Confidential {
		secret = " It asks for secrecy."
	}
	if q.Channel == mla.Direct {
		return stateName(requesting) + " orders " + someone(q.Provider) + " in " + stateName(requested) + ": " + what + offence(q.Offence) + "." + secret
	}
	return stateName(requesting) + " asks " + stateName(requested) + " for " + what + " held by " + someone(q.Provider) + offence(q.Offence) + "." + secret
}

// by says in words which way data go without a request.
func by(c mla.Channel) string {
	switch c {
	case mla.Voluntary:
		return "by a provider's voluntary disclosure"
	case mla.Spontaneous:
		return "as information given unasked"
	case mla.Contact:
		return "by way of the contact points"
	case mla.Police:
		return "between police authorities"
	case mla.JointTeam:
		return "in a joint team"
	case mla.Transborder:
		return "by access across the border"
	case mla.Formal, mla.Direct:
	}
	return "by channel " + string(c)
}

// came says whether data crossed the border without a request, and whether a State decided on it.
func (o Obtained) came() string {
	data, decided := "No data crossed the border", "no State decided on it"
	if o.Data {
		data = "Data of " + count(o.Persons, "person", "persons") + " crossed the border " + by(o.Channel)
	}
	if o.Decided {
		decided = "a State decided on it"
	}
	return data + "; " + decided + "."
}

// instruments names each treaty and where it stands.
func (p *page) instruments(all []Instrument) {
	for _, i := range all {
		said := "Under the " + strings.TrimPrefix(i.Name, "The ") + " (" + i.ID + "). " + i.Status
		if len(i.Asks) > 0 && !slices.Contains(i.Asks, policies.AskState) {
			said += " No State is asked under it, but a " + list(i.Asks) + "."
		}
		p.text(tableIndent, said, ordinary)
	}
}

// safeguards names those that are switched on.
func (p *page) safeguards(ids []string) {
	if len(ids) > 0 {
		p.text(tableIndent, "With "+list(ids)+": asked for by critics, no law in force.", ordinary)
	}
}

// ending says what became of the request.
func (p *page) ending(r *Run) {
	said := r.came()
	if outcome := r.ended(); outcome != "" {
		said = strings.TrimSpace("Outcome: " + outcome + ". " + said)
	}
	p.blank()
	p.text(tableIndent, said, strong)
}

// ended is the outcome in words; empty where nobody decided and there was no request.
func (r *Run) ended() string {
	if r.unasked() && !r.Obtained.Decided {
		return ""
	}
	return outcomeName(r.Outcome)
}

// became is the outcome, or without a request whether data crossed the border, in a few words.
func (r *Run) became() string {
	crossed := "no data crossed"
	if r.Obtained.Data {
		crossed = "data crossed"
	}
	switch outcome := r.ended(); {
	case !r.unasked():
		return outcome
	case outcome == "":
		return crossed
	default:
		return outcome + ", " + crossed
	}
}

// came says what came of it: after how long, and without a request whether data crossed the border.
func (r *Run) came() string {
	said := ""
	if d := r.Days.ToDecision; d != nil {
		said = "Decided " + count(*d, "day", "days") + " after the letter was sent. "
	}
	if d := r.Days.ToDelivery; d != nil {
		said += deliveredTold(*d, r.Obtained.Undone) + " "
	}
	if r.unasked() {
		said += r.Obtained.came()
	}
	return strings.TrimSpace(said)
}

// deliveredTold tells when the evidence came, and whether that had to be undone.
func deliveredTold(days int, undone bool) string {
	said := "Delivered after " + count(days, "day", "days")
	if days == 0 {
		said = "Delivered within a day"
	}
	if undone {
		said += "; what was delivered had to be deleted or restricted afterwards"
	}
	return said + "."
}

// unasked reports whether data are sought without a request to a State or an order.
func (r *Run) unasked() bool { return unasked(r.Obtained.Channel) }

func unasked(c mla.Channel) bool { return c != mla.Formal && c != mla.Direct }

// closedGates are the gates that some set of facts does not pass.
func (r *Run) closedGates() []Ground {
	var out []Ground
	for _, g := range r.Scope {
		if !g.silent() {
			out = append(out, g)
		}
	}
	return out
}

// invariants says whether the software kept to what it must never do.
func (p *page) invariants(violations []string) {
	p.heading("Invariants")
	if len(violations) == 0 {
		p.text(tableIndent, "All eight hold.", good)
		return
	}
	for _, v := range violations {
		p.item(tableIndent, "✗", v, alarming)
	}
}

// logs says where the logs are, how large, and whether they are whole.
func (p *page) logs(r *Run) {
	p.heading("Logs")
	where := "not kept"
	if r.Log.Dir != "" {
		where = "in " + r.Log.Dir
	}
	p.text(tableIndent, count(r.Log.Size, "leaf", "leaves")+", "+where+"; root "+short(r.Log.Root), ordinary)
	var rows [][]cell
	for _, l := range r.Log.States {
		whole := c("whole").in(good)
		if !l.Whole {
			whole = c("not whole").in(alarming)
		}
		rows = append(rows, []cell{c(stateName(l.State)), c(count(l.Size, "leaf", "leaves")), c(l.Root), whole})
	}
	p.table([]column{{}, {right: true}, {}, {fixed: true}}, rows)
}

// caveat ends every output.
func (p *page) caveat(s string) {
	p.blank()
	p.text(0, s, faint)
}

// short abbreviates a digest.
func short(digest string) string {
	if len(digest) > 12 {
		return digest[:12] + "…"
	}
	return orNone(digest)
}
