package report

import (
	"strconv"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Trait is one thing that is told of a State under a name.
type Trait struct{ Name, Says string }

// OwnLaw tells what a State's law makes of secrecy, challenge, notice, figures, remedy and data protection.
func (x *Explained) OwnLaw() []Trait {
	s := x.State
	if s == nil {
		return nil
	}
	return []Trait{
		{"dual criminality", dualLine(s.DualCriminality)},
		{"secrecy of an order", secrecyLine(s.Secrecy)},
		{"challenge by the provider", challengeLine(s.Challenge)},
		{"notice to the person", noticeLine(s.Notice)},
		{"remedy of the person", remedyLine(s.Remedy)},
		{"data protection", found(s.DataProtection.Independent, "an independent authority watches over transfers", "no independent authority watches over transfers", s.DataProtection.Basis)},
		{"figures on requests", found(s.Statistics.Published, "published", "not published", s.Statistics.Basis)},
	}
}

// Readers tells which records of its log those outside may read by the State's law.
func (x *Explained) Readers() (out []Trait) {
	if x.State == nil {
		return nil
	}
	for _, role := range []mla.Role{mla.Auditor, mla.Public, mla.Person} {
		says := "nothing"
		switch kinds := x.State.Records[role]; len(kinds) {
		case 0:
		case len(mla.Kinds):
			says = "every record"
		default:
			says = strconv.Itoa(len(kinds)) + " of " + strconv.Itoa(len(mla.Kinds)) + " kinds: " + list(kinds)
		}
		out = append(out, Trait{"the " + string(role), says})
	}
	return out
}

// Working tells how a State works. All of it is assumed.
func (x *Explained) Working() []Trait {
	if x.State == nil {
		return nil
	}
	staff, use, pace := x.State.Staff, x.State.Discretion, x.State.Practice
	training := "trained"
	if !staff.Trained {
		training = "without training"
	}
	return []Trait{
		{"staff", count(staff.Officers, "officer", "officers") + ", " + training},
		{"speed", count(staff.DaysToDecide, "day", "days") + " to a decision on a file without trouble; " + count(pace.TransitDays, "day", "days") +
			" from desk to desk; waits " + count(pace.PatienceDays, "day", "days") + " for an answer"},
		{"use of a ground it may use", ofAHundred(use.Objective) + " where facts decide, " + ofAHundred(use.Belief) + " where it takes grounds to believe, " +
			ofAHundred(use.SelfJudging) + " where the State considers"},
	}
}

func ofAHundred(n int) string { return strconv.Itoa(n) + " in 100" }

// of adds by which law something is so.
func of(says, basis string) string {
	if basis == "" {
		return says
	}
	return says + " (" + basis + ")"
}

func found(is bool, yes, no, basis string) string {
	if is {
		return of(yes, basis)
	}
	return of(no, basis)
}

func dualLine(d policies.PortraitDual) string {
	out := "a condition of no step"
	if len(d.RequiredFor) > 0 {
		names := make([]string, len(d.RequiredFor))
		for i, m := range d.RequiredFor {
			names[i] = measureName(m)
		}
		out = "a condition of " + list(names)
	}
	if d.Reserved {
		return out + "; refusal to preserve for want of it is reserved"
	}
	return out + "; no reservation at preservation"
}

func secrecyLine(g policies.ProviderSecrecy) string {
	switch {
	case g.Basis == "":
		return "none"
	case g.Days == 0:
		return of("without an end", g.Basis)
	case g.Renewals == 0:
		return of(count(g.Days, "day", "days")+", not renewed", g.Basis)
	}
	out := count(g.Days, "day", "days") + ", renewed " + count(g.Renewals, "time", "times") + " at most"
	if g.Automatic {
		out += ", without anybody asking"
	}
	return of(out, g.Basis)
}

func challengeLine(k policies.Challenge) string {
	if k.Available && k.Stays {
		return of("open, and production waits for the ruling", k.Basis)
	}
	return found(k.Available, "open; production does not wait", "none", k.Basis)
}

func noticeLine(n policies.Notice) string {
	if n.Owed {
		return of("owed within "+count(n.Days, "day", "days")+" of the end of secrecy, or of delivery", n.Basis)
	}
	return of("not owed", n.Basis)
}

func remedyLine(r policies.Remedy) string {
	if r.Available && r.Days > 0 {
		return of("a court, within "+count(r.Days, "day", "days")+" of the notice", r.Basis)
	}
	return found(r.Available, "a court, without a period", "none", r.Basis)
}

// authorityOf tells what an authority authorises: a measure, for one kind of data or for all.
func authorityOf(a policies.PortraitAuthority) string {
	if a.Category == "" {
		return measureName(a.Measure)
	}
	return measureName(a.Measure) + ", " + string(a.Category) + " data"
}

// offenceName tells an offence by its own name, the name it goes by in letters, and its maximum.
func offenceName(o policies.PortraitOffence) string {
	out := sentenceCase(strings.ReplaceAll(o.ID, "-", " "))
	if o.Label != o.ID {
		out += ", in letters " + strings.ReplaceAll(o.Label, "-", " ")
	}
	return out + ", up to " + years(o.MaxPenaltyYears)
}

func independence(a policies.PortraitAuthority) string {
	if a.Independent {
		return "independent"
	}
	return "not independent"
}

// portrait tells what a State is: its offences, who signs, and its law on what treaties leave open.
func (p *page) portrait(x *Explained) {
	s := x.State
	for _, a := range s.Attributes {
		p.item(tableIndent, "·", a, ordinary)
	}
	p.heading("Offences")
	for _, o := range s.Offences {
		p.item(tableIndent, "·", offenceName(o)+": where "+o.InWords+".", ordinary)
		for _, d := range o.Defences {
			p.item(2*tableIndent, "·", "Defence: "+strings.TrimRight(d.Says, ".")+"; where "+d.InWords+".", ordinary)
		}
	}
	p.heading("Who authorises what")
	var rows [][]cell
	for _, a := range s.Authorities {
		rows = append(rows, []cell{c(authorityOf(a)), c(a.Authority), c(independence(a)), c(a.Basis)})
	}
	p.table([]column{{head: "measure"}, {head: "authority"}, {head: ""}, {head: "by"}}, rows)
	p.lines("Its law on what treaties leave open", x.OwnLaw())
	p.lines("Who may read its log, beside those who act on it", x.Readers())
	p.lines("How it works; all of this is assumed", x.Working())
}

func (p *page) lines(heading string, all []Trait) {
	p.heading(heading)
	var rows [][]cell
	for _, l := range all {
		rows = append(rows, []cell{c(l.Name), c(l.Says)})
	}
	p.table([]column{{head: ""}, {head: ""}}, rows)
}
