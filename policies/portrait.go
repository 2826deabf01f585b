package policies

import (
	"slices"

	"rogatory/internal/mla"
)

// Portrait is a State as its file describes it, beside the rules of its own law.
type Portrait struct {
	Attributes      []string                `json:"attributes"`
	Offences        []PortraitOffence       `json:"offences"`
	Authorities     []PortraitAuthority     `json:"authorities"`
	DualCriminality PortraitDual            `json:"dual_criminality"`
	Secrecy         ProviderSecrecy         `json:"secrecy"`
	Challenge       Challenge               `json:"challenge"`
	Notice          Notice                  `json:"notice"`
	Statistics      Statistics              `json:"statistics"`
	Remedy          Remedy                  `json:"remedy"`
	DataProtection  DataProtection          `json:"data_protection"`
	Records         map[mla.Role][]mla.Kind `json:"records"` // of its log, that those outside may read by its law
	Staff           Staff                   `json:"staff"`
	Discretion      Discretion              `json:"discretion"`
	Practice        Practice                `json:"practice"`
}

// PortraitOffence is an offence with its condition in words.
type PortraitOffence struct {
	ID              string            `json:"id"`
	Label           string            `json:"label"`
	MaxPenaltyYears int               `json:"max_penalty_years"`
	Elements        string            `json:"elements"` // CEL, as in the file
	InWords         string            `json:"in_words"`
	Defences        []PortraitDefence `json:"defences,omitempty"`
}

// PortraitDefence is a defence with its condition in words.
type PortraitDefence struct {
	Says    string `json:"says"`
	When    string `json:"when"`
	InWords string `json:"in_words"`
}

// PortraitAuthority says who authorises a measure, for one kind of data or for all.
type PortraitAuthority struct {
	Measure  mla.Measure  `json:"measure"`
	Category mla.Category `json:"category,omitempty"` // empty: for all that are not named
	Authorisation
}

// PortraitDual says of which measures dual criminality is a condition.
type PortraitDual struct {
	RequiredFor []mla.Measure `json:"required_for"`
	Reserved    bool          `json:"reserved_at_preservation"`
}

// portrait describes a State.
func (b *Bundle) portrait(s *StateLaw) *Portrait {
	p := &Portrait{Attributes: slices.Clone(s.Attributes), DualCriminality: PortraitDual{slices.Clone(s.RequiredFor), s.Reserved}, Secrecy: s.Secrecy,
		Challenge: s.Challenge, Notice: s.Notice, Statistics: s.Statistics, Remedy: s.Remedy, DataProtection: s.DataProtection,
		Records: map[mla.Role][]mla.Kind{}, Staff: s.Staff, Discretion: s.Discretion, Practice: s.Practice}
	for _, o := range s.Offences {
		offence := PortraitOffence{ID: o.ID, Label: o.Label, MaxPenaltyYears: o.MaxPenaltyYears, Elements: o.Elements, InWords: b.words(o.elements.ast.Expr())}
		for i, d := range o.Defences {
			offence.Defences = append(offence.Defences, PortraitDefence{Says: d.Says, When: d.When, InWords: b.words(o.defences[i].ast.Expr())})
		}
		p.Offences = append(p.Offences, offence)
	}
	for _, m := range mla.Measures {
		p.Authorities = append(p.Authorities, PortraitAuthority{Measure: m, Authorisation: s.Authorisation[m]})
		for _, c := range mla.Categories {
			if a, ok := s.byCategory[m][c]; ok {
				p.Authorities = append(p.Authorities, PortraitAuthority{Measure: m, Category: c, Authorisation: a})
			}
		}
	}
	for _, role := range oversight {
		p.Records[role] = append([]mla.Kind{}, s.records[role]...)
	}
	return p
}
