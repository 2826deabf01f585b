package report

import (
	"io"
	"slices"
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// Explained is a page of law for a reader; it is the object that `policies explain --json` prints.
type Explained struct {
	policies.Page
	Asks     string             `json:"asks,omitempty"`     // of a safeguard
	Price    string             `json:"price,omitempty"`    // of a safeguard
	Closes   []string           `json:"closes,omitempty"`   // gaps, of a safeguard
	Source   string             `json:"source,omitempty"`   // who asks, of a safeguard
	Settings []policies.Setting `json:"settings,omitempty"` // of a safeguard
	Duties   []policies.Duty    `json:"duties,omitempty"`
	Policy   string             `json:"policy"` // digest of the bundle
	Caveat   string             `json:"caveat"`
}

// Title names what is explained: "uncc, article 40".
func (x *Explained) Title() string {
	if x.Article == "" {
		return x.Instrument.ID
	}
	return x.Instrument.ID + ", article " + x.Article
}

// Spoken are the parameters that the instrument says something of.
func (x *Explained) Spoken() []policies.Parameter { return x.parameters(policies.Says) }

// Unsaid lists the parameters of which there is nothing to tell, by the reason: the instrument is silent, the text was not
// seen, or the position does not say. None of these is a default.
func (x *Explained) Unsaid() (out []Unsaid) {
	for _, is := range []policies.Presence{policies.Silent, policies.NotSeen, policies.NotStated} {
		if all := x.parameters(is); len(all) > 0 {
			u := Unsaid{Is: unsaidName(is)}
			for _, p := range all {
				u.Keys = append(u.Keys, parameterName(p.Key))
			}
			out = append(out, u)
		}
	}
	return out
}

// Unsaid is a list of parameters that are absent for one reason.
type Unsaid struct {
	Is   string
	Keys []string
}

func (x *Explained) parameters(is policies.Presence) (out []policies.Parameter) {
	for _, p := range x.Parameters {
		if p.Is == is {
			out = append(out, p)
		}
	}
	return out
}

func unsaidName(is policies.Presence) string {
	switch is {
	case policies.Silent:
		return "The instrument is silent on"
	case policies.NotSeen:
		return "The text was not seen on"
	case policies.NotStated:
		return "Not stated in the position"
	case policies.Says:
	}
	return string(is)
}

func parameterName(k policies.ParameterKey) string { return strings.ReplaceAll(string(k), "-", " ") }

// Terminal writes the page provision by provision.
func (x *Explained) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(x.Title() + " · " + x.Instrument.Name)
	p.text(tableIndent, x.Instrument.Status, ordinary)
	if x.Price != "" {
		p.text(tableIndent, "What it costs: "+x.Price, ordinary)
		p.text(tableIndent, "Gaps it is to close: "+list(x.Closes)+". Source: "+strings.TrimRight(x.Source, ".")+".", faint)
	}
	if changes := x.Changes(); len(changes) > 0 {
		p.heading("What it changes in the terms of the two States")
		for _, says := range changes {
			p.item(tableIndent, "·", says, ordinary)
		}
	}
	if x.State != nil {
		p.portrait(x)
		p.heading("What its own law adds for requests made to it")
	}
	for _, v := range x.Provisions {
		p.provision(v)
	}
	if len(x.Provisions) == 0 && x.State != nil {
		p.text(tableIndent, "Nothing.", ordinary)
	} else if len(x.Provisions) == 0 && len(x.Settings)+len(x.Duties) == 0 {
		p.blank()
		p.text(tableIndent, "No rule of it is written down here"+ofArticle(x.Article)+".", ordinary)
	}
	if len(x.Timers) > 0 {
		p.heading("Periods")
		var rows [][]cell
		for _, t := range x.Timers {
			rows = append(rows, []cell{c(t.Article), c(string(t.Kind)), c(t.Span()), c(t.Says + more("From", t.Starts) + more("Until", t.Stops) + more("Then", t.Then)),
				c(confidenceName(t.Confidence))})
		}
		p.table([]column{{head: "article"}, {head: "kind"}, {head: "length"}, {head: "what it is"}, {head: "checked"}}, rows)
	}
	if len(x.Parameters) > 0 {
		p.heading("Its place in the comparison")
		var rows [][]cell
		for _, v := range x.Spoken() {
			rows = append(rows, []cell{c(parameterName(v.Key)), c(v.String()), c(confidenceName(v.Confidence))})
		}
		p.table([]column{{head: "parameter"}, {head: "what it says"}, {head: "checked"}}, rows)
		for _, u := range x.Unsaid() {
			p.text(tableIndent, u.Is+": "+strings.Join(u.Keys, ", ")+".", faint)
		}
	}
	for _, part := range []struct {
		head  string
		acted bool
	}{{"Asked for, and acted on by the procedure", true}, {"Asked for, and not acted on by the procedure", false}} {
		duties := slices.DeleteFunc(slices.Clone(x.Duties), func(d policies.Duty) bool { return d.Acts != part.acted })
		if len(duties) > 0 {
			p.heading(part.head)
			p.askedFor(duties)
		}
	}
	p.caveat(x.Caveat)
	return p.print(w)
}

