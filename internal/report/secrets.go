package report

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"rogatory/internal/mla"
)

// secret is one order of silence, from the events about it.
type secret struct {
	state   mla.State // where whoever is bound is
	on      string
	basis   string
	persons int
	from    time.Time
	expires mla.Instant // as last set; nil: no end
	lifted  mla.Instant
	why     string
}

// secrets lists the orders of silence in the order in which they were imposed, and the last instant watched.
func secrets(events []mla.Event) (orders []*secret, watched time.Time) {
	byOrder, abroad := map[string]*secret{}, mla.State("")
	for _, e := range events {
		if e.At.After(watched) {
			watched = e.At
		}
		switch b := e.Body.(type) {
		case mla.RequestDraftedBody:
			if b.Request.Channel == mla.Direct {
				abroad = b.Request.Requested
			}
		case mla.ConfidentialityImposedBody:
			s := &secret{state: cmp.Or(abroad, e.Party), on: b.On, basis: b.Basis, persons: b.Persons, from: e.At, expires: b.ExpiresAt}
			byOrder[b.Order] = s
			orders = append(orders, s)
		case mla.ConfidentialityRenewedBody:
			if s := byOrder[b.Order]; s != nil {
				s.expires = &b.ExpiresAt
			}
		case mla.ConfidentialityLiftedBody:
			if s := byOrder[b.Order]; s != nil {
				at := e.At
				s.lifted, s.why = &at, b.Why
			}
		}
	}
	return orders, watched
}

// secretsStanding tells which orders of silence were imposed and which still stand on the last day watched.
func (p *page) secretsStanding(events []mla.Event) {
	p.heading("Secrets")
	orders, watched := secrets(events)
	if len(orders) == 0 {
		p.text(tableIndent, "Nobody was bound to silence.", ordinary)
		return
	}
	var rows [][]cell
	for _, s := range orders {
		end := "no end"
		if s.expires != nil {
			end = date(*s.expires)
		}
		until, standing := watched, c("stands on "+date(watched)).in(notable)
		if s.lifted != nil {
			until, standing = *s.lifted, c("lifted "+date(*s.lifted)+clause(s.why))
		}
		rows = append(rows, []cell{
			c(someone(s.on) + ", " + stateName(s.state)), c(date(s.from)), c(end), c(strconv.Itoa(dayOf(until, s.from))),
			c(strconv.Itoa(s.persons)), standing,
		})
	}
	p.table([]column{
		{head: "bound"}, {head: "since", fixed: true}, {head: "set to end"}, {head: "days", right: true}, {head: "persons", right: true}, {head: "now"},
	}, rows)
	if !slices.ContainsFunc(events, func(e mla.Event) bool { return e.Kind == mla.SubjectNotified }) {
		p.text(tableIndent, "The person was not told.", ordinary)
	}
}
