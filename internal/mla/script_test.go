package mla_test

import (
	"fmt"
	"testing"

	"rogatory/internal/mla"
)

func TestAnAnswerThatNamesSafeguardsIsGivenUnderThemOnly(t *testing.T) {
	say := func(words string, with ...string) mla.ReplyTo {
		return mla.AnswerReviewAnswer{Timing: mla.Timing{With: with}, Words: words}
	}
	for _, c := range []struct {
		says  string
		list  []mla.ReplyTo
		under []string
		want  string
	}{
		{"nothing is named", []mla.ReplyTo{say("a"), say("b")}, []string{"L01"}, "[a b]"},
		{"in place of the one before", []mla.ReplyTo{say("a"), say("x", "L01"), say("b")}, []string{"L01"}, "[x b]"},
		{"not without it", []mla.ReplyTo{say("a"), say("x", "L01"), say("b")}, []string{"L02"}, "[a b]"},
		{"all of them", []mla.ReplyTo{say("a"), say("x", "L01", "L02")}, []string{"L02"}, "[a]"},
		{"the last that applies", []mla.ReplyTo{say("a"), say("x", "L01"), say("y", "L01", "L02")}, []string{"L01", "L02"}, "[y]"},
		{"of its own accord never", []mla.ReplyTo{say("x", "L01")}, nil, "[]"},
		{"because it is asked to", []mla.ReplyTo{say("x", "L01")}, []string{"L01"}, "[x]"},
		{"ahead of what is said anyway", []mla.ReplyTo{say("x", "L01"), say("a")}, []string{"L01"}, "[x a]"},
	} {
		s := mla.Script{mla.QAnswerReview: c.list}
		got := []string{}
		for _, a := range s.Under(c.under)[mla.QAnswerReview] {
			got = append(got, a.(mla.AnswerReviewAnswer).Words)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.says, got, c.want)
		}
		if len(s[mla.QAnswerReview]) != len(c.list) {
			t.Errorf("%s: the script itself was changed", c.says)
		}
	}
}
