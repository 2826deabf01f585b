package scenario

import (
	"embed"

	"github.com/goccy/go-yaml"
)

// Gap is one oversight gap of the catalogue.
type Gap struct {
	ID       string   `yaml:"id" json:"id"` // "G29"
	Name     string   `yaml:"name" json:"name"`
	Weight   Weight   `yaml:"weight" json:"weight"`
	Articles []string `yaml:"articles" json:"articles"`
	Says     string   `yaml:"says" json:"says"`     // what critics say
	Other    string   `yaml:"other" json:"other"`   // what defenders answer
	Beside   string   `yaml:"beside" json:"beside"` // a figure no log can hold; empty: none
}

// Weight is how much is built on a gap.
type Weight string

// The weights: a case, a population and a page; sound; or a case and its own figure alone.
const (
	Heart Weight = "heart"
	Sound Weight = "sound"
	Light Weight = "card"
)

// Claim is what a press article says, and where it went.
type Claim struct {
	Article string   `yaml:"article" json:"article"` // S0 to S4
	Claim   string   `yaml:"claim" json:"claim"`
	Gaps    []string `yaml:"gaps" json:"gaps"`
	Why     string   `yaml:"why" json:"why"` // not modelled, or modelled otherwise; empty: the gaps say it all
}

//go:embed catalogue/*.yaml
var catalogue embed.FS

// Gaps lists the catalogue, by number.
func Gaps() []Gap { return shelf[Gap]("catalogue/gaps.yaml") }

// Claims is the ledger of what the press articles claim.
func Claims() []Claim { return shelf[Claim]("catalogue/claims.yaml") }

// shelf reads a list that ships with the software; a list that does not read is a fault of ours.
func shelf[T any](file string) []T {
	raw, err := catalogue.ReadFile(file)
	if err != nil {
		panic("scenario: " + err.Error())
	}
	var out []T
	if err := yaml.UnmarshalWithOptions(raw, &out, yaml.Strict()); err != nil {
		panic("scenario: " + file + ": " + err.Error())
	}
	return out
}
