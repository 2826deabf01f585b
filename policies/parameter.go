package policies

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// ParameterKey names one row of the comparison of instruments.
type ParameterKey string

// ParameterKeys lists the rows in their order.
var ParameterKeys = []ParameterKey{"who-is-asked", "offence-scope", "seriousness", "dual-criminality-duty", "dual-criminality-test",
	"refusal-may", "refusal-no-duty", "refusal-must", "refusal-forbidden", "refusal-at-preservation", "who-authorises",
	"request-secrecy", "secrecy-impossible", "secrecy-end", "provider-gag", "subject-notification", "provider-challenge", "remedy",
	"use-limitation", "exculpatory", "onward-transfer", "data-protection", "transparency", "oversight", "deadlines",
	"urgent-channel", "real-time-help", "preservation-abroad", "preservation-home", "consultation", "reasons", "postponement",
	"gives-way", "compelled-help"}

// Presence keeps apart what an instrument says, what it leaves out, and what we do not know of it. None of the last three
// is a default.
type Presence string

// The presences: it says something; it is silent; we could not see the text; the position does not say.
const (
	Says      Presence = "says"
	Silent    Presence = "none"
	NotSeen   Presence = "not-seen"
	NotStated Presence = "not-stated"
)

// absences are the presences a file may write in place of words.
var absences = []Presence{Silent, NotSeen, NotStated}

// Parameter is what an instrument makes of one row.
type Parameter struct {
	Key        ParameterKey   `json:"key"`
	Is         Presence       `json:"is"`
	Says       string         `json:"says,omitempty"`
	Article    string         `json:"article,omitempty"`
	Confidence mla.Confidence `json:"confidence,omitempty"`
	// Differs says why the row differs from the table of the research notes; empty where it does not.
	Differs string `json:"differs,omitempty"`
}

// String writes a parameter as a cell: its words, or what stands for their absence.
func (p Parameter) String() string {
	switch p.Is {
	case Says:
		if p.Article != "" {
			return p.Says + " (" + p.Article + ")"
		}
		return p.Says
	case Silent:
		return "none"
	case NotSeen:
		return "not seen"
	case NotStated:
		return "not stated"
	}
	return ""
}

// readParameters reads all rows; one that is missing is a fault, for a gap in a file is no finding about an instrument.
func (r *Regime) readParameters(f fields) {
	e, ok := f.need("parameters")
	if !ok {
		return
	}
	p := e.mapping()
	for _, name := range p.order {
		if !slices.Contains(ParameterKeys, ParameterKey(name)) {
			fix := "uncc.yaml has all there are"
			if n := nearest(name, ParameterKeys); n != "" {
				fix = "did you mean " + n + "?"
			}
			p.keys[name].fault("unknown parameter "+quoted(name), fix)
		}
	}
	var missing []ParameterKey
	for _, key := range ParameterKeys {
		v, ok := p.values[string(key)]
		if !ok {
			missing = append(missing, key)
			continue
		}
		r.Parameters = append(r.Parameters, readParameter(key, v))
	}
	if len(missing) > 0 && e.node.Type() != ast.NullType {
		f.keys["parameters"].faultf("give each row, or none, not-seen or not-stated", "%d parameters are missing: %s", len(missing), listed(missing[:min(3, len(missing))]))
	}
}

func readParameter(key ParameterKey, e entry) Parameter {
	out := Parameter{Key: key, Is: Says}
	if s, ok := e.node.(*ast.StringNode); ok {
		out.Is, _ = wordOf(entry{e.doc, s}, "value", absences)
		return out
	}
	f := e.fields("says", "article", "confidence", "differs")
	out.Says, out.Article, out.Differs = f.text("says"), f.optional("article"), f.optional("differs")
	if slices.Contains(absences, Presence(out.Says)) {
		out.Is, out.Says = Presence(out.Says), ""
		return out
	}
	out.Confidence = pick(f, "confidence", mla.Confidences)
	return out
}

// Parameter returns one row of an instrument.
func (r *Regime) Parameter(key ParameterKey) Parameter {
	for _, p := range r.Parameters {
		if p.Key == key {
			return p
		}
	}
	return Parameter{Key: key}
}
