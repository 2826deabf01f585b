package mla

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Script is what the parties of a case do: for each question, the answers in the order in which it is asked. A question
// with no answer left is one to which the role stays silent.
type Script map[Question][]ReplyTo

// Answer returns the answer the script has for the nth time q is asked, counted from 0.
func (s Script) Answer(q Question, n int) (ReplyTo, bool) {
	if n >= len(s[q]) {
		return nil, false
	}
	return s[q][n], true
}

// Under returns what is said where these safeguards are in force. An answer that names safeguards is given only where all of
// them are, and then in place of the one before it that names none; of several that apply the last counts. One that none
// goes before is given there and nowhere else: the role does so only because it is asked to.
func (s Script) Under(safeguards []string) Script {
	out := make(Script, len(s))
	for _, q := range Questions {
		var said []ReplyTo
		for _, a := range s[q] {
			switch with := a.When().With; {
			case len(with) == 0:
				said = append(said, a)
			case slices.ContainsFunc(with, func(id string) bool { return !slices.Contains(safeguards, id) }):
			case len(said) > 0:
				said[len(said)-1] = a
			default:
				said = append(said, a)
			}
		}
		if len(said) > 0 {
			out[q] = said
		}
	}
	return out
}

// UnmarshalJSON reads each answer as its question demands.
func (s *Script) UnmarshalJSON(raw []byte) error {
	var lists map[Question][]json.RawMessage
	if err := json.Unmarshal(raw, &lists); err != nil {
		return err
	}
	out := make(Script, len(lists))
	for _, q := range Questions {
		for i, r := range lists[q] {
			a, err := DecodeAnswer(q, r)
			if err != nil {
				return fmt.Errorf("answer %d: %w", i+1, err)
			}
			out[q] = append(out[q], a)
		}
		delete(lists, q)
	}
	for q := range lists { //workflowcheck:ignore the set is expected to be empty
		return fmt.Errorf("unknown question %q", q)
	}
	*s = out
	return nil
}

// Learned returns the facts an event teaches whoever reads its body.
func Learned(b Body) Facts {
	switch b := b.(type) {
	case PreservationRequestedBody:
		return b.Facts
	case RequestSubmittedBody:
		return b.Facts
	case SupplementGivenBody:
		return b.Facts
	case FactLearnedBody:
		return b.Facts
	case StateNotifiedBody:
		return b.Facts
	default:
		return nil
	}
}
