package report

import (
	"strings"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// settingSays is what a safeguard sets, in words; the value stands where it says %.
var settingSays = map[string]string{
	"secrecy.days":               "A secrecy order ends after % days.",
	"secrecy.renewals":           "It is renewed % times at most.",
	"secrecy.automatic false":    "It is not renewed without somebody asking.",
	"notice.owed true":           "The person must be told.",
	"notice.days":                "The person is told within % days of the end of secrecy, or of delivery where there was none.",
	"challenge.available true":   "The provider may contest the order.",
	"challenge.stays true":       "Production waits for the ruling.",
	"statistics.published true":  "Figures on requests are published.",
	"use.tokens true":            "Each use beyond the request, and each passing-on, needs a token of consent.",
	"scrutiny.floor_minutes":     "An officer reads the file for % minutes at least.",
	"third_state.days":           "A third State that is concerned is told, and has % days to object.",
	"third_state.urgent_days":    "Where the request is urgent it has % days.",
	"channels.gated true":        "What would cross the border without a request is entered on a docket, and read by the central authority first.",
	"channels.validation_hours":  "A claim of emergency is looked at within % hours.",
	"channels.call_back true":    "A sender is checked before anything is handed over.",
	"channels.ledger true":       "Refusals are found again by a hash of the conduct, under whatever instrument.",
	"channels.renewals":          "A preservation that no request has followed is extended % times at most.",
	"channels.lapse_notice true": "The person is told when such a preservation ends.",
	"channels.defence true":      "A court carries what the defence asks for, and it is preserved at once.",
}

// setting tells one value that a safeguard sets.
func setting(s policies.Setting) string {
	section, name, _ := strings.Cut(s.Term, ".")
	switch section {
	case "authorisation":
		return sentenceCase(measureName(mla.Measure(name))) + " is authorised by a " + s.Value + "."
	case "readers":
		return "The " + name + " may read: " + s.Value + "."
	}
	if says, ok := settingSays[s.Term+" "+s.Value]; ok {
		return says
	}
	if says, ok := settingSays[s.Term]; ok {
		return strings.Replace(says, "%", s.Value, 1)
	}
	return s.Term + ": " + s.Value
}

// Changes tells what a safeguard changes in the terms of the States.
func (x *Explained) Changes() (out []string) {
	for _, s := range x.Settings {
		out = append(out, setting(s))
	}
	return out
}
