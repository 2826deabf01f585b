package policies

import (
	"slices"

	"rogatory/internal/mla"
)

// Facts of the law: nobody knows or gives them; they follow from the instruments and the State files, inside every
// completion of what is unknown.
const (
	requestedOffence  mla.Path = "requested.conduct_is_offence"
	requestingOffence mla.Path = "requesting.conduct_is_offence"
	requestedPenalty  mla.Path = "requested.conduct_penalty_years"
	requestingPenalty mla.Path = "requesting.conduct_penalty_years"
	requestedLabel    mla.Path = "requested.label_is_offence"
	requiresConduct   mla.Path = "requested.requires_dual_criminality"
	reservesConduct   mla.Path = "requested.reserves_dual_criminality"
	listedFact        mla.Path = "offence.listed"
	seriousHereFact   mla.Path = "offence.serious_requesting_law"
	seriousBothFact   mla.Path = "offence.serious_both_laws"
	byConductFact     mla.Path = "dual_criminality.by_conduct"
	byLabelFact       mla.Path = "dual_criminality.by_label"
)

// computed are the facts of the law with their types; facts.yaml must declare each, known by law, and no other so.
var computed = map[mla.Path]FactType{
	requestedOffence: BoolFact, requestingOffence: BoolFact, requestedPenalty: IntFact, requestingPenalty: IntFact,
	requestedLabel: BoolFact, requiresConduct: BoolFact, reservesConduct: BoolFact, listedFact: BoolFact,
	seriousHereFact: BoolFact, seriousBothFact: BoolFact, byConductFact: BoolFact, byLabelFact: BoolFact,
}

// fromLetter are the facts that the letter itself gives.
var fromLetter = map[mla.Path]FactType{
	measureFact: WordFact, categoryFact: WordFact, urgentFact: BoolFact, confidentialFact: BoolFact, labelFact: WordFact, penaltyFact: IntFact,
}

// Facts of the letter, beside labelFact and measureFact.
const (
	penaltyFact      mla.Path = "offence.max_penalty_years"
	categoryFact     mla.Path = "request.category"
	urgentFact       mla.Path = "request.urgent"
	confidentialFact mla.Path = "request.confidential"
)

// checkDeclared reports facts the engine gives or computes that facts.yaml lacks, or declares otherwise.
func checkDeclared(doc *document, facts []*Fact, broken map[mla.Path]bool) {
	check := func(want map[mla.Path]FactType, knower Knower) {
		for _, path := range sortedKeys(want) {
			i := slices.IndexFunc(facts, func(f *Fact) bool { return f.Path == path })
			if broken[path] {
				continue
			}
			if i < 0 {
				doc.fault(0, 0, "fact "+string(path)+" is not declared", "declare it with type "+string(want[path])+", known_by "+string(knower))
			} else if facts[i].Type != want[path] || facts[i].KnownBy != knower {
				facts[i].doc.fault(facts[i].line, facts[i].column, "fact "+string(path)+" is declared otherwise than the engine has it", "declare it with type "+string(want[path])+", known_by "+string(knower))
			}
		}
		for _, f := range facts {
			if _, ok := want[f.Path]; !ok && f.KnownBy == knower {
				f.doc.fault(f.line, f.column, "nothing gives the fact "+string(f.Path), "say who knows it: the requesting or the requested State")
			}
		}
	}
	check(computed, LawSays)
	check(fromLetter, LetterSays)
}

// definition is what a fact of the law follows from: a condition, or the offences of a State.
type definition struct {
	condition *expression
	state     *StateLaw // whose offences the conduct is held against
	penalty   bool      // the highest maximum of those it meets, rather than whether it meets any
}

// seenFromInstrument reports whether a fact differs from one instrument to the next. The rest follow from the two States
// alone.
func seenFromInstrument(f *Fact) bool {
	switch f.Path {
	case listedFact, seriousHereFact, seriousBothFact, byConductFact, byLabelFact, otherTreaty:
		return true
	}
	return false
}

// define gives the definition of a fact of the law, for the pair and one of its instruments.
func (l *Law) define(path mla.Path, r *Regime) definition {
	switch path {
	case requestedOffence:
		return definition{state: l.requested}
	case requestingOffence:
		return definition{state: l.requesting}
	case requestedPenalty:
		return definition{state: l.requested, penalty: true}
	case requestingPenalty:
		return definition{state: l.requesting, penalty: true}
	case requestedLabel:
		return definition{condition: l.requested.labels}
	case requiresConduct:
		return definition{condition: l.requested.requires}
	case reservesConduct:
		return definition{condition: l.requested.reserves}
	case listedFact:
		return definition{condition: r.listed}
	case seriousHereFact:
		return definition{condition: r.seriousHere}
	case seriousBothFact:
		return definition{condition: r.seriousBoth}
	case byConductFact:
		return definition{condition: r.byConduct}
	case byLabelFact:
		return definition{condition: r.byLabel}
	}
	return definition{}
}
