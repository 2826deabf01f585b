package audit

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// By says how a sample is drawn.
type By string

// The ways: every case with the same chance, from a seed; or those with the most to look at first. Safeguard L09 asks
// for both.
const (
	Random By = "random"
	Risk   By = "risk"
)

// Sampled is one case of a sample.
type Sampled struct {
	Case       string `json:"case"`
	Risk       int    `json:"risk"` // three for each duty violated, one for each thing not met or not to be told
	Violated   int    `json:"violated"`
	NotMet     int    `json:"not_met"`
	CannotTell int    `json:"cannot_tell"`
}

// Sample is some cases of a population, and what they stand for.
type Sample struct {
	By         By        `json:"by"`
	Seed       string    `json:"seed"`
	Population int       `json:"population"`
	Size       int       `json:"size"`
	Share      float64   `json:"share"` // Size over Population
	Cases      []Sampled `json:"cases"`
	// Weight is for how many cases of the population each case of a random sample stands; null for a sample by risk,
	// which stands for itself.
	Weight *float64 `json:"weight"`
	// RiskShare is the part of the population's risk that the sample holds; null where there is none.
	RiskShare *float64 `json:"risk_share"`
	Violated  Estimate `json:"violated"` // cases with a duty violated
}

// Estimate is a share found in a random sample and what it says of the population: Wilson's interval at 95 percent
// (Wilson 1927), which takes the population for large. Null bounds: the sample was not random, or there is none.
type Estimate struct {
	Found int      `json:"found"`
	Of    int      `json:"of"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// Draw takes a share of the cases, at least one. The same cases, seed and share give the same sample, in any order of the
// cases; a larger share holds the smaller one.
func Draw(cases []*Case, law *Law, by By, seed string, share float64) Sample {
	type ranked struct {
		Sampled
		draw [sha256.Size]byte
	}
	all := make([]ranked, 0, len(cases))
	total := 0
	for _, c := range cases {
		r := ranked{Sampled: Sampled{Case: c.ID}, draw: chance(seed, c.ID)}
		for _, f := range Check(c, law) {
			switch f.Verdict {
			case Violated:
				r.Violated++
			case NotMet:
				r.NotMet++
			case CannotTell:
				r.CannotTell++
			case Holds, NoOccasion:
			}
		}
		r.Risk = 3*r.Violated + r.NotMet + r.CannotTell
		total += r.Risk
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b ranked) int {
		byChance := cmp.Or(bytes.Compare(a.draw[:], b.draw[:]), cmp.Compare(a.Case, b.Case))
		if by == Risk {
			return cmp.Or(b.Risk-a.Risk, byChance)
		}
		return byChance
	})
	n := min(len(all), max(1, int(math.Ceil(share*float64(len(all))-1e-9))))
	s := Sample{By: by, Seed: seed, Population: len(all), Size: n, Cases: []Sampled{}, Violated: Estimate{Of: n}}
	held := 0
	for _, r := range all[:n] {
		s.Cases = append(s.Cases, r.Sampled)
		held += r.Risk
		if r.Violated > 0 {
			s.Violated.Found++
		}
	}
	if n == 0 {
		return s
	}
	s.Share = float64(n) / float64(len(all))
	if total > 0 {
		share := float64(held) / float64(total)
		s.RiskShare = &share
	}
	if by == Random {
		weight := float64(len(all)) / float64(n)
		s.Weight = &weight
		low, high := wilson(s.Violated.Found, n)
		if n == len(all) {
			low = float64(s.Violated.Found) / float64(n)
			high = low
		}
		s.Violated.Low, s.Violated.High = &low, &high
	}
	return s
}

// chance is a case's draw: a function of seed and case alone.
func chance(seed, id string) [sha256.Size]byte {
	raw, err := json.Marshal([]string{"rogatory audit sample", seed, id})
	if err != nil {
		panic(fmt.Sprintf("two strings have no JSON: %v", err))
	}
	return sha256.Sum256(raw)
}

// wilson is the score interval of k out of n at 95 percent.
func wilson(k, n int) (low, high float64) {
	const z = 1.959963984540054
	p, m := float64(k)/float64(n), float64(n)
	centre := p + z*z/(2*m)
	half := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, (centre-half)/(1+z*z/m)), min(1, (centre+half)/(1+z*z/m))
}
