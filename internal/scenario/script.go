package scenario

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// script reads, for each question, one answer or a list of answers in the order in which it is asked.
func (b *binder) script(n ast.Node, path string) mla.Script {
	script := mla.Script{}
	pairs, _ := b.pairs(n, path)
	for _, p := range pairs {
		name := key(p)
		q := mla.Question(name)
		if _, ok := mla.Desks[q]; !ok {
			b.faultAt(p.Key, "unknown question "+quoted(name)+in(path), suggest(name, words(mla.Questions)))
			continue
		}
		if !b.given(p.Value) {
			continue
		}
		given := []ast.Node{p.Value}
		if list, ok := p.Value.(*ast.SequenceNode); ok {
			given = list.Values
		}
		if len(given) > maxItems {
			b.faultAt(p.Value, fmt.Sprintf("%d answers to %s", len(given), name), fmt.Sprintf("at most %d", maxItems))
			continue
		}
		for i, g := range given {
			if a, ok := b.answer(q, g, fmt.Sprintf("%s.%s[%d]", path, name, i)); ok {
				script[q] = append(script[q], a)
			}
		}
	}
	return script
}

// answer reads one answer and puts it to the check that a person's answer passes.
func (b *binder) answer(q mla.Question, n ast.Node, path string) (mla.ReplyTo, bool) {
	empty, err := mla.DecodeAnswer(q, []byte("{}"))
	if err != nil {
		panic("scenario: " + err.Error())
	}
	before := len(b.faults)
	v := reflect.New(reflect.TypeOf(empty)).Elem()
	b.bind(n, v, path)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(*mla.Scope); ok && s != nil {
			b.checkScope(path+".scope", *s)
		}
	}
	if len(b.faults) > before {
		return nil, false
	}
	a, ok := v.Interface().(mla.ReplyTo)
	if !ok {
		panic("scenario: " + v.Type().String() + " is no answer")
	}
	if change, ok := a.(mla.LegislateAnswer); ok && len(change.Safeguards) > 0 && !b.vouched(b.places[path+".safeguards"], b.v.CheckSafeguards(change.Safeguards)) {
		return nil, false
	}
	if retry, ok := a.(mla.RetryAnswer); ok && retry.MaxPenaltyYears > 0 &&
		!b.vouched(b.places[path+".max_penalty_years"], b.v.CheckFact("offence.max_penalty_years", mla.Int(int64(retry.MaxPenaltyYears)))) {
		return nil, false
	}
	if with := a.When().With; len(with) > 0 && !b.vouched(b.places[path+".with"], b.v.CheckSafeguards(with)) {
		return nil, false
	}
	if supplement, ok := a.(mla.SupplementAnswer); ok && !b.areFacts(supplement.Withdraws, path+".withdraws") {
		return nil, false
	}
	if err := mla.CheckAnswer(a); err != nil {
		_, what, cut := strings.Cut(err.Error(), fmt.Sprintf("answer to %s: ", q))
		if !cut {
			what = err.Error()
		}
		at := path
		if name, _, ok := strings.Cut(what, ":"); ok {
			at = path + "." + name
		}
		b.faultOn(at, "answer to "+string(q)+": "+what, "see the answers of a shipped case")
		return nil, false
	}
	return a, true
}
