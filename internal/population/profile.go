package population

import (
	"rogatory/internal/mla"
	"rogatory/policies"
)

// profile is one kind of conduct: what a letter about it calls it, and the facts as they are.
type profile struct {
	name    string
	label   string
	penalty int // years, under the requesting State's law
	role    string
	minor   bool // the person may be under eighteen
	facts   mla.Facts
	conduct string // as a letter tells it
	purpose string
}

var yes = mla.Bool(true)

// honest are the kinds of conduct that letters made for a proper purpose are about, in the order of their weights.
var honest = []profile{
	{name: "fraud", label: "fraud", penalty: 8, role: "trader", facts: mla.Facts{"conduct.deceived": yes, "conduct.property_loss": yes, "conduct.dishonest_gain": yes, "conduct.intent_to_offend": yes, "conduct.knowing_falsehood": yes},
		conduct: "Goods were sold that did not exist, and the price was kept.", purpose: "the trial of the seller"},
	{name: "child", label: "child-abuse-material", penalty: 10, role: "none", minor: true, facts: mla.Facts{"conduct.sexual_image_of_minor": yes, "conduct.intent_to_offend": yes},
		conduct: "Images of abused children were sent from an account.", purpose: "to identify who sent them"},
	{name: "computer", label: "illegal-access", penalty: 5, role: "none", facts: mla.Facts{"conduct.accessed_system": yes, "conduct.security_bypassed": yes, "conduct.intent_to_offend": yes},
		conduct: "The computers of a clinic were entered and its files locked.", purpose: "to trace the access"},
	{name: "laundering", label: "money-laundering", penalty: 10, role: "trader", facts: mla.Facts{"conduct.proceeds_moved": yes, "conduct.dishonest_gain": yes, "conduct.intent_to_offend": yes},
		conduct: "The proceeds of a fraud were moved through accounts of straw men.", purpose: "to follow the proceeds"},
}

// improper are the kinds of conduct behind letters made for an improper purpose, in the order of their weights. Their
// labels are those they have where they are not camouflaged.
var improper = []profile{
	{name: "dissent", label: "sedition", penalty: 7, role: "activist", facts: speech("political-opinions"),
		conduct: "Calls against the government were spread in a message group.", purpose: "to identify the authors of the calls"},
	{name: "dissent", label: "false-information", penalty: 6, role: "journalist", facts: speech("political-opinions"),
		conduct: "A report about a minister was published.", purpose: "to identify the source of the report"},
	{name: "diaspora", label: "insult-of-official", penalty: 5, role: "activist", facts: speech("nationality"),
		conduct: "A broadcast from abroad insulted an official.", purpose: "to identify the broadcaster and contacts"},
	{name: "minority", label: "blasphemy", penalty: 6, role: "none", facts: speech("religion"),
		conduct: "A congregation met in a message group.", purpose: "to identify who takes part"},
	{name: "economic", label: "illegal-access", penalty: 5, role: "researcher", facts: mla.Facts{"conduct.accessed_system": yes, "conduct.security_bypassed": yes, "conduct.good_faith_research": yes},
		conduct: "A weakness of a public system was found and reported.", purpose: "to identify who found it"},
	{name: "personal-grudge", label: "fraud", penalty: 8, role: "trader", facts: mla.Facts{},
		conduct: "A former partner is said to have deceived the firm.", purpose: "to obtain the partner's correspondence"},
}

// cover is what a camouflaged letter says instead.
var cover = honest[0]

func speech(ground string) mla.Facts {
	return mla.Facts{"conduct.expression": yes, "conduct.peaceful": yes, "conduct.about_public_power": yes,
		"offence.political_character": yes, "motive.protected_ground": mla.Word(ground)}
}

// usual are the values facts have where nothing says otherwise; any other truth value is false, any other word "none" or
// the first of its domain, any other number the least.
var usual = mla.Facts{
	"evidence.electronic": yes, "offence.by_computer": yes, "request.in_conformity": yes, "secrecy.possible": yes,
	"preservation.secures_data": yes, "conduct.peaceful": yes, "own_law.concepts_allow": yes,
	"offence.within_jurisdiction": yes, "offence.in_requesting_state": yes, "order.specific_identifier": yes,
	"order.for_criminal_proceedings": yes, "order.available_at_home": yes, "order.notified": yes, "order.complete": yes,
	"order.validated_in_time": yes, "provider.complied": yes, "evidence.stored": yes,
	"order.issued_by": mla.Word("judge"), "order.validated_by": mla.Word("none"),
}

// obstacle are facts each of which opens a discretionary ground on an honest letter, all the same likely.
var obstacles = []mla.Path{"offence.trivial", "evidence.available_otherwise", "interest.prejudiced", "own_law.bars_measure", "own_law.bars_assistance"}

// files are facts that follow from the file of the requesting State, and not from its letter.
var files = map[mla.Path]func(*policies.StateLaw) bool{
	"receiver.protection_adequate": func(s *policies.StateLaw) bool { return s.DataProtection.Independent },
	"requesting.offers_remedy":     func(s *policies.StateLaw) bool { return s.Remedy.Available },
}

// found are the facts of the requested State that only scrutiny brings up; the rest lie in its files.
var found = []mla.Path{"motive.protected_ground", "offence.political_character"}