func ofArticle(article string) string {
	if article == "" {
		return ""
	}
	return " on article " + article
}

func more(what, text string) string {
	if text == "" {
		return ""
	}
	return " " + what + ": " + strings.TrimRight(text, ".") + "."
}

// provision writes one rule: what it says and does, its condition in words and in CEL, how it was checked, its cases.
func (p *page) provision(v policies.Provision) {
	p.heading(ruleName(v.Rule, v.Article) + " · " + effectName(v.Effect) + " · " + string(v.Stage))
	p.text(tableIndent, v.Says, ordinary)
	p.item(tableIndent, "·", "What it does: "+v.Modality+".", ordinary)
	p.item(tableIndent, "·", "When: "+v.InWords+".", ordinary)
	condition := "In CEL: " + v.Condition
	if v.Unless != "" {
		condition += "; unless " + v.Unless
	}
	p.item(tableIndent, "·", condition, faint)
	if v.GivesWay != "" {
		p.item(tableIndent, "·", "It gives way, by "+v.GivesWay+", to another treaty on mutual legal assistance that binds the two States.", ordinary)
	}
	p.item(tableIndent, "·", checked(v), faint)
	for _, line := range caseLines(v) {
		p.item(tableIndent, "·", line, faint)
	}
	if len(v.Acts) > 0 {
		p.item(tableIndent, "·", "Done under it: "+list(v.Acts)+".", faint)
	}
	p.item(tableIndent, "·", "In "+v.Address, faint)
}

// checked says how the text of a rule was checked, and whether its meaning is contested.
func checked(v policies.Provision) string {
	out := "Checked: " + confidenceName(v.Confidence) + "."
	if v.Reading == mla.Contested {
		out += " Its reading is contested."
	}
	if v.Source != "" {
		out += " " + strings.TrimRight(v.Source, ".") + "."
	}
	return out
}

// caseLines names a rule's cases, by their answer.
func caseLines(v policies.Provision) (out []string) {
	for _, a := range mla.Answers {
		var names []string
		for _, x := range v.Cases {
			if x.Holds == a {
				names = append(names, strings.TrimRight(x.Name, "."))
			}
		}
		if len(names) > 0 {
			out = append(out, caseAnswer(a)+": "+strings.Join(names, "; ")+".")
		}
	}
	return out
}

func caseAnswer(a mla.Answer) string {
	switch a {
	case mla.Yes:
		return "Holds where"
	case mla.No:
		return "Does not hold where"
	case mla.Unknown:
	}
	return "Unknown where"
}

// confidenceName says how a text was checked.
func confidenceName(k mla.Confidence) string {
	switch k {
	case mla.Verified:
		return "against the text"
	case mla.Secondary:
		return "a secondary source"
	case mla.Unverified:
		return "not verified"
	}
	return string(k)
}

// askedFor lists duties that safeguards add.
func (p *page) askedFor(all []policies.Duty) {
	for _, d := range all {
		p.item(tableIndent, "·", d.ID+": "+d.Says, ordinary)
	}
}
